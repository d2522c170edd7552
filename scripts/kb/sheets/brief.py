"""A sheet in short, for its first page: what to do first, what is best supported, whether the help is still there."""

from collections.abc import Iterator, Sequence

from kb.entries import Entry
from kb.guides import Guide
from kb.model import KnowledgeBase
from kb.phrases import lower_first, plural
from kb.sheets.parts import Part

NAMED = 3
"""So many resources of one state stand with their names; more are counted."""


def of_guide(kb: KnowledgeBase, made: Guide, entry: Entry | None) -> Iterator[Part]:
    """A guide in short. Each line names the section that says more."""
    actions = "; ".join(f"Action {action.number}: {action.short_title or action.title}" for action, _ in made.start)
    if entry and entry.first_steps:
        yield _line("Do first", f"{plural(len(entry.first_steps), 'step')}, beginning with: {entry.first_steps[0].text}", "First steps")
    if actions:
        yield _line("Start with", actions, "Where to start")
    if best := best_supported(kb, made):
        yield _line("Best supported", best, "")
    if made.help:
        yield _line("Help", help_state(kb, made.help), "Help and money that fit")


def of_action(kb: KnowledgeBase, helper: Entry | None, resources: Sequence[Entry]) -> Iterator[Part]:
    """An action in short: whom to ask and what is known of the help."""
    if helper:
        yield _line("Whom to ask", f"{helper.title}. {helper.availability.label}.", "Whom to ask")
    if resources:
        yield _line("Resources", help_state(kb, resources), "")


def best_supported(kb: KnowledgeBase, made: Guide) -> str:
    """The strategies of the highest level of evidence among those that fit, with that level; empty where one fits or none."""
    levels = list(kb.vocabularies["evidence-level"].terms)
    found = [item.strategy for item in made.found]
    if len(found) < 2:
        return ""
    best = min((strategy.evidence_level for strategy in found), key=lambda level: levels.index(level.id))
    titles = [strategy.title for strategy in found if strategy.evidence_level.id == best.id]
    return f"{best.label}: {'; '.join(titles) if len(titles) <= NAMED else plural(len(titles), 'strategy', 'strategies')}. Read each with what weighs against it."


def help_state(kb: KnowledgeBase, resources: Sequence[Entry]) -> str:
    """How many resources are in which state, with the names of those of which something is known."""
    told = []
    for state in kb.vocabularies["availability"].terms.values():
        here = [entry for entry in resources if entry.availability.id == state.id]
        names = f" ({'; '.join(entry.title for entry in here)})" if 0 < len(here) <= NAMED and state.id != "not-checked" else ""
        told += [f"{len(here)} {lower_first(state.label)}{names}"] if here else []
    return f"{plural(len(resources), 'resource')}: {', '.join(told)}. Ask before you rely on one."


def _line(name: str, text: str, section: str) -> Part:
    return {"name": name, "text": text, "section": section}
