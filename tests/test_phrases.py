"""Names, numbers and dates in sentences."""

from datetime import date

import pytest

from kb.dates import day
from kb.phrases import after_label, capital, ended, host, lower_first, plural, rounded, short


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


def test_a_name_at_the_head_of_a_line_begins_with_a_capital_letter_unless_it_is_spelled_otherwise() -> None:
    assert [capital(name) for name in ("hot spot", "NIBIN", "eTrace")] == ["Hot spot", "NIBIN", "eTrace"]


def test_a_note_beside_a_badge_does_not_say_the_badge_again() -> None:
    assert after_label("Changed. Only local governments may apply.", "Changed") == "Only local governments may apply."
    assert after_label("Ended in 2016, according to youth.gov.", "Ended") == "Ended in 2016, according to youth.gov."


def test_a_link_to_another_site_names_its_host() -> None:
    assert host("https://www.policeforum.org/CrimeReductionTTA") == "policeforum.org"
