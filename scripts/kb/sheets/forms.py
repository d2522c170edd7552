"""A sheet in other forms than a PDF: as Markdown, and as one HTML file that needs no other."""

import json
import re

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from kb.render import TEMPLATES
from kb.sheets import Sheet

_SPECIAL = re.compile(r"([\\`*_\[\]<>#|])")


def as_markdown(sheet: Sheet) -> str:
    """The sheet as plain Markdown, without HTML."""
    env = Environment(loader=FileSystemLoader(TEMPLATES), undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, finalize=_escaped)   # its output is no HTML
    env.filters.update(runs=_runs, bare=_Bare)
    text = env.get_template("sheet.plain.md").render(data=json.loads(sheet.content))
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def as_html(sheet: Sheet, style: str) -> str:
    """The sheet as one HTML file with its style inside."""
    env = Environment(loader=FileSystemLoader(TEMPLATES), undefined=StrictUndefined, autoescape=True, trim_blocks=True, lstrip_blocks=True)
    return env.get_template("sheet.html").render(data=json.loads(sheet.content), style=style)


class _Bare(str):
    """Text that is Markdown already."""


def _escaped(value: object) -> object:
    return _SPECIAL.sub(r"\\\1", value) if type(value) is str else value


def _runs(runs: list[dict[str, str]]) -> _Bare:
    return _Bare("".join(f"[{_escaped(run['text'])}]({run['url']})" if run["url"] else _escaped(run["text"]) for run in runs))
