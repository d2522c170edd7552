"""The pages that the site makes of its content: of each kind its path, its front matter and its template."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from jinja2 import Environment

from kb import data
from kb.charts import Chart
from kb.entries import Entry
from kb.guides import Guide, nearest, pairs
from kb.guides import words as guide_words
from kb.model import KnowledgeBase
from kb.phrases import capital
from kb.problems import listed
from kb.render import Site, front_matter
from kb.rules import RULES
from kb.types import ContentType, Vocabulary
from kb.web import discovery, jsonld
from kb.web.words import TYPE as GLOSSARY
from kb.web.words import Words

UNEXPLAINED = {"browse.md", "compare.md", "due.md", "fields.md", "go.front.md", "go.md", "self_check.md", "tombstone.md", "whats_new.md"}
"""Templates of lists and sheets, where links to words would stand between the choices."""


@dataclass(frozen=True)
class SiteFile:
    """A file for the site engine: its path in the source of the site, and its content."""

    path: str
    content: str | bytes


@dataclass(frozen=True)
class Pages:
    """One method for each kind of page: its path, its front matter, its template."""

    env: Environment
    words: Words | None

    @property
    def site(self) -> Site:
        return self.env.globals["site"]

    def home(self, site: Site) -> SiteFile:
        meta = {"title": site.name, "description": "What American cities and counties can do about community gun violence, and who helps."}
        return self._page("index.md", "home.md", meta)

    def browse(self) -> SiteFile:
        meta = {"title": "Browse everything", "description": "All entries of this site in one list, which can be narrowed by size of place, kind of violence, evidence and more.", "section": "browse", "script": "browse", "search": {"exclude": True}}
        return self._page("browse.md", "browse.md", meta)

    def self_check(self) -> SiteFile:
        meta = {"title": "Ten questions to ask yourselves", "description": "A self-check of the ten actions: where you stand, what to begin with, and whom to ask for help.", "section": "self-check", "script": "self-check"}
        return self._page("self-check.md", "self_check.md", meta)

    def compare(self) -> SiteFile:
        meta = {"title": "Compare strategies", "description": "Two to four strategies side by side: what each takes, who leads it, where it is used, and what the evidence says.", "section": "strategies", "script": "compare", "search": {"exclude": True}}
        return self._page("compare.md", "compare.md", meta)

    def data(self, made: Mapping[str, str | bytes]) -> SiteFile:
        meta = {"title": "Data", "description": "Everything on this site as files: tables for a spreadsheet, JSON for programs, one zip of all, with examples, license and how to cite.", "section": "data"}
        here = {path.removeprefix(f"{data.FOLDER}/"): content for path, content in made.items()}
        index = json.loads(here["index.json"])["result"]
        return self._page("data.md", "data.md", meta | {"jsonld": jsonld.of_data(index)}, index=index, weights={path: len(content if isinstance(content, bytes) else content.encode()) for path, content in here.items()})

    def whats_new(self) -> SiteFile:
        meta = {"title": "What’s new", "description": "What was added, reviewed or retired, and what is reported of help that changed or ended, by month.", "section": "whats-new", "search": {"exclude": True}}
        return self._page("whats-new.md", "whats_new.md", meta)

    def front(self, kb: KnowledgeBase, type_: ContentType) -> SiteFile:
        title = type_.name.replace("-", " ").capitalize()
        meta = {"title": title, "description": f"{type_.description} There are {len(kb.of(type_.name)):,} of them here." if len(type_.description) < discovery.FEWEST else type_.description, "section": type_.name, "search": {"exclude": True}}
        grid = {"grid": tuple(pairs(kb))} if type_.name == "guides" else {}
        return self._page(f"{type_.name}/index.md", [f"{type_.name}.front.md", "front.md"], meta, type=type_, **grid)

    def entry(self, entry: Entry) -> SiteFile:
        title = f"Glossary: {entry.title}" if entry.type.name == GLOSSARY else entry.title   # a program may have the same name
        meta: dict[str, Any] = {"title": title, "description": entry.summary, "section": entry.type.name, "reviewed": entry.reviewed}
        if names := [*entry.names, *(alias.replace("-", " ") for alias in entry.data.get("aliases", ()))]:
            meta["tags"] = names   # the search weighs them most; Material's tags plugin stays off
        meta |= {"search": {"boost": entry.type.schema.get("x-search-boost", 1)}, "jsonld": jsonld.of_entry(entry, self.site)}
        return self._page(entry.page, f"{entry.type.name}.md", meta, entry=entry)

    def tombstone(self, entry: Entry) -> SiteFile:
        meta = {"title": f"{entry.title} (retired {entry.type.title})", "description": entry.retired.reason, "section": entry.type.name, "robots": "noindex", "search": {"exclude": True}}
        return self._page(entry.page, "tombstone.md", meta, entry=entry)

    def short_links(self) -> SiteFile:
        meta = {"title": "Short links", "description": "Every short link of this site: acronyms and short names, and where each leads.", "search": {"exclude": True}}
        return self._page("go/index.md", "go.front.md", meta)

    def several(self, name: str, entries: tuple[Entry, ...]) -> SiteFile:
        meta = {"title": f"{name.upper()} means more than one thing", "description": f"{len(entries)} entries of this site go by the short form {name.upper()}. Choose the one that you are looking for.", "search": {"exclude": True}}
        return self._page(f"go/{name}.md", "go.md", meta, entries=entries)

    def pair(self, kb: KnowledgeBase, made: Guide) -> SiteFile:
        title = capital(guide_words.heading(kb, made.where))
        meta = {"title": title, "description": f"{title}. {guide_words.counted(made)}", "section": "guides", "search": {"boost": 0.6} if made.found else {"exclude": True}}
        return self._page(guide_words.page(made.where), "guide.md", meta, guide=made, detail=made.detail, near=() if made.found else nearest(kb, made.where))

    def vocabulary(self, vocabulary: Vocabulary) -> SiteFile:
        meta = {"title": _sentence(vocabulary.title), "description": f"{vocabulary.description} The terms: {listed([term.label for term in vocabulary.terms.values()])}.", "search": {"exclude": True}}
        return self._page(f"{vocabulary.name}/index.md", "vocabulary.md", meta, vocabulary=vocabulary)

    def term(self, vocabulary: Vocabulary, id_: str, entries: tuple[Entry, ...]) -> SiteFile:
        term = vocabulary.terms[id_]
        meta = {"title": f"{_sentence(vocabulary.title)}: {term.label}", "description": f"{term.description} {_carried(len(entries))}", "search": {"exclude": True}}
        return self._page(f"{vocabulary.name}/{id_}.md", "term.md", meta, vocabulary=vocabulary, term=term, entries=entries)

    def field_reference(self, kb: KnowledgeBase) -> SiteFile:
        meta = {"title": "Fields and rules", "description": "Every field of every kind of entry, the words it may hold, and the rules that are checked.", "section": "contribute"}
        return self._page("contribute/fields.md", "fields.md", meta, rules=RULES)

    def due(self) -> SiteFile:
        meta = {"title": "Due for review", "description": "Which entries of this site somebody should read again, and by when; the overdue ones first.", "section": "contribute", "search": {"exclude": True}}
        return self._page("due-for-review.md", "due.md", meta)

    def charts(self) -> SiteFile:
        meta = {"title": "Charts", "description": "Charts of the findings, each with its table, its data and its sources.", "section": "charts", "search": {"exclude": True}}
        return self._page("charts/index.md", "charts.front.md", meta)

    def chart(self, chart: Chart) -> SiteFile:
        meta = {"title": f"Chart: {chart.title}", "description": f"Chart: {chart.title}. {chart.sentence}", "section": "charts", "script": "chart", "jsonld": jsonld.of_chart(chart, self.site), "search": {"exclude": True}}
        return self._page(f"charts/{chart.id}.md", "chart.md", meta, chart=chart)

    def _page(self, path: str, template: str | list[str], meta: dict[str, Any], **context: Any) -> SiteFile:
        body = self.env.select_template([template] if isinstance(template, str) else template).render(page=path, meta=meta, **context).strip()
        if self.words and meta.get("section") != GLOSSARY and str(template) not in UNEXPLAINED:
            body = self.words.explained(self.env, path, body, context.get("entry"))
        meta = meta | {"description": discovery.description(meta["title"], meta["description"], whole="entry" in context)}
        return SiteFile(path, front_matter(meta) + body + "\n")


def _carried(number: int) -> str:
    return f"{number:,} entries of this site carry it." if number > 1 else f"{'One' if number else 'No'} entry of this site carries it."


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
