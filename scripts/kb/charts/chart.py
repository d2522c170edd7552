"""What a chart is: pictures made of plain rows, and the words, table and sources that go with them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from kb.model import Entry

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
class Panel:
    """One picture of a chart with the findings that it shows."""

    picture: Picture
    results: tuple[Entry, ...] = ()
    full: bool = False
    """Whether it takes the whole column, and so has a wide form beside the narrow one; the others fit every screen."""

    @property
    def pictures(self) -> tuple[Picture, ...]:
        """The picture in each width that a page needs."""
        return (self.picture, self.picture.wide()) if self.full else (self.picture,)


@dataclass(frozen=True)
class Group:
    """Panels under a heading."""

    label: str
    panels: tuple[Panel, ...]


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
        return " ".join(panel.picture.description for panel in self.panels)

    @property
    def whole(self) -> Picture:
        """All pictures in one, each with its words, for a file that stands alone."""
        if len(self.panels) == 1 and self.panels[0].full:
            return self.panels[0].picture.wide()
        parts = tuple({"picture": json.loads(panel.pictures[-1].as_json()), "lines": [_lines(result) for result in panel.results]} for panel in self.panels)
        return Picture("whole", parts, self.title, self.description)


def _lines(result: Entry) -> list[str]:
    return [f"Outcome: {result.outcome}", f"Who: {result.population}", f"Window: {result.window}", f"Compared with: {result.comparison}"]
