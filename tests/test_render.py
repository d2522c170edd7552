"""Text on its way into Markdown and HTML, and the named decisions of the templates."""

import html as library
from dataclasses import replace
from datetime import date

import markdown
import pytest
import yaml
from drawing import DRAW
from jinja2 import UndefinedError
from markupsafe import Markup
from paths import ROOT

from kb import KnowledgeBase, Site, generate
from kb.render import _form, environment, escape, front_matter, page_of
from kb.web.markup import squeezed, without_implied_ends
from kb.web.pages import Pages

SITE = Site("A site", "https://site.example/", "", "main", date(2026, 11, 21))
NASTY = '<b>&amp; "x" *y* _z_ `c` [l](u) ![i](u) {: #id } # h | ~~s~~ \\*'


def test_text_passes_through_markdown_unchanged() -> None:
    html = markdown.markdown(f'<p markdown="1">{escape(NASTY)}</p>', extensions=["md_in_html", "attr_list", "tables"])
    shown = html.removeprefix("<p>").removesuffix("</p>")

    assert library.unescape(shown) == NASTY
    assert "<" not in shown


def test_markup_is_escaped_once() -> None:
    assert escape(Markup("<b>")) == "<b>"
    assert escape(escape("a*b")) == "a&#42;b"


def test_a_page_is_squeezed_only_where_no_text_stands() -> None:
    assert squeezed("<ul>\n<li class='a'>\n<p>one\n<a>two</a></p>\n</li>\n<li>three</li>\n</ul>\n<pre>a\nb</pre>") == "<ul><li class='a'><p>one\n<a>two</a></p></li>\n<li>three</li></ul>\n<pre>a\nb</pre>"
    assert squeezed("<p>\n<picture>") == "<p>\n<picture>", "names that only begin like a block's stay"


def test_end_tags_go_only_where_the_next_tag_says_as_much() -> None:
    assert without_implied_ends("<ul><li>one</li>\n<li>two <b>x</b></li></ul>") == "<ul><li>one\n<li>two <b>x</b></ul>"
    assert without_implied_ends("<table><tr><th>a</th><td>b</td></tr></table>") == "<table><tr><th>a<td>b</table>"
    assert without_implied_ends("<dl><div><dt>a</dt>\n<dd>b</dd></div></dl>") == "<dl><div><dt>a\n<dd>b</div></dl>"
    assert without_implied_ends("<template><li>one</li></template> <li>two</li> text") == "<template><li>one</li></template> <li>two</li> text"


def test_front_matter_survives_any_title() -> None:
    meta = {"title": "Yes: no - 'x' \"y\" # z", "tags": ["on", "2024-01-01"]}
    assert yaml.safe_load(front_matter(meta).split("---")[1]) == meta


def test_an_address_has_its_page() -> None:
    assert page_of("/about/") == "about.md"
    assert page_of("/") == "index.md"


def test_the_reference_names_what_a_field_holds(kb: KnowledgeBase) -> None:
    fields = kb.types["resources"].fields
    assert _form(fields["offices"].schema) == "list; each item: one of its terms"
    assert _form(fields["part_of"].schema) == "id of an entry in content/resources"
    assert _form(fields["what_it_offers"].schema) == "Markdown text"
    assert _form(fields["year"].schema) == "whole number"
    assert _form(fields["contact"].schema) == "group of name, email, phone and note"


def test_a_slip_in_a_template_fails(kb: KnowledgeBase) -> None:
    env = environment(kb, SITE)
    with pytest.raises(UndefinedError):
        env.from_string("{{ nothing }}").render()
    with pytest.raises(UndefinedError):
        env.from_string("{{ entry.tittle }}").render(entry=kb.entries[0])


def test_links_in_prose_lead_to_the_page_from_anywhere(kb: KnowledgeBase) -> None:
    env = environment(kb, SITE)
    text = "See [a](/resources/cvipi/#facts), [b](/actions/), [c](/method/), [d](https://x.example/_y) and {braces}."
    shown = env.from_string("{{ text | prose }}").render(text=text, page="places/x.md", kb=kb)
    assert shown == "See [a](../resources/cvipi.md#facts), [b](../actions/index.md), [c](../method.md), [d](https://x.example/_y) and &#123;braces}."


def test_on_a_page_to_print_a_link_carries_the_address_that_paper_shows(kb: KnowledgeBase) -> None:
    env, text = environment(kb, SITE), "See [b](/actions/)."
    template = env.from_string("{{ link(entry) }} {{ link(entry, 'x', paper=false) }} {{ text | prose }}")
    shown = {page: template.render(entry=kb.find("resources", "nibin"), text=text, page=page) for page in ("guides/a/b.md", "actions/x.md", "actions/index.md", "places/x.md")}
    assert shown["actions/x.md"] == '[National Integrated Ballistic Information Network](../resources/nibin.md){data-at="/go/nibin/"} [x](../resources/nibin.md) See [b](index.md){data-at="/actions/"}.'
    assert shown["guides/a/b.md"].count("data-at") == 2 and "data-at" not in shown["actions/index.md"] + shown["places/x.md"]


def test_the_same_content_gives_the_same_files(kb: KnowledgeBase) -> None:
    once, again = list(generate(kb, SITE, DRAW)), list(generate(kb, SITE, DRAW))
    assert once == again
    assert len({made.path for made in once}) == len(once)


def pages_on(kb: KnowledgeBase, today: date, repository: str = "") -> Pages:
    return Pages(environment(kb, Site(SITE.name, SITE.url, repository, SITE.branch, today)), None)


def test_an_overdue_review_is_a_notice_and_changes_nothing_else(kb: KnowledgeBase) -> None:
    entry = kb.find("resources", "cvipi")
    soon, late = (pages_on(kb, today).entry(entry).content for today in (date(2027, 2, 21), date(2027, 2, 22)))
    notice = '<p class="kb-overdue" data-search-exclude="true">This page was due for review on February 21, 2027. It may still hold. Check names, money and websites before you rely on them.</p>'
    assert late.index("</h1>") < late.index(notice) < late.index("<h2")
    assert late.replace(f"{notice}\n", "") == soon


def test_a_tombstone_and_the_search_page_are_not_for_search_engines(kb: KnowledgeBase) -> None:
    data = {**kb.find("resources", "cvipi").data, "retired": {"reason": "It was merged into another."}}
    entry = replace(kb.find("resources", "cvipi"), document=replace(kb.find("resources", "cvipi").document, data=data))
    gone = pages_on(kb, SITE.today).tombstone(entry).content
    assert yaml.safe_load(gone.split("---")[1])["robots"] == "noindex"
    assert yaml.safe_load((ROOT / "docs/search.md").read_text("utf-8").split("---")[1])["robots"] == "noindex"


def test_the_page_of_what_is_due_lists_every_entry_once_and_the_overdue_first(kb: KnowledgeBase) -> None:
    page = pages_on(kb, date(2027, 3, 1), "https://git.example/kb").due().content
    assert f"On March 1, 2027, {len(kb.of('resources'))} entries are overdue." in page
    assert "On November 21, 2026, no entry is overdue." in pages_on(kb, SITE.today).due().content
    assert page.index('id="due-overdue"') < page.index('id="due-2027-05"') < page.index('id="due-2027-11"') < page.index('id="due-2028-11"')
    assert page.count("""<li markdown="block">""") == len(kb.entries)
    assert '<strong>Availability as of October 2025</strong></span><span><a href="https://git.example/kb/edit/main/content/resources/cvipi.yml">content/resources/cvipi.yml</a>' in page


def test_suggest_an_edit_opens_the_file_where_there_is_a_repository(kb: KnowledgeBase) -> None:
    hosted = Site(SITE.name, SITE.url, "https://git.example/kb", "main", SITE.today)
    page = next(made for made in generate(kb, hosted, DRAW) if made.path == "resources/cvipi.md")
    assert '<a href="https://git.example/kb/edit/main/content/resources/cvipi.yml">Suggest an edit</a>' in page.content
    bare = next(made for made in generate(kb, SITE, DRAW) if made.path == "resources/cvipi.md")
    assert "[Suggest an edit](../contribute.md)" in bare.content
    assert "(content/resources/cvipi.yml)" in bare.content


def test_every_entry_has_a_page_and_every_term_in_use(kb: KnowledgeBase) -> None:
    paths = {made.path for made in generate(kb, SITE, DRAW)}
    assert {entry.page for entry in kb.entries} <= paths
    for name, terms in kb.by_term.items():
        assert {f"{name}/index.md", *(f"{name}/{term}.md" for term in terms)} <= paths
