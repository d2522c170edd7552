"""Counts by year."""

from typing import Any

from kb.charts.chart import Panel, Picture, facts
from kb.dates import day
from kb.entries import Entry

FEWEST = 3
"""Two counts make a sentence, not a line."""


def has_years(result: Entry) -> bool:
    """Whether enough whole years are known for a picture; a part of a year is never one of them."""
    return len([item for item in result.series or () if item.complete is not False]) >= FEWEST


def years(result: Entry, full: bool = False) -> Panel:
    """The yearly counts of a finding, with the program's start where it is known."""
    what = result.counted or result.outcome
    rows = tuple(_row(item, what, result) for item in result.series)
    options: dict[str, Any] = {}
    if result.program_start:
        began = day(result.program_start)
        year, month = (*str(result.program_start).split("-"), "")[:2]
        options = {"start": round(int(year) + ((int(month) - .5) / 12 - .5 if month else 0), 3), "start_text": f"Began {began}"}
    said = "; ".join(f"{row['year']}: {row['value']:,.10g}{' (part of the year)' if row['part'] else ''}" for row in rows)
    start = f" The program began in {began}." if options else ""
    return Panel(Picture("years", rows, result.title, f"{what.capitalize() if what.islower() else what} by year. {said}.{start} A count does not show the cause.", options), (result,), full)


def _row(item: Any, what: str, result: Entry) -> dict[str, Any]:
    part = item.complete is False
    tip = f"{item.year}: {item.value:,.10g} {what}{', a part of the year' if part else ''}"
    return {"year": item.year, "value": item.value, "part": part, "tip": "\n".join([tip, *facts(result)])}
