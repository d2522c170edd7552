"""YAML text to data that remembers where everything stood.

Less than YAML, on purpose. Only true, false, whole and decimal numbers and the empty value are more than text, so
that “no”, “1e3” and “2024-01-01” stay what somebody wrote. Anchors, tags, several documents in a file and repeated
keys are problems.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from typing import Any, NamedTuple

import yaml

from kb.problems import ERROR, Path, Problem, place, quoted
from kb.syntax import explain, single_quoted

FIELDS = "Begin each line with a field’s name and a colon, such as “title: …”."
LARGEST = 256 * 1024
"""Bytes. The longest entry that people wrote has about 20,000."""
DEEPEST = 30
"""Levels of nesting. The schemas need fewer than ten."""

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INTEGER = re.compile(r"-?(0|[1-9][0-9]*)\Z")
_DECIMAL = re.compile(r"-?(0|[1-9][0-9]*)\.[0-9]+\Z")
_LOST = re.compile(r" +#[^\s#].*")
_WORDS = {"": None, "~": None, "null": None, "true": True, "false": False}


class Mark(NamedTuple):
    """Where something stands, counted from 1, and the text of a scalar as it was written."""

    line: int
    column: int
    text: str = ""


START = Mark(1, 1)


@dataclass(frozen=True)
class Document:
    """One YAML file: its data, and the marks of its keys and values."""

    path: str
    data: Any = None
    values: dict[Path, Mark] = field(default_factory=dict, repr=False)
    keys: dict[Path, Mark] = field(default_factory=dict, repr=False)
    lines: tuple[str, ...] = field(default=(), repr=False)

    def problem(self, path: Path, message: str, remedy: str = "", *, at_key: bool = False, at_text: str = "", severity: str = ERROR) -> Problem:
        """A problem at the value (or the key) that `path` leads to, or at the nearest place above it.

        With `at_text`, at the first place of the value where that text stands, however the value is written.
        """
        marks = self.keys if at_key else self.values
        near = path
        while near and near not in marks:
            near = near[:-1]
        mark = marks.get(near, START)
        line, column = self._find(at_text, mark) if at_text else (mark.line, mark.column)
        return Problem(self.path, line, column, place(path), message, remedy, severity)

    def _find(self, text: str, mark: Mark) -> tuple[int, int]:
        wanted = text.split("\n")[0].strip()
        for number, line in enumerate(self.lines[mark.line - 1 :], mark.line):
            at = line.find(wanted, mark.column - 1 if number == mark.line else 0)
            if at >= 0:
                return number, at + 1
        return mark.line, mark.column


def read(path: str, raw: bytes, needs: str = "an entry must have fields", remedy: str = FIELDS) -> tuple[Document, tuple[Problem, ...]]:
    """The document in `raw`, the bytes of the file at `path`, and what was wrong with it.

    `needs` and `remedy` tell what the file must hold, for one that holds a list or a text instead of fields.
    Never raises on content. The data is None where nothing could be read.
    """
    if len(raw) > LARGEST:
        return _refused(path, START, f"This file has {len(raw):,} bytes. An entry may have {LARGEST:,}.", "Split it, or shorten it.")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8", "replace").split("\n")
        mark = Mark(len(before), len(before[-1]) + 1)
        return _refused(path, mark, "A character here is not UTF-8.", "Save the file in the UTF-8 encoding.")
    lines = tuple(text.splitlines())
    builder = _Builder(path, lines)
    try:
        data = builder.build(yaml.parse(text, Loader=_Loader))
    except yaml.YAMLError as error:
        return Document(path), (*builder.problems, explain(path, text, error))
    if builder.problems and data is None:
        return Document(path), tuple(builder.problems)
    if not isinstance(data, dict):
        return Document(path), (*builder.problems, _no_fields(path, text, data, needs, remedy))
    return Document(path, data, builder.values, builder.keys, lines), tuple(builder.problems)


def read_file(file: FilePath, path: str, *words: str) -> tuple[Document, tuple[Problem, ...]]:
    """The document in `file`, which problems call `path`; a file that cannot be opened is a problem too. The rest as for `read`."""
    try:
        return read(path, file.read_bytes(), *words)
    except OSError as error:
        return _refused(path, START, f"This file cannot be opened: {error.strerror}.", "Put the file itself here, with permission to read it.")


def _refused(path: str, mark: Mark, message: str, remedy: str) -> tuple[Document, tuple[Problem, ...]]:
    return Document(path), (Problem(path, mark.line, mark.column, "", message, remedy),)


def _no_fields(path: str, text: str, data: object, needs: str, remedy: str) -> Problem:
    if data is None:
        return Problem(path, 1, 1, "", "This file is empty.", "Write an entry into it, or delete the file.")
    line = next((number for number, line in enumerate(text.split("\n"), 1) if line.strip() and not line.startswith(("#", "---"))), 1)
    what = "a list" if isinstance(data, list) else "a text"
    return Problem(path, line, 1, "", f"This file holds {what} where {needs}.", remedy)


class _Builder:
    """Builds data from YAML events, noting marks and problems on the way."""

    def __init__(self, path: str, lines: tuple[str, ...]) -> None:
        self.path = path
        self.lines = lines
        self.values: dict[Path, Mark] = {}
        self.keys: dict[Path, Mark] = {}
        self.problems: list[Problem] = []

    def build(self, events: Iterator[yaml.Event]) -> Any:
        data, documents = None, 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents == 2:
                    self._note((), event, "A second document begins here.", "Put each entry into a file of its own, and delete the line “---”.")
            elif not isinstance(event, (yaml.StreamStartEvent, yaml.StreamEndEvent, yaml.DocumentEndEvent)):
                value = self._value(event, events, (), keep=documents == 1)
                data = value if documents == 1 else data
        return data

    def _value(self, event: yaml.Event, events: Iterator[yaml.Event], path: Path, keep: bool = True) -> Any:
        self._refuse_extras(event, path)
        if keep:
            self.values[path] = _mark(event)
        if len(path) > DEEPEST:
            raise yaml.MarkedYAMLError(problem="nested too deeply", problem_mark=event.start_mark)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(events, path, keep)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(events, path, keep)
        if not isinstance(event, yaml.ScalarEvent):
            return f"*{event.anchor}"
        self._refuse_lost_text(event, path)
        return _scalar(event)

    def _sequence(self, events: Iterator[yaml.Event], path: Path, keep: bool) -> list[Any]:
        items: list[Any] = []
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            items.append(self._value(event, events, (*path, len(items)), keep))
        return items

    def _mapping(self, events: Iterator[yaml.Event], path: Path, keep: bool) -> dict[str, Any]:
        fields: dict[str, Any] = {}
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent):
                self._note(path, event, "A list or a mapping stands here as the name of a field.", "Write the field’s name and a colon.")
                self._value(event, events, path, keep=False)
                self._value(next(events), events, path, keep=False)
                continue
            key, inner = event.value, (*path, event.value)
            again = key in fields
            self._refuse_extras(event, inner)
            if again:
                self._note(inner, event, f"{quoted(key)} stands twice; the first is on line {self.keys[inner].line}.", "Keep one of them.")
            elif keep:
                self.keys[inner] = _mark(event)
            value = self._value(next(events), events, inner, keep and not again)
            fields.setdefault(key, value)
        return fields

    def _refuse_extras(self, event: yaml.Event, path: Path) -> None:
        anchor, tag = getattr(event, "anchor", None), getattr(event, "tag", None)
        if isinstance(event, yaml.AliasEvent):
            self._note(path, event, f"“*{anchor}” repeats another place of the file. Entries do not use this.", "Write the text out again. If it should begin with an asterisk, put it in single quotes.")
        elif anchor:
            self._note(path, event, f"“&{anchor}” names this place for use elsewhere. Entries do not use this.", "Delete it. If the text should begin with “&”, put it in single quotes.")
        if tag:
            shown = tag.replace("tag:yaml.org,2002:", "!!")
            self._note(path, event, f"“{shown}” is a YAML tag. Entries do not use tags.", "Delete it. If the text should begin with “!”, put it in single quotes.")

    def _refuse_lost_text(self, event: yaml.ScalarEvent, path: Path) -> None:
        """“Ward #3” is read as “Ward”, without a word: what follows “ #” is a comment to YAML."""
        end = event.end_mark
        line = self.lines[end.line] if end.line < len(self.lines) else ""
        lost = _LOST.match(line, end.column)
        if lost and event.value and not event.style:
            whole = line[event.start_mark.column :].strip() if event.start_mark.line == end.line else event.value + lost[0]
            self._note(path, event, f"YAML leaves out {quoted(lost[0].strip())}: a “#” after a space begins a comment.", f"If it is a comment, write a space after “#”. If it is text, put all of it in single quotes: {single_quoted(whole)}")

    def _note(self, path: Path, event: yaml.Event, message: str, remedy: str) -> None:
        mark = _mark(event)
        self.problems.append(Problem(self.path, mark.line, mark.column, place(path), message, remedy))


def _mark(event: yaml.Event) -> Mark:
    return Mark(event.start_mark.line + 1, event.start_mark.column + 1, getattr(event, "value", ""))


def _scalar(event: yaml.ScalarEvent) -> Any:
    text: str = event.value
    if event.style or event.tag:
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.match(text) and len(text) < 16:
        return int(text)
    return float(text) if _DECIMAL.match(text) else text
