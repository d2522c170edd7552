"""Bad input beside the exact words that a contributor gets for it. The folders of tests/problems are the cases."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from paths import PROBLEMS

from kb import check, load
from kb.problems import WARNING, Problem, as_annotations, as_json, as_text, closing_line, errors, listed, quoted
from kb.reading import DEEPEST, LARGEST, read

CASES = sorted(path for path in PROBLEMS.iterdir() if path.is_dir() and path.name != "base")


MANY = ["a.yml", "b.yml", *(f"{number}.yml" for number in range(1116))]


def told(root: Path) -> str:
    kb = load(root)
    problems = check(kb)
    return "\n\n".join(filter(None, [as_text(problems), closing_line(problems, kb.files)])) + "\n"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_mistake_is_told_in_these_words(case: Path, project: Callable[..., Path]) -> None:
    assert told(project(case)) == (case / "expected.txt").read_text("utf-8")


def test_sound_entries_have_no_problems(project: Callable[..., Path]) -> None:
    assert told(project()) == "2 entries, no problems.\n"


def test_a_file_that_is_too_large_is_not_read() -> None:
    document, problems = read("content/resources/large.yml", b"title: x\n" + b"#" * LARGEST)
    assert document.data is None
    assert as_text(problems) == (
        "content/resources/large.yml:1:1\n  This file has 262,153 bytes. An entry may have 262,144.\n  Split it, or shorten it."
    )


def test_nesting_has_an_end() -> None:
    document, problems = read("x.yml", b"a: " + b"[" * 2000)
    assert document.data is None
    assert as_text(problems).split("\n")[1] == "  Lists or fields are nested too deeply here."
    document, problems = read("x.yml", b"a: " + b"[" * (DEEPEST - 1) + b"]" * (DEEPEST - 1))
    assert not problems


@pytest.mark.parametrize("raw", [b"\x00", b"\xff\xfe", b"{", b"[", b"'", b"*", b"&", b"!", b"%", b"? ", b"- : -", b": ", b"\t", b"---\n---\n---", b"<<: *x", b"a: |1\n", b"\xef\xbb\xbf"])
def test_no_bytes_make_the_reader_fail(raw: bytes) -> None:
    document, problems = read("x.yml", raw)
    assert problems or isinstance(document.data, dict)
    assert "Traceback" not in as_text(problems)


def test_annotations_escape_what_the_host_reads() -> None:
    problem = Problem("content/a,b.yml", 3, 5, "help › item 1", "100% wrong:\nvery", "Mend it")
    assert as_annotations([problem]) == "::error file=content/a%2Cb.yml,line=3,col=5,title=help › item 1::100%25 wrong:%0Avery%0AMend it"


def test_json_has_every_field() -> None:
    problem = Problem("a.yml", 3, 5, "help", "Wrong.", "Mend it.")
    assert json.loads(as_json([problem])) == [{"path": "a.yml", "line": 3, "column": 5, "place": "help", "message": "Wrong.", "remedy": "Mend it.", "severity": "error"}]


def test_the_closing_line_counts() -> None:
    one, other = Problem("a.yml", 1, 1, "", "x"), Problem("b.yml", 1, 1, "", "x")
    assert closing_line([one], ["a.yml"]) == "1 problem in 1 of 1 entry. Nothing was built."
    assert closing_line([one, one, other], MANY) == "3 problems in 2 of 1,118 entries. Nothing was built."
    assert closing_line([], MANY) == "1,118 entries, no problems."
    moved = Problem("content/moved.yml", 1, 1, "", "x")
    assert closing_line([moved], MANY) == "1 problem in 1 file. Nothing was built."
    assert closing_line([one, moved], MANY) == "2 problems in 2 files. Nothing was built."


def test_a_warning_is_told_and_stops_nothing() -> None:
    warning = Problem("a.yml", 3, 5, "help", "Old.", "Mend it.", WARNING)
    assert errors([warning]) == () and errors([Problem("a.yml", 1, 1, "", "x"), warning]) == (Problem("a.yml", 1, 1, "", "x"),)
    assert as_text([warning]) == "a.yml:3:5   help\n  Warning: Old.\n  Mend it."
    assert as_annotations([warning]) == "::warning file=a.yml,line=3,col=5,title=help::Old.%0AMend it."
    assert json.loads(as_json([warning]))[0]["severity"] == "warning"
    assert closing_line([warning], MANY) == "1,118 entries, no problems, 1 warning."
    assert closing_line([Problem("b.yml", 1, 1, "", "x"), warning, warning], MANY) == "1 problem in 1 of 1,118 entries, 2 warnings. Nothing was built."


def test_what_was_seen_is_quoted_on_one_line() -> None:
    assert quoted("a\n  b") == "“a b”"
    assert quoted("x" * 70) == "“" + "x" * 59 + "…”"
    assert listed(["a"]) == "a"
    assert listed(["a", "b", "c"], "or") == "a, b or c"
