"""The built site in a real browser."""

import io
import json
import re
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

import pikepdf
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from visiting import Visit

PAGES = {
    "home": "/", "action": "/actions/identify-key-people-and-places/", "action without a list": "/actions/emphasize-healing/",
    "resource": "/resources/cvipi/", "front": "/resources/", "actions": "/actions/", "facet": "/availability/check-first/",
    "vocabulary": "/office/", "fields": "/contribute/fields/", "method": "/method/", "search": "/search/?q=PSN",
    "strategy": "/strategies/focused-deterrence-programs/", "suicide strategy": "/strategies/extreme-risk-law-implementation/",
    "result": "/results/chicago-vrs-overall-shooting-23/", "count": "/results/newburgh-shooting-victims-55-to-17/", "claim": "/results/boston-ceasefire-notified-27/",
    "study": "/studies/papachristos-kirk-2015/", "place": "/places/oakland-ca/", "organization": "/organizations/nnsc/", "news": "/news/news-nyt-2018/",
    "strategies": "/strategies/", "results": "/results/", "studies": "/studies/", "population": "/population/51k-200k/", "browse": "/browse/",
    "guides": "/guides/", "guide": "/guides/51k-200k/group-or-gang/", "short guide": "/guides/over-500k/community-gun-violence/", "guide without a match": "/guides/under-51k/suicide/",
    "written guide": "/guides/suicide-and-unintentional-shootings/",
    "self-check": "/self-check/#1=n&2=p", "glossary": "/glossary/", "word": "/glossary/focused-deterrence/", "accessibility": "/accessibility/",
    "short links": "/go/", "short form of two": "/go/nttac/",
    "what's new": "/whats-new/", "due for review": "/due-for-review/", "data": "/data/", "compare": "/compare/?strategies=focused-deterrence-programs,street-outreach,gun-buybacks",
}

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], "resultTypes": ["violations"]}
"""The rules of axe that must hold; “wcag22aa” (target size) is off unless asked for."""
COLOR_RULES = {"runOnly": ["color-contrast", "link-in-text-block"], "resultTypes": ["violations"]}
"""Those of them on which light or dark makes a difference."""


def test_home_says_what_this_is_and_leads_on(visit: Visit) -> None:
    page = visit.to("/")
    expect(page.get_by_role("heading", level=1)).to_have_text("What can a place like yours do about shootings?")
    expect(page.locator(".kb-path li")).to_have_count(10)
    expect(page.locator(".kb-path h3")).to_have_text(["Decide together", "Reach people and places", "Make it last"])
    assert page.locator("#find .kb-panel:visible .kb-kinds").bounding_box()["y"] < 600, "both questions stand on the first screen"
    expect(page.get_by_role("contentinfo")).to_contain_text("It is not an official site")
    page.locator(".kb-path").get_by_role("link", name="Identify key people and places").click()
    expect(page).to_have_url(f"{visit.base}/actions/identify-key-people-and-places/")


def test_an_action_shows_question_help_and_resources_with_their_state(visit: Visit) -> None:
    page = visit.to("/actions/identify-key-people-and-places/")
    expect(page.locator("#question ~ .kb-question")).to_contain_text("?")
    help_ = page.locator("section", has=page.locator("#help"))
    expect(help_.get_by_role("link", name="crimereductionTTA@policeforum.org")).to_have_attribute("href", "mailto:crimereductionTTA@policeforum.org")
    expect(help_).to_contain_text("Check first")
    groups = page.locator("section", has=page.locator("#resources")).locator(".kb-group > h3")
    assert groups.all_inner_texts()[:5] == ["Key resources", "Training and technical assistance", "Guides, reports and webinars", "Named inside these", "Also worth a look"]
    ended = page.locator(".kb-rows > li", has_text="Rural Violent Crime Reduction Initiative").first
    expect(ended).to_contain_text("Reported ended")
    expect(ended).to_contain_text("August 18, 2025")
    page.get_by_role("navigation", name="Previous and next action").get_by_role("link").last.click()
    expect(page).to_have_url(f"{visit.base}/actions/create-a-citywide-plan/")


def test_a_resource_says_first_whether_it_is_still_there(visit: Visit) -> None:
    page = visit.to("/resources/rural-violent-crime-reduction-initiative/")
    notice = page.locator(".kb-title .kb-notice")
    expect(notice).to_contain_text("Reported ended")
    assert notice.bounding_box()["y"] < 700, "it must stand on the first screen"
    expect(page.locator("#sorted ~ dl").get_by_role("link", name="Reported ended")).to_have_attribute("href", "../../availability/reported-ended/")
    expect(page.get_by_text("Suggest an edit")).to_be_visible()
    for source in page.locator(".kb-ref a").all():
        assert page.locator(source.get_attribute("href")).count() == 1


def test_what_is_not_known_is_said(visit: Visit) -> None:
    page = visit.to("/resources/bringing-a-folding-chair/")
    expect(page.locator(".kb-facts > div", has_text="Website").locator("dd").first).to_have_text("Not known")


def test_a_front_lists_every_entry(visit: Visit, kb) -> None:
    page = visit.to("/resources/")
    expect(page.locator("tbody tr")).to_have_count(len(kb.of("resources")))
    page.get_by_role("link", name="National Integrated Ballistic Information Network").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("(NIBIN)")


def test_a_facet_page_lists_its_entries_and_the_other_choices(visit: Visit, kb) -> None:
    page = visit.to("/availability/reported-ended/")
    expect(page.locator(".kb-rows > li")).to_have_count(len(kb.by_term["availability"]["reported-ended"]))
    page.get_by_role("link", name="Check first").click()
    expect(page).to_have_url(f"{visit.base}/availability/check-first/")


# What people type, and the page that must come first.
FOUND_FIRST = {
    "resources": {
        "PSN": "project-safe-neighborhoods", "NIBIN": "nibin", "CVIPI": "cvipi", "BJA NTTAC": "bja-nttac", "National Gang Center": "national-gang-center", "grants": "ojp-grants-101",
        "VCROG": "violent-crime-reduction-operations-guide", "Strategies for Policing Innovation": "smart-policing-initiative", "technical assistance": "bja-nttac",
    },
    "strategies": {
        "GVI": "focused-deterrence-programs", "Ceasefire": "focused-deterrence-programs", "Operation Ceasefire": "focused-deterrence-programs", "Group Violence Intervention": "focused-deterrence-programs",
        "focused deterrence": "focused-deterrence-programs", "focused deterrence evidence": "focused-deterrence-programs", "pulling levers": "focused-deterrence-programs",
        "HVIP": "hospital-based-violence-intervention-programs", "hospital": "hospital-based-violence-intervention-programs",
        "red flag law": "extreme-risk-law-implementation", "ERPO": "extreme-risk-law-implementation", "IPVI": "intimate-partner-violence-intervention", "DMI": "drug-market-intervention",
        "Cure Violence": "street-outreach", "violence interrupter": "street-outreach", "street outreach": "street-outreach", "Safe Streets": "street-outreach", "credible messengers": "street-outreach",
        "gun buyback": "gun-buybacks", "gun buybacks": "gun-buybacks", "shooting review": "multi-discipline-homicide-shooting-incident-reviews", "homicide review": "multi-discipline-homicide-shooting-incident-reviews",
        "domestic violence guns": "removing-guns-after-domestic-violence", "hot spot policing": "hot-spot-policing", "ShotSpotter": "gunshot-detection-technology", "summer jobs": "summer-youth-employment",
        "vacant lots": "vacant-lot-greening", "street lights": "street-lighting", "gun trafficking": "trace-every-crime-gun", "mental health crisis response": "community-crisis-response",
        "youth programs": "cognitive-behavioral-youth-programs", "office of violence prevention": "mayors-office-of-gun-violence-prevention", "CPTED": "crime-prevention-through-environmental-design",
    },
    "guides": {"group violence": "group-violence-in-a-mid-size-city", "small city": "small-city-starting-from-nothing", "police shootings": "after-a-police-shooting", "suicide": "suicide-and-unintentional-shootings"},
    "glossary": {"TTA": "tta", "call-in": "call-in", "cognitive behavioral therapy": "cognitive-behavioral-therapy"},
    "places": {"Chicago": "chicago-il", "Oakland": "oakland-ca", "High Point": "high-point-nc"},
    "organizations": {"NNSC": "nnsc", "PERF": "perf"},
    "actions": {"funding": "set-aside-funding"},
}
LISTS = ("browse", "population", "office", "availability", "search")


def test_search_puts_the_entry_before_what_mentions_it(visit: Visit) -> None:
    page = visit.to("/")
    page.get_by_role("search", name="Site").get_by_role("searchbox").fill("GVI")
    page.keyboard.press("Enter")
    wrong = {}
    for words, first in ((words, f"/{type_}/{id_}/") for type_, table in FOUND_FIRST.items() for words, id_ in table.items()):
        hrefs = _found(page, visit.base, words)
        if hrefs[0] != first:
            wrong[words] = hrefs[:3]
        assert not [href for href in hrefs if href.split("/")[1] in LISTS], "lists do not crowd out entries"
    assert wrong == {}


def test_search_by_topic_has_the_entry_near_the_top(visit: Visit) -> None:
    page = visit.to("/search/")
    for words, among in (("group violence", "/strategies/focused-deterrence-programs/"), ("ballistics", "/resources/nibin/"), ("rural", "/resources/rural-violent-crime-reduction-initiative/"), ("hot spots", "/strategies/hot-spot-policing/")):
        hrefs = _found(page, visit.base, words)
        assert among in hrefs[:3], (words, hrefs[:4])


def _found(page: Page, base: str, words: str) -> list[str]:
    page.get_by_role("search", name="Knowledge base").get_by_role("searchbox").fill(words)
    expect(page.get_by_role("status")).to_contain_text(f"found for “{words}”")
    return [href.removeprefix(base) for href in page.evaluate("[...document.querySelectorAll('#find-results > li a')].map(link => link.href)")]


def test_whats_new_keeps_help_that_ended_apart_and_names_its_feeds(visit: Visit) -> None:
    page = visit.to("/")
    page.locator("section", has=page.locator("#new")).get_by_role("link", name="All that is new").click()
    expect(page).to_have_url(f"{visit.base}/whats-new/")
    reported = page.locator("section", has=page.locator("#availability"))
    assert reported.locator("h3").first.get_attribute("id") == "reported-2026-02"
    expect(reported.locator("li", has_text="Rural Violent Crime Reduction Initiative").first).to_contain_text("Reported ended")
    expect(page.locator("#entries-2026-11 + ol > li", has_text="results")).to_have_text("November 21, 2026 143 results added")
    for link in page.locator("head link[rel=alternate]").all():
        feed = page.request.get(link.evaluate("link => link.href"))
        assert feed.ok and "<feed" in feed.text()
    page.goto(visit.base + reported.get_by_role("link", name="Rural Violent Crime Reduction Initiative").first.evaluate("link => link.pathname + link.hash"))
    expect(page.locator("#availability")).to_be_in_viewport()


def test_search_says_when_nothing_is_found_and_keeps_the_words_in_the_address(visit: Visit) -> None:
    page = visit.to("/search/")
    page.get_by_role("search", name="Knowledge base").get_by_role("searchbox").fill("zzzz")
    expect(page.get_by_role("status")).to_have_text("Nothing found for “zzzz”. Try fewer or other words.")
    expect(page).to_have_url(f"{visit.base}/search/?q=zzzz")


def test_a_lost_address_leads_on(browser: Browser, served: str) -> None:
    page = browser.new_page()
    page.goto(f"{served}/nowhere/at/all/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Page not found")
    page.get_by_role("main").get_by_role("link", name="Ten actions").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ten actions")
    page.close()


def test_only_pages_that_need_it_run_script(site: Path) -> None:
    own = {"search", "browse", "self-check", "compare"}
    for address in PAGES.values():
        page = (site / address.split("?")[0].split("#")[0].strip("/") / "index.html").read_text("utf-8")
        expected = [name for name in ("share",) if 'class="kb-share"' in page] + [name for name in own if address.startswith(f"/{name}/")]
        assert re.findall(r'<script src="[./]*assets/js/(\S+)\.js"', page) == expected, address
        assert page.count("<script") - page.count('<script type="application/ld+json"') == len(expected) + address.startswith("/search/"), address   # the settings of Material's worker
    assert 'class="kb-share"' not in (site / "index.html").read_text("utf-8")


def test_a_strategy_shows_each_finding_beside_what_weighs_against_it(visit: Visit) -> None:
    page = visit.to("/strategies/violence-reduction-fellowships/")
    balances = page.locator(".kb-balance")
    assert balances.count() >= 4
    for balance in balances.all():
        assert balance.locator(".kb-pair > div").count() == 2
        assert balance.locator(".kb-window dt").all_inner_texts() == ["Outcome", "Who", "Window", "Compared with"]
        found, against = (side.locator(".kb-figure").evaluate("e => getComputedStyle(e).fontSize") for side in balance.locator(".kb-pair > div").all())
        assert found == against
    joined = page.locator(".kb-study").first
    expect(joined).to_contain_text("figures of one study")
    expect(joined).to_contain_text("without guns")
    expect(page.locator("section", has=page.locator("#places"))).to_contain_text("Richmond, California")


def test_a_claim_is_marked_as_one(visit: Visit) -> None:
    page = visit.to("/results/boston-ceasefire-notified-27/")
    expect(page.locator(".kb-claimed")).to_contain_text("we have not found the study")


def test_a_size_of_place_keeps_the_three_groups_apart(visit: Visit) -> None:
    page = visit.to("/population/51k-200k/")
    strategies = page.locator("section", has=page.locator("#strategies"))
    headings = strategies.locator(".kb-group > h3").all_inner_texts()
    assert headings[0].startswith("Listed by CityGRIP 10") and headings[1].startswith("In use in places of this size")
    assert strategies.locator(".kb-group").first.locator(".kb-rows > li").count() == 10


def test_a_place_gathers_what_is_known_about_it(visit: Visit) -> None:
    page = visit.to("/places/oakland-ca/")
    expect(page.locator("#strategies ~ ul")).to_contain_text("Focused deterrence")
    assert page.locator("section", has=page.locator("#findings")).locator(".kb-balance").count() >= 5
    expect(page.locator("section", has=page.locator("#news"))).to_contain_text("New York Times")


@pytest.mark.parametrize("address", PAGES.values(), ids=PAGES)
def test_each_kind_of_page_works_without_script(address: str, plain: Page) -> None:
    plain.goto(address)
    expect(plain.get_by_role("heading", level=1)).to_be_visible()
    expect(plain.locator("#main")).to_be_visible()


@pytest.mark.parametrize("width", [320, pytest.param(768, marks=pytest.mark.slow), 1280])
@pytest.mark.parametrize("address", PAGES.values(), ids=PAGES)
def test_each_kind_of_page_is_accessible_and_fits(address: str, width: int, browser: Browser, served: str) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme="light")
    page = context.new_page()
    page.goto(served + address)
    if address.startswith("/search/"):
        expect(page.get_by_role("status")).to_contain_text("found for", timeout=20_000)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    violations = Axe().run(page, options=RULES).response["violations"]
    page.emulate_media(color_scheme="dark")
    violations += Axe().run(page, options=COLOR_RULES).response["violations"]
    assert not violations, json.dumps([(violation["id"], violation["help"], [node["html"][:200] for node in violation["nodes"][:3]]) for violation in violations], indent=1)
    context.close()


def test_every_page_has_one_heading_of_level_one_and_skips_no_level(browser: Browser, served: str) -> None:
    page = browser.new_page()
    for address in PAGES.values():
        page.goto(served + address)
        levels = page.evaluate("[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(h => +h.localName[1])")
        assert levels.count(1) == 1, address
        assert all(after - before <= 1 for before, after in pairwise(levels)), (address, levels)
    page.close()


def test_the_keyboard_reaches_the_content_first(visit: Visit) -> None:
    page = visit.to("/resources/cvipi/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to content")).to_be_focused()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_print_shows_addresses_of_sources_and_no_navigation(visit: Visit) -> None:
    page = visit.to("/resources/cvipi/")
    page.emulate_media(media="print")
    expect(page.locator(".kb-mast")).to_be_hidden()
    expect(page.locator(".kb-printhead")).to_be_visible()
    assert page.evaluate("getComputedStyle(document.querySelector('.kb-sources a'), '::after').content") not in ("none", "normal")


def test_a_guide_leads_from_the_grid_to_strategies_data_and_pdf(visit: Visit) -> None:
    page = visit.to("/guides/")
    assert page.locator("table th[scope=row]").count() == 12 and page.locator("tbody td a").count() == 48
    page.get_by_role("link", name="4 strategies for group or gang shootings in places of 201,000 to 500,000 people").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{visit.base}/guides/201k-500k/group-or-gang/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Group or gang shootings in places of 201,000 to 500,000 people")
    assert page.request.get(f"{visit.base}/guides/201k-500k/group-or-gang/guide.pdf").body().startswith(b"%PDF-")
    data = page.request.get(f"{visit.base}/guides/201k-500k/group-or-gang/index.json").json()
    assert data["api"] == "1.0" and sum(len(group["strategies"]) for group in data["result"]["groups"]) == 4
    visit.to("/guides/under-51k/suicide/").locator("#near ~ ul").get_by_role("link").first.click()
    expect(page).to_have_url(f"{visit.base}/guides/51k-200k/suicide/")


def test_a_guide_prints_without_navigation(visit: Visit) -> None:
    page = visit.to("/guides/51k-200k/group-or-gang/")
    page.emulate_media(media="print")
    expect(page.get_by_role("navigation")).to_have_count(0)
    expect(page.locator(".kb-tools").first).to_be_hidden()
    assert page.locator(".kb-strat + .kb-strat").first.evaluate("element => getComputedStyle(element).breakBefore") == "page"


NO_ADDRESS = """() => [...document.querySelectorAll('#main a[href]')]
    .filter(a => a.checkVisibility() && !/^(#|mailto:)/.test(a.getAttribute('href')) && !a.closest('table, .kb-words, #places ~ .kb-facts, .kb-strat > .kb-facts, .kb-strat > .kb-balance') && getComputedStyle(a, '::after').content === 'none')
    .map(a => a.outerHTML)"""
"""The links of a printed page that show no address; those in tables, of words explained on the page, of lists of places, and of a guide's findings need none: the pages that it does address lead there."""


@pytest.mark.parametrize(("address", "link", "shown"), [
    ("/guides/51k-200k/group-or-gang/", ".kb-strat h3 a", "/go/gvi/"),
    ("/guides/group-violence-in-a-mid-size-city/", "#related ~ ul a", "/go/small-city/"),
    ("/guides/under-51k/suicide/", "#near ~ ul a", "/guides/51k-200k/suicide/"),
    ("/actions/set-a-clear-goal/", "#resources ~ .kb-group .kb-rows a", "/go/cvipi/"),
    ("/strategies/hot-spot-policing/", ".kb-balance > .kb-row-title a", "/results/"),
])
def test_print_shows_where_each_link_leads(address: str, link: str, shown: str, visit: Visit) -> None:
    page = visit.to(address)
    after = "link => getComputedStyle(link, '::after').content"
    assert page.locator(link).first.evaluate(after) == "none", "only on paper"
    page.emulate_media(media="print")
    assert page.locator(link).first.evaluate(after).strip('"').startswith(shown)
    assert page.evaluate(NO_ADDRESS) == []
    for href, at in page.evaluate("[...document.querySelectorAll('[data-at]')].map(a => [a.href, a.dataset.at])"):
        assert urlsplit(href).path == at or urlsplit(href).path in page.request.get(visit.base + at).text(), at
    source = page.locator(".kb-sources a").first
    assert source.evaluate(after) == f'" <{source.get_attribute("href")}>"'
    assert "begins with /" in page.locator(".kb-title").evaluate("title => getComputedStyle(title, '::after').content")


def test_a_strategy_leads_to_the_guides_that_hold_it(visit: Visit) -> None:
    page = visit.to("/strategies/extreme-risk-law-implementation/")
    page.get_by_text("Guides with it").get_by_role("link", name="suicide").first.click()
    expect(page).to_have_url(re.compile(r"/guides/[^/]+/suicide/$"))
    expect(page.locator("main")).to_contain_text("Extreme risk law implementation")


@pytest.mark.parametrize("address", ["/guides/51k-200k/group-or-gang/", "/actions/set-a-clear-goal/"])
def test_page_and_pdf_name_one_version(address: str, visit: Visit) -> None:
    page = visit.to(address)
    version = re.search(r"PDF version (\w{7})\.", page.locator("main").inner_text())[1]
    content = page.request.get(visit.base + address + page.locator('a[href$=".pdf"]').get_attribute("href")).body()
    with pikepdf.open(io.BytesIO(content)) as made, made.open_metadata() as metadata:
        assert f"version {version}" in metadata["pdf:Keywords"]
