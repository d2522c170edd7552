"""Atom feeds (RFC 4287) of what changed: one of everything, one of availability alone.

An item's id is a name-based UUID of what it tells. It does not hold the site's address, so it stays when the site moves
(RFC 4287, 4.2.6); a `tag:` URI would need a domain that the project has, and it has none. An item is `updated` on the
day of what it tells, but never before its entry was added: earlier the site did not tell it. A later review moves nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID, uuid5
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from kb.changes import Batch, batches, dated_notes, in_question
from kb.dates import day
from kb.entries import Entry
from kb.model import KnowledgeBase

if TYPE_CHECKING:
    from kb.render import Site

NAMESPACE = UUID("a3fc2792-d6e6-4acf-a9f7-9e8be9d151f2")
"""Made once, at random. With another one, every subscriber would see every item again."""
LIMIT = 50
"""The newest items that a feed holds."""
AVAILABILITY = "availability"
_ATOM, _XHTML = "http://www.w3.org/2005/Atom", "http://www.w3.org/1999/xhtml"
_KINDS = {"added": "New {}", "reviewed": "Sources read again: {}", "retired": "Retired {}"}
_MANY = {"added": "{} {} added", "reviewed": "Sources of {} {} read again", "retired": "{} {} retired"}


@dataclass(frozen=True)
class Item:
    """One entry of a feed."""

    name: str
    """What its id is made from; it never changes."""
    kind: str
    """“availability”, “added”, “reviewed” or “retired”."""
    title: str
    address: str
    """The page and place to read, from the root of the site."""
    date: str
    """What it tells is of this day, month or year."""
    updated: str
    """The day from which on the site tells it."""
    paragraphs: tuple[tuple[str | tuple[str, str], ...], ...]
    """Its content: of each paragraph the texts, and links as (address, text)."""

    @property
    def id(self) -> str:
        """Its permanent id."""
        return uuid5(NAMESPACE, self.name).urn


def files(kb: KnowledgeBase, site: Site) -> Iterator[tuple[str, str]]:
    """The path and text of each feed of the site; the head of every page names them."""
    for path, items, what, subtitle in (
        ("feed.xml", everything(kb), "what’s new", "What was added, reviewed or retired, and what is reported of help that changed or ended."),
        ("feed-availability.xml", availability(kb), "availability", "What is reported of grants, programs and training that changed, ended or are in doubt."),
    ):
        yield path, atom(items, site.url.rstrip("/"), path, f"{site.name}: {what}", subtitle, site.name)


def availability(kb: KnowledgeBase) -> tuple[Item, ...]:
    """One item for each resource and date on which a source reports of its availability.

    The title of the newest one names the state of the resource; that of an earlier one does not claim that it still holds.
    """
    found = []
    for resource in in_question(kb):
        name, state = named(resource), resource.availability
        for place, (date, notes) in enumerate(dated_notes(resource)):
            known = f"{state.label}, as of {day(resource.availability_as_of)}. {state.description}"
            told = [(note.text, *_source(resource, note.source)) for note in notes]
            found.append(Item(
                f"{AVAILABILITY}{resource.address}{date}", AVAILABILITY,
                f"{name}: a report of {day(date)}" if place else f"{state.label}: {name}",
                f"{resource.address}#availability", date, max(_first_day(date), resource.added), (*told, (known,)),
            ))
    return _newest(found)


def everything(kb: KnowledgeBase) -> tuple[Item, ...]:
    """Availability, and entries that were added, reviewed again or retired; a large batch is one item."""
    return _newest([*(item for batch in batches(kb) for item in _told(kb, batch)), *availability(kb)])


def atom(items: Iterable[Item], root: str, path: str, title: str, subtitle: str, author: str) -> str:
    """The feed with these items, for the file `path` of the site at `root` (an address without a slash at its end)."""
    items = tuple(items)[:LIMIT]
    feed = Element("feed", {"xmlns": _ATOM, "xml:lang": "en-US"})
    for tag, text in (("id", uuid5(NAMESPACE, path).urn), ("title", title), ("subtitle", subtitle), ("updated", _instant(max((item.updated for item in items), default="1970-01-01")))):
        SubElement(feed, tag).text = text
    SubElement(feed, "link", rel="self", type="application/atom+xml", href=f"{root}/{path}")
    SubElement(feed, "link", rel="alternate", type="text/html", href=f"{root}/whats-new/")
    SubElement(SubElement(feed, "author"), "name").text = author
    SubElement(feed, "rights").text = "Content is under CC BY 4.0."
    for item in items:
        _write(feed, item, root)
    ElementTree.indent(feed, "")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ElementTree.tostring(feed, "unicode")}\n'


def named(entry: Entry) -> str:
    """The title of an entry with its acronym, where it has one: “Project Safe Neighborhoods (PSN)”."""
    acronym = entry.data.get("acronym")
    return f"{entry.title} ({acronym})" if acronym else entry.title


def _told(kb: KnowledgeBase, batch: Batch) -> Iterator[Item]:
    kind, date = batch.kind, batch.date
    for entry in batch.told:
        subject = f"{batch.type.title}: {named(entry)}" if kind != "reviewed" else named(entry)
        last = [(entry.retired.reason, *_instead(kb, entry))] if kind == "retired" else [(entry.summary,)]
        yield Item(f"{kind}{entry.address}{date}", kind, _KINDS[kind].format(subject), entry.address, date, date, tuple(last))
    if not batch.told:
        title = _MANY[kind].format(len(batch.entries), batch.type.plural)
        yield Item(f"{kind}/{batch.type.name}/{date}", kind, title, f"/{batch.type.name}/", date, date, ((batch.type.description,),))


def _instead(kb: KnowledgeBase, entry: Entry) -> Iterator[str | tuple[str, str]]:
    if entry.retired.replaced_by:
        other = kb.find(entry.type.name, entry.retired.replaced_by)
        yield from (" Read instead: ", (other.address, other.title), ".")


def _source(entry: Entry, id_: str | None) -> Iterator[str | tuple[str, str]]:
    for source in entry.sources if id_ else ():
        if source.id == id_:
            yield from (" Source: ", f"{source.publisher}, ", (source.url, source.title) if source.url else f"“{source.title}” (read in a copy)", ".")


def _newest(items: Iterable[Item]) -> tuple[Item, ...]:
    return tuple(sorted(items, key=lambda item: (item.updated, item.date), reverse=True))


def _first_day(date: str) -> str:
    """The first day that a date may mean: a feed never dates an item in the future."""
    return date + "-01" * ((10 - len(date)) // 3)


def _instant(date: str) -> str:
    return f"{date}T00:00:00Z"


def _write(feed: Element, item: Item, root: str) -> None:
    entry = SubElement(feed, "entry")
    for tag, text in (("id", item.id), ("title", item.title), ("updated", _instant(item.updated))):
        SubElement(entry, tag).text = text
    SubElement(entry, "link", rel="alternate", type="text/html", href=root + item.address)
    SubElement(entry, "category", term=item.kind)
    body = SubElement(SubElement(entry, "content", type="xhtml"), "div", xmlns=_XHTML)
    for paragraph in item.paragraphs:
        _paragraph(SubElement(body, "p"), paragraph, root)


def _paragraph(element: Element, parts: Iterable[str | tuple[str, str]], root: str) -> None:
    element.text = ""
    link: Element | None = None
    for part in parts:
        if isinstance(part, tuple):
            address, text = part
            link = SubElement(element, "a", href=root + address if address.startswith("/") else address)
            link.text, link.tail = text, ""
        elif link is None:
            element.text += part
        else:
            link.tail = (link.tail or "") + part
