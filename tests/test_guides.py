"""Guides: which strategies, in which order, with which evidence; from small knowledge bases made here, then from the real one."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from kb import KnowledgeBase, load
from kb.findings import contrary, strongest
from kb.guides import guide, matches, nearest, pairs, words
from kb.guides.words import counted, has_bars, takes, why
from kb.links import IN_USE, same_study
from kb.select import select

SIZED, GROUP = {"population": ["51k-200k"]}, {"violence-type": ["group-or-gang"]}
Make = Callable[[dict[str, dict[str, Any]]], KnowledgeBase]


@pytest.fixture
def make(project: Callable[..., Path]) -> Make:
    """A knowledge base of entries given as {"strategies/a": fields}."""

    def build(entries: dict[str, dict[str, Any]]) -> KnowledgeBase:
        root = project()
        for name, fields in entries.items():
            path = root / "content" / f"{name}.yml"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(yaml.safe_dump({"title": name, **fields}), "utf-8")
        return load(root)

    return build


def strategy(level: str = "strong", size: str = "", kind: str = "group-or-gang", **more: Any) -> dict[str, Any]:
    sizes = {"populations": [{"term": "51k-200k", "standing": size}]} if size else {}
    actions = [{"action": "first-action", "weight": "main", "standing": "editorial"}]
    return {"evidence_level": level, "violence_types": [{"term": kind, "standing": "editorial"}], "actions": actions, "sources": [], **sizes, **more}


def result(*about: str, **more: Any) -> dict[str, Any]:
    source = {"id": "a", "title": "A study", "publisher": "Somebody", "url": "https://a.example/", "supports": "All"}
    fields = {"kind": "evaluation", "role": "impact", "control": "comparison-group", "study_match": "confirmed", "direction": "decrease", "outcome_family": "homicide"}
    return {"strategies": list(about or ["a"]), **fields, "period_end": "2015", "sources": [source], "against": {"headline": "x", "text": "y", "source": "a"}, **more}


def ids(items: Any) -> list[str]:
    return [item.strategy.id for item in items]


def test_groups_stand_apart_in_order_and_inside_them_evidence_comes_first(make: Make) -> None:
    kb = make({
        "places/small": {"size": "51k-200k"},
        "strategies/listed-mixed": strategy("mixed", "listed", display_weight=1),
        "strategies/listed-strong": strategy("strong", "listed", display_weight=9),
        "strategies/listed-first": strategy("mixed", "listed", display_weight=0),
        "strategies/used": strategy("strong", examples=[{"place": "small", "text": "x", "kind": "use"}]),
        "strategies/warned-of": strategy("strong", examples=[{"place": "small", "text": "x", "kind": "warning"}]),
        "strategies/judged": strategy("strong", "editorial"),
        "strategies/other-kind": strategy("strong", "listed", kind="suicide"),
    })
    made = guide(kb, SIZED | GROUP)
    assert [(group.id, ids(group.items)) for group in made.groups] == [
        ("listed", ["listed-strong", "listed-first", "listed-mixed"]), (IN_USE, ["used"]), ("editorial", ["judged"]),
    ]
    assert ids(made.beyond) == ["warned-of"], "it fits but for the size"
    assert [use.place.id for use in made.groups[1].items[0].uses] == ["small"]
    assert [(action.id, count) for action, count in made.start] == [("first-action", 5)]


def test_what_a_source_lists_for_one_size_comes_before_what_is_in_use_in_another(make: Make) -> None:
    listed = strategy("mixed", populations=[{"term": "over-500k", "standing": "listed"}], examples=[{"place": "small", "text": "x", "kind": "use"}])
    kb = make({"places/small": {"size": "51k-200k"}, "strategies/a": listed})
    assert [group.id for group in guide(kb, {"population": ["51k-200k", "over-500k"]}).groups] == ["listed"]
    assert [group.id for group in guide(kb, SIZED).groups] == [IN_USE]


def test_what_showed_no_effect_is_never_silently_missing(make: Make) -> None:
    kb = make({
        "strategies/fine": strategy("strong", "listed"), "strategies/tried": strategy("no-effect-found", "listed"),
        "strategies/tried-elsewhere": strategy("no-effect-found"), "strategies/tried-on-all": strategy("no-effect-found", kind="community-gun-violence"),
    })
    assert ids(guide(kb, SIZED | GROUP).wanting) == ["tried", "tried-elsewhere", "tried-on-all"]
    assert ids(guide(kb, SIZED | GROUP).found) == ["fine"]
    assert ids(guide(kb, SIZED).wanting) == ["tried", "tried-on-all"] and not guide(kb, SIZED).beyond
    assert ids(guide(kb, GROUP).wanting) == ["tried", "tried-elsewhere", "tried-on-all"]


@pytest.mark.parametrize("kind", ["law-enforcement-shooting", "unintentional-shooting", "suicide"])
def test_what_fits_shootings_in_general_is_not_said_to_fit_these(kind: str, make: Make) -> None:
    kb = make({"strategies/general": strategy("no-effect-found", kind="community-gun-violence"), "strategies/also": strategy("strong", kind="community-gun-violence"), "strategies/own": strategy(kind=kind)})
    assert ids(guide(kb, {"violence-type": [kind]}).shown) == ["own"]


@pytest.mark.parametrize(("better", "worse"), [
    ({}, {"control": "comparison-group-unconfirmed", "period_end": "2020"}),
    ({"control": "comparison-group-unconfirmed", "study_match": "not-confirmed"}, {"control": "time-series-only"}),
    ({"control": "time-series-only"}, {"control": "none", "kind": "reported-count", "study_match": "confirmed"}),
    ({"study_match": "probable"}, {"study_match": "not-confirmed", "period_end": "2020"}),
    ({"study_match": "not-confirmed"}, {"kind": "claim", "control": "comparison-group"}),
    ({"period_end": "2016"}, {"period_end": "2015-12-31"}),
    ({"period_end": "2015-12"}, {"period_end": "2015"}),
    ({"kind": "review", "control": "not-applicable", "period_end": None}, {}),
    ({}, {"kind": "review", "role": "claim", "control": "not-applicable"}),
    ({"direction": "no-clear-effect", "period_end": "2016"}, {"direction": "decrease", "value": 90}),
])
def test_the_strongest_finding_follows_the_written_rule(better: dict[str, Any], worse: dict[str, Any], make: Make) -> None:
    kb = make({"strategies/a": strategy(), "results/z-better": result(**better), "results/a-worse": result(**worse)})
    assert strongest(kb, kb.find("strategies", "a")).id == "z-better"


def test_a_tie_is_broken_by_the_strategy_and_none_is_none(make: Make) -> None:
    kb = make({"strategies/a": strategy(key_results=["z"]), "strategies/b": strategy(), "results/z": result(), "results/y": result()})
    assert strongest(kb, kb.find("strategies", "a")).id == "z"
    assert strongest(kb, kb.find("strategies", "b")) is None


def test_a_finding_on_the_strategy_comes_before_one_that_it_shares(make: Make) -> None:
    kb = make({"strategies/a": strategy(), "strategies/b": strategy(), "results/shared": result("b", "a", kind="review"), "results/own": result("a", control="none", kind="reported-count")})
    assert strongest(kb, kb.find("strategies", "a")).id == "own" and strongest(kb, kb.find("strategies", "b")).id == "shared"
    assert {item.strategy.id: item.shared for item in guide(kb, GROUP).found} == {"a": None, "b": None}


def test_a_shared_finding_says_what_it_is_first_of_all_about(make: Make) -> None:
    kb = make({"strategies/a": strategy(), "strategies/b": strategy(), "results/shared": result("b", "a")})
    assert {item.strategy.id: item.shared and item.shared.id for item in guide(kb, GROUP).found} == {"a": "b", "b": None}


def test_what_contradicts_comes_from_the_same_study_first(make: Make) -> None:
    kb = make({
        "strategies/a": strategy(key_results=["good"]), "studies/s": {}, "results/good": result(study="s", period_end="2018"), "results/newer-null": result(direction="no-clear-effect", period_end="2017"),
        "results/sister": result(study="s", direction="increase", role="adverse"), "results/take-up": result(study="s", direction="increase", outcome_family="service"),
        "results/agreeing": result(study="s", period_end="2017"), "results/claimed": result(direction="increase", kind="claim", role="claim"),
    })
    good = kb.find("results", "good")
    assert strongest(kb, kb.find("strategies", "a")) is good
    assert contrary(kb, kb.find("strategies", "a"), good).id == "sister"


def test_a_figure_stands_beside_the_others_of_its_study(make: Make) -> None:
    kb = make({
        "strategies/a": strategy(), "strategies/b": strategy(), "studies/s": {}, "results/first": result(study="s", headline="40% fewer", period_end="2018"), "results/sister": result(study="s", headline="10% fewer", title="All of them"),
        "results/bad": result(study="s", direction="increase", role="adverse"), "results/elsewhere": result("b", study="s"), "results/other": result(),
    })
    item = next(item for item in guide(kb, GROUP).found if item.strategy.id == "a")
    assert (item.finding.id, item.contrary.id, [sister.id for sister in item.sisters]) == ("first", "bad", ["sister"])
    assert words.same_study(item) == "In the same study: 10% fewer (All of them)."


def test_in_no_guide_a_finding_stands_without_the_others_of_its_study(kb: KnowledgeBase) -> None:
    for made in (guide(kb, {"violence-type": [kind]}) for kind in kb.vocabularies["violence-type"].terms):
        for item in (*made.shown, *made.wanting):
            about = {sister for sister in same_study(kb, item.finding) if item.strategy.id in sister.strategies} if item.finding else set()
            assert about == {*item.sisters, item.contrary} & about


@pytest.mark.parametrize("other", [{"kind": "reported-count"}, {"role": "claim"}, {"role": "context"}, {"outcome_family": "service"}, {"direction": "not-applicable"}, {"direction": "decrease"}])
def test_only_a_study_of_violence_in_another_direction_contradicts(other: dict[str, Any], make: Make) -> None:
    kb = make({"strategies/a": strategy(key_results=["good"]), "results/good": result(period_end="2020"), "results/other": result(**{"direction": "increase", **other})})
    assert contrary(kb, kb.find("strategies", "a"), kb.find("results", "good")) is None


def test_a_guide_counts_what_it_holds_in_sentences(make: Make) -> None:
    kb = make({
        "places/small": {"size": "51k-200k"}, "strategies/a": strategy("strong", "listed"), "strategies/b": strategy("mixed", examples=[{"place": "small", "text": "x", "kind": "use"}]),
        "strategies/c": strategy("emerging"), "strategies/d": strategy("no-effect-found"), "strategies/e": strategy("promising", kind="suicide"),
    })
    assert counted(guide(kb, SIZED | GROUP)) == (
        "2 strategies fit: 1 listed for places of this size and 1 in use in places of this size. One of them has strong evidence. "
        "1 more may fit, with no place of this size on record. 1 was tried and found wanting."
    )
    assert counted(guide(kb, {"violence-type": ["suicide"]})) == "1 strategy fits. Its level of evidence is “promising”."
    assert counted(guide(kb, SIZED | {"violence-type": ["suicide"]})) == "No strategy is listed for this, and none is on record in a place of this size."


def test_a_guide_says_why_each_group_stands_there(make: Make) -> None:
    both = {"violence_types": [{"term": "group-or-gang", "standing": "listed"}]}
    kb = make({"strategies/a": strategy("strong", "listed"), "strategies/b": strategy("mixed", "listed", **both), "strategies/c": strategy(kind="suicide")})
    made = guide(kb, SIZED | GROUP)
    assert why(made, made.groups[0]) == "CityGRIP lists these for places of this size. It also lists 1 of them for this kind of violence; that the others fit is our reading. In the order of the evidence."
    made = guide(kb, {"violence-type": ["suicide"]})
    assert why(made, made.groups[0]) == "That it fits this kind of violence is our reading."


def test_what_a_strategy_takes_begins_with_the_kind_of_need(make: Make) -> None:
    needs = [{"kind": "staff", "text": "A coordinator"}, {"kind": "money", "text": "Not much."}, {"kind": "staff", "text": "An analyst"}]
    assert takes(make({"strategies/a": strategy(needs=needs)}).find("strategies", "a")) == "Staff: A coordinator. An analyst. Money: Not much."


def test_a_filter_without_a_match_has_near_ones(make: Make) -> None:
    kb = make({"strategies/a": strategy(size="listed"), "strategies/b": strategy(kind="suicide", populations=[{"term": "over-500k", "standing": "editorial"}])})
    asked = {"population": ["under-51k"], "violence-type": ["group-or-gang"]}
    assert not guide(kb, asked).found and ids(guide(kb, asked).beyond) == ["a"]
    assert nearest(kb, asked) == (({"population": ("51k-200k",), "violence-type": ["group-or-gang"]}, 1), ({"violence-type": ["group-or-gang"]}, 1))
    assert nearest(kb, {"lead": ["police"]}) == ()


def test_several_terms_widen_and_several_facets_narrow(make: Make) -> None:
    kb = make({"strategies/a": strategy(leads=["police"]), "strategies/b": strategy(kind="suicide", leads=["court"])})
    assert len(matches(kb, {"violence-type": ["group-or-gang", "suicide"]})) == 2
    assert [entry.id for entry in matches(kb, {"violence-type": ["group-or-gang", "suicide"], "lead": ["court"]})] == ["b"]
    assert len(matches(kb, {"action": ["first-action"]})) == 2


def test_a_guide_for_actions_holds_the_strategies_that_serve_one_of_them(make: Make) -> None:
    other = [{"action": "second-action", "weight": "main", "standing": "editorial"}]
    kb = make({"actions/second-action": {"number": 2}, "strategies/a": strategy(), "strategies/b": strategy(actions=other)})
    asked = (("second-action",), ("first-action", "second-action"), ())
    assert [[entry.id for entry in matches(kb, {"action": list(ids)})] for ids in asked] == [["b"], ["a", "b"], ["a", "b"]]


def test_near_filters_come_by_the_distance_of_their_size(make: Make) -> None:
    sizes = {"populations": [{"term": size, "standing": "editorial"} for size in ("under-51k", "201k-500k", "over-500k")]}
    kb = make({"strategies/a": strategy(**sizes)})
    assert [other["population"] for other, _ in nearest(kb, {"population": ["51k-200k"], "violence-type": ["group-or-gang"]}) if "population" in other] == [("under-51k",), ("201k-500k",), ("over-500k",)]
    assert [other.get("population") for other, _ in nearest(kb, {"population": ["over-500k"], "lead": ["police"]})] == [["over-500k"]], "what finds nothing is not near"
    assert next(iter(nearest(kb, {"population": ["over-500k"], "violence-type": ["group-or-gang"]})))[0]["population"] == ("201k-500k",)


def test_a_guide_starts_where_what_fits_is_served_most_not_where_failures_are(make: Make) -> None:
    main, support = ([{"action": f"{name}-action", "weight": weight, "standing": "editorial"}] for name, weight in (("second", "main"), ("third", "support")))
    numbered = {f"actions/{name}-action": {"number": number} for number, name in ((2, "second"), (3, "third"), (4, "fourth"), (5, "fifth"))}
    both = strategy(actions=[*support, *main, {"action": "fourth-action", "weight": "main", "standing": "editorial"}])
    tried = strategy("no-effect-found", actions=[{"action": "fifth-action", "weight": "main", "standing": "editorial"}])
    kb = make({**numbered, "strategies/a": both, "strategies/b": strategy(actions=main), "strategies/c": strategy(), "strategies/tried": tried, "strategies/tried-too": tried})
    assert [(action.id, count) for action, count in guide(kb, GROUP).start] == [("first-action", 1), ("second-action", 2), ("fourth-action", 1)], "mainly served before supported, in the order of the ten"


def test_where_a_strategy_is_in_use_is_told_of_places_of_the_size(make: Make) -> None:
    examples = [{"place": place, "text": "x", "kind": "use"} for place in ("big", "small")]
    kb = make({"places/big": {"size": "over-500k"}, "places/small": {"size": "51k-200k"}, "strategies/a": strategy(size="listed", examples=examples)})
    uses = {size: [use.place.id for use in guide(kb, {"population": [size]}).found[0].uses] for size in ("51k-200k", "over-500k")}
    assert uses == {"51k-200k": ["small"], "over-500k": ["big"]} and len(guide(kb, GROUP).found[0].uses) == 2


def test_help_that_more_strategies_name_comes_first_and_what_was_retired_is_left_out(make: Make) -> None:
    named = {"a": ("once", "gone", "twice"), "b": ("twice", "gone")}
    strategies = {f"strategies/{id_}": strategy(resources=[{"resource": resource} for resource in resources], actions=[{"action": "old-action", "weight": "main"}, {"action": "first-action", "weight": "support"}]) for id_, resources in named.items()}
    retired = {"retired": {"reason": "x"}}
    kb = make({**strategies, "resources/once": {}, "resources/twice": {}, "resources/gone": retired, "actions/old-action": {"number": 2, **retired}})
    assert [entry.id for entry in guide(kb, GROUP).help] == ["twice", "once"]
    assert [action.id for action, _ in guide(kb, GROUP).start] == ["first-action"]


def test_the_sources_of_a_guide_are_those_of_what_it_states_each_once(make: Make) -> None:
    def source(id_: str) -> dict[str, str]:
        return {"id": id_, "title": id_, "publisher": "Somebody", "url": f"https://{id_}.example/", "supports": "All"}

    def found(name: str, **more: Any) -> dict[str, Any]:
        return result(study="s", sources=[source(name), source("shared")], against={"headline": "x", "text": "y", "source": "shared"}, **more)

    kinds = [{"term": "group-or-gang", "standing": "listed", "source": "kind"}, {"term": "suicide", "standing": "listed", "source": "other"}]
    sizes = [{"term": "51k-200k", "standing": "listed", "source": "size"}]
    listed = strategy(violence_types=kinds, populations=sizes, sources=[source(name) for name in ("unused", "other", "kind", "size")], key_results=["good"], resources=[{"resource": "new"}, {"resource": "changed"}])
    help_ = {id_: {"availability": state, "availability_notes": [{"text": "x", "source": id_}], "sources": [source(id_)]} for id_, state in (("new", "not-checked"), ("changed", "ended"))}
    kb = make({"strategies/a": listed, "studies/s": {}, "results/good": found("good"), "results/bad": found("bad", direction="increase", role="adverse"), **{f"resources/{id_}": fields for id_, fields in help_.items()}})
    made = guide(kb, SIZED | GROUP)
    assert [source.item.title for source in made.sources] == ["size", "kind", "good", "shared", "bad", "changed"]
    assert [source.number for source in made.sources] == [1, 2, 3, 4, 5, 6]
    assert {made.number(kb.find("results", id_), "shared") for id_ in ("good", "bad")} == {4}


def test_what_was_tried_stands_once_though_it_fits_twice(make: Make) -> None:
    kinds = {"violence_types": [{"term": term, "standing": "editorial"} for term in ("group-or-gang", "community-gun-violence")]}
    assert ids(guide(make({"strategies/tried": strategy("no-effect-found", "listed", **kinds)}), SIZED | GROUP).wanting) == ["tried"]


def test_the_guide_for_51k_200k_and_law_enforcement_lists_what_both_listings_name(kb: KnowledgeBase) -> None:
    asked = {"population": ["51k-200k"], "violence-type": ["law-enforcement-shooting"]}
    listed = next(group for group in guide(kb, asked).groups if group.id == "listed")
    both = [s.id for s in kb.of("strategies") if all((standing := s.standing(name, terms[0])) and standing.id == "listed" for name, terms in asked.items())]
    assert sorted(ids(listed.items)) == sorted(both) == ["mayors-office-of-gun-violence-prevention", "submit-crime-gun-ballistics", "trace-every-crime-gun", "track-gun-violence"]
    assert all(item.listed for item in listed.items)


def test_no_guide_omits_a_strategy_that_select_returns_and_none_shows_one_twice(kb: KnowledgeBase) -> None:
    for size, kind, count in pairs(kb):
        where = {"population": [size.id], "violence-type": [kind.id]}
        found, made = select(kb.of("strategies"), where), guide(kb, where)
        assert len(found) == count and set(found) <= {item.strategy for item in made.shown}
        assert len(made.shown) == len({item.strategy for item in made.shown})
        assert bool(made.found or made.wanting or made.beyond) or nearest(kb, where)


def test_a_guide_says_how_to_read_a_bar_where_it_has_one(kb: KnowledgeBase) -> None:
    assert has_bars(guide(kb, {"violence-type": ["group-or-gang"]}))
    assert not has_bars(guide(kb, {"violence-type": ["illegal-gun-supply"]}))


def test_no_finding_stands_in_a_guide_without_what_weighs_against_it(kb: KnowledgeBase) -> None:
    for entry in kb.of("strategies"):
        finding = strongest(kb, entry)
        assert finding is None or (finding.against.text and finding.window and finding.population and finding.comparison)
