"""Makes one guide for any filter: as Markdown, as one self-contained HTML file, as a PDF or as JSON.

Several terms of one option widen the filter, several options narrow it:
  guide.py --population 51k-200k --violence-type group-or-gang,youth --lead police -o guide.pdf
"""

import argparse
import base64
import json
import sys
from collections.abc import Mapping
from pathlib import Path

import project
from kb import KnowledgeBase
from kb.data.guides import as_data
from kb.guides import FILTERS, Where, guide, nearest
from kb.guides.words import filter_of, heading, page
from kb.phrases import capital
from kb.problems import quoted
from kb.shape import nearest as suggestion
from kb.sheets import guide_sheet
from kb.sheets.forms import as_html, as_markdown

FORMATS = {".md": "md", ".html": "html", ".pdf": "pdf", ".json": "json"}
STYLES = ("tokens.css", "components.css", "site.css", "print.css")


def main() -> int:
    parser = _parser()
    options = parser.parse_args()
    kb = project.sound()
    if options.list:
        print(vocabulary(kb))
        return 0
    where = asked(kb, parser, options)
    form = options.format or (FORMATS.get(options.out.suffix, "md") if options.out else "md")
    if form == "pdf" and not options.out:
        parser.error("a PDF needs a file: -o guide.pdf")
    entry = next((entry for entry in kb.of("guides") if filter_of(entry) == where and options.guide), None)
    made = guide(kb, where)
    if not made.found and not made.wanting:
        print(empty(kb, where), file=sys.stderr)
        return 1
    content = written(kb, made, entry, form)
    if options.out:
        options.out.write_bytes(content)
        print(f"Wrote {options.out}: {capital(heading(kb, where))}.")
    else:
        sys.stdout.buffer.write(content)
    return 0


def asked(kb: KnowledgeBase, parser: argparse.ArgumentParser, options: argparse.Namespace) -> Where:
    """The filter that the options give. Ends the program with 2 for a term that does not exist."""
    known = terms(kb)
    if options.guide:
        if options.guide not in kb.ids.get("guides", ()):
            parser.error(f"there is no guide {quoted(options.guide)}.{suggestion(options.guide, kb.ids.get('guides', ()))}")
        return filter_of(kb.find("guides", options.guide))
    where = {}
    for name in FILTERS:
        ids = [id_.strip() for value in getattr(options, name.replace("-", "_")) or () for id_ in value.split(",") if id_.strip()]
        for id_ in ids:
            if id_ not in known[name]:
                parser.error(f"there is no {name} {quoted(id_)}.{suggestion(id_, known[name])} Its terms: {', '.join(known[name])}")
        if ids:
            where[name] = tuple(dict.fromkeys(ids))
    if not where:
        parser.error("say for what, for example --population 51k-200k, or see --list")
    return where


def terms(kb: KnowledgeBase) -> Mapping[str, Mapping[str, str]]:
    """The terms of every option, with their labels."""
    actions = {id_: kb.find("actions", id_).title for id_ in kb.ids["actions"]}
    return {name: actions if name == "action" else {term.id: term.label for term in kb.vocabularies[name].terms.values()} for name in FILTERS}


def vocabulary(kb: KnowledgeBase) -> str:
    """Every option with its terms."""
    blocks = ["\n".join([f"--{name}", *(f"  {id_:<28}  {label}" for id_, label in known.items())]) for name, known in terms(kb).items()]
    return "\n\n".join([*blocks, "\n".join(["--guide", *(f"  {entry.id:<38}  {entry.title}" for entry in kb.of("guides"))])])


def empty(kb: KnowledgeBase, where: Where) -> str:
    """What to say where nothing matches: so, and the nearest filters that match something."""
    near = [f"  {count:>2}  {' '.join(f'--{name} {chr(44).join(ids)}' for name, ids in other.items())}" for other, count in nearest(kb, where)]
    return "\n".join([f"No strategy matches: {heading(kb, where)}. Nothing was written.", *(["Nearest, with the number of strategies:"] if near else []), *near])


def written(kb: KnowledgeBase, made, entry, form: str) -> bytes:
    """The guide in one of the forms."""
    site = project.site()
    title = entry.title if entry else capital(heading(kb, made.where))
    if form == "json":
        return (json.dumps(as_data(made, title, site.url.rstrip("/")), ensure_ascii=False, indent=1) + "\n").encode()
    sheet = guide_sheet(kb, site, made, entry.page if entry else page(made.where), entry)
    if form == "pdf":
        import pdf
        return pdf.pdf(sheet)
    return (as_markdown(sheet) if form == "md" else as_html(sheet, styles())).encode()


def styles() -> str:
    """The style of the site with its font inside, so that a page needs no other file."""
    assets = project.ROOT / "docs" / "assets"
    font = base64.b64encode((assets / "fonts" / "public-sans-latin-wght-normal.woff2").read_bytes()).decode()
    text = "\n".join((assets / "css" / name).read_text("utf-8") for name in STYLES)
    return text.replace("../fonts/public-sans-latin-wght-normal.woff2", f"data:font/woff2;base64,{font}")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in FILTERS:
        parser.add_argument(f"--{name}", action="append", metavar="TERM", help="one or more, with commas between them")
    parser.add_argument("--guide", metavar="ID", help="a guide that somebody wrote, instead of a filter")
    parser.add_argument("--format", choices=tuple(FORMATS.values()), help="default: what the file's ending says, else md")
    parser.add_argument("-o", "--out", type=Path, metavar="FILE", help="default: print it")
    parser.add_argument("--list", action="store_true", help="print every option with its terms")
    return parser


if __name__ == "__main__":
    sys.exit(main())
