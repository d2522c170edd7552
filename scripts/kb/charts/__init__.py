"""The charts of the site. One function a chart, from the knowledge base to pictures, a sentence, a table and sources.

`charts(kb)` lists them all. kb.charts.comparable decides what may share an axis, kb.charts.drawing how a picture looks,
kb.charts.specification how several stand on one sheet, kb.charts.rendering how they become files.

A chart holds its pictures as plain rows, not as Altair charts: rows make the key of the cache, so that a build which has every
picture imports neither pandas nor altair (2 s). kb.charts.drawing puts the rows of one that is new into a frame, and that into Altair.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from kb.charts import captions, counts, overviews, panels
from kb.charts.chart import Chart, Group, Panel, Picture, about_series
from kb.charts.comparable import comparable, comparable_sets
from kb.charts.frame import COLUMNS, row
from kb.charts.rendering import Draw, Drawing, draw, key
from kb.entries import Entry
from kb.model import KnowledgeBase

__all__ = ["Chart", "Draw", "Drawing", "Group", "Panel", "Picture", "charts", "comparable", "comparable_sets", "draw", "key"]


def charts(kb: KnowledgeBase) -> Iterator[Chart]:
    """Every chart, in the order of the chart front."""
    makers = (clearinghouse_ratings, nine_figures, without_clear_effect, comparison_arms, evidence_by_action, help_availability, population_sizes)
    yield from (chart for chart in (maker(kb) for maker in makers) if chart and chart.panels)
    for result in kb.of("results"):
        if counts.has_years(result):
            yield yearly_counts(kb, result)
    for type_ in ("strategies", "places"):
        for entry in kb.of(type_):
            results = findings_on(kb, entry)
            if any(map(panels.is_drawn, results)):
                yield findings_of(kb, entry, results)


def clearinghouse_ratings(kb: KnowledgeBase) -> Chart | None:
    """How a federal clearinghouse rated programs of one kind: was an effect shown?"""
    result = next(filter(panels.rates_programs, kb.of("results")), None)
    if not result:
        return None
    rows = tuple((item.note, item.rating, item.body, item.basis, item.date) for item in result.ratings)
    sentence = f"{result.summary} {result.window}. {captions.published(result, result.ratings)}"
    strip = replace(panels.panel(kb, [result]), full=True)
    return Chart("clearinghouse-ratings", f"How a federal clearinghouse rated {len(rows)} programs", sentence, (Group("", (strip,)),), ("program", "rating", "rated_by", "basis", "date"), rows, (result,))


def nine_figures(kb: KnowledgeBase) -> Chart | None:
    """The figures of the developer's home page, by what they measure."""
    nine = [result for result in kb.of("results") if result.home_page_order]
    sentence = "The figures that the National Network for Safe Communities (NNSC) printed on its home page about April 2018, by what they measure and then by place."
    return _findings(kb, "home-page-figures", "Nine figures on one home page, by what they measure", sentence, nine, share=False)


def without_clear_effect(kb: KnowledgeBase) -> Chart:
    """Null, mixed and faded findings, beside those on the same strategy and the same kind of outcome."""
    studied = [result for result in kb.of("results") if result.kind.id == "evaluation"]
    unclear = [result for result in studied if result.direction.id in panels.WITHOUT_CLEAR_EFFECT]
    topics = {(strategy, result.outcome_family.id) for result in unclear for strategy in result.strategies or ()}
    beside = [result for result in studied if result in unclear or topics & {(strategy, result.outcome_family.id) for strategy in result.strategies or ()}]
    sentence = "Every evaluation on this site that found no clear effect, a mixed one or one that faded, beside the evaluations of the same strategies with the same kind of outcome."
    return _findings(kb, "no-clear-mixed-or-faded-effect", "No clear effect, mixed or faded, beside the others", sentence, beside)


def comparison_arms(kb: KnowledgeBase) -> Chart:
    """Findings that say how a comparison changed over the same time."""
    both = [result for result in kb.of("results") if panels.has_both_arms(result)]
    sentence = "Findings that give the change with the program and that of a comparison over the same time. Hollow bars are the start of both, as 100, and the comparison after it."
    return _findings(kb, "comparison-arms", "With the program and in the comparison", sentence, both, share=False)


def evidence_by_action(kb: KnowledgeBase) -> Chart | None:
    """Strategies by evidence level and action served."""
    if not (kb.of("strategies") and kb.of("actions")):
        return None
    picture = overviews.evidence_by_action(kb)
    sentence = "How many strategies of each level of evidence serve each action, as main or support. A strategy may serve several actions, so rows do not add up. A level says how sure we can be, not how large an effect is. Which action a strategy serves is our judgment. " + captions.reviewed(kb.of("strategies"))
    return _table_of(picture, "evidence-by-action", sentence, ("action", "evidence_level", "strategies"), kb.of("strategies"))


def help_availability(kb: KnowledgeBase) -> Chart | None:
    """The listed help by availability, by kind and by the year of the newest note."""
    if not kb.of("resources"):
        return None
    kinds, noted = overviews.help_by(kb, False), overviews.help_by(kb, True)
    rows = tuple((entry.title, entry.kind.label, entry.availability.label, entry.availability_as_of, overviews.noted(entry)) for entry in kb.of("resources"))
    sentence = "How many of the resources that the Roadmap lists are in which state, as far as we know: by kind of help, and by the year of the newest dated note on each. Not checked means that nobody has opened its page for this site. " + captions.reviewed(kb.of("resources"))
    return Chart("help-availability", "Whether the listed help is still there", sentence, overviews.alone(kinds, noted), ("resource", "kind", "availability", "as_of", "newest_note"), rows, tuple(kb.of("resources")))


def population_sizes(kb: KnowledgeBase) -> Chart | None:
    """Sizes of place in which each strategy is documented."""
    if not any(entry.terms("population") for entry in kb.of("strategies")):
        return None
    picture = overviews.populations(kb)
    terms = kb.vocabularies["population"].terms
    rows = tuple((entry.title, terms[id_].label, overviews.how_known(entry, id_)) for entry in kb.of("strategies") for id_ in entry.terms("population"))
    marks = " ".join(meaning for how, meaning in overviews.HOW.items() if any(row[2] == how for row in rows))
    sentence = f"The sizes of place in which each strategy is documented. {marks} An empty cell means that we have seen nothing, not that it cannot work there. {captions.reviewed(kb.of('strategies'))}"
    return Chart("population-sizes", picture.title, sentence, overviews.alone(picture), ("strategy", "size_of_place", "how_we_know"), rows, tuple(kb.of("strategies")))


def yearly_counts(kb: KnowledgeBase, result: Entry) -> Chart:
    """Every year known of one count."""
    what = result.counted or result.outcome
    rows = tuple((item.year, item.value, "part of the year" if item.complete is False else "whole year") for item in result.series)
    sentence = f"{what[:1].upper()}{what[1:]} by year, from {rows[0][0]} to {rows[-1][0]}. {about_series(result)} {captions.of_counts([result])} {captions.published(result, result.series)}"
    return Chart(f"counts-{result.id}", f"{result.title}, by year", " ".join(sentence.split()), (Group("", (counts.years(result, full=True),)),), ("year", "count", "covers"), rows, (result,))


def findings_of(kb: KnowledgeBase, entry: Entry, results: Iterable[Entry]) -> Chart:
    """The findings on a strategy or from a place."""
    about, order = ("on", "by what they measure and then by place") if entry.type.name == "strategies" else ("from", "by what they measure")
    sentence = f"The findings on this site {about} {entry.title}, {order}."
    return _findings(kb, f"{'strategy' if about == 'on' else 'place'}-{entry.id}", f"Findings {about} {entry.title}", sentence, results)


def findings_on(kb: KnowledgeBase, entry: Entry) -> tuple[Entry, ...]:
    """The findings that name a strategy or place, each once."""
    return tuple(dict.fromkeys(link.entry for link in kb.links_to(entry) if link.entry.type.name == "results" and link.field in ("strategies", "place") and link.entry.kind.id != "rating"))


def _findings(kb: KnowledgeBase, id_: str, title: str, sentence: str, results: Iterable[Entry], share: bool = True) -> Chart:
    found = list(results)
    groups = panels.grouped(kb, found, share)
    shown = [result for group in groups for panel in group.panels for result in panel.results]
    caption = f"{sentence} {captions.of_findings(groups)} {captions.evidence_dates(shown)} Each finding names its sources."
    return Chart(id_, title, caption, groups, COLUMNS, tuple(row(kb, result) for result in shown), tuple(shown))


def _table_of(picture: Picture, id_: str, sentence: str, columns: tuple[str, ...], sources: Iterable[Entry]) -> Chart:
    rows = tuple((item["row"].replace("|", " "), item["column"].replace("|", " "), item["count"]) for item in picture.rows)
    return Chart(id_, picture.title, sentence, overviews.alone(picture), columns, rows, tuple(sources))
