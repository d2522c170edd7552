"""Findings, studies, places: what must stand beside a figure, so that it says no more than its source."""

from collections.abc import Iterator

from kb.entries import Entry
from kb.model import KnowledgeBase
from kb.problems import Problem, quoted
from kb.rules.registry import items, rule

WITHOUT_COMPARISON = ("none", "not-known", "not-applicable")


@rule
def effects_have_a_comparison(kb: KnowledgeBase) -> Iterator[Problem]:
    """A finding is called an effect only if its study compared: a count is a trend, a share is a level."""
    for entry in kb.of("results"):
        if entry.data.get("kind") == "review":
            continue   # a review gathers studies that compared
        if entry.data.get("role") in ("impact", "adverse") and entry.data.get("control") in WITHOUT_COMPARISON:
            yield entry.document.problem(("role",), f"{quoted(entry.data['role'])} needs a comparison, but “control” is {quoted(entry.data['control'])}.", "Use “trend” for a count over time, “level” for a share, or “claim” for a figure without a study.")


@rule
def no_clear_effect_is_no_number(kb: KnowledgeBase) -> Iterator[Problem]:
    """A finding of no clear effect has no value: “none found” is not zero."""
    for entry in kb.of("results"):
        if entry.data.get("direction") == "no-clear-effect" and "value" in entry.data:
            yield entry.document.problem(("value",), "A finding of no clear effect has no value.", "Delete the value. The headline says in words that no clear change was found.")


@rule
def percentages_say_of_what(kb: KnowledgeBase) -> Iterator[Problem]:
    """A percentage says what it is a percentage of, even if only that this is not known."""
    for entry in kb.of("results"):
        if entry.data.get("metric") == "percent-change" and ("value" in entry.data or "value_min" in entry.data) and "percent_basis" not in entry.data:
            yield entry.document.problem(("metric",), "This percentage has no “percent_basis”.", "Add: percent_basis: treated-vs-control, or not-known if no source says.")


@rule
def ranges_say_what_they_range_over(kb: KnowledgeBase) -> Iterator[Problem]:
    """A range says what it ranges over: places, years or methods, never doubt."""
    for entry in kb.of("results"):
        ends = [name for name in ("value_min", "value_max") if name in entry.data]
        if ends and (len(ends) == 1 or "range_meaning" not in entry.data):
            yield entry.document.problem((ends[0],), "A range needs “value_min”, “value_max” and “range_meaning”.", "Add what is missing. A range is never a margin of error.")


@rule
def intervals_hold_their_value(kb: KnowledgeBase) -> Iterator[Problem]:
    """A confidence interval holds its value, and is written as the value is: a size, with the direction apart."""
    for entry in kb.of("results"):
        interval, value = entry.data.get("interval"), entry.data.get("value")
        ends = [interval.get("low"), interval.get("high")] if isinstance(interval, dict) else []
        if not all(isinstance(number, int | float) for number in (*ends, value)) or not ends or ends[0] <= value <= ends[1]:
            continue
        turned = [round(-end, 6) for end in reversed(ends)]
        remedy = f"Write: low: {turned[0]:g} and high: {turned[1]:g}" if turned[0] <= value <= turned[1] else "Look the numbers up in the source again."
        yield entry.document.problem(("interval",), f"The interval from {ends[0]:g} to {ends[1]:g} does not hold the value {value:g}. It is written as sizes, like the value; “direction” says which way.", remedy)


@rule
def figures_of_a_study_name_it(kb: KnowledgeBase) -> Iterator[Problem]:
    """A figure that is a study’s, or probably is, names the study."""
    for entry in kb.of("results"):
        if entry.data.get("study_match") in ("confirmed", "probable") and "study" not in entry.data:
            yield entry.document.problem(("study_match",), f"{quoted(entry.data['study_match'])} needs “study” with the id of a study.", "Add it, or use not-confirmed or not-applicable.")


@rule
def home_page_figures_have_their_place(kb: KnowledgeBase) -> Iterator[Problem]:
    """The figures of the developer’s home page carry their places there, each its own, and no other finding does."""
    first: dict[object, Entry] = {}
    for entry in kb.of("results"):
        order = entry.data.get("home_page_order")
        if isinstance(order, int) and (other := first.setdefault(order, entry)) is not entry:
            yield entry.document.problem(("home_page_order",), f"{order} is the place of {other.document.path} too.", "Look up the place of each on the home page of about April 2018.")
        belongs, placed = entry.data.get("collection") == "nnsc-home-page", "home_page_order" in entry.data
        if belongs != placed:
            yield entry.document.problem(("collection",), "“home_page_order” and the collection “nnsc-home-page” go together.", "Add the one that is missing, or delete the other.")


@rule
def main_findings_are_about_the_strategy(kb: KnowledgeBase) -> Iterator[Problem]:
    """A strategy’s main findings are findings that name the strategy."""
    for strategy in kb.of("strategies"):
        for number, id_ in enumerate(items(strategy.data.get("key_results"))):
            result = _found(kb, id_)
            if result and not any(_same(kb, name, strategy) for name in items(result.data.get("strategies"))):
                yield strategy.document.problem(("key_results", number), f"The finding {quoted(id_)} does not name this strategy.", f"Add “{strategy.id}” under “strategies” in {result.document.path}, or delete the item.")


@rule
def brackets_fit_populations(kb: KnowledgeBase) -> Iterator[Problem]:
    """A place stands in the bracket that its population falls in."""
    brackets = kb.vocabularies["population"].terms.values() if "population" in kb.vocabularies else ()
    for place in kb.of("places"):
        number, size = place.data.get("population"), place.data.get("size")
        right = next((term.id for term in brackets if isinstance(number, int) and term.low <= number and (term.high is None or number <= term.high)), None)
        if right and size and size != right:
            yield place.document.problem(("size",), f"A population of {number:,} does not fall in {quoted(size)}.", f"Write: size: {right}")


def _found(kb: KnowledgeBase, id_: object) -> Entry | None:
    try:
        return kb.find("results", str(id_))
    except KeyError:
        return None


def _same(kb: KnowledgeBase, id_: object, strategy: Entry) -> bool:
    try:
        return kb.find("strategies", str(id_)) is strategy
    except KeyError:
        return False
