"""The list of addresses: pages, redirects, short links."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from drawing import DRAW

from kb import KnowledgeBase, Site, generate, load
from kb.addresses import ANCHORS, Addresses, Redirect, acronyms, address_of
from kb.charts import charts
from kb.handwritten import anchors
from kb.web.redirects import netlify, nginx, stub

SITE = Site("Site", "https://example.org/below/", "", "main", date(2026, 11, 22))


@pytest.fixture(scope="module")
def addresses(kb: KnowledgeBase) -> Addresses:
    return Addresses(kb, tuple(chart.id for chart in charts(kb)))


@pytest.fixture(scope="module")
def made(kb: KnowledgeBase) -> dict[str, str]:
    """The generated files of the real content."""
    return {made.path: made.content for made in generate(kb, SITE, DRAW)}


def test_the_list_of_pages_is_what_the_site_consists_of(kb: KnowledgeBase, addresses: Addresses, made: dict[str, str]) -> None:
    assert {address_of(path) for path in made if path.endswith(".md")} | set(kb.pages) == set(addresses.pages)


@pytest.mark.parametrize(("name", "leads_to"), [
    ("psn", "/resources/project-safe-neighborhoods/"), ("gvi", "/strategies/focused-deterrence-programs/"),
    ("action-2", "/actions/identify-key-people-and-places/"), ("small-city", "/guides/small-city-starting-from-nothing/"),
    ("cvipi", "/resources/cvipi/"), ("ovp", "/glossary/office-of-violence-prevention/"), ("cops", "/organizations/cops/"), ("hvip", "/strategies/hospital-based-violence-intervention-programs/"),
])
def test_a_short_link_leads_to_what_a_name_means_first_of_all(addresses: Addresses, name: str, leads_to: str) -> None:
    assert {one.address: one.target for one in addresses.redirects}[f"/go/{name}/"] == leads_to


def test_a_name_of_two_things_has_a_page_instead(addresses: Addresses) -> None:
    assert {entry.id for entry in addresses.ambiguous["nttac"]} == {"bja-nttac", "ojjdp-nttac"}
    assert "/go/nttac/" in addresses.pages and "/go/nttac/" not in {one.address for one in addresses.redirects}


def test_every_alias_and_acronym_leads_somewhere_and_nothing_leads_to_a_redirect(kb: KnowledgeBase, addresses: Addresses) -> None:
    for entry in kb.entries:
        assert {f"/{entry.type.name}/{alias}/" for alias in entry.aliases} | {f"/go/{alias}/" for alias in entry.aliases} <= addresses.all
    assert {f"/go/action-{number}/" for number in range(1, 11)} <= addresses.all
    assert len(addresses.redirects) > 200 and all(one.target in addresses.pages for one in addresses.redirects)
    assert len({one.address for one in addresses.redirects}) == len(addresses.redirects)


def test_the_best_short_address_is_an_acronym_then_a_short_alias_then_its_own(kb: KnowledgeBase, addresses: Addresses) -> None:
    assert addresses.short(kb.find("resources", "project-safe-neighborhoods")) == "/go/psn/"
    assert addresses.short(kb.find("actions", "engage-key-people")) == "/go/action-4/"
    assert addresses.short(kb.find("strategies", "focused-deterrence-programs")) == "/go/gvi/"
    assert addresses.short(kb.find("strategies", "crime-gun-intelligence-centers")) == "/strategies/crime-gun-intelligence-centers/", "CGIC means two things"
    assert addresses.short(kb.find("results", "boston-ceasefire-crackdown-36-4")) == "/results/boston-ceasefire-crackdown-36-4/", "a former id of the same length is no short link"


def test_the_chart_of_a_former_id_leads_to_its_chart(addresses: Addresses) -> None:
    assert {one.address: one.target for one in addresses.redirects}["/charts/strategy-gvi/"] == "/charts/strategy-focused-deterrence-programs/"


def test_the_files_of_a_chart_keep_their_former_address(made: dict[str, str]) -> None:
    for form in ("csv", "svg", "json"):
        assert made[f"charts/strategy-gvi.{form}"] == made[f"charts/strategy-focused-deterrence-programs.{form}"]


def test_words_of_two_capital_letters_are_acronyms(project: Callable[..., Path]) -> None:
    root = project()
    guide = root / "content/resources/a-guide.yml"
    guide.write_text(guide.read_text("utf-8") + "acronym: COPS Office\nalso_called: [AB, ReCAST, C2C, Abc, A Bc, NTTACNTTAC]\n", "utf-8")
    assert acronyms(load(root).find("resources", "a-guide")) == ("COPS Office", "AB", "ReCAST", "C2C")


def test_headings_of_hand_written_pages_are_anchors() -> None:
    text = '# What we *know*\n\n```sh\n# no heading\n```\n\n## The [guide](x.md), 2nd\n\n## Old words {#kept}\n\n## What we know\n\n<div id="own"></div>\n'
    assert list(anchors(text)) == ["what-we-know", "the-guide-2nd", "kept", "what-we-know_1", "own"]


def test_an_anchor_is_fixed_by_the_nearest_pattern(addresses: Addresses) -> None:
    assert addresses.anchors("/resources/") == ANCHORS["/resources/"]
    assert addresses.anchors("/resources/cvipi/") == ANCHORS["/resources/*/"]
    assert addresses.anchors("/guides/51k-200k/youth/") == ANCHORS["/guides/*/*/"]
    assert addresses.anchors("/population/51k-200k/")[-3:] == ("guides", "others", "about")
    assert addresses.anchors("/population/") == ()
    assert {"cvipi", "cvi"} <= set(addresses.anchors("/glossary/"))


def test_every_redirect_is_a_page_for_any_host_and_a_line_for_better_ones(addresses: Addresses, made: dict[str, str]) -> None:
    lines = made["_redirects"].splitlines()
    assert len(lines) == len(addresses.redirects) and "/below/go/psn/ /below/resources/project-safe-neighborhoods/ 301" in lines
    assert all(len(line) < 1000 for line in lines) and len(lines) < 2000, "the limits of Cloudflare Pages"
    assert "/below/go/psn/ /below/resources/project-safe-neighborhoods/;" in made["redirects.nginx.map"].splitlines()
    for one in addresses.redirects:
        page = made[f"{one.address.strip('/')}/index.html"]
        assert f'<link rel="canonical" href="https://example.org/below{one.target}">' in page and '<meta name="robots" content="noindex">' in page


def test_a_redirect_escapes_what_it_says_and_leads_below_any_path() -> None:
    one = Redirect("/go/a/", "/resources/b/", 'Tom & "Jerry" <x>', "content/resources/b.yml")
    page = stub(one, "https://example.org/")
    assert "<title>Tom &amp; &quot;Jerry&quot; &lt;x&gt; (moved from /go/a/)</title>" in page
    assert 'location.replace("../../resources/b/"+location.search+location.hash)' in page
    assert '<noscript><meta http-equiv="refresh" content="0; url=../../resources/b/"></noscript>' in page
    assert netlify([one], "https://example.org/") == "/go/a/ /resources/b/ 301\n"
    assert nginx([one], "https://example.org/").endswith("\n/go/a/ /resources/b/;\n")


def test_a_guide_and_its_data_keep_their_former_address(made: dict[str, str]) -> None:
    assert made["guides/small-city/index.json"] == made["guides/small-city-starting-from-nothing/index.json"]


def test_the_page_of_all_short_links_has_every_name(addresses: Addresses, made: dict[str, str]) -> None:
    page = made["go/index.md"]
    assert all(f"<code>/go/{name}/</code>" in page for name in addresses.names)
    assert "(nttac.md)" in page and "bja-nttac.md" in made["go/nttac.md"] and "ojjdp-nttac.md" in made["go/nttac.md"]
