"""The address promise: what was published goes on resolving. Compares the addresses of before with those of now."""

from collections import defaultdict
from collections.abc import Iterator

from kb.addresses import CHARTS_OF, Addresses, Redirect
from kb.entries import Entry
from kb.model import MOVED
from kb.problems import WARNING, Problem, quoted

ANCHORS_FILE = "scripts/kb/anchors.yml"


def broken(before: Addresses, now: Addresses) -> tuple[Problem, ...]:
    """Every published address and anchor that would stop resolving, with the ways out; by file.

    What hangs on an entry that is lost as a whole (its short links, former ids, charts) is told with the entry.
    """
    lost = [address for address in sorted(before.all) if address not in now.all]
    entries = {entry.address: entry for entry in before.kb.every}
    gone = {entries[address].document.path for address in lost if address in entries}
    owners = {f"/charts/{start}{entry.id}/": entry for entry in before.kb.every if (start := CHARTS_OF.get(entry.type.name))}
    files = {page.address: page.file for page in before.pages.values()} | {one.address: one.file for one in before.redirects}
    found: list[Problem] = []
    for address in lost:
        owner = owners.get(address)
        if address in entries:
            found.append(_lost_entry(entries[address], before, now))
        elif files[address] not in gone and not (owner and owner.document.path in gone):
            found.append(_lost_name(address, files[address], now) if _is_name(address, before) else _lost_page(address, files[address], owner))
    found += [*_lost_anchors(before, now), *_elsewhere(before, now)]
    return tuple(sorted(found, key=lambda problem: (problem.path, problem.message)))


def _lost_entry(entry: Entry, before: Addresses, now: Addresses) -> Problem:
    known = before.kb.readable(entry.type.name)
    title = str(entry.data.get("title", "")).casefold()
    heirs = [new for new in now.kb.of(entry.type.name) if new.id not in known and str(new.data.get("title", "")).casefold() == title]
    where = heirs[0].document.path if len(heirs) == 1 else "the entry that it is now"
    return _lost(entry.address, entry.document.path, (
        f"Renamed? Add to {where}:", "aliases:", f"  - {entry.id}",
        "No longer true? Restore this file, and add to it:", "retired:", "  date: the day, as year-month-day", "  reason: One sentence that a reader understands.",
    ))


def _is_name(address: str, before: Addresses) -> bool:
    """Whether an address is a short link, or a former id of an entry."""
    parts = address.strip("/").split("/")
    return len(parts) == 2 and (parts[0] == "go" or (parts[0] in before.kb.types and address not in before.pages))


def _lost_name(address: str, file: str, now: Addresses) -> Problem:
    """A former id or an acronym that its entry has no longer."""
    return _lost(address, file, ("Keep the name. Add to this file:", "aliases:", f"  - {address.strip('/').split('/')[1]}"))


def _lost_page(address: str, file: str, owner: Entry | None) -> Problem:
    """A page that is no entry: a hand-written one, a term, a chart."""
    target = owner.address if owner else "/the-page-to-read-now/"
    restore = f"Or keep {file} as it was." if file else "Or keep what it shows."
    return _lost(address, file or MOVED, (f"Does another page stand for it? Add to {MOVED}:", f"{address}: {target}", restore))


def _lost(address: str, file: str, ways_out: tuple[str, ...]) -> Problem:
    return Problem(file, 1, 1, "", f"The address {quoted(address)} was published and would stop working.", "\n".join(ways_out))


def _lost_anchors(before: Addresses, now: Addresses) -> Iterator[Problem]:
    """The anchors that a page had and has no longer; those of a kind of page once."""
    kinds: dict[str, list[str]] = defaultdict(list)
    for address, page in before.pages.items():
        if address not in now.pages:
            continue
        for anchor in page.anchors:
            if anchor in now.pages[address].anchors:
                continue
            if address in now.kb.pages:
                yield Problem(page.file, 1, 1, "", f"The anchor {quoted(f'{address}#{anchor}')} was published and would stop working.", f"Write the old anchor behind the heading that stands there now: ## Heading {{#{anchor}}}")
            else:
                kinds[anchor].append(address)
    for anchor, addresses in kinds.items():
        others = f", on {len(addresses):,} pages in all," if len(addresses) > 1 else ""
        yield Problem(ANCHORS_FILE, 1, 1, "", f"The anchor {quoted(f'{addresses[0]}#{anchor}')}{others} was published and would stop working.", f"Keep {quoted(anchor)} in the list of its kind of page. A page without that section still has the anchor.")


def _elsewhere(before: Addresses, now: Addresses) -> Iterator[Problem]:
    """Addresses that lead to another thing than before: allowed, but never by accident."""
    present: dict[str, Redirect] = {one.address: one for one in now.redirects}
    for one in before.redirects:
        new = present.get(one.address)
        if new and new.target != now.leads_to(one.target) and one.target in now.all:
            yield Problem(new.file, 1, 1, "", f"{quoted(one.address)} led to {quoted(one.target)} and now leads to {quoted(new.target)}.", "Whoever saved the old link lands elsewhere. Is that meant?", WARNING)
