"""What a caption says beyond what a chart is about: what each mark means, how old the evidence is, who published it.

A mark that does not occur is not explained: a reader would look for it.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from kb.charts.chart import Group, Panel
from kb.dates import day
from kb.entries import Entry

RESTATED = "A bar restates a percentage: 23% less is 77 for every 100."
PALE = "A pale bar with a dashed edge is not the confirmed estimate of a study; the words under it say what it is."
FRAME = "A dashed frame has no bar and says why."
ORDER = "Order says nothing about merit."


def of_findings(groups: Iterable[Group]) -> str:
    """What the marks of findings mean, which of them share an axis, and that their order is no ranking."""
    panels = [panel for group in groups for panel in group.panels]
    kinds = {panel.picture.kind for panel in panels}
    pale = any(row.get("pale") for panel in panels for row in panel.picture.rows)
    counted = [result for panel in panels if panel.picture.kind == "years" for result in panel.results]
    said = (RESTATED if "bars" in kinds else "", PALE if pale else "", FRAME if "words" in kinds else "", of_counts(counted), axes(panels), ORDER if len(panels) > 1 else "")
    joined = "A bracket joins figures of one study." if any(panel.joins for panel in panels) else ""
    return " ".join(filter(None, (*said, joined)))


def axes(panels: Sequence[Panel]) -> str:
    """Which panels share an axis: none, unless findings can be compared."""
    if len(panels) < 2:
        return ""
    apart = "Each panel has an axis of its own"
    return f"{apart}; findings stand on one only if they measured the same thing in the same way." if any(len(panel.results) > 1 for panel in panels) else f"{apart}."


def of_counts(results: Sequence[Entry]) -> str:
    """What the marks of yearly counts mean, as far as they occur. Of a single count it gives the program's start."""
    if not results:
        return ""
    starts = [result.program_start for result in results]
    series = [[item.year for item in result.series] for result in results]
    part = "A hollow mark is a part of a year." if any(item.complete is False for result in results for item in result.series) else ""
    gap = "A gap is a year that we have not found." if any(len(set(years)) <= max(years) - min(years) for years in series) else ""
    began = f" ({day(starts[0])})" if len(results) == 1 and starts[0] else ""
    start = f"The dashed line marks the start of the program{began}." if any(starts) else ""
    unknown = "When the program began is not known." if len(results) == 1 and not any(starts) else "Where there is none, that is not known." if not all(starts) else ""
    return " ".join(filter(None, (start, unknown, part, gap, "A count does not show the cause.")))


def evidence_dates(results: Iterable[Entry]) -> str:
    """From when the evidence is."""
    years = sorted(str(date)[:4] for result in results for date in (result.period_start, result.period_end) if date)
    if not years:
        return "The dates of the evidence are not known."
    return f"The evidence is from {years[0]}." if years[0] == years[-1] else f"The evidence with known dates is from {years[0]} to {years[-1]}."


def published(result: Entry, parts: Iterable[Any]) -> str:
    """Who published what a chart of parts of one finding rests on."""
    used = {part.source for part in parts}
    publishers = dict.fromkeys(source.publisher for source in result.sources if source.id in used or used == {None})
    return f"Source{'s' if len(publishers) > 1 else ''}: {'; '.join(publishers)}."


def reviewed(entries: Sequence[Entry]) -> str:
    """How fresh a chart of entries is."""
    days = sorted(str(entry.reviewed) for entry in entries)
    return f"From {len(entries)} entries of this site, each with its sources, reviewed " + (f"{day(days[0])}." if days[0] == days[-1] else f"between {day(days[0])} and {day(days[-1])}.")
