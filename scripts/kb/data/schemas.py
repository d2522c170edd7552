"""The schemas as others read them: published as JSON Schema draft-07, and turned into the parts of an OpenAPI document.

OpenAPI 3.1 describes data in JSON Schema 2020-12. Of what our schemas use, three things are written differently there:
`definitions` become components, `dependencies` become `dependentRequired`, and words beside a `$ref` count. Draft-07 passes
over those words, so they are annotations only (tests/test_openapi.py holds them to that). The formats “markdown”,
“partial-date” and “web-address” are ours: a validator that does not know them passes over them, as both drafts ask.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from kb.types import SUFFIX, Schema

FOLDER = "schemas"
_RENAMED = {"dependencies": "dependentRequired"}
_DROPPED = ("$schema", "$id", "definitions")
_NAMED = ("properties", "dependencies")
"""Words whose value maps names to schemas or lists: their keys are names, not words of JSON Schema."""


def published(schemas: Mapping[str, Schema], url: str) -> Iterator[tuple[str, Schema]]:
    """Each schema file with an address of its own as `$id`, against which its references to the others resolve."""
    for name, schema in schemas.items():
        yield f"{FOLDER}/{name}", {"$schema": schema["$schema"], "$id": f"{url}{FOLDER}/{name}", **{word: value for word, value in schema.items() if word not in ("$schema", "$id")}}


def components(schemas: Mapping[str, Schema]) -> Iterator[tuple[str, Schema]]:
    """Every schema and definition in JSON Schema 2020-12, by its name as a component: “results”, “common.fact”."""
    for file, schema in schemas.items():
        if "properties" in schema:
            yield _stem(file), _converted(schema, file)
        for name, definition in schema.get("definitions", {}).items():
            yield f"{_stem(file)}.{name}", _converted(definition, file)


def reference(name: str) -> dict[str, str]:
    """A reference to a component."""
    return {"$ref": f"#/components/schemas/{name}"}


def _converted(node: Any, file: str) -> Any:
    if isinstance(node, list):
        return [_converted(item, file) for item in node]
    if not isinstance(node, dict):
        return node
    return {_RENAMED.get(word, word): _value(word, value, file) for word, value in node.items() if word not in _DROPPED}


def _value(word: str, value: Any, file: str) -> Any:
    if word == "$ref":
        target, _, pointer = value.partition("#/definitions/")
        return reference(f"{_stem(target or file)}.{pointer}")["$ref"]
    if word in _NAMED:
        return {name: _converted(inner, file) for name, inner in value.items()}
    return value if word in ("examples", "const") else _converted(value, file)


def _stem(file: str) -> str:
    return file.removesuffix(SUFFIX)
