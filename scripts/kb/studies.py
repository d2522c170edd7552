"""How a study itself is cited: by its authors, year, title and where it was published, as text and as CSL-JSON.

What an entry says of a publication is free text. Only what certainly is a journal, volume, issue or page becomes one here;
the text as it stands goes into the note. Nothing is guessed.
"""

import re
from typing import Any

from kb.entries import Entry

_TYPES = {"journal-article": "article-journal", "report": "report", "review": "report", "brief": "report", "working-paper": "report", "dissertation": "thesis", "other": "document"}
_GENRES = {"working-paper": "Working paper", "brief": "Brief"}
_ARTICLES = ("journal-article", "review")
_PAGES = r"e?\d+(?:-\d+)?"
_VOLUME = re.compile(rf"(?P<journal>\D+?) (?P<volume>\d+)(?:\((?P<issue>[^)]+)\)(?:, (?P<page>{_PAGES}))?|, (?P<pages>\d+-\d+))(?=$|[;.,])")
_JOURNAL = re.compile(r"(?P<journal>[^,;.\d]+), ")
_NOT_SHOWN = "not shown in what we read"
_NOT_KNOWN = "Not known"


def as_text(study: Entry) -> str:
    """The citation of a study in a line. What is not known is left out, but authors that are missing are said to be."""
    where = [] if study.published_in.startswith(_NOT_KNOWN) else [study.published_in]
    found = f"https://doi.org/{study.doi}" if study.doi else study.url
    year = f" ({study.year})" if study.year else ""
    return " ".join(_ended(part) for part in (f"{'; '.join(study.authors)}{year}", study.title, *where)) + (f" {found}" if found else "")


def as_csl(study: Entry) -> dict[str, Any]:
    """A study as an item of CSL-JSON. A review counts as an article where its journal is certain, else as a report."""
    placed = _placed(study)
    kind = "article-journal" if "container-title" in placed else _TYPES[study.kind.id]
    item = {
        "id": f"{study.type.name}/{study.id}/study", "type": kind, "title": study.title,
        "author": [_name(author) for author in study.authors if not author.endswith(_NOT_SHOWN)],
        "issued": {"date-parts": [[study.year]]} if study.year else None,
        **placed, "genre": _GENRES.get(study.kind.id), "DOI": study.doi, "URL": study.url,
        "note": " ".join(_ended(note) for note in _notes(study, placed)),
    }
    return {key: value for key, value in item.items() if value}


def _placed(study: Entry) -> dict[str, str]:
    """Journal, volume, issue and page, as far as they are certain."""
    text = study.published_in
    if study.kind.id not in _ARTICLES or text.startswith(_NOT_KNOWN):
        return {}
    if match := _VOLUME.match(text):
        found = {"container-title": match["journal"], "volume": match["volume"], "issue": match["issue"], "page": match["page"] or match["pages"]}
        return {key: value for key, value in found.items() if value}
    match = _JOURNAL.match(text)
    return {"container-title": match["journal"]} if match else {}


def _notes(study: Entry, placed: dict[str, str]) -> list[str]:
    match = _VOLUME.match(study.published_in) if "volume" in placed else None
    whole = match is not None and match.end() == len(study.published_in)
    return [*(author for author in study.authors if author.endswith(_NOT_SHOWN)), *([] if whole else [study.published_in])]


def _name(author: str) -> dict[str, str]:
    """“Kirk, D. S.” as a family and a given name; a name without a comma is that of an organization."""
    family, _, given = author.partition(", ")
    return {"family": family, "given": given} if given else {"literal": author}


def _ended(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else f"{text}."
