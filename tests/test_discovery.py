"""What is said of a page where only its name is seen, and the files by which others find the site."""

from datetime import date
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree

import pytest

from kb import Site
from kb.web.discovery import description, open_search, robots

SITE = Site("A & B site of <places> with a name that goes on for longer", "https://site.example/kb/", "", "main", date(2026, 11, 21))


@pytest.mark.parametrize(("text", "told"), [
    ("It lists what cities did, and what was found there by those who looked, in one list.",) * 2,
    ("Open to anybody.", "Audience: Everyone. Open to anybody."),
    ("Audience: Everyone may use it.",) * 2,
    (f"{'One sentence that fits. ' * 6}And one that does not fit.", ("One sentence that fits. " * 6).strip()),
    (f"The text of St. Louis {'goes on ' * 30}.", f"The text of St. Louis {'goes on ' * 17}".strip() + "…"),
    (f"A word at the edge, {'a' * 150}, and more.", "A word at the edge…"),
])
def test_a_description_is_long_enough_and_ends_with_a_sentence_or_a_word(text: str, told: str) -> None:
    assert description("Audience: Everyone", text) == told
    assert len(told) <= 160


def test_what_an_entry_says_of_itself_is_never_cut() -> None:
    finding = f"A study estimated 65% fewer arrests {'over 20 months ' * 10}, which may be chance."
    assert description("A result", finding, whole=True) == finding


def test_robots_may_read_everything_and_know_the_list() -> None:
    parser = RobotFileParser()
    parser.parse(robots(SITE).splitlines())
    assert parser.can_fetch("AnyBot", "https://site.example/kb/resources/cvipi/")
    assert parser.site_maps() == ["https://site.example/kb/sitemap.xml"]


def test_the_open_search_description_keeps_the_limits_of_its_format() -> None:
    root = ElementTree.fromstring(open_search(SITE))
    name = {"": "http://a9.com/-/spec/opensearch/1.1/"}
    assert root.tag == "{http://a9.com/-/spec/opensearch/1.1/}OpenSearchDescription"
    assert 0 < len(root.findtext("ShortName", "", name)) <= 16
    assert root.findtext("LongName", "", name) == "A & B site of <places> with a name that goes on"
    assert 0 < len(root.findtext("Description", "", name)) <= 1024
    assert [url.get("template") for url in root.findall("Url", name)] == ["https://site.example/kb/search/?q={searchTerms}", "https://site.example/kb/opensearch.xml"]
