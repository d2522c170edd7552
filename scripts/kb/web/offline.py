"""The site as files that a browser opens from a disk, by double click, without a server and without the network.

It is made from the built site, whatever engine built it: every address stays as it is, and each link that ends in a folder
is led to the page in it. A page on a disk may load scripts but not fetch, so what a script fetches becomes a script too
(see offline_kit/offline.js).
"""

import json
import re
from collections.abc import Iterable, Iterator
from fnmatch import fnmatch
from pathlib import Path

from kb.dates import day
from kb.render import Site
from kb.shape import slug

KIT = Path(__file__).parent / "offline_kit"
"""What only the offline copy has: the first page, the words beside it, and the script that stands in for a server."""
PAGES = "site"
START = "Open me.html"
SCRIPT = "assets/js/offline.js"
FETCHED = ("search/search_index.json", "charts/*.vega.json", "assets/javascripts/workers/search.*.js")
"""What scripts of the site load otherwise than as a script; it stands in the copy as one, under its name and “.js”."""
LEFT_OUT = ("404.html", "sitemap.xml*", "robots.txt", "opensearch.xml", "_redirects", "*.map")
"""What only a server or a search engine reads."""

_TAG = re.compile(r"""<[a-zA-Z](?:[^"'<>]|"[^"]*"|'[^']*')*>""")
_LINK = re.compile(r'(?<=\s)(href|action)="([^"]*)"')
_LED_ON = re.compile(r'(?<=location\.replace\(")[^"]*|(?<=content="0; url=)[^"]*')
"""Where a page that only leads on sends its reader (see kb.redirects)."""
_HEAD_ONLY = re.compile(r'<link rel="(?:search|preload)"[^>]*>\n?')
_FIRST_SCRIPT = re.compile(r'<script src="((?:\.\./)*)assets/js/')
_FOOT = re.compile(r"(?=</div>\s*</footer>)")


def offline(files: Iterable[tuple[str, bytes]], site: Site) -> Iterator[tuple[str, bytes]]:
    """Every file of the offline copy, with its path inside one folder, given those of the built site."""
    folder = f"{slug(site.name)}-{site.today}"
    for name in (START, "README.txt"):
        yield f"{folder}/{name}", _filled((KIT / name).read_text("utf-8"), site).encode()
    yield f"{folder}/{PAGES}/{SCRIPT}", (KIT / "offline.js").read_bytes()
    for path, content in files:
        if not any(fnmatch(path, pattern) for pattern in LEFT_OUT):
            yield from ((f"{folder}/{PAGES}/{name}", made) for name, made in _made(path, content, site))


def as_file(link: str) -> str:
    """A link as a disk needs it: one that ends in a folder leads to the page in it. Query and anchor stay; links to the web too."""
    path, rest = re.fullmatch(r"([^?#]*)(.*)", link, re.DOTALL).groups()
    if not path or re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//", path):
        return link
    if path.rsplit("/", 1)[-1] in ("", ".", ".."):
        path = f"{path.rstrip('/')}/index.html"
    return path + rest


def as_page(html: str, site: Site) -> str:
    """A page of the site as one of the offline copy: its links lead to files, and its foot says what it is."""
    html = _TAG.sub(lambda tag: _LINK.sub(lambda link: f'{link[1]}="{as_file(link[2])}"', tag[0]), _HEAD_ONLY.sub("", html))
    html = _LED_ON.sub(lambda link: as_file(link[0]), html)
    html = _FIRST_SCRIPT.sub(rf'<script src="\g<1>{SCRIPT}"></script>\n\g<0>', html, count=1)
    note = f'<p>An offline copy, made on {day(site.today)}. Help and money change; the site itself is at <a href="{site.url}">{site.url}</a></p>\n'
    return _FOOT.sub(lambda _: note, html, count=1)


def _made(path: str, content: bytes, site: Site) -> Iterator[tuple[str, bytes]]:
    if path.endswith(".html"):
        yield path, as_page(content.decode(), site).encode()
    elif any(fnmatch(path, pattern) for pattern in FETCHED):
        text = _led_to_files(content) if path.startswith("search/") else content.decode()
        yield f"{path}.js", f"kbFile({json.dumps(text, ensure_ascii=False)})\n".encode()
    else:
        yield path, content


def _led_to_files(index: bytes) -> str:
    """The search index with addresses of files."""
    data = json.loads(index)
    for part in data["docs"]:
        part["location"] = as_file(f"./{part['location']}")
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def _filled(text: str, site: Site) -> str:
    for name, value in {"NAME": site.name, "DAY": day(site.today), "ADDRESS": site.url, "START": START, "PAGES": PAGES}.items():
        text = text.replace(f"[{name}]", value)
    return text
