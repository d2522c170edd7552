"""Checks the content and builds the site, or stages its source for another engine.

The site is built beside the old one and swapped in when it is whole: a build that fails leaves the last good site as
it was. Two builds of one commit on one day give the same bytes.
"""

import argparse
import logging
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

import pdf
import project
from kb import KnowledgeBase, generate
from kb.outputs import explaining
from kb.problems import closing_line
from kb.sheets import sheets


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--out", type=Path, default=project.ROOT / "site", help="where the site goes (default: site)")
    parser.add_argument("--stage", type=Path, metavar="DIR", help="write the site's Markdown source into DIR and stop")
    options = parser.parse_args()
    started = time.monotonic()
    kb = project.sound()
    print(closing_line([], kb.files), flush=True)
    if options.stage:
        count = stage(kb, options.stage)
        print(f"Staged {count} files in {options.stage}.")
        return 0
    pages = build(options.out)
    print(f"Built {pages} pages into {_shown(options.out)} in {time.monotonic() - started:.1f} s.")
    print(f"To look at it: python3 -m http.server -d {_shown(options.out)} 8000, then open http://localhost:8000/")
    return 0


def stage(kb: KnowledgeBase, folder: Path) -> int:
    """Writes docs/ and every generated file into `folder`; gives the number of generated files."""
    shutil.copytree(project.ROOT / "docs", folder, dirs_exist_ok=True)
    explain = explaining(kb, project.site())
    for path in sorted(folder.rglob("*.md")):
        head, mark, text = path.read_text("utf-8").partition("\n---\n")
        path.write_text(head + mark + explain(path.relative_to(folder).as_posix(), text), "utf-8", newline="\n")
    printed = list(sheets(kb, project.site()))
    files = list(generate(kb, project.site(), project.drawer(say=lambda text: print(text, flush=True)), printed))
    for made in files:
        path = folder / made.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(made.content if isinstance(made.content, bytes) else made.content.encode())
    pdf.write_all(printed, folder, print)
    return len(files)


def build(out: Path) -> int:
    """Builds with MkDocs and swaps the result in at `out`; gives the number of pages. Ends the program on a warning."""
    os.environ["NO_MKDOCS_2_WARNING"] = "1"
    os.environ.setdefault("KB_TODAY", project.today().isoformat())
    if (committed := project.commit_time()) is not None:
        os.environ.setdefault("SOURCE_DATE_EPOCH", str(committed))   # dates the sitemap
    from mkdocs.commands.build import build as mkdocs_build
    from mkdocs.config import load_config
    from mkdocs.exceptions import Abort, BuildError

    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    _show_progress()
    out.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=f"{out.name}.", dir=out.parent))
    try:
        config = load_config(str(project.ROOT / "mkdocs.yml"), site_dir=str(fresh), strict=True)
        progress = _progress()
        config.plugins["progress"] = progress
        mkdocs_build(config)
        fresh.chmod(0o755)   # mkdtemp makes it private; a web server must read it
        _swap(fresh, out)
    except (Abort, BuildError) as error:
        sys.exit(f"{error}\nThe last good site was left as it was.")
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return progress.pages


def _progress():
    """A MkDocs plugin that says how far the build is."""
    from mkdocs.plugins import BasePlugin

    class Progress(BasePlugin):
        pages = done = 0

        def on_env(self, env, *, config, files):
            self.pages = len(files.documentation_pages())
            print(f"Building {self.pages} pages with MkDocs …", flush=True)
            return env

        def on_post_page(self, output, *, page, config):
            self.done += 1
            if self.done % 100 == 0:
                print(f"  {self.done} of {self.pages} pages", flush=True)
            return output

    return Progress()


def _show_progress() -> None:
    """Shows on standard output what the hook says while it draws the charts and makes the PDFs."""
    log = logging.getLogger("mkdocs.kb")
    log.setLevel(logging.INFO)
    log.propagate = False
    log.handlers = [logging.StreamHandler(sys.stdout)]


def _swap(fresh: Path, out: Path) -> None:
    old = out.with_name(f"{out.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if out.exists():
        out.rename(old)
    fresh.rename(out)
    shutil.rmtree(old, ignore_errors=True)


def _shown(path: Path) -> str:
    path = path.resolve()
    return f"{path.relative_to(Path.cwd())}/" if path.is_relative_to(Path.cwd()) else f"{path}/"


if __name__ == "__main__":
    sys.exit(main())
