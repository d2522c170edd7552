"""Words of the field: where one first stands on a page it leads to its definition near the page's foot.

A plain link to a place on the same page, which CSS shows over the lower edge of the screen while it is the target: the
reader keeps the place, no script and no pointer is needed, it prints, and where CSS is old it is a jump. The attribute
`popover` would need a button, which does nothing on a phone from before 2024.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from jinja2 import Environment

from kb.entries import Entry
from kb.model import KnowledgeBase

TYPE = "glossary"
_QUIET = "kb-badge|kb-figure|kb-kicker|kb-line|kb-meta|kb-prov|kb-question|kb-row-title|kb-rows|kb-share|kb-sources|kb-tag"
_SKIPPED = re.compile(
    r"^#+ .*?$|^\|.*?$|^```.*?^```|`[^`\n]*`"                                                 # headings, tables and code in Markdown
    r"|<(?P<whole>a|aside|button|code|dt|figure|h[1-6]|label|nav|summary|svg|th)\b.*?</(?P=whole)>"   # links, headings, labels, charts: as they are
    rf'|<(?P<quiet>[a-z]+)[^>]*class="[^"]*\b(?:{_QUIET})\b[^"]*".*?</(?P=quiet)>'           # lists of other entries, citations
    r"|<[^>]*>"
    r"|!?\[[^\]]*\]\([^)]*\)"                                                                # links in Markdown
    r"|https?://\S+",
    re.DOTALL | re.MULTILINE,
)
SOURCES = '<section class="kb-sect" markdown="block">\n<h2 id="sources">'
"""How the section of the sources begins (the macro `section` in _components.md)."""


@dataclass(frozen=True)
class Words:
    """The terms of the glossary, ready to be found in text."""

    pattern: re.Pattern[str]
    entries: Mapping[str, Entry]
    """The term behind each name, in small letters with single spaces."""

    def marked(self, body: str, about: Entry | None = None) -> tuple[str, tuple[Entry, ...]]:
        """`body` with a link at the first place of each term in running text, and the terms found, by title.

        A term that leads to the entry that the page is about is left alone: the whole page explains it.
        """
        found: dict[str, Entry] = {}

        def link(match: re.Match[str]) -> str:
            entry = self.entries.get(_plain(match.group())) or self.entries[_plain(match.group().rstrip("s"))]
            if entry.id in found or (about and about.id in (entry.data.get(f"see_{about.type.name}") or ())):
                return match.group()
            found[entry.id] = entry
            return f'<a class="kb-term" id="w-{entry.id}" href="#word-{entry.id}">{match.group()}</a>'

        parts, end = [], 0
        for skipped in _SKIPPED.finditer(body):
            parts += [self.pattern.sub(link, body[end:skipped.start()]), skipped.group()]
            end = skipped.end()
        parts.append(self.pattern.sub(link, body[end:]))
        return "".join(parts), tuple(sorted(found.values(), key=lambda entry: entry.title.casefold()))

    def explained(self, env: Environment, page: str, body: str, about: Entry | None = None) -> str:
        """The body of a page with its words linked and, above its sources or at its end, what they mean."""
        body, found = self.marked(body, about)
        if not found:
            return body
        section = env.get_template("words.md").render(page=page, words=found).strip()
        before, sources, after = body.partition(SOURCES)
        return f"{before.rstrip()}\n\n{section}\n{sources}{after}"


def words(kb: KnowledgeBase) -> Words | None:
    """The terms that the knowledge base explains; None where it explains none."""
    names = {name: entry for entry in kb.of(TYPE) for name in (entry.title, *entry.names)} if TYPE in kb.types else {}
    if not names:
        return None
    choices = "|".join(_expression(name) for name in sorted(names, key=len, reverse=True))
    return Words(re.compile(rf"(?<![\w/.&#-])(?:{choices})(?![\w-])"), {_plain(name): entry for name, entry in names.items()})


def _expression(name: str) -> str:
    """A name, over any line break; one with capitals inside is found in its own letters only. A plural is found too."""
    text = r"\s+".join(map(re.escape, name.split()))
    return f"{text}s?" if name[1:] != name[1:].lower() else f"(?i:{text}s?)"


def _plain(name: str) -> str:
    return " ".join(name.lower().split())
