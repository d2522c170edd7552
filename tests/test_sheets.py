"""The sheets of guides and actions: what each holds, and the same bytes for the same content. test_pdf.py reads the PDFs."""

import json
import re
from datetime import date

import pytest

import pdf
from kb import KnowledgeBase, Site
from kb.charts.panels import why_not_drawn
from kb.sheets import Sheet, sheets
from kb.sheets.parts import bars, resource, runs

SITE = Site("A site", "https://site.example/", "", "main", date(2026, 11, 21))


@pytest.fixture(scope="module")
def all_sheets(kb: KnowledgeBase) -> dict[str, Sheet]:
    return {sheet.path: sheet for sheet in sheets(kb, SITE)}


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


def test_bars_stand_where_a_percentage_may_be_drawn_and_nowhere_else(kb: KnowledgeBase) -> None:
    drawn = bars(kb, kb.find("results", "safe-streets-homicides"))
    assert drawn["bars"] == [{"label": "Expected by the model", "value": 100, "form": "hollow"}, {"label": "With the program", "value": 78, "form": "solid"}]
    assert drawn["bars_text"] == "78 for every 100 that the model expected, 22% lower."
    lowell = bars(kb, kb.find("results", "lowell-psn-gun-assaults-44"))
    assert [bar["form"] for bar in lowell["bars"]] == ["hollow", "pale"] and lowell["bars_note"] == "Study probable, not confirmed" and not drawn["bars_note"]
    for result in kb.of("results"):
        assert bool(bars(kb, result)["bars"]) == (not why_not_drawn(result)) == bool(bars(kb, result)["bars_text"])


def test_the_state_of_a_resource_is_said_once(kb: KnowledgeBase) -> None:
    ended = resource("", kb.find("resources", "rural-violent-crime-reduction-initiative"), "")
    assert ended["state_label"] == "Reported ended, August 18, 2025" and ended["state_text"].startswith("On August 18, 2025")


def test_another_content_is_another_version(kb: KnowledgeBase, all_sheets: dict[str, Sheet]) -> None:
    versions = [sheet.version for sheet in all_sheets.values()]
    assert len(set(versions)) == len(versions) and all(json.loads(sheet.content)["version"] == sheet.version for sheet in all_sheets.values())


def test_the_same_sheet_gives_the_same_bytes_and_its_date_is_that_of_the_content(all_sheets: dict[str, Sheet]) -> None:
    sheet = all_sheets["actions/identify-key-people-and-places/sheet.pdf"]
    once, again = pdf._compiled(sheet), pdf._compiled(sheet)
    assert once == again
    assert re.search(rb"<xmp:CreateDate>2026-11-21", once) or b"D:20261121" in once


def test_links_in_prose_become_runs() -> None:
    assert runs("https://site.example", "See [a](/guides/b/) and **c**.") == [{"text": "See ", "url": ""}, {"text": "a", "url": "https://site.example/guides/b/"}, {"text": " and c.", "url": ""}]
