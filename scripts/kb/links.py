"""What entries say of one another, read in both directions: where a strategy is in use, which figures share a study."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kb.entries import Entry
    from kb.model import KnowledgeBase
    from kb.types import Term

IN_USE = "in-use"
SIZED_BY_PLACE = ("strategies", "results", "news")
"""The types whose entries have the brackets of the places that they name (see derived_terms)."""
SHOWN = 5
"""The findings that a strategy's page shows in full; the others stand in a table below them."""


@dataclass(frozen=True)
class Use:
    """A place in which a strategy is or was in use, and what says so."""

    place: Entry
    strategy: Entry
    texts: tuple[str, ...]
    """What the strategy's examples say of the place."""
    results: tuple[Entry, ...]
    """The findings on the strategy from that place."""


@dataclass(frozen=True)
class Group:
    """Entries that carry a term for one reason: listed, in use, or our reading."""

    id: str
    label: str
    entries: tuple[Entry, ...]


def derived_terms(entries: Iterable[Entry]) -> dict[tuple[str, str], dict[str, tuple[str, ...]]]:
    """The population brackets that follow from places, by type and id of the entry that carries them.

    A finding or news item has the bracket of its place. A strategy has those of the places where it is in use: its
    examples of use, and the places of its findings.
    """
    entries = list(entries)
    sizes = {entry.id: entry.data.get("size") for entry in entries if entry.type.name == "places"}
    found: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)

    def note(type_: str, id_: Any, place: Any) -> None:
        if isinstance(id_, str) and isinstance(place, str) and isinstance(size := sizes.get(place), str):
            found[type_, id_][size] = None

    for entry in entries:
        match entry.type.name:
            case "strategies":
                for item in _mappings(entry.data.get("examples")):
                    if item.get("kind") == "use":
                        note("strategies", entry.id, item.get("place"))
            case "results":
                note("results", entry.id, entry.data.get("place"))
                for strategy in _items(entry.data.get("strategies")):
                    note("strategies", strategy, entry.data.get("place"))
            case "news":
                for place in _items(entry.data.get("places")):
                    note("news", entry.id, place)
    return {key: {"population": tuple(sizes_)} for key, sizes_ in found.items()}


def uses(kb: KnowledgeBase, *, strategy: Entry | None = None, place: Entry | None = None) -> tuple[Use, ...]:
    """Where strategies are or were in use: those of one strategy, or those in one place; by place, then strategy."""
    texts: dict[tuple[str, str], list[str]] = defaultdict(list)
    findings: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for entry in [strategy] if strategy else kb.of("strategies"):
        for item in entry.examples or ():
            if item.place and item.kind.id == "use":
                texts[item.place, entry.id].append(item.text)
    for result in kb.of("results"):
        for id_ in result.strategies or () if result.place else ():
            findings[result.place, kb.find("strategies", id_).id].append(result)
    pairs = [
        (kb.find("places", where), kb.find("strategies", what))
        for where, what in dict.fromkeys([*texts, *findings])
        if (not place or where == place.id) and (not strategy or what == strategy.id)
    ]
    pairs = [pair for pair in pairs if not any(entry.is_retired for entry in pair)]
    pairs.sort(key=lambda pair: (kb.entries.index(pair[0]), kb.entries.index(pair[1])))
    return tuple(Use(where, what, tuple(texts[where.id, what.id]), tuple(findings[where.id, what.id])) for where, what in pairs)


def grouped(kb: KnowledgeBase, vocabulary: str, term: Term, entries: Sequence[Entry]) -> tuple[Group, ...]:
    """The entries of a term, apart by how we know that they belong there; in this order, empty groups left out."""
    groups: dict[str, tuple[str, list[Entry]]] = {}
    for entry in entries:
        standing = entry.standing(vocabulary, term.id)
        if standing:
            groups.setdefault(standing.id, (standing.label, []))[1].append(entry)
        elif term.id in entry.derived.get(vocabulary, ()):
            label = "In use in places of this size" if entry.type.name == "strategies" else "From places of this size"
            groups.setdefault(IN_USE, (label, []))[1].append(entry)
        else:
            groups.setdefault("", ("", []))[1].append(entry)
    order = ("", "listed", "seen", "stated", IN_USE, "editorial")
    return tuple(Group(id_, groups[id_][0], tuple(groups[id_][1])) for id_ in order if id_ in groups)


def findings(kb: KnowledgeBase, strategy: Entry) -> tuple[tuple[Entry, ...], tuple[Entry, ...]]:
    """The findings on a strategy: those that its page shows in full, and the others.

    First come those that the strategy names, in its order, each with every other figure of its study: a good figure is
    never shown without its sister. So there may be a few more than SHOWN.
    """
    about = [link.entry for link in kb.links_to(strategy) if link.entry.type.name == "results"]
    order: dict[Entry, None] = {}
    first: dict[Entry, None] = {}
    for result in (kb.find("results", id_) for id_ in strategy.key_results or ()):
        together = [result, *(sister for sister in same_study(kb, result) if sister in about)]
        order.update(dict.fromkeys(together))
        if len(first) < SHOWN or result in first:
            first.update(dict.fromkeys(together))
    return tuple(first), tuple(result for result in dict.fromkeys([*order, *about]) if result not in first)


def same_study(kb: KnowledgeBase, result: Entry) -> tuple[Entry, ...]:
    """The other figures of the study that a finding comes from."""
    if not result.study:
        return ()
    study = kb.find("studies", result.study)
    return tuple(link.entry for link in kb.links_to(study) if link.field == "study" and link.entry is not result)


def related(kb: KnowledgeBase, entry: Entry) -> tuple[Entry, ...]:
    """The entries that an entry names as related, and those that name it, each once."""
    named = [kb.find(entry.type.name, id_) for id_ in entry.related or ()]
    back = [link.entry for link in kb.links_to(entry) if link.field == "related" and link.entry.type is entry.type]
    return tuple(dict.fromkeys([*named, *back]))


def _items(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _mappings(value: Any) -> list[Mapping[str, Any]]:
    return [item for item in _items(value) if isinstance(item, Mapping)]
