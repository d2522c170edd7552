"""What there is: the index of the data, the words about the whole, and the mark of its version."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from kb.data import archive
from kb.data.documents import FOLDER, envelope
from kb.data.package import LICENSE
from kb.data.tables import Table
from kb.model import KnowledgeBase

DESCRIPTION = (
    "What American cities and counties can do about community gun violence: the ten actions of the Violent Crime Reduction Roadmap, strategies, findings with what weighs against each, "
    "studies, places, and programs with their availability. From an independent site, not an official one. Findings count different things in different places: do not rank, add up or average them."
)


def about(kb: KnowledgeBase, name: str, url: str) -> dict[str, Any]:
    """The whole in the words of a Data Package: title, description, version, date."""
    return {"name": archive.NAME, "title": name, "description": DESCRIPTION, "homepage": f"{url}data/", "version": version(kb), "created": f"{date(kb)}T00:00:00Z"}


def version(kb: KnowledgeBase) -> str:
    """A mark of the content: another one when, and only when, the file of an entry or a schema changes."""
    seen = hashlib.sha256(json.dumps(kb.schemas, sort_keys=True).encode())
    for entry in kb.every:
        seen.update("\n".join((entry.document.path, *entry.document.lines, "")).encode())
    return seen.hexdigest()[:12]


def date(kb: KnowledgeBase) -> str:
    """The newest day on which an entry was added or reviewed."""
    return max((entry.data[name] for entry in kb.every for name in ("added", "reviewed")), default="1970-01-01")


def attribution(kb: KnowledgeBase, name: str, url: str) -> str:
    """How to name the source of the data."""
    return f"{name}, content of {date(kb)}, version {version(kb)}, {url}data/. License: CC BY 4.0."


def index(kb: KnowledgeBase, name: str, url: str, tables: Sequence[Table], charts: Sequence[tuple[str, str]], guides: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """The index: `charts` are the id and title of each chart, `guides` the folder and title of each guide."""
    root = f"{url}{FOLDER}/"
    result = {
        "title": name, "description": DESCRIPTION, "url": url, "license": LICENSE, "attribution": attribution(kb, name, url), "content_date": date(kb), "content_version": version(kb),
        "documentation": f"{url}data/", "openapi": f"{root}openapi.json", "facets": f"{root}facets.json", "retired": f"{root}retired.json", "columns": f"{root}columns.csv", "values": f"{root}values.csv",
        "datapackage": f"{root}datapackage.json", "archive": f"{root}{archive.NAME}.zip", "schemas": [f"{url}schemas/{file}" for file in kb.schemas],
        "types": list(_types(kb, root, url, tables)), "guides": [{"title": title, "url": f"{url}{folder}/", "json": f"{url}{folder}/index.json"} for folder, title in guides],
        "charts": [{"id": id_, "title": title, "url": f"{url}charts/{id_}/", **{form: f"{url}charts/{id_}.{form}" for form in ("csv", "json", "svg")}} for id_, title in charts],
    }
    return envelope(result, len(result["types"]))


def _types(kb: KnowledgeBase, root: str, url: str, tables: Sequence[Table]) -> Iterator[Mapping[str, Any]]:
    for type_ in kb.types.values():
        parts = [{"name": table.name, "title": table.title, "rows": len(table.rows), "csv": f"{root}{table.name}.csv"} for table in tables if table.owner == type_.name and table.is_of_items]
        start = f"{root}{type_.name}"
        yield {
            "id": type_.name, "title": type_.title, "description": type_.description, "count": len(kb.of(type_.name)), "json": f"{start}.json", "csv": f"{start}.csv",
            "entry": f"{start}/{{id}}.json", "schema": f"{url}schemas/{type_.name}.schema.json", "tables": parts,
        }
