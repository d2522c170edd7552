"""What the commands and the MkDocs hook share: where the project is, and the Site of this machine and moment."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path

import yaml
import yaml_env_tag

from kb import KnowledgeBase, Site, check, load
from kb.charts import Draw, Drawing, Picture, draw, key
from kb.problems import as_text, closing_line, errors
from kb.types import SchemaError

ROOT = Path(__file__).resolve().parent.parent
Say = Callable[[str], object]
CACHE = Path(os.environ.get("KB_CACHE") or ROOT / ".cache")
"""What is made once and kept: the pictures of charts, and PDFs."""


class _ConfigLoader(yaml.SafeLoader):
    """Reads mkdocs.yml with its !ENV values."""


yaml_env_tag.add_env_tag(_ConfigLoader)


def site() -> Site:
    """The Site that mkdocs.yml, the environment and the clock give."""
    config = yaml.load((ROOT / "mkdocs.yml").read_text("utf-8"), _ConfigLoader)
    repository = (config.get("repo_url") or "").rstrip("/")
    return Site(config["site_name"], config["site_url"], repository, os.environ.get("REPO_BRANCH", "main"), today())


def today() -> date:
    """The day of KB_TODAY or of SOURCE_DATE_EPOCH where one is set, else of the clock; in UTC."""
    if day := os.environ.get("KB_TODAY"):
        return date.fromisoformat(day)
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    return (datetime.fromtimestamp(int(epoch), UTC) if epoch else datetime.now(UTC)).date()


def commit_time() -> int | None:
    """Seconds since 1970 of the last commit; None without git or outside a repository."""
    try:
        run = subprocess.run(["git", "log", "-1", "--format=%ct"], cwd=ROOT, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    return int(run.stdout)


def paced(say: Say, pause: float = 2) -> Say:
    """`say`, heard no more often than every `pause` seconds and not in the first of them: for how far something is."""
    last = time.monotonic()

    def heard(text: str) -> None:
        nonlocal last
        if (now := time.monotonic()) - last >= pause:
            last = now
            say(text)

    return heard


def drawer(folder: Path = CACHE / "charts", say: Say = lambda _: None, progress: Say = lambda _: None) -> Draw:
    """What draws the charts and remembers in `folder`. A build that finds every picture there imports neither pandas nor altair.

    `say` hears that the drawing begins, `progress` how far it is: the first build draws every picture, which takes a minute.
    """
    count = 0

    def remembered(picture: Picture) -> Drawing:
        path = folder / f"{key(picture)}.json"
        try:
            return Drawing(**json.loads(path.read_text("utf-8")))
        except (OSError, ValueError, TypeError):
            nonlocal count
            if not count:
                say("Drawing the charts that are new or changed …")
            drawn = draw(picture)
            count += 1
            progress(f"  {count} {'picture' if count == 1 else 'pictures'} drawn")
        folder.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(f".{os.getpid()}")
        fresh.write_text(json.dumps(asdict(drawn), ensure_ascii=False), "utf-8", newline="\n")
        fresh.replace(path)   # whole or not at all, whoever else builds
        return drawn

    return remembered


def sound(root: Path = ROOT) -> KnowledgeBase:
    """The knowledge base, if it has no problems; else tells them all and ends the program with 1."""
    try:
        kb = load(root)
    except SchemaError as error:
        sys.exit(str(error))
    if errors(problems := check(kb)):
        print(as_text(problems), closing_line(problems, kb.files), sep="\n\n", file=sys.stderr)
        sys.exit(1)
    return kb
