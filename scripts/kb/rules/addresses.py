"""Addresses: each leads to one page, former ones lead straight to it, and nothing rests on what is retired."""

import re
from collections.abc import Iterator

from kb.addresses import Addresses
from kb.entries import references
from kb.model import KnowledgeBase
from kb.problems import WARNING, Problem, quoted
from kb.rules.registry import rule
from kb.shape import nearest

_ADDRESS = re.compile(r"/([a-z0-9-]+/)+\Z")


@rule
def pages_have_addresses_of_their_own(kb: KnowledgeBase) -> Iterator[Problem]:
    """No two pages have the same address: hand-written ones, entries, fronts, terms, guides for a pair, and those that are made."""
    made = Addresses(kb).made
    for page in kb.pages.values():
        if (other := made.get(page.address)) is not None:
            yield Problem(page.file, 1, 1, "", f"The address {quoted(page.address)} belongs to {other or 'a page that is made'} already.", "Rename this page.")


@rule
def references_use_present_ids(kb: KnowledgeBase) -> Iterator[Problem]:
    """An entry is named by its present id, not by an alias. (A warning: the alias works.)"""
    for entry in kb.every:
        for path, id_, type_ in references(entry):
            written = entry.document.values[path].text
            if written != id_ and (type_, id_) != (type_, written) and written in kb.ids.get(type_, ()):
                yield entry.document.problem(path, f"{quoted(written)} is a former or short id of content/{type_}/{id_}.yml.", f"Write {id_}", severity=WARNING)


@rule
def references_lead_to_what_holds(kb: KnowledgeBase) -> Iterator[Problem]:
    """An entry that holds does not rest on one that is retired. (A warning: the page shows it as retired.)"""
    for entry in kb.entries:
        for path, id_, type_ in references(entry):
            target = kb.find(type_, id_) if id_ in kb.readable(type_) else None
            if target and target.is_retired:
                instead = target.replaced_by if target.replaced_by != target.id else ""
                remedy = f"Write {instead}, which replaces it, if that is true here too; else delete this." if instead else "Delete this, unless it tells of the past."
                yield entry.document.problem(path, f"{quoted(id_)} is retired.", remedy, severity=WARNING)


@rule
def replacements_hold(kb: KnowledgeBase) -> Iterator[Problem]:
    """What replaces a retired entry is another entry, and not itself retired."""
    for entry in kb.every:
        instead = entry.replaced_by
        if not instead or instead not in kb.readable(entry.type.name):
            continue
        target = kb.find(entry.type.name, instead)
        if target is entry:
            yield entry.document.problem(("retired", "replaced_by"), "An entry cannot replace itself.", "Name another entry, or delete this line.")
        elif target.is_retired:
            further = f"Name what replaces that one: {target.replaced_by}" if target.replaced_by else "Name an entry that holds, or delete this line."
            yield entry.document.problem(("retired", "replaced_by"), f"{quoted(instead)} is retired itself.", further)


@rule
def moved_addresses_lead_to_pages(kb: KnowledgeBase) -> Iterator[Problem]:
    """In content/moved.yml, each former address is nobody's any more, and leads straight to a page of this site."""
    addresses = Addresses(kb)
    for former, target in kb.moved_addresses.items():
        path = (former,)
        if not _ADDRESS.match(former) or not isinstance(target, str) or not _ADDRESS.match(target):
            yield kb.moved.problem(path, f"{quoted(f'{former}: {target}')} is no pair of addresses.", "Write the former address, a colon, and the address where it leads now: /charts/old/: /charts/new/")
        elif former in addresses.pages or former in {one.address for one in addresses.redirects if one.file != kb.moved.path}:
            yield kb.moved.problem(path, f"{quoted(former)} is an address of this site.", "Delete this line.", at_key=True)
        elif (further := addresses.leads_to(target)) != target:
            yield kb.moved.problem(path, f"{quoted(target)} leads on to {quoted(further)}.", f"Write {further}")
        elif target not in addresses.pages and not target.startswith("/charts/"):
            yield kb.moved.problem(path, f"This site has no page {quoted(target)}.{nearest(target, addresses.pages)}", "Name a page that is there.")
