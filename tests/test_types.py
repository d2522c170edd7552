"""The schema files: each describes itself fully, and each refuses what is wrong."""

import json
from collections.abc import Iterator
from pathlib import Path

import jsonschema
import pytest
from paths import ROOT

from kb.types import SchemaError, Vocabulary, find_types, terms, walk

SCHEMAS = ROOT / "content" / "schemas"
TYPES, VOCABULARIES = find_types(SCHEMAS)


def properties(schema: dict, path: str) -> Iterator[tuple[str, dict]]:
    for name, inner in schema.get("properties", {}).items():
        yield f"{path}.{name}", inner
        yield from properties(inner, f"{path}.{name}")
    if "items" in schema:
        yield from properties(schema["items"], f"{path}[]")


ALL_PROPERTIES = [case for type_ in TYPES.values() for case in properties(type_.schema, type_.name)]


@pytest.mark.parametrize("path", sorted(SCHEMAS.glob("*.json")), ids=lambda path: path.name)
def test_each_file_is_a_valid_schema(path: Path) -> None:
    schema = json.loads(path.read_text("utf-8"))
    assert schema["$schema"] == "http://json-schema.org/draft-07/schema#"
    jsonschema.Draft7Validator.check_schema(schema)


@pytest.mark.parametrize(("path", "schema"), ALL_PROPERTIES, ids=[path for path, _ in ALL_PROPERTIES])
def test_every_property_has_a_description_and_a_sound_example(path: str, schema: dict) -> None:
    assert schema["description"].endswith((".", "?", ".”")), path
    for example in schema["examples"]:
        jsonschema.Draft7Validator(schema).validate(example)


@pytest.mark.parametrize("name", TYPES)
def test_each_schema_refuses_the_empty_entry(name: str) -> None:
    missing = [error for error in jsonschema.Draft7Validator(TYPES[name].schema).iter_errors({}) if error.validator == "required"]
    assert len(missing) == len(TYPES[name].schema["required"]) > 4


@pytest.mark.parametrize("name", TYPES)
def test_each_schema_refuses_an_unknown_key_everywhere(name: str) -> None:
    def objects(schema: dict) -> Iterator[dict]:
        if schema.get("type") == "object":
            yield schema
        for inner in (*schema.get("properties", {}).values(), *([schema["items"]] if "items" in schema else [])):
            yield from objects(inner)

    for schema in objects(TYPES[name].schema):
        errors = jsonschema.Draft7Validator(schema).iter_errors({"no-such-key": 1})
        assert "additionalProperties" in {error.validator for error in errors}, schema.get("title")


@pytest.mark.parametrize(("path", "schema"), [case for case in ALL_PROPERTIES if terms(case[1])], ids=lambda case: case if isinstance(case, str) else "")
def test_each_closed_list_refuses_an_unknown_term(path: str, schema: dict) -> None:
    assert not jsonschema.Draft7Validator(schema).is_valid("no-such-term")
    for term in terms(schema).values():
        assert term.label and term.description.endswith((".", ".”")), f"{path}: {term.id}"


@pytest.mark.parametrize("vocabulary", VOCABULARIES.values(), ids=lambda vocabulary: vocabulary.name)
def test_vocabularies_are_no_types_and_have_distinct_labels(vocabulary: Vocabulary) -> None:
    assert vocabulary.name not in TYPES
    labels = [term.label for term in vocabulary.terms.values()]
    assert len(labels) == len(set(labels))


def test_a_field_is_a_facet_exactly_when_its_type_is_a_vocabulary() -> None:
    assert [field.name for field in TYPES["resources"].facets] == ["kind", "offices", "audience", "access", "cost", "availability"]
    assert TYPES["resources"].fields["offices"].vocabulary == "office"
    assert TYPES["resources"].fields["instead"].vocabulary == ""


def test_references_name_types_that_exist() -> None:
    for path, schema in ALL_PROPERTIES:
        if "x-entry" in schema:
            assert schema["x-entry"] in (*TYPES, "."), path


def test_walk_skips_what_no_schema_describes() -> None:
    schema = TYPES["actions"].schema
    seen = [path for path, _, _ in walk({"title": "x", "nonsense": {"a": 1}, "help": [{"text": "y", "z": 1}]}, schema)]
    assert seen == [(), ("title",), ("help",), ("help", 0), ("help", 0, "text")]


def test_a_broken_schema_file_says_which_and_where(tmp_path: Path) -> None:
    for path in SCHEMAS.glob("*.json"):
        (tmp_path / path.name).write_text(path.read_text("utf-8"), "utf-8")
    (tmp_path / "things.schema.json").write_text('{"title": "thing",\n "properties": }', "utf-8")
    with pytest.raises(SchemaError, match=r"^things\.schema\.json:2:16  This schema file is not JSON"):
        find_types(tmp_path)
    (tmp_path / "things.schema.json").write_text('{"properties": {"a": {"$ref": "common.schema.json#/definitions/nothing"}}}', "utf-8")
    with pytest.raises(SchemaError, match="refers to something that is not there"):
        find_types(tmp_path)
