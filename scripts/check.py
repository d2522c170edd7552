"""Tells every problem of the content, with file, line, column and remedy. Ends with 1 where there are any but warnings."""

import argparse
import sys
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from kb import Entry, check, load
from kb.problems import as_annotations, as_json, as_text, closing_line, errors
from kb.review import agenda, due, perishable
from kb.types import SchemaError
from project import ROOT, today
from published import BaseError, lost_since


def main() -> int:
    parser = _parser()
    options = parser.parse_args()
    if missing := [path for path in options.paths if not path.exists()]:
        parser.error(f"there is no {missing[0]}")
    try:
        kb = load(options.root)
    except SchemaError as error:
        print(error)
        return 1
    wanted = [str(path.resolve()) for path in options.paths]
    if options.base is not None:
        print(f"Comparing with what {options.base} published …", file=sys.stderr, flush=True)   # it takes a few seconds
    try:
        found = check(kb) + (lost_since(options.base, kb, options.root) if options.base is not None else ())
    except BaseError as error:
        parser.error(str(error))
    problems = [problem for problem in found if not wanted or _inside(options.root / problem.path, wanted)]
    if options.due and not errors(problems):
        entries = [entry for entry in kb.entries if not wanted or _inside(options.root / entry.document.path, wanted)]
        print(*due_lines(entries, today()), sep="\n")
        return 0
    if options.format == "json":
        print(as_json(problems))
    else:
        tell, gap = (as_annotations, "\n") if options.format == "github" else (as_text, "\n\n")
        print(gap.join(filter(None, [tell(problems), closing_line(problems, kb.files)])))
    return 1 if errors(problems) else 0


def due_lines(entries: Iterable[Entry], now: date) -> Iterator[str]:
    """What is due for review: a line for what is overdue, for each month to come, and for each file beneath."""
    batches = agenda(entries, now)
    if not batches or batches[0].id != "overdue":
        yield f"Nothing is overdue on {now}."
    for batch in batches:
        yield f"{batch.title}: {len(batch.entries)} {'entry' if len(batch.entries) == 1 else 'entries'}"
        for entry in batch.entries:
            yield f"  {due(entry)}  {entry.document.path}  {perishable(entry, now)}".rstrip()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--due", action="store_true", help="tell what is due for review instead; where there are problems, those first")
    parser.add_argument("--format", choices=("text", "github", "json"), default="text", help="how to tell them (default: text)")
    parser.add_argument("--root", type=Path, default=ROOT, help="the project to check (default: this one)")
    parser.add_argument("--base", metavar="REF", help="tell also which addresses and anchors that this commit, branch or tag published would stop working")
    parser.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="tell only of these files or folders; everything is read all the same")
    return parser


def _inside(path: Path, wanted: list[str]) -> bool:
    here = path.resolve()
    return any(str(place) in wanted for place in (here, *here.parents))


if __name__ == "__main__":
    sys.exit(main())
