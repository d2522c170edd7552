"""Names, numbers and dates in sentences."""

from datetime import date

import pytest

from kb.dates import day
from kb.phrases import ended, lower_first, plural, rounded, short


@pytest.mark.parametrize(("when", "words"), [("2025-08-18", "August 18, 2025"), ("2025-08", "August 2025"), ("2025", "2025"), (date(2026, 1, 2), "January 2, 2026")])
def test_dates_are_as_exact_as_they_are(when: str, words: str) -> None:
    assert day(when) == words


def test_small_words() -> None:
    assert plural(1, "entry", "entries") == "1 entry"
    assert plural(1200, "page") == "1,200 pages"
    assert lower_first("Title and list") == "title and list"
    assert lower_first("PERF’s list") == "PERF’s list"
    assert short("Bureau of Justice Assistance (BJA)") == "BJA"
    assert short("U.S. Attorneys’ Offices") == "U.S. Attorneys’ Offices"


@pytest.mark.parametrize(("population", "words"), [(8_712, "8,700 people"), (54_021, "54,000 people"), (112_759, "110,000 people"), (2_746_388, "2.7 million people")])
def test_a_population_is_rounded_as_prose_gives_it(population: int, words: str) -> None:
    assert rounded(population) == words


def test_a_sentence_ends_once() -> None:
    assert [ended(text) for text in ("So it is", "Is it?", "He said: “No.”")] == ["So it is.", "Is it?", "He said: “No.”"]
