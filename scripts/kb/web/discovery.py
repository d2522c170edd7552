"""How others find the site: what search engines and shared links show of a page, and what a browser needs to search here."""

import re
from collections.abc import Iterator
from textwrap import shorten
from xml.sax.saxutils import escape

from kb.render import Site

FEWEST, ENOUGH, MOST = 50, 80, 160
"""Characters of a description: fewer tell nothing, enough need no title before them, and more are cut by those who show them."""

_SENTENCE_END = re.compile(r"(?<=[a-z0-9)”%]{3}[.?!])\s")


def description(title: str, text: str, whole: bool = False) -> str:
    """What is said of a page where only its name is seen: `text`, after the title where it is short, cut where it is long.

    It is cut after a sentence where one ends late enough, else between words. What an entry says of itself stays `whole`:
    the second half of a finding is often what weighs against it.
    """
    text = " ".join(text.split())
    if len(text) < ENOUGH and not text.startswith(title):
        text = f"{title.rstrip('.?')}. {text}"
    if whole or len(text) <= MOST:
        return text
    ends = [found.start() for found in _SENTENCE_END.finditer(text, FEWEST, MOST + 1)]
    return text[:ends[-1]] if ends else text[:text.rindex(" ", 0, MOST)].rstrip(" ,;:–(") + "…"


def files(site: Site) -> Iterator[tuple[str, str]]:
    """The files by which machines find their way: path and content. The list of pages is the engine's (overrides/sitemap.xml)."""
    yield "robots.txt", robots(site)
    yield "opensearch.xml", open_search(site)


def robots(site: Site) -> str:
    """robots.txt: everything may be read, and where the list of pages is."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {site.url.rstrip('/')}/sitemap.xml\n"


def open_search(site: Site) -> str:
    """The OpenSearch 1.1 description, by which a browser can ask this site's search. ShortName has at most 16 characters."""
    root = escape(site.url.rstrip("/"))
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">
<ShortName>Roadmap search</ShortName>
<LongName>{escape(shorten(site.name, 48, placeholder=''))}</LongName>
<Description>Searches the {escape(site.name)} by name, acronym or topic.</Description>
<Url type="text/html" template="{root}/search/?q={{searchTerms}}"/>
<Url type="application/opensearchdescription+xml" rel="self" template="{root}/opensearch.xml"/>
<Image width="16" height="16" type="image/svg+xml">{root}/assets/favicon.svg</Image>
<Language>en-US</Language>
<InputEncoding>UTF-8</InputEncoding>
</OpenSearchDescription>
"""
