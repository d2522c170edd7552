"""What a guide says of itself: its heading, its counts, its date, its address, and its content as data."""

from collections.abc import Iterator, Mapping
from typing import Any

from kb.data.documents import envelope
from kb.guides import KIND, SIZE, Group, Guide, Item, Where
from kb.links import IN_USE
from kb.model import Entry, KnowledgeBase
from kb.problems import listed


def heading(kb: KnowledgeBase, where: Where) -> str:
    """What a filter asks for, as a phrase: “group or gang shootings in places of 51,000 to 200,000 people”."""
    def phrases(name: str) -> str:
        labels = [kb.find("actions", id_).title for id_ in where[name]] if name == "action" else [term.phrase or term.label for term in (kb.vocabularies[name].terms[id_] for id_ in where[name])]
        return listed(labels, "or")

    asked = [name for name, ids in where.items() if ids]
    start = phrases(KIND) if KIND in asked else "strategies"
    place = f" {'in' if KIND in asked else 'for'} {phrases(SIZE)}" if SIZE in asked else ""
    others = [f"{kb.vocabularies[name].title if name in kb.vocabularies else name}: {phrases(name)}" for name in asked if name not in (KIND, SIZE)]
    return start + place + (f" ({'; '.join(others)})" if others else "")


def capital(text: str) -> str:
    """The text with a capital letter at its start."""
    return text[:1].upper() + text[1:]


def ended(text: str) -> str:
    """The text with a period at its end, unless it ends as a sentence does."""
    return text if text.endswith((".", "?", "!", "”")) else f"{text}."


def counted(guide: Guide) -> str:
    """How many strategies a guide holds, and for which reason, in sentences."""
    if not guide.found and not guide.wanting:
        return "No strategy is listed for this, and none is on record in a place of this size."
    number = len(guide.found)
    labels = {"listed": "listed for places of this size", IN_USE: "in use in places of this size", "editorial": "by our judgment"}
    groups = [f"{len(group.items)} {labels[group.id]}" for group in guide.groups] if SIZE in guide.where else []
    text = f"{_strategies(number)} {'fits' if number == 1 else 'fit'}{': ' + listed(groups) if groups else ''}."
    if guide.beyond:
        text += f" {len(guide.beyond)} more may fit, with no place of this size on record."
    if guide.wanting:
        text += f" {len(guide.wanting)} {'was' if len(guide.wanting) == 1 else 'were'} tried and found wanting."
    strong = sum(item.strategy.evidence_level.id == "strong" for item in guide.found)
    return text + (f" {strong} {'has' if strong == 1 else 'have'} strong evidence." if strong else " None has strong evidence.")


def listing(guide: Guide, group: Group) -> str:
    """Whether the source also lists the strategies of a group for the kind of violence, or whether that is our reading."""
    if KIND not in guide.where:
        return ""
    both = sum(item.listed for item in group.items)
    if both == len(group.items):
        return "It also lists them for this kind of violence." if both > 1 else "It also lists it for this kind of violence."
    if both:
        return f"It also lists {both} of them for this kind of violence; that the others fit it is our reading."
    return f"That {'they fit' if len(group.items) > 1 else 'it fits'} this kind of violence is our reading."


def dated(guide: Guide) -> str:
    """The day on which the newest of what a guide holds was reviewed: the date of its content. Empty where it holds nothing."""
    return max((entry.reviewed for item in guide.shown for entry in (item.strategy, item.finding, item.contrary) if entry), default="")


def page(where: Where) -> str:
    """The Markdown file of the guide for a filter that is a pair of size and kind; empty for any other filter."""
    pair = set(where) == {SIZE, KIND} and all(len(ids) == 1 for ids in where.values())
    return f"guides/{where[SIZE][0]}/{where[KIND][0]}.md" if pair else ""


def filter_of(entry: Entry) -> Where:
    """The filter of a guide that somebody wrote."""
    return {name.replace("_", "-"): tuple(ids) for name, ids in entry.data["where"].items()}


def as_data(kb: KnowledgeBase, guide: Guide, title: str, site: str) -> Mapping[str, Any]:
    """A guide as data, in the envelope of the API: no figure without who, window, comparison and what weighs against it."""
    groups = [{"id": group.id, "label": group.label, "strategies": [_item(item, site) for item in group.items]} for group in guide.groups]
    result = {
        "title": title, "summary": counted(guide), "content_date": dated(guide), "where": {name: list(ids) for name, ids in guide.where.items()},
        "start": [{"id": action.id, "title": action.title, "question": action.question, "strategies": count, "url": site + action.address} for action, count in guide.start],
        "groups": groups,
        "beyond_size": [_item(item, site) for item in guide.beyond], "found_wanting": [_item(item, site) for item in guide.wanting],
        "help": [dict(_help(resource, site)) for resource in guide.help],
        "sources": [{"title": source.item.title, "publisher": source.item.publisher, "date": source.item.date, "url": source.item.url, "supports": source.item.supports} for source in guide.sources],
        "note": "An independent site, not an official one. Content is under CC BY 4.0.",
    }
    return envelope(result, len(guide.shown))


def _item(item: Item, site: str) -> Mapping[str, Any]:
    entry = item.strategy
    return {
        "id": entry.id, "title": entry.title, "tag_line": entry.tag_line, "url": site + entry.address, "evidence_level": entry.evidence_level.id, "evidence_reason": entry.evidence_reason,
        "leads": [term.id for term in entry.leads or ()], "needs": [{"kind": need.kind.id, "text": need.text} for need in entry.needs or ()],
        "listed_for_kind": item.listed, "places": [{"id": use.place.id, "title": use.place.title, "population": use.place.population} for use in item.uses],
        "finding": _finding(item.finding, site), "finding_first_about": item.shared.id if item.shared else None, "contrary_finding": _finding(item.contrary, site),
    }


def _finding(result: Entry | None, site: str) -> Mapping[str, Any] | None:
    if result is None:
        return None
    names = ("headline", "summary", "outcome", "population", "window", "comparison")
    return {
        "id": result.id, "title": result.title, "url": site + result.address, "kind": result.kind.id, "direction": result.direction.id, **{name: getattr(result, name) for name in names},
        "against": {"headline": result.against.headline, "text": result.against.text}, "caveats": [caveat.text for caveat in result.caveats or ()],
    }


def _help(resource: Entry, site: str) -> Iterator[tuple[str, Any]]:
    yield from {"id": resource.id, "title": resource.title, "kind": resource.kind.id, "url": site + resource.address, "availability": resource.availability.id}.items()
    yield from {"availability_as_of": resource.availability_as_of, "availability_note": resource.availability_notes[0].text}.items()


def _strategies(number: int) -> str:
    return f"{number} {'strategy' if number == 1 else 'strategies'}"
