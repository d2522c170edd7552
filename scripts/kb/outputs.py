"""Everything that the site contains. `generate` reads like a table of contents."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from html import unescape

from kb import data
from kb.addresses import Addresses, address_of
from kb.charts import Draw, draw
from kb.charts.gallery import Gallery
from kb.guides import Known, guide, pairs
from kb.guides import words as guide_words
from kb.handwritten import heading_anchor
from kb.model import KnowledgeBase
from kb.render import Site, environment
from kb.sheets import Sheet
from kb.web import citations, discovery, feeds
from kb.web.pages import Pages, SiteFile
from kb.web.redirects import NETLIFY, NGINX, netlify, nginx, stub
from kb.web.words import words

_ID = re.compile(r'\sid="([^"]+)"')
_H1 = re.compile(r"<h1>(.*?)</h1>")
_TAG = re.compile(r"<[^>]*>")


def generate(kb: KnowledgeBase, site: Site, draw: Draw = draw, sheets: Sequence[Sheet] = ()) -> Iterator[SiteFile]:
    """Every generated file of the site, given a knowledge base without problems.

    The same knowledge base and site give the same files in the same order. `draw` draws the charts: an adapter hands in
    one that remembers (see project.drawer). `sheets` are the PDFs that will stand beside the pages, each of which names
    the version of its own.
    """
    gallery = Gallery(kb, draw)
    addresses = Addresses(kb, tuple(chart.id for chart in gallery.all))
    versions = {sheet.path: sheet.version for sheet in sheets}
    for made in _made(kb, site, gallery, addresses, versions):
        yield anchored(made, addresses) if made.path.endswith(".md") else made
    for one in addresses.redirects:
        yield SiteFile(f"{one.address.strip('/')}/index.html", stub(one, site.url))
    yield SiteFile(NETLIFY, netlify(addresses.redirects, site.url))
    yield SiteFile(NGINX, nginx(addresses.redirects, site.url))


def anchored(made: SiteFile, addresses: Addresses) -> SiteFile:
    """A page with all of its fixed anchors: those of sections that it lacks lead to its heading."""
    heading = _TAG.sub("", unescape("".join(_H1.findall(made.content)[:1])))
    there = {*_ID.findall(made.content), heading_anchor(heading)}   # the engine gives the heading an anchor of its own
    missing = [anchor for anchor in addresses.anchors(address_of(made.path)) if anchor not in there]
    return SiteFile(made.path, made.content.replace("<h1>", "<h1>" + "".join(f'<span id="{anchor}"></span>' for anchor in missing), 1)) if missing else made


def _made(kb: KnowledgeBase, site: Site, gallery: Gallery, addresses: Addresses, versions: Mapping[str, str]) -> Iterator[SiteFile]:
    """Every generated page, with the files that belong to it."""
    known: Known = {}
    env = environment(kb, site, addresses, gallery=gallery, versions=versions, guide_of=lambda entry: guide(kb, guide_words.filter_of(entry), known))
    pages = Pages(env, words(kb))
    yield pages.home(site)
    yield pages.browse()
    yield pages.self_check()
    yield pages.compare()
    for type_ in kb.types.values():
        yield pages.front(kb, type_)
    for entry in kb.every:
        yield pages.tombstone(entry) if entry.is_retired else pages.entry(entry)
    yield from _pairs(kb, pages, known)
    for name in kb.facets:
        vocabulary = kb.vocabularies[name]
        yield pages.vocabulary(vocabulary)
        for id_ in vocabulary.terms:
            yield pages.term(vocabulary, id_, kb.by_term.get(name, {}).get(id_, ()))
    yield pages.field_reference(kb)
    yield pages.due()
    yield pages.short_links()
    for name, entries in addresses.ambiguous.items():
        yield pages.several(name, entries)
    yield pages.charts()
    for chart in gallery.all:
        yield pages.chart(chart)
    yield pages.whats_new()
    for name, content in gallery.files():
        yield SiteFile(f"charts/{name}", content)
        id_, _, form = name.partition(".")
        if form != "vega.json":   # only the chart's own page asks for that one
            yield from (SiteFile(f"charts/{former}.{form}", content) for former in addresses.former_charts.get(id_, ()))
    for path, content in (*feeds.files(kb, site), *discovery.files(site), *citations.files(kb, site, gallery.all, known)):
        yield SiteFile(path, content)
    made = dict(data.files(kb, site, [(chart.id, chart.title) for chart in gallery.all], known))
    yield from (SiteFile(path, content) for path, content in made.items())
    yield pages.data(made)


def explaining(kb: KnowledgeBase, site: Site) -> Callable[[str, str], str]:
    """What explains the words of the field on a hand-written page, given its path in docs/ and its Markdown."""
    env, known = environment(kb, site), words(kb)
    return lambda page, text: known.explained(env, page, text) if known else text


def _pairs(kb: KnowledgeBase, pages: Pages, known: Known) -> Iterator[SiteFile]:
    """A page for every pair of size and kind."""
    for size, kind, _ in pairs(kb) if "guides" in kb.types else ():
        yield pages.pair(kb, guide(kb, {"population": (size.id,), "violence-type": (kind.id,)}, known))
