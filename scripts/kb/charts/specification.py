"""From a picture to its specification, and all pictures of a chart on one sheet that stands alone."""

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from kb.charts.chart import WIDE, Picture
from kb.charts.drawing import BARS, LABELS, drawn
from kb.charts.frame import frame
from kb.charts.theme import TEXT, color, config

APART = {"scale": {channel: "independent" for channel in ("x", "y", "color", "shape", "fill", "stroke")}}
"""Views with axes and scales of their own: nothing is put on one scale by standing beside another."""
CELL, GAP, COLUMN = 320, 32, 44
"""In a file of many pictures: the width of each and the space between two, in pixels, and the characters that fit above one."""


def specification(picture: Picture) -> dict[str, Any]:
    """The Vega-Lite specification of a picture, with the theme."""
    import altair

    made = whole(altair, picture) if picture.kind == "whole" else drawn(altair, picture).to_dict()
    return made | {"description": picture.description, "config": config()}


def whole(alt: Any, picture: Picture) -> dict[str, Any]:
    """All panels of a chart with title and caption, each with its words, on axes of their own; a bracket over the figures of one study.

    Altair makes each panel; they are put together as Vega-Lite, since Altair copies all that it has at every step of joining.
    """
    groups = [_stack([_run(alt, run) for run in group["runs"]], group["label"], 18) for group in picture.rows]
    wide = picture.rows[0]["runs"][0]["parts"][0]["picture"]["width"] == WIDE
    caption = [line for text in (picture.options["caption"], *picture.options["facts"]) for line in textwrap.wrap(text, 112 if wide else 92)]
    heading = {"text": textwrap.wrap(picture.title, 76), "subtitle": caption, "frame": "bounds", "fontSize": TEXT + 6, "lineHeight": 24, "offset": 20}
    made = _stack(groups, "", 30)
    datasets = dict(_datasets(made))
    return {"$schema": alt.SCHEMA_URL, **made, "title": heading, "datasets": datasets}


def _datasets(made: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """The data of every part, taken out of it: they stand once, beside the whole."""
    for part in (*made.get("vconcat", ()), *made.get("concat", ())):
        yield from part.pop("datasets", {}).items()
        yield from _datasets(part)


def _run(alt: Any, run: Mapping[str, Any]) -> dict[str, Any]:
    """Panels side by side, two in a row; under one bracket with its words where they are joined. Large pictures stand below one another."""
    columns = 1 if run["parts"][0]["picture"]["width"] == WIDE else 2
    heads = [_head(part, columns) for part in run["parts"]]
    parts = []
    for number, (part, head) in enumerate(zip(run["parts"], heads, strict=True)):
        row = heads[number - number % columns:][:columns]
        parts.append(_part(alt, part, head + [""] * (max(map(len, row)) - len(head)), columns > 1))
    side_by_side = {"concat": parts, "columns": columns, "spacing": GAP, "resolve": APART}
    return _stack([_bracket(alt, run["joins"]), side_by_side], "", 4) if run["joins"] else side_by_side


def _head(part: Mapping[str, Any], columns: int) -> list[str]:
    """The words above a picture: its title, a line break, the facts."""
    if columns == 1:
        return [part["picture"]["title"]] if part["titled"] else []
    return [*textwrap.wrap(part["picture"]["title"], COLUMN - 6), "", *(line for text in part["lines"] for line in textwrap.wrap(text, COLUMN))]


def _part(alt: Any, part: Mapping[str, Any], head: list[str], small: bool) -> dict[str, Any]:
    made = drawn(alt, Picture(**{**part["picture"], "rows": tuple(part["picture"]["rows"])}))
    if small:   # all of one width, so that those below one another stand in columns
        made += alt.Chart(frame([{"tip": ""}])).mark_rect(x=-LABELS, x2=CELL - LABELS, y=0, y2=1, opacity=0, fill=color("paper"), aria=False)
    at = head.index("") if "" in head else len(head)
    return _plain(made) | ({"title": {"text": head[:at], "subtitle": head[at + 1:] or [""], "frame": "bounds"}} if head else {})


def _bracket(alt: Any, joins: Sequence[str]) -> dict[str, Any]:
    """A bracket as wide as two panels, open below, with words above it."""
    lines = [line for words in joins for line in textwrap.wrap(words, 2 * COLUMN)]
    top, width = len(lines) * 18 + 6, 2 * CELL + GAP
    corners = frame([{"at": at, "x": x - LABELS, "y": y} for at, (x, y) in enumerate(((1, top + 10), (1, top), (width - 1, top), (width - 1, top + 10)))])
    place = {"x": alt.X("x:Q", axis=None, scale=None), "y": alt.Y("y:Q", axis=None, scale=None)}
    line = alt.Chart(corners).mark_line(color=color("ink"), strokeWidth=2).encode(**place, order="at:Q")
    text = alt.Chart(frame([{"x": -LABELS, "y": 0, "text": lines}])).mark_text(align="left", baseline="top", fontWeight=600, lineHeight=18).encode(**place, text="text:N")
    return _plain(alt.layer(line, text).properties(width=BARS, height=top + 12))


def _stack(parts: Sequence[Mapping[str, Any]], label: str, spacing: int) -> dict[str, Any]:
    title = {"title": {"text": label, "frame": "bounds", "fontSize": TEXT + 4, "offset": 14}} if label else {}
    return {"vconcat": parts, "spacing": spacing, "resolve": APART, **title}


def _plain(chart: Any) -> dict[str, Any]:
    """An Altair chart as a part of a larger specification."""
    return {name: value for name, value in chart.to_dict().items() if name not in ("$schema", "config")}
