"""What a problem is, and how it is told: as text, as annotations on a pull request, as JSON."""

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass

Path = tuple[str | int, ...]

ERROR, WARNING = "error", "warning"


@dataclass(frozen=True)
class Problem:
    """Something that a contributor can fix, and where."""

    path: str
    """The file, relative to the project, with forward slashes."""
    line: int
    column: int
    """Both count from 1."""
    place: str
    """The way to it in words: “resources › item 1 › group”. Empty for the file as a whole."""
    message: str
    """What is wrong, in the contributor's words."""
    remedy: str = ""
    """What to do about it; may have several lines. Empty where the message says it."""
    severity: str = ERROR
    """ERROR stops every build; a WARNING is told and stops nothing."""


def place(path: Path) -> str:
    """A path into the data in words; list items count from 1."""
    return " › ".join(f"item {step + 1}" if isinstance(step, int) else step for step in path)


def as_text(problems: Sequence[Problem]) -> str:
    """All problems for a terminal, a blank line between two."""
    return "\n\n".join(map(_paragraph, problems))


def as_annotations(problems: Iterable[Problem]) -> str:
    """All problems as GitHub workflow commands, which the host shows on their lines."""
    return "\n".join(map(_annotation, problems))


def as_json(problems: Iterable[Problem]) -> str:
    """All problems as a JSON list of objects with the fields of Problem."""
    return json.dumps([asdict(problem) for problem in problems], ensure_ascii=False, indent=2)


def errors(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems that stop a build."""
    return tuple(problem for problem in problems if problem.severity == ERROR)


def closing_line(problems: Sequence[Problem], entries: Collection[str]) -> str:
    """One line that sums up: “3 problems in 2 of 118 entries. Nothing was built.”, “118 entries, no problems, 1 warning.”

    `entries` are the paths of the files of entries.
    """
    stopping, total = errors(problems), _count(len(entries), "entry", "entries")
    warnings = len(problems) - len(stopping)
    also = f", {_count(warnings, 'warning', 'warnings')}" if warnings else ""
    if not stopping:
        return f"{total}, no problems{also}."
    files = {problem.path for problem in stopping}
    where = f"{len(files)} of {total}" if files <= set(entries) else _count(len(files), "file", "files")   # not every file is an entry
    return f"{_count(len(stopping), 'problem', 'problems')} in {where}{also}. Nothing was built."


def quoted(text: object, limit: int = 60) -> str:
    """What was seen, in quotation marks, on one line and no longer than `limit` characters."""
    seen = " ".join(str(text).split())
    return f"“{seen if len(seen) <= limit else seen[: limit - 1] + '…'}”"


def listed(words: Sequence[str], last: str = "and") -> str:
    """Words as a list in a sentence: “a, b and c”."""
    words = list(words)
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}"


def _paragraph(problem: Problem) -> str:
    head = f"{problem.path}:{problem.line}:{problem.column}"
    if problem.place:
        head += f"   {problem.place}"
    body = [("Warning: " if problem.severity == WARNING else "") + problem.message, *problem.remedy.splitlines()]
    return "\n".join([head, *(f"  {line}".rstrip() for line in body)])


def _annotation(problem: Problem) -> str:
    text = "\n".join(filter(None, [problem.message, problem.remedy]))
    title = problem.place or "file"
    return (
        f"::{problem.severity} file={_escaped(problem.path, ':,')},line={problem.line},col={problem.column},"
        f"title={_escaped(title, ':,')}::{_escaped(text)}"
    )


def _escaped(text: str, also: str = "") -> str:
    """Percent-escapes as GitHub's workflow commands want them."""
    return "".join(f"%{ord(char):02X}" if char in "%\r\n" + also else char for char in text)


def _count(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"
