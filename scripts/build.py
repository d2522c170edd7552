"""Checks the content and builds the site, or stages its source for another engine.

The site is built beside the old one and swapped in when it is whole: a build that fails leaves the last good site as
it was. Two builds of one commit on one day give the same bytes.
"""

import argparse
import logging
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path

import pdf
import project
from kb import KnowledgeBase, generate
from kb.outputs import explaining
from kb.problems import closing_line
from kb.sheets import sheets

_HREF = re.compile(r'href="([^"/:#?]+)"')


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--out", type=Path, default=project.ROOT / "site", help="where the site goes (default: site)")
    parser.add_argument("--engine", choices=("mkdocs", "zensical"), default="mkdocs", help="what makes pages of the source (default: mkdocs); zensical makes all but the search")
    parser.add_argument("--stage", type=Path, metavar="DIR", help="write the site's Markdown source into DIR and stop")
    options = parser.parse_args()
    started = time.monotonic()
    _say("Checking the content …")
    _refuse_to_lose(options.stage or options.out, parser, staged=bool(options.stage))
    kb = project.sound()
    _say(closing_line([], kb.files))
    if options.stage:
        count = stage(kb, options.stage)
        print(f"Staged {count} files in {options.stage}.")
        return 0
    pages = build(options.out) if options.engine == "mkdocs" else build_with_zensical(kb, options.out)
    print(f"Built {pages:,} pages into {_shown(options.out)} in {time.monotonic() - started:.1f} s.")
    print(f"To look at it: python3 -m http.server -d {_shown(options.out)} 8000, then open http://localhost:8000/")
    return 0


def stage(kb: KnowledgeBase, folder: Path) -> int:
    """Writes docs/ and every generated file into `folder`, a new one; gives the number of generated files."""
    progress = project.paced(_say)
    shutil.copytree(project.ROOT / "docs", folder, dirs_exist_ok=True)
    explain = explaining(kb, project.site())
    for path in sorted(folder.rglob("*.md")):
        head, mark, text = path.read_text("utf-8").partition("\n---\n")
        path.write_text(head + mark + explain(path.relative_to(folder).as_posix(), text), "utf-8", newline="\n")
    printed = list(sheets(kb, project.site()))
    count = 0
    for count, made in enumerate(generate(kb, project.site(), project.drawer(say=_say, progress=progress), printed), 1):
        path = folder / made.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(made.content if isinstance(made.content, bytes) else made.content.encode())
        progress(f"  {count:,} files made")
    pdf.write_all(printed, folder, _say)
    return count


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
        config.plugins["counter"] = counter = _counter()
        mkdocs_build(config)
        fresh.chmod(0o755)   # mkdtemp makes it private; a web server must read it
        _swap(fresh, out)
    except (Abort, BuildError) as error:
        sys.exit(f"{error}\nThe last good site was left as it was.")
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return counter.pages


def build_with_zensical(kb: KnowledgeBase, out: Path) -> int:
    """Builds with Zensical, from a staged folder, and swaps the result in at `out`; gives the number of pages. Ends the program on a warning.

    Zensical is named as the successor of Material, whose end of life is 5 May 2027. It runs no hooks, so it reads what
    `stage` writes. Its search is another than the one that the search page asks: that page finds nothing there.
    """
    if not find_spec("zensical"):
        sys.exit("Zensical is not installed here. Run: .venv/bin/python -m pip install 'zensical<0.2'")
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f"{out.name}.", dir=out.parent) as name:
        root = Path(name)
        _say("Staging the source …")
        stage(kb, root / "docs")
        pages = [_with_files_beside(page) for page in (root / "docs").rglob("*.md")]
        shutil.copytree(project.ROOT / "overrides", root / "overrides")
        shutil.copy(project.ROOT / "mkdocs.yml", root)
        _say(f"Building {len(pages):,} pages with Zensical, which is silent for about a minute …")
        if subprocess.run([sys.executable, "-m", "zensical", "build", "--strict"], cwd=root).returncode:
            sys.exit("The last good site was left as it was.")
        _swap(root / "site", out)
    return len(pages)


def _with_files_beside(page: Path) -> Path:
    """The staged `page`, with links in HTML to files of its own as Zensical wants them.

    To MkDocs such a link is relative to the address of the page, “/a/b/”; to Zensical, to its source “a/b.md”.
    """
    own = {path.name for path in page.with_suffix("").glob("*") if path.is_file()}
    page.write_text(_HREF.sub(lambda link: f'href="{page.stem}/{link[1]}"' if link[1] in own else link[0], page.read_text("utf-8")), "utf-8", newline="\n")
    return page


def _counter():
    """A MkDocs plugin that counts the pages."""
    from mkdocs.plugins import BasePlugin

    class Counter(BasePlugin):
        pages = 0

        def on_env(self, env, *, config, files):
            self.pages = len(files.documentation_pages())
            return env

    return Counter()


def _show_progress() -> None:
    """Shows on standard output what the hook says of how far the build is."""
    log = logging.getLogger("mkdocs.kb")
    log.setLevel(logging.INFO)
    log.propagate = False
    log.handlers = [logging.StreamHandler(sys.stdout)]


def _refuse_to_lose(folder: Path, parser: argparse.ArgumentParser, staged: bool) -> None:
    """Ends the program where `folder` holds something that is no site, which a build would replace, or anything, where a stage would mix with it."""
    empty = not folder.exists() or (folder.is_dir() and not any(folder.iterdir()))
    if not empty and (staged or not (folder / "index.html").is_file()):
        parser.error(f"{folder} is not empty{'' if staged else ' and holds no built site'}. Name a new folder, or delete this one first.")


def _say(text: str) -> None:
    print(text, flush=True)


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
