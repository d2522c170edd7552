"""Pictures as Altair charts: one function a kind of picture, from plain rows to a chart.

altair is handed in: kb.charts.specification imports it, and only for a picture that the cache does not have.
"""

import textwrap
from collections.abc import Callable, Mapping
from typing import Any

from kb.charts.chart import WIDE, Picture
from kb.charts.frame import frame
from kb.charts.theme import color

LABELS, BARS, STEP = 112, 140, 40
"""The width of the labels and of the bars of a small picture, and the height of a bar with its space, in pixels."""
LINE = 16
FRAMED = 28
"""The characters that fit in a frame, in a font wider than ours too: ours is optional."""
BAR = {
    "hollow": {"fill": color("paper"), "stroke": color("edge")},
    "solid": {"fill": color("found"), "stroke": color("found")},
    "pale": {"fill": color("found"), "fillOpacity": .22, "stroke": color("found"), "strokeDash": [4, 3]},
}
"""How a bar looks: what is compared with, the estimate of a study, and what is neither."""
SPLIT, JOIN = "split(datum.label, '|')", "join(split(datum.label, '|'), ' ')"
"""A label that carries marks where it may break: on several lines, on one."""


def drawn(alt: Any, picture: Picture) -> Any:
    """The picture as an Altair chart."""
    return KINDS[picture.kind](alt, picture)


def bars(alt: Any, picture: Picture) -> Any:
    """Bars from zero: what is compared with hollow, the program solid, or pale where no study estimated it; each with its number."""
    rows = [{**row, "shown": f"{row['value']:.10g}"} for row in picture.rows]
    top = max(row["value"] for row in rows)
    order = [row["label"] for row in rows]
    x = alt.X("value:Q", axis=None, scale=alt.Scale(domain=[0, top * 1.3], nice=False))
    layers = []
    for form, look in BAR.items():
        if some := [row for row in rows if form == ("hollow" if row["arm"] else "pale" if row.get("pale") else "solid")]:
            layers.append(alt.Chart(frame(some)).mark_bar(height=18, strokeWidth=1.5, **look).encode(x=x, y=_rows(alt, "label", order), tooltip="tip:N"))
    number = alt.Chart(frame(rows)).mark_text(align="left", dx=6, fontWeight=700).encode(x=x, y=_rows(alt, "label", order), text="shown:N", tooltip="tip:N")
    return alt.layer(*layers, number, *_names(alt, "label", order), *_notes(alt, picture, len(rows))).properties(width=BARS, height=alt.Step(STEP))


def _notes(alt: Any, picture: Picture, rows: int) -> list[Any]:
    """The words under pale bars."""
    lines = [line for text in picture.options.get("notes", ()) for line in textwrap.wrap(text, 32)]
    return [alt.Chart(frame([{"text": lines}])).mark_text(align="left", baseline="top", lineHeight=18, x=-LABELS, y=rows * STEP + 4, color=color("ink-2")).encode(text="text:N")] if lines else []


def words(alt: Any, picture: Picture) -> Any:
    """A frame of the size of two bars with words in it, where there is no number to draw."""
    tone = color("claim" if picture.options.get("claim") else "weigh")
    height = 2 * STEP - 2   # its line is as thick as the edge of a bar
    one = frame([{**picture.rows[0], "text": _balanced(picture.rows[0]["text"], 32)}])
    edge = alt.Chart(one).mark_rect(x=1 - LABELS, y=1, x2=BARS - 1, y2=height - 1, fillOpacity=0, fill=color("paper"), stroke=tone, strokeWidth=1.5, strokeDash=[5, 4]).encode(tooltip="tip:N")
    lines = one.iloc[0]["text"]
    text = alt.Chart(one).mark_text(align="center", baseline="top", fontWeight=700, lineHeight=18, x=(BARS - LABELS) / 2, y=10 if len(lines) > 1 else 18).encode(text="text:N")
    why = alt.Chart(one).mark_text(align="center", baseline="top", color=color("ink-2"), x=(BARS - LABELS) / 2, y=50 if len(lines) > 1 else 42).encode(text="why:N")
    return alt.layer(edge, text, why).properties(width=BARS, height=height)


def _balanced(text: str, width: int) -> list[str]:
    """The text on as few lines as fit the width, in characters, and those of about one length."""
    lines = textwrap.wrap(text, width)
    return next(wrapped for narrow in range(len(text) // len(lines), width + 1) if len(wrapped := textwrap.wrap(text, narrow)) == len(lines))


def years(alt: Any, picture: Picture) -> Any:
    """Counts by year from zero: a gap where a year is not known, a hollow mark for a part of a year."""
    wide, known, start = picture.width == WIDE, {row["year"]: row for row in picture.rows}, picture.options.get("start")
    reach = [*known, *([round(start)] if start else [])]
    first, last = min(reach), max(reach)
    top = max(row["value"] for row in picture.rows) or 1
    beside = .6 if wide else max(.6, (last - first) / 10)   # so that no count runs into the numbers of the axis
    x = alt.X("year:Q", title=None, scale=alt.Scale(domain=[first - beside, last + beside], nice=False), axis=alt.Axis(format="d", values=_ticks(first, last, wide), tickSize=4))
    y = alt.Y("value:Q", title=None, scale=alt.Scale(domain=[0, top * 1.25], nice=False), axis=alt.Axis(tickCount=3, format=",d", domain=False, tickSize=4))
    whole_years = [{"year": year, "value": known[year]["value"] if year in known and not known[year]["part"] else None} for year in range(first, last + 1)]
    line = alt.Chart(frame(whole_years)).mark_line(color=color("found"), strokeWidth=2.5).encode(x=x, y=y)
    spoken = _spoken(picture.rows, every=wide or len(known) < 6)
    rows = [{**row, "shown": f"{row['value']:,.10g}" if row["year"] in spoken else "", "below": row["value"] > top / 6 and _low(known, row["year"])} for row in picture.rows]
    points = alt.Chart(frame(rows)).encode(x=x, y=y)
    marks = points.mark_point(size=60, filled=False, opacity=1, strokeWidth=2, stroke=color("found")).encode(fill=alt.when(alt.datum.part).then(alt.value(color("paper"))).otherwise(alt.value(color("found"))), tooltip="tip:N")
    began = _began(alt, x, start, picture.options["start_text"], left=(start - first) / (last - first + 1) < .6) if start else []
    return alt.layer(line, *began, marks, *_numbers(alt, points)).properties(width=760 if wide else 212, height=230 if wide else 190)


def _began(alt: Any, x: Any, start: float, text: str, left: bool) -> list[Any]:
    """A line at the start of the program, with its date on the side where there is room."""
    at = alt.Chart(frame([{"year": start, "text": text}])).encode(x=x)
    words = at.mark_text(align="left" if left else "right", baseline="top", dx=6 if left else -6, y=0, color=color("ink-2")).encode(text="text:N")
    return [at.mark_rule(color=color("weigh"), strokeDash=[5, 4], strokeWidth=1.5), words]


def _numbers(alt: Any, points: Any) -> list[Any]:
    """The counts above their marks, or below where the line comes down to them; on paper, whatever line runs there."""
    layers = []
    for below in (True, False):
        number = points.transform_filter(alt.datum.below == below).encode(text="shown:N")
        place = {"dy": 15 if below else -13, "fontWeight": 700}
        layers += [number.mark_text(**place, stroke=color("paper"), strokeWidth=4), number.mark_text(**place)]
    return layers


def strip(alt: Any, picture: Picture) -> Any:
    """One mark for each program, in rows by rating; each rating has a mark of its own."""
    wide = picture.width == WIDE
    longest = max(row["at"] for row in picture.rows)
    step = 40 if wide else min(27, 162 / longest)
    order = list(picture.options["order"])
    x = alt.X("at:Q", axis=None, scale=alt.Scale(domain=[.5, longest + .5], nice=False))
    base = alt.Chart(frame(picture.rows)).encode(x=x, y=_rows(alt, "rating", order), tooltip="tip:N")
    shape = alt.Shape("rating:N", legend=None, scale=alt.Scale(domain=order, range=picture.options["shapes"]))
    tone = alt.Stroke("rating:N", legend=None, scale=alt.Scale(domain=order, range=[color(name) for name in picture.options["tones"]]))
    fill = alt.Fill("rating:N", legend=None, scale=alt.Scale(domain=order, range=[color(name) for name in picture.options["fills"]]))
    marks = base.mark_point(size=360 if wide else 230, opacity=1, strokeWidth=2).encode(shape=shape, stroke=tone, fill=fill)
    return alt.layer(marks, *_names(alt, "rating", order)).properties(width=longest * step, height=alt.Step(44))


def heat(alt: Any, picture: Picture) -> Any:
    """A table of counts: the number is the mark, a tint behind it leads the eye."""
    wide = picture.width == WIDE
    columns, order = list(picture.options["columns"]), list(picture.options["order"])
    rows = [{**row, "shown": str(row["count"]) if row["count"] else "–"} for row in picture.rows]
    top = max(row["count"] for row in rows) or 1
    base = alt.Chart(frame(rows)).encode(x=alt.X("column:N", sort=columns, axis=_heads(alt, columns, wide)), y=_rows(alt, "row", order))
    tint = base.mark_rect(fill=color("found"), stroke=color("rule"), strokeWidth=1).encode(fillOpacity=alt.FillOpacity("count:Q", legend=None, scale=alt.Scale(domain=[0, top], range=[0, .38])), tooltip="tip:N")
    cell = 84 if wide else 25
    return alt.layer(tint, base.mark_text(fontWeight=600).encode(text="shown:N", tooltip="tip:N"), *_names(alt, "row", order, 310 if wide else 130, wide)).properties(width=alt.Step(cell), height=alt.Step(34 if wide else 54))


def dots(alt: Any, picture: Picture) -> Any:
    """A mark where something applies; its form says how we know."""
    wide = picture.width == WIDE
    columns, order = list(picture.options["columns"]), list(picture.options["order"])
    kinds = list(picture.options["kinds"])
    base = alt.Chart(frame(picture.rows)).encode(
        x=alt.X("column:N", sort=columns, axis=_heads(alt, columns, wide), scale=alt.Scale(domain=columns)), y=_rows(alt, "row", order), tooltip="tip:N",
        shape=alt.Shape("how:N", legend=None, scale=alt.Scale(domain=kinds, range=["circle", "diamond", "square"])),
        fill=alt.Fill("how:N", legend=None, scale=alt.Scale(domain=kinds, range=[color("found"), color("found"), color("paper")])),
    )
    marks = base.mark_point(size=130, opacity=1, strokeWidth=2, stroke=color("found"))
    foot = alt.Chart(frame(picture.rows[:1])).mark_point(opacity=0, size=0, color=color("rule")).encode(x=alt.X("column:N", sort=columns, axis=_heads(alt, columns, wide, below=True), scale=alt.Scale(domain=columns)))
    made = alt.layer(foot, marks, *_names(alt, "row", order, 400 if wide else 160, wide)).resolve_axis(x="independent")   # heads above and below: the list is longer than a screen
    return made.properties(width=alt.Step(96 if wide else 28), height=alt.Step(20 if wide else 56))


def _rows(alt: Any, field: str, order: list[str]) -> Any:
    """The place of a row; its name is written by `_names`."""
    return alt.Y(f"{field}:N", axis=None, sort=None, scale=alt.Scale(domain=order))


def _names(alt: Any, field: str, order: list[str], extent: int = LABELS, one_line: bool = False) -> list[Any]:
    """The names of rows, left of them and centered on them, however many lines a name has."""
    lines = {name: [name.replace("|", " ")] if one_line else name.split("|") for name in dict.fromkeys(order)}
    layers = []
    for count in sorted({len(parts) for parts in lines.values()}):
        names = frame({field: name, "name": parts} for name, parts in lines.items() if len(parts) == count)
        layers.append(alt.Chart(names).mark_text(align="left", baseline="middle", lineHeight=LINE, x=-extent, dy=-(count - 1) * LINE / 2).encode(y=_rows(alt, field, order), text="name:N"))
    return layers


def _heads(alt: Any, columns: list[str], wide: bool, below: bool = False) -> Any:
    lines = max(name.count("|") for name in columns) if wide else 0
    side = {"orient": "bottom", "grid": True, "gridColor": color("rule"), "labelBaseline": "top"} if below else {"orient": "top", "labelBaseline": "bottom"}
    turned = {"labelAngle": -90, "labelAlign": "right" if below else "left", "labelBaseline": "middle"}
    return alt.Axis(**({"title": None, "domain": False, "ticks": False, "labelExpr": SPLIT if wide else JOIN, "labelPadding": 6 + (0 if below else lines * LINE), "labelAngle": 0, "labelAlign": "center"} | side | ({} if wide else turned)))


def _spoken(rows: tuple[Mapping[str, Any], ...], every: bool) -> set[int]:
    """The years whose count is printed beside its mark: all where there is room, else the ends, and of whole years the newest, the top and the bottom."""
    if every:
        return {row["year"] for row in rows}
    whole = [row for row in rows if not row["part"]]
    spoken = (rows[0], rows[-1], whole[-1], max(whole, key=lambda row: row["value"]), min(whole, key=lambda row: row["value"]))
    return {row["year"] for row in spoken}


def _low(known: Mapping[int, Mapping[str, Any]], year: int) -> bool:
    """Whether the line comes down to a year from both sides, so that there is room beneath its mark."""
    beside = [known[near]["value"] for near in (year - 1, year + 1) if near in known and not known[near]["part"]]
    return bool(beside) and not known[year]["part"] and min(beside) > known[year]["value"]


def _ticks(first: int, last: int, wide: bool) -> list[int]:
    step = 1 if wide else -(-(last - first) // 4) or 1
    return list(range(first, last + 1, step))


KINDS: Mapping[str, Callable[[Any, Picture], Any]] = {"bars": bars, "words": words, "years": years, "strip": strip, "heat": heat, "dots": dots}
