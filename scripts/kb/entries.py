"""Entries: one YAML file each, with its fields, terms, names and references."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from kb.problems import Path
from kb.reading import Document
from kb.types import ContentType, Schema, Term, terms, walk


class Record:
    """A mapping of the content as a template reads it: attributes, with None for what an entry leaves out.

    A name that its schema does not have raises AttributeError, so that a slip in a template is found.
    """

    def __init__(self, values: Mapping[str, Any]) -> None:
        self._values = values

    def __getattr__(self, name: str) -> Any:
        try:
            return self._values[name]
        except KeyError:
            raise AttributeError(name) from None


@dataclass(frozen=True, eq=False)
class Entry:
    """One YAML file of a content type. It may break its schema; only `check` tells."""

    type: ContentType
    id: str
    document: Document
    derived: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Terms that follow from other entries (see kb.links.derived_terms), by vocabulary."""

    @property
    def data(self) -> Mapping[str, Any]:
        """The fields as somebody wrote them."""
        return self.document.data

    @cached_property
    def fields(self) -> Record:
        """The fields for a template: terms as Term, what is left out as None."""
        return _as_record(self.data, self.type.schema)

    @cached_property
    def parts(self) -> tuple[tuple[Path, Any, Schema], ...]:
        """Every part of the data with its path and the schema that describes it (see kb.types.walk)."""
        return tuple(walk(self.data, self.type.schema))

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(self.fields, name)

    @property
    def address(self) -> str:
        """Its address on the site, from the root: /resources/cvipi/."""
        return f"/{self.type.name}/{self.id}/"

    @property
    def page(self) -> str:
        """The Markdown file of its page, relative to the site's source."""
        return f"{self.type.name}/{self.id}.md"

    @property
    def aliases(self) -> tuple[str, ...]:
        """Its earlier or shorter ids; they go on working as addresses."""
        return tuple(_strings(self.data.get("aliases")))

    @property
    def is_retired(self) -> bool:
        """Whether it no longer holds. Its page stays and says so."""
        return bool(self.data.get("retired"))

    @property
    def replaced_by(self) -> str:
        """The id of what replaces it, where it is retired and something does."""
        retired = self.data.get("retired")
        instead = retired.get("replaced_by") if isinstance(retired, dict) else None
        return instead if isinstance(instead, str) else ""

    @property
    def names(self) -> tuple[str, ...]:
        """Its acronym and other names, for those who search under them."""
        acronym = (self.data["acronym"],) if "acronym" in self.data else ()
        return (*acronym, *self.data.get("also_called", ()))

    def terms(self, vocabulary: str) -> tuple[str, ...]:
        """The ids of the terms of a vocabulary that it carries: those written, then those that follow from other entries.

        The name “type” gives the name of its content type, so that a filter can ask for it as for any facet.
        """
        return self.all_terms.get(vocabulary, ())

    @cached_property
    def all_terms(self) -> Mapping[str, tuple[str, ...]]:
        """The ids of all its terms, by vocabulary."""
        found: dict[str, list[str]] = {"type": [self.type.name]}
        for facet in self.type.facets:
            found.setdefault(facet.vocabulary, []).extend(_term_ids(self.data.get(facet.name)))
        for vocabulary, terms_ in self.derived.items():
            found.setdefault(vocabulary, []).extend(terms_)
        return {vocabulary: tuple(dict.fromkeys(terms_)) for vocabulary, terms_ in found.items() if terms_}

    def standing(self, vocabulary: str, term: str) -> Term | None:
        """How we know that it carries a term: the standing written beside it; None where none is, or where it follows."""
        for facet in self.type.facets:
            if facet.vocabulary == vocabulary:
                value = getattr(self.fields, facet.name)
                for item in value if isinstance(value, tuple) else ():
                    if isinstance(item, Record) and item.term.id == term:
                        return item.standing
        return None


def references(entry: Entry) -> Iterator[tuple[Path, str, str]]:
    """The places of an entry that hold the id of another: the path, the id and the type that it names."""
    for path, value, schema in entry.parts:
        if "x-entry" in schema and isinstance(value, str):
            yield path, value, entry.type.name if schema["x-entry"] == "." else schema["x-entry"]


def _strings(value: Any) -> tuple[str, ...]:
    return tuple(item for item in value if isinstance(item, str)) if isinstance(value, list) else ()


def _term_ids(value: Any) -> Iterator[str]:
    for item in value if isinstance(value, list) else [value]:
        term = item.get("term") if isinstance(item, dict) else item
        if isinstance(term, str):
            yield term


def _as_record(value: Any, schema: Schema) -> Any:
    if isinstance(value, list):
        return tuple(_as_record(item, schema["items"]) for item in value)
    if isinstance(value, dict):
        return Record({name: _as_record(value.get(name), inner) for name, inner in schema["properties"].items()})
    choices = terms(schema) if isinstance(value, str) else {}
    return choices.get(value, value) if choices else value
