"""Pictures of the whole: ratings, what the strategies rest on, where help stands, which sizes of place are documented."""

import textwrap
from collections import Counter
from collections.abc import Sequence
from typing import Any

from kb.charts.chart import Group, Panel, Picture
from kb.entries import Entry
from kb.model import KnowledgeBase
from kb.phrases import plural

RATINGS = ("Effective", "Promising", "No Effects", "Not found")
SHAPES, TONES, FILLS = ("circle", "diamond", "square", "cross"), ("found", "found", "weigh", "edge"), ("found", "paper", "paper", "paper")
HOW = {"Listed by its source": "A circle: a source lists it for that size.", "In use in such a place": "A diamond: it is or was in use in a place of that size on this site.", "Our judgment": "A hollow square: our judgment."}
"""How we know that a strategy belongs to a size of place, and what its mark means."""


def ratings_strip(result: Entry) -> Picture:
    """The ratings of one finding, one mark for each program; a rating in other words stands in a row of its own."""
    order = list(dict.fromkeys([*RATINGS, *(item.rating for item in result.ratings)]))
    counts = Counter(item.rating for item in result.ratings)
    labels = {rating: f"{rating}: {counts[rating]}" for rating in order if counts[rating]}
    seen: Counter[str] = Counter()
    rows = []
    for item in result.ratings:
        seen[item.rating] += 1
        rows.append({"rating": labels[item.rating], "at": seen[item.rating], "tip": f"{item.note}: {item.rating}" + (f" ({item.basis})" if item.basis else "")})
    said = ". ".join(f"{label}, {'; '.join(item.note for item in result.ratings if item.rating == rating)}" for rating, label in labels.items())
    place = {rating: min(number, len(SHAPES) - 1) for number, rating in enumerate(order)}
    options = {"order": list(labels.values()), **{name: [forms[place[rating]] for rating in labels] for name, forms in (("shapes", SHAPES), ("tones", TONES), ("fills", FILLS))}}
    return Picture("strip", tuple(rows), result.title, f"One mark for each program. {said}.", options)


def heat(title: str, rows: Sequence[str], columns: Sequence[str], counts: Counter[tuple[str, str]], one: str, many: str) -> Picture:
    """Counts of something, which has a name for `one` and for `many`, in a table of rows and columns."""
    names = {name: "|".join(textwrap.wrap(name, 19)) for name in rows}
    heads = {column: _broken(column) for column in columns}
    cells = tuple({"row": names[row], "column": heads[column], "count": counts[row, column], "tip": f"{row}, {column.lower()}: {plural(counts[row, column], one, many)}"} for row in rows for column in columns)
    said = ". ".join(f"{row}: " + ", ".join(f"{column.lower()} {counts[row, column]}" for column in columns if counts[row, column]) for row in rows if any(counts[row, column] for column in columns))
    return Picture("heat", cells, title, f"{said}.", {"columns": list(heads.values()), "order": list(names.values())})


def evidence_by_action(kb: KnowledgeBase) -> Picture:
    """How many strategies of each evidence level serve each action."""
    levels, actions = kb.vocabularies["evidence-level"].terms, kb.of("actions")
    names = {action.id: f"{action.number}. {action.short_title or action.title}" for action in actions}
    counts = Counter((names[item.action], strategy.evidence_level.label) for strategy in kb.of("strategies") for item in strategy.actions or () if item.action in names)
    return heat("What the strategies rest on, by action", list(names.values()), [term.label for term in levels.values()], counts, "strategy", "strategies")


def help_by(kb: KnowledgeBase, year: bool) -> Picture:
    """How many resources are in which state, by kind or by the year of the newest thing that we noted."""
    states = [term.label for term in kb.vocabularies["availability"].terms.values()]
    row = noted if year else (lambda entry: entry.kind.label)
    counts = Counter((row(entry), entry.availability.label) for entry in kb.of("resources"))
    rows = sorted({name for name, _ in counts}, reverse=True) if year else [term.label for term in kb.vocabularies["resource-kind"].terms.values() if any(name == term.label for name, _ in counts)]
    return heat("Availability by the year of the newest note" if year else "Availability by kind of help", rows, states, counts, "resource", "resources")


def noted(resource: Entry) -> str:
    """The year of the newest dated note on a resource."""
    dates = [str(item.date) for item in resource.availability_notes or () if item.date]
    return max(dates)[:4] if dates else "No dated note"


def populations(kb: KnowledgeBase) -> Picture:
    """Which strategies are documented for which size of place, and how we know."""
    terms = kb.vocabularies["population"].terms
    rows: list[dict[str, Any]] = []
    strategies = [entry for entry in kb.of("strategies") if entry.terms("population")]
    names = {entry.id: "|".join(textwrap.wrap(entry.title, 22)) for entry in strategies}
    for entry in strategies:
        for id_ in entry.terms("population"):
            rows.append({"row": names[entry.id], "column": _broken(terms[id_].label), "how": how_known(entry, id_), "tip": f"{entry.title}, {terms[id_].label}: {how_known(entry, id_).lower()}"})
    said = ". ".join(f"{entry.title}: " + ", ".join(terms[id_].label for id_ in entry.terms("population")) for entry in strategies)
    return Picture("dots", tuple(rows), "Sizes of place in which each strategy is documented", f"{said}.", {"columns": [_broken(term.label) for term in terms.values()], "order": list(names.values()), "kinds": list(HOW)})


def how_known(entry: Entry, population: str) -> str:
    """How we know that a strategy belongs to a size of place, in words."""
    standing = entry.standing("population", population)
    listed, in_use, judged = HOW
    return in_use if standing is None else listed if standing.id in ("listed", "seen", "stated") else judged


def _broken(label: str) -> str:
    return "|".join(textwrap.wrap(label, 12))


def alone(*pictures: Picture) -> tuple[Group, ...]:
    """Pictures without findings, each a panel."""
    return (Group("", tuple(Panel(picture, full=True) for picture in pictures)),)
