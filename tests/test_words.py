"""Words of the field are found in running text, once each, and nowhere else."""

import re
from datetime import date

import pytest
from drawing import DRAW

from kb import KnowledgeBase, Site, generate
from kb.outputs import explaining
from kb.web.words import words

SITE = Site("A site", "https://site.example/", "", "main", date(2026, 11, 21))


@pytest.fixture(scope="module")
def pages(kb: KnowledgeBase) -> dict[str, str]:
    """Every generated page, by path."""
    return {made.path: made.content for made in generate(kb, SITE, DRAW) if made.path.endswith(".md")}


@pytest.mark.parametrize(("text", "linked"), [
    ("A hot spot, then another hot spot.", ["hot spot"]),
    ("Two Hot\nspots.", ["Hot\nspots"]),
    ("NIBIN links casings; nibin does not.", ["NIBIN"]),
    ("The CVIPI grant is no CVI.", ["CVIPI", "CVI"]),
    ("<h2>Hot spot</h2> <a href='/x'>hot spot</a> [hot spot](x.md) <img alt='hot spot'>", []),
    ('<ul class="kb-rows kb-one"><li>hot spot</li></ul> <dl class="kb-share"><dd>call-in</dd></dl>', []),
    ("## Hot spot\n| hot spot | a |\n`hot spot`\n```\nhot spot\n```\nA **hot spot**.", ["hot spot"]),
    ("<table><tr><th>hot spot</th><td>A call-in</td></tr></table>", ["call-in"]),
    ("https://x.example/hot spot-call-in hot-spot-policing no-call-in", []),
    ("A randomized controlled trial is a randomized trial.", ["randomized controlled trial"]),
])
def test_the_first_place_in_running_text_is_linked(text: str, linked: list[str], kb: KnowledgeBase) -> None:
    body, found = words(kb).marked(text)
    assert re.findall(r'class="kb-term" id="w-[a-z-]+" href="#word-[a-z-]+">([^<]*)</a>', body) == linked
    assert len(found) == len(linked)
    assert re.sub(r'<a class="kb-term"[^>]*>([^<]*)</a>', r"\1", body) == text, "nothing else changes"


def test_a_page_does_not_explain_what_it_is_about(kb: KnowledgeBase) -> None:
    strategy = kb.find("strategies", "hot-spot-policing")
    assert words(kb).marked("A hot spot.", strategy) == ("A hot spot.", ())


def test_a_page_explains_its_words_above_its_sources(pages: dict[str, str]) -> None:
    page = pages["actions/address-key-locations.md"]
    assert page.index('href="#word-hot-spot"') < page.index('id="word-hot-spot"') < page.index('id="sources"')
    assert page.count('id="w-hot-spot" href="#word-hot-spot"') == page.count('href="#w-hot-spot"') == 1


def test_fronts_facets_guides_and_hand_written_pages_explain_their_words_too(kb: KnowledgeBase, pages: dict[str, str]) -> None:
    for path in ("evidence-level/strong.md", "guides/51k-200k/group-or-gang.md", "guides/group-violence-in-a-mid-size-city.md", "evidence-kind/index.md"):
        for id_ in re.findall(r'href="#(word-[a-z-]+)"', pages[path]) or pytest.fail(f"no word is explained on {path}"):
            assert f'<div id="{id_}"' in pages[path]
    assert "kb-term" not in pages["browse.md"] + pages["self-check.md"] + pages["compare.md"]
    text = explaining(kb, SITE)("about.md", "# About\n\nFind a hot spot.\n")
    assert text.startswith('# About\n\nFind a <a class="kb-term" id="w-hot-spot" href="#word-hot-spot">hot spot</a>.\n\n<section')
    assert "(glossary/hot-spot.md)" in text
    assert explaining(kb, SITE)("about.md", "# About hot spots\n") == "# About hot spots\n"


def test_pages_of_the_glossary_explain_themselves(kb: KnowledgeBase, pages: dict[str, str]) -> None:
    own = [page for path, page in pages.items() if path.startswith("glossary/")]
    assert len(own) == len(kb.of("glossary")) + 1 >= 26
    assert not [page for page in own if "kb-term" in page]


def test_no_two_terms_share_a_name(kb: KnowledgeBase) -> None:
    names = [name.lower() for entry in kb.of("glossary") for name in (entry.title, *entry.names)]
    assert len(names) == len(set(names))
    assert all(len(entry.summary.split()) <= 30 for entry in kb.of("glossary"))
