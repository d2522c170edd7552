"""HTML as it leaves: the same page in fewer bytes."""

import re

_BLOCKS = "(?:article|aside|dd|div|dl|dt|figure|form|h[1-6]|li|nav|ol|p|section|table|tbody|td|th|thead|tr|ul)"
_IMPLIED = re.compile(r"</(?:dd|dt|li|td|th|tr)>(?=\s*(?:<(?:dd|dt|li|td|th|tr)\b|</(?:div|dl|ol|table|tbody|thead|tr|ul)>))")
_BREAK = re.compile(rf"\n+(?=</{_BLOCKS}>)|(<{_BLOCKS}(?:\s[^>]*)?>)\n+(?=<{_BLOCKS}\b)")


def squeezed(html: str) -> str:
    """`html` without line breaks between tags that open, or close, blocks together.

    No text stands there. The break between two blocks stays: a search or a copy of the text would join their words.
    """
    return _BREAK.sub(r"\1", html)


def without_implied_ends(html: str) -> str:
    """`html` without the end tags of items and cells, where the next tag says as much.

    HTML lets them go there (HTML Living Standard, 13.1.2.4, optional tags). Only for what leaves: the search reads
    pages by their end tags.
    """
    return _IMPLIED.sub("", html)
