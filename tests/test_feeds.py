"""The Atom feeds: read by feedparser, held against the grammar of RFC 4287, and what a subscriber sees."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import feedparser
import pytest
from lxml import etree
from paths import ROOT
from small import ended, resource

from kb import KnowledgeBase, Site, load
from kb.web.feeds import LIMIT, atom, availability, everything
from kb.web.feeds import files as feeds

SITE = Site("A site & more", "https://site.example/below/", "", "main", date(2026, 11, 21))
GRAMMAR = etree.RelaxNG(etree.parse(ROOT / "tests" / "atom.rng"))


def files(kb: KnowledgeBase, site: Site = SITE) -> dict[str, str]:
    return dict(feeds(kb, site))


@pytest.mark.parametrize("path", ["feed.xml", "feed-availability.xml"])
def test_a_feed_is_valid_and_a_reader_understands_it(path: str, kb: KnowledgeBase) -> None:
    text = files(kb)[path]
    GRAMMAR.assertValid(etree.fromstring(text.encode()))
    read = feedparser.parse(text.encode(), response_headers={"content-type": "application/atom+xml"})
    assert (read.bozo, read.version) == (False, "atom10")
    assert read.feed.links[0]["href"] == f"https://site.example/below/{path}"
    assert read.feed.title.startswith("A site & more: ")
    assert 0 < len(read.entries) <= LIMIT
    assert len({entry.id for entry in read.entries}) == len(read.entries)
    assert read.feed.updated_parsed == max(entry.updated_parsed for entry in read.entries)
    for entry in read.entries:
        assert entry.link.startswith("https://site.example/below/") and entry.title and entry.content[0].value


def test_a_feed_that_breaks_the_grammar_is_found(kb: KnowledgeBase) -> None:
    text = files(kb)["feed.xml"]
    for old, new in (("<updated>2026-11-21T00:00:00Z", "<updated>2026-11-21"), ("<id>urn:uuid:", "<id>"), ('rel="alternate"', 'rel="alternate" when="now"'), ("<author>\n<name>", "<author>\n<nick/><name>")):
        assert not GRAMMAR.validate(etree.fromstring(text.replace(old, new, 1).encode())), old


def test_a_subscriber_hears_first_that_help_ended(project: Callable[..., Path]) -> None:
    root = project()
    resource(root, "cut-grant", *ended(), ("\nkind: guide", "\nacronym: TCG\nkind: guide"))
    feed = feedparser.parse(files(load(root))["feed-availability.xml"].encode())
    newest, earlier = feed.entries
    assert newest.title == "Ended: The cut-grant (TCG)"
    assert newest.link == "https://site.example/below/resources/cut-grant/#availability"
    assert "<p>A later report.</p>" in newest.content[0].value and "Ended, as of November 21, 2026." in newest.content[0].value
    assert newest.tags[0].term == "availability"
    assert earlier.title == "The cut-grant (TCG): a report of August 18, 2025", "an old report does not claim that the state of today follows from it"


def test_each_report_names_its_source(kb: KnowledgeBase) -> None:
    (item,) = (item for item in availability(kb) if item.title == "Check first: Project Safe Neighborhoods (PSN)")
    assert item.paragraphs[0][1:] == (" Source: ", "Police1, ", ("https://www.police1.com/police-grant-center/doj-cancels-500m-in-public-safety-grants-cuts-officer-safety-and-crime-prevention-programs", "DOJ cancels $500M in public safety grants, cuts officer safety and crime prevention programs"), ".")


def test_ids_stay_when_the_site_moves_or_somebody_reads_the_sources_again(project: Callable[..., Path]) -> None:
    root = project()
    resource(root, "cut-grant", *ended())
    before = files(load(root))["feed-availability.xml"]
    file = root / "content/resources/cut-grant.yml"
    file.write_text(file.read_text("utf-8").replace("reviewed: 2026-11-21", "reviewed: 2027-02-01"), "utf-8")
    after = files(load(root), Site("A site & more", "https://elsewhere.example/", "", "main", date(2027, 2, 1)))["feed-availability.xml"]
    assert after == before.replace("https://site.example/below/", "https://elsewhere.example/")
    assert "urn:uuid:db3df365-9149-5083-b12d-79f62ed50323" in before


def test_an_item_is_dated_neither_before_its_entry_nor_in_the_future(project: Callable[..., Path]) -> None:
    root = project()
    resource(root, "cut-grant", *ended("".join(f"\n  - text: Of {when}.\n    standing: editorial\n    date: '{when}'" for when in ("2025", "2027", "2027-03", "2027-03-09")) + "\n"))
    assert [(item.date, item.updated) for item in availability(load(root))] == [("2027-03-09", "2027-03-09"), ("2027-03", "2027-03-01"), ("2027", "2027-01-01"), ("2025", "2026-11-21")]


def test_everything_tells_retirements_reviews_and_a_large_batch_in_one_item(project: Callable[..., Path]) -> None:
    root = project()
    for number in range(12):
        resource(root, f"number-{number}")
    resource(root, "read-again", ("reviewed: 2026-11-21", "reviewed: 2027-02-01"))
    resource(root, "gone", ("\nsources:", "\nretired:\n  date: '2027-03-01'\n  reason: It is gone.\n  replaced_by: a-guide\nsources:"))
    items = everything(load(root))
    assert [item.title for item in items] == ["Retired resource: The gone", "Sources read again: The read-again", "New action: First action", "14 resources added"]
    assert items[0].paragraphs == (("It is gone.", " Read instead: ", ("/resources/a-guide/", "A guide"), "."),)
    assert items[3].address == "/resources/"


def test_a_feed_without_items_is_still_one(project: Callable[..., Path]) -> None:
    text = files(load(project()))["feed-availability.xml"]
    GRAMMAR.assertValid(etree.fromstring(text.encode()))
    assert feedparser.parse(text.encode()).entries == []


def test_only_the_newest_are_kept(kb: KnowledgeBase) -> None:
    items = availability(kb) * 3
    assert atom(items, "https://site.example", "feed.xml", "T", "S", "A").count("<entry>") == LIMIT
