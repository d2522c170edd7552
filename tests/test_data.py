"""The data: JSON, from small knowledge bases made here, then from the real one."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kb import KnowledgeBase, Site, data, load

SITE = Site("A site", "https://site.example/", "", "main", date(2026, 11, 21))


@pytest.fixture(scope="module")
def made() -> dict[str, str | bytes]:
    """Every file of the data of the real content."""
    from paths import ROOT
    return dict(data.files(load(ROOT), SITE))


def read(made: dict[str, Any], name: str) -> Any:
    return json.loads(made[f"api/v1/{name}"])


def test_every_entry_has_a_document_and_stands_in_the_collection_of_its_type(kb: KnowledgeBase, made: dict[str, Any]) -> None:
    for name in kb.types:
        collection = read(made, f"{name}.json")
        assert list(collection) == ["api", "total", "result"] and collection["api"] == "1.0"
        assert [item["id"] for item in collection["result"]] == [entry.id for entry in kb.of(name)]
        assert collection["total"] == len(kb.of(name))
        for item in collection["result"]:
            assert read(made, f"{name}/{item['id']}.json") == {"api": "1.0", "total": 1, "result": item}


def test_authored_fields_keep_names_and_values_and_what_is_left_out_stays_out(kb: KnowledgeBase, made: dict[str, Any]) -> None:
    for entry in kb.entries:
        document = read(made, f"{entry.type.name}/{entry.id}.json")["result"]
        assert document.pop("id") == entry.id
        assert document.pop("computed")["url"] == f"https://site.example/{entry.type.name}/{entry.id}/"
        assert document == entry.data
        assert ": null" not in json.dumps(document)


def test_an_alias_has_the_document_of_the_entry_with_its_new_id(made: dict[str, Any]) -> None:
    assert made["api/v1/actions/action-2.json"] == made["api/v1/actions/identify-key-people-and-places.json"]
    assert read(made, "actions/action-2.json")["result"]["id"] == "identify-key-people-and-places"


def test_a_retired_entry_leaves_a_tombstone_and_a_reference_by_alias_gets_the_new_id(project: Callable[..., Path]) -> None:
    root = project()
    (root / "content/resources/old.yml").write_text(
        "title: Old program\nsummary: A program that was merged into another one.\nkind: grant\nadded: '2026-11-21'\nreviewed: '2026-11-21'\nretired:\n  reason: It was merged.\n  replaced_by: new\n", "utf-8")
    (root / "content/resources/new.yml").write_text("title: New program\naliases:\n  - earlier\nadded: '2026-11-21'\nreviewed: '2026-11-21'\n", "utf-8")
    (root / "content/resources/part.yml").write_text("title: Part\npart_of: earlier\nadded: '2026-11-21'\nreviewed: '2026-11-21'\n", "utf-8")
    made = dict(data.files(load(root), SITE))

    tombstone = read(made, "resources/old.json")["result"]
    assert tombstone == {
        "id": "old", "title": "Old program", "added": "2026-11-21", "reviewed": "2026-11-21", "retired": {"reason": "It was merged.", "replaced_by": "new"},
        "computed": {"type": "resources", "url": "https://site.example/resources/old/", "json": "https://site.example/api/v1/resources/old.json"},
    }
    assert read(made, "retired.json")["result"] == [tombstone]
    assert "old" not in [item["id"] for item in read(made, "resources.json")["result"]]
    assert read(made, "resources/part.json")["result"]["part_of"] == "new"
    assert "part_of" in foreign_keys(made)
    assert read(made, "resources/new.json")["result"]["computed"]["linked_from"] == [{"type": "resources", "id": "part", "field": "part_of"}]


def test_a_column_that_names_a_retired_entry_is_no_key(project: Callable[..., Path]) -> None:
    root = project()
    day = "added: '2026-11-21'\nreviewed: '2026-11-21'\n"
    (root / "content/resources/old.yml").write_text(f"title: Old program\n{day}retired:\n  date: '2026-11-21'\n  reason: It was merged.\n", "utf-8")
    (root / "content/resources/part.yml").write_text(f"title: Part\npart_of: old\n{day}", "utf-8")
    assert "part_of" not in foreign_keys(dict(data.files(load(root), SITE)))


def foreign_keys(made: dict[str, Any]) -> list[str]:
    """The columns of the table of resources that lead to another row."""
    package = json.loads(made["api/v1/datapackage.json"])
    return [key["fields"] for resource in package["resources"] if resource["name"] == "resources" for key in resource["schema"].get("foreignKeys", ())]


def test_facets_count_the_entries_that_carry_a_term(kb: KnowledgeBase, made: dict[str, Any]) -> None:
    facets = {facet["id"]: {term["id"]: term for term in facet["terms"]} for facet in read(made, "facets.json")["result"]}
    small = facets["population"]["under-51k"]
    assert (small["label"], small["min"], small["max"]) == ("Under 51,000 people", 0, 50_999)
    assert facets["availability"]["reported-ended"]["computed"]["counts"] == {"resources": sum(entry.availability.id == "reported-ended" for entry in kb.of("resources"))}
