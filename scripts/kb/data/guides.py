"""Guides as data, in the envelope of the API.

They stand beside the page of the guide (/guides/<id>/index.json), where they stood before there was an API; its index lists them.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from kb.data.documents import envelope
from kb.entries import Entry
from kb.guides import KIND, SIZE, Guide, Item, Known, guide, pairs
from kb.guides.words import counted, dated, filter_of, heading, page
from kb.model import KnowledgeBase
from kb.phrases import capital


def documents(kb: KnowledgeBase, url: str, known: Known) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every guide that holds a strategy: those for a pair of size and kind, then those that somebody wrote; each with its folder."""
    site = url.rstrip("/")
    for size, kind, _ in pairs(kb) if "guides" in kb.types else ():
        where = {SIZE: (size.id,), KIND: (kind.id,)}
        made = guide(kb, where, known)
        if made.shown:
            yield page(where).removesuffix(".md"), as_data(made, capital(heading(kb, where)), site)
    for entry in kb.of("guides"):
        yield entry.page.removesuffix(".md"), as_data(guide(kb, filter_of(entry), known), entry.title, site)


def as_data(guide: Guide, title: str, site: str) -> Mapping[str, Any]:
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
        "same_study": [sister.id for sister in item.sisters],
    }


def _finding(result: Entry | None, site: str) -> Mapping[str, Any] | None:
    if result is None:
        return None
    names = ("headline", "summary", "outcome", "population", "window", "comparison")
    return {
        "id": result.id, "title": result.title, "url": site + result.address, "kind": result.kind.id, "design": result.design.id, "direction": result.direction.id, **{name: getattr(result, name) for name in names},
        "against": {"headline": result.against.headline, "text": result.against.text}, "caveats": [caveat.text for caveat in result.caveats or ()],
    }


def _help(resource: Entry, site: str) -> Iterator[tuple[str, Any]]:
    yield from {"id": resource.id, "title": resource.title, "kind": resource.kind.id, "url": site + resource.address, "availability": resource.availability.id}.items()
    yield from {"availability_as_of": resource.availability_as_of, "availability_note": resource.availability_notes[0].text}.items()
