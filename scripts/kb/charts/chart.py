"""What a chart is: pictures made of plain rows, and the words, table and sources that go with them."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Any

from kb.entries import Entry
from kb.phrases import lower_first
from kb.problems import listed

NARROW, WIDE = "narrow", "wide"


@dataclass(frozen=True)
class Picture:
    """All that decides how one picture looks; drawing it needs nothing else."""

    kind: str
    """The drawing of kb.charts.drawing that makes it: bars, words, years, strip, heat, dots, whole."""
    rows: tuple[Mapping[str, Any], ...]
    title: str
    description: str
    """The picture in words, for readers who do not see it."""
    options: Mapping[str, Any] = field(default_factory=dict)
    width: str = NARROW

    def as_json(self) -> str:
        """The picture as one text, the same for the same picture."""
        return json.dumps({name: getattr(self, name) for name in ("kind", "rows", "title", "description", "options", "width")}, sort_keys=True, ensure_ascii=False)

    def wide(self) -> "Picture":
        """The same for a column of 832 pixels."""
        return replace(self, width=WIDE)


@dataclass(frozen=True)
class Join:
    """Several figures of one study: they stand in one bracket, because one study speaks once."""

    study: Entry
    results: tuple[Entry, ...]

    @property
    def words(self) -> str:
        """What the bracket says."""
        return f"One study, {len(self.results)} figures, not independent of one another: {listed([f'“{result.headline}”' for result in self.results])}."


@dataclass(frozen=True)
class Panel:
    """One picture of a chart with the findings that it shows."""

    picture: Picture
    results: tuple[Entry, ...] = ()
    full: bool = False
    """Whether it takes the whole column, and so has a wide form beside the narrow one; the others fit every screen."""
    joins: tuple[Join, ...] = ()
    """What joins it to its neighbors; those that have the same stand in one bracket."""
    measures: str = ""
    """What it measures, where that is not what its group measures: it stands where the other figures of its study do."""

    @property
    def pictures(self) -> tuple[Picture, ...]:
        """The picture in each width that a page needs."""
        return (self.picture, self.picture.wide()) if self.full else (self.picture,)


@dataclass(frozen=True)
class Group:
    """Panels under a heading."""

    label: str
    panels: tuple[Panel, ...]

    @property
    def runs(self) -> Iterator[tuple[tuple[Join, ...], tuple[Panel, ...]]]:
        """The panels in their order, those of one bracket together with what joins them; the others without."""
        return ((joins, tuple(panels)) for joins, panels in groupby(self.panels, key=lambda panel: panel.joins))


@dataclass(frozen=True)
class Chart:
    """A chart: pictures, a sentence, a table."""

    id: str
    title: str
    sentence: str
    """The caption: what the chart shows, and from when the evidence is."""
    groups: tuple[Group, ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    """The same facts as a table; None where one is not known."""
    sources: tuple[Entry, ...]
    """The entries whose sources the chart rests on."""

    @property
    def panels(self) -> tuple[Panel, ...]:
        return tuple(panel for group in self.groups for panel in group.panels)

    @property
    def description(self) -> str:
        """What all pictures show, in words."""
        named = len(self.panels) > 1   # a single picture is named by the chart
        return " ".join(text for group in self.groups for joins, panels in group.runs for text in (*(join.words for join in joins), *(_said(panel.picture, named) for panel in panels)))

    @property
    def whole(self) -> Picture:
        """All pictures in one with title and caption, each with its words, for a file that stands alone."""
        groups = tuple({"label": group.label, "runs": [{"joins": [f"{join.words} {join.study.title}" for join in joins], "parts": [_part(panel, titled=len(self.panels) > 1) for panel in panels]} for joins, panels in group.runs]} for group in self.groups)
        alone = [line for panel in self.panels if panel.full for result in panel.results for line in _lines(result, named=False)]
        return Picture("whole", groups, self.title, self.description, {"caption": self.sentence, "facts": alone})


def _said(picture: Picture, named: bool) -> str:
    return f"{picture.title}. {picture.description}" if named else picture.description


def facts(result: Entry) -> list[str]:
    """The four things that stand with every mark."""
    return [f"Outcome: {result.outcome}", f"Who: {result.population}", f"Window: {result.window}", f"Compared with: {result.comparison}"]


def qualified(result: Entry) -> str:
    """What stands with the headline of a finding wherever it is drawn: whether we found the study, chance, ratings, why a range."""
    claim = "Stated; we have not found the study." if result.kind.id == "claim" else ""
    said = {"may-be": "May be chance.", "mixed": "Some parts may be chance."}.get(result.chance.id if result.chance else "", "")
    chance = "" if "may be chance" in result.headline else said
    return " ".join(filter(None, (claim, chance, _rated(result), why_a_range(result))))


def _rated(result: Entry) -> str:
    """How a finding was rated. Two ratings of one body say what sets them apart: when, or what they are about."""
    ratings = result.ratings or () if result.kind.id != "rating" else ()
    bodies = [item.body for item in ratings]
    said = []
    for item in ratings:
        apart = "" if bodies.count(item.body) == 1 else item.date[:4] if item.date else lower_first(item.basis or "")
        said.append(f"“{item.rating}” by {item.body}{f' ({apart})' if apart else ''}")
    return f"Rated {', '.join(said)}." if said else ""


def why_a_range(result: Entry) -> str:
    """What the range of a finding runs over: it is never a margin of error. Empty where it has none."""
    return f"Why a range: {lower_first(result.range_meaning).rstrip('.')}. It is not a margin of error." if result.range_meaning else ""


def about_counts(panel: Panel) -> str:
    """What the reader of a small picture of yearly counts has to know; a large one has it in its caption."""
    return " ".join(map(about_series, panel.results)) if panel.picture.kind == "years" and not panel.full else ""


def about_series(result: Entry) -> str:
    """The note on the yearly counts of a finding, and a warning where they begin with their highest whole year."""
    whole = [item for item in result.series if item.complete is not False]
    high = whole[0].value > max(item.value for item in whole[1:])
    warning = f"The first year here, {whole[0].year}, is the highest: a fall looks larger from there, and earlier years are not in the chart." if high else ""
    return " ".join(filter(None, (result.series_note, warning)))


def _part(panel: Panel, titled: bool) -> dict[str, Any]:
    measures = [f"Measures: {lower_first(panel.measures)}"] if panel.measures else []
    lines = [line for result in panel.results for line in _lines(result, named=len(panel.results) > 1)]
    return {"picture": json.loads(panel.pictures[-1].as_json()), "titled": titled, "lines": [*measures, *lines, *filter(None, [about_counts(panel)])]}


def _lines(result: Entry, named: bool) -> list[str]:
    beside = [f"The comparison itself: {result.comparison_value.text}"] if result.comparison_value else []
    lines = [f"{result.headline}. {qualified(result)}".strip(), f"Weighs against it: {result.against.headline}", *facts(result), *beside]
    return [result.title, *lines] if named else lines
