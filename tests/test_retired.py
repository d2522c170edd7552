"""Retired entries: their page stays and says why; everything else leaves them out."""

import json
import posixpath
import re
import shutil
from collections.abc import Iterator
from datetime import date

import pytest
from drawing import DRAW
from paths import ROOT

from kb import KnowledgeBase, Site, check, generate, load
from kb.addresses import Addresses
from kb.problems import errors
from kb.sheets import sheets

SITE = Site("Site", "https://example.org/", "", "main", date(2026, 11, 22))
RETIRED = {
    "actions": ("commit-to-continuous-improvement", ""), "strategies": ("focused-deterrence-programs", "group-violence-intervention-network"),
    "results": ("chicago-vrs-overall-shooting-23", ""), "places": ("oakland-ca", ""), "resources": ("project-safe-neighborhoods", "cvipi"),
    "studies": ("papachristos-kirk-2015", ""), "organizations": ("nnsc", ""), "glossary": ("cvi", ""), "news": ("news-nyt-2018", ""), "guides": ("small-city-starting-from-nothing", ""),
}


@pytest.fixture(scope="module")
def retired(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    """The real content with one entry of each type retired."""
    root = tmp_path_factory.mktemp("retired")
    shutil.copytree(ROOT / "content", root / "content")
    shutil.copytree(ROOT / "docs", root / "docs", ignore=shutil.ignore_patterns("assets"))
    for type_, (id_, instead) in RETIRED.items():
        path = root / "content" / type_ / f"{id_}.yml"
        replaced = f"  replaced_by: {instead}\n" if (root / "content" / type_ / f"{instead}.yml").is_file() else ""
        path.write_text(path.read_text("utf-8") + f"retired:\n  date: '2026-11-22'\n  reason: It was merged into another.\n{replaced}", "utf-8")
    return load(root)


@pytest.fixture(scope="module")
def files(retired: KnowledgeBase) -> dict[str, str | bytes]:
    return {made.path: made.content for made in generate(retired, SITE, DRAW)}


def pages_that_list(files: dict[str, str | bytes], kb: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """The pages that are lists worked out from all entries: the home page, browse, fronts, terms, guides, charts."""
    entries = {entry.page for entry in kb.every}
    yield from ((path, content) for path, content in files.items() if path.endswith(".md") and path not in entries and not path.startswith(("go/", "whats-new")))


def test_a_reference_to_what_is_retired_is_a_warning_and_stops_nothing(retired: KnowledgeBase) -> None:
    problems = check(retired)
    assert errors(problems) == ()
    assert {problem.message for problem in problems} >= {"“project-safe-neighborhoods” is retired.", "“oakland-ca” is retired."}


def test_every_page_is_made_and_the_tombstones_say_why(retired: KnowledgeBase, files: dict[str, str | bytes]) -> None:
    for type_, (id_, _) in RETIRED.items():
        page = files[f"{type_}/{id_}.md"]
        assert "was retired on November 22, 2026. It was merged into another." in page and "exclude: true" in page
        assert all(f'id="{anchor}"' in page for anchor in Addresses(retired).anchors(f"/{type_}/{id_}/"))
    assert "(cvipi.md)" in files["resources/project-safe-neighborhoods.md"]
    assert list(sheets(retired, SITE))


def test_no_list_names_a_retired_entry(retired: KnowledgeBase, files: dict[str, str | bytes]) -> None:
    """Only where an entry that holds names it itself does it appear, marked; and where the words of a page name it."""
    gone = {f"{type_}/{id_}.md" for type_, (id_, _) in RETIRED.items()}
    marked = set()
    for path, content in pages_that_list(files, retired):
        for text, target in re.findall(r"\[([^\]]+)\]\(([^)#]+\.md)", content):
            if posixpath.normpath(posixpath.join(posixpath.dirname(path), target)) in gone:
                assert text.endswith(" (retired)"), (path, text)
                marked.add(path)
        assert 'value="focused-deterrence-programs"' not in content, path
    assert marked == {"compare.md", "results/index.md"}


def test_short_links_charts_and_former_ids_lead_to_the_tombstone(retired: KnowledgeBase, files: dict[str, str | bytes]) -> None:
    for former in ("go/psn", "resources/psn"):
        if f"{former}/index.html" in files:
            assert "resources/project-safe-neighborhoods/" in files[f"{former}/index.html"]
    assert "go/psn/index.html" in files
    assert "../../strategies/focused-deterrence-programs/" in files["charts/strategy-focused-deterrence-programs/index.html"]
    assert "../../places/oakland-ca/" in files["charts/place-oakland-ca/index.html"]
    assert "charts/strategy-focused-deterrence-programs.md" not in files


def test_a_page_that_still_names_it_says_that_it_is_retired(files: dict[str, str | bytes]) -> None:
    assert any("Project Safe Neighborhoods (PSN) (retired)]" in content for path, content in files.items() if path.startswith("actions/") and path.endswith(".md"))


def test_the_data_keeps_what_is_left(files: dict[str, str | bytes]) -> None:
    assert json.loads(files["api/v1/resources/project-safe-neighborhoods.json"])["result"]["retired"]["replaced_by"] == "cvipi"
    assert "project-safe-neighborhoods" not in {entry["id"] for entry in json.loads(files["api/v1/resources.json"])["result"]}
