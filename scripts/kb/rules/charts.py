"""What a chart needs and a schema cannot say: figures and years that can be drawn as they are meant."""

from collections.abc import Iterator
from typing import Any

from kb.charts.comparable import KEYS, comparable_sets
from kb.entries import Entry
from kb.model import KnowledgeBase
from kb.problems import Path, Problem, listed, quoted
from kb.rules.registry import groups, rule


@rule
def years_stand_in_order(kb: KnowledgeBase) -> Iterator[Problem]:
    """Yearly counts stand oldest first, each year once."""
    for entry, series in _series(kb):
        seen: dict[int, int] = {}
        for number, year in enumerate(item.get("year") for item in series):
            if not isinstance(year, int) or not 1900 <= year <= 2100:
                continue   # its shape is told elsewhere
            if year in seen:
                yield entry.document.problem(("series", number, "year"), f"The year {year} stands in item {seen[year] + 1} already.", "Keep one count of a year. If two sources differ, say so under “series_note”.")
            elif seen and year < max(seen):
                yield entry.document.problem(("series", number, "year"), f"{year} stands after {max(seen)}.", "Write the oldest year first.")
            seen.setdefault(year, number)


@rule
def parts_of_years_have_whole_years_beside_them(kb: KnowledgeBase) -> Iterator[Problem]:
    """A count of a part of a year never stands alone: whole years stand beside it, or a related finding has them."""
    for entry, series in _series(kb):
        if all(item.get("complete") is False for item in series):
            yield entry.document.problem(("series", 0), "Each of these counts covers a part of a year only.", "Add whole years, or delete the yearly counts.", at_key=True)
    for entry in kb.of("results"):
        sides = [name for name in ("before", "after") if _group(entry, name).get("part_year")]
        if sides and not any(map(_whole_years, _named(kb, entry))):
            yield entry.document.problem((sides[0], "part_year"), "A part of a year stands alone here.", "Name a finding with the whole years under “related”. If there is none yet, wait for the year to end.", at_key=True)


@rule
def figures_can_be_drawn(kb: KnowledgeBase) -> Iterator[Problem]:
    """A fall is at most 100 percent, a range goes from its smaller to its larger end, and a finding has one value or one range."""
    for entry in kb.of("results"):
        data = entry.data
        yield from _falls(entry, data, ())
        yield from _falls(entry, _group(entry, "comparison_value"), ("comparison_value",))
        low, high = data.get("value_min"), data.get("value_max")
        if _numbers(low, high) and low >= high:
            yield entry.document.problem(("value_min",), f"The range begins at {low:g} and ends at {high:g}.", "Put the smaller number first. If both are the same, write “value” in place of the range.")
        if "value" in data and "value_min" in data:
            yield entry.document.problem(("value",), "This finding has a value and a range.", "Keep the one that the source prints.")


@rule
def comparisons_say_which_way(kb: KnowledgeBase) -> Iterator[Problem]:
    """Beside a percentage, what happened without the program says which way it went, so that it can be drawn."""
    for entry in kb.of("results"):
        arm = _group(entry, "comparison_value")
        if entry.data.get("metric") == "percent-change" and "value" in arm and "direction" not in arm:
            yield entry.document.problem(("comparison_value", "value"), "This value has no “direction”.", "Add: direction: decrease, or increase.")


@rule
def findings_on_one_axis_have_one_unit(kb: KnowledgeBase) -> Iterator[Problem]:
    """Findings that share an axis are in one unit and of one kind of outcome."""
    for together in comparable_sets(kb.of("results")):
        for entry in together[1:]:
            for name in ("unit", "outcome_family"):
                one, other = together[0].data.get(name), entry.data.get(name)
                if one != other:
                    path: Path = (name,) if name in entry.data else (KEYS[0],)
                    yield entry.document.problem(path, f"This finding shares an axis with {together[0].document.path}, but its {name.replace('_', ' ')} is {quoted(other or 'not given')} and there it is {quoted(one or 'not given')}.", f"Findings share an axis if {listed([quoted(key) for key in KEYS])} match. Correct what is wrong, or give this one a {quoted(KEYS[0])} of its own.", at_key=True)


@rule
def ratings_name_their_programs(kb: KnowledgeBase) -> Iterator[Problem]:
    """A finding that gathers ratings names, under “note”, the program that each of them is about."""
    for entry in kb.of("results"):
        for number, item in enumerate(groups(entry.data.get("ratings")) if entry.data.get("kind") == "rating" else ()):
            if "note" not in item:
                yield entry.document.problem(("ratings", number), "This rating does not say which program it is about.", "Add “note:” with the name of the program.", at_key=True)


@rule
def periods_end_after_they_begin(kb: KnowledgeBase) -> Iterator[Problem]:
    """The period of a finding does not end before it begins."""
    for entry in kb.of("results"):
        start, end = (entry.data.get(name) for name in ("period_start", "period_end"))
        if isinstance(start, str) and isinstance(end, str) and end[:len(start)] < start[:len(end)]:
            yield entry.document.problem(("period_end",), f"The period ends in {end}, before it begins in {start}.", "Correct one of the two dates.")


def _falls(entry: Entry, data: dict[str, Any], path: Path) -> Iterator[Problem]:
    for name in ("value", "value_min", "value_max"):
        size = data.get(name)
        if entry.data.get("metric") == "percent-change" and data.get("direction") == "decrease" and _numbers(size) and size > 100:
            yield entry.document.problem((*path, name), f"Nothing falls by {size:g}%.", "A decrease is at most 100 percent. If the source prints a ratio or another unit, choose that metric.")


def _series(kb: KnowledgeBase) -> Iterator[tuple[Entry, list[dict[str, Any]]]]:
    return ((entry, series) for entry in kb.of("results") if (series := groups(entry.data.get("series"))))


def _named(kb: KnowledgeBase, entry: Entry) -> Iterator[Entry]:
    related = entry.data.get("related")
    ids = {str(id_) for id_ in [*(related if isinstance(related, list) else ()), _group(entry, "against").get("result")]}
    return (other for other in kb.of("results") if other.id in ids)


def _whole_years(entry: Entry) -> bool:
    whole = [item for item in groups(entry.data.get("series")) if item.get("complete") is not False]
    return bool(whole) or ("before" in entry.data and not any(_group(entry, name).get("part_year") for name in ("before", "after")))


def _group(entry: Entry, name: str) -> dict[str, Any]:
    value = entry.data.get(name)
    return value if isinstance(value, dict) else {}


def _numbers(*values: object) -> bool:
    return all(isinstance(value, (int, float)) and not isinstance(value, bool) for value in values)
