"""The sheets of guides and actions: what each holds, and the same bytes for the same content. test_pdf.py reads the PDFs."""

import json
import re
from datetime import date

import pytest

import pdf
from kb import KnowledgeBase, Site
from kb.charts.panels import why_not_drawn
from kb.guides import guide
from kb.guides.words import filter_of
from kb.sheets import Sheet, guide_sheet, sheets
from kb.sheets.brief import best_supported, help_state
from kb.sheets.forms import as_html, as_markdown
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
            assert finding["kind"] != "evaluation" or finding["tag"].startswith("Found ("), "by which design"


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


def test_the_first_page_says_what_to_do_first_what_is_best_supported_and_whether_the_help_is_there(all_sheets: dict[str, Sheet]) -> None:
    def lines(path: str) -> list[tuple[str, str]]:
        data = json.loads(all_sheets[path].content)
        titles = [section["title"] for section in data["sections"]]
        assert all(line["section"] in ("", *titles) for line in data["brief"]), "each leads to a section that stands there"
        return [(line["name"], line["text"]) for line in data["brief"]]

    assert lines("guides/group-violence-in-a-mid-size-city/guide.pdf") == [
        ("Do first", "3 steps, beginning with: Review each shooting of the past year with police, probation, outreach workers and the hospital, and note which involved a group."),
        ("Start with", "Action 4: Engage key people; Action 7: Emphasize healing; Action 8: Invest in the workforce"),
        ("Best supported", "Strong: Focused deterrence programs. Read each with what weighs against it."),
        ("Help", "11 resources: 1 changed (Community Based Violence Intervention and Prevention Initiative), 1 check first (VOCA Victim Compensation and Victim Assistance Formula Grants), 9 not checked. Ask before you rely on one."),
    ]
    assert lines("actions/address-key-locations/sheet.pdf")[0] == ("Whom to ask", "PERF Violent Crime Reduction Training and Technical Assistance. Check first.")
    assert all(lines(path) for path in all_sheets if path.startswith("guides/"))


def test_what_is_best_supported_is_of_the_highest_level_that_fits(kb: KnowledgeBase) -> None:
    for kind in kb.vocabularies["violence-type"].terms:
        made = guide(kb, {"violence-type": (kind,)})
        levels = [item.strategy.evidence_level.label for item in made.found]
        order = [term.label for term in kb.vocabularies["evidence-level"].terms.values()]
        assert best_supported(kb, made).split(":")[0] == (min(levels, key=order.index) if len(levels) > 1 else "")


def test_every_resource_is_counted_under_its_state(kb: KnowledgeBase) -> None:
    text = help_state(kb, kb.of("resources"))
    assert sum(int(number) for number in re.findall(r"(?:: |, )(\d+) [a-z]", text)) == len(kb.of("resources")) and text.startswith(f"{len(kb.of('resources'))} resources: ")


def test_end_notes_stand_once_and_their_numbers_lead_to_the_source_that_is_meant(kb: KnowledgeBase) -> None:
    for entry in kb.of("guides"):
        made = guide(kb, filter_of(entry))
        data = json.loads(guide_sheet(kb, SITE, made, entry.page, entry).content)
        urls = [source["url"] for source in data["sources"]]
        assert len(set(urls[: len(entry.sources)]) & set(urls[len(entry.sources):]) - {""}) == 0
        shown = {finding["title"]: finding for section in data["sections"] if section["kind"] == "strategies" for item in section["items"] for finding in item["findings"]}
        for result in {one for item in made.shown for one in (item.finding, item.contrary) if one}:
            assert urls[shown[result.title]["note"] - 1] == (result.sources[0].url or "")


def test_every_bar_stands_in_html_and_is_said_in_markdown(all_sheets: dict[str, Sheet]) -> None:
    sheet = all_sheets["guides/51k-200k/group-or-gang/guide.pdf"]
    data = json.loads(sheet.content)
    drawn = [one for section in data["sections"] if section["kind"] == "strategies" for item in section["items"] for one in item["findings"] if one["bars"]]
    page, text = as_html(sheet, ""), as_markdown(sheet)
    assert page.count('<svg class="kb-bars" role="img"') == len(drawn) > 1 and page.count("<rect ") == sum(len(one["bars"]) for one in drawn)
    assert all(f"<title>{one['bars_text']}</title>" in page and f"In numbers: {one['bars_text']}" in text for one in drawn)
    assert data["bars_how"] in page
