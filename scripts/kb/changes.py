"""What changed, and when, as the content tells it: `added`, `reviewed`, `retired`, and dated notes on availability.

The home page, the page of changes and the feeds all read it here. Nothing comes from git, so a rewritten history or a
copy without one changes nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import TypeVar

from kb.entries import Entry, Record
from kb.model import KnowledgeBase
from kb.types import ContentType

NOT_CHECKED = "not-checked"
SHOWN = 12
"""Entries of one batch that are told one by one; of a larger one, the number and where they stand."""


@dataclass(frozen=True)
class Report:
    """What a source reports of the availability of resources, on a day as exact as known."""

    date: str
    text: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Batch:
    """Entries of one type that were added, reviewed or retired on one day."""

    kind: str
    date: str
    type: ContentType
    entries: tuple[Entry, ...]

    @property
    def told(self) -> tuple[Entry, ...]:
        """Its entries where they are few enough to be told one by one; else none."""
        return self.entries if len(self.entries) <= SHOWN else ()


Dated = TypeVar("Dated", Report, Batch)


def in_question(kb: KnowledgeBase) -> tuple[Entry, ...]:
    """The resources of whose availability something is known; the notes of the others say only what was read last."""
    return tuple(entry for entry in kb.of("resources") if entry.availability.id != NOT_CHECKED)


def dated_notes(resource: Entry) -> tuple[tuple[str, tuple[Record, ...]], ...]:
    """The dated notes on a resource's availability, those of one date together, newest first.

    Where no note has a date, the first stands under the date of the state itself.
    """
    found: dict[str, list[Record]] = defaultdict(list)
    for note in resource.availability_notes:
        if note.date:
            found[note.date].append(note)
    if not found:
        found[resource.availability_as_of] = [resource.availability_notes[0]]
    return tuple((date, tuple(found[date])) for date in sorted(found, reverse=True))


def reports(kb: KnowledgeBase, latest: bool = False) -> tuple[Report, ...]:
    """The dated notes on availability, newest first, one that stands with several resources only once.

    `latest` keeps of each resource the note that stands first under its newest date.
    """
    found: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for resource in in_question(kb):
        for date, notes in dated_notes(resource)[:1] if latest else dated_notes(resource):
            for note in notes[:1] if latest else notes:
                found[date, note.text].append(resource)
    return _newest_first(Report(date, text, tuple(entries)) for (date, text), entries in found.items())


def batches(kb: KnowledgeBase) -> tuple[Batch, ...]:
    """Entries added, reviewed again or retired, those of one day and type together, newest first."""
    found: dict[tuple[str, str, str], list[Entry]] = defaultdict(list)
    order = list(kb.types)
    for entry in sorted(kb.every, key=lambda entry: order.index(entry.type.name)):
        if entry.is_retired:
            found["retired", entry.retired.date, entry.type.name].append(entry)
            continue
        found["added", entry.added, entry.type.name].append(entry)
        if entry.reviewed > entry.added:
            found["reviewed", entry.reviewed, entry.type.name].append(entry)
    return _newest_first(Batch(kind, date, kb.types[type_], tuple(entries)) for (kind, date, type_), entries in sorted(found.items(), key=lambda item: item[0][0], reverse=True))


def by_month(items: Iterable[Dated]) -> tuple[tuple[str, tuple[Dated, ...]], ...]:
    """Reports or batches under their months, newest first; those of which only the year is known stand under the year."""
    return tuple((month, tuple(group)) for month, group in groupby(items, lambda item: item.date[:7]))


def _newest_first(items: Iterable[Dated]) -> tuple[Dated, ...]:
    return tuple(sorted(items, key=lambda item: item.date, reverse=True))
