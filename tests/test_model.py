"""Entries, references between them, filters and review dates, on small knowledge bases."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
from paths import PROBLEMS, ROOT

from kb import check, load
from kb.model import load as load_kb
from kb.problems import errors
from kb.review import after, agenda, due, overdue, perishable
from kb.select import select


def test_text_that_looks_like_something_else_stays_text(project: Callable[..., Path]) -> None:
    root = project()
    guide = root / "content/resources/a-guide.yml"
    words = ["no", "on", "Yes", "1e3", "0x1F", "1_000", "010", "12:30", "~x", ".5", "+1", "2024-01-01"]
    guide.write_text(guide.read_text("utf-8") + "also_called:\n" + "".join(f"  - {word}\n" for word in words), "utf-8")
    kb = load(root)
    assert check(kb) == ()
    assert kb.find("resources", "a-guide").data["also_called"] == words
    assert kb.find("resources", "a-guide").data["added"] == "2026-11-21"


def test_windows_files_and_byte_order_marks_are_read(project: Callable[..., Path]) -> None:
    root = project()
    guide = root / "content/resources/a-guide.yml"
    guide.write_bytes(b"\xef\xbb\xbf" + guide.read_bytes().replace(b"\n", b"\r\n"))
    assert check(load(root)) == ()


def test_an_entry_gives_none_for_what_it_leaves_out_and_fails_on_a_slip(project: Callable[..., Path]) -> None:
    entry = load(project()).find("resources", "a-guide")
    assert entry.acronym is None
    assert entry.kind.label == "Guide"
    assert entry.sources[0].date is None
    with pytest.raises(AttributeError):
        _ = entry.acronim
    with pytest.raises(AttributeError):
        _ = entry.sources[0].dates


def test_backlinks_and_aliases_lead_to_the_entry(project: Callable[..., Path]) -> None:
    root = project()
    guide, action = root / "content/resources/a-guide.yml", root / "content/actions/first-action.yml"
    guide.write_text(guide.read_text("utf-8") + "aliases:\n  - old-guide\n", "utf-8")
    action.write_text(action.read_text("utf-8") + "help_from: old-guide\nresources:\n  - {resource: a-guide, group: key, standing: seen, source: fact-sheet, note: Read it.}\n", "utf-8")
    kb = load(root)
    assert errors(check(kb)) == ()
    entry = kb.find("resources", "old-guide")
    assert entry.id == "a-guide"
    assert [(link.entry.id, link.field) for link in kb.links_to(entry)] == [("first-action", "help_from"), ("first-action", "resources")]
    assert kb.links_to(entry)[1].item.note == "Read it."


def test_the_order_is_number_then_title(project: Callable[..., Path]) -> None:
    root = project()
    text = (root / "content/actions/first-action.yml").read_text("utf-8")
    for number, name in ((10, "aaa"), (2, "zzz")):
        (root / f"content/actions/{name}.yml").write_text(text.replace("First action", name).replace("number: 1", f"number: {number}"), "utf-8")
    assert [entry.id for entry in load(root).of("actions")] == ["first-action", "zzz", "aaa"]


def test_loading_never_raises_on_content(tmp_path: Path, project: Callable[..., Path]) -> None:
    for case in sorted(PROBLEMS.iterdir()):
        for path in case.rglob("*.yml"):
            target = tmp_path / "content" / "resources" / f"{case.name}-{path.name}"
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
    kb = load_kb(project())
    assert len(kb.files) > 40 and kb.unread
    assert all(problem.line >= 1 and problem.column >= 1 for problem in check(kb))


def test_a_file_that_cannot_be_opened_is_a_problem_and_hides_nothing(project: Callable[..., Path]) -> None:
    root = project(PROBLEMS / "wrong-types")
    (root / "content/resources/lost.yml").symlink_to("nowhere.yml")
    lost, *others = check(load(root))[::-1]
    assert (lost.path, lost.message) == ("content/resources/lost.yml", "This file cannot be opened: No such file or directory.")
    assert len(others) == 5


TABLE = json.loads((ROOT / "tests" / "select_cases.json").read_text("utf-8"))


@pytest.mark.parametrize("case", TABLE["cases"], ids=lambda case: json.dumps(case["where"]))
def test_within_a_facet_any_and_between_facets_all(case: dict) -> None:
    """The browser's filter passes the same table (tests/browser/test_browse.py)."""
    entries = [SimpleNamespace(id=id_, terms=lambda name, terms=terms: tuple(terms.get(name, ()))) for id_, terms in TABLE["entries"].items()]
    assert [entry.id for entry in select(entries, case["where"])] == case["expected"]


def test_an_entry_answers_for_its_type_and_its_terms(project: Callable[..., Path]) -> None:
    root = project()
    guide = root / "content/resources/a-guide.yml"
    guide.write_text(guide.read_text("utf-8") + "offices: [bja, nij]\n", "utf-8")
    kb = load(root)
    assert kb.find("resources", "a-guide").terms("office") == ("bja", "nij")
    assert [entry.id for entry in select(kb.entries, {"type": ["resources"], "resource-kind": ["guide"]})] == ["a-guide"]
    assert select(kb.entries, {"office": ["ovc"]}) == ()
    assert list(kb.by_term["office"]) == ["bja", "nij"]


@pytest.mark.parametrize(("day", "months", "expected"), [
    (date(2026, 11, 21), 6, date(2027, 5, 21)), (date(2026, 11, 30), 3, date(2027, 2, 28)),
    (date(2027, 11, 30), 3, date(2028, 2, 29)), (date(2026, 12, 31), 24, date(2028, 12, 31)), (date(2026, 1, 31), 1, date(2026, 2, 28)),
])
def test_reviews_hold_for_calendar_months(day: date, months: int, expected: date) -> None:
    assert after(day, months) == expected


def test_a_review_is_overdue_the_day_after_it_was_due(project: Callable[..., Path]) -> None:
    entry = load(project()).find("resources", "a-guide")
    assert due(entry) == date(2027, 2, 21)
    assert not overdue(entry, date(2027, 2, 21))
    assert overdue(entry, date(2027, 2, 22))


def test_the_agenda_has_the_overdue_first_and_in_a_month_the_most_perishable(project: Callable[..., Path]) -> None:
    root = project()
    guide = root / "content/resources/a-guide.yml"
    text = guide.read_text("utf-8")
    (root / "content/resources/b-older.yml").write_text(text.replace("reviewed: 2026-11-21", "reviewed: 2026-11-20").replace("A guide", "B older"), "utf-8")
    (root / "content/resources/c-gone.yml").write_text(text.replace("A guide", "C gone") + "retired:\n  reason: It is no more.\n", "utf-8")
    kb = load(root)
    late, soon = agenda(kb.entries, date(2027, 2, 21)), agenda(kb.entries, date(2026, 11, 22))
    assert (late[0].title, [entry.id for entry in late[0].entries]) == ("Overdue", ["b-older"])
    assert soon[0].title == "February 2027" and [entry.id for entry in soon[0].entries] == ["b-older", "a-guide"]
    assert not overdue(kb.find("resources", "c-gone"), date(2030, 1, 1)) and not any(entry.id == "c-gone" for batch in late for entry in batch.entries)


@pytest.mark.parametrize(("availability", "known", "told"), [
    ("not-checked", "2026-11-21", "availability not checked"), ("ended", "2025-10", "availability as of October 2025"), ("check-first", "2026", ""),
    ("available", "2026-08-21", "availability as of August 21, 2026"), ("available", "2026-08-22", ""),
])
def test_availability_keeps_as_long_as_a_review(project: Callable[..., Path], availability: str, known: str, told: str) -> None:
    root = project()
    guide = root / "content/resources/a-guide.yml"
    lines = guide.read_text("utf-8").splitlines()
    new = {"availability:": f"availability: {availability}", "availability_as_of:": f"availability_as_of: '{known}'"}
    guide.write_text("\n".join(new.get(line.split(" ")[0], line) for line in lines) + "\n", "utf-8")
    kb = load(root)
    assert perishable(kb.find("resources", "a-guide"), date(2026, 11, 22)) == told
    assert all(perishable(entry, date(2030, 1, 1)) == "" for entry in kb.entries if entry.type.name != "resources")
