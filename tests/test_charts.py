"""Charts: what may share an axis, what each says, and that pictures come from the data alone."""

import csv
import io
import itertools
import json
import re
import shutil
import subprocess
import sys
import textwrap
import time
import xml.etree.ElementTree as ElementTree
from dataclasses import replace
from pathlib import Path

import altair
import jsonschema
import pandas
import pytest
from drawing import DRAW
from paths import ROOT

import project as adapter
from kb import Entry, KnowledgeBase, load
from kb.charts import Chart, Drawing, Picture, charts, comparable, comparable_sets, key
from kb.charts.chart import about_counts, qualified
from kb.charts.drawing import FRAMED
from kb.charts.gallery import Gallery, as_csv
from kb.charts.panels import grouped, has_both_arms, is_drawn, why_not_drawn, why_pale
from kb.charts.theme import DARK, LIGHT, config
from kb.data.spreadsheet import plain

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def all_charts(kb: KnowledgeBase) -> dict[str, Chart]:
    return {chart.id: chart for chart in charts(kb)}


def result(kb: KnowledgeBase, id_: str) -> Entry:
    return kb.find("results", id_)


# ---- what may share an axis ------------------------------------------------------------------------------------------

def test_findings_share_an_axis_only_if_all_four_keys_match_and_are_known(kb: KnowledgeBase) -> None:
    boston, chicago = result(kb, "boston-ceasefire-ii-total-shootings-31"), result(kb, "chicago-vrs-overall-shooting-23")
    assert comparable(boston, chicago) and comparable(chicago, boston) and comparable(boston, boston)
    for name in ("chart_group", "outcome_detail", "metric", "percent_basis"):
        for value in ("something-else", "not-known", None):
            assert not comparable(boston, changed(chicago, name, value)), (name, value)
            if value != "something-else":
                assert not comparable(changed(boston, name, value), changed(chicago, name, value)), "what is not known matches nothing"


def changed(entry: Entry, name: str, value: object) -> Entry:
    return replace(entry, document=replace(entry.document, data={**entry.data, name: value}))


def test_only_three_small_sets_pass(kb: KnowledgeBase) -> None:
    assert {frozenset(found.id for found in together) for together in comparable_sets(kb.of("results")) if len(together) > 1} == {
        frozenset({"chicago-vrs-overall-shooting-23", "boston-ceasefire-ii-total-shootings-31", "philadelphia-gvi-groups-38-6"}),
        frozenset({"new-orleans-gvrs-homicide-17", "indianapolis-ivrp-homicide-34"}),
        frozenset({"detroit-ceasefire-evaluation-2018", "baltimore-gvrs-western-25"}),
    }


def views(specification: dict) -> list[dict]:
    """The views of a specification: each has axes of its own; layers of one view share them."""
    parts = specification.get("concat") or specification.get("vconcat") or specification.get("hconcat")
    return [view for part in parts for view in views(part)] if parts else [specification]


def stacks(specification: dict) -> list[dict]:
    """Every part of a specification that sets views side by side or below one another."""
    parts = specification.get("concat") or specification.get("vconcat") or specification.get("hconcat") or []
    return ([specification] if parts else []) + [inner for part in parts for inner in stacks(part)]


def test_nothing_outside_a_comparable_set_shares_an_axis(kb: KnowledgeBase, all_charts: dict[str, Chart]) -> None:
    """Walks every specification as it is published: the findings of each view must be comparable, and views must not share scales."""
    shared = 0
    for chart in all_charts.values():
        specification = json.loads(DRAW(chart.whole).specification)
        for together in stacks(specification):
            assert together["resolve"]["scale"]["x"] == together["resolve"]["scale"]["y"] == "independent", chart.id
        for view in views(specification):
            names = {layer["data"]["name"] for layer in view.get("layer", [view]) if "data" in layer} | ({view["data"]["name"]} if "data" in view else set())
            ids = {row["result"] for name in names for row in specification["datasets"][name] if row.get("result")}
            shared += len(ids) > 1
            for one, other in itertools.combinations(sorted(ids), 2):
                assert comparable(result(kb, one), result(kb, other)), (chart.id, one, other)
    assert shared, "the sets that may share an axis do so somewhere"


def test_every_specification_keeps_the_schema_of_vega_lite(all_charts: dict[str, Chart]) -> None:
    """Altair checks its own part of a sheet; that the whole is Vega-Lite, and says so, other tools have to find too."""
    schema = json.loads((Path(altair.__file__).parent / "vegalite/v6/schema/vega-lite-schema.json").read_text("utf-8"))
    validator = jsonschema.Draft7Validator(schema)
    for chart in all_charts.values():
        assert validator.is_valid(json.loads(DRAW(chart.whole).specification)), chart.id
    assert not validator.is_valid(json.loads(DRAW(chart.whole).specification) | {"vconcat": 1})


def test_bars_and_counts_begin_at_zero(all_charts: dict[str, Chart]) -> None:
    for chart in all_charts.values():
        for domain in re.findall(r'"field": "value",\s*"scale": \{\s*"domain": \[\s*([-\d.]+),', DRAW(chart.whole).specification):
            assert float(domain) == 0, chart.id


# ---- what each says --------------------------------------------------------------------------------------------------

def test_every_chart_has_sentence_description_table_and_sources(all_charts: dict[str, Chart]) -> None:
    assert len(all_charts) > 50
    for chart in all_charts.values():
        assert chart.sentence.strip().endswith(".") and "None" not in chart.sentence, chart.id
        assert len(chart.description) > 40 and "None" not in chart.description, (chart.id, chart.description)
        assert chart.rows and chart.sources and all(len(row) == len(chart.columns) for row in chart.rows), chart.id


def test_a_bar_restates_its_finding(kb: KnowledgeBase, all_charts: dict[str, Chart]) -> None:
    for panel in (panel for chart in all_charts.values() for panel in chart.panels if panel.picture.kind == "bars"):
        for finding in panel.results:
            bars = [row["value"] for row in panel.picture.rows if row["result"] == finding.id and not row["arm"]]
            sign = -1 if finding.direction.id == "decrease" else 1
            sizes = [finding.value] if finding.value is not None else [finding.value_min, finding.value_max]
            assert bars == pytest.approx([100 + sign * size for size in sizes]), finding.id
            for size in sizes:
                assert f"{size:.10g}" in panel.picture.description, finding.id


def test_a_claim_or_an_unknown_base_is_never_a_bar(kb: KnowledgeBase, all_charts: dict[str, Chart]) -> None:
    for panel in (panel for chart in all_charts.values() for panel in chart.panels if panel.picture.kind == "bars"):
        for finding in panel.results:
            assert finding.kind.id != "claim" and finding.percent_basis.id != "not-known" and finding.metric.id == "percent-change", finding.id
    assert why_not_drawn(result(kb, "boston-ceasefire-notified-27")) == "Claim: we found no study"
    assert why_not_drawn(result(kb, "cincinnati-cirv-gmi-homicide-41")) == "Percent of what is not known"
    assert why_not_drawn(result(kb, "new-haven-longevity-gmi-monthly"))
    assert not why_not_drawn(result(kb, "new-orleans-gvrs-homicide-17"))


def test_a_bar_is_solid_only_if_a_study_that_we_found_estimated_it(kb: KnowledgeBase, all_charts: dict[str, Chart]) -> None:
    """Neither counts nor models nor figures that only probably belong to a study look like an estimate: not in color, not without it, not in words."""
    assert why_pale(result(kb, "high-point-dmi-police-west-end")) == "Counted, not estimated"
    assert why_pale(result(kb, "lowell-psn-gun-assaults-44")) == "Study probable, not confirmed"
    assert why_pale(result(kb, "baton-rouge-brave-weapons")) == "Counted, not estimated"
    assert why_pale(result(kb, "storage-model-youth-deaths")) == "Modeled, not measured"
    assert not why_pale(result(kb, "chicago-vrs-overall-shooting-23"))
    pale = 0
    for chart in all_charts.values():
        bars = [panel for panel in chart.panels if panel.picture.kind == "bars"]
        for panel in bars:
            for finding in panel.results:
                drawn = {bool(row.get("pale")) for row in panel.picture.rows if row["result"] == finding.id and not row["arm"]}
                assert drawn == {bool(why_pale(finding))}, (chart.id, finding.id)
                assert (why_pale(finding) in panel.picture.description) and bool(why_pale(finding)) <= ("stroke-dasharray" in DRAW(panel.picture).svg)
                pale += bool(why_pale(finding))
        assert ("A pale bar" in chart.sentence) == any(why_pale(finding) for panel in bars for finding in panel.results), chart.id
    assert pale >= 20
    together = next(panel for panel in all_charts["strategy-focused-deterrence-programs"].panels if "indianapolis-ivrp-homicide-34" in {finding.id for finding in panel.results})
    assert together.picture.options["notes"] == ["Indianapolis: study probable, not confirmed"], "on a shared axis it says whose bar is pale"


def test_a_caption_explains_the_marks_that_occur_and_no_others(all_charts: dict[str, Chart]) -> None:
    for chart in all_charts.values():
        if chart.columns[0] != "id":
            continue
        kinds = {panel.picture.kind for panel in chart.panels}
        rows = [row for panel in chart.panels if panel.picture.kind == "years" for row in panel.picture.rows]
        for words, occurs in (
            ("A bar restates a percentage", "bars" in kinds), ("A dashed frame has no bar", "words" in kinds), ("A hollow mark is a part of a year.", any(row["part"] for row in rows)),
            ("The dashed line marks the start", any("start" in panel.picture.options for panel in chart.panels)), ("A count does not show the cause.", bool(rows)),
            ("Each panel has an axis of its own", len(chart.panels) > 1), ("findings stand on one only if", any(len(panel.results) > 1 for panel in chart.panels)),
        ):
            assert (words in chart.sentence) == occurs, (chart.id, words, chart.sentence)
    oakland = all_charts["place-oakland-ca"]
    assert "by what they measure. " in oakland.sentence and "A gap is a year that we have not found." in oakland.sentence
    assert "For 2022 the count runs to December 24, for 2023 to December 28." in json.dumps(oakland.whole.rows), "what a small picture of counts cannot say stands with it in the file"
    assert "then by place" in all_charts["strategy-focused-deterrence-programs"].sentence


def test_a_range_says_that_it_is_no_margin_of_error(all_charts: dict[str, Chart]) -> None:
    """In the description and beside the picture in the file: nobody sees a page there."""
    for chart in all_charts.values():
        for panel in chart.panels:
            for finding in panel.results:
                if finding.value_min is not None and panel.picture.kind == "bars":
                    assert "Why a range: " in panel.picture.description and ". It is not a margin of error." in panel.picture.description and ".." not in panel.picture.description, finding.id
                    assert "It is not a margin of error." in json.dumps([part["lines"] for group in chart.whole.rows for run in group["runs"] for part in run["parts"]]), finding.id


def test_the_description_of_several_pictures_names_each(all_charts: dict[str, Chart]) -> None:
    boston = all_charts["place-boston-ma"].description
    assert boston.startswith("Boston: homicides of young people. 37 for every 100 before, 63% lower. Boston: homicide trend beside that of other large cities. Inconclusive: too few homicides. In words: no number.")
    assert all_charts["place-sacramento-ca"].description == "82 for every 100 before, in a model, 18% lower."


def test_a_file_says_of_each_finding_what_its_page_says(kb: KnowledgeBase, all_charts: dict[str, Chart]) -> None:
    """Headline, chance, ratings that conflict, what weighs against it: nobody sees a page beside a file."""
    assert qualified(result(kb, "readi-primary")) == "May be chance." and qualified(result(kb, "gdt-detroit")) == "", "its headline says it"
    assert qualified(result(kb, "chicago-vrs-overall-shooting-23")) == "Rated “No Effects” by CrimeSolutions, “Effective” by CEBCP Evidence-Based Policing Matrix."
    assert qualified(result(kb, "stockton-peacekeeper-gun-homicide-42")) == "Rated “Promising” by CrimeSolutions (2021), “Effective” by CrimeSolutions (2011), “Effective” by CEBCP Evidence-Based Policing Matrix."
    assert "“No evidence of effect” by CEBCP Evidence-Based Policing Matrix (the Flint site, graded rigorous)" in qualified(result(kb, "dmi-seven-site-replication-2017"))
    assert "The comparison itself: The rest of the city did not clearly change." in json.dumps(all_charts["place-nashville-tn"].whole.rows)
    assert qualified(result(kb, "boston-ceasefire-notified-27")).startswith("Stated; we have not found the study. ")
    for chart in all_charts.values():
        for part in (part for group in chart.whole.rows for run in group["runs"] for part in run["parts"] if chart.columns[0] == "id"):
            said = " ".join(part["lines"])
            assert all(words in said for words in ("Weighs against it: ", "Outcome: ", "Who: ", "Window: ", "Compared with: ")), chart.id
    assert "23% less shooting. Rated “No Effects” by CrimeSolutions" in json.dumps(all_charts["place-chicago-il"].whole.rows, ensure_ascii=False)


def test_the_strip_counts_what_the_ratings_say(kb: KnowledgeBase, all_charts: dict[str, Chart]) -> None:
    strip = all_charts["clearinghouse-ratings"]
    ratings = [item.rating for item in result(kb, "crimesolutions-ratings").ratings]
    assert {label: sum(row["rating"] == label for row in strip.panels[0].picture.rows) for label in strip.panels[0].picture.options["order"]} == {
        f"{rating}: {ratings.count(rating)}": ratings.count(rating) for rating in ("Effective", "Promising", "No Effects", "Not found")
    } == {"Effective: 4": 4, "Promising: 6": 6, "No Effects: 3": 3, "Not found: 2": 2}
    assert [row[1] for row in strip.rows] == ratings
    assert "Kansas City" in strip.description


def test_the_nine_figures_are_all_there(all_charts: dict[str, Chart]) -> None:
    nine = all_charts["home-page-figures"]
    assert sorted(finding.home_page_order for panel in nine.panels for finding in panel.results) == list(range(1, 10))
    assert [group.label for group in nine.groups] == list(dict.fromkeys(group.label for group in nine.groups))
    assert sum(panel.picture.kind == "words" and bool(panel.picture.options) for panel in nine.panels) == 3, "three claims, in a frame of their own color and in words"


def test_figures_of_one_study_stand_in_one_bracket_with_words(all_charts: dict[str, Chart]) -> None:
    """In the page, in the file and in the text for readers who do not see it."""
    joined = 0
    for chart in all_charts.values():
        panel_of = {finding: panel for panel in chart.panels for finding in panel.results}
        runs = [(joins, panels) for group in chart.groups for joins, panels in group.runs]
        for study in {finding.study for finding in panel_of if finding.study}:
            figures = [finding for finding in panel_of if finding.study == study]
            if len({id(panel_of[finding]) for finding in figures}) < 2:
                continue
            joined += 1
            joins, panels = next((joins, panels) for joins, panels in runs if any(join.study.id == study for join in joins))
            assert {id(panel_of[finding]) for finding in figures} <= set(map(id, panels)), (chart.id, study)
            words = next(join.words for join in joins if join.study.id == study)
            assert words.startswith(f"One study, {len(figures)} figures, not independent of one another: ") and all(f"“{finding.headline}”" in words for finding in figures)
            assert words in chart.description and words[:60] in DRAW(chart.whole).specification.replace("\\", ""), (chart.id, study)
            assert "A bracket joins figures of one study." in chart.sentence, chart.id
    assert joined > 20
    nine = [(joins, panels) for group in all_charts["home-page-figures"].groups for joins, panels in group.runs if joins]
    assert [[finding.id for panel in panels for finding in panel.results] for _, panels in nine] == [["chicago-vrs-overall-shooting-23", "chicago-vrs-victimization-32"]]
    assert [panel.measures for _, panels in nine for panel in panels] == ["", "Being hurt again or shot"], "a figure that stands where its study does says what it measures"


def test_no_clear_effect_stands_at_the_size_of_the_others(kb: KnowledgeBase, all_charts: dict[str, Chart]) -> None:
    chart = all_charts["no-clear-mixed-or-faded-effect"]
    shown = {finding.id for panel in chart.panels for finding in panel.results}
    for finding in kb.of("results"):
        if finding.kind.id == "evaluation" and finding.direction.id in ("mixed", "faded", "no-clear-effect", "inconclusive"):
            assert finding.id in shown
    sizes = {panel.picture.kind: ElementTree.fromstring(DRAW(panel.picture).svg).get("height") for panel in chart.panels if len(panel.results) == 1 and len(panel.picture.rows) <= 2 and "notes" not in panel.picture.options}
    assert len(set(sizes.values())) == 1 and set(sizes) == {"bars", "words"}


def test_both_arms_are_drawn_where_they_are_known(kb: KnowledgeBase, all_charts: dict[str, Chart]) -> None:
    arms = {panel.results[0].id: [row["value"] for row in panel.picture.rows] for panel in all_charts["comparison-arms"].panels}
    assert arms["glasgow-cirv-offending"] == [100, 16, 60]
    assert arms["milwaukee-homicide-review"] == pytest.approx([100, 48, 90.8])
    assert not has_both_arms(result(kb, "nashville-dmi-drug-offenses-55")), "its comparison is known in words only"


def test_findings_with_an_arm_of_their_own_share_no_axis(kb: KnowledgeBase) -> None:
    """Or the arm would be lost."""
    glasgow = changed(result(kb, "glasgow-cirv-offending"), "outcome_detail", "one")
    pair = [glasgow, replace(changed(glasgow, "value", 50), id="later")]
    assert comparable(*pair)
    assert [[row["value"] for row in panel.picture.rows] for group in grouped(kb, pair) for panel in group.panels] == [[100, 16, 60], [100, 50, 60]]


def test_a_finding_is_drawn_where_the_reader_meets_it(kb: KnowledgeBase) -> None:
    gallery = Gallery(kb, DRAW)
    glasgow, oakland, claim = (result(kb, id_) for id_ in ("glasgow-cirv-offending", "oakland-murders-126-to-74", "boston-ceasefire-notified-27"))
    assert "comparison" in gallery.picture(glasgow, own=True)
    assert "Began 2012" in gallery.picture(oakland) and gallery.picture(oakland, own=True) == "", "its own page has the counts in full"
    assert gallery.picture(claim) == ""
    few, many = [glasgow, claim], [finding for finding in kb.of("results") if is_drawn(finding)]
    groups, rest = gallery.more(few)
    assert [panel.results for group in groups for panel in group.panels] == [(glasgow,)] and rest == (claim,)
    assert gallery.more(many) == ((), tuple(many)), "a page that would become heavy names them, and leads to the chart"
    ratings = result(kb, "crimesolutions-ratings")
    [group], rest = gallery.more([*many, ratings])
    assert [(panel.picture.kind, panel.results) for panel in group.panels] == [("strip", (ratings,))] and rest == tuple(many), "whether effects were shown is drawn even there"
    assert [group.label for group in gallery.more([glasgow, ratings])[0]] == ["Rating", "Other"]


def test_a_series_that_begins_at_its_highest_year_says_so(kb: KnowledgeBase, all_charts: dict[str, Chart]) -> None:
    """New Haven 2011, Oakland 2012, Newburgh 2015 are the worst years of theirs; a chart that began there would flatter."""
    warning = "The first year here, {}, is the highest: a fall looks larger from there"
    high = {chart.sources[0].id for id_, chart in all_charts.items() if id_.startswith("counts-") and "is the highest" in chart.sentence}
    assert high == {finding.id for finding in kb.of("results") if finding.series and finding.series[0].value == max(item.value for item in finding.series)} & {id_.removeprefix("counts-") for id_ in all_charts}
    assert warning.format(2013) in all_charts["counts-detroit-homicides-305-to-267"].sentence
    assert warning.format(2011) in all_charts["counts-oakland-nonfatal-557-to-277"].sentence
    assert "is the highest" not in all_charts["counts-new-haven-homicides-34-to-7"].sentence
    small = next(panel for panel in all_charts["place-detroit-mi"].panels if panel.picture.kind == "years")
    assert warning.format(2013) in about_counts(small), "small pictures say it too"


def test_captions_say_what_the_marks_are_from_when_and_who_published(kb: KnowledgeBase, all_charts: dict[str, Chart]) -> None:
    newburgh = all_charts["counts-newburgh-shooting-victims-55-to-17"].sentence
    assert "The dashed line marks the start of the program (2015). A hollow mark is a part of a year. A count does not show the cause. Sources: " in newburgh
    assert "A gap is a year that we have not found." in all_charts["counts-new-haven-homicides-34-to-7"].sentence and "A gap" not in newburgh
    assert "When the program began is not known." in all_charts["counts-pittsburgh-nonfatal-fullyear-140-to-114"].sentence
    for chart in all_charts.values():
        assert re.search(r"\b(19|20)\d\d\b|The dates of the evidence are not known", chart.sentence) and re.search(r"Sources?: |names its sources|with its sources", chart.sentence), chart.id
        used = {row[-1] for row in chart.rows} if chart.id == "population-sizes" else set()
        assert ("A hollow square" in chart.sentence) == ("Our judgment" in used), "a mark that does not occur is not explained"


def test_counts_show_every_year_the_start_and_parts_as_parts(kb: KnowledgeBase, all_charts: dict[str, Chart]) -> None:
    drawn = {id_: chart for id_, chart in all_charts.items() if id_.startswith("counts-")}
    assert len(drawn) == 9
    for chart in drawn.values():
        finding = chart.sources[0]
        rows = chart.panels[0].picture.rows
        assert [(row["year"], row["value"], row["part"]) for row in rows] == [(item.year, item.value, item.complete is False) for item in finding.series]
        assert max(row["year"] for row in rows) == finding.series[-1].year
        assert bool(finding.program_start) == ("start" in chart.panels[0].picture.options), chart.id
        assert sum(not row["part"] for row in rows) >= 3
        assert [row[0] for row in chart.rows] == [item.year for item in finding.series]
    assert "counts-pittsburgh-nonfatal-ytd-31-to-14" not in all_charts and "counts-high-point-ipv-homicide-17-to-1" not in all_charts, "two counts make a sentence"
    pittsburgh = json.loads(DRAW(next(panel.picture for panel in all_charts["place-pittsburgh-pa"].panels if panel.picture.kind == "years")).specification)
    spoken = {row["year"]: row["shown"] for rows in pittsburgh["datasets"].values() if "shown" in rows[0] for row in rows if row["shown"]}
    assert spoken == {2015: "174", 2016: "188", 2019: "109", 2021: "162", 2024: "81"}, "a part of a year does not pass for the lowest, nor hide the newest whole year"
    newburgh = all_charts["counts-newburgh-shooting-victims-55-to-17"]
    line = next(rows for rows in json.loads(DRAW(newburgh.whole).specification)["datasets"].values() if set(rows[0]) == {"year", "value"})
    assert {row["year"]: row["value"] for row in line}[2019] is None, "the line does not run to a part of a year"


def test_heat_tables_agree_with_the_content(kb: KnowledgeBase, all_charts: dict[str, Chart]) -> None:
    cells = {(action, level): count for action, level, count in all_charts["evidence-by-action"].rows}
    action = kb.find("actions", "engage-key-people")
    strong = [entry for entry in kb.of("strategies") if entry.evidence_level.id == "strong" and any(item.action == action.id for item in entry.actions)]
    name = next(row for row, _ in cells if row.startswith(f"{action.number}."))
    assert cells[name, next(level for _, level in cells if level.startswith("Strong"))] == len(strong)
    for panel in all_charts["help-availability"].panels:
        assert sum(row["count"] for row in panel.picture.rows) == len(kb.of("resources"))
    assert len(all_charts["population-sizes"].rows) == len(all_charts["population-sizes"].panels[0].picture.rows)


def test_a_long_list_has_its_heads_at_both_ends(kb: KnowledgeBase, all_charts: dict[str, Chart]) -> None:
    for picture in all_charts["population-sizes"].panels[0].pictures:
        said = " ".join(element.text or "" for element in ElementTree.fromstring(DRAW(picture).svg).iter() if element.tag in (f"{SVG}text", f"{SVG}tspan"))
        assert said.replace(" ", "").count("Under51,000people") == 2, picture.width


def test_words_fit_in_their_frame_in_a_wide_font_too(kb: KnowledgeBase) -> None:
    """Public Sans is optional: with 32 letters to a line, words in DejaVu Sans ran over the frame. More than 2 lines have no room."""
    for finding in kb.of("results"):
        if why_not_drawn(finding):
            assert len(lines := textwrap.wrap(finding.headline, FRAMED)) <= 2 and max(map(len, lines)) <= 28, finding.id


def test_the_csv_holds_what_the_table_holds(all_charts: dict[str, Chart]) -> None:
    for chart in all_charts.values():
        rows = list(csv.reader(io.StringIO(as_csv(chart).removeprefix("\ufeff"))))
        assert tuple(rows[0]) == chart.columns
        assert rows[1:] == [[plain(value) for value in row] for row in chart.rows]
        table = pandas.read_csv(io.StringIO(as_csv(chart).removeprefix("\ufeff")))
        assert (table.shape, tuple(table.columns)) == ((len(chart.rows), len(chart.columns)), chart.columns), chart.id


# ---- pictures --------------------------------------------------------------------------------------------------------

def test_a_picture_is_an_image_with_a_name_in_the_colors_of_the_page(all_charts: dict[str, Chart]) -> None:
    for chart in all_charts.values():
        for picture in (*(picture for panel in chart.panels for picture in panel.pictures), chart.whole):
            svg = DRAW(picture).svg
            root = ElementTree.fromstring(svg)
            assert ElementTree.fromstring(DRAW(picture).alone).tag == f"{SVG}svg", chart.id
            assert root.get("role") == "img" and root.findtext(f"{SVG}title") == picture.title and root.findtext(f"{SVG}desc") == picture.description, chart.id
            colors = set(re.findall(r'(?:fill|stroke)="([^"]+)"', svg)) - {"none"}
            assert colors <= {f"var(--kb-{name})" for name in LIGHT}, (chart.id, colors)
            assert "style=" not in svg and " id=" not in svg and "\n" not in svg, chart.id
            assert picture.width == "wide" or picture.kind == "whole" or float(root.get("width")) <= 288, (chart.id, root.get("width"))
            assert picture.kind == "whole" or float(root.get("width")) <= 832, (chart.id, root.get("width"))


def test_the_file_brings_its_colors(all_charts: dict[str, Chart]) -> None:
    drawn = DRAW(all_charts["comparison-arms"].whole)
    assert f"--kb-found:{LIGHT['found']}" in drawn.alone and f"--kb-found:{DARK['found']}" in drawn.alone
    assert "var(" not in drawn.specification, "other tools know no custom properties"
    for chart in all_charts.values():   # title and caption go with the picture wherever it goes
        heading = json.loads(DRAW(chart.whole).specification)["title"]
        assert " ".join(heading["text"]) == chart.title and " ".join(heading["subtitle"]).startswith(chart.sentence), chart.id
        assert not chart.panels[0].full or not chart.panels[0].results or "Compared with: " in " ".join(heading["subtitle"]), chart.id
    ElementTree.fromstring(drawn.alone)


def test_the_colors_are_those_of_the_style_sheet_and_marks_have_contrast() -> None:
    css = (ROOT / "docs/assets/css/tokens.css").read_text("utf-8")
    light, dark = css.split("prefers-color-scheme: dark", 1)[0], css.split("prefers-color-scheme: dark", 1)[1]
    for colors, block in ((LIGHT, light), (DARK, dark)):
        for name, value in colors.items():
            assert re.search(rf"--kb-{name}: {value};", block), (name, value)
        for mark in ("found", "weigh", "claim", "edge", "ink", "ink-2"):
            assert contrast(colors[mark], colors["paper"]) >= 3, mark


def contrast(one: str, other: str) -> float:
    def light(color: str) -> float:
        parts = [int(color[at:at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (part / 12.92 if part <= .04045 else ((part + .055) / 1.055) ** 2.4 for part in parts)
        return .2126 * red + .7152 * green + .0722 * blue
    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + .05) / (low + .05)


def test_the_runtime_matches_the_renderer() -> None:
    import vl_convert
    script = (ROOT / "docs/assets/js/vendor/vega.min.js").read_text("utf-8")
    assert f'version="{vl_convert.get_vega_version()}"' in script or f'="{vl_convert.get_vega_version()}"' in script
    assert (ROOT / "docs/assets/js/vendor/vega.LICENSE.txt").exists()


def test_the_theme_names_no_color_of_its_own() -> None:
    assert not re.search(r"#[0-9a-f]{3}", json.dumps(config()))


# ---- the cache -------------------------------------------------------------------------------------------------------

def test_a_second_build_renders_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[Picture] = []
    monkeypatch.setattr(adapter, "draw", lambda picture: drawn.append(picture) or Drawing("<svg/>", "{}", "{}"))
    picture = Picture("words", ({"text": "x", "why": "y"},), "Title", "Words")
    first, second = (adapter.drawer(tmp_path)(picture) for _ in range(2))
    assert first == second and len(drawn) == 1
    next(tmp_path.glob("*.json")).write_text("cut off", "utf-8")
    assert adapter.drawer(tmp_path)(picture) == first and len(drawn) == 2, "a broken file is drawn again"


def test_the_key_follows_data_and_code(monkeypatch: pytest.MonkeyPatch) -> None:
    from kb.charts import rendering
    picture = Picture("words", ({"text": "x", "why": "y"},), "Title", "Words")
    keys = {key(picture), key(picture.wide()), key(Picture("words", ({"text": "z", "why": "y"},), "Title", "Words")), key(Picture("words", ({"text": "x", "why": "y"},), "Other", "Words"))}
    assert len(keys) == 4 and key(picture) in keys
    monkeypatch.setattr(rendering, "_made_by", lambda: "another version of the renderer")
    assert key(picture) not in keys


WARM = """
import sys; sys.path.insert(0, "scripts")
import project
from kb import generate
kb = project.sound()
made = list(generate(kb, project.site(), project.drawer()))
print(sorted({"pandas", "altair", "vl_convert"} & set(sys.modules)))
"""


def test_a_warm_build_imports_neither_pandas_nor_altair(all_charts: dict[str, Chart], kb: KnowledgeBase) -> None:
    gallery = Gallery(kb, DRAW)
    list(gallery.files())   # fills the cache
    subprocess.run([sys.executable, "-c", WARM], cwd=ROOT, check=True, capture_output=True)   # and what pages show
    started = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", WARM], cwd=ROOT, check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "[]"
    assert time.perf_counter() - started < 30


# ---- content in, chart out -------------------------------------------------------------------------------------------

def test_a_new_finding_changes_chart_table_and_csv(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "content", tmp_path / "content")
    (tmp_path / "docs").mkdir()
    source = tmp_path / "content/results/indianapolis-ivrp-homicide-34.yml"
    text = re.sub(r"^title: .*\n(  .*\n)*", "title: A new finding\n", source.read_text("utf-8"), count=1, flags=re.M)
    text = re.sub(r"^value: 34$", "value: 21", text, flags=re.M)
    before = {chart.id: chart for chart in charts(load(tmp_path))}["strategy-focused-deterrence-programs"]
    (tmp_path / "content/results/a-new-finding.yml").write_text(re.sub(r"^aliases:\n(  - .*\n)+", "", text, flags=re.M), "utf-8")
    after = {chart.id: chart for chart in charts(load(tmp_path))}["strategy-focused-deterrence-programs"]
    assert len(after.rows) == len(before.rows) + 1
    assert "a-new-finding," in as_csv(after) and "a-new-finding," not in as_csv(before)
    together = next(panel for panel in after.panels if "a-new-finding" in {finding.id for finding in panel.results})
    assert {finding.id for finding in together.results} == {"a-new-finding", "indianapolis-ivrp-homicide-34", "new-orleans-gvrs-homicide-17"}, "it joins the set that it can be compared with"
    assert 79 in [row["value"] for row in together.picture.rows]
    assert len({row["label"] for row in together.picture.rows}) == 4, "two findings of one city are two bars"
    assert key(before.whole) != key(after.whole)


def test_a_year_more_changes_the_counts(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "content", tmp_path / "content")
    (tmp_path / "docs").mkdir()
    path = tmp_path / "content/results/chattanooga-gang-shooting-victims.yml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("series:\n", "series:\n  - year: 2014\n    value: 61\n    source: times-free-press-2019\n", 1), "utf-8")
    chart = {chart.id: chart for chart in charts(load(tmp_path))}["counts-chattanooga-gang-shooting-victims"]
    assert chart.rows[0] == (2014, 61, "whole year") and chart.panels[0].picture.rows[0]["year"] == 2014


def test_an_empty_knowledge_base_has_no_charts(project) -> None:
    found = [chart.id for chart in charts(load(project()))]
    assert not [id_ for id_ in found if id_.startswith(("strategy-", "place-", "counts-"))]
