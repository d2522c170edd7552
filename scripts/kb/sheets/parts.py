"""The parts of a sheet as data: a strategy, a finding, a resource, a fact, a source, prose. No figure without its counterweight."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from kb.charts import panels
from kb.dates import day
from kb.entries import Entry
from kb.findings import how_found
from kb.guides import Guide, Item
from kb.guides.words import same_study, takes
from kb.model import KnowledgeBase
from kb.phrases import ended, lower_first, rounded
from kb.problems import listed

Part = Mapping[str, Any]

PLACES = 6
"""So many places stand with their names; the rest are counted."""

_LINK = re.compile(r"\[([^\]]+)\]\(([^)\s]+)\)")


def strategy(kb: KnowledgeBase, root: str, made: Guide, item: Item, sized: bool, numbers: Mapping[int, int]) -> Part:
    """A strategy of a guide; `numbers` are those of its end notes."""
    entry = item.strategy
    places = [f"{use.place.title} ({rounded(use.place.population)})" for use in item.uses[:PLACES]] + ([f"{len(item.uses) - PLACES} more"] if len(item.uses) > PLACES else [])
    facts = [
        ["Who leads", leads(entry) or "Not known"],
        ["What it takes", takes(entry) or "Not known"],
        ["Places of this size" if sized else "Where", "; ".join(places) or "None on record here"],
    ]
    about = f"This finding is first of all about {lower_first(item.shared.title)}" if item.shared else ""
    findings = [finding(kb, made, result, label, numbers, also) for result, label, also in ((item.finding, about, same_study(item)), (item.contrary, "A finding that disagrees", "")) if result]
    level = entry.evidence_level
    return {"id": entry.id, "title": entry.title, "text": entry.tag_line, "url": root + entry.address, "level": level.id, "level_label": level.label, "level_text": level.description, "facts": facts, "findings": findings}


def finding(kb: KnowledgeBase, made: Guide, result: Entry, label: str, numbers: Mapping[int, int], also: str = "") -> Part:
    """A finding with what weighs against it, and its bars where a percentage may be drawn; `also` says what else its study found."""
    found = made.number(result, result.sources[0].id)
    against = made.number(result, result.against.source)
    return {
        "label": label, "title": result.title, "kind": result.kind.id, "tag": how_found(result), "headline": result.headline, "text": f"{result.summary} {also}".strip(), "note": found and numbers[found],
        "against": result.against.headline, "against_text": result.against.text + (" (Our judgment)" if result.against.standing.id == "editorial" else ""), "against_note": against and numbers[against],
        "window": [["Outcome", result.outcome], ["Who", result.population], ["Window", result.window], ["Compared with", result.comparison]], **bars(kb, result),
    }


def bars(kb: KnowledgeBase, result: Entry) -> Part:
    """The bars of a finding, as its page draws them, and what they say; none where none may be drawn."""
    if panels.why_not_drawn(result):
        return {"bars": [], "bars_text": "", "bars_note": ""}
    picture = panels.panel(kb, [result]).picture
    return {"bars": [{"label": row["label"].replace("|", " "), "value": row["value"], "form": "hollow" if row["arm"] else "pale" if row.get("pale") else "solid"} for row in picture.rows], "bars_text": picture.description, "bars_note": panels.why_pale(result)}


def resource(root: str, entry: Entry, note: str) -> Part:
    """A resource with its state, and what is known of that; the text does not begin with the name of the state again."""
    state = entry.availability
    checked = state.id != "not-checked"
    return {
        "title": entry.title + (" (retired)" if entry.is_retired else ""), "text": entry.summary, "note": note, "kind": entry.kind.label, "url": root + entry.address, "state": state.id,
        "state_label": state.label + (f", {day(entry.availability_as_of)}" if checked else ""), "state_text": entry.availability_notes[0].text.removeprefix(f"{state.label}. ") if checked else "",
    }


def contact(helper: Entry) -> str:
    """How to ask for help, where an address is known."""
    return f"To ask, write to {helper.contact.email}." if helper.contact and helper.contact.email else ""


def fact(entry: Entry, item: Any) -> Part:
    """A fact of an entry with its source, or with how we know it."""
    number = next((number for number, source in enumerate(entry.sources, 1) if source.id == item.source), None)
    return {"text": item.text + ("" if item.standing.id == "seen" else f" ({item.standing.label})"), "note": number}


def end_notes(own: Sequence[Any], made: Guide) -> tuple[Sequence[Any], Mapping[int, int]]:
    """The sources of a sheet, each once: those of an introduction, then those of the guide; and the number of each of the guide's."""
    cited, numbers = list(own), {}
    urls = [item.url for item in own]
    for one in made.sources:
        if one.item.url and one.item.url in urls:
            numbers[one.number] = urls.index(one.item.url) + 1
        else:
            cited.append(one.item)
            numbers[one.number] = len(cited)
    return cited, numbers


def source(item: Any) -> Part:
    """A source as an end note."""
    return {"text": f"{item.publisher}. {item.title}{', ' + day(item.date) if item.date else ''}.", "url": item.url or "", "supports": ended(item.supports)}


def prose(root: str, title: str, text: str) -> Part:
    """A section of a contributor's Markdown."""
    blocks = []
    for block in re.split(r"\n\s*\n", text.strip()):
        lines = re.split(r"\n(?=[-*] )", block)
        blocks += [{"item": line.startswith(("- ", "* ")), "runs": runs(root, " ".join(line.removeprefix("- ").removeprefix("* ").split()))} for line in lines]
    return {"title": title, "kind": "prose", "items": blocks}


def runs(root: str, text: str) -> Sequence[Mapping[str, str]]:
    """A line of Markdown as runs of text, some of them links; emphasis is dropped."""
    found, start = [], 0
    for match in _LINK.finditer(text):
        found.append({"text": text[start:match.start()], "url": ""})
        target = match.group(2)
        found.append({"text": match.group(1), "url": root + target if target.startswith("/") else target})
        start = match.end()
    found.append({"text": text[start:], "url": ""})
    return [{**run, "text": run["text"].replace("**", "")} for run in found if run["text"]]


def leads(entry: Entry) -> str:
    """Who leads a strategy, as a phrase that begins with a capital letter; empty where nobody is named."""
    first, *rest = [term.label for term in entry.leads or ()] or [""]
    return listed([first, *(lower_first(label) for label in rest)], "or") if first else ""
