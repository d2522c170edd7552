"""What an entry says of other entries, and of its own sources and dates."""

import re
from collections.abc import Iterator

from kb.entries import references
from kb.model import KnowledgeBase
from kb.problems import Problem, quoted
from kb.rules.registry import groups, items, rule
from kb.shape import nearest

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}\Z")


@rule
def references_exist(kb: KnowledgeBase) -> Iterator[Problem]:
    """Where the id of another entry is asked for, there is such an entry."""
    for entry in kb.every:
        for path, id_, type_ in references(entry):
            if type_ in kb.types and id_ not in kb.ids[type_]:
                title = kb.types[type_].title
                near = nearest(id_, kb.ids[type_])
                remedy = "" if near else f"The ids are the names of the files in content/{type_}/, without “.yml”."
                yield entry.document.problem(path, f"There is no {title} {quoted(id_)}.{near}", remedy)


@rule
def items_named_are_there(kb: KnowledgeBase) -> Iterator[Problem]:
    """A source that a fact names stands under “sources” of the same entry."""
    for entry in kb.every:
        for path, value, schema in entry.parts:
            if "x-item" not in schema or not isinstance(value, str):
                continue
            field = schema["x-item"]
            ids = [str(item["id"]) for item in groups(entry.data.get(field)) if "id" in item]
            if value not in ids:
                near = nearest(value, ids)
                remedy = "" if near or not ids else f"Ids there: {', '.join(ids)}."
                yield entry.document.problem(path, f"No item under “{field}” has the id {quoted(value)}.{near}", remedy)


@rule
def item_ids_are_unique(kb: KnowledgeBase) -> Iterator[Problem]:
    """No two sources of an entry have the same id."""
    for entry in kb.every:
        seen: set[str] = set()
        for number, item in enumerate(items(entry.data.get("sources"))):
            id_ = item.get("id") if isinstance(item, dict) else None
            if isinstance(id_, str) and id_ in seen:
                yield entry.document.problem(("sources", number, "id"), f"Another source of this entry has the id {quoted(id_)} already.", "Give each source an id of its own.")
            seen.add(str(id_))


@rule
def facts_name_their_source(kb: KnowledgeBase) -> Iterator[Problem]:
    """A fact that somebody read (“seen”) or that another page says (“stated”) names its source."""
    for entry in kb.every:
        for path, value, _ in entry.parts:
            if isinstance(value, dict) and value.get("standing") in ("seen", "stated") and "source" not in value:
                yield entry.document.problem(path, f"This item says {quoted(value['standing'])} but names no source.", "Add “source:” with the id of a source below, or change the standing to “editorial” if it is our judgment.")


@rule
def reviews_follow_publication(kb: KnowledgeBase) -> Iterator[Problem]:
    """An entry is not reviewed before it was added."""
    for entry in kb.every:
        added, reviewed = entry.data.get("added"), entry.data.get("reviewed")
        if _DATE.match(str(added)) and _DATE.match(str(reviewed)) and reviewed < added:
            yield entry.document.problem(("reviewed",), f"It was reviewed on {reviewed}, before it was added on {added}.", "Correct one of the two dates.")


@rule
def suggestions_are_not_listed_already(kb: KnowledgeBase) -> Iterator[Problem]:
    """A resource is not suggested for an action that lists it anyway."""
    listed = {(str(item.get("resource")), action.id) for action in kb.of("actions") for item in groups(action.data.get("resources"))}
    for entry in kb.of("resources"):
        for number, item in enumerate(items(entry.data.get("suggested_actions"))):
            action = item.get("action") if isinstance(item, dict) else None
            if (entry.id, str(action)) in listed:
                yield entry.document.problem(("suggested_actions", number), f"The action {quoted(action)} lists this resource already.", "Delete this item.")
