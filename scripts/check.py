"""Tells every problem of the content, with file, line, column and remedy. Ends with 1 where there are any."""

import argparse
import sys
from pathlib import Path

from kb import check, load
from kb.problems import as_annotations, as_json, as_text, closing_line
from kb.types import SchemaError
from project import ROOT


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--format", choices=("text", "github", "json"), default="text", help="how to tell them (default: text)")
    parser.add_argument("--root", type=Path, default=ROOT, help="the project to check (default: this one)")
    parser.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="tell only the problems of these files or folders; everything is read all the same")
    options = parser.parse_args()
    try:
        kb = load(options.root)
    except SchemaError as error:
        print(error)
        return 1
    wanted = [str(path.resolve()) for path in options.paths]
    missing = [path for path in options.paths if not path.exists()]
    if missing:
        parser.error(f"there is no {missing[0]}")
    problems = [problem for problem in check(kb) if not wanted or _inside(options.root / problem.path, wanted)]
    if options.format == "json":
        print(as_json(problems))
    elif options.format == "github":
        print("\n".join(filter(None, [as_annotations(problems), closing_line(problems, len(kb.files))])))
    else:
        print("\n\n".join(filter(None, [as_text(problems), closing_line(problems, len(kb.files))])))
    return 1 if problems else 0


def _inside(path: Path, wanted: list[str]) -> bool:
    here = path.resolve()
    return any(str(place) in wanted for place in (here, *here.parents))


if __name__ == "__main__":
    sys.exit(main())
