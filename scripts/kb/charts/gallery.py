"""The charts as pages and other charts use them: drawn, in HTML, as files."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup

from kb.charts import Chart, Draw, Group, Panel, charts, panels
from kb.charts.chart import WIDE
from kb.data import spreadsheet
from kb.entries import Entry
from kb.model import KnowledgeBase

MORE = 6
"""The further findings that a page draws: more would make it heavy, and stand on the page of its chart."""
NEEDLESS = (' xmlns="http://www.w3.org/2000/svg"', ' fill="var(--kb-ink)"')
"""What a picture says as a file of its own, and a page need not: HTML knows the namespace, and site.css colors the text."""


@dataclass(frozen=True)
class Gallery:
    """All charts of a knowledge base, and what draws them."""

    kb: KnowledgeBase
    draw: Draw

    @cached_property
    def all(self) -> tuple[Chart, ...]:
        """Every chart, in order."""
        return tuple(charts(self.kb))

    @cached_property
    def _by_id(self) -> dict[str, Chart]:
        return {chart.id: chart for chart in self.all}

    def get(self, id_: str) -> Chart | None:
        """The chart with this id, if there is one."""
        return self._by_id.get(id_)

    def starting(self, start: str) -> tuple[Chart, ...]:
        """The charts whose id starts so."""
        return tuple(chart for chart in self.all if chart.id.startswith(start))

    def svg(self, panel: Panel) -> Markup:
        """The panel for a page: one picture, or one for each width of which CSS shows one."""
        drawn = [(picture.width, _inline(self.draw(picture).svg)) for picture in panel.pictures]
        if len(drawn) == 1:
            return Markup(f'<div class="kb-picture">{drawn[0][1]}</div>')
        return Markup("\n".join(f'<div class="kb-picture kb-{"wide" if width == WIDE else "narrow"}">{svg}</div>' for width, svg in drawn))

    def picture(self, result: Entry, own: bool = False) -> Markup:
        """The small picture of a finding: its bars or its counts by year. Empty where it has neither, or where its own page has the counts in full."""
        counted = bool(panels.why_not_drawn(result))
        drawn = panels.is_drawn(result) and not (own and counted)
        return self.svg(panels.panel(self.kb, [result])) if drawn else Markup("")

    def more(self, results: Sequence[Entry]) -> tuple[tuple[Group, ...], tuple[Entry, ...]]:
        """Further findings of a page: as small panels those that can be drawn, and the others.

        Ratings of many programs come first: whether an effect was shown is what they can answer together. Of single findings no
        more than MORE are drawn, or none.
        """
        rated = [result for result in results if panels.rates_programs(result)]
        single = [result for result in results if panels.is_drawn(result)]
        shown = single if len(single) <= MORE else []
        groups = panels.grouped(self.kb, rated) + panels.grouped(self.kb, shown)
        return groups, tuple(result for result in results if result not in rated and result not in shown)

    def files(self) -> Iterator[tuple[str, str]]:
        """The files of every chart, as name and content: its picture, its two specifications, its data."""
        for chart in self.all:
            drawn = self.draw(chart.whole)
            yield f"{chart.id}.svg", drawn.alone
            yield f"{chart.id}.json", drawn.specification + "\n"
            yield f"{chart.id}.vega.json", drawn.vega + "\n"
            yield f"{chart.id}.csv", as_csv(chart)


def _inline(svg: str) -> str:
    """A picture as it stands in a page."""
    for text in NEEDLESS:
        svg = svg.replace(text, "")
    widths = re.findall(r' stroke-width="[^"]+"', svg)
    if len(widths) > 2 and len(set(widths)) == 1:   # said once for all marks
        svg = svg.replace(widths[0], "").replace("<g ", f"<g{widths[0]} ", 1)
    return svg


def as_csv(chart: Chart) -> str:
    """The table of a chart; a cell is empty where something is not known."""
    return spreadsheet.as_csv(chart.columns, chart.rows)
