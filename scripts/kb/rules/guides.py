"""Guides that somebody writes."""

from collections.abc import Iterator

from kb.guides import matches
from kb.model import KnowledgeBase
from kb.problems import Problem
from kb.rules.registry import items, rule


@rule
def guides_hold_a_strategy(kb: KnowledgeBase) -> Iterator[Problem]:
    """The filter of a guide matches at least one strategy, so that no guide is empty."""
    for entry in kb.of("guides"):
        where = entry.data.get("where")
        if not isinstance(where, dict):
            continue   # its shape is told elsewhere
        known = {name.replace("_", "-"): [id_ for id_ in items(ids) if isinstance(id_, str)] for name, ids in where.items() if isinstance(name, str)}
        if set(known.get("action", ())) <= set(kb.ids.get("actions", ())) and not matches(kb, known):
            yield entry.document.problem(("where",), "No strategy matches this filter.", "Ask for more terms in a field, or for fewer fields. To try one: .venv/bin/python scripts/guide.py --population 51k-200k")
