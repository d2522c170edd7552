"""Citations: of pages as text, CSL-JSON and letter; of studies as they are cited themselves. CSL-JSON is read by citeproc-py."""

import json
import re
from collections.abc import Callable
from datetime import date
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import citeproc
import pytest
from citeproc import Citation as Cited
from citeproc import CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON

from kb import KnowledgeBase, Site, load
from kb.charts import charts
from kb.guides import guide
from kb.studies import as_csl, as_text
from kb.web import citations
from kb.web.citations import Citation, Citations

SITE = Site("A site & more", "https://site.example/below/", "", "main", date(2026, 11, 21))
PAGE = Citation("Safe passage: 100% of “routes” & more?", "A site & more", "https://site.example/below", "/strategies/safe-passage/", "/go/sp/", "2026-11-21")
TYPES = set(re.findall(r'"([a-z_-]+)"', (Path(citeproc.__file__).parent / "data/schema/schemas/styles/csl-types.rnc").read_text("utf-8")))
"""The types of the schema of CSL, which citeproc-py carries."""


@pytest.fixture(scope="module")
def cite(kb: KnowledgeBase) -> Citations:
    return Citations(kb, SITE)


def bibliography(items: list[dict]) -> list[str]:
    """The items as citeproc-py sets them in a style that it brings; a field that CSL does not know is a warning, so a failure."""
    assert {item["type"] for item in items} <= TYPES
    style = CitationStylesStyle("harvard-cite-them-right", validate=False)
    made = CitationStylesBibliography(style, CiteProcJSON(items), formatter.plain)
    for item in items:
        made.register(Cited([CitationItem(item["id"])]))
    return [str(line) for line in made.bibliography()]


def test_a_page_is_cited_in_a_line() -> None:
    assert PAGE.text == "“Safe passage: 100% of “routes” & more?” A site & more, reviewed November 21, 2026. https://site.example/below/strategies/safe-passage/. An independent site, not an official one."
    assert PAGE.short_link == "https://site.example/below/go/sp/"


def test_each_kind_of_page_has_its_citation(kb: KnowledgeBase, cite: Citations) -> None:
    assert cite.entry(kb.find("resources", "project-safe-neighborhoods")).text.startswith("“Project Safe Neighborhoods.” A site & more, reviewed November 21, 2026. https://site.example/below/resources/project-safe-neighborhoods/.")
    assert cite.entry(kb.find("resources", "project-safe-neighborhoods")).short_link == "https://site.example/below/go/psn/"
    assert cite.entry(kb.find("results", "boston-ceasefire-crackdown-36-4")).short_link == ""
    pair = cite.guide(guide(kb, {"population": ("51k-200k",), "violence-type": ("group-or-gang",)}))
    assert pair.text.startswith("“Group or gang shootings in places of 51,000 to 200,000 people.” A site & more, content of November 21, 2026. https://site.example/below/guides/51k-200k/group-or-gang/.")
    vocabulary = kb.vocabularies["availability"]
    assert cite.term(vocabulary, vocabulary.terms["reported-ended"]).text.startswith("“Availability: Reported ended.” A site & more, content of November 21, 2026.")
    assert cite.browse().csl["URL"] == "https://site.example/below/browse/"


def test_a_page_without_content_has_no_date(project: Callable[..., Path]) -> None:
    small = load(project())
    vocabulary = small.vocabularies["availability"]
    nothing = Citations(small, SITE).term(vocabulary, vocabulary.terms["ended"])
    assert nothing.text == "“Availability: Ended.” A site & more. https://site.example/below/availability/ended/. An independent site, not an official one."
    assert "issued" not in nothing.csl


def test_a_letter_has_the_title_as_subject_and_the_link_as_text() -> None:
    parts = urlsplit(PAGE.letter)
    assert parts.scheme == "mailto" and parts.path == "" and not re.search(r"[\s“&+]", PAGE.letter.replace("&body=", "", 1))
    fields = parse_qs(parts.query, strict_parsing=True)
    assert fields == {"subject": [PAGE.title], "body": [PAGE.link]}
    letter = EmailMessage()
    letter["Subject"] = fields["subject"][0]   # raises on a line break


def test_csl_names_the_site_as_author_and_leaves_the_day_of_reading_to_the_reader() -> None:
    assert PAGE.csl == {
        "id": "strategies/safe-passage", "type": "webpage", "title": PAGE.title, "author": [{"literal": "A site & more"}],
        "issued": {"date-parts": [[2026, 11, 21]]}, "URL": PAGE.link, "language": "en-US",
    }


@pytest.mark.parametrize(("id_", "expected"), [
    ("papachristos-kirk-2015", {"type": "article-journal", "container-title": "Criminology & Public Policy", "volume": "14", "issue": "3", "page": "525-558", "author": [{"family": "Papachristos", "given": "A. V."}, {"family": "Kirk", "given": "D. S."}]}),
    ("gao-2018", {"type": "report", "author": [{"literal": "U.S. Government Accountability Office"}], "note": "U.S. Government Accountability Office, GAO-18-440, September 2018."}),
])
def test_a_study_is_cited_by_its_own_authors_and_journal(kb: KnowledgeBase, id_: str, expected: dict) -> None:
    found = as_csl(kb.find("studies", id_))
    assert {key: found[key] for key in expected} == expected
    assert ("note" in found) == ("note" in expected)


def test_what_is_not_certain_becomes_no_volume_and_no_author(kb: KnowledgeBase) -> None:
    for study in kb.of("studies"):
        item = as_csl(study)
        assert "not shown" not in json.dumps(item.get("author", "")), study.id
        assert study.published_in.startswith(item.get("container-title", "")), study.id
        assert not re.search(r"\d{4}|January|March|October|online|issue", item.get("container-title", "")), study.id
        if "volume" in item:
            assert f"{item['container-title']} {item['volume']}" in study.published_in and ("issue" in item or "-" in item["page"]), study.id
        if item.get("note", "").startswith(("Authors not shown", "Other authors not shown")):
            assert len(item.get("author", ())) < len(study.authors)
        assert item.get("DOI") == study.doi and item["title"] == study.title


def test_a_study_in_a_line(kb: KnowledgeBase) -> None:
    assert as_text(kb.find("studies", "papachristos-kirk-2015")) == (
        "Papachristos, A. V.; Kirk, D. S. (2015). Changing the Street Dynamic: Evaluating Chicago's Group Violence Reduction Strategy. "
        "Criminology & Public Policy 14(3), 525-558. https://ojp.gov/ncjrs/virtual-library/abstracts/changing-street-dynamic-evaluating-chicagos-group-violence"
    )


def test_every_citation_file_is_read_by_a_citation_processor(kb: KnowledgeBase) -> None:
    files = {path: json.loads(text) for path, text in citations.files(kb, SITE, charts(kb), {})}
    assert {f"{entry.type.name}/{entry.id}/cite.json" for entry in kb.entries} | {f"studies/{study.id}/cite-study.json" for study in kb.of("studies")} <= set(files)
    assert {"browse/cite.json", "guides/51k-200k/group-or-gang/cite.json", "availability/ended/cite.json", "strategies/gvi/cite.json"} <= set(files)
    assert sum(path.startswith("charts/") for path in files) > 50
    items = {item["id"]: item for found in files.values() for item in found}
    assert all(len(found) == 1 for found in files.values())
    lines = "\n".join(bibliography(list(items.values())))
    for item in items.values():
        assert " ".join(item["title"].split()) in lines, item["id"]


def test_a_field_that_csl_does_not_know_is_found() -> None:
    with pytest.raises(UserWarning, match="unsupported"):
        bibliography([{"id": "a", "type": "webpage", "title": "T", "made-up": "x"}])
    with pytest.raises(AssertionError):
        bibliography([{"id": "a", "type": "web-page", "title": "T"}])


def test_an_entry_of_a_former_id_has_its_citation_there_too(project: Callable[..., Path]) -> None:
    root = project()
    guide_ = root / "content/resources/a-guide.yml"
    guide_.write_text(guide_.read_text("utf-8") + "aliases: [former-guide]\n", "utf-8")
    kb = load(root)
    files = dict(citations.files(kb, SITE, (), {}))
    assert files["resources/former-guide/cite.json"] == files["resources/a-guide/cite.json"]
    assert json.loads(files["resources/a-guide/cite.json"])[0]["URL"].endswith("/resources/a-guide/")
