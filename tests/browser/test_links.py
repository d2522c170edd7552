"""Every page of the built site: its links and anchors resolve, its ids are its own, its weight is within the budget."""

import gzip
import posixpath
from collections import Counter
from pathlib import Path
from urllib.parse import unquote, urlsplit

import html5lib
import pytest

BUDGET_HTML = 60 * 1024
BUDGET_FIRST_VISIT = 250_000


@pytest.fixture(scope="session")
def pages(site: Path) -> dict[str, "Parsed"]:
    return {path.relative_to(site).as_posix(): Parsed(path) for path in sorted(site.rglob("*.html"))}


class Parsed:
    """A page as a browser parses it: its ids, its links and its title."""

    def __init__(self, path: Path) -> None:
        parser = html5lib.HTMLParser(namespaceHTMLElements=False)
        tree = parser.parse(path.read_text("utf-8"))
        self.errors = [code for _, code, _ in parser.errors if code not in ("unexpected-null-character",)]
        self.ids = Counter(element.get("id") for element in tree.iter() if element.get("id"))
        self.links = [element.get("href") for element in tree.iter("a") if element.get("href")]
        self.files = [element.get("href") or element.get("src") for name in ("link", "script", "img") for element in tree.iter(name) if element.get("href") or element.get("src")]
        self.title = tree.findtext(".//title")
        self.size = path.stat().st_size


def resolved(page: str, link: str) -> str:
    path = unquote(urlsplit(link).path)
    target = posixpath.normpath(posixpath.join(posixpath.dirname(page), path)) if path else page
    return target + "/index.html" if path.endswith("/") or path in (".", "..") else target


def test_every_link_and_anchor_of_the_site_resolves(pages: dict[str, Parsed], site: Path) -> None:
    lost = []
    for name, page in pages.items():
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme or name == "404.html":
                continue
            target = resolved(name, link).removeprefix("./")
            if target == "index.html" or target.endswith(".html"):
                if target not in pages or (parts.fragment and parts.fragment not in pages[target].ids):
                    lost.append((name, link))
            elif not (site / target).exists():
                lost.append((name, link))
    assert lost == []


def test_every_file_that_a_page_loads_is_there_and_no_other_host_is_asked(pages: dict[str, Parsed], site: Path) -> None:
    for name, page in pages.items():
        for file in page.files:
            if "canonical" in file or file.startswith("https://violence-reduction-roadmap.example/"):
                continue
            assert not urlsplit(file).scheme, (name, file)
            if name != "404.html":
                assert (site / resolved(name, file)).exists(), (name, file)


def test_ids_are_unique(pages: dict[str, Parsed]) -> None:
    for name, page in pages.items():
        assert [id_ for id_, count in page.ids.items() if count > 1] == [], name


def test_pages_parse_without_an_error(pages: dict[str, Parsed]) -> None:
    assert {name: page.errors for name, page in pages.items() if page.errors} == {}


def test_titles_are_unique(pages: dict[str, Parsed]) -> None:
    assert [title for title, count in Counter(page.title for page in pages.values()).items() if count > 1] == []


def test_pages_are_light(pages: dict[str, Parsed], site: Path) -> None:
    entries = {name: page.size for name, page in pages.items() if name.count("/") == 2 and name.split("/")[0] in ("actions", "strategies", "results", "resources", "places", "organizations", "studies", "news")}
    guides = {name: page.size for name, page in pages.items() if name.startswith("guides/")}
    assert len(entries) > 400 and len(guides) > 50
    assert {name: size for name, size in (entries | guides).items() if size > BUDGET_HTML} == {}
    heaviest = max(entries, key=entries.get)
    visit = len(gzip.compress((site / heaviest).read_bytes())) + sum(
        (site / resolved(heaviest, file)).stat().st_size if file.endswith("woff2") else len(gzip.compress((site / resolved(heaviest, file)).read_bytes()))
        for file in set(pages[heaviest].files) if not urlsplit(file).scheme
    )   # the font is compressed already
    assert visit < BUDGET_FIRST_VISIT
