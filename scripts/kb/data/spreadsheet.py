"""Tables as CSV that opens cleanly in a spreadsheet and reads cleanly in a program.

RFC 4180: commas, lines that end with CR LF, quotes where a cell needs them. UTF-8 with a byte order mark, because without
one Excel takes curly quotes and dashes for other letters; pandas, R's readr and LibreOffice pass over it.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

MARK = "\ufeff"
SEPARATOR = " | "
"""Between the values of one cell. A bar inside a value becomes a slash."""
GUARD = "'"
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def as_csv(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """A table as a file. What is not known is an empty cell, never 0; numbers are written as in the content."""
    out = io.StringIO(MARK, newline="")
    out.seek(0, io.SEEK_END)
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([plain(value) for value in row] for row in rows)
    return out.getvalue()


def plain(value: Any) -> str:
    """A value as the text of a cell."""
    if isinstance(value, str):
        return guarded(value)
    if isinstance(value, tuple):
        return guarded(SEPARATOR.join(str(item).replace("|", "/") for item in value if item is not None))
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def guarded(text: str) -> str:
    """Text that no spreadsheet takes for a formula: an apostrophe stands before one that begins as a formula may."""
    return GUARD + text if text.lstrip(" ").startswith(_FORMULA) else text
