"""When an entry is due for review: `reviewed` plus the months that its schema gives under x-review-months."""

import calendar
from datetime import date

from kb.model import Entry


def due(entry: Entry) -> date:
    """The day on which the next review of an entry is due."""
    return after(date.fromisoformat(entry.data["reviewed"]), entry.type.review_months)


def overdue(entry: Entry, today: date) -> bool:
    """Whether that day has passed. An overdue review is a notice on the page, never a failure."""
    return due(entry) < today


def after(day: date, months: int) -> date:
    """The same day of the month `months` later, or the last day of that month where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
