"""What the reader's own pages show: the path in stretches, the finder's pairs and comparisons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kb.entries import Entry
from kb.model import KnowledgeBase
from kb.select import select
from kb.types import Term

STRETCHES = (("Decide together", 3), ("Reach people and places", 5), ("Make it last", 10))
"""Our grouping of the ten actions: a name, and the number of the last action that belongs to it."""


@dataclass(frozen=True)
class Stretch:
    """Actions that belong together on the way, in our judgment."""

    title: str
    actions: tuple[Entry, ...]


@dataclass(frozen=True)
class Size:
    """A size of place, and how many strategies are on record there for each kind of violence."""

    term: Term
    kinds: tuple[tuple[Term, int], ...]


def stretches(kb: KnowledgeBase) -> tuple[Stretch, ...]:
    """The ten actions in our three stretches; an action without a number, or beyond the last, stands in the last one."""
    groups: list[list[Entry]] = [[] for _ in STRETCHES]
    for action in kb.of("actions"):
        groups[next((place for place, (_, last) in enumerate(STRETCHES) if (action.number or 0) <= last), -1)].append(action)
    return tuple(Stretch(title, tuple(actions)) for (title, _), actions in zip(STRETCHES, groups, strict=True) if actions)


def sizes(kb: KnowledgeBase) -> tuple[Size, ...]:
    """Every size of place with every kind of violence and the number of strategies that `select` finds for the two."""
    strategies, kinds = kb.of("strategies"), kb.vocabularies["violence-type"].terms.values()
    return tuple(
        Size(size, tuple((kind, len(select(strategies, {"population": [size.id], "violence-type": [kind.id]}))) for kind in kinds))
        for size in kb.vocabularies["population"].terms.values()
    )


def serving(kb: KnowledgeBase, action: Entry, weight: str = "main") -> tuple[Entry, ...]:
    """The strategies that serve an action with this weight; those in support of it where none is mainly about it."""
    links = [link for link in kb.links_to(action) if link.entry.type.name == "strategies"]
    found = [link.entry for link in links if link.item.weight.id == weight] or [link.entry for link in links]
    return tuple(dict.fromkeys(found))


def helps(kb: KnowledgeBase, action: Entry, number: int) -> Sequence[Entry]:
    """The first resources to look at for an action: those it lists as key, then others that it lists, then our suggestions."""
    placed = sorted(action.resources or (), key=lambda item: item.group.id != "key")
    suggested = [link.entry for link in kb.links_to(action) if link.field == "suggested_actions"]
    found = [*(kb.find("resources", item.resource) for item in placed), *suggested]
    return tuple(dict.fromkeys(entry for entry in found if not entry.is_retired))[:number]
