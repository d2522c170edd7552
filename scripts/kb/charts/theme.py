"""“Briefing paper”: the one Altair theme of the site, and the colors that it names.

Marks are solid for what a study found, hollow for what it is compared with, dashed for what has no number. Colors are
the custom properties of docs/assets/css/tokens.css, so one picture follows light, dark and print. LIGHT and DARK repeat
their values for the files that leave the site; a test compares them.
"""

from typing import Any

NAME = "briefing-paper"
LIGHT = {"paper": "#ffffff", "wash-2": "#e2eae7", "ink": "#13222a", "ink-2": "#42535b", "rule": "#c5d0cc", "edge": "#62757a", "found": "#0f6d72", "weigh": "#8a5200", "claim": "#6b4788"}
DARK = {"paper": "#0f181c", "wash-2": "#1f3038", "ink": "#e9f0ee", "ink-2": "#b4c4c4", "rule": "#34474e", "edge": "#82979b", "found": "#62c2c0", "weigh": "#e9b65c", "claim": "#c9a8e6"}
TEXT = 14
"""The size of all text, in pixels: pictures are never scaled down below it."""


def color(name: str) -> str:
    """A color by its role: “found”, “edge”, “ink”."""
    return f"var(--kb-{name})"


def config() -> dict[str, Any]:
    """The theme as the `config` of a Vega-Lite specification. The font's family is set by CSS: the runtime measures with this one."""
    ink, quiet, edge = color("ink"), color("ink-2"), color("edge")
    return {
        "background": "transparent", "font": "sans-serif", "padding": 2,
        "view": {"stroke": None},
        "axis": {"grid": False, "labelColor": ink, "titleColor": quiet, "domainColor": edge, "tickColor": edge, "labelFontSize": TEXT, "titleFontSize": TEXT, "titleFontWeight": "normal", "labelLimit": 0},
        "text": {"color": ink, "fontSize": TEXT},
        "title": {"anchor": "start", "frame": "group", "color": ink, "subtitleColor": quiet, "fontSize": TEXT + 1, "fontWeight": 600, "subtitleFontSize": TEXT, "subtitleFontWeight": "normal", "subtitleLineHeight": 18, "subtitlePadding": 4, "lineHeight": 19, "offset": 10},
    }
