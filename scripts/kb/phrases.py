"""Numbers and names as a sentence has them."""

import re
from urllib.parse import urlsplit


def lower_first(text: str) -> str:
    """The text with a small first letter, to go on in a sentence; an acronym keeps its letters."""
    return text if text[1:2].isupper() or text[1:2] == "." else text[:1].lower() + text[1:]


def plural(number: int, one: str, many: str = "") -> str:
    """A number with its noun: “1 entry”, “3 entries”."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def short(label: str) -> str:
    """The short form that a label carries in brackets at its end: “Bureau of Justice Assistance (BJA)” gives “BJA”."""
    match = re.search(r"\(([^()]+)\)$", label)
    return match.group(1) if match else label


def number(value: float) -> str:
    """A number as it is written, with commas and without a needless decimal: “2,664”, “31.5”, “3”."""
    return f"{value:,.10g}" if value == int(value) else f"{value:,}"


def weight(size: int) -> str:
    """The size of a file in words that stay on one line: “74 KB”, “1.1 MB”."""
    return f"{size / 1e6:.1f}\N{NO-BREAK SPACE}MB" if size >= 1_000_000 else f"{max(1, round(size / 1e3))}\N{NO-BREAK SPACE}KB"


def rounded(population: int) -> str:
    """A population as prose gives it: “2.7 million people”, “110,000 people”, “8,700 people”."""
    if population >= 1_000_000:
        return f"{population / 1_000_000:.1f} million people"
    step = 10_000 if population >= 100_000 else 1_000 if population >= 10_000 else 100
    return f"{round(population / step) * step:,} people"


def capital(text: str) -> str:
    """The text with a capital letter at its start; a name such as “eTrace” keeps its letters."""
    return text if text[1:2].isupper() else text[:1].upper() + text[1:]


def ended(text: str) -> str:
    """The text with a period at its end, unless it ends as a sentence does."""
    return text if text.endswith((".", "?", "!", "”")) else f"{text}."


def after_label(text: str, label: str) -> str:
    """The text beside a badge that shows `label` already: without the sentence that is the label and no more."""
    return text.removeprefix(f"{label}. ")


def host(url: str) -> str:
    """The host of a web address, as a reader knows it: “bja.ojp.gov”, without “www.”."""
    return urlsplit(url).netloc.removeprefix("www.")
