"""The content as data, under /api/v1/: documents, tables, schemas and what describes them. `files` reads like a table of contents.

Version 1 keeps its promise by hand: API-CHANGELOG.md says what may change, and tests/api_v1.txt pins every address and key.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, Any

from kb.data import guides, index, schemas
from kb.data.archive import NAME, archive
from kb.data.documents import FOLDER, Documents, encode, facets
from kb.data.openapi import openapi
from kb.data.package import code_book, descriptor
from kb.data.spreadsheet import as_csv
from kb.data.tables import Table, tables
from kb.guides import Known
from kb.model import KnowledgeBase

if TYPE_CHECKING:
    from kb.render import Site

__all__ = ["FOLDER", "files"]

Named = Sequence[tuple[str, str]]
"""The id or folder of each of several things, with its title."""

_README = FilePath(__file__).parent / "readme.txt"


def files(kb: KnowledgeBase, site: Site, charts: Named = (), known: Known | None = None) -> Iterator[tuple[str, str | bytes]]:
    """Every file of the data, as its path on the site and its content; `known` saves working guides out again."""
    written = tuple(guides.documents(kb, site.url, {} if known is None else known))
    yield from ((f"{folder}/index.json", encode(guide)) for folder, guide in _also_under_aliases(kb, written))
    documents = Documents(kb, site.url)
    found = tuple(tables(kb, documents))
    found += code_book(found)
    whole = dict(_whole(kb, site, documents, found, charts, [(folder, guide["result"]["title"]) for folder, guide in written]))
    yield from ((f"{FOLDER}/{path}", content) for path, content in whole.items() if path != "README.txt")
    described = {path: encode(schema) for path, schema in schemas.published(kb.schemas, site.url)}
    yield from described.items()
    yield from _singles(kb, documents)
    yield f"{FOLDER}/{NAME}.zip", archive(whole | described)


def _also_under_aliases(kb: KnowledgeBase, written: Sequence[tuple[str, dict[str, Any]]]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each guide in its folder, and in the folders of its former ids."""
    aliases = {entry.page.removesuffix(".md"): entry.aliases for entry in kb.of("guides")} if "guides" in kb.types else {}
    for folder, guide in written:
        yield from ((path, guide) for path in (folder, *(f"guides/{alias}" for alias in aliases.get(folder, ()))))


def _whole(kb: KnowledgeBase, site: Site, documents: Documents, tables_: Sequence[Table], charts: Named, guides_: Named) -> Iterator[tuple[str, str]]:
    """What holds or describes all entries at once, by its path under /api/v1/ and in the zip."""
    about = index.about(kb, site.name, site.url)
    yield "index.json", encode(index.index(kb, site.name, site.url, tables_, charts, guides_))
    for type_ in kb.types.values():
        yield f"{type_.name}.json", documents.collection(kb.of(type_.name))
    yield "retired.json", documents.collection(entry for entry in kb.every if entry.is_retired)
    yield "facets.json", encode(facets(kb, site.url))
    for table in tables_:
        yield f"{table.name}.csv", as_csv([column.name for column in table.columns], table.rows)
    yield "datapackage.json", encode(descriptor(tables_, about))
    yield "openapi.json", encode(openapi(kb, tables_, about, site.url))
    yield "README.txt", _readme(kb, site, tables_)


def _singles(kb: KnowledgeBase, documents: Documents) -> Iterator[tuple[str, str]]:
    """The document of each entry, under its id and under each of its aliases."""
    for entry in kb.every:
        for id_ in (entry.id, *entry.aliases):
            yield f"{FOLDER}/{entry.type.name}/{id_}.json", documents.single(entry)


def _readme(kb: KnowledgeBase, site: Site, tables_: Sequence[Table]) -> str:
    words = {"title": site.name, "url": site.url, "date": index.date(kb), "version": index.version(kb), "tables": len(tables_)}
    return _README.read_text("utf-8").format(**words, attribution=index.attribution(kb, site.name, site.url))
