"""What the schema files say: the content types, their fields, and the vocabularies that sort entries.

A content type is a file `<type>.schema.json`; nothing else declares it. Schemas are JSON Schema draft-07 with a few
words of our own, all of them annotations:

x-entry          the text is the id of an entry of that type; "." means the type at hand
x-item           the text is the id of an item of that field of the same entry
x-review-months  how long a review of an entry holds
x-order          the place of a type in lists of types; types without one follow by name
x-search-boost   how much its entries weigh in the search, where 1 is the weight of a hand-written page
x-min, x-max     the bounds of a term that is a bracket of numbers
x-plural         several entries of a type, where its name is no plural: “news items”
x-phrase         a term as a sentence names it, where its label does not read well in one
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path as FilePath
from typing import Any

from kb.problems import Path

Schema = Mapping[str, Any]

SUFFIX = ".schema.json"
COMMON, VOCABULARY = f"common{SUFFIX}", f"vocabulary{SUFFIX}"
MARKDOWN = "markdown"
"""The format of a text in which contributors may use Markdown."""


class SchemaError(Exception):
    """A schema file that cannot be used; its text says which and why."""


@dataclass(frozen=True)
class Term:
    """One value of a closed list: its id, label and meaning."""

    id: str
    label: str
    description: str
    vocabulary: str = ""
    """The vocabulary that it belongs to; empty for a list that sorts no entries."""
    low: int | None = None
    """The smallest number that the term covers, where it is a bracket (x-min in the schema)."""
    high: int | None = None
    """The largest number; None for a bracket without an upper end (x-max in the schema)."""
    phrase: str = ""
    """The term as a sentence names it: “group or gang shootings” (x-phrase in the schema); empty where the label serves."""

    def __str__(self) -> str:
        return self.label


@dataclass(frozen=True)
class Vocabulary:
    """A closed list of terms that sorts entries. Its name is the first part of its address."""

    name: str
    title: str
    description: str
    terms: Mapping[str, Term]


@dataclass(frozen=True)
class Field:
    """One field of a content type."""

    name: str
    schema: Schema
    required: bool

    @cached_property
    def vocabulary(self) -> str:
        """The vocabulary of its values, or of the `term` of its items; empty if it is no facet."""
        inner = self.schema.get("items", self.schema)
        inner = inner.get("properties", {}).get("term", inner)
        return inner.get("x-vocabulary", "")


@dataclass(frozen=True)
class ContentType:
    """A folder of entries, their schema and their template, which share one name."""

    name: str
    title: str
    """One of them: “resource”."""
    description: str
    schema: Schema
    """With every reference to another schema file filled in."""
    review_months: int

    @property
    def plural(self) -> str:
        """Several of them: “resources”, “news items”."""
        return self.schema.get("x-plural", self.name.replace("-", " "))

    @cached_property
    def fields(self) -> Mapping[str, Field]:
        required = self.schema.get("required", ())
        return {name: Field(name, schema, name in required) for name, schema in self.schema["properties"].items()}

    @cached_property
    def facets(self) -> tuple[Field, ...]:
        """The fields whose type is a vocabulary."""
        return tuple(field for field in self.fields.values() if field.vocabulary)


def find_types(folder: FilePath) -> tuple[dict[str, ContentType], dict[str, Vocabulary]]:
    """The content types and vocabularies that the schema files in `folder` declare, by name.

    Raises SchemaError for a file that is no JSON, or that refers to something that is not there.
    """
    files = schema_files(folder)
    if VOCABULARY not in files:
        raise SchemaError(f"{folder.as_posix()} has no {VOCABULARY}.")
    vocabularies = {name: _vocabulary(name, schema) for name, schema in files[VOCABULARY]["definitions"].items()}
    types = [_content_type(name, files) for name in files if name not in (COMMON, VOCABULARY)]
    types.sort(key=lambda type_: (type_.schema.get("x-order", float("inf")), type_.name))
    return {type_.name: type_ for type_ in types}, vocabularies


def schema_files(folder: FilePath) -> dict[str, Schema]:
    """The schema files in `folder` as they are written, by name. Raises SchemaError for a file that is no JSON."""
    return {path.name: _json(path) for path in sorted(folder.glob(f"*{SUFFIX}"))}


def terms(schema: Schema) -> dict[str, Term]:
    """The terms of a schema that is a closed list (`oneOf` of `const`, `title`, `description`), by id; else none."""
    choices = schema.get("oneOf", ())
    if not all("const" in choice for choice in choices):
        return {}
    vocabulary = schema.get("x-vocabulary", "")
    return {
        choice["const"]: Term(choice["const"], choice["title"], choice["description"], vocabulary, choice.get("x-min"), choice.get("x-max"), choice.get("x-phrase", ""))
        for choice in choices
    }


def walk(value: Any, schema: Schema, path: Path = ()) -> Iterator[tuple[Path, Any, Schema]]:
    """Every part of `value` with the schema that describes it, outermost first.

    Parts that no schema describes are left out, so it is safe on data that breaks its schema.
    """
    yield path, value, schema
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in schema.get("properties", {}):
                yield from walk(inner, schema["properties"][key], (*path, key))
    elif isinstance(value, list) and "items" in schema:
        for number, inner in enumerate(value):
            yield from walk(inner, schema["items"], (*path, number))


def _json(path: FilePath) -> dict[str, Any]:
    try:
        return json.loads(path.read_text("utf-8"))
    except json.JSONDecodeError as error:
        raise SchemaError(f"{path.name}:{error.lineno}:{error.colno}  This schema file is not JSON: {error.msg}.") from error


def _vocabulary(name: str, schema: Schema) -> Vocabulary:
    return Vocabulary(name, schema["title"], schema["description"], terms({**schema, "x-vocabulary": name}))


def _content_type(file: str, files: Mapping[str, Schema]) -> ContentType:
    schema = _filled_in(files[file], file, files)
    name = file.removesuffix(SUFFIX)
    return ContentType(name, schema["title"], schema["description"], schema, schema["x-review-months"])


def _filled_in(node: Any, file: str, files: Mapping[str, Schema], trail: tuple[str, ...] = ()) -> Any:
    """`node` with each $ref replaced by what it names; words beside the $ref win over those of its target."""
    if isinstance(node, list):
        return [_filled_in(item, file, files, trail) for item in node]
    if not isinstance(node, dict):
        return node
    if "$ref" not in node:
        return {key: _filled_in(value, file, files, trail) for key, value in node.items() if key != "definitions"}
    target_file, _, pointer = node["$ref"].partition("#")
    target_file = target_file or file
    here = f"{target_file}#{pointer}"
    if here in trail:
        raise SchemaError(f"{file}: {node['$ref']} refers to itself.")
    target: Any = files.get(target_file)
    for step in pointer.strip("/").split("/"):
        target = target.get(step) if isinstance(target, dict) else None
    if target is None:
        raise SchemaError(f"{file}: {node['$ref']} refers to something that is not there.")
    marks = {"x-vocabulary": pointer.rsplit("/", 1)[1]} if target_file == VOCABULARY else {}
    beside = {key: value for key, value in node.items() if key != "$ref"}
    return _filled_in(target, target_file, files, (*trail, here)) | marks | _filled_in(beside, file, files, trail)
