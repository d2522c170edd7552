"""Where an entry breaks its schema, in plain language."""

import difflib
import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import jsonschema

from kb.entries import Entry
from kb.problems import Path, Problem, listed, quoted
from kb.types import Schema, terms

_FORMATS = jsonschema.FormatChecker(formats=())
_TYPES = {"string": "text", "integer": "a whole number", "number": "a number", "array": "a list", "object": "a group of fields", "boolean": "true or false"}


@_FORMATS.checks("date")
def _is_date(value: object) -> bool:
    return not isinstance(value, str) or _day(value, r"\d{4}-\d{2}-\d{2}\Z")


@_FORMATS.checks("partial-date")
def _is_partial_date(value: object) -> bool:
    return not isinstance(value, str) or _day(value, r"\d{4}(-\d{2}(-\d{2})?)?\Z")


@_FORMATS.checks("web-address")
def _is_web_address(value: object) -> bool:
    return not isinstance(value, str) or bool(re.match(r"https?://[^\s/?#.]+\.[^\s]+\Z", value))


@_FORMATS.checks("email")
def _is_email(value: object) -> bool:
    return not isinstance(value, str) or bool(re.match(r"[^\s@]+@[^\s@.]+\.[^\s@]+\Z", value))


def _closed_list(validator: Any, choices: list[Any], instance: object, schema: Schema) -> Iterator[jsonschema.ValidationError]:
    """`oneOf` for a closed list of terms: a look into the list, where JSON Schema would try every choice in turn."""
    if all("const" in choice for choice in choices):
        if instance not in [choice["const"] for choice in choices]:
            yield jsonschema.ValidationError("not in the list")
    else:
        yield from jsonschema.Draft7Validator.VALIDATORS["oneOf"](validator, choices, instance, schema)


_Validator = jsonschema.validators.extend(jsonschema.Draft7Validator, {"oneOf": _closed_list})


def violations(entry: Entry) -> Iterator[Problem]:
    """The places where `entry` breaks the schema of its type."""
    validator = _Validator(entry.type.schema, format_checker=_FORMATS)
    for error in validator.iter_errors(entry.data):
        tell = _TELL.get(error.validator, _anything) if error.instance is not None else _empty
        yield from tell(entry, tuple(error.absolute_path), error)


def nearest(word: str, choices: object) -> str:
    """“ Did you mean “x”?” if one of the choices is near to `word`; else nothing."""
    near = difflib.get_close_matches(word, list(choices), n=1, cutoff=0.75) or _contained(word, choices)
    return f" Did you mean {quoted(near[0])}?" if near else ""


def slug(title: str) -> str:
    """The anchor of a vocabulary or field on the page of all fields."""
    return re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")


def _day(value: str, form: str) -> bool:
    if not re.match(form, value):
        return False
    try:
        date.fromisoformat((value + "-01-01")[:10])
    except ValueError:
        return False
    return True


def _american(value: str) -> str:
    """A day written as 11/21/2026, as year-month-day; empty where it is none."""
    parts = re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", value)
    day = f"{parts[3]}-{int(parts[1]):02}-{int(parts[2]):02}" if parts else ""
    return day if day and _day(day, r"\d{4}-") else ""


def _contained(word: str, choices: Any) -> list[str]:
    tidy = re.sub(r"[^a-z0-9]+", "-", word.lower()).strip("-")
    return [choice for choice in choices if tidy and (tidy == choice or tidy.startswith(f"{choice}-") or choice.startswith(f"{tidy}-"))][:1]


def _article(noun: str) -> str:
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"


def _empty(entry: Entry, path: Path, error: jsonschema.ValidationError) -> Iterator[Problem]:
    name = path[-1] if path and isinstance(path[-1], str) else "This item"
    what = quoted(name) if name != "This item" else name
    yield entry.document.problem(path, f"{what} is empty.", _fill(entry, path), at_key=bool(path))


def _fill(entry: Entry, path: Path) -> str:
    field = entry.type.fields.get(str(path[0])) if len(path) == 1 else None
    if field and field.required:
        return f"Every {entry.type.title} needs it. Example: {field.name}: {_example(field.schema)}"
    return "Write something, or delete the line. What is not known is left out."


def _required(entry: Entry, path: Path, error: jsonschema.ValidationError) -> Iterator[Problem]:
    name = next(name for name in error.validator_value if name not in error.instance and error.message.startswith(repr(name)))
    schema = error.schema["properties"][name]
    owner = f"This {entry.type.title}" if not path else "This item" if isinstance(path[-1], int) else quoted(path[-1])
    yield entry.document.problem(path, f"{owner} has no {quoted(name)}.", f"Add: {name}: {_example(schema)}")


def _example(schema: Schema) -> str:
    example = schema.get("examples", ["…"])[0]
    if isinstance(example, (list, dict)):
        return f"…   ({schema['description']})"
    text = str(example).split("\n")[0]
    plain = isinstance(example, int) or re.match(r"[A-Za-z][^:#]*\Z", text)
    return text if plain else f"'{text}'"


def _additional(entry: Entry, path: Path, error: jsonschema.ValidationError) -> Iterator[Problem]:
    known = error.schema["properties"]
    for name in error.instance:
        if name not in known:
            owner = entry.type.title if not path else "this item" if isinstance(path[-1], int) else quoted(path[-1])
            of = f"of {_article(owner)}" if not path else f"of {owner}"
            remedy = "" if (near := nearest(name, known)) else f"Fields here: {', '.join(known)}."
            yield entry.document.problem((*path, name), f"{quoted(name)} is not a field {of}.{near}", remedy, at_key=True)


def _type(entry: Entry, path: Path, error: jsonschema.ValidationError) -> Iterator[Problem]:
    wanted, seen = error.validator_value, error.instance
    if not path:
        return
    name = quoted(path[-1]) if isinstance(path[-1], str) else "This item"
    mark = entry.document.values[path]
    if wanted == "string" and isinstance(seen, (int, float)):
        yield entry.document.problem(path, f"{name} must be text, but {mark.text or seen} is read as a {'yes or no' if isinstance(seen, bool) else 'number'}.", f"Put it in single quotes: '{mark.text}'")
    elif wanted == "array" and mark.text.startswith("-"):
        yield entry.document.problem(path, "A space is missing after the hyphen.", f"Write: - {mark.text[1:].split(' - ')[0].strip()}")
    elif wanted == "array" and not isinstance(seen, dict):
        yield entry.document.problem(path, f"{name} must be a list.", f"Write it on a line of its own, after a hyphen and a space: - {mark.text}")
    else:
        kind = {list: "a list", dict: "a group of fields"}.get(type(seen)) or quoted(mark.text or seen)
        needed = error.schema.get("required", ())
        remedy = f"Give it fields of its own, such as “{needed[0]}: …”." if wanted == "object" and needed else f"Example: {_example(error.schema)}"
        if wanted in ("integer", "number") and re.fullmatch(r"\d{1,3}(,\d{3})+", mark.text):
            remedy = f"Write it without commas: {mark.text.replace(',', '')}"
        yield entry.document.problem(path, f"{name} must be {_TYPES[wanted]}, but {kind} stands here.", remedy)


def _one_of(entry: Entry, path: Path, error: jsonschema.ValidationError) -> Iterator[Problem]:
    choices, title = terms(error.schema), error.schema["title"]
    seen = error.instance if isinstance(error.instance, str) else entry.document.values[path].text or "a list or group"
    near = nearest(seen, choices)
    yield entry.document.problem(path, f"{quoted(seen)} is not {_article(title)}.{near}", f"Use one of: {', '.join(choices)}.")


def _format(entry: Entry, path: Path, error: jsonschema.ValidationError) -> Iterator[Problem]:
    seen = quoted(error.instance)
    if error.validator_value in ("date", "partial-date") and (day := _american(error.instance)):
        yield entry.document.problem(path, f"{seen} does not begin with the year.", f"Write: '{day}'")
        return
    message, remedy = {
        "date": (f"{seen} is not a day of the calendar.", "Write year-month-day, such as '2026-11-21'."),
        "partial-date": (f"{seen} is not a day, a month or a year.", "Write '2025-08-18', '2025-08' or '2025', as exact as the source gives it."),
        "web-address": (f"{seen} is not an address that a page may link to.", "It begins with https:// or http:// and has no spaces."),
        "email": (f"{seen} is not an e-mail address.", "Example: crimereductionTTA@policeforum.org"),
    }[error.validator_value]
    yield entry.document.problem(path, message, remedy)


def _pattern(entry: Entry, path: Path, error: jsonschema.ValidationError) -> Iterator[Problem]:
    schema = error.schema
    yield entry.document.problem(path, f"{quoted(error.instance)} is not {_article(schema['title'])} as it is written here.", f"{schema['description']} Example: {_example(schema)}")


def _length(entry: Entry, path: Path, error: jsonschema.ValidationError) -> Iterator[Problem]:
    name = quoted(path[-1]) if isinstance(path[-1], str) else "This item"
    limit, size = error.validator_value, len(error.instance)
    if not size:
        yield entry.document.problem(path, f"{name} is empty.", _fill(entry, path))
    elif error.validator == "minLength":
        yield entry.document.problem(path, f"{name} is too short: {_characters(size)}, at least {limit} are needed.")
    else:
        yield entry.document.problem(path, f"{name} is too long: {_characters(size)}, at most {limit} fit.")


def _characters(number: int) -> str:
    return "1 character" if number == 1 else f"{number} characters"


def _number(entry: Entry, path: Path, error: jsonschema.ValidationError) -> Iterator[Problem]:
    side = "at least" if error.validator == "minimum" else "at most"
    yield entry.document.problem(path, f"{quoted(path[-1])} must be {side} {error.validator_value}, but it is {error.instance}.")


def _items(entry: Entry, path: Path, error: jsonschema.ValidationError) -> Iterator[Problem]:
    if error.validator == "minItems":
        yield from _empty(entry, path, error)
        return
    again = next(item for number, item in enumerate(error.instance) if item in error.instance[:number])
    at = len(error.instance) - 1 - error.instance[::-1].index(again)
    yield entry.document.problem((*path, at), f"{quoted(again)} stands twice in this list.", "Keep one of them.")


def _any_of(entry: Entry, path: Path, error: jsonschema.ValidationError) -> Iterator[Problem]:
    names = [quoted(name) for choice in error.validator_value for name in choice["required"]]
    yield entry.document.problem(path, f"This {'item' if path else 'entry'} needs {listed(names, 'or')}.", "Add one of them.")


def _together(entry: Entry, path: Path, error: jsonschema.ValidationError) -> Iterator[Problem]:
    for name, needed in error.validator_value.items():
        for other in needed if name in error.instance else ():
            if other not in error.instance:
                yield entry.document.problem((*path, name), f"{quoted(name)} needs {quoted(other)} beside it.", f"Add: {other}: {_example(error.schema['properties'][other])}", at_key=True)


def _anything(entry: Entry, path: Path, error: jsonschema.ValidationError) -> Iterator[Problem]:
    yield entry.document.problem(path, f"{quoted(error.instance)} does not fit here.", error.schema.get("description", ""))


_TELL: dict[str, Callable[[Entry, Path, jsonschema.ValidationError], Iterator[Problem]]] = {
    "required": _required, "additionalProperties": _additional, "type": _type, "oneOf": _one_of, "format": _format, "pattern": _pattern,
    "minLength": _length, "maxLength": _length, "minimum": _number, "maximum": _number, "minItems": _items, "uniqueItems": _items,
    "anyOf": _any_of, "dependencies": _together,
}
