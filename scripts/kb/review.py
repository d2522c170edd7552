"""When an entry is due for review: `reviewed` plus the months that its schema gives under x-review-months."""

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kb.dates import day
from kb.entries import Entry


@dataclass(frozen=True)
class Batch:
    """Entries that are due together: those overdue, or those of one month to come."""

    id: str
    """“overdue”, or the month as “2027-02”."""
    entries: tuple[Entry, ...]

    @property
    def title(self) -> str:
        """What stands above the entries: “Overdue”, “February 2027”."""
        return day(self.id) if self.id[0].isdigit() else self.id.capitalize()

    @property
    def heading(self) -> tuple[str, str]:
        """The anchor and the words of its section."""
        return f"due-{self.id}", self.title


def due(entry: Entry) -> date:
    """The day on which the next review of an entry is due."""
    return after(date.fromisoformat(entry.data["reviewed"]), entry.type.review_months)


def overdue(entry: Entry, today: date) -> bool:
    """Whether that day has passed. An overdue review is a notice on the page, never a failure. What is retired is never due."""
    return due(entry) < today and not entry.is_retired


def perishable(entry: Entry, today: date) -> str:
    """Why an entry may keep worse than others; empty where nothing says so.

    Money and centers end without notice. So it is the availability that nobody checked, or that is known only from before
    the time in which a review of this type holds.
    """
    known = entry.data.get("availability_as_of")
    if known is None:
        return ""
    if entry.data["availability"] == "not-checked":
        return "availability not checked"
    old = after(today, -entry.type.review_months).isoformat()[:len(known)]
    return f"availability as of {day(known)}" if known < old else ""


def agenda(entries: Iterable[Entry], today: date) -> tuple[Batch, ...]:
    """What is due: the overdue first, longest overdue first; then the months to come, the most perishable first in each."""
    late: list[Entry] = []
    months: dict[str, list[Entry]] = {}
    for entry in sorted(entries, key=due):
        if overdue(entry, today):
            late.append(entry)
        elif not entry.is_retired:
            months.setdefault(due(entry).isoformat()[:7], []).append(entry)
    coming = (Batch(month, tuple(sorted(found, key=lambda entry: not perishable(entry, today)))) for month, found in months.items())
    return (*([Batch("overdue", tuple(late))] if late else []), *coming)


def after(start: date, months: int) -> date:
    """The same day of the month `months` later, or the last day of that month where it is shorter."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))
