"""Prose: no HTML, and links that lead somewhere."""

import re
from collections.abc import Iterator
from typing import Any

from kb.addresses import Addresses
from kb.entries import Entry
from kb.model import KnowledgeBase
from kb.problems import WARNING, Path, Problem, quoted
from kb.rules.registry import rule
from kb.shape import nearest
from kb.types import MARKDOWN

_TAG = re.compile(r"<(?:/?[a-zA-Z][^<>]*|!--.*?--|![a-zA-Z][^<>]*)>", re.DOTALL)
_LINK = re.compile(r"\]\(\s*<?([^)\s>]*)>?[^)]*\)")
_APART = re.compile(r"^ {0,3}\[[^\[\]]+\]: *\S+", re.MULTILINE)
_PICTURE = re.compile(r"!\[[^\]]*\](?:\([^)]*\)|\[[^\]]*\])")
_SCHEMES = ("https:", "http:", "mailto:", "tel:")


@rule
def text_has_no_html(kb: KnowledgeBase) -> Iterator[Problem]:
    """Text is plain or Markdown, never HTML."""
    for entry, path, text, _ in _texts(kb):
        if tag := _TAG.search(text):
            yield entry.document.problem(path, f"{quoted(tag.group())} is HTML, which entries may not hold.", "Delete it. For emphasis write **two asterisks**; for a link write [text](address).", at_text=tag.group())


@rule
def links_lead_somewhere(kb: KnowledgeBase) -> Iterator[Problem]:
    """A link in a text leads to a page of this site, or begins with https:, http:, mailto: or tel:."""
    addresses = Addresses(kb)
    known = addresses.all
    for entry, path, text in _markdown(kb):
        for target in _LINK.findall(text):
            page = target.partition("#")[0].partition("?")[0]
            if target.startswith("/") and not target.startswith("//"):
                if page not in known:
                    near = nearest(page, known) or nearest(f"{page}/", known)
                    yield entry.document.problem(path, f"This site has no page {quoted(page)}.{near}", "Addresses look like /resources/cvipi/, with a slash at both ends.", at_text=target)
                elif (present := addresses.leads_to(page)) != page:
                    yield entry.document.problem(path, f"{quoted(page)} is a former or short address.", f"Write {present}{target[len(page):]}", at_text=target, severity=WARNING)
            elif not target.startswith(_SCHEMES):
                yield entry.document.problem(path, f"{quoted(target)} is not an address that a page may link to.", "A link begins with https://, http://, mailto: or tel:, or with / for a page of this site.", at_text=target)


@rule
def addresses_stand_beside_their_words(kb: KnowledgeBase) -> Iterator[Problem]:
    """A link has its address right behind its words, not on a line of its own elsewhere in the text."""
    for entry, path, text in _markdown(kb):
        for found in _APART.findall(text):
            yield entry.document.problem(path, f"{quoted(found.strip())} is the address of a link, apart from its words.", "Write it behind them: [text](address).", at_text=found)


@rule
def texts_hold_no_pictures(kb: KnowledgeBase) -> Iterator[Problem]:
    """A text holds no pictures: nobody could check them, and the site loads nothing from other hosts."""
    for entry, path, text in _markdown(kb):
        for found in _PICTURE.findall(text):
            yield entry.document.problem(path, f"{quoted(found)} is a picture, which entries may not hold.", "Link to its page in words: [what it shows](address).", at_text=found)


def _texts(kb: KnowledgeBase) -> Iterator[tuple[Entry, Path, str, Any]]:
    for entry in kb.every:
        for path, value, schema in entry.parts:
            if isinstance(value, str):
                yield entry, path, value, schema


def _markdown(kb: KnowledgeBase) -> Iterator[tuple[Entry, Path, str]]:
    """The texts that may hold links."""
    return ((entry, path, text) for entry, path, text, schema in _texts(kb) if schema.get("format") == MARKDOWN)
