"""The schemas and the OpenAPI document: valid by others' validators, true of every document, and pinned for version 1."""

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from openapi_schema_validator import OAS31Validator
from openapi_spec_validator import OpenAPIV31SpecValidator
from paths import ROOT
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT7

from kb import KnowledgeBase, Site, data, load

SITE = Site("A site", "https://site.example/", "", "main", date(2026, 11, 21))
PINNED = Path(__file__).parent / "api_v1.txt"
ANNOTATIONS = {"title", "description", "examples"}


@pytest.fixture(scope="module")
def made() -> dict[str, Any]:
    """Every JSON file of the data of the real content, parsed."""
    return {path: json.loads(content) for path, content in data.files(load(ROOT), SITE) if path.endswith(".json")}


@pytest.fixture(scope="module")
def document(made: dict[str, Any]) -> dict[str, Any]:
    return made["api/v1/openapi.json"]


def response(document: dict[str, Any], path: str) -> OAS31Validator:
    """What validates the answer at one path of the OpenAPI document."""
    schema = document["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    return OAS31Validator({**schema, "components": document["components"]})


def test_the_openapi_document_is_valid(document: dict[str, Any]) -> None:
    assert document["openapi"] == "3.1.0"
    assert [error.message for error in OpenAPIV31SpecValidator(document).iter_errors()] == []


def test_the_validator_finds_a_broken_document(document: dict[str, Any]) -> None:
    broken = json.loads(json.dumps(document))
    broken["paths"]["/api/v1/results/{id}.json"]["get"].pop("parameters")
    assert list(OpenAPIV31SpecValidator(broken).iter_errors())


def test_every_document_is_as_the_openapi_document_says(made: dict[str, Any], document: dict[str, Any]) -> None:
    wrong = []
    for path, content in made.items():
        parts = path.split("/")
        if parts[:2] != ["api", "v1"] or parts[-1] in ("openapi.json", "datapackage.json"):
            continue
        template = f"/{path}" if len(parts) == 3 else f"/api/v1/{parts[2]}/{{id}}.json"
        wrong += [(path, list(error.path), error.message[:200]) for error in response(document, template).iter_errors(content)]
    assert wrong == []


def test_every_file_of_the_data_has_its_path_in_the_document(document: dict[str, Any]) -> None:
    def pattern(path: str, parameters: list[dict[str, Any]]) -> str:
        allowed = {item["name"]: "|".join(map(re.escape, item["schema"].get("enum", ()))) or "[^/]+" for item in parameters}
        return "".join(f"(?:{allowed[part]})" if number % 2 else re.escape(part) for number, part in enumerate(re.split(r"[{}]", path)))

    patterns = {path: re.compile(pattern(path, operation["get"].get("parameters", []))) for path, operation in document["paths"].items()}
    found = {path: [name for name, known in patterns.items() if known.fullmatch(f"/{path}")] for path, _ in data.files(load(ROOT), SITE)}
    assert [path for path, names in found.items() if len(names) != 1] == []
    assert set(patterns) == {name for names in found.values() for name in names}


def test_every_guide_is_as_the_openapi_document_says(kb: KnowledgeBase, made: dict[str, Any], document: dict[str, Any]) -> None:
    guides = {path: content for path, content in made.items() if path.startswith("guides/")}
    listed = [guide["json"].removeprefix(SITE.url) for guide in made["api/v1/index.json"]["result"]["guides"]]
    aliases = [f"guides/{alias}/index.json" for entry in kb.of("guides") for alias in entry.aliases]
    assert sorted([*listed, *aliases]) == sorted(guides)
    for path, content in guides.items():
        template = "/guides/{id}/index.json" if path.count("/") == 2 else "/guides/{population}/{violence-type}/index.json"
        assert [error.message for error in response(document, template).iter_errors(content)] == [], path


def test_a_document_that_breaks_its_schema_is_found(made: dict[str, Any], document: dict[str, Any]) -> None:
    entry = json.loads(json.dumps(made["api/v1/results/richmond-fellowship-hospital.json"]))
    entry["result"]["direction"] = "great"
    entry["result"]["extra"] = 1
    assert len(list(response(document, "/api/v1/results/{id}.json").iter_errors(entry))) == 1, "one entry or its tombstone: neither fits"


def test_a_tombstone_is_as_the_openapi_document_says(document: dict[str, Any]) -> None:
    tombstone = {
        "id": "old", "title": "Old program", "added": "2026-11-21", "reviewed": "2026-11-21", "retired": {"reason": "It was merged.", "date": "2026-11-21"},
        "computed": {"type": "resources", "url": "https://site.example/resources/old/", "json": "https://site.example/api/v1/resources/old.json"},
    }
    response(document, "/api/v1/resources/{id}.json").validate({"api": "1.0", "total": 1, "result": tombstone})
    response(document, "/api/v1/retired.json").validate({"api": "1.0", "total": 1, "result": [tombstone]})


def test_the_published_schemas_resolve_among_one_another_and_accept_every_entry(kb: KnowledgeBase, made: dict[str, Any]) -> None:
    schemas = {path: content for path, content in made.items() if path.startswith("schemas/")}
    assert {schema["$id"] for schema in schemas.values()} == {SITE.url + path for path in schemas}
    registry = Registry().with_resources((schema["$id"], Resource.from_contents(schema, default_specification=DRAFT7)) for schema in schemas.values())
    for name in kb.types:
        schema = schemas[f"schemas/{name}.schema.json"]
        jsonschema.Draft7Validator.check_schema(schema)
        validator = jsonschema.Draft7Validator(schema, registry=registry)
        for entry in kb.of(name):
            assert [error.message for error in validator.iter_errors(entry.data)] == [], entry.id
        assert list(validator.iter_errors({"title": "x"}))


def test_beside_a_reference_stand_annotations_only(kb: KnowledgeBase) -> None:
    """Draft-07 passes over words beside a $ref, and 2020-12 does not: so the schemas mean the same in both."""

    def nodes(node: Any) -> Iterator[dict[str, Any]]:
        if isinstance(node, dict):
            yield node
        for inner in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
            yield from nodes(inner)

    for schema in kb.schemas.values():
        for node in nodes(schema):
            beside = {word for word in node if not word.startswith("x-")} - {"$ref"} if "$ref" in node else set()
            assert beside <= ANNOTATIONS, node


def keys(document: dict[str, Any], package: dict[str, Any]) -> list[str]:
    """Every address of the API, every key of what stands there, and every column of every table."""

    def inside(schema: dict[str, Any], path: str) -> Iterator[str]:
        if "$ref" in schema:
            return
        for word in ("properties",):
            for name, inner in schema.get(word, {}).items():
                yield f"{path}.{name}"
                yield from inside(inner, f"{path}.{name}")
        if "items" in schema:
            yield from inside(schema["items"], f"{path}[]")

    parts = document["components"]["schemas"]
    named = [name for name in parts if not name.startswith("vocabulary.")]
    columns = [f"/api/v1/{table['path']}: {field['name']}" for table in package["resources"] for field in table["schema"]["fields"]]
    return [f"GET {path}" for path in document["paths"]] + [f"{name}: {key.removeprefix('.')}" for name in named for key in inside(parts[name], "")] + columns


def test_version_1_keeps_its_promise(made: dict[str, Any], document: dict[str, Any]) -> None:
    pinned, found = PINNED.read_text("utf-8").splitlines(), keys(document, made["api/v1/datapackage.json"])
    gone = [line for line in pinned if line not in found]
    new = [line for line in found if line not in pinned]
    assert not gone, (
        "Version 1 of the API promises that these addresses and keys stay:\n  " + "\n  ".join(gone)
        + "\nBring them back, or give the new shape an address of its own under /api/v2/ and keep /api/v1/ as it is (see API-CHANGELOG.md)."
    )
    assert not new, (
        "Version 1 of the API has grown. That is allowed and stays for good. Say it in API-CHANGELOG.md and add to tests/api_v1.txt:\n" + "\n".join(new)
    )


def test_the_changelog_names_the_version(document: dict[str, Any]) -> None:
    assert f"\n## {document['info']['version']}, " in (ROOT / "API-CHANGELOG.md").read_text("utf-8")


def test_the_page_names_every_version_of_the_changelog() -> None:
    page = (ROOT / "scripts/kb/templates/data_programs.md").read_text("utf-8")
    versions = re.findall(r"^## (\d.*)$", (ROOT / "API-CHANGELOG.md").read_text("utf-8"), re.M)
    assert versions and all(f"<li>{version}: " in page for version in versions)
