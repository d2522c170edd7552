"""What a YAML parser's complaint means to somebody who wrote an entry.

The parser says what it expected; the line shows what happened. Each function here looks for one mistake that
people make, from the most telling to the vaguest, and answers None where it is not that one.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

import yaml

from kb.problems import Problem, quoted

_FIELD = re.compile(r"^(?P<lead>\s*(?:- +)?)(?P<key>[A-Za-z0-9_]+):(?: +(?P<value>.*\S))?\s*$")
_NO_COLON = re.compile(r"^\s*(?:- +)?(?P<key>[a-z][a-z0-9_]*) +(?:= *)?(?P<value>[^\s:].*)$")
_NO_SPACE = re.compile(r"^\s*(?:- +)?(?P<key>[a-z][a-z0-9_]*):(?P<value>[^\s/:].*)$")
_ITEM_BESIDE = re.compile(r"^(?P<lead>\s*)(?P<key>[a-z][a-z0-9_]*): +(?P<item>- .*)$")
_ODD_AFTER = re.compile(r"^\s*(?:- +)?(?P<key>[a-z][a-z0-9_]*): *[^\S \t]")
_CONFLICT = re.compile(r"(<<<<<<<|>>>>>>>) |=======$")
_QUOTES = {"'": "single", '"': "double"}


@dataclass(frozen=True)
class _Spot:
    """The parser's complaint with the lines around it; line numbers count from 1."""

    what: str
    context: str
    line: int
    column: int
    context_line: int
    lines: list[str]

    def text(self, line: int) -> str:
        return self.lines[line - 1] if 0 < line <= len(self.lines) else ""

    @property
    def here(self) -> str:
        return self.text(self.line)

    @property
    def above(self) -> int:
        """The number of the last line before this one that says something."""
        return next((n for n in range(self.line - 1, 0, -1) if self.text(n).strip() and not self.text(n).lstrip().startswith("#")), 0)


_Finding = tuple[int, int, str, str]
"""Line, column, message, remedy."""


def explain(path: str, text: str, error: yaml.YAMLError) -> Problem:
    """The problem behind `error`, which a YAML parser raised on `text`, the content of the file at `path`."""
    spot = _spot(text, error)
    line, column, message, remedy = next(finding for look in _LOOKS if (finding := look(spot)))
    return Problem(path, line, column, "", message, remedy)


def _spot(text: str, error: yaml.YAMLError) -> _Spot:
    lines = text.splitlines() or [""]
    if not isinstance(error, yaml.MarkedYAMLError):   # a ReaderError: a character that YAML forbids
        before = text[: getattr(error, "position", 0)].splitlines() or [""]
        return _Spot("forbidden character", "", len(before), len(before[-1]) + 1, 0, lines)
    mark = error.problem_mark or error.context_mark
    context_line = error.context_mark.line + 1 if error.context_mark else 0
    return _Spot(error.problem or "", error.context or "", mark.line + 1, mark.column + 1, context_line, lines)


def _conflict(spot: _Spot) -> _Finding | None:
    line = next((number for number, text in enumerate(spot.lines, 1) if _CONFLICT.match(text)), None)
    if line is None:
        return None
    return line, 1, "Two versions of this entry were merged and git could not decide between them.", "Keep the lines that are right; delete the others and the lines of <<<<<<<, ======= and >>>>>>>."


def _odd_space(spot: _Spot) -> _Finding | None:
    for line in (spot.line, spot.above, spot.context_line):
        lead = re.match(r"\s*", spot.text(line)).group()
        odd = re.search(r"[^ \t]", lead)
        if odd:
            return line, odd.start() + 1, "This line is indented with a space that YAML does not know, such as one copied from a web page.", "Delete the spaces before the text and type them again."
        pasted = _ODD_AFTER.match(spot.text(line))
        if pasted:
            return line, pasted.end(), f"After {quoted(pasted['key'] + ':')} stands a space that YAML does not know, such as one from a word processor.", "Delete that space and type it again."
    return None


def _tab(spot: _Spot) -> _Finding | None:
    for line in (spot.line, spot.above):
        lead = re.match(r"\s*", spot.text(line)).group()
        if "\t" in lead:
            return line, lead.index("\t") + 1, "This line is indented with a tab.", "Use spaces: two for each level."
    return None


def _missing_colon(spot: _Spot) -> _Finding | None:
    for line in (spot.context_line, spot.line, spot.above):
        tight = _NO_SPACE.match(spot.text(line))
        if tight and not _FIELD.match(spot.text(line)):
            return line, tight.end("key") + 1, f"A space is missing after {quoted(tight['key'] + ':')}.", f"Write: {tight['key']}: {tight['value'].strip()}"
    suspects = {"could not find expected ':'": (spot.context_line,), "mapping values are not allowed in this context": (spot.above,)}
    for line in suspects.get(spot.what, ()):
        loose = _NO_COLON.match(spot.text(line))
        if loose and ": " not in spot.text(line):
            return line, loose.end("key") + 1, f"A colon is missing after {quoted(loose['key'])}.", f"Write: {loose['key']}: {loose['value'].strip()}"
    if spot.what == "could not find expected ':'":
        return spot.context_line, 1, f"{quoted(spot.text(spot.context_line))} is not a field: it has no colon.", "Write a field’s name, a colon and a space before it, or indent it under the field above."
    return None


def _text_above_fields(spot: _Spot) -> _Finding | None:
    above, here = spot.text(spot.above), spot.here
    field, inner = _FIELD.match(above), _FIELD.match(here)
    if not (field and field["value"] and inner) or len(inner["lead"]) <= len(field["lead"]) or field["value"][0] in "'\"|>[{":
        return None
    key, value = field["key"], field["value"]
    return spot.above, field.start("value") + 1, f"{quoted(key)} holds the text {quoted(value)}, and fields stand under it too.", f"Delete the text after “{key}:”, or move the line below to the same indentation as “{key}”."


def _item_beside_field(spot: _Spot) -> _Finding | None:
    beside = _ITEM_BESIDE.match(spot.here)
    if not beside or not spot.what.startswith("block sequence entries are not allowed"):
        return None
    return spot.line, beside.start("item") + 1, f"The first item of a list stands on the line of its field, {quoted(beside['key'])}.", f"Begin a new line under “{beside['key']}:” and write: {beside['item']}"


def _colon_in_text(spot: _Spot) -> _Finding | None:
    field = _FIELD.match(spot.here)
    if spot.what != "mapping values are not allowed in this context" or not field or not field["value"]:
        return None
    value = field["value"]
    if ": " not in value and not value.endswith(":"):
        return None
    return spot.line, spot.column, "A colon and a space inside a text look like another field.", f"Put the text in single quotes: {field['key']}: {single_quoted(value)}"


def _open_quote(spot: _Spot) -> _Finding | None:
    if "quoted scalar" not in spot.context:
        return None
    text = spot.text(spot.context_line)
    at = min((text.index(q) for q in _QUOTES if q in text), default=0)
    kind = _QUOTES.get(text[at : at + 1], "")
    return spot.context_line, at + 1, f"The {kind} quote that opens here is never closed.", "Close it at the end of the text, or leave both quotes out."


def _quote_in_quotes(spot: _Spot) -> _Finding | None:
    field = _FIELD.match(spot.here)
    value = (field and field["value"]) or ""
    if value[:1] not in ("'", '"') or "did not find expected" not in spot.what:
        return None
    quote, inner = value[0], value[1:-1] if value.endswith(value[0]) else value[1:].replace(value[0], "", 1)
    return spot.line, spot.column, f"A {_QUOTES[quote]} quote inside the text ends it too early.", f"Write: {field['key']}: {single_quoted(inner)}"


def _first_character(spot: _Spot) -> _Finding | None:
    telling = ("found character that cannot start any token", "did not find expected alphabetic or numeric character")
    if spot.what not in telling and "block scalar" not in spot.context:
        return None
    field = _FIELD.match(spot.text(spot.context_line or spot.line))
    if not field or not field["value"]:
        return None
    return spot.context_line or spot.line, field.start("value") + 1, f"A text cannot begin with {quoted(field['value'][0])}.", f"Put it in single quotes: {field['key']}: {single_quoted(field['value'])}"


def _open_bracket(spot: _Spot) -> _Finding | None:
    if "flow" not in spot.context:
        return None
    text = spot.text(spot.context_line)
    at = next((n for n, char in enumerate(text) if char in "[{"), 0)
    return spot.context_line, at + 1, f"The bracket {quoted(text[at : at + 1])} that opens here is never closed.", "Close it, or write the items below one another, each after a hyphen and a space."


def _indentation(spot: _Spot) -> _Finding | None:
    text = spot.here
    step = len(text) - len(text.lstrip())
    tight = next((n for n in (spot.line, spot.above) if re.match(r"\s*-[^\s-]", spot.text(n))), None)
    if tight:
        item = spot.text(tight)
        return tight, item.index("-") + 2, "A space is missing after the hyphen.", f"Write: - {item.strip()[1:]}"
    if text.lstrip().startswith("- ") and "block mapping" in spot.context:
        return spot.line, step + 1, "This list item is not in line with the field that it belongs to.", "Give all items of a list the same number of spaces before the hyphen."
    above = spot.text(spot.above)
    other = len(above) - len(above.lstrip())
    if step != other and (_FIELD.match(text) or text.strip()):
        return spot.line, step + 1, f"This line begins after {_spaces(step)}, the line above after {_spaces(other)}. They do not fit together.", "Give fields of the same group the same number of spaces."
    return None


def _forbidden_character(spot: _Spot) -> _Finding | None:
    if spot.what != "forbidden character":
        return None
    return spot.line, spot.column, "A character here cannot be shown and is not allowed.", "Delete it and type the text again."


def _too_deep(spot: _Spot) -> _Finding | None:
    if spot.what != "nested too deeply":
        return None
    return spot.line, spot.column, "Lists or fields are nested too deeply here.", "Compare with another entry of the same kind."


def _anything(spot: _Spot) -> _Finding:
    return spot.line, spot.column, f"From here on the file cannot be read as YAML: {quoted(spot.here.strip() or 'end of file')}.", "Look at this line and the one above for a missing colon, quote or space."


def single_quoted(text: str) -> str:
    """`text` as YAML writes it between single quotes."""
    return "'" + text.replace("'", "''") + "'"


def _spaces(number: int) -> str:
    return "1 space" if number == 1 else f"{number or 'no'} spaces"


_LOOKS: tuple[Callable[[_Spot], _Finding | None], ...] = (
    _forbidden_character, _too_deep, _conflict, _tab, _odd_space, _item_beside_field, _missing_colon, _text_above_fields, _colon_in_text, _open_quote, _quote_in_quotes,
    _first_character, _open_bracket, _indentation, _anything,
)
