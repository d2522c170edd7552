"""How a page of the site is cited and sent on: its link, its short link, a citation as text and as CSL-JSON, a letter.

CSL-JSON is what reference managers read (Citation Style Language 1.0.2). The day on which a reader looked is the reader's.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from kb.addresses import Addresses
from kb.charts import Chart
from kb.dates import day
from kb.entries import Entry
from kb.guides import Guide, Known, guide, pairs
from kb.guides import words as guide_words
from kb.model import KnowledgeBase
from kb.phrases import capital
from kb.studies import as_csl as study_as_csl
from kb.types import Term, Vocabulary

if TYPE_CHECKING:
    from kb.render import Site

STUDIES = "studies"
FILE, STUDY_FILE = "cite.json", "cite-study.json"
"""The files beside a page: its citation, and that of the study that it is about."""


@dataclass(frozen=True)
class Citation:
    """How one page is cited."""

    title: str
    site: str
    """The name of the site, which is the author."""
    root: str
    """The address of the site, without a slash at its end."""
    address: str
    """The address of the page, from the root of the site."""
    short: str = ""
    """Its short address, from the root; empty where its own is as short."""
    date: str = ""
    """The day on which its content was last reviewed; empty where it has none."""
    basis: str = "reviewed"
    """What that day is called: “reviewed”, or “content of” for a page that is made from several entries."""

    @property
    def link(self) -> str:
        """The address that never changes."""
        return self.root + self.address

    @property
    def short_link(self) -> str:
        """The short address with the site's; empty where there is none."""
        return self.root + self.short if self.short else ""

    @property
    def text(self) -> str:
        """The citation in a line."""
        end = "" if self.title.endswith((".", "?", "!")) else "."
        dated = f", {self.basis} {day(self.date)}" if self.date else ""
        return f"“{self.title}{end}” {self.site}{dated}. {self.link}. An independent site, not an official one."

    @property
    def letter(self) -> str:
        """A `mailto:` address with the title as subject and the link as text (RFC 6068)."""
        return f"mailto:?subject={quote(self.title, safe='')}&body={quote(self.link, safe='/:')}"

    @property
    def csl(self) -> dict[str, Any]:
        """The page as an item of CSL-JSON."""
        issued = {"issued": {"date-parts": [[int(part) for part in self.date.split("-")]]}} if self.date else {}
        return {"id": self.address.strip("/"), "type": "webpage", "title": self.title, "author": [{"literal": self.site}], **issued, "URL": self.link, "language": "en-US"}


@dataclass(frozen=True)
class Citations:
    """The citations of the pages of a site."""

    kb: KnowledgeBase
    site: Site

    @cached_property
    def _addresses(self) -> Addresses:
        return Addresses(self.kb)

    def entry(self, entry: Entry) -> Citation:
        """The citation of an entry's page."""
        short = self._addresses.short(entry)
        return self._made(entry.title, entry.address, short if short != entry.address else "", entry.reviewed, "reviewed")

    def guide(self, guide: Guide) -> Citation:
        """The citation of the guide for a pair of size and kind."""
        address = f"/{guide_words.page(guide.where).removesuffix('.md')}/"
        return self._made(capital(guide_words.heading(self.kb, guide.where)), address, "", guide_words.dated(guide))

    def chart(self, chart: Chart) -> Citation:
        """The citation of a chart's page."""
        return self._made(f"Chart: {chart.title}", f"/charts/{chart.id}/", "", _newest(chart.sources))

    def term(self, vocabulary: Vocabulary, term: Term) -> Citation:
        """The citation of the page of a term."""
        entries = self.kb.by_term.get(vocabulary.name, {}).get(term.id, ())
        return self._made(f"{capital(vocabulary.title)}: {term.label}", f"/{vocabulary.name}/{term.id}/", "", _newest(entries))

    def browse(self) -> Citation:
        """The citation of the list of everything, unfiltered; docs/assets/js/browse.js makes those of its views from it."""
        return self._made("Browse everything", "/browse/", "", _newest(self.kb.entries))

    def _made(self, title: str, address: str, short: str, date: str, basis: str = "content of") -> Citation:
        return Citation(title, self.site.name, self.site.url.rstrip("/"), address, short, date, basis)


def _newest(entries: tuple[Entry, ...]) -> str:
    return max((entry.reviewed for entry in entries), default="")


def files(kb: KnowledgeBase, site: Site, charts: Iterable[Chart], known: Known) -> Iterator[tuple[str, str]]:
    """The path and text of every CSL-JSON file; each stands beside the page that it cites, and where its former ids stood."""
    cite = Citations(kb, site)
    for entry in kb.entries:
        for id_ in (entry.id, *entry.aliases):
            yield f"{entry.type.name}/{id_}/{FILE}", _file(cite.entry(entry).csl)
            if entry.type.name == STUDIES:
                yield f"{entry.type.name}/{id_}/{STUDY_FILE}", _file(study_as_csl(entry))
    wheres = [{"population": (size.id,), "violence-type": (kind.id,)} for size, kind, _ in pairs(kb)] if "guides" in kb.types else []
    terms = [(kb.vocabularies[name], term) for name in kb.facets for term in kb.vocabularies[name].terms.values()]
    found = [cite.browse(), *(cite.guide(guide(kb, where, known)) for where in wheres), *(cite.term(*pair) for pair in terms), *map(cite.chart, charts)]
    for citation in found:
        yield f"{citation.address.strip('/')}/{FILE}", _file(citation.csl)


def _file(item: dict[str, Any]) -> str:
    return json.dumps([item], ensure_ascii=False, indent=1) + "\n"
