"""The content as flat tables, worked out from the schemas: one for each type, and one for each field that holds items of several parts.

A group of fields becomes columns of its own (`contact` gives `contact_email`). A list of plain values is one cell. A list of
items becomes a table of its own, one row an item (`results/series`); where such items name a term or another entry, the
table of the type also has those names in one cell.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kb.data.documents import Documents
from kb.links import SIZED_BY_PLACE, uses
from kb.model import KnowledgeBase
from kb.types import ContentType, Schema

LEFT_OUT = ("retired",)
"""Fields of a type that its table has not: retired entries stand in retired.json alone."""


@dataclass(frozen=True)
class Column:
    """One column: its name, the schema of its values, and where a value stands in an entry or item."""

    name: str
    schema: Schema
    path: tuple[str, ...]
    required: bool = False
    many: bool = False
    """Whether a cell holds several values."""

    @property
    def title(self) -> str:
        return self.schema.get("title", self.name.replace("_", " "))

    @property
    def description(self) -> str:
        return self.schema["description"]


@dataclass(frozen=True)
class Table:
    """A flat table: its name (which is its path without the ending), what it holds, its columns and rows."""

    name: str
    title: str
    description: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    """The columns that together tell one row from all others."""
    rows: tuple[tuple[Any, ...], ...]
    owner: str
    """The content type that it belongs to."""

    @property
    def is_of_items(self) -> bool:
        """Whether its rows are items of entries, not entries."""
        return self.name != self.owner


def tables(kb: KnowledgeBase, documents: Documents) -> Iterator[Table]:
    """Every table, the one of a type before those of its items. `documents` gives the entries as data."""
    for type_ in kb.types.values():
        entries = [documents.of(entry) for entry in kb.of(type_.name)]
        yield _of_type(type_, entries)
        for name, field in type_.fields.items():
            if "properties" in field.schema.get("items", {}):
                yield _of_items(type_, name, field.schema, entries)
        if type_.name == "strategies":
            yield _of_uses(kb, type_)


def columns(schema: Schema, path: tuple[str, ...] = ()) -> Iterator[Column]:
    """The columns of a group of fields; a column is required where its field and every group around it are."""
    needed = schema.get("required", ())
    for name, inner in schema["properties"].items():
        here, required = (*path, name), name in needed
        items = inner.get("items", {})
        if "properties" in inner:
            yield from (part if required else _optional(part) for part in columns(inner, here))
        elif key := naming(items):
            yield Column("_".join(here), {**items["properties"][key], **_said(inner)}, (*here, key), required, many=True)
        elif "properties" not in items:
            yield Column("_".join(here), {**items, **_said(inner)} if items else inner, here, required, many=bool(items))


def naming(items: Schema) -> str:
    """The part of an item that says which term or entry it is about: a required one; empty where there is none."""
    parts = items.get("properties", {})
    return next((name for name in items.get("required", ()) if name == "term" or "x-entry" in parts.get(name, {})), "")


def cell(data: Any, path: tuple[str, ...]) -> Any:
    """What stands at `path`; a tuple of it for each item of a list on the way; None where nothing does."""
    for number, step in enumerate(path):
        if isinstance(data, list):
            return tuple(cell(item, path[number:]) for item in data)
        if not isinstance(data, Mapping) or step not in data:
            return None
        data = data[step]
    return tuple(data) if isinstance(data, list) else data


def _of_type(type_: ContentType, entries: list[Mapping[str, Any]]) -> Table:
    own = [column for column in columns(type_.schema) if column.path[0] not in LEFT_OUT]
    sized = [_COMPUTED["population"]] if type_.name in SIZED_BY_PLACE else []
    every = (_id(type_), *own, _COMPUTED["url"], _COMPUTED["review_due"], *sized)
    return Table(type_.name, type_.name.capitalize(), type_.description, every, ("id",), _rows(every, entries), type_.name)


def _of_items(type_: ContentType, name: str, schema: Schema, entries: list[Mapping[str, Any]]) -> Table:
    own = tuple(columns(schema["items"]))
    rows = tuple((entry["id"], number, *row) for entry in entries for number, row in enumerate(_rows(own, entry.get(name, ())), 1))
    title = f"{type_.name.capitalize()}: {schema['title']}"
    return Table(f"{type_.name}/{name}", title, schema["description"], (_owner(type_), _NUMBER, *own), ("entry", "item"), rows, type_.name)


def _of_uses(kb: KnowledgeBase, type_: ContentType) -> Table:
    """Where strategies are in use, worked out from examples of use and the places of findings (see kb.links.uses)."""
    rows = sorted((use.strategy.id, use.place.id, use.place.data.get("size"), use.texts, tuple(result.id for result in use.results)) for use in uses(kb))
    about = "Places where a strategy is or was in use, worked out from its examples of use and from the places of its findings."
    return Table("strategies/computed_uses", "Strategies: where they are in use", about, (_owner(type_), *_USES), ("entry", "place"), tuple(rows), type_.name)


def _rows(columns_: tuple[Column, ...], data: Any) -> tuple[tuple[Any, ...], ...]:
    return tuple(tuple(cell(item, column.path) for column in columns_) for item in data)


def _said(schema: Schema) -> Schema:
    return {word: schema[word] for word in ("title", "description", "examples") if word in schema}


def _optional(column: Column) -> Column:
    return Column(column.name, column.schema, column.path, False, column.many)


def _id(type_: ContentType) -> Column:
    return Column("id", text("id", f"The id of the {type_.title}: the name of its file, and the last part of its address."), ("id",), True)


def _owner(type_: ContentType) -> Column:
    return Column("entry", text("entry", f"The id of the {type_.title} that the row belongs to.", type_.name), ("id",), True)


def text(title: str, description: str, entry: str = "") -> Schema:
    """The schema of a column of plain text, or of ids of entries of a type."""
    return {"title": title, "description": description, "type": "string", **({"x-entry": entry} if entry else {})}


_NUMBER = Column("item", {"title": "item", "description": "The place of the item in its entry, from 1.", "type": "integer", "minimum": 1}, (), True)
_COMPUTED = {
    "url": Column("computed_url", text("address", "The page of the entry."), ("computed", "url"), True),
    "review_due": Column("computed_review_due", {"title": "review due", "description": "The day on which the next review of its sources is due.", "type": "string", "format": "date"}, ("computed", "review_due"), True),
    "population": Column("computed_derived_terms_population", text("sizes of place that follow", "Sizes of place that follow from the places where it is in use, or that it is about."), ("computed", "derived_terms", "population"), many=True),
}
_USES = (
    Column("place", text("place", "The id of the place.", "places"), (), True),
    Column("size", text("size of place", "The bracket of the place’s population.", ""), ()),
    Column("texts", text("examples", "What the strategy’s examples say of the place."), (), many=True),
    Column("results", text("findings", "The ids of the findings on the strategy from that place.", "results"), (), many=True),
)

