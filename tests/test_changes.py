"""What changed, and when: read from the content, without git."""

from collections.abc import Callable
from pathlib import Path

from small import ended, resource

from kb import KnowledgeBase, load
from kb.changes import batches, by_month, in_question, reports


def test_reports_are_newest_first_and_told_once(kb: KnowledgeBase) -> None:
    for found in (reports(kb), reports(kb, latest=True)):
        assert [report.date for report in found] == sorted((report.date for report in found), reverse=True)
        assert len({(report.date, report.text) for report in found}) == len(found)
        assert {entry for report in found for entry in report.entries} == set(in_question(kb)), "every resource in question is told"
    assert sum(len(report.entries) for report in reports(kb, latest=True)) == len(in_question(kb)), "of each the newest alone"


def test_a_note_that_two_resources_share_is_told_once_and_an_undated_one_not(project: Callable[..., Path]) -> None:
    root = project()
    resource(root, "first", *ended())
    resource(root, "second", *ended())
    resource(root, "third", *ended("\n  - text: No date at all.\n    standing: editorial\n"))
    resource(root, "fourth", *ended(), ("\nsources:", "\nretired:\n  date: '2026-12-01'\n  reason: It is gone.\nsources:"))
    told = [(report.date, report.text, [entry.id for entry in report.entries]) for report in reports(load(root))]
    assert told == [
        ("2026-11-21", "No date at all.", ["third"]),
        ("2026-01", "A later report.", ["first", "second"]),
        ("2025-08-18", "The first report.", ["first", "second"]),
    ]


def test_what_was_only_not_checked_is_no_report(kb: KnowledgeBase) -> None:
    assert {entry.availability.id for report in reports(kb) for entry in report.entries} == {"changed", "check-first", "reported-ended", "ended"}


def test_entries_of_one_day_and_type_are_one_batch(kb: KnowledgeBase) -> None:
    found = batches(kb)
    assert sum(len(batch.entries) for batch in found if batch.kind == "added") == len([entry for entry in kb.entries if not entry.retired])
    large = next(batch for batch in found if batch.type.name == "results" and batch.kind == "added")
    small = next(batch for batch in found if batch.type.name == "guides" and batch.kind == "added")
    assert large.told == () and small.told == small.entries


def test_a_review_counts_from_the_second_on_and_a_retirement_alone(project: Callable[..., Path]) -> None:
    root = project()
    resource(root, "read-again", ("reviewed: 2026-11-21", "reviewed: 2027-02-01"))
    resource(root, "gone", ("\nsources:", "\nretired:\n  date: '2027-03-01'\n  reason: It is gone.\nsources:"))
    told = [(batch.kind, batch.date, batch.type.name, [entry.id for entry in batch.entries]) for batch in batches(load(root))]
    assert told == [
        ("retired", "2027-03-01", "resources", ["gone"]),
        ("reviewed", "2027-02-01", "resources", ["read-again"]),
        ("added", "2026-11-21", "actions", ["first-action"]),
        ("added", "2026-11-21", "resources", ["a-guide", "read-again"]),
    ]


def test_months_keep_the_order_and_a_bare_year_comes_last(project: Callable[..., Path]) -> None:
    root = project()
    resource(root, "first", *ended("".join(f"\n  - text: Of {date}.\n    standing: editorial\n    date: '{date}'" for date in ("2025", "2025-08-18", "2025-08", "2026-01-14")) + "\n"))
    assert [(month, [report.date for report in found]) for month, found in by_month(reports(load(root)))] == [("2026-01", ["2026-01-14"]), ("2025-08", ["2025-08-18", "2025-08"]), ("2025", ["2025"])]
