"""What a guide for a filter contains, and in which order: strategies by how we know that they fit, with their evidence."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from kb.entries import Entry
from kb.findings import contrary, mainly, strongest
from kb.links import IN_USE, Use, same_study, uses
from kb.model import KnowledgeBase
from kb.select import select
from kb.types import Term

Where = Mapping[str, Sequence[str]]
"""A filter: ids of terms by vocabulary, as `select` reads it."""

SIZE, KIND = "population", "violence-type"
WANTING = "no-effect-found"
GENERAL = "community-gun-violence"
KINDS_OF_SHOOTING = ("group-or-gang", "dispute-or-retaliation", "youth", "drug-market", "school-or-school-route")
"""Kinds of community gun violence: what was tried without effect on shootings in general was tried on these too."""
FILTERS = (SIZE, KIND, "lead", "focus", "stage", "evidence-level", "action")
"""What a guide can be made for. “action” is the id of an action that the strategies serve."""
FULL = 6
"""A page shows so many strategies in full; where there are more, it shows each in short. The PDF shows those that fit in full, however many."""
STARTS = 3
"""How many actions “Where to start” names."""

@dataclass(frozen=True)
class Item:
    """A strategy as a guide shows it."""

    strategy: Entry
    listed: bool
    """A source lists it for the kind of violence that the guide asks for; else that it fits is our reading."""
    uses: tuple[Use, ...]
    """Where it is in use, in places of the size that the guide asks for; all places if it asks for none."""
    finding: Entry | None
    contrary: Entry | None
    """The finding that contradicts it, where one exists."""
    sisters: tuple[Entry, ...]
    """The other figures of its study on this strategy, so that no figure of a study stands alone."""
    shared: Entry | None
    """The strategy that the finding is first of all about, where that is another one."""


@dataclass(frozen=True)
class Group:
    """Strategies that a guide holds for one reason."""

    id: str
    label: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Source:
    """A numbered source of a guide."""

    number: int
    entry: Entry
    """The entry whose source it is."""
    item: Any


@dataclass(frozen=True)
class Guide:
    """What a guide for a filter contains. Empty if `select` finds nothing."""

    where: Where
    terms: tuple[Term, ...]
    """The terms of the filter, in order."""
    groups: tuple[Group, ...]
    """What `select` finds: listed for this size, in use in it, our judgment; empty groups left out."""
    beyond: tuple[Item, ...]
    """What fits but for the size: nothing on record for places of this size."""
    wanting: tuple[Item, ...]
    """What was tried and showed no effect on violence."""
    start: tuple[tuple[Entry, int], ...]
    """The actions that the strategies serve most, each with their number."""
    help: tuple[Entry, ...]
    """Resources that the strategies name, those that most name first."""

    @cached_property
    def found(self) -> tuple[Item, ...]:
        """The strategies of all groups."""
        return tuple(item for group in self.groups for item in group.items)

    @cached_property
    def shown(self) -> tuple[Item, ...]:
        """Every strategy that the guide shows."""
        return (*self.found, *self.beyond, *self.wanting)

    @property
    def detail(self) -> str:
        """How much a page says of each strategy: “full” or “short”."""
        return "full" if len(self.found) <= FULL else "short"

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """The sources of what the guide states: listings, findings and what weighs against them, news of resources."""
        first: dict[tuple[str, str], tuple[Entry, Any]] = {}
        for entry, item in _sources(self):
            first.setdefault((item.url or item.seed, item.title), (entry, item))
        return tuple(Source(number, entry, item) for number, (entry, item) in enumerate(first.values(), 1))

    def number(self, entry: Entry, id_: str | None) -> int | None:
        """The number under which the guide shows a source of an entry, if it does."""
        item = next((item for item in entry.sources if item.id == id_), None)
        key = item and (item.url or item.seed, item.title)
        return next((source.number for source in self.sources if (source.item.url or source.item.seed, source.item.title) == key), None)


Known = dict[str, tuple[tuple[Use, ...], Entry | None, Entry | None]]
"""What is known of strategies whatever the filter, by id: where each is in use, its strongest finding, what contradicts it."""


def guide(kb: KnowledgeBase, where: Where, known: Known | None = None) -> Guide:
    """The guide for a filter.

    It holds every strategy that `select` finds, those of no effect among what was found wanting. What fits but for the
    size stands apart. Inside a group: by evidence level, then in the order of the knowledge base. `known` is filled, so
    that whoever makes many guides of one knowledge base hands over the same.
    """
    known = {} if known is None else known
    found = _sorted(kb, matches(kb, where))
    groups: dict[str, list[Entry]] = {"listed": [], IN_USE: [], "editorial": []}
    for strategy in found:
        if strategy.evidence_level.id != WANTING:
            groups[_group(strategy, where)].append(strategy)
    beyond = [strategy for strategy in _sorted(kb, matches(kb, {**where, SIZE: ()})) if strategy not in found] if len([ids for ids in where.values() if ids]) > 1 and where.get(SIZE) else []
    wanting = [strategy for strategy in (*found, *beyond, *_general_wanting(kb, where)) if strategy.evidence_level.id == WANTING]
    kept = [strategy for entries in groups.values() for strategy in entries]

    def items(strategies: Sequence[Entry]) -> tuple[Item, ...]:
        return tuple(_item(kb, strategy, where, known) for strategy in dict.fromkeys(strategies))

    return Guide(
        {name: tuple(ids) for name, ids in where.items() if ids},
        tuple(kb.vocabularies[name].terms[id_] for name, ids in where.items() if name in kb.vocabularies for id_ in ids),
        tuple(Group(id_, label(id_, where), items(entries)) for id_, entries in groups.items() if entries),
        items([strategy for strategy in beyond if strategy.evidence_level.id != WANTING]), items(wanting),
        _start(kb, kept or found), _help(kb, kept),
    )


def matches(kb: KnowledgeBase, where: Where) -> tuple[Entry, ...]:
    """The strategies that match a filter: `select`, and of these those that serve one of the actions asked for."""
    found = select(kb.of("strategies"), {name: ids for name, ids in where.items() if name != "action"})
    asked = {kb.find("actions", id_).id for id_ in where.get("action", ())}
    return tuple(strategy for strategy in found if not asked or asked.intersection(kb.find("actions", item.action).id for item in strategy.actions))


def pairs(kb: KnowledgeBase) -> Iterator[tuple[Term, Term, int]]:
    """Every pair of a size of place and a kind of violence, with the number of strategies that match it."""
    for kind in kb.vocabularies[KIND].terms.values():
        for size in kb.vocabularies[SIZE].terms.values():
            yield size, kind, len(matches(kb, {SIZE: [size.id], KIND: [kind.id]}))


def nearest(kb: KnowledgeBase, where: Where) -> tuple[tuple[Where, int], ...]:
    """Filters near one that finds nothing, with the number of strategies that each finds; the nearest first.

    First other sizes of place, by distance; then the filter without one of its facets, the first one first.
    """
    sizes = list(kb.vocabularies[SIZE].terms)
    asked = [sizes.index(id_) for id_ in where.get(SIZE, ()) if id_ in sizes]
    near = sorted((size for size in range(len(sizes)) if asked and size not in asked), key=lambda size: (min(abs(size - one) for one in asked), size))
    others = [{**where, SIZE: (sizes[size],)} for size in near]
    fewer = [{name: ids for name, ids in where.items() if name != left and ids} for left, ids in where.items() if ids]
    counted = [(other, len(matches(kb, other))) for other in (*others, *fewer) if other]
    return tuple((other, count) for other, count in counted if count)


def label(group: str, where: Where) -> str:
    """The heading of a group of strategies."""
    sized = bool(where.get(SIZE))
    return {"listed": "Listed for places of this size", IN_USE: "In use in places of this size", "editorial": "Our judgment"}[group] if sized else "Strategies that fit"


def _group(strategy: Entry, where: Where) -> str:
    standings = {standing.id if (standing := strategy.standing(SIZE, size)) else IN_USE for size in where.get(SIZE, ()) if size in strategy.terms(SIZE)}
    return next((group for group in ("listed", IN_USE) if group in standings), "editorial")


def _item(kb: KnowledgeBase, strategy: Entry, where: Where, known: Known) -> Item:
    if strategy.id not in known:
        finding = strongest(kb, strategy)
        known[strategy.id] = uses(kb, strategy=strategy), finding, finding and contrary(kb, strategy, finding)
    everywhere, finding, against = known[strategy.id]
    kinds = [strategy.standing(KIND, id_) for id_ in where.get(KIND, ())]
    here = tuple(use for use in everywhere if not where.get(SIZE) or (use.place.size and use.place.size.id in where[SIZE]))
    first = finding and mainly(kb, finding)
    sisters = tuple(sister for sister in same_study(kb, finding) if strategy.id in (sister.strategies or ()) and sister is not against) if finding else ()
    return Item(strategy, any(standing and standing.id == "listed" for standing in kinds), here, finding, against, sisters, first if first is not strategy else None)


def _sorted(kb: KnowledgeBase, strategies: Sequence[Entry]) -> list[Entry]:
    levels = list(kb.vocabularies["evidence-level"].terms)
    return sorted(strategies, key=lambda strategy: levels.index(strategy.evidence_level.id))


def _general_wanting(kb: KnowledgeBase, where: Where) -> Sequence[Entry]:
    """What was tried on shootings in general: for a kind of them, and for a size of place without any other facet."""
    asked = {name for name, ids in where.items() if ids}
    if asked != {SIZE} and not set(where.get(KIND, ())) & set(KINDS_OF_SHOOTING):
        return ()
    return matches(kb, {KIND: [GENERAL], "evidence-level": [WANTING]})


def _start(kb: KnowledgeBase, strategies: Sequence[Entry]) -> tuple[tuple[Entry, int], ...]:
    served = Counter(kb.find("actions", item.action) for strategy in strategies for item in strategy.actions)
    main = Counter(kb.find("actions", item.action) for strategy in strategies for item in strategy.actions if item.weight.id == "main")
    most = sorted((action for action in served if not action.is_retired), key=lambda action: (-served[action] - main[action], action.number))[:STARTS]
    return tuple((action, served[action]) for action in sorted(most, key=lambda action: action.number))


def _help(kb: KnowledgeBase, strategies: Sequence[Entry]) -> tuple[Entry, ...]:
    named = Counter(kb.find("resources", item.resource) for strategy in strategies for item in strategy.resources or ())
    return tuple(resource for resource, _ in named.most_common() if not resource.is_retired)


def _sources(guide: Guide) -> Iterator[tuple[Entry, Any]]:
    """The sources of a guide in the order in which it names them."""
    for group in guide.groups:
        for item in group.items if group.id == "listed" else ():
            yield from _named(item.strategy, [listing.source for listing in item.strategy.populations or () if listing.standing.id == "listed"])
    for item in guide.shown:
        yield from _named(item.strategy, [kind.source for kind in item.strategy.violence_types if item.listed and kind.term in guide.terms])
        for finding in filter(None, (item.finding, item.contrary)):
            yield from _named(finding, [finding.sources[0].id, finding.against.source])
    for resource in guide.help:
        if resource.availability.id != "not-checked":
            yield from _named(resource, [resource.availability_notes[0].source])


def _named(entry: Entry, ids: Sequence[str | None]) -> Iterator[tuple[Entry, Any]]:
    for id_ in ids:
        yield from ((entry, item) for item in entry.sources if item.id == id_)
