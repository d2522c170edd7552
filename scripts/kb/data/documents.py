"""Entries and facets as JSON, in the envelope of the API.

Authored fields keep their names and values; what is left out in the content is left out here, never null and never 0.
What is worked out stands under “computed”.
"""

import json
from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from typing import Any

from kb.entries import Entry, references
from kb.model import KnowledgeBase
from kb.review import due

API = "1.0"
FOLDER = "api/v1"


def envelope(result: Any, total: int) -> dict[str, Any]:
    """The frame of every document: the version of the API, how many things `result` holds, and `result`."""
    return {"api": API, "total": total, "result": result}


def encode(data: Mapping[str, Any]) -> str:
    """A document as a file: each of its first keys on a line of its own, so that changes can be compared."""
    return "{\n" + ",\n".join(f"{json.dumps(name)}: {json.dumps(value, ensure_ascii=False)}" for name, value in data.items()) + "\n}\n"


@dataclass(frozen=True)
class Documents:
    """Entries as JSON; each is written once, however many files hold it."""

    kb: KnowledgeBase
    url: str

    def __hash__(self) -> int:
        return id(self)

    def collection(self, entries: Iterable[Entry]) -> str:
        """The document of several entries, one a line."""
        texts = [self._text(entry) for entry in entries]
        return f'{{"api": "{API}", "total": {len(texts)}, "result": [\n' + ",\n".join(texts) + "\n]}\n"

    def single(self, entry: Entry) -> str:
        """The document of one entry. An alias has the same one: who asks by an old id gets the entry with its new id."""
        return f'{{"api": "{API}", "total": 1, "result":\n{self._text(entry)}\n}}\n'

    @cache   # noqa: B019 - lives as long as one generation of the site
    def of(self, entry: Entry) -> dict[str, Any]:
        """An entry as data."""
        return document(self.kb, entry, self.url)

    @cache   # noqa: B019
    def _text(self, entry: Entry) -> str:
        return json.dumps(self.of(entry), ensure_ascii=False)


def document(kb: KnowledgeBase, entry: Entry, url: str) -> dict[str, Any]:
    """An entry as data; of a retired one only its names, why it is retired and what to read instead."""
    if entry.is_retired:
        kept = ("title", "also_called", "aliases", "added", "reviewed", "retired")
        return {"id": entry.id, **{name: entry.data[name] for name in kept if name in entry.data}, "computed": _place(entry, url)}
    data = _current(kb, entry)
    return {"id": entry.id, **{name: data[name] for name in entry.type.fields if name in data}, "computed": computed(kb, entry, url)}


def computed(kb: KnowledgeBase, entry: Entry, url: str) -> dict[str, Any]:
    """What is worked out for an entry: its addresses, when its review is due, its terms, and what names it."""
    links = dict.fromkeys((link.entry.type.name, link.entry.id, link.field) for link in kb.links_to(entry))
    return _place(entry, url) | {
        "review_due": due(entry).isoformat(),
        "terms": {name: list(terms) for name, terms in entry.all_terms.items() if name != "type"},
        "derived_terms": {name: list(terms) for name, terms in entry.derived.items()},
        "linked_from": [{"type": type_, "id": id_, "field": field} for type_, id_, field in links],
    }


def facets(kb: KnowledgeBase, url: str) -> dict[str, Any]:
    """Every vocabulary with its terms and how many entries of each type carry them."""
    result = [
        {"id": name, "title": vocabulary.title, "description": vocabulary.description, "terms": [_term(kb, name, id_, url) for id_ in vocabulary.terms]}
        for name, vocabulary in kb.vocabularies.items()
    ]
    return envelope(result, len(result))


def _term(kb: KnowledgeBase, vocabulary: str, id_: str, url: str) -> dict[str, Any]:
    term, entries = kb.vocabularies[vocabulary].terms[id_], kb.by_term.get(vocabulary, {}).get(id_, ())
    bounds = {name: value for name, value in (("min", term.low), ("max", term.high)) if value is not None}
    counts = {type_: number for type_ in kb.types if (number := sum(entry.type.name == type_ for entry in entries))}
    place = {"url": f"{url}{vocabulary}/{id_}/"} if vocabulary in kb.facets else {}
    return {"id": id_, "label": term.label, "description": term.description, **bounds, "computed": {"counts": counts, **place}}


def _place(entry: Entry, url: str) -> dict[str, Any]:
    return {"type": entry.type.name, "url": f"{url}{entry.type.name}/{entry.id}/", "json": f"{url}{FOLDER}/{entry.type.name}/{entry.id}.json"}


def _current(kb: KnowledgeBase, entry: Entry) -> Mapping[str, Any]:
    """The fields of an entry, with the id of another entry in place of its alias, so that ids join."""
    renamed = [(path, kb.find(type_, id_).id) for path, id_, type_ in references(entry) if kb.find(type_, id_).id != id_]
    if not renamed:
        return entry.data
    data = deepcopy(entry.data)
    for path, id_ in renamed:
        target: Any = data
        for step in path[:-1]:
            target = target[step]
        target[path[-1]] = id_
    return data
