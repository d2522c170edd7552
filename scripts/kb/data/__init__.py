"""The content as data, under /api/v1/: documents, tables, schemas and what describes them. `files` reads like a table of contents.

Version 1 keeps its promise by hand: API-CHANGELOG.md says what may change, and tests/api_v1.txt pins every address and key.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kb.data import documents
from kb.data.documents import FOLDER, Documents
from kb.model import KnowledgeBase

if TYPE_CHECKING:
    from kb.render import Site

__all__ = ["FOLDER", "files"]


def files(kb: KnowledgeBase, site: Site) -> Iterator[tuple[str, str | bytes]]:
    """Every file of the data, as its path on the site and its content."""
    documents_ = Documents(kb, site.url)
    for type_ in kb.types.values():
        yield f"{FOLDER}/{type_.name}.json", documents_.collection(kb.of(type_.name))
    for entry in kb.every:
        for id_ in (entry.id, *entry.aliases):
            yield f"{FOLDER}/{entry.type.name}/{id_}.json", documents_.single(entry)
    yield f"{FOLDER}/retired.json", documents_.collection(entry for entry in kb.every if entry.is_retired)
    yield f"{FOLDER}/facets.json", documents.encode(documents.facets(kb, site.url))
