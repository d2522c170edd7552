"""Which finding speaks for a strategy, by a written rule, and which contradicts it."""

from collections.abc import Sequence
from typing import Any

from kb.entries import Entry
from kb.model import KnowledgeBase
from kb.phrases import lower_first

HOW = {"reported-count": "Counted, not estimated", "claim": "Stated; we have not found the study", "review": "A review found", "rating": "Rated"}
_CONTROLS = ("comparison-group", "comparison-group-unconfirmed", "time-series-only")
_MATCHES = ("confirmed", "probable", "not-confirmed")
_STUDIES = ("evaluation", "review")
_NO_VIOLENCE = ("service", "gun-supply", "police-practice", "rating", "other", "arrests", "drug-offenses")


def strongest(kb: KnowledgeBase, strategy: Entry) -> Entry | None:
    """The finding on a strategy that is best supported, whatever it says; None where there is none.

    The rule, in this order: a finding that is first of all about this strategy, then one that names it beside another; a
    review of studies, then a study with a comparison group, then one whose group is not confirmed, then a model of the
    place's own past, then the rest (counts, claims, ratings); a figure confirmed in its study before one that probably
    belongs to it, that before one that is only claimed; newer before older; then the order in which the strategy names
    them. Size plays no part.
    """
    return min(_about(kb, strategy), key=lambda result: (mainly(kb, result) is not strategy, _rank(strategy, result)), default=None)


def how_found(result: Entry) -> str:
    """What stands over a finding: how it was come by, and of an evaluation by which design."""
    return HOW.get(result.kind.id) or f"Found ({lower_first(result.design.label)})"


def mainly(kb: KnowledgeBase, result: Entry) -> Entry:
    """The strategy that a finding is first of all about: the first that it names."""
    return kb.find("strategies", result.strategies[0])


def contrary(kb: KnowledgeBase, strategy: Entry, finding: Entry) -> Entry | None:
    """The study on a strategy that contradicts a finding: another direction, in violence; None where there is none.

    From the same study before any other, so that a good figure stands beside its bad sister; then by the rule of `strongest`.
    """
    found = [
        result for result in _about(kb, strategy)
        if result is not finding and result.kind.id in _STUDIES and result.role.id in ("impact", "adverse")
        and result.outcome_family.id not in _NO_VIOLENCE and result.direction.id not in (finding.direction.id, "not-applicable")
    ]
    return min(found, key=lambda result: (not result.study or result.study != finding.study, _rank(strategy, result)), default=None)


def _about(kb: KnowledgeBase, strategy: Entry) -> list[Entry]:
    return [link.entry for link in kb.links_to(strategy) if link.entry.type.name == "results" and link.field == "strategies"]


def _rank(strategy: Entry, result: Entry) -> tuple[Any, ...]:
    order = list(strategy.key_results or ())
    review = result.kind.id == "review" and result.role.id != "claim"
    control = result.control.id if result.kind.id == "evaluation" else ""
    return (
        not review, _place(_CONTROLS, control), _place(_MATCHES, result.study_match.id),
        tuple(-int(part) for part in f"{result.period_end or 0}-0-0".split("-")[:3]), _place(order, result.id), result.id,
    )


def _place(order: Sequence[str], value: str) -> int:
    return order.index(value) if value in order else len(order)
