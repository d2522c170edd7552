"""Findings as small panels: a bar where a percentage may be drawn, words of the same size where it may not."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from kb.charts.chart import Group, Join, Panel, Picture, facts, why_a_range
from kb.charts.comparable import comparable_sets
from kb.charts.counts import has_years, years
from kb.charts.overviews import ratings_strip
from kb.entries import Entry
from kb.model import KnowledgeBase
from kb.phrases import lower_first

WITHOUT_CLEAR_EFFECT = ("mixed", "faded", "no-clear-effect", "inconclusive")
ARMS = {
    "treated-vs-matched": ("Matched|comparison", "With the|program"),
    "treated-vs-control": ("Without the|program", "With the|program"),
    "vs-modeled-counterfactual": ("Expected by|the model", "With the|program"),
    "before-vs-after-modeled": ("Before", "After"),
    "before-vs-after-raw": ("Before", "After"),
    "before-vs-after-unspecified": ("Before", "After"),
}
"""What the two bars of a percentage are, by what it is a percentage of."""
EVERY = {
    "treated-vs-matched": "in the matched comparison",
    "treated-vs-control": "without the program",
    "vs-modeled-counterfactual": "that the model expected",
    "before-vs-after-modeled": "before, in a model",
    "before-vs-after-raw": "before",
    "before-vs-after-unspecified": "before",
}


def why_not_drawn(result: Entry) -> str:
    """Why a finding has words in place of a bar; empty where a bar may be drawn."""
    if result.kind.id == "claim":
        return "Claim: we found no study"
    if result.metric.id != "percent-change" or (result.unit and result.unit.id != "percent"):
        return "Two counts: no bar" if result.before else "In words: no number" if result.value is None and result.value_min is None else "Not a percentage change"
    if result.value is None and result.value_min is None:
        return "No percentage published"
    if result.direction.id not in ("decrease", "increase"):
        return f"Direction: {result.direction.label.lower()}"
    return "" if result.percent_basis and result.percent_basis.id in ARMS else "Percent of what is not known"


def why_pale(result: Entry) -> str:
    """Why the bar of a finding is pale: it is not the estimate of a study that we found. Empty where it is."""
    if result.kind.id == "reported-count":
        return "Counted, not estimated"
    if result.study_match.id != "confirmed":
        return "Study probable, not confirmed" if result.study_match.id == "probable" else "Study not confirmed"
    return "Modeled, not measured" if result.design.id == "modeling" else ""


def is_drawn(result: Entry) -> bool:
    """Whether a finding has bars or counts by year."""
    return not why_not_drawn(result) or has_years(result)


def rates_programs(result: Entry) -> bool:
    """Whether a finding is ratings of many programs by name, each of which can be a mark."""
    return bool(result.kind.id == "rating" and result.ratings) and all(item.note for item in result.ratings)


def panel(kb: KnowledgeBase, results: Sequence[Entry]) -> Panel:
    """The panel of a finding, or of several that may share an axis."""
    first = results[0]
    if rates_programs(first):
        return Panel(ratings_strip(first), tuple(results))
    reason = why_not_drawn(first)
    if reason and has_years(first):
        return years(first)
    if reason:
        picture = Picture("words", ({"text": first.headline, "why": reason, "tip": "\n".join([f"{first.headline}. {reason}.", *facts(first)])},), first.title, f"{first.headline}. {reason}.", {"claim": True} if first.kind.id == "claim" else {})
        return Panel(picture, tuple(results))
    shared = len(results) > 1
    before, _ = ARMS[first.percent_basis.id]
    rows = [_bar("Before: both" if _own_past(first) else before, 100, True, "The base: 100", () if shared else (first,))]
    for result in results:
        taken = {row["label"] for row in rows}
        rows += [{**row, "label": _free(row["label"], taken)} for row in _program(kb, result, shared)]
    title = first.title if not shared else f"{first.outcome_detail.replace('-', ' ').capitalize()}: {len(results)} findings on one axis"
    said = " ".join(f"{_place(kb, result)}: {in_words(result)}" if shared else in_words(result) for result in results)
    return Panel(Picture("bars", tuple(rows), title, said, _notes(kb, results)), tuple(results))


def _notes(kb: KnowledgeBase, results: Sequence[Entry]) -> dict[str, Any]:
    """The words under pale bars, where there are any."""
    reasons = {result: why for result in results if (why := why_pale(result))}
    lines = [f"{_place(kb, result).split(',')[0]}: {lower_first(why)}" if len(results) > 1 else why for result, why in reasons.items()]
    return {"notes": lines} if lines else {}


def in_words(result: Entry) -> str:
    """What the bars of a finding say."""
    ends = _ends(result)
    size = " to ".join(f"{end:.10g}" for end in ends)
    rest = " to ".join(f"{_left(result, end):.10g}" for end in ends)
    said = f"{rest} for every 100 {EVERY[result.percent_basis.id]}, {size}% {'lower' if result.direction.id == 'decrease' else 'higher'}."
    pale = why_pale(result) and f"{why_pale(result)}."
    return " ".join(filter(None, (said, pale, why_a_range(result), result.comparison_value and result.comparison_value.text)))


def grouped(kb: KnowledgeBase, results: Iterable[Entry], share: bool = True) -> tuple[Group, ...]:
    """Findings as panels under their outcome families; inside a family by place and date, those that may share an axis in one panel.

    Figures of one study stand side by side, where the first of them stands.
    """
    ordered = sorted(results, key=lambda result: (_place(kb, result), result.study or "", str(result.period_start or ""), result.id))
    labels = {id_: term.label for id_, term in kb.vocabularies["outcome-family"].terms.items()}
    panels = [panel(kb, found) for found in _sets(ordered, share)]
    panels = joined(kb, sorted(panels, key=lambda made: list(labels).index(made.results[0].outcome_family.id)))
    families: dict[str, list[Panel]] = {}
    for made in panels:
        own = labels[made.results[0].outcome_family.id]
        before = next((family for family, members in families.items() if made.joins and any(other.joins == made.joins for other in members)), own)
        families.setdefault(before, []).append(replace(made, measures=own if own != before else ""))
    return tuple(Group(label, tuple(members)) for label, members in families.items())


def joined(kb: KnowledgeBase, panels: Sequence[Panel]) -> list[Panel]:
    """The panels with what joins them: those that show figures of one study follow the first of these."""
    bundles: list[list[Panel]] = []
    for one in panels:
        near = [bundle for bundle in bundles if any(_studies(one) & _studies(other) for other in bundle)]
        first = next(iter(near), [])
        for bundle in near[1:]:
            first += bundle
            bundles.remove(bundle)
        if not near:
            bundles.append(first)
        first.append(one)
    return [replace(made, joins=_joins(kb, bundle)) for bundle in bundles for made in bundle]


def _joins(kb: KnowledgeBase, bundle: Sequence[Panel]) -> tuple[Join, ...]:
    results = [result for made in bundle for result in made.results]
    studies = dict.fromkeys(result.study for result in results if result.study)
    found = (Join(kb.find("studies", study), tuple(result for result in results if result.study == study)) for study in studies)
    return tuple(join for join in found if len(bundle) > 1 and len(join.results) > 1)


def _studies(made: Panel) -> set[str]:
    return {result.study for result in made.results if result.study}


def _sets(results: Sequence[Entry], share: bool) -> Iterator[tuple[Entry, ...]]:
    """The findings in sets of one panel each. Those that cannot be drawn as bars, or bring a comparison arm of their own, stand alone."""
    for found in comparable_sets(results) if share else [(result,) for result in results]:
        yield from [found] if not any(why_not_drawn(result) or _own_past(result) for result in found) else [(result,) for result in found]


def _program(kb: KnowledgeBase, result: Entry, shared: bool) -> list[dict[str, Any]]:
    _, after = ARMS[result.percent_basis.id]
    ends = _ends(result)
    names = [after] if len(ends) == 1 else ["Smallest|change", "Largest|change"]
    if shared:
        city = _place(kb, result).split(",")[0]
        names = [f"{city}" if len(ends) == 1 else f"{city},|{name.split('|')[0].lower()}" for name in names]
    elif _own_past(result):
        names = ["After, with|the program"]
    pale = {"pale": True} if why_pale(result) else {}
    bars = [_bar(name, _left(result, end), False, f"{_place(kb, result)}: {in_words(result)}", (result,)) | pale for name, end in zip(names, ends, strict=True)]
    if not shared and _own_past(result):
        arm = result.comparison_value
        bars.append(_bar("After,|comparison", 100 - arm.value if arm.direction.id == "decrease" else 100 + arm.value, True, arm.text, (result,)))
    return bars


def _free(label: str, taken: set[str]) -> str:
    """The label, numbered where another bar has it already: two findings may come from one city."""
    return next(name for name in (label, *(f"{label} ({number})" for number in range(2, 99))) if name not in taken)


def _own_past(result: Entry) -> bool:
    """Whether the finding gives the change of each arm against its own past, so that both arms can be drawn."""
    arm = result.comparison_value
    return bool(arm and arm.value is not None and arm.direction and arm.direction.id in ("decrease", "increase") and result.value is not None and str(result.percent_basis and result.percent_basis.id).startswith("before-vs-after"))


def has_both_arms(result: Entry) -> bool:
    """Whether a finding can be drawn with what happened without the program beside it."""
    return not why_not_drawn(result) and _own_past(result)


def _bar(label: str, value: float, arm: bool, tip: str, results: tuple[Entry, ...]) -> dict[str, Any]:
    """One bar; `results` are the findings that it stands for, so that a test can see who shares an axis."""
    lines = [tip, *(line for result in results for line in facts(result))]
    return {"label": label, "value": round(value, 4), "arm": arm, "tip": "\n".join(lines), "result": results[0].id if results else None}


def _ends(result: Entry) -> list[float]:
    return [result.value] if result.value is not None else [result.value_min, result.value_max]


def _left(result: Entry, size: float) -> float:
    return 100 - size if result.direction.id == "decrease" else 100 + size


def _place(kb: KnowledgeBase, result: Entry) -> str:
    return kb.find("places", result.place).title if result.place else result.place_text
