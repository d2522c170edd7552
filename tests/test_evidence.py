"""Strategies, findings, places and news: what the sources list, and what must stand beside a figure."""

import re
from datetime import date

import pytest
import yaml
from drawing import DRAW
from paths import ROOT

from kb import Entry, KnowledgeBase, Site, generate
from kb.links import findings, grouped, related, same_study, uses
from kb.select import select

# The two listings of CityGRIP, in its order, under its names.
LISTED_51K_200K = [
    "Intimate Partner Violence Intervention", "Submit Crime Gun Ballistics", "Street Outreach", "Extreme Risk Law Implementation",
    "Hospital-Based Violence Intervention Programs", "Mayor’s Office of Gun Violence Prevention", "Focused Deterrence Programs",
    "Family Justice Centers", "Track Gun Violence", "Trace Every Crime Gun",
]
LISTED_LAW_ENFORCEMENT = [
    "Submit Crime Gun Ballistics", "Mayor’s Office of Gun Violence Prevention", "Track Gun Violence", "Trace Every Crime Gun", "Early Intervention Systems",
    "Crime Gun Intelligence Centers", "NICS Denials Investigations", "Multi-Discipline Homicide & Shooting Incident Reviews", "Open Data and Transparency",
]
NINE = [
    ("chicago-vrs-overall-shooting-23", 23, "confirmed"), ("boston-ceasefire-notified-27", 27, "not-confirmed"), ("cincinnati-cirv-gmi-homicide-41", 41, "probable"),
    ("boston-ceasefire-crackdown-36-4", 36.4, "not-confirmed"), ("high-point-dmi-drug-offenses-44-56", (44, 56), "not-confirmed"),
    ("new-orleans-gvrs-gmi-homicide-32", 32, "confirmed"), ("chicago-vrs-victimization-32", 32, "confirmed"), ("nashville-dmi-drug-offenses-55", 55, "confirmed"),
    ("lowell-psn-gun-assaults-44", 44, "probable"),
]
NUMBER = re.compile(r"\d+(?:\.\d+)?")
PERCENT = re.compile(r"(\d+(?:\.\d+)?)(?:%| percent)")


def plain(name: str) -> str:
    return name.lower().replace("’", "'").replace("&", "and")


def called(entry: Entry, name: str) -> bool:
    return plain(name) in {plain(own) for own in (entry.title, *entry.names)}


def text(entry: Entry) -> str:
    """All prose of an entry; the titles of its sources and every id left out, since ids have numbers of their own."""
    return " ".join(
        value for path, value, schema in entry.parts
        if isinstance(value, str) and path[0] not in ("sources", "aliases") and path[-1] != "source" and "x-entry" not in schema
    )


def numbers(entry: Entry) -> set[float]:
    """Every number that an entry holds."""
    held = {float(value) for _, value, _ in entry.parts if isinstance(value, (int, float)) and not isinstance(value, bool)}
    return held | {float(number) for number in NUMBER.findall(text(entry).replace(",", ""))}


@pytest.mark.parametrize(("vocabulary", "term", "names"), [("population", "51k-200k", LISTED_51K_200K), ("violence-type", "law-enforcement-shooting", LISTED_LAW_ENFORCEMENT)])
def test_both_listings_of_citygrip_can_be_made_from_the_data(vocabulary: str, term: str, names: list[str], kb: KnowledgeBase) -> None:
    found = select(kb.of("strategies"), {vocabulary: [term]})
    groups = {group.id: group.entries for group in grouped(kb, vocabulary, kb.vocabularies[vocabulary].terms[term], found)}
    assert len(groups["listed"]) == len(names)
    for entry, name in zip(groups["listed"], names, strict=True):
        assert called(entry, name), (entry.id, name)


def test_every_id_that_the_project_began_with_leads_somewhere(kb: KnowledgeBase) -> None:
    """tests/first_ids.yml: an id is an entry or an alias of its type, unless it says what became of it."""
    counts = {}
    for type_, ids in yaml.safe_load((ROOT / "tests" / "first_ids.yml").read_text("utf-8")).items():
        counts[type_] = len(ids)
        for id_, fate in ids.items():
            if fate is None:
                assert id_ in kb.ids[type_], f"{type_}: {id_}"
            else:
                assert id_ not in kb.ids[type_] and len(fate["why"]) > 10, f"{type_}: {id_}"
                assert "now" not in fate or fate["now"] in kb.ids[type_], f"{type_}: {id_}"
    assert counts == {"actions": 10, "resources": 77, "strategies": 52, "results": 158, "news": 8, "places": 54}


WAYS = {"decrease": "less", "increase": "more", "no-clear-effect": "none", "inconclusive": "unclear"}


def test_every_figure_that_the_project_began_with_still_stands(kb: KnowledgeBase) -> None:
    """tests/first_figures.yml: in its finding or the study of it, with the direction that it had."""
    first = yaml.safe_load((ROOT / "tests" / "first_figures.yml").read_text("utf-8"))
    lost, turned = {}, {}
    for id_, then in first.items():
        now = kb.find("results", id_)
        held = numbers(now) | (numbers(kb.find("studies", now.study)) if now.study else set())
        if missing := set(map(float, then.get("figures", ()))) - held:
            lost[id_] = missing
        if then.get("way", now.direction.id) not in (now.direction.id, WAYS.get(now.direction.id)):
            turned[id_] = now.direction.id
    assert (len(first), lost, turned) == (158, {}, {})


def test_findings_that_are_one_stand_once_and_look_alikes_apart(kb: KnowledgeBase) -> None:
    assert len(kb.of("results")) == 58 + 100 - 16 + 1, "58 and 100 findings, 16 of them in both, one found later"
    apart = [
        ("psn-chicago-forums", "chicago-psn-homicide-37"), ("ceasefire-chicago-controlled", "chicago-vrs-overall-shooting-23"), ("safe-streets-homicides", "baltimore-gvrs-western-25"),
        ("kansas-city-gun-experiment", "kansas-city-nova-faded"), ("gdt-detroit", "detroit-ceasefire-evaluation-2018"), ("denver-cgic-output", "denver-cgic-gun-violence"),
        ("boston-ceasefire-i-youth-homicide-63", "boston-ceasefire-ii-total-shootings-31"), ("stockton-peacekeeper-gun-homicide-42", "stockton-ceasefire-2018-2022"),
        ("high-point-dmi-violence", "high-point-ipv-homicide-17-to-1"), ("philadelphia-gvi-groups-38-6", "philadelphia-focused-deterrence-mixed"), ("campbell-review-2019", "fd-meta-update-all"),
    ]
    for one, other in apart:
        assert kb.find("results", one) is not kb.find("results", other)


def test_the_nine_figures_stand_in_their_order_with_their_verdict(kb: KnowledgeBase) -> None:
    nine = sorted((entry for entry in kb.of("results") if entry.home_page_order), key=lambda entry: entry.home_page_order)
    assert [entry.id for entry in nine] == [id_ for id_, _, _ in NINE]
    for entry, (_, value, match) in zip(nine, NINE, strict=True):
        assert (entry.value if entry.value is not None else (entry.value_min, entry.value_max)) == value
        assert entry.study_match.id == match
        assert entry.collection.id == "nnsc-home-page"
        assert bool(entry.study) == (match != "not-confirmed"), entry.id
    assert {rating.rating for rating in nine[0].ratings} >= {"No Effects", "Effective"}


def test_figures_of_one_study_are_never_shown_alone(kb: KnowledgeBase) -> None:
    chicago = kb.find("results", "chicago-vrs-overall-shooting-23")
    assert [entry.id for entry in same_study(kb, chicago)] == ["chicago-vrs-victimization-32"]
    for strategy in kb.of("strategies"):
        shown, others = findings(kb, strategy)
        assert not set(shown) & set(others)
        for result in shown:
            missing = [sister.id for sister in same_study(kb, result) if strategy.id in (sister.strategies or ()) and sister not in shown]
            assert not missing, (strategy.id, result.id, missing)


def test_every_finding_stands_beside_what_weighs_against_it(kb: KnowledgeBase) -> None:
    for entry in kb.of("results"):
        assert len(entry.headline.split()) <= 9 and len(entry.against.headline.split()) <= 9, entry.id
        assert entry.outcome and entry.population and entry.window and entry.comparison, entry.id
        assert entry.against.source or entry.against.standing.id == "editorial", entry.id


def test_no_clear_effect_is_never_a_number(kb: KnowledgeBase) -> None:
    for id_ in ("dc-cgic-violence", "readi-primary", "gun-buybacks-null", "gdt-chicago-null", "gdt-kansas-city"):
        entry = kb.find("results", id_)
        assert entry.direction.id == "no-clear-effect" and entry.value is None, id_
    assert not [entry.id for entry in kb.of("results") if entry.value == 0]


def test_signs_are_words_not_minuses(kb: KnowledgeBase) -> None:
    for entry in kb.of("results"):
        assert entry.value is None or entry.value > 0, entry.id
        assert entry.metric.id != "percent-change" or entry.value is None or entry.direction.id in ("decrease", "increase", "mixed", "faded", "inconclusive"), entry.id


def test_every_percentage_of_a_strategy_comes_from_a_finding_or_names_a_source(kb: KnowledgeBase) -> None:
    lost = []
    for strategy in kb.of("strategies"):
        shown, others = findings(kb, strategy)
        known = {number for result in (*shown, *others) for number in numbers(result)}
        for linked in re.findall(r"/results/([a-z0-9-]+)/", strategy.evidence_reason):
            known |= numbers(kb.find("results", linked))
        sourced = [str(value) for _, value, _ in strategy.parts if isinstance(value, dict) and value.get("source")]
        known |= {float(number) for value in sourced for number in NUMBER.findall(value.replace(",", ""))}
        lost += [(strategy.id, number) for number in PERCENT.findall(strategy.evidence_reason + strategy.summary) if float(number) not in known]
    assert lost == []


def test_a_percentage_in_a_headline_is_one_that_the_finding_holds(kb: KnowledgeBase) -> None:
    for entry in kb.of("results"):
        body = " ".join(str(value) for name, value in entry.data.items() if name != "headline")
        held = {float(number) for number in NUMBER.findall(body.replace(",", ""))}
        for number in PERCENT.findall(entry.headline):
            assert float(number) in held | {round(value) for value in held}, (entry.id, number)


# The headline gives two shares and the value is their difference, or the words round it.
OTHER_WORDS = {"boston-homicide-clearance", "eis-miami-dade", "kansas-city-gun-experiment", "new-haven-longevity-gmi-monthly", "trc-engagement"}


def test_the_numbers_of_a_finding_are_those_that_its_words_give(kb: KnowledgeBase) -> None:
    other = {}
    for entry in kb.of("results"):
        sides = [side.value for side in (entry.before, entry.after, entry.comparison_value) if side]
        said = {float(number) for number in NUMBER.findall(f"{entry.headline} {entry.summary}".replace(",", ""))}
        if missing := {float(number) for number in (entry.value, entry.value_min, entry.value_max, *sides) if number is not None} - said:
            other[entry.id] = missing
    assert set(other) == OTHER_WORDS, other


def test_where_a_strategy_is_in_use_follows_from_examples_and_findings(kb: KnowledgeBase) -> None:
    fellowships = kb.find("strategies", "violence-reduction-fellowships")
    found = {use.place.id for use in uses(kb, strategy=fellowships)}
    assert {"richmond-ca", "sacramento-ca", "lansing-mi", "rochester-ny"} <= found
    assert "51k-200k" in fellowships.terms("population"), "Richmond and Lansing are of that size"
    assert fellowships.standing("population", "51k-200k") is None, "nobody lists it there: it follows from the places"
    richmond = kb.find("places", "richmond-ca")
    assert fellowships in {use.strategy for use in uses(kb, place=richmond)}


def test_links_are_read_both_ways(kb: KnowledgeBase) -> None:
    for entry in (*kb.of("strategies"), *kb.of("results")):
        for other in related(kb, entry):
            assert entry in related(kb, other), (entry.id, other.id)


def test_places_have_brackets_and_only_cities_have_populations(kb: KnowledgeBase) -> None:
    assert len(kb.of("places")) == 54
    for place in kb.of("places"):
        assert place.level.id == "city" and place.population and place.size.low <= place.population, place.id
    assert kb.find("places", "lowell-ma").size.id == "51k-200k"


def test_the_organizations_say_who_they_are(kb: KnowledgeBase) -> None:
    nnsc = kb.find("organizations", "nnsc")
    assert [item.name.replace("’", "'") for item in nnsc.principles] == [
        "First do no harm", "Strengthen communities' capacity to prevent violence", "Enhance legitimacy",
        "Offer help to those who want it", "Get deterrence right", "Use enforcement strategically",
    ]
    assert [item.standing.id for item in nnsc.principles] == ["seen"] * 3 + ["editorial"] * 3
    assert nnsc.mission and nnsc.at_stake
    assert "crimereductionTTA@policeforum.org" in kb.find("organizations", "perf").how_to_ask
    offices = {office for entry in kb.of("resources") for office in entry.terms("office")}
    assert offices <= {entry.office.id for entry in kb.of("organizations") if entry.office}


# Every place, strategy, outlet, title, figure and period of the developer's home page of about April 2018.
# The names of officials and writers are left out on purpose.
HOME_PAGE = [
    "The United States Studies Centre", "Violent Crime in the United States: Focus, Prevention and Legitimacy", "Daily Freeman",
    "Ulster County launches first-in-NY effort to reduce domestic violence by intimate partners", "USA TODAY", "Domestic abusers: Dangerous for women — and lethal for cops",
    "New York Times", "Taking Aim at Gun Violence, With Personal Deterrence", "Pittsburgh Post-Gazette", "Pittsburgh gun violence drops to 12-year low",
    "Police Chief", "Case Study: Using DMI to Combat Covert Opioid Markets", "Kingston", "High Point", "Detroit", "Newburgh", "Oakland", "Pittsburgh", "Rutland",
    "Group Violence Intervention", "Custom notifications", "Support and outreach", "Drug market intervention", "Intimate partner violence intervention",
    "National Initiative for Building Community Trust and Justice", "2004 to 2011", "2012 to 2014", "2004 to 2008", "126", "557", "277", "12-year low", "50-year low",
    "from 55", "36.4%", "44% to 56%", "41%", "27%", "Boston", "Chicago", "Cincinnati", "New Orleans", "Nashville", "Lowell", "Project Safe Neighborhoods",
]


def test_everything_on_the_developers_home_page_can_be_found(kb: KnowledgeBase) -> None:
    site = Site("A site", "https://site.example/", "", "main", date(2026, 11, 21))
    whole = " ".join(made.content for made in generate(kb, site, DRAW) if isinstance(made.content, str)).replace("’", "'").lower()
    whole = re.sub(r"&#(\d+);", lambda match: chr(int(match.group(1))), re.sub(r"\s+", " ", whole))
    assert [phrase for phrase in HOME_PAGE if phrase.replace("’", "'").lower() not in whole] == []


def test_the_news_is_corrected_where_it_was_wrong(kb: KnowledgeBase) -> None:
    corrections = " ".join(entry.correction or "" for entry in kb.of("news"))
    assert len(kb.of("news")) == 8
    assert re.search(r"Pittsburgh.*shootings", corrections, re.S) and re.search(r"Detroit.*(count|number)", corrections, re.S)
