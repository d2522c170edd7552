"""What sends readers on from a former or short address: a page that works on any static host, and lists for hosts that do better."""

import json
import posixpath
from collections.abc import Iterable
from html import escape
from urllib.parse import urlsplit

from kb.addresses import Redirect

NETLIFY = "_redirects"
"""The file that Netlify, Cloudflare Pages and GitLab Pages read."""
NGINX = "redirects.nginx.map"

_STUB = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>{title} (moved from {address})</title>
<meta name="robots" content="noindex">
<link rel="canonical" href="{canonical}">
<script>location.replace({target_in_script}+location.search+location.hash)</script>
<noscript><meta http-equiv="refresh" content="0; url={target}"></noscript>
</head>
<body>
<main>
<h1>This address leads on</h1>
<p><a href="{target}">{title}</a></p>
</main>
</body>
</html>
"""


def stub(redirect: Redirect, site_url: str) -> str:
    """A page that sends a reader on, query and fragment kept; by script, else by refresh, else by a plain link.

    Its links are relative, so it works below any path and from a file. The refresh stands apart for readers without
    script: it would drop query and fragment.
    """
    target = posixpath.relpath(redirect.target, redirect.address) + "/"
    return _STUB.format(
        title=escape(redirect.title), address=escape(redirect.address), target=escape(target),
        target_in_script=json.dumps(target), canonical=escape(site_url.rstrip("/") + redirect.target),
    )


def netlify(redirects: Iterable[Redirect], site_url: str) -> str:
    """All redirects as a `_redirects` file: from, to, status. The host keeps the query, the browser the fragment."""
    base = _base(site_url)
    return "".join(f"{base}{one.address} {base}{one.target} 301\n" for one in redirects)


def nginx(redirects: Iterable[Redirect], site_url: str) -> str:
    """All redirects as the inside of an nginx `map`, with how to use it."""
    base = _base(site_url)
    use = ("# In the http block:    map_hash_bucket_size 256; map $uri $moved { include redirects.nginx.map; }", "# In the server block:  if ($moved) { return 301 $moved$is_args$args; }")
    return "\n".join([*use, *(f"{base}{one.address} {base}{one.target};" for one in redirects)]) + "\n"


def _base(site_url: str) -> str:
    """The path below which the site stands; empty for the root of a host."""
    return urlsplit(site_url).path.rstrip("/")
