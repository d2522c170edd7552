"""Every address that the site publishes, what leads to it from elsewhere, and the short links.

The list that the address promise is about: pages with their fixed anchors, redirects from former addresses, and /go/ for
each alias and acronym. What stands here goes on working; kb.promise compares it with what was published before.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path as FilePath

import yaml

from kb.entries import Entry
from kb.guides import KIND, SIZE
from kb.handwritten import address_of
from kb.model import KnowledgeBase
from kb.shape import slug

ANCHORS: Mapping[str, tuple[str, ...]] = {address: tuple(ids) for address, ids in yaml.safe_load((FilePath(__file__).parent / "anchors.yml").read_text("utf-8")).items()}
"""The fixed anchors of each kind of page, by a pattern of its address."""

GO = "/go/"
MADE = ("/", "/browse/", "/self-check/", "/compare/", "/charts/", "/whats-new/", "/data/", "/contribute/fields/", "/due-for-review/", GO)
"""The pages that are made once, whatever the content."""
CHARTS_OF = {"strategies": "strategy-", "places": "place-", "results": "counts-"}
"""How the id of a chart begins that is about one entry of a type; the id of the entry follows (see kb.charts)."""

__all__ = ["ANCHORS", "CHARTS_OF", "Addresses", "Page", "Redirect", "acronyms", "address_of"]

_ACRONYM = re.compile(r"(?=(?:.*[A-Z0-9]){2})[A-Z][A-Za-z0-9]{1,7}")
_WORDS_ONLY = "glossary"
"""The type whose entries explain words: a word leaves its short link to the thing that it names."""


@dataclass(frozen=True)
class Page:
    """A published page."""

    address: str
    """From the root of the site, with a slash at both ends: “/resources/cvipi/”."""
    anchors: tuple[str, ...]
    """The ids on it that links may rely on."""
    file: str
    """The file of the project that gives the page, relative to the project."""


@dataclass(frozen=True)
class Redirect:
    """An address that leads to a page."""

    address: str
    target: str
    """The address of the page."""
    title: str
    """The title of the page, or its address where it is no entry's."""
    file: str
    """The file of the project that gives the redirect."""


@dataclass(frozen=True)
class Addresses:
    """The addresses of a knowledge base. `charts` are the ids of its charts; without them their pages are missing here."""

    kb: KnowledgeBase
    charts: tuple[str, ...] = ()
    fixed: Mapping[str, tuple[str, ...]] | None = None
    """The fixed anchors, where they are not those of this version (see ANCHORS)."""

    @cached_property
    def pages(self) -> Mapping[str, Page]:
        """Every page, by its address."""
        by_hand = {page.address: Page(page.address, page.anchors, page.file) for page in self.kb.pages.values()}
        return by_hand | {address: Page(address, self.anchors(address), file) for address, file in self.made.items()}

    @cached_property
    def made(self) -> Mapping[str, str]:
        """The address of every generated page, and the file that gives it; empty where that is none of the content."""
        return dict(self._made())

    @cached_property
    def redirects(self) -> tuple[Redirect, ...]:
        """Every address that leads to a page: former and short ids of entries, short links, charts of renamed entries; by address."""
        found = [*self._aliases(), *self._short_links(), *self._charts_of_former_ids(), *self._charts_of_retired(), *self._moved()]
        return tuple(sorted((one for one in found if one.address not in self.pages), key=lambda one: one.address))

    @cached_property
    def all(self) -> frozenset[str]:
        """Every address that leads somewhere."""
        return frozenset((*self.pages, *(one.address for one in self.redirects)))

    @cached_property
    def names(self) -> Mapping[str, tuple[Entry, ...]]:
        """The entries that each name after /go/ may mean, by name: every alias, and every acronym in small letters."""
        found: dict[str, dict[Entry, None]] = defaultdict(dict)
        for entry in self.kb.every:
            for name in (*entry.aliases, *map(slug, acronyms(entry))):
                found[name][entry] = None
        return {name: _preferred(tuple(found[name])) for name in sorted(found, key=_in_order)}

    @cached_property
    def ambiguous(self) -> Mapping[str, tuple[Entry, ...]]:
        """The names after /go/ that may mean more than one entry; each has a page that says so."""
        return {name: entries for name, entries in self.names.items() if len(entries) > 1}

    def short(self, entry: Entry) -> str:
        """The best short address of an entry, for citations and codes: its acronym, else its shortest alias, after /go/.

        Its own address where no name is its alone, or none makes the address at least a quarter shorter.
        """
        named = self._names_of.get(entry, ())
        spoken = [name for name in map(slug, acronyms(entry)) if name in named]
        best = min(spoken or named, key=lambda name: (len(name), name), default="")
        short = f"{GO}{best}/"
        return short if best and len(short) <= len(entry.address) * 3 / 4 else entry.address

    def leads_to(self, address: str) -> str:
        """The address of the page behind an address: itself, or where it leads."""
        return self._targets.get(address, address)

    @cached_property
    def _targets(self) -> Mapping[str, str]:
        return {one.address: one.target for one in self.redirects}

    def anchors(self, address: str) -> tuple[str, ...]:
        """The fixed anchors of a generated page, by the nearest pattern: “/a/b/”, then “/a/*/”, then “/*/*/”.

        The front of the words has an anchor for each of them.
        """
        fixed = ANCHORS if self.fixed is None else self.fixed
        parts = address.strip("/").split("/") if address != "/" else []
        patterns = ("/".join(["", *parts[:kept], *["*"] * (len(parts) - kept), ""]) for kept in range(len(parts), -1, -1))
        words = [id_ for entry in self.kb.every if entry.type.name == _WORDS_ONLY for id_ in (entry.id, *entry.aliases)] if address == f"/{_WORDS_ONLY}/" else []
        return (*next((fixed[pattern] for pattern in patterns if pattern in fixed), ()), *words)

    @cached_property
    def _names_of(self) -> Mapping[Entry, tuple[str, ...]]:
        found: dict[Entry, list[str]] = defaultdict(list)
        for name, entries in self.names.items():
            if len(entries) == 1:
                found[entries[0]].append(name)
        return {entry: tuple(names) for entry, names in found.items()}

    def _made(self) -> Iterator[tuple[str, str]]:
        terms = "content/schemas/vocabulary.schema.json"
        yield from ((address, "") for address in MADE)
        yield from ((f"/{name}/", f"content/schemas/{name}.schema.json") for name in self.kb.types)
        yield from ((entry.address, entry.document.path) for entry in self.kb.every)
        yield from ((f"/{file.removeprefix('content/').removesuffix('.yml')}/", file) for file in self.kb.unreadable)
        for name in self.kb.facets:
            yield f"/{name}/", terms
            yield from ((f"/{name}/{term}/", terms) for term in self._terms(name))
        if "guides" in self.kb.types:
            yield from ((f"/guides/{size}/{kind}/", terms) for size in self._terms(SIZE) for kind in self._terms(KIND))
        yield from ((f"/charts/{id_}/", "") for id_ in self.charts)
        yield from ((f"{GO}{name}/", entries[0].document.path) for name, entries in self.ambiguous.items())

    def _terms(self, vocabulary: str) -> tuple[str, ...]:
        return tuple(self.kb.vocabularies[vocabulary].terms) if vocabulary in self.kb.vocabularies else ()

    def _aliases(self) -> Iterator[Redirect]:
        for entry in self.kb.every:
            for alias in entry.aliases:
                yield _to(f"/{entry.type.name}/{alias}/", entry)

    def _short_links(self) -> Iterator[Redirect]:
        for name, entries in self.names.items():
            if len(entries) == 1:
                yield _to(f"{GO}{name}/", entries[0])

    @cached_property
    def former_charts(self) -> Mapping[str, tuple[str, ...]]:
        """The former ids of charts, by id: a chart about an entry has one for each alias of it."""
        return {id_: tuple(f"{CHARTS_OF[entry.type.name]}{alias}" for alias in entry.aliases) for id_, entry in self._charted.items() if entry.aliases}

    @cached_property
    def _charted(self) -> Mapping[str, Entry]:
        """The entry that a chart is about, by the id of the chart."""
        found = {f"{CHARTS_OF[entry.type.name]}{entry.id}": entry for entry in self.kb.every if entry.type.name in CHARTS_OF}
        return {id_: found[id_] for id_ in self.charts if id_ in found}

    def _charts_of_former_ids(self) -> Iterator[Redirect]:
        for id_, former in self.former_charts.items():
            entry = self._charted[id_]
            yield from (Redirect(f"/charts/{one}/", f"/charts/{id_}/", f"Chart: {entry.title}", entry.document.path) for one in former)

    def _charts_of_retired(self) -> Iterator[Redirect]:
        for entry in self.kb.every if self.charts else ():
            if entry.is_retired and entry.type.name in CHARTS_OF:
                for id_ in (entry.id, *entry.aliases):
                    yield _to(f"/charts/{CHARTS_OF[entry.type.name]}{id_}/", entry)

    def _moved(self) -> Iterator[Redirect]:
        for former, target in self.kb.moved_addresses.items():
            if isinstance(target, str):
                yield Redirect(former, target, target, self.kb.moved.path)


def acronyms(entry: Entry) -> tuple[str, ...]:
    """The acronym of an entry, and those of its other names that are one word with two capital letters."""
    own, others = entry.data.get("acronym"), entry.data.get("also_called")
    found = [own] if isinstance(own, str) else []
    found += [name for name in others if isinstance(name, str) and _ACRONYM.fullmatch(name)] if isinstance(others, list) else []
    return tuple(dict.fromkeys(found))


def _in_order(name: str) -> list[tuple[int, str]]:
    """By letters, numbers by their size: action-2 comes before action-10."""
    return [(int(part), "") if part.isdigit() else (0, part) for part in re.split(r"(\d+)", name)]


def _preferred(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """Of several entries with one name those that it means first of all: retired ones yield, then words of the glossary."""
    holding = tuple(entry for entry in entries if not entry.is_retired) or entries
    return tuple(entry for entry in holding if entry.type.name != _WORDS_ONLY) or holding


def _to(address: str, entry: Entry) -> Redirect:
    return Redirect(address, entry.address, str(entry.data.get("title", entry.id)), entry.document.path)
