"""Guides and actions as sheets to print: what each says as data, and the Typst template that sets it. Compiling is not done here."""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path as FilePath
from typing import Any

import kb.guide_words as words
from kb.dates import day
from kb.guides import SIZE, Guide, Item, Known, guide, pairs
from kb.model import Entry, KnowledgeBase
from kb.phrases import capital, ended, lower_first, rounded
from kb.problems import listed
from kb.render import Site

TYPST = FilePath(__file__).parent / "templates" / "typst"
FONTS = TYPST / "fonts"
TEMPLATE = TYPST / "sheet.typ"
INDEPENDENT = "An independent site. It is not an official site and is not run or endorsed by the U.S. Department of Justice or any organization named here. Every fact names its source. Content is under CC BY 4.0."
CRISIS = "If you or somebody you know needs help: call or text 988, the Suicide & Crisis Lifeline. Suicide can be prevented."

_LINK = re.compile(r"\[([^\]]+)\]\(([^)\s]+)\)")


@dataclass(frozen=True)
class Sheet:
    """A PDF to be made: where it goes on the site, and all that its template is given."""

    path: str
    content: str
    """JSON for the template. The same content gives the same PDF."""
    also: tuple[str, ...] = ()
    """Where else it goes: the folders of the former ids of its entry."""


def sheets(kb: KnowledgeBase, site: Site) -> Iterator[Sheet]:
    """The sheet of every guide that holds a strategy, and of every action."""
    known: Known = {}
    if "guides" in kb.types:
        for size, kind, _ in pairs(kb):
            made = guide(kb, {"population": (size.id,), "violence-type": (kind.id,)}, known)
            if made.found:
                yield guide_sheet(kb, site, made, words.page(made.where))
        for entry in kb.of("guides"):
            yield _for_aliases(guide_sheet(kb, site, guide(kb, words.filter_of(entry), known), entry.page, entry), entry)
    for action in kb.of("actions"):
        yield _for_aliases(action_sheet(kb, site, action), action)


def _for_aliases(sheet: Sheet, entry: Entry) -> Sheet:
    name = sheet.path.rsplit("/", 1)[1]
    return replace(sheet, also=tuple(f"{entry.type.name}/{alias}/{name}" for alias in entry.aliases))


def guide_sheet(kb: KnowledgeBase, site: Site, made: Guide, page: str, entry: Entry | None = None) -> Sheet:
    """The sheet of a guide; `entry` is what somebody wrote for it, where somebody did. `page` may be empty: made for one filter."""
    size = SIZE in made.where
    own = list(entry.sources) if entry else []
    shift = len(own)
    sections = [
        *([_prose_section("Before you read", entry.introduction, site)] if entry else []),
        *([{"title": "First steps", "kind": "steps", "items": [_fact(entry, item) for item in entry.first_steps]}] if entry and entry.first_steps else []),
        {"title": "Where to start", "kind": "actions", "note": "The strategies below serve these actions most. Ask yourselves these questions first.", "items": [{"number": action.number, "title": action.title, "text": action.question, "url": _address(site, action)} for action, _ in made.start]},
        *({"title": group.label, "kind": "strategies", "note": _note(made, group, size), "items": [_strategy(made, item, size, site, shift) for item in group.items]} for group in made.groups),
        {"title": "Our judgment", "kind": "strategies", "note": "These fit in every way but one: no source lists them for places of this size, and no place of this size is on record here.", "items": [_strategy(made, item, size, site, shift) for item in made.beyond]},
        {"title": "Tried and found wanting", "kind": "strategies", "note": "Controlled studies looked at these and found no clear effect on violence. That is no proof of no effect." if made.wanting else "For none of the strategies in this guide is our judgment “no effect found”.", "items": [_strategy(made, item, size, site, shift) for item in made.wanting]},
        {"title": "Help and money that fit", "kind": "help", "items": [_resource(item, "", site) for item in made.help]},
        *([{"title": "What we do not know", "kind": "bullets", "items": [item.text for item in entry.not_known]}] if entry and entry.not_known else []),
    ]
    title = entry.title if entry else capital(words.heading(kb, made.where))
    suicide = "suicide" in made.where.get("violence-type", ())
    notes = [_source(item) for item in own] + [_source(source.item) for source in made.sources]
    date = max(words.dated(made), entry.reviewed) if entry else words.dated(made)
    return _sheet(site, page or "guide.md", "guide.pdf", {
        "kicker": "Guide", "title": title, "lede": entry.summary if entry else words.counted(made), "counts": words.counted(made) if entry else "", "crisis": CRISIS if suicide else "",
        "date": date, "sections": [section for section in sections if section.get("items") or section["title"] == "Tried and found wanting"], "sources": notes,
    }, made=not page)


def action_sheet(kb: KnowledgeBase, site: Site, action: Entry) -> Sheet:
    """The sheet of an action: the question, what good looks like, the help, the resources with their state."""
    helper = kb.find("resources", action.help_from) if action.help_from else None
    placed = list(action.resources or ())
    groups = {item.group.id: item.group.label for item in placed}
    entries = [action, *(kb.find("resources", item.resource) for item in placed)]
    sections = [
        {"title": "The question to ask yourselves", "kind": "question", "items": [action.question]},
        _prose_section("The idea", action.idea, site),
        {"title": "What good looks like", "kind": "checklist", "items": [_fact(action, item) for item in action.good_looks_like]},
        {"title": "Help you can ask for", "kind": "bullets", "note": f"{helper.title} may include:" if helper else "", "items": [_fact(action, item)["text"] for item in action.help]},
        *([{"title": "Whom to ask", "kind": "help", "items": [_resource(helper, _contact(helper), site)]}] if helper else []),
        *({"title": label, "kind": "help", "note": next(item.standing.label for item in placed if item.group.id == id_) + ".", "items": [_resource(kb.find("resources", item.resource), item.note or "", site) for item in placed if item.group.id == id_]} for id_, label in groups.items()),
        *([{"title": "What we do not know", "kind": "bullets", "items": [item.text for item in action.not_known]}] if action.not_known else []),
    ]
    return _sheet(site, action.page, "sheet.pdf", {
        "kicker": f"Action {action.number} of {len(kb.of('actions'))}", "title": action.title, "lede": action.summary, "counts": "", "crisis": "",
        "date": max(entry.reviewed for entry in entries), "sections": [section for section in sections if section["items"]], "sources": [_source(item) for item in action.sources],
    })


def _sheet(site: Site, page: str, name: str, data: Mapping[str, Any], made: bool = False) -> Sheet:
    folder = page.removesuffix(".md")
    url = site.url.rstrip("/") + ("/guides/" if made else f"/{folder}/")
    year, month, number = (int(part) for part in data["date"].split("-"))
    sections = [{"note": "", **section} for section in data["sections"]]
    whole = {**data, "sections": sections, "site": site.name, "url": url, "independent": INDEPENDENT, "day": day(data["date"]), "ymd": [year, month, number]}
    version = hashlib.sha256(json.dumps(whole, sort_keys=True).encode()).hexdigest()[:8]
    return Sheet(f"{folder}/{name}", json.dumps({**whole, "version": version}, ensure_ascii=False, sort_keys=True))


def _note(made: Guide, group: Any, size: bool) -> str:
    if not size:
        return "In the order of the evidence."
    known = {"listed": f"CityGRIP lists these for places of this size. {words.listing(made, group)}", "editorial": "That these fit places of this size is our judgment."}
    return known.get(group.id, "No source lists these for this size. At least one place of this size uses or used each.").strip()


def _strategy(made: Guide, item: Item, size: bool, site: Site, shift: int) -> Mapping[str, Any]:
    entry = item.strategy
    places = [f"{use.place.title} ({rounded(use.place.population)})" for use in item.uses[:6]] + ([f"{len(item.uses) - 6} more"] if len(item.uses) > 6 else [])
    facts = [
        ["Who leads", _leads(entry) or "Not known"],
        ["What it takes", " ".join(ended(need.text) for need in entry.needs or ()) or "Not known"],
        ["Places of this size" if size else "Where", "; ".join(places) or "Not known"],
    ]
    about = f"This finding is first of all about {lower_first(item.shared.title)}" if item.shared else ""
    findings = [_finding(made, result, label, shift) for result, label in ((item.finding, about), (item.contrary, "A finding that disagrees")) if result]
    level = entry.evidence_level
    return {"title": entry.title, "text": entry.tag_line, "url": _address(site, entry), "level": level.id, "level_label": level.label, "level_text": level.description, "facts": facts, "findings": findings}


def _finding(made: Guide, result: Entry, label: str, shift: int) -> Mapping[str, Any]:
    found = made.number(result, result.sources[0].id)
    against = made.number(result, result.against.source)
    tags = {"reported-count": "Counted, without a comparison", "claim": "Stated; we have not found the study", "review": "A review found", "rating": "Rated"}
    return {
        "label": label, "title": result.title, "kind": result.kind.id, "tag": tags.get(result.kind.id, "Found"), "headline": result.headline, "text": result.summary, "note": found and found + shift,
        "against": result.against.headline, "against_text": result.against.text + (" (Our judgment)" if result.against.standing.id == "editorial" else ""), "against_note": against and against + shift,
        "window": [["Outcome", result.outcome], ["Who", result.population], ["Window", result.window], ["Compared with", result.comparison]],
    }


def _resource(entry: Entry, note: str, site: Site) -> Mapping[str, str]:
    state = entry.availability
    checked = state.id != "not-checked"
    return {
        "title": entry.title, "text": entry.summary, "note": note, "kind": entry.kind.label, "url": _address(site, entry), "state": state.id,
        "state_label": state.label + (f", {day(entry.availability_as_of)}" if checked else ""), "state_text": entry.availability_notes[0].text if checked else "",
    }


def _contact(helper: Entry) -> str:
    return f"To ask, write to {helper.contact.email}." if helper.contact and helper.contact.email else ""


def _fact(entry: Entry, item: Any) -> Mapping[str, Any]:
    number = next((number for number, source in enumerate(entry.sources, 1) if source.id == item.source), None)
    return {"text": item.text + ("" if item.standing.id == "seen" else f" ({item.standing.label})"), "note": number}


def _source(item: Any) -> Mapping[str, str]:
    return {"text": f"{item.publisher}. {item.title}{', ' + day(item.date) if item.date else ''}.", "url": item.url or "", "supports": ended(item.supports)}


def _prose_section(title: str, text: str, site: Site) -> Mapping[str, Any]:
    blocks = []
    for block in re.split(r"\n\s*\n", text.strip()):
        lines = re.split(r"\n(?=[-*] )", block)
        blocks += [{"item": line.startswith(("- ", "* ")), "runs": _runs(" ".join(line.removeprefix("- ").removeprefix("* ").split()), site)} for line in lines]
    return {"title": title, "kind": "prose", "items": blocks}


def _runs(text: str, site: Site) -> Sequence[Mapping[str, str]]:
    """A line of Markdown as runs of text, some of them links; emphasis is dropped."""
    runs, start = [], 0
    for match in _LINK.finditer(text):
        runs.append({"text": text[start:match.start()], "url": ""})
        target = match.group(2)
        runs.append({"text": match.group(1), "url": site.url.rstrip("/") + target if target.startswith("/") else target})
        start = match.end()
    runs.append({"text": text[start:], "url": ""})
    return [{**run, "text": run["text"].replace("**", "")} for run in runs if run["text"]]


def _address(site: Site, entry: Entry) -> str:
    return site.url.rstrip("/") + entry.address


def _leads(entry: Entry) -> str:
    first, *rest = [term.label for term in entry.leads or ()] or [""]
    return listed([first, *(lower_first(label) for label in rest)], "or") if first else ""
