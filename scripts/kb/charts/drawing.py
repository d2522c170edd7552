"""Pictures as Altair charts: one function a kind of picture, from plain rows to a chart.

altair is imported by `chart` alone, and `chart` is called only for a picture that the cache does not have.
"""

import textwrap
from collections.abc import Callable, Mapping
from typing import Any

from kb.charts.chart import WIDE, Picture
from kb.charts.frame import frame
from kb.charts.theme import color, config

LABELS, BARS, STEP = 112, 140, 36
"""The width of the labels and of the bars of a small picture, and the height of a bar with its space, in pixels."""
LINE = 16
SPLIT, JOIN = "split(datum.label, '|')", "join(split(datum.label, '|'), ' ')"
"""A label that carries marks where it may break: on several lines, on one."""


def specification(picture: Picture) -> dict[str, Any]:
    """The Vega-Lite specification of a picture, with the theme."""
    import altair

    drawn = KINDS[picture.kind](altair, picture).properties(description=picture.description)
    return drawn.to_dict() | {"config": config()}


def bars(alt: Any, picture: Picture) -> Any:
    """Bars from zero: what is compared with hollow, the program solid, each with its number."""
    rows = [{**row, "shown": f"{row['value']:.10g}"} for row in picture.rows]
    top = max(row["value"] for row in rows)
    order = [row["label"] for row in rows]
    base = alt.Chart(frame(rows)).encode(y=_rows(alt, "label", order))
    x = alt.X("value:Q", axis=None, scale=alt.Scale(domain=[0, top * 1.3], nice=False))
    hollow = alt.datum.arm
    bar = base.mark_bar(height=18, strokeWidth=1.5).encode(
        x=x, tooltip="tip:N", fill=alt.when(hollow).then(alt.value(color("paper"))).otherwise(alt.value(color("found"))),
        stroke=alt.when(hollow).then(alt.value(color("edge"))).otherwise(alt.value(color("found"))),
    )
    number = base.mark_text(align="left", dx=6, fontWeight=700).encode(x=x, text="shown:N")
    return alt.layer(bar, number, *_names(alt, "label", order)).properties(width=BARS, height=alt.Step(STEP))


def words(alt: Any, picture: Picture) -> Any:
    """A frame of the size of two bars with words in it, where there is no number to draw."""
    tone = color("claim" if picture.options.get("claim") else "weigh")
    height = 2 * STEP - 2   # its line is as thick as the edge of a bar
    one = frame([{"tip": picture.description, "text": textwrap.wrap(picture.rows[0]["text"], 32), "why": picture.rows[0]["why"]}])
    edge = alt.Chart(one).mark_rect(x=1, y=1, x2=LABELS + BARS - 1, y2=height - 1, fillOpacity=0, fill=color("paper"), stroke=tone, strokeWidth=1.5, strokeDash=[5, 4]).encode(tooltip="tip:N")
    lines = one.iloc[0]["text"]
    text = alt.Chart(one).mark_text(align="center", baseline="top", fontWeight=700, lineHeight=18, x=(LABELS + BARS) / 2, y=10 if len(lines) > 1 else 18).encode(text="text:N")
    why = alt.Chart(one).mark_text(align="center", baseline="top", color=color("ink-2"), x=(LABELS + BARS) / 2, y=50 if len(lines) > 1 else 42).encode(text="why:N")
    return alt.layer(edge, text, why).properties(width=LABELS + BARS, height=height)


def years(alt: Any, picture: Picture) -> Any:
    """Counts by year from zero: a gap where a year is not known, a hollow mark for a part of a year."""
    wide = picture.width == WIDE
    known = {row["year"]: row for row in picture.rows}
    start = picture.options.get("start")
    first, last = min([*known, *([int(start)] if start else [])]), max(known)
    line_rows = [known.get(year) if known.get(year) and not known[year]["part"] else {"year": year, "value": None} for year in range(first, last + 1)]
    line_rows = [{"year": row["year"], "value": row["value"]} for row in line_rows]
    spoken = _spoken(picture.rows, every=wide or len(known) < 6)
    rows = [{**row, "shown": f"{row['value']:,.10g}" if row["year"] in spoken else ""} for row in picture.rows]
    top = max(row["value"] for row in rows)
    x = alt.X("year:Q", title=None, scale=alt.Scale(domain=[first - .6, last + .6], nice=False), axis=alt.Axis(format="d", values=_ticks(first, last, wide), tickSize=4))
    y = alt.Y("value:Q", title=None, scale=alt.Scale(domain=[0, top * 1.25], nice=False), axis=alt.Axis(tickCount=3, format=",d", domain=False, tickSize=4))
    points = alt.Chart(frame(rows))
    layers = [
        alt.Chart(frame(line_rows)).mark_line(color=color("found"), strokeWidth=2.5).encode(x=x, y=y),
        points.mark_point(size=60, filled=False, opacity=1, strokeWidth=2, stroke=color("found")).encode(x=x, y=y, fill=alt.when(alt.datum.part).then(alt.value(color("paper"))).otherwise(alt.value(color("found"))), tooltip="tip:N"),
        points.mark_text(dy=-13, fontWeight=700).encode(x=x, y=y, text="shown:N"),
    ]
    if start:
        at, left = frame([{"year": start, "text": picture.options["start_text"]}]), (start - first) / (last - first + 1) < .6
        layers += [
            alt.Chart(at).mark_rule(color=color("weigh"), strokeDash=[5, 4], strokeWidth=1.5).encode(x=x),
            alt.Chart(at).mark_text(align="left" if left else "right", baseline="top", dx=6 if left else -6, y=0, color=color("ink-2")).encode(x=x, text="text:N"),
        ]
    return alt.layer(*layers).properties(width=760 if wide else 212, height=230 if wide else 190)


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
    return alt.layer(tint, base.mark_text(fontWeight=600).encode(text="shown:N"), *_names(alt, "row", order, 310 if wide else 130, wide)).properties(width=alt.Step(cell), height=alt.Step(34 if wide else 54))


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
    return alt.layer(marks, *_names(alt, "row", order, 400 if wide else 160, wide)).properties(width=alt.Step(96 if wide else 28), height=alt.Step(28 if wide else 56))


def whole(alt: Any, picture: Picture) -> Any:
    """All panels of a chart, each with its title and words, on axes of their own."""
    parts = []
    for row in picture.rows:
        inner = Picture(**{**row["picture"], "rows": tuple(row["picture"]["rows"])})
        lines = [line for result in row["lines"] for text in result for line in textwrap.wrap(text, 46)]
        parts.append(KINDS[inner.kind](alt, inner).properties(title=alt.TitleParams(textwrap.wrap(inner.title, 40), subtitle=lines or [""])))
    return alt.concat(*parts, columns=2, spacing=40).resolve_scale(x="independent", y="independent", color="independent", shape="independent", fill="independent", stroke="independent")


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


def _heads(alt: Any, columns: list[str], wide: bool) -> Any:
    lines = max(name.count("|") for name in columns) if wide else 0
    return alt.Axis(title=None, orient="top", domain=False, ticks=False, labelExpr=SPLIT if wide else JOIN, labelPadding=6 + lines * LINE, labelAngle=0 if wide else -90, labelAlign="center" if wide else "left", labelBaseline="bottom" if wide else "middle")


def _spoken(rows: tuple[Mapping[str, Any], ...], every: bool) -> set[int]:
    """The years whose count is printed beside its mark: all where there is room, else the ends, the top and the bottom."""
    if every:
        return {row["year"] for row in rows}
    values = [row["value"] for row in rows]
    return {rows[0]["year"], rows[-1]["year"], rows[values.index(max(values))]["year"], rows[values.index(min(values))]["year"]}


def _ticks(first: int, last: int, wide: bool) -> list[int]:
    step = 1 if wide else -(-(last - first) // 4) or 1
    return list(range(first, last + 1, step))


KINDS: Mapping[str, Callable[[Any, Picture], Any]] = {"bars": bars, "words": words, "years": years, "strip": strip, "heat": heat, "dots": dots, "whole": whole}
