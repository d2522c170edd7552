"""Strategies, findings, places and news: what the sources list, and what must stand beside a figure."""

import html
import re
from datetime import date

import pytest
import yaml
from drawing import DRAW
from paths import ROOT

from kb import Entry, KnowledgeBase, Site, generate
from kb.links import findings, grouped, related, same_study, uses
from kb.render import environment
from kb.select import select
from kb.web.pages import Pages

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


LINES = ("911", "988")
"""Telephone numbers of help."""


def sourced(kb: KnowledgeBase, entry: Entry) -> set[str]:
    """The numbers that an entry may use, percentages as such: of the findings on it, of entries that it links to, and of
    what names a source."""
    shown = [result for results in findings(kb, entry) for result in results] if entry.type.name == "strategies" else []
    linked = [kb.find(*address) for address in re.findall(r"\]\(/([a-z]+)/([a-z0-9-]+)/", text(entry)) if address[0] in kb.types]
    named = [" ".join(str(part) for name, part in value.items() if name != "url") for _, value, _ in entry.parts if isinstance(value, dict) and (value.get("source") or value.get("supports"))]
    bounds = [f"{bound}" for term in kb.vocabularies["population"].terms.values() for bound in (term.low, term.high and term.high - term.high % 1000) if bound]
    values = [f"{number:g}%" for found in shown for number in (found.value, found.value_min, found.value_max, found.comparison_value and found.comparison_value.value) if number]
    return {*LINES, *bounds, *values, *figures(" ".join([*named, *map(text, (*shown, *linked))]))} | {f"{number:g}" for found in shown for number in numbers(found)}


def figures(words: str) -> list[str]:
    """The numbers in a text, “23%” apart from “23”; a range has its sign at both ends."""
    words = re.sub(r"\b(\d{1,3}(?:\.\d+)?)( to | and |-)(\d[\d.]*)(?:%| percent)", r"\1%\2\3%", words.replace(",", ""))
    return [f"{float(number):g}{'%' if sign else ''}" for number, sign in re.findall(r"(?<![\w.-])(\d+(?:\.\d+)?)(%| percent)?", words)]


def test_every_figure_in_the_prose_of_a_page_comes_from_a_finding_or_names_a_source(kb: KnowledgeBase) -> None:
    """All but years and numbers up to 12, which may count what the page itself lists."""
    lost = []
    for entry in (*kb.of("strategies"), *kb.of("actions"), *kb.of("guides")):
        known = sourced(kb, entry)
        for path, value, _ in entry.parts:
            if isinstance(value, str) and " " in value and path[0] not in ("sources", "list_completeness_note"):
                lost += [(entry.id, path, number) for number in figures(value) if number not in known and (number.endswith("%") or (float(number) > 12 and not 1900 < float(number) < 2100))]
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


# Every place, strategy, outlet, title, figure and period of the developer's home page of about April 2018, under the page
# that must say it. The names of officials and writers are left out on purpose, and so is a ranking of cities.
HOME_PAGE = {
    "organizations/nnsc": [
        "First do no harm", "Strengthen communities’ capacity to prevent violence", "Enhance legitimacy", "Offer help to those who want it", "Get deterrence right",
        "Use enforcement strategically", "Mission", "As few arrests and as little imprisonment as possible", "Stronger communities", "Better relations between police",
    ],
    "news/news-ussc-podcast-2018": ["Violent Crime in the United States: Focus, Prevention and Legitimacy", "April 2018", "The United States Studies Centre", "March for Our Lives", "NNSC International"],
    "news/news-ulster-ipvi-2018": [
        "Ulster County launches first-in-NY effort to reduce domestic violence by intimate partners", "April 10, 2018", "Daily Freeman", "Kingston", "11 women", "City Hall", "Intimate partner violence intervention",
    ],
    "news/news-usatoday-ipv-2018": [
        "Domestic abusers: Dangerous for women — and lethal for cops", "April 9, 2018", "USA TODAY", "High Point", "2004 to 2008", "one-third", "2009", "6 years", "1 homicide by a partner from 2012", "17 from 2004 to 2011",
        "20%, as did arrests", "victims who were injured", "2012 to 2014", "Intimate partner violence intervention",
    ],
    "news/news-nyt-2018": [
        "Taking Aim at Gun Violence, With Personal Deterrence", "April 3, 2018", "The New York Times", "12-year low in homicides in 2017", "50-year low in the homicide rate in 2017", "2 police precincts in 2015", "Newburgh", "page 1202",
        "55 shooting victims in 2015 and 17 in 2017", "126 murders in 2012 and 74 in 2017", "557 nonfatal shootings in 2012 and 277 in 2017", "Detroit, Michigan", "Newburgh, New York", "Oakland, California", "Pittsburgh, Pennsylvania",
        "Focused deterrence programs", "Custom notifications", "Support and outreach", "Ceasefire",
    ],
    "news/news-pittsburgh-2018": [
        "Pittsburgh gun violence drops to 12-year low; mayor credits police anti-gang efforts", "March 2018", "Pittsburgh Post-Gazette", "14 nonfatal shootings in 2018", "31 in the same weeks of 2017", "55%",
        "Group Violence Intervention", "National Initiative for Building Community Trust and Justice", "Support and outreach",
    ],
    "news/news-rutland-dmi-2018": ["Case Study: Using DMI to Combat Covert Opioid Markets", "March 2018", "Police Chief Magazine", "Rutland, Vermont", "opioid", "Drug market intervention"],
    "results/chicago-vrs-overall-shooting-23": ["Chicago", "23%", "call-in"], "results/chicago-vrs-victimization-32": ["Chicago", "32%", "call-in"],
    "results/boston-ceasefire-notified-27": ["Boston", "27%", "notified"], "results/boston-ceasefire-crackdown-36-4": ["Boston", "36.4%", "crackdowns"],
    "results/cincinnati-cirv-gmi-homicide-41": ["Cincinnati", "41%"], "results/high-point-dmi-drug-offenses-44-56": ["High Point", "44% to 56%", "4 neighborhoods"],
    "results/new-orleans-gvrs-gmi-homicide-32": ["New Orleans", "32%"], "results/nashville-dmi-drug-offenses-55": ["Nashville", "55%"],
    "results/lowell-psn-gun-assaults-44": ["Lowell", "44%", "Project Safe Neighborhoods"],
}


def test_everything_on_the_developers_home_page_can_be_found_where_it_belongs(kb: KnowledgeBase) -> None:
    site = Site("A site", "https://site.example/", "", "main", date(2026, 11, 21))
    pages = {made.path: made.content for made in generate(kb, site, DRAW)}
    lost = [(address, phrases[2]) for address, phrases in HOME_PAGE.items() if address.startswith("news/") and kb.find(*address.split("/")).outlet not in phrases]
    for address, phrases in HOME_PAGE.items():
        body = html.unescape(re.sub(r"<[^>]+>|\]\([^)]*\)", "", pages[f"{address}.md"].split("\n---\n", 1)[1]))
        body = re.sub(r"[\s\\]+", " ", body).lower().replace("’", "'")
        lost += [(address, phrase) for phrase in phrases if phrase.replace("’", "'").lower() not in body]
    assert lost == []


def test_the_news_is_corrected_where_it_was_wrong(kb: KnowledgeBase) -> None:
    corrections = " ".join(entry.correction or "" for entry in kb.of("news"))
    assert len(kb.of("news")) == 8
    assert re.search(r"Pittsburgh.*shootings", corrections, re.S) and re.search(r"Detroit.*(count|number)", corrections, re.S)


def test_a_resource_leads_to_the_organization_that_names_it(kb: KnowledgeBase) -> None:
    env = environment(kb, Site("A site", "https://site.example/", "", "main", date(2026, 11, 21)))
    page = Pages(env, None).entry(kb.find("resources", "perf-crime-reduction-tta"))
    assert "More on [Police Executive Research Forum](../organizations/perf.md)" in page.content
