"""The Jinja environment: text is escaped once, for HTML and for Markdown, and decisions are named filters here.

Templates write HTML blocks that carry the attribute `markdown`, so that the engine reads what is inside as Markdown.
Only links to other pages of the site are written as Markdown: the engine checks those.
"""

import posixpath
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path as FilePath
from typing import Any

import yaml
from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

import kb.changes as changes
import kb.links as links
import kb.review as review
import kb.studies as studies
import kb.web.reader as reader
from kb.addresses import Addresses
from kb.charts.chart import about_counts, facts, qualified
from kb.dates import day
from kb.entries import Entry
from kb.findings import how_found, strongest
from kb.guides import words as guide_words
from kb.model import KnowledgeBase
from kb.phrases import after_label, capital, ended, host, lower_first, number, plural, rounded, short, weight
from kb.problems import listed
from kb.select import select
from kb.shape import slug
from kb.types import MARKDOWN, Schema, terms
from kb.web.citations import Citations

TEMPLATES = FilePath(__file__).parent / "templates"

_Dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
_SPECIAL = re.compile(r'[&<>"\\`*_{}\[\]|~]')
_PAPER = re.compile(r"(actions|guides|strategies)/(?!index\.md)")
"""The pages that people print and take along."""
_SITE_LINK = re.compile(r"\]\((/[^)\s]*)\)")


@dataclass(frozen=True)
class Site:
    """All that the library knows of the outside world."""

    name: str
    url: str
    """Where the site will stand, with a slash at its end."""
    repository: str
    """The web address of the source, without a slash at its end; empty where it has none."""
    branch: str
    today: date

    def edit_address(self, path: str) -> str:
        """Where a file of the project is edited on the host of the source; empty where there is none."""
        return f"{self.repository}/edit/{self.branch}/{path}" if self.repository else ""


def escape(value: Any) -> Any:
    """`value` as text that neither HTML nor Markdown takes for markup. Markup stays as it is."""
    if hasattr(value, "__html__"):
        return value
    return Markup(_SPECIAL.sub(lambda match: f"&#{ord(match.group())};", str(value)))


def page_of(address: str) -> str:
    """The Markdown file behind an address of the site: “/about/” gives “about.md”, an entry's address its page."""
    parts = [part for part in address.split("/") if part]
    return "/".join(parts) + ".md" if parts else "index.md"


def environment(kb: KnowledgeBase, site: Site, addresses: Addresses | None = None, **more: Any) -> Environment:
    """The environment in which every template of the site runs; `more` are further names for templates."""
    env = Environment(
        loader=FileSystemLoader(TEMPLATES), undefined=StrictUndefined, autoescape=True, finalize=escape,
        trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=False,
    )
    env.globals.update(kb=kb, site=site, cite=Citations(kb, site), addresses=addresses or Addresses(kb), select=select, review=review, link=_link, page_link=_page_link, helpers=_helpers, links=links, reader=reader, changes=changes, **{"versions": {}, **more})
    env.globals.update(heading=lambda where: guide_words.heading(kb, where), words_of=guide_words, guide_page=guide_words.page, strongest=strongest)
    env.filters.update(after_label=after_label, host=host, about_counts=about_counts, capital=capital, cited=studies.as_text, ended=ended, day=day, listed=_listed, prose=_prose, slug=slug, lower_first=lower_first, plural=plural, source_number=_source_number, form=_form, short=short, by_study=_by_study, number=number, rounded=rounded, weight=weight, facts=facts, qualified=qualified, find=_find, how_found=how_found, browse_order=_browse_order, sentence=_sentence, first_findings=_first_findings)
    return env


def front_matter(meta: Mapping[str, Any]) -> str:
    """The head of a Markdown page."""
    return f"---\n{yaml.dump(dict(meta), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=1000)}---\n\n"


@pass_context
def _link(context: Context, entry: Entry, text: str = "", anchor: str = "", paper: bool = True) -> Markup:
    """A link to an entry from the page at hand; its text is the entry's title unless another is given."""
    short = context["addresses"].short(entry) if paper and not _on_its_strategy(context["page"], entry) else ""
    return _page_link(context, entry.page, (text or entry.title) + (" (retired)" if entry.is_retired else ""), anchor, short)


def _on_its_strategy(page: str, entry: Entry) -> bool:
    """Whether paper needs no address of an entry: a guide's findings stand on the pages of its strategies, which it does address."""
    return page.startswith("guides/") and entry.type.name == "results"


@pass_context
def _page_link(context: Context, page: str, text: str, anchor: str = "", printed: str = "") -> Markup:
    """A link to a page of the site, given as its Markdown file, from the page at hand.

    `printed` is the address that paper shows after it, where the page at hand is one that people print: a link itself is
    relative, so a style sheet could not show it. None in navigation, in tables, and where the address stands anyway.
    """
    target = posixpath.relpath(page, posixpath.dirname(context["page"]) or ".")
    shown = f'{{data-at="{printed}"}}' if printed and _PAPER.match(context["page"]) else ""
    return Markup(f"[{escape(text)}]({target}{'#' + anchor if anchor else ''}){shown}")


@pass_context
def _prose(context: Context, text: str) -> Markup:
    """A contributor's Markdown, its links to pages of the site made relative to the page at hand."""

    def relative(match: re.Match[str]) -> str:
        address, _, anchor = match.group(1).partition("#")
        page = _known_page(context["kb"], context["addresses"].leads_to(address))
        target = posixpath.relpath(page, posixpath.dirname(context["page"]) or ".")
        shown = f'{{data-at="{address}"}}' if _PAPER.match(context["page"]) else ""
        return f"]({target}{'#' + anchor if anchor else ''}){shown}"

    return Markup(_SITE_LINK.sub(relative, text.replace("{", "&#123;").replace("<", "&lt;")))


def _known_page(kb: KnowledgeBase, address: str) -> str:
    parts = [part for part in address.split("/") if part]
    if len(parts) == 1 and parts[0] in (*kb.types, *kb.vocabularies, "charts", "go"):
        return f"{parts[0]}/index.md"
    return page_of(address)


def _listed(values: Sequence[Any], last: str = "and") -> Markup:
    """Values as a list in a sentence, each escaped."""
    return Markup(listed([str(escape(value)) for value in values], last))


def _sentence(labels: Sequence[Any], last: str = "and") -> Markup:
    """Labels as a list that begins a sentence: only the first keeps its capital letter, acronyms theirs."""
    first, *rest = [str(label) for label in labels]
    return _listed([first, *map(lower_first, rest)], last)


def _helpers(kb: KnowledgeBase) -> tuple[Entry, ...]:
    """Whom to ask first: who offers the help of an action, then training that actions list as key, most listed first."""
    offers = [kb.find("resources", action.help_from) for action in kb.of("actions") if action.help_from]
    key = Counter(item.resource for action in kb.of("actions") for item in action.resources or () if item.group.id == "key")
    training = [kb.find("resources", id_) for id_, _ in key.most_common()]
    found = [*offers, *(entry for entry in training if entry.kind.id == "training-and-technical-assistance")]
    return tuple(dict.fromkeys(entry for entry in found if not entry.is_retired))


def _find(id_: str, kb: KnowledgeBase, type_: str) -> Entry:
    """The entry of a type with an id or alias; for use with `map`."""
    return kb.find(type_, id_)


@pass_context
def _by_study(context: Context, results: Sequence[Entry]) -> list[tuple[Entry | None, list[Entry]]]:
    """Findings in their order, those of one study moved together to the place of its first."""
    groups: dict[str, list[Entry]] = {}
    for result in results:
        groups.setdefault(result.study or f"/{result.id}", []).append(result)
    return [(None if key.startswith("/") else context["kb"].find("studies", key), found) for key, found in groups.items()]


def _first_findings(strategies: Sequence[Entry], kb: KnowledgeBase) -> list[Entry]:
    """The finding that each strategy names first, each once; strategies without one are passed over."""
    return list(dict.fromkeys(kb.find("results", strategy.key_results[0]) for strategy in strategies if strategy.key_results))


def _browse_order(entries: Sequence[Entry]) -> list[Entry]:
    """Entries by title, whatever their type: a list of everything has no other order that a reader could guess."""
    return sorted(entries, key=lambda entry: (entry.title.casefold(), entry.type.name))


def _form(schema: Schema) -> str:
    """What a field holds, for the page of all fields: “list of terms”, “plain text”, “id of an entry in content/actions”."""
    match schema:
        case {"x-vocabulary": _}:
            return "one of its terms"
        case {"oneOf": _}:
            return f"one of {listed(list(terms(schema)), 'or')}"
        case {"x-entry": "."}:
            return "id of an entry of the same type"
        case {"x-entry": type_}:
            return f"id of an entry in content/{type_}"
        case {"x-item": field}:
            return f"id of an item under “{field}”"
        case {"type": "array", "items": items}:
            return f"list; each item: {_form(items)}"
        case {"properties": properties}:
            needed = schema.get("required", ())
            return f"group of {listed([name + (' (needed)' if name in needed else '') for name in properties])}"
        case {"format": form}:
            return {MARKDOWN: "Markdown text"}.get(form, form.replace("-", " "))
    return {"integer": "whole number"}.get(schema["type"], "plain text")


def _source_number(entry: Entry, source: str) -> int:
    """The number under which the page of an entry shows one of its sources."""
    return next(number for number, item in enumerate(entry.sources, 1) if item.id == source)
