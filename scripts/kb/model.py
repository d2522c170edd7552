"""The knowledge base: all entries with their indexes, read from the files of a project."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field, replace
from functools import cached_property, reduce
from operator import getitem
from pathlib import Path as FilePath
from typing import Any

from kb.entries import Entry, references
from kb.handwritten import HandWritten, handwritten
from kb.links import derived_terms
from kb.problems import Problem
from kb.reading import Document, read_file
from kb.types import ContentType, Schema, Vocabulary, find_types, schema_files

ORDER = ("number", "display_weight", "order")
"""Fields that put the entries of a type in order, where it has them; then comes the date, newest first, then the title."""

MOVED = "content/moved.yml"


@dataclass(frozen=True)
class Backlink:
    """A place in an entry that names another entry."""

    entry: Entry
    field: str
    """The field of the entry in which it stands."""
    item: Any
    """The item of that field, as a Record; or the bare id."""


@dataclass(frozen=True)
class KnowledgeBase:
    """All entries, with their indexes."""

    types: Mapping[str, ContentType]
    vocabularies: Mapping[str, Vocabulary]
    every: tuple[Entry, ...]
    """By type, inside a type in the order of ORDER and title. Files that could not be read are missing."""
    files: tuple[str, ...]
    """Every file of an entry, the unreadable ones too."""
    pages: Mapping[str, HandWritten]
    """The hand-written pages, by address."""
    unread: tuple[Problem, ...]
    """What was wrong while reading."""
    moved: Document
    """content/moved.yml: former addresses of what has no file of its own, and where they lead."""
    schemas: Mapping[str, Schema] = field(default_factory=dict)
    """The schema files as they are written, by file name."""
    strays: tuple[str, ...] = ()
    """The YAML files of content/ that stand in no folder of a type, and so are no entries."""

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """Every entry that holds: what lists, filters, charts and guides are made of. Retired ones only have their page."""
        return tuple(entry for entry in self.every if not entry.is_retired)

    @cached_property
    def _by_id(self) -> Mapping[tuple[str, str], Entry]:
        aliases = {(entry.type.name, alias): entry for entry in self.every for alias in entry.aliases}
        return aliases | {(entry.type.name, entry.id): entry for entry in self.every}

    @cached_property
    def ids(self) -> Mapping[str, tuple[str, ...]]:
        """The ids of each type that a file or an alias gives, whether the file can be read or not."""
        found = defaultdict(set, {name: set() for name in self.types})
        for file in self.files:
            _, type_, name = file.rsplit("/", 2)
            found[type_].add(name.rsplit(".", 1)[0])
        for type_, alias in self._by_id:
            found[type_].add(alias)
        return {type_: tuple(sorted(ids)) for type_, ids in found.items()}

    @cached_property
    def unreadable(self) -> tuple[str, ...]:
        """The files of entries that could not be read. Their pages count as there, so that one broken file makes no link to it wrong."""
        read = {entry.document.path for entry in self.every}
        return tuple(file for file in self.files if file.endswith(".yml") and file not in read)

    def find(self, type_: str, id_: str) -> Entry:
        """The entry with this id or alias, retired or not. Raises KeyError if there is none."""
        return self._by_id[type_, id_]

    def readable(self, type_: str) -> frozenset[str]:
        """The ids and aliases of a type under which `find` finds an entry."""
        return self._readable.get(type_, frozenset())

    @cached_property
    def _readable(self) -> Mapping[str, frozenset[str]]:
        found = defaultdict(set)
        for type_, id_ in self._by_id:
            found[type_].add(id_)
        return {type_: frozenset(ids) for type_, ids in found.items()}

    @property
    def moved_addresses(self) -> Mapping[str, Any]:
        """The pairs of content/moved.yml."""
        return self.moved.data if isinstance(self.moved.data, dict) else {}

    def of(self, type_: str) -> tuple[Entry, ...]:
        """The entries of a type, in order."""
        return tuple(entry for entry in self.entries if entry.type.name == type_)

    def links_to(self, entry: Entry) -> tuple[Backlink, ...]:
        """The places that name an entry, in the order of the entries that do."""
        return self._backlinks.get((entry.type.name, entry.id), ())

    @cached_property
    def _backlinks(self) -> Mapping[tuple[str, str], tuple[Backlink, ...]]:
        found: dict[tuple[str, str], list[Backlink]] = defaultdict(list)
        for entry in self.entries:
            for path, id_, type_ in references(entry):
                target = self._by_id.get((type_, id_))
                if target and target is not entry:
                    item = getattr(entry.fields, str(path[0]))
                    item = item[path[1]] if len(path) > 1 and isinstance(path[1], int) else item
                    found[target.type.name, target.id].append(Backlink(entry, str(path[0]), item))
        return {key: tuple(links) for key, links in found.items()}

    @cached_property
    def facets(self) -> tuple[str, ...]:
        """The vocabularies by which entries are sorted, in the order of their schema. Each of their terms has a page for good."""
        sorting = {facet.vocabulary for type_ in self.types.values() for facet in type_.facets}
        return tuple(name for name in self.vocabularies if name in sorting)

    @cached_property
    def by_term(self) -> Mapping[str, Mapping[str, tuple[Entry, ...]]]:
        """The entries of each term in use, by vocabulary; vocabularies and terms in the order of their schema."""
        found: dict[str, dict[str, list[Entry]]] = {name: {id_: [] for id_ in vocabulary.terms} for name, vocabulary in self.vocabularies.items()}
        for entry in self.entries:
            for vocabulary, terms_ in entry.all_terms.items():
                for term in terms_ if vocabulary in found else ():
                    found[vocabulary].setdefault(term, []).append(entry)
        used = {name: {id_: tuple(entries) for id_, entries in terms_.items() if entries} for name, terms_ in found.items()}
        return {name: terms_ for name, terms_ in used.items() if terms_}


def load(folder: FilePath) -> KnowledgeBase:
    """The knowledge base of the project in `folder`, which holds `content/` and `docs/`.

    Never raises on content: a file that cannot be read becomes a problem and the rest still loads.
    Raises kb.types.SchemaError where a schema file cannot be used.
    """
    types, vocabularies = find_types(folder / "content" / "schemas")
    entries, files, unread = [], [], []
    for type_ in types.values():
        for path in sorted((folder / "content" / type_.name).glob("*")):
            if path.is_dir() or path.name.startswith("."):
                continue
            name = path.relative_to(folder).as_posix()
            files.append(name)
            if path.suffix not in (".yml", ".yaml"):
                continue   # kb.rules says that it is no entry
            document, problems = read_file(path, name)
            unread += problems
            if document.data is not None:
                entries.append(Entry(type_, path.stem, document))
    entries = _by_present_ids(entries)
    moved, problems = _moved(folder)
    unread += problems
    known = derived_terms(entry for entry in entries if not entry.is_retired)
    entries = sorted((replace(entry, derived=known.get((entry.type.name, entry.id), {})) for entry in entries), key=_order)
    return KnowledgeBase(types, vocabularies, tuple(entries), tuple(files), handwritten(folder), tuple(unread), moved, schema_files(folder / "content" / "schemas"), _strays(folder, files))


def _strays(folder: FilePath, files: Sequence[str]) -> tuple[str, ...]:
    found = (path.relative_to(folder).as_posix() for ending in ("yml", "yaml") for path in (folder / "content").rglob(f"*.{ending}"))
    return tuple(sorted({name for name in found if "/." not in name} - {MOVED, *files}))


def _moved(folder: FilePath) -> tuple[Document, tuple[Problem, ...]]:
    path = folder / MOVED
    if not path.is_file():
        return Document(MOVED), ()
    return read_file(path, MOVED, "it must have pairs of addresses", "Write one pair a line, without a hyphen before it: /charts/old/: /charts/new/")


def _by_present_ids(entries: Sequence[Entry]) -> list[Entry]:
    """The entries with every reference by alias made one by id, so that whoever compares ids need not know of aliases.

    The marks of a document keep what was written (see kb.rules.references).
    """
    live = {(entry.type.name, entry.id) for entry in entries}
    present = {(entry.type.name, alias): entry.id for entry in entries for alias in entry.aliases}
    found = []
    for entry in entries:
        changes = [(path, present[type_, id_]) for path, id_, type_ in references(entry) if (type_, id_) in present and (type_, id_) not in live]
        if changes:
            data = deepcopy(entry.data)
            for path, id_ in changes:
                reduce(getitem, path[:-1], data)[path[-1]] = id_
            entry = replace(entry, document=replace(entry.document, data=data))
        found.append(entry)
    return found


def _order(entry: Entry) -> tuple[Any, ...]:
    ranks = (entry.data.get(name) for name in ORDER)
    newest = [-int(part) for part in re.findall(r"\d+", str(entry.data.get("date", "")))]
    return (entry.type.name, *(rank if isinstance(rank, int) else float("inf") for rank in ranks), newest, str(entry.data.get("title", "")).casefold(), entry.id)
