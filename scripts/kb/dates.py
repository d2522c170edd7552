"""Dates in words."""

from datetime import date


def day(when: str | date) -> str:
    """A date in words, as exact as it is: “August 18, 2025”, “August 2025”, “2025”."""
    year, month, number = (*str(when).split("-"), "", "")[:3]
    name = date(int(year), int(month), 1).strftime("%B ") if month else ""
    return f"{name}{int(number)}, {year}" if number else f"{name}{year}"
