"""From a picture to the files that show it: SVG, Vega-Lite and Vega. Nothing here writes to disk; a cache wraps `draw`."""

import hashlib
import json
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path

from kb.charts.chart import Picture
from kb.charts.theme import DARK, LIGHT, TEXT

VEGA_LITE = "6.4"
MADE_BY = ("theme.py", "drawing.py", "specification.py", "rendering.py", "chart.py", "frame.py")
SVG = "http://www.w3.org/2000/svg"
NEEDLESS = ("role", "pointer-events", "stroke-miterlimit", "font-family", "style")
DEFAULTS = (("font-size", f"{TEXT}px"), ("transform", "translate(0,0)"), ("opacity", "1"), ("text-anchor", "start"))
_LONG = re.compile(r"\d+\.\d{3,}")


@dataclass(frozen=True)
class Drawing:
    """A drawn picture."""

    svg: str
    """For the page: follows its colors and its font."""
    specification: str
    """Vega-Lite, as JSON, with the light colors in place of the page's."""
    vega: str
    """The same compiled to Vega, for the interactive view; with the page's colors."""

    @property
    def alone(self) -> str:
        """The SVG as a file of its own, which brings its colors."""
        light, dark = (";".join(f"--kb-{name}:{value}" for name, value in colors.items()) for colors in (LIGHT, DARK))
        style = f"<style>svg{{{light};background:var(--kb-paper);font:{TEXT}px sans-serif}}@media (prefers-color-scheme:dark){{svg{{{dark}}}}}</style>"
        return re.sub(r"(<svg [^>]*>)", lambda match: match.group(1) + style, self.svg, count=1) + "\n"


Draw = Callable[[Picture], Drawing]


def draw(picture: Picture) -> Drawing:
    """The picture, drawn. Imports pandas, altair and the renderer: about two seconds, the first time."""
    import vl_convert

    from kb.charts.specification import specification

    found = specification(picture)
    svg = accessible(vl_convert.vegalite_to_svg(found, vl_version=VEGA_LITE), picture)
    vega = vl_convert.vegalite_to_vega(found, vl_version=VEGA_LITE)
    outside = re.sub(r"var\(--kb-([a-z0-9-]+)\)", lambda match: LIGHT[match.group(1)], json.dumps(found, ensure_ascii=False, indent=1))
    return Drawing(svg, outside, json.dumps(vega, ensure_ascii=False, separators=(",", ":")))


def key(picture: Picture) -> str:
    """A name for the picture that changes whenever its data, the theme, the code or a renderer does. Imports none of them."""
    return hashlib.sha256((_made_by() + picture.as_json()).encode()).hexdigest()


def accessible(svg: str, picture: Picture) -> str:
    """The renderer's SVG as an image with a name and a description, without what the page does not need."""
    ElementTree.register_namespace("", SVG)
    root = ElementTree.fromstring(svg)
    size = {name: root.attrib[name] for name in ("width", "height", "viewBox")}
    root.attrib = {"role": "img", **size}
    _simplify(root)
    for place, (name, words) in enumerate((("title", picture.title), ("desc", picture.description))):
        element = ElementTree.Element(f"{{{SVG}}}{name}")
        element.text = words
        root.insert(place, element)
    text = ElementTree.tostring(root, encoding="unicode").replace("\n", " ")
    return _LONG.sub(lambda match: f"{float(match.group()):.2f}".rstrip("0").rstrip("."), text)


def _simplify(parent: ElementTree.Element) -> None:
    """Drops what paints nothing, names that only the runtime reads, and groups that do nothing."""
    kept: list[ElementTree.Element] = []
    for child in parent:
        role = child.attrib.pop("class", "")
        if role in ("background", "foreground"):
            continue
        child.attrib = {name: value for name, value in child.attrib.items() if name not in NEEDLESS and not name.startswith("aria-") and (name, value) not in DEFAULTS}
        _simplify(child)
        if child.tag.endswith("}g") and not child.attrib:
            kept += list(child)
        elif len(child) or not child.tag.endswith("}g"):
            kept.append(child)
    parent[:] = kept


@cache
def _made_by() -> str:
    code = b"".join((Path(__file__).parent / name).read_bytes() for name in MADE_BY)
    return " ".join([hashlib.sha256(code).hexdigest(), *(version(name) for name in ("altair", "pandas", "vl-convert-python"))])
