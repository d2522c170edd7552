"""How others find the built site: what each page says of itself, the sitemap, and the search that a browser can add."""

import html
import re
from pathlib import Path
from urllib.parse import quote, urlsplit
from xml.etree import ElementTree

import pytest
from fetching import from_npm
from lxml import etree
from playwright.sync_api import expect
from visiting import Visit

from kb import KnowledgeBase

ROOT = "https://violence-reduction-roadmap.example/"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture(scope="session")
def heads(site: Path) -> dict[str, str]:
    """The head of every page by its address; pages that only lead on, and the page for lost addresses, are left out."""
    found = {path.relative_to(site).as_posix().removesuffix("index.html"): path.read_text("utf-8").partition("</head>")[0] for path in site.rglob("index.html")}
    return {address: head for address, head in found.items() if 'http-equiv="refresh"' not in head}


def content(head: str, start: str) -> str:
    found = re.search(rf'<{start}[^>]*? (?:content|href)="([^"]+)"', head)
    assert found, (start, head)
    return html.unescape(found.group(1))


def test_every_page_says_of_itself_what_no_other_does(heads: dict[str, str], kb: KnowledgeBase) -> None:
    summaries = {entry.address.strip("/") + "/": entry.summary for entry in kb.entries}
    told: dict[str, str] = {}
    for address, head in heads.items():
        text = content(head, 'meta name="description" property="og:description"')
        assert told.setdefault(text, address) == address
        assert len(text) >= 50 and (len(text) <= 160 or text == summaries.get(address)), (address, text)
        assert text.endswith((".", "?", "…", "”", ")")) and "  " not in text, (address, text)
    assert len(told) > 800


def test_every_page_names_its_own_address_and_title(heads: dict[str, str]) -> None:
    for address, head in heads.items():
        assert content(head, 'link rel="canonical"') == content(head, 'meta property="og:url"') == ROOT + address
        title = html.unescape(re.search("<title>(.*)</title>", head).group(1))
        name, site_name = (content(head, f'meta property="og:{part}"') for part in ("title", "site_name"))
        assert title == (f"{name} · {site_name}" if address else site_name)
        assert '<html lang="en"' in head and 'name="twitter:card" content="summary"' in head
        assert len(re.findall("<meta ", head)) <= 10


def test_the_sitemap_lists_every_page_that_may_be_found_with_the_day_of_its_review(site: Path, heads: dict[str, str], kb: KnowledgeBase) -> None:
    listed = {url.findtext(f"{SITEMAP}loc"): url.findtext(f"{SITEMAP}lastmod") for url in ElementTree.parse(site / "sitemap.xml").getroot()}
    hidden = {address for address, head in heads.items() if 'name="robots" content="noindex"' in head}
    assert set(listed) == {ROOT + address for address in heads if address not in hidden}
    assert "search/" in hidden
    reviewed = {ROOT.rstrip("/") + entry.address: entry.reviewed for entry in kb.entries}
    assert {address: day for address, day in listed.items() if day} == reviewed


def test_the_sitemap_keeps_to_the_schema_of_its_format(site: Path) -> None:
    schema = etree.XMLSchema(etree.parse(from_npm("sitemap@9.0.1", "schema/sitemap.xsd")))
    schema.assertValid(etree.parse(site / "sitemap.xml"))


def test_a_browser_finds_the_search_and_its_address_gives_results(visit: Visit) -> None:
    page = visit.to("/resources/cvipi/")
    described = page.evaluate("document.querySelector('link[rel=search]').href")
    answer = page.request.get(described)
    assert urlsplit(described).path == "/opensearch.xml" and answer.ok
    template = next(url.get("template") for url in ElementTree.fromstring(answer.text()) if url.get("type") == "text/html")
    assert template.startswith(ROOT)
    visit.to("/" + template.removeprefix(ROOT).replace("{searchTerms}", quote("Project Safe Neighborhoods")))
    expect(page.locator("#find-results a").first).to_have_text("Project Safe Neighborhoods", timeout=20_000)   # the whole index is read first
    assert page.request.get(f"{visit.base}/robots.txt").text().endswith(f"Sitemap: {ROOT}sitemap.xml\n")
