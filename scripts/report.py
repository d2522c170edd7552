"""A report for contributors: the reading level of the prose. Informs; never fails."""

import argparse
import sys
from collections.abc import Iterator

import project
from kb import Entry
from kb.types import MARKDOWN

GRADE = 9
"""US school grade (Flesch-Kincaid) that the prose should not exceed."""
SKIPPED = ("sources", "title", "also_called", "acronym", "authors", "published_in")
"""Fields that hold names and citations, not prose."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--all", action="store_true", help="every entry, not only those above the grade")
    options = parser.parse_args()
    try:
        import textstat
    except ModuleNotFoundError:
        sys.exit("The report needs the test requirements. Run: make report")
    kb = project.sound()
    levels = sorted(((textstat.flesch_kincaid_grade(prose(entry)), entry) for entry in kb.entries), key=lambda item: -item[0])
    above = [item for item in levels if item[0] > GRADE]
    print(f"Reading level: {len(levels) - len(above)} of {len(levels)} entries are at grade {GRADE} or lower; the median is {levels[len(levels) // 2][0]:.1f}.")
    for grade, entry in levels if options.all else above:
        print(f"  {grade:4.1f}  {entry.document.path}")
    return 0


def prose(entry: Entry) -> str:
    """The sentences of an entry, one after another."""
    return " ".join(_sentences(entry))


def _sentences(entry: Entry) -> Iterator[str]:
    for path, value, schema in entry.parts:
        if isinstance(value, str) and path[0] not in SKIPPED and (schema.get("format") == MARKDOWN or (" " in value and "format" not in schema and "oneOf" not in schema)):
            text = " ".join(value.replace("- ", "").split())
            yield text if text.endswith((".", "?", "!")) else f"{text}."


if __name__ == "__main__":
    sys.exit(main())
