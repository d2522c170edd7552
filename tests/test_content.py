"""The real content: what the Roadmap's pages list, and promises that no schema can hold."""

import re
from datetime import date
from urllib.parse import urlsplit

from drawing import DRAW
from paths import ROOT

from kb import KnowledgeBase, Site, check, generate
from kb.entries import references

TITLES = [
    "Set a clear goal: commit to saving lives by stopping violence",
    "Identify the key people and places driving the violence",
    "Create a citywide plan for engaging key people and places",
    "Engage key people with empathy and accountability",
    "Address key locations using place-based policing and investment",
    "Place responsibility for violence reduction efforts at the top",
    "Emphasize healing with trauma-informed approaches",
    "Invest in anti-violence workforce development",
    "Set aside funding for new stakeholders and strategies",
    "Commit to continuous improvement based on data, evidence, and peer-to-peer learning",
]

# The list of the Roadmap's page on action 2, in its groups, names and order. The checklist stands on a second copy only.
ACTION_2 = {
    "key": [
        "Community Based Violence Intervention and Prevention Initiative",
        "Community Violence Intervention Implementation Checklist",
        "Bureau of Justice Assistance National Training and Technical Assistance Center",
        "Project Safe Neighborhoods",
        "National Public Safety Partnership",
        "Local Law Enforcement Crime Gun Intelligence Center Integration Initiative",
    ],
    "training-and-technical-assistance": [
        "OJJDP National Training and Technical Assistance Center",
        "OJJDP National Gang Center",
        "Smart Policing Initiative",
        "Rural Violent Crime Reduction Initiative",
    ],
    "guides-reports-and-webinars": [
        "Bringing a Folding Chair: Planning for Community Violence Intervention and Prevention",
        "Meaningful Strategic Planning that Produces Results",
        "The Prosecutors' Guide for Reducing Violence and Building Safer Communities",
        "Project Safe Neighborhoods Webinar on Building and Enhancing PSN Partnerships and Strategies",
        "PSN Blueprint for Success",
        "Violent Crime Reduction Operations Guide",
        "Policing the Connected World: Using Social Network Analysis in Police-Community Partnerships",
        "Identifying Hot Spots of Juvenile Offending: A Guide for Crime Analysts",
        "Managing the Group Violence Intervention: Using Shooting Scorecards to Track Group Violence",
    ],
}

MIRRORS = re.compile(r"docslib|scribd|fdocuments|cupdf|vdocument|readkong|slideshare|slideplayer|zbook|amazonaws|azurewebsites|booksci|pfad|read-me\.org|cloudfront|paperexplained|knowt\.com", re.I)


def names(entry) -> set[str]:
    return {re.sub(r"^the ", "", name.lower().replace("’", "'")) for name in (entry.title, *entry.names)}


def test_the_content_has_no_problems(kb: KnowledgeBase) -> None:
    assert check(kb) == ()


def test_the_ten_actions_stand_in_order_under_their_titles(kb: KnowledgeBase) -> None:
    actions = kb.of("actions")
    assert [action.number for action in actions] == list(range(1, 11))
    assert [action.title for action in actions] == TITLES
    assert [f"action-{action.number}" in action.aliases for action in actions] == [True] * 10


def test_action_2_lists_what_its_page_lists(kb: KnowledgeBase) -> None:
    action = kb.find("actions", "action-2")
    groups: dict[str, list] = {}
    for item in action.resources:
        groups.setdefault(item.group.id, []).append(kb.find("resources", item.resource))
        assert item.standing.id == "seen"
    assert list(groups) == list(ACTION_2)
    for group, expected in ACTION_2.items():
        assert len(groups[group]) == len(expected)
        for entry, name in zip(groups[group], expected, strict=True):
            assert re.sub(r"^the ", "", name.lower()) in names(entry), (entry.id, name)
    checklist = next(item for item in action.resources if item.resource == "cvi-implementation-checklist")
    assert "copies" in checklist.note


def test_what_action_2_names_inside_its_texts_is_kept(kb: KnowledgeBase) -> None:
    action = kb.find("actions", "action-2")
    named = {(link.entry.id, link.item.inside) for link in kb.links_to(action) if link.field == "mentioned_on"}
    assert named == {
        ("violence-reduction-response-center", "bja-nttac"), ("perf-crime-reduction-tta", "bja-nttac"),
        ("psn-gun-violence-resource-hub", "project-safe-neighborhoods"), ("psp-clearinghouse", "national-public-safety-partnership"),
        ("psp-virtual-academy", "national-public-safety-partnership"), ("nibin", "cgic-integration-initiative"), ("etrace", "cgic-integration-initiative"),
    }


def test_actions_that_share_a_list_share_it(kb: KnowledgeBase) -> None:
    lists = {action.number: [(item.resource, item.group.id) for item in action.resources or ()] for action in kb.of("actions")}
    assert lists[1] == lists[2] == lists[3]
    assert lists[4] == lists[5] == [("cvipi", "key"), ("bja-nttac", "key")]
    assert [len(lists[number]) for number in range(6, 11)] == [1, 0, 3, 0, 4]


def test_an_action_whose_page_was_not_seen_says_so(kb: KnowledgeBase) -> None:
    site = Site("A site", "https://site.example/", "", "main", date(2026, 11, 21))
    made = {file.path: file.content for file in generate(kb, site, DRAW)}
    for action in kb.of("actions"):
        seen = action.list_completeness.id in ("one-copy-in-full", "appears-complete", "opening-only")
        assert seen == bool(action.roadmap_page), action.id
        assert seen != ("We have not seen the Roadmap’s own page for this action." in made[action.page]), action.id
        assert seen == any(item.standing.id == "seen" for item in action.resources or ()), action.id


def test_every_resource_of_the_dossier_is_there(kb: KnowledgeBase) -> None:
    ids = {entry.id for entry in kb.of("resources")}
    placed = {item.resource for action in kb.of("actions") for item in action.resources or ()}
    mentioned = {entry.id for entry in kb.of("resources") if entry.mentioned_on}
    suggested = {entry.id for entry in kb.of("resources") if entry.suggested_actions}
    assert (len(ids), len(placed), len(mentioned)) == (74, 23, 7)
    assert placed | mentioned | suggested == ids
    assert not ids & {"cops-pop-guide-cpted", "cops-pop-guide-street-lighting", "bcji-program-record"}


def test_every_action_says_how_to_ask_for_help(kb: KnowledgeBase) -> None:
    perf = kb.find("resources", "perf-crime-reduction-tta")
    assert perf.contact.email == "crimereductionTTA@policeforum.org"
    assert perf.url == "https://www.policeforum.org/CrimeReductionTTA"
    assert {action.help_from for action in kb.of("actions")} == {perf.id}
    assert all(re.match(r"(Do|Have|Does|Has|Is|Are) ", action.question) and action.question.endswith("?") for action in kb.of("actions"))


def test_whoever_relies_on_a_resource_sees_its_state_and_where_else_to_turn(kb: KnowledgeBase) -> None:
    for entry in kb.of("resources"):
        assert entry.availability_notes[0].source, entry.id
        if entry.availability.id not in ("available", "not-checked"):
            assert entry.instead, entry.id
            assert re.search(r"\b20\d\d\b|\bundated\b", entry.availability_notes[0].text), entry.id
    states = {entry.id: entry.availability.id for entry in kb.of("resources")}
    assert states["rural-violent-crime-reduction-initiative"] == states["valor-initiative"] == "reported-ended"
    assert states["cvipi"] == "changed"
    assert states["project-safe-neighborhoods"] == states["perf-crime-reduction-tta"] == "check-first"
    assert "available" not in states.values(), "nobody opened a live page for this edition"


def test_the_two_centers_with_one_acronym_are_kept_apart(kb: KnowledgeBase) -> None:
    bja, ojjdp = kb.find("resources", "bja-nttac"), kb.find("resources", "ojjdp-nttac")
    assert (bja.acronym, ojjdp.acronym) == ("BJA NTTAC", "OJJDP NTTAC")
    assert [office.id for office in bja.offices + ojjdp.offices] == ["bja", "ojjdp"]
    for entry, other in ((bja, "OJJDP"), (ojjdp, "BJA")):
        text = " ".join(str(value) for _, value, _ in entry.parts if isinstance(value, str))
        assert "NTTAC" in text and (other in text or {"OJJDP": "Juvenile", "BJA": "Bureau of Justice Assistance"}[other] in text)


def test_the_ballistics_network_is_atfs(kb: KnowledgeBase) -> None:
    assert [office.id for office in kb.find("resources", "nibin").offices] == ["atf"]


def test_no_page_links_to_a_document_mirror(kb: KnowledgeBase) -> None:
    for entry in kb.entries:
        for path, value, schema in entry.parts:
            if schema.get("format") == "web-address":
                assert not MIRRORS.search(urlsplit(value).netloc), (entry.id, path, value)


def test_one_document_has_one_title_everywhere(kb: KnowledgeBase) -> None:
    titles: dict[str, set[str]] = {}
    for entry in kb.entries:
        for source in entry.sources or ():
            if source.url and not source.seed:   # a stored copy of a home page holds several items
                titles.setdefault(source.url.removesuffix("/"), set()).add(source.title)
    assert {url: sorted(found) for url, found in titles.items() if len(found) > 1} == {}


def test_related_entries_are_never_the_entry_itself(kb: KnowledgeBase) -> None:
    for entry in kb.entries:
        assert all((type_, id_) != (entry.type.name, entry.id) for _, id_, type_ in references(entry)), entry.id


def test_public_text_has_none_of_our_workshop_words(kb: KnowledgeBase) -> None:
    for entry in kb.entries:
        for path, value, schema in entry.parts:
            if isinstance(value, str) and schema.get("format") not in ("web-address",) and path[-1] not in ("seed", "id", "source"):
                assert not re.search(r"\b(dossier|seed file|facet|ITT)\b", value), (entry.id, path)


def test_every_entry_opens_with_the_modeline_of_its_schema() -> None:
    for path in sorted((ROOT / "content").glob("*/*.yml")):
        first = path.read_text("utf-8").split("\n")[0]
        assert first == f"# yaml-language-server: $schema=../schemas/{path.parent.name}.schema.json", path.name
