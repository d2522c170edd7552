"""What a schema cannot say. One function a rule; its name states the fact that must hold, its docstring says it."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any

from kb.model import Entry, KnowledgeBase, references
from kb.problems import Path, Problem, quoted
from kb.shape import nearest, violations
from kb.types import MARKDOWN

Rule = Callable[[KnowledgeBase], Iterator[Problem]]
RULES: list[Rule] = []

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\.yml\Z")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}\Z")
_TAG = re.compile(r"<(?:/?[a-zA-Z][^<>]*|!--.*?--|![a-zA-Z][^<>]*)>", re.DOTALL)
_LINK = re.compile(r"\]\(\s*<?([^)\s>]*)>?[^)]*\)")
_SCHEMES = ("https:", "http:", "mailto:", "tel:")


def rule(function: Rule) -> Rule:
    """Adds a rule to those that `check` runs."""
    RULES.append(function)
    return function


def check(kb: KnowledgeBase) -> tuple[Problem, ...]:
    """Every problem of the knowledge base, by file and line: of reading, of shape, and of the rules."""
    shapes = (problem for entry in kb.entries for problem in violations(entry))
    ruled = (problem for one in RULES for problem in one(kb))
    found = dict.fromkeys([*kb.unread, *shapes, *ruled])
    return tuple(sorted(found, key=lambda problem: (problem.path, problem.line, problem.column)))


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
def titles_are_unique(kb: KnowledgeBase) -> Iterator[Problem]:
    """No two entries of a type have the same title."""
    yield from _repeated(kb, lambda entry: [(("title",), str(entry.data.get("title", "")).casefold())])


@rule
def numbers_are_unique(kb: KnowledgeBase) -> Iterator[Problem]:
    """No two entries of a type have the same number, where the type has numbers."""
    yield from _repeated(kb, lambda entry: [(("number",), entry.data["number"])] if isinstance(entry.data.get("number"), int) else [])


@rule
def aliases_are_unique(kb: KnowledgeBase) -> Iterator[Problem]:
    """An alias belongs to one entry of the site, because a short link leads to one place."""
    yield from _repeated(kb, _aliases, across_types=True)


@rule
def aliases_are_no_live_ids(kb: KnowledgeBase) -> Iterator[Problem]:
    """An alias is not the id of an entry of the same type: the address can lead to one of them only."""
    live = {(entry.type.name, entry.id): entry for entry in kb.entries}
    for entry in kb.entries:
        for path, alias in _aliases(entry):
            if other := live.get((entry.type.name, alias)):
                where = "this entry’s own id" if other is entry else f"the id of {other.document.path}"
                yield entry.document.problem(path, f"The alias {quoted(alias)} is {where}.", "Delete it, or choose another.")


@rule
def references_exist(kb: KnowledgeBase) -> Iterator[Problem]:
    """Where the id of another entry is asked for, there is such an entry."""
    for entry in kb.entries:
        for path, id_, type_ in references(entry):
            if type_ in kb.types and id_ not in kb.ids[type_]:
                title = kb.types[type_].title
                near = nearest(id_, kb.ids[type_])
                remedy = "" if near else f"The ids are the names of the files in content/{type_}/, without “.yml”."
                yield entry.document.problem(path, f"There is no {title} {quoted(id_)}.{near}", remedy)


@rule
def items_named_are_there(kb: KnowledgeBase) -> Iterator[Problem]:
    """A source that a fact names stands under “sources” of the same entry."""
    for entry in kb.entries:
        for path, value, schema in entry.parts:
            if "x-item" not in schema or not isinstance(value, str):
                continue
            field = schema["x-item"]
            ids = [str(item["id"]) for item in _dicts(entry.data.get(field)) if "id" in item]
            if value not in ids:
                near = nearest(value, ids)
                remedy = "" if near or not ids else f"Ids there: {', '.join(ids)}."
                yield entry.document.problem(path, f"No item under “{field}” has the id {quoted(value)}.{near}", remedy)


@rule
def item_ids_are_unique(kb: KnowledgeBase) -> Iterator[Problem]:
    """No two sources of an entry have the same id."""
    for entry in kb.entries:
        seen: set[str] = set()
        for number, item in enumerate(_list(entry.data.get("sources"))):
            id_ = item.get("id") if isinstance(item, dict) else None
            if isinstance(id_, str) and id_ in seen:
                yield entry.document.problem(("sources", number, "id"), f"Another source of this entry has the id {quoted(id_)} already.", "Give each source an id of its own.")
            seen.add(str(id_))


@rule
def facts_name_their_source(kb: KnowledgeBase) -> Iterator[Problem]:
    """A fact that somebody read (“seen”) or that another page says (“stated”) names its source."""
    for entry in kb.entries:
        for path, value, _ in entry.parts:
            if isinstance(value, dict) and value.get("standing") in ("seen", "stated") and "source" not in value:
                yield entry.document.problem(path, f"This item says {quoted(value['standing'])} but names no source.", "Add “source:” with the id of a source below, or change the standing to “editorial” if it is our judgment.")


@rule
def text_has_no_html(kb: KnowledgeBase) -> Iterator[Problem]:
    """Text is plain or Markdown, never HTML."""
    for entry, path, text, _ in _texts(kb):
        if tag := _TAG.search(text):
            yield entry.document.problem(path, f"{quoted(tag.group())} is HTML, which entries may not hold.", "Delete it. For emphasis write **two asterisks**; for a link write [text](address).", at_text=tag.group())


@rule
def links_lead_somewhere(kb: KnowledgeBase) -> Iterator[Problem]:
    """A link in a text leads to a page of this site, or begins with https:, http:, mailto: or tel:."""
    for entry, path, text, schema in _texts(kb):
        for target in _LINK.findall(text) if schema.get("format") == MARKDOWN else ():
            page = target.partition("#")[0].partition("?")[0]
            if target.startswith("/") and not target.startswith("//"):
                if page not in kb.addresses:
                    near = nearest(page, kb.addresses) or nearest(f"{page}/", kb.addresses)
                    yield entry.document.problem(path, f"This site has no page {quoted(page)}.{near}", "Addresses look like /resources/cvipi/, with a slash at both ends.", at_text=target)
            elif not target.startswith(_SCHEMES):
                yield entry.document.problem(path, f"{quoted(target)} is not an address that a page may link to.", "A link begins with https://, http://, mailto: or tel:, or with / for a page of this site.", at_text=target)


@rule
def reviews_follow_publication(kb: KnowledgeBase) -> Iterator[Problem]:
    """An entry is not reviewed before it was added."""
    for entry in kb.entries:
        added, reviewed = entry.data.get("added"), entry.data.get("reviewed")
        if _DATE.match(str(added)) and _DATE.match(str(reviewed)) and reviewed < added:
            yield entry.document.problem(("reviewed",), f"It was reviewed on {reviewed}, before it was added on {added}.", "Correct one of the two dates.")


@rule
def suggestions_are_not_listed_already(kb: KnowledgeBase) -> Iterator[Problem]:
    """A resource is not suggested for an action that lists it anyway."""
    listed = {(item.get("resource"), action.id) for action in kb.of("actions") for item in _dicts(action.data.get("resources"))}
    for entry in kb.of("resources"):
        for number, item in enumerate(_list(entry.data.get("suggested_actions"))):
            action = item.get("action") if isinstance(item, dict) else None
            if (entry.id, action) in listed:
                yield entry.document.problem(("suggested_actions", number), f"The action {quoted(action)} lists this resource already.", "Delete this item.")


def _repeated(kb: KnowledgeBase, values: Callable[[Entry], list[tuple[Path, Any]]], across_types: bool = False) -> Iterator[Problem]:
    """A problem at each value that another entry has too, naming the others."""
    found: dict[Any, list[tuple[Entry, Path]]] = defaultdict(list)
    for entry in kb.entries:
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
    return [(("aliases", number), alias) for number, alias in enumerate(_list(entry.data.get("aliases"))) if isinstance(alias, str)]


def _texts(kb: KnowledgeBase) -> Iterator[tuple[Entry, Path, str, Any]]:
    for entry in kb.entries:
        for path, value, schema in entry.parts:
            if isinstance(value, str):
                yield entry, path, value, schema


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _dicts(value: Any) -> list[dict[str, Any]]:
    return [item for item in _list(value) if isinstance(item, dict)]
