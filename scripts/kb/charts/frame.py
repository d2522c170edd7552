"""Findings as rows of plain values, and a pandas frame of rows."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from kb.entries import Entry
from kb.model import KnowledgeBase

if TYPE_CHECKING:
    import pandas

COLUMNS = (
    "id", "finding", "place", "kind", "headline", "weighs_against_it", "outcome", "who", "window", "compared_with", "direction", "value", "value_min", "value_max",
    "range_meaning", "unit", "percent_of_what", "comparison_itself", "chance", "design", "chart_group", "outcome_detail", "study", "study_match", "period_start", "period_end", "ratings", "reviewed",
)


def row(kb: KnowledgeBase, result: Entry) -> tuple[Any, ...]:
    """A finding as the values of COLUMNS; None where one is not known."""
    place = kb.find("places", result.place).title if result.place else result.place_text
    label = lambda name: getattr(getattr(result, name), "label", None)   # noqa: E731
    return (
        result.id, result.title, place, label("kind"), result.headline, result.against.headline, result.outcome, result.population, result.window, result.comparison, label("direction"),
        result.value, result.value_min, result.value_max, result.range_meaning, label("unit"), label("percent_basis"), result.comparison_value.text if result.comparison_value else None, label("chance"),
        label("design"), result.chart_group, result.outcome_detail, kb.find("studies", result.study).title if result.study else None, label("study_match"), result.period_start, result.period_end,
        "; ".join(f"{item.body}: {item.rating}" for item in result.ratings or ()) or None, result.reviewed,
    )


def frame(rows: Iterable[Mapping[str, Any]]) -> "pandas.DataFrame":
    """Rows as a pandas frame. pandas is imported here: a build that finds every picture in its cache needs none."""
    import pandas

    return pandas.DataFrame(list(rows))
