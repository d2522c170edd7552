"""Names, titles, numbers and aliases: each leads to one entry."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from kb.entries import Entry
from kb.model import KnowledgeBase
from kb.problems import Path, Problem, quoted
from kb.rules.registry import items, rule
from kb.shape import nearest

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\.yml\Z")


@rule
def file_names_are_ids(kb: KnowledgeBase) -> Iterator[Problem]:
    """A file’s name is the entry’s id: lower-case letters, digits and single hyphens, ending in “.yml”."""
    for file in kb.files:
        name = file.rsplit("/", 1)[1]
        if not name.endswith((".yml", ".yaml")):
            yield Problem(file, 1, 1, "", f"{quoted(name)} is no entry: the files of entries end in “.yml”.", "Move it out of this folder, or rename it.")
        elif not _ID.match(name):
            stem = re.sub(r"[^a-z0-9]+", "-", re.sub(r"\.ya?ml$", "", name.lower())).strip("-") or "entry"
            yield Problem(file, 1, 1, "", f"{quoted(name)} is not a name that can be part of an address.", f"Rename the file, for example to {stem}.yml")


@rule
def entries_stand_in_the_folder_of_their_type(kb: KnowledgeBase) -> Iterator[Problem]:
    """An entry stands in the folder of its type, not beside or beneath it."""
    for file in kb.strays:
        folder = file.split("/")[1]
        near = "" if folder in kb.types or file.count("/") < 2 else nearest(folder, kb.types)
        where = "content/" if file.count("/") < 2 else f"{file.rsplit('/', 1)[0]}/"
        yield Problem(file, 1, 1, "", f"{quoted(where)} is no folder of entries, so this file would be left out.{near}", f"Move it to content/{folder}/" if folder in kb.types else f"Move it to one of: {', '.join(f'content/{name}/' for name in kb.types)}")


@rule
def titles_are_unique(kb: KnowledgeBase) -> Iterator[Problem]:
    """No two entries of a type have the same title; retired ones do not count."""
    yield from _repeated(kb.entries, lambda entry: [(("title",), str(entry.data.get("title", "")).casefold())])


@rule
def numbers_are_unique(kb: KnowledgeBase) -> Iterator[Problem]:
    """No two entries of a type have the same number, where the type has numbers."""
    yield from _repeated(kb.entries, lambda entry: [(("number",), entry.data["number"])] if isinstance(entry.data.get("number"), int) else [])


@rule
def aliases_are_unique(kb: KnowledgeBase) -> Iterator[Problem]:
    """An alias belongs to one entry of the site, because a short link leads to one place."""
    yield from _repeated(kb.every, _aliases, across_types=True)


@rule
def aliases_are_no_live_ids(kb: KnowledgeBase) -> Iterator[Problem]:
    """An alias is not the id of an entry of the same type: the address can lead to one of them only."""
    live = {(entry.type.name, entry.id): entry for entry in kb.every}
    for entry in kb.every:
        for path, alias in _aliases(entry):
            if other := live.get((entry.type.name, alias)):
                where = "this entry’s own id" if other is entry else f"the id of {other.document.path}"
                yield entry.document.problem(path, f"The alias {quoted(alias)} is {where}.", "Delete it, or choose another.")


def _repeated(entries: Iterable[Entry], values: Callable[[Entry], list[tuple[Path, Any]]], across_types: bool = False) -> Iterator[Problem]:
    """A problem at each value that another entry has too, naming the others."""
    found: dict[Any, list[tuple[Entry, Path]]] = defaultdict(list)
    for entry in entries:
        for path, value in values(entry):
            if value:
                found["" if across_types else entry.type.name, value].append((entry, path))
    for holders in found.values():
        for entry, path in holders if len({holder.document.path for holder, _ in holders}) > 1 else ():
            others = ", ".join(sorted({other.document.path for other, _ in holders if other is not entry}))
            name = next(step for step in path if isinstance(step, str))
            value = entry.document.values[path].text
            yield entry.document.problem(path, f"The {'alias' if name == 'aliases' else name} {quoted(value)} stands in {others} too.", "Change one of them, or make one entry of the two.")


def _aliases(entry: Entry) -> list[tuple[Path, str]]:
    return [(("aliases", number), alias) for number, alias in enumerate(items(entry.data.get("aliases"))) if isinstance(alias, str)]
