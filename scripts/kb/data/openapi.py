"""The OpenAPI 3.1 document of the API, made from the schemas of the content types and the parts in openapi.yml."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path as FilePath
from typing import Any

import yaml

from kb.data.documents import API, FOLDER
from kb.data.package import LICENSE
from kb.data.schemas import components, reference
from kb.data.tables import Table
from kb.model import KnowledgeBase
from kb.types import SUFFIX, ContentType

_PARTS = yaml.safe_load((FilePath(__file__).parent / "openapi.yml").read_text("utf-8"))
_LOST = {"404": {"description": "There is no such document."}}
_PAIR = ("population", "violence-type")


def openapi(kb: KnowledgeBase, tables: Sequence[Table], about: Mapping[str, Any], url: str) -> dict[str, Any]:
    """The document: an operation for each address, a component for each kind of thing."""
    info = {"title": f"{about['title']}: data", "version": API, "description": about["description"], "license": {"name": LICENSE["title"], "identifier": LICENSE["name"]}}
    schemas = dict(_PARTS["components"]) | dict(components(kb.schemas))
    for type_ in kb.types.values():
        schemas[type_.name] = _entry(schemas[type_.name])
    return {
        "openapi": "3.1.0", "info": info, "servers": [{"url": url.rstrip("/")}], "externalDocs": {"url": about["homepage"], "description": "Examples, and what the promise of version 1 is."},
        "tags": [{"name": type_.name, "description": type_.description} for type_ in kb.types.values()], "paths": dict(_paths(kb, tables)), "components": {"schemas": schemas},
    }


def _entry(schema: dict[str, Any]) -> dict[str, Any]:
    """An entry as the API gives it: the fields that somebody wrote, with its id before them and “computed” after them."""
    properties = {name: field for name, field in schema["properties"].items() if name != "retired"}
    return {**schema, "required": ["id", *schema["required"], "computed"], "properties": {"id": reference("id"), **properties, "computed": reference("computed")}}


def _paths(kb: KnowledgeBase, tables: Sequence[Table]) -> Iterator[tuple[str, dict[str, Any]]]:
    one = {"index": "index", "facets": "facet", "retired": "tombstone"}
    for name, summary in _PARTS["paths"].items():
        yield f"/{FOLDER}/{name}.json", _get(name, summary, _json(reference(one[name]), many=name != "index"))
    for type_ in kb.types.values():
        yield from _of_type(type_, [table.name.partition("/")[2] for table in tables if table.owner == type_.name and table.is_of_items])
    for path, (media, summary) in _PARTS["files"].items():
        parameters = [_parameter("type", {"enum": [name.removesuffix(SUFFIX) for name in kb.schemas]})] if "{type}" in path else []
        yield path, _get(path.strip("/").replace("/", "_").replace(".", "_").replace("{type}", "type"), summary, _file(media), *parameters)
    if "guides" in kb.types:
        guide = _json(reference("guide"))
        yield "/guides/{id}/index.json", _get("guide", "One of the guides that somebody wrote.", guide, _parameter("id", reference("id")))
        terms = [_parameter(name, reference(f"vocabulary.{name}")) for name in _PAIR]
        yield f"/guides/{{{_PAIR[0]}}}/{{{_PAIR[1]}}}/index.json", _get("guide_of_pair", "The guide for a size of place and a kind of violence that at least one strategy fits.", guide, *terms)


def _of_type(type_: ContentType, items: Sequence[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    start, entry = f"/{FOLDER}/{type_.name}", reference(type_.name)
    yield f"{start}.json", _get(type_.name, f"Every entry of the type: {type_.description}", _json(entry, many=True), tag=type_.name)
    yield f"{start}.csv", _get(f"{type_.name}_table", "The same as a table; columns.csv says what each column holds.", _file("text/csv"), tag=type_.name)
    if items:
        yield f"{start}/{{table}}.csv", _get(f"{type_.name}_items", "What entries of the type hold in lists, one row an item.", _file("text/csv"), _parameter("table", {"enum": list(items)}), tag=type_.name)
    either = {"oneOf": [entry, reference("tombstone")]}
    yield f"{start}/{{id}}.json", _get(f"{type_.name}_entry", "One entry, by its id or an earlier one; of a retired entry what is left.", _json(either), _parameter("id", reference("id")), tag=type_.name)


def _get(operation: str, summary: str, content: Mapping[str, Any], *parameters: Mapping[str, Any], tag: str = "") -> dict[str, Any]:
    found = {"200": {"description": "What was asked for.", "content": content}}
    return {"get": {
        "operationId": operation.replace("-", "_"), "summary": summary, **({"tags": [tag]} if tag else {}),
        **({"parameters": list(parameters)} if parameters else {}), "responses": found | (_LOST if parameters else {}),
    }}


def _parameter(name: str, schema: Mapping[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "path", "required": True, "schema": schema}


def _file(media: str) -> dict[str, Any]:
    """The content of a response that is no document of the API."""
    return {media: {"schema": {"type": "object"} if media == "application/json" else {"type": "string", **({"format": "binary"} if media == "application/zip" else {})}}}


def _json(result: Mapping[str, Any], many: bool = False) -> dict[str, Any]:
    """The content of a response: the envelope around a thing, or around many."""
    inner = {"type": "array", "items": result} if many else result
    properties = {"api": {"const": API}, "total": {"type": "integer", "description": "How many things the result holds."}, "result": inner}
    return {"application/json": {"schema": {"type": "object", "additionalProperties": False, "required": list(properties), "properties": properties}}}
