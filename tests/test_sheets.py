"""The PDFs of guides and actions: tagged, titled, in the language that they say, and the same bytes for the same content."""

import json
import re
from datetime import date

import pikepdf
import pytest

import pdf
from kb import KnowledgeBase, Site
from kb.sheets import Sheet, _runs, sheets

SITE = Site("A site", "https://site.example/", "", "main", date(2026, 11, 21))
SHOWN = ["guides/51k-200k/law-enforcement-shooting/guide.pdf", "guides/suicide-and-unintentional-shootings/guide.pdf", "actions/identify-key-people-and-places/sheet.pdf"]


@pytest.fixture(scope="module")
def all_sheets(kb: KnowledgeBase) -> dict[str, Sheet]:
    return {sheet.path: sheet for sheet in sheets(kb, SITE)}


def tags(node: pikepdf.Object) -> list[str]:
    """The structure types below a node of the tag tree, in reading order."""
    kids = node.get("/K", [])
    found = [str(node["/S"])] if "/S" in node else []
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary):
            found += tags(kid)
    return found


def alternatives(node: pikepdf.Object) -> list[str]:
    """The alternative texts of the figures below a node of the tag tree."""
    kids = node.get("/K", [])
    found = [str(node.get("/Alt", ""))] if node.get("/S") == "/Figure" else []
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary):
            found += alternatives(kid)
    return found


def test_every_guide_with_a_strategy_and_every_action_has_a_sheet(kb: KnowledgeBase, all_sheets: dict[str, Sheet]) -> None:
    assert sum(path.startswith("actions/") for path in all_sheets) == len(kb.of("actions"))
    assert {f"guides/{entry.id}/guide.pdf" for entry in kb.of("guides")} <= set(all_sheets)
    assert "guides/51k-200k/group-or-gang/guide.pdf" in all_sheets and "guides/under-51k/suicide/guide.pdf" not in all_sheets


def test_no_figure_on_a_sheet_stands_without_its_counterweight(all_sheets: dict[str, Sheet]) -> None:
    for sheet in all_sheets.values():
        data = json.loads(sheet.content)
        for finding in (one for section in data["sections"] if section["kind"] == "strategies" for item in section["items"] for one in item["findings"]):
            assert finding["against"] and finding["against_text"] and all(value for _, value in finding["window"])
            assert finding["note"] is None or finding["note"] <= len(data["sources"])


@pytest.mark.parametrize("path", SHOWN)
def test_a_pdf_is_tagged_titled_and_in_english(path: str, all_sheets: dict[str, Sheet], tmp_path) -> None:
    data = json.loads(all_sheets[path].content)
    (tmp_path / "one.pdf").write_bytes(pdf.pdf(all_sheets[path]))
    with pikepdf.open(tmp_path / "one.pdf") as made:
        root = made.Root
        assert root.MarkInfo.Marked and str(root.Lang).startswith("en") and root.ViewerPreferences.DisplayDocTitle
        with made.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1" and metadata["dc:title"] == data["title"]
        found = tags(root.StructTreeRoot)
        assert found.count("/H1") + found.count("/H2") >= len(data["sections"]) and "/Link" in found and "/L" in found
        assert alternatives(root.StructTreeRoot) == [f"QR code for {data['url']}"]
        assert len(list(root.Outlines.First.keys())) > 2, "bookmarks"
        assert all("/Tabs" in page for page in made.pages)


def test_the_same_sheet_gives_the_same_bytes_and_its_date_is_that_of_the_content(all_sheets: dict[str, Sheet]) -> None:
    sheet = all_sheets[SHOWN[2]]
    once, again = pdf._compiled(sheet), pdf._compiled(sheet)
    assert once == again
    assert re.search(rb"<xmp:CreateDate>2026-11-21", once) or b"D:20261121" in once


def test_links_in_prose_become_runs() -> None:
    assert _runs("See [a](/guides/b/) and **c**.", SITE) == [{"text": "See ", "url": ""}, {"text": "a", "url": "https://site.example/guides/b/"}, {"text": " and c.", "url": ""}]
