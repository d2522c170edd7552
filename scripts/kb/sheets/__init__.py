"""Guides and actions as sheets to print: what each says as data, and the Typst template that sets it. Compiling is not done here."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path as FilePath
from typing import Any

import kb.guides.words as words
import kb.sheets.brief as brief
import kb.sheets.parts as parts
from kb.addresses import Addresses
from kb.dates import day
from kb.entries import Entry
from kb.guides import SIZE, Guide, Item, Known, guide, pairs
from kb.model import KnowledgeBase
from kb.phrases import capital, lower_first
from kb.render import Site
from kb.sheets.parts import Part

TYPST = FilePath(__file__).parent.parent / "templates" / "typst"
FONTS = TYPST / "fonts"
TEMPLATE = TYPST / "sheet.typ"
INDEPENDENT = "An independent site. It is not an official site and is not run or endorsed by the U.S. Department of Justice or any organization named here. Every fact names its source. Content is under CC BY 4.0."
CRISIS = "If you or somebody you know needs help: call or text 988, the Suicide & Crisis Lifeline. Suicide can be prevented."


@dataclass(frozen=True)
class Sheet:
    """A PDF to be made: where it goes on the site, and all that its template is given."""

    path: str
    content: str
    """JSON for the template. The same content gives the same PDF."""
    version: str
    """What tells two states of its content apart; it stands on the sheet and on the page."""
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
    root, sized = site.url.rstrip("/"), SIZE in made.where
    own = list(entry.sources) if entry else []
    cited, numbers = parts.end_notes(own, made)

    def strategies(title: str, note: str, items: tuple[Item, ...], short: bool = False) -> Part:
        return {"title": title, "kind": "strategies", "short": short, "note": note, "items": [parts.strategy(kb, root, made, item, sized, numbers) for item in items]}

    start = [{"number": action.number, "title": action.title, "text": action.question, "url": root + action.address} for action, _ in made.start]
    sections = [
        *([parts.prose(root, "Before you read", entry.introduction)] if entry else []),
        *([{"title": "First steps", "kind": "steps", "items": [parts.fact(entry, item) for item in entry.first_steps]}] if entry and entry.first_steps else []),
        {"title": "Where to start", "kind": "actions", "note": words.why_start(made), "items": start},
        *(strategies(group.label, words.why(made, group), group.items) for group in made.groups),
        strategies("Our judgment", words.why_beyond(made), made.beyond, short=True),
        strategies("Tried and found wanting", words.why_wanting(made), made.wanting),
        {"title": "Help and money that fit", "kind": "help", "items": [parts.resource(root, item, "") for item in made.help]},
        *([_unknown(entry)] if entry else []),
    ]
    address = Addresses(kb).short(entry) if entry else f"/{page.removesuffix('.md')}/" if page else "/guides/"
    return _sheet(site, page or "guide.md", "guide.pdf", address, {
        "kicker": "Guide", "title": entry.title if entry else capital(words.heading(kb, made.where)), "lede": entry.summary if entry else words.counted(made), "counts": words.counted(made) if entry else "",
        "crisis": CRISIS if "suicide" in made.where.get("violence-type", ()) else "", "date": max(words.dated(made), entry.reviewed if entry else ""),
        "sections": [section for section in sections if section["items"] or section["title"] == "Tried and found wanting"], "sources": [parts.source(item) for item in cited],
        "page": bool(page), "brief": list(brief.of_guide(kb, made, entry)), "bars_how": words.HOW_BARS if words.has_bars(made) else "",
    })


def action_sheet(kb: KnowledgeBase, site: Site, action: Entry) -> Sheet:
    """The sheet of an action: the question, what good looks like, the help, the resources with their state."""
    root = site.url.rstrip("/")
    helper = kb.find("resources", action.help_from) if action.help_from else None
    placed = list(action.resources or ())
    groups = {item.group.id: item.group.label for item in placed}
    entries = [action, *(kb.find("resources", item.resource) for item in placed)]

    def resources(group: str, label: str) -> Part:
        items = [item for item in placed if item.group.id == group]
        return {"title": label, "kind": "help", "note": f"Why they stand here: {lower_first(items[0].standing.label)}.", "items": [parts.resource(root, kb.find("resources", item.resource), item.note or "") for item in items]}

    sections = [
        {"title": "The question to ask yourselves", "kind": "question", "items": [action.question]},
        parts.prose(root, "The idea", action.idea),
        {"title": "What good looks like", "kind": "checklist", "items": [parts.fact(action, item) for item in action.good_looks_like]},
        {"title": "Help you can ask for", "kind": "bullets", "note": f"{helper.title} may include:" if helper else "", "items": [parts.fact(action, item)["text"] for item in action.help]},
        *([{"title": "Whom to ask", "kind": "help", "items": [parts.resource(root, helper, parts.contact(helper))]}] if helper else []),
        *(resources(id_, label) for id_, label in groups.items()),
        _unknown(action),
    ]
    return _sheet(site, action.page, "sheet.pdf", Addresses(kb).short(action), {
        "kicker": f"Action {action.number} of {len(kb.of('actions'))}", "title": action.title, "lede": action.summary, "counts": "", "crisis": "",
        "date": max(entry.reviewed for entry in entries), "sections": [section for section in sections if section["items"]], "sources": [parts.source(item) for item in action.sources], "page": True,
        "brief": list(brief.of_action(kb, helper, entries[1:])), "bars_how": "",
    })


def _sheet(site: Site, page: str, name: str, address: str, data: Mapping[str, Any]) -> Sheet:
    """The sheet that stands beside a page as `name`, and leads to `address`, short where there is a short one."""
    url = site.url.rstrip("/") + address
    year, month, number = (int(part) for part in data["date"].split("-"))
    sections = [{"note": "", **section} for section in data["sections"]]
    whole = {**data, "sections": sections, "site": site.name, "url": url, "independent": INDEPENDENT, "day": day(data["date"]), "ymd": [year, month, number]}
    version = hashlib.sha256(json.dumps(whole, sort_keys=True).encode()).hexdigest()[:7]
    return Sheet(f"{page.removesuffix('.md')}/{name}", json.dumps({**whole, "version": version}, ensure_ascii=False, sort_keys=True), version)


def _unknown(entry: Entry) -> Part:
    return {"title": "What we do not know", "kind": "bullets", "items": [item.text for item in entry.not_known or ()]}
