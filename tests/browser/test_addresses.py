"""Every published address on the built site: anchors that links rely on, and former addresses that lead on."""

import re
from collections import defaultdict
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from visiting import Visit

from kb import KnowledgeBase
from kb.addresses import ANCHORS, Addresses
from kb.charts import charts

_ID = re.compile(r'\sid="([^"]+)"')
_EMPTY = re.compile(r'<span id="([^"]+)"></span>')
_SECTION = re.compile(r'<section class="kb-sect[^>]*>\s*<h2[^>]* id="([^"]+)"')
VARYING = ("/contribute/fields/", "/due-for-review/")
"""Pages whose sections follow from the schemas or the calendar: only the anchors in the list are promised."""


@pytest.fixture(scope="module")
def addresses(kb: KnowledgeBase) -> Addresses:
    return Addresses(kb, tuple(chart.id for chart in charts(kb)))


def pattern(address: str, known: dict) -> str:
    parts = address.strip("/").split("/") if address != "/" else []
    tries = ("/".join(["", *parts[:kept], *["*"] * (len(parts) - kept), ""]) for kept in range(len(parts), -1, -1))
    return next((one for one in tries if one in known), "")


def test_every_page_has_its_fixed_anchors_and_every_section_is_promised(site: Path, addresses: Addresses) -> None:
    """scripts/kb/anchors.yml is the promise: a template that lacks or renames a section breaks it."""
    real, sections = defaultdict(set), defaultdict(set)
    for address, page in addresses.pages.items():
        html = (site / address.strip("/") / "index.html").read_text("utf-8")
        assert set(page.anchors) <= set(_ID.findall(html)), address
        if page.file.startswith("docs/"):
            continue
        real[pattern(address, ANCHORS)] |= set(_ID.findall(html)) - set(_EMPTY.findall(html))
        sections[pattern(address, ANCHORS) or address] |= set(_SECTION.findall(html)) - {"words"}   # comes and goes with the text
    for address in VARYING:
        del sections[address]
    assert {one: set(ids) - real[one] for one, ids in ANCHORS.items() if set(ids) - real[one]} == {}, "no template has these"
    assert {one: ids - set(ANCHORS.get(one, ())) for one, ids in sections.items() if ids - set(ANCHORS.get(one, ()))} == {}, "these are in no list"


def test_every_former_address_leads_on_with_query_and_fragment(browser: Browser, served: str, addresses: Addresses) -> None:
    context = browser.new_context()
    context.route(re.compile(r"\.(css|js|woff2|svg)$"), lambda route: route.fulfill(body=""))
    page = context.new_page()
    page.goto(served + "/go/")
    wrong = []
    for one in addresses.redirects:
        former = f"{served}{one.address}?from={one.address}#sources"
        page.evaluate("address => { location.href = address }", former)
        page.wait_for_url(lambda url, one=one, former=former: f"?from={one.address}" in url and url != former, wait_until="commit")
        if page.url != f"{served}{one.target}?from={one.address}#sources":
            wrong.append((one, page.url))
    context.close()
    assert len(addresses.redirects) > 200 and wrong == []


def test_a_short_link_lands_on_the_section(visit: Visit) -> None:
    page = visit.to("/go/psn/#availability")
    expect(page).to_have_url(f"{visit.base}/resources/project-safe-neighborhoods/#availability")
    expect(page.locator("#availability")).to_be_in_viewport()


def test_a_short_link_works_without_script(plain: Page) -> None:
    plain.goto("/go/psn/")
    expect(plain).to_have_url("/resources/project-safe-neighborhoods/")


def test_an_acronym_of_two_centers_is_explained(visit: Visit) -> None:
    page = visit.to("/go/nttac/")
    expect(page.get_by_role("heading", level=1)).to_have_text("NTTAC means more than one thing")
    expect(page.locator(".kb-rows > li")).to_have_count(2)
    page.get_by_role("link", name="OJJDP National Training and Technical Assistance Center").click()
    expect(page).to_have_url(f"{visit.base}/resources/ojjdp-nttac/")


def test_the_table_of_short_links_names_them_all(visit: Visit, addresses: Addresses) -> None:
    page = visit.to("/go/")
    expect(page.locator("tbody tr")).to_have_count(len(addresses.names))
    expect(page.locator("tr", has_text="/go/action-2/")).to_contain_text("Identify the key people and places driving the violence")


def test_former_addresses_are_in_no_search_and_no_site_map(site: Path, addresses: Addresses) -> None:
    index, site_map = (site / "search/search_index.json").read_text("utf-8"), (site / "sitemap.xml").read_text("utf-8")
    assert "/resources/project-safe-neighborhoods/" in site_map
    for one in addresses.redirects:
        assert f"{one.address}</loc>" not in site_map and f'"location":"{one.address[1:]}"' not in index
