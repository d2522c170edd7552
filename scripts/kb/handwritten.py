"""The hand-written pages of docs/: their addresses, and the anchors that their headings give."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path as FilePath

_FENCED = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^(#{1,6})\s+(.+?)\s*#*\s*$", re.MULTILINE)
_OWN_ID = re.compile(r"\{[^{}]*#([\w-]+)[^{}]*\}\s*$")
_HTML_ID = re.compile(r"<[a-z][^<>]*\sid=\"([^\"]+)\"")
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")


@dataclass(frozen=True)
class HandWritten:
    """A page that somebody wrote by hand."""

    address: str
    file: str
    """Relative to the project."""
    anchors: tuple[str, ...]


def handwritten(project: FilePath) -> Mapping[str, HandWritten]:
    """The pages of docs/ in a project, by address."""
    docs = project / "docs"
    found = (HandWritten(address_of(path.relative_to(docs).as_posix()), path.relative_to(project).as_posix(), tuple(anchors(path.read_text("utf-8")))) for path in sorted(docs.rglob("*.md")))
    return {page.address: page for page in found}


def address_of(page: str) -> str:
    """The address of a Markdown file of the site: “resources/cvipi.md” gives “/resources/cvipi/”."""
    return f"/{page.removesuffix('.md').removesuffix('index').rstrip('/')}/".replace("//", "/")


def anchors(text: str) -> Iterator[str]:
    """The ids of a Markdown page: of its headings, as the engine makes them from their words, and of its HTML.

    To keep a link alive when a heading changes, write its old id behind it: “## New words {#old-words}”.
    """
    text = _FENCED.sub("", text)
    used: dict[str, int] = {}
    for match in _HEADING.finditer(text):
        heading = match.group(2)
        own = _OWN_ID.search(heading)
        yield own.group(1) if own else _unique(heading_anchor(_LINK.sub(r"\1", heading)), used)
    yield from _HTML_ID.findall(text)


def heading_anchor(words: str) -> str:
    """The anchor that the engine makes from the words of a heading."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode()
    return re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", plain).strip().lower())


def _unique(id_: str, used: dict[str, int]) -> str:
    used[id_] = used.get(id_, -1) + 1
    return f"{id_}_{used[id_]}" if used[id_] else id_
