"""What pages say of themselves to search engines: what it claims, and whether schema.org knows it."""

import json
import shutil
import subprocess
import tarfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from drawing import DRAW
from paths import ROOT
from yaml import CSafeLoader

from kb import KnowledgeBase, Site, generate, load
from kb.web.jsonld import of_entry, script

SITE = Site("A site", "https://site.example/", "", "main", date(2026, 11, 21))
PACKAGES = {"schema-dts": "2.1.0", "typescript": "5.9.3"}
CACHE = ROOT / ".cache" / "schema-dts"


@pytest.fixture(scope="module")
def made() -> dict[str, Any]:
    """Every generated file of the real content."""
    return {file.path: file.content for file in generate(load(ROOT), SITE, DRAW)}


@pytest.fixture(scope="module")
def pages(made: dict[str, Any]) -> dict[str, Any]:
    """The JSON-LD of every page that has one, by the page's file."""
    heads = {path: content.split("---\n\n", 1)[0] for path, content in made.items() if path.endswith(".md")}
    return {path: json.loads(yaml.load(head.removeprefix("---"), CSafeLoader)["jsonld"]) for path, head in heads.items() if "\njsonld: " in head}


def nodes(value: Any) -> Iterator[dict[str, Any]]:
    """Every node with a type, at any depth."""
    if isinstance(value, dict):
        if "@type" in value:
            yield value
        for inner in value.values():
            yield from nodes(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from nodes(inner)


def things(page: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {node["@type"]: node for node in page.get("@graph", [page])}


def test_every_entry_tells_its_place_in_the_site(kb: KnowledgeBase, pages: dict[str, Any]) -> None:
    for entry in kb.entries:
        steps = things(pages[entry.page])["BreadcrumbList"]["itemListElement"]
        assert [(step["position"], step["name"]) for step in steps] == [(1, entry.type.name.capitalize()), (2, entry.title)]
        assert [step.get("item") for step in steps] == [f"https://site.example/{entry.type.name}/", None]


def test_a_study_is_an_article_with_its_authors_and_address(pages: dict[str, Any]) -> None:
    assert things(pages["studies/braga-et-al-2013.md"])["ScholarlyArticle"] == {
        "@type": "ScholarlyArticle", "name": "The Spillover Effects of Focused Deterrence on Gang Violence",
        "author": [{"@type": "Person", "name": name} for name in ("Braga, A. A.", "Apel, R.", "Welsh, B. C.")],
        "datePublished": "2013", "sameAs": ["https://doi.org/10.1177/0193841X13518535"],
    }
    assert list(things(pages["studies/braga-et-al-2024.md"])) == ["BreadcrumbList"], "nobody has read its title"


def test_a_resource_is_offered_with_its_availability_and_not_at_all_where_it_ended(kb: KnowledgeBase, pages: dict[str, Any]) -> None:
    ended = [entry for entry in kb.of("resources") if entry.availability.id in ("ended", "reported-ended")]
    assert ended and all(list(things(pages[entry.page])) == ["BreadcrumbList"] for entry in ended)
    service = things(pages["resources/project-safe-neighborhoods.md"])["GovernmentService"]
    assert service["disambiguatingDescription"].startswith("Check first, as of 2025-08-18. Check before you rely on this.")
    assert {office["@type"] for office in service["provider"]} == {"GovernmentOrganization"}


def test_an_organization_is_a_government_one_only_where_the_entry_says_so(kb: KnowledgeBase, pages: dict[str, Any]) -> None:
    for entry in kb.of("organizations"):
        assert ("GovernmentOrganization" in things(pages[entry.page])) == (entry.role.id == "federal-office"), entry.id


def test_no_page_claims_an_effect_or_a_rating(pages: dict[str, Any]) -> None:
    types = {node["@type"] for page in pages.values() for node in nodes(page)}
    assert types <= {"BreadcrumbList", "ListItem", "ScholarlyArticle", "Report", "Person", "Organization", "GovernmentOrganization", "GovernmentService", "Service", "Dataset", "DataDownload"}


def test_the_data_page_and_every_chart_are_data_sets_with_files_that_exist(pages: dict[str, Any], made: dict[str, Any]) -> None:
    sets = {path: page for path, page in pages.items() if page.get("@type") == "Dataset"}
    assert "data.md" in sets and all(path == "data.md" or path.startswith("charts/") for path in sets)
    for page in sets.values():
        assert page["license"] == "https://creativecommons.org/licenses/by/4.0/"
        assert {file["contentUrl"].removeprefix(SITE.url) for file in page["distribution"]} <= made.keys()


def test_text_cannot_end_the_script_element(kb: KnowledgeBase) -> None:
    assert script([{"@type": "Thing", "name": "</script><b>"}]) == '{"@context":"https://schema.org","@type":"Thing","name":"\\u003c/script>\\u003cb>"}'
    assert "<" not in of_entry(kb.find("resources", "project-safe-neighborhoods"), SITE)


def test_every_kind_of_node_is_as_schema_org_knows_it(pages: dict[str, Any], tmp_path: Path) -> None:
    """Google's types of schema.org, checked by TypeScript: each type exists, has these properties, and they take these values."""
    assert {page["@context"] for page in pages.values()} == {"https://schema.org"}
    shapes = {shape(node): node for page in pages.values() for node in nodes({name: value for name, value in page.items() if name != "@context"})}
    assert typed(list(shapes.values()), tmp_path) == []


def test_the_types_find_what_schema_org_does_not_know(tmp_path: Path) -> None:
    wrong = [{"@type": "Report", "nme": "x"}, {"@type": "DataDownload", "contentUrl": 3}, {"@type": "GovernmentProgram", "name": "x"}]
    assert len(typed(wrong, tmp_path)) == 3


def shape(value: Any) -> str:
    """What a node is made of, whatever its words."""
    if isinstance(value, dict):
        return json.dumps({name: inner if name == "@type" else shape(inner) for name, inner in value.items()}, sort_keys=True)
    return f"[{'|'.join(sorted({shape(inner) for inner in value}))}]" if isinstance(value, list) else type(value).__name__


def typed(found: list[dict[str, Any]], folder: Path) -> list[str]:
    """What TypeScript says against nodes."""
    modules = packages()
    (folder / "node_modules").symlink_to(modules)
    lines = [f'import type {{ {node["@type"]} as T{number} }} from "schema-dts";\nexport const n{number}: T{number} = {json.dumps(node)};' for number, node in enumerate(found)]
    (folder / "nodes.ts").write_text("\n".join(lines), "utf-8")
    options = ["--noEmit", "--strict", "--skipLibCheck", "--module", "esnext", "--moduleResolution", "bundler", "--target", "es2022"]
    told = subprocess.run(["node", str(modules / "typescript/bin/tsc"), *options, "nodes.ts"], cwd=folder, capture_output=True, text=True)
    return [line for line in told.stdout.splitlines() if "error" in line]


def packages() -> Path:
    """The folder with the two npm packages, which npm fetches once. Skips, and says why, where they cannot be had."""
    if not shutil.which("node"):
        pytest.skip("Node.js is not here, so schema.org's types cannot be checked.")
    for name, version in PACKAGES.items():
        folder = CACHE / name
        if (folder / "package.json").is_file() and json.loads((folder / "package.json").read_text("utf-8"))["version"] == version:
            continue
        CACHE.mkdir(parents=True, exist_ok=True)
        fetched = subprocess.run(["npm", "pack", f"{name}@{version}", "--silent"], cwd=CACHE, capture_output=True, text=True) if shutil.which("npm") else None
        if not fetched or fetched.returncode:
            pytest.skip(f"npm could not fetch {name}@{version}, so schema.org's types cannot be checked.")
        with tarfile.open(CACHE / fetched.stdout.split()[-1]) as archive:
            archive.extractall(CACHE, filter="data")
        shutil.rmtree(folder, ignore_errors=True)
        (CACHE / "package").rename(folder)
    return CACHE
