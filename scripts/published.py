"""The addresses that another version of the project published, read from git without checking it out."""

import io
import subprocess
import tempfile
import zipfile
from pathlib import Path

import yaml

from kb import KnowledgeBase, Problem, load
from kb.addresses import Addresses
from kb.charts import charts
from kb.problems import errors
from kb.promise import ANCHORS_FILE, broken
from kb.rules import check
from kb.types import SchemaError

_PARTS = ("content", "docs", ANCHORS_FILE)


class BaseError(Exception):
    """A version that cannot be read; its text says why and what to do."""


def lost_since(ref: str, kb: KnowledgeBase, root: Path) -> tuple[Problem, ...]:
    """What the version `ref` published and `kb` would break. Raises BaseError where `ref` cannot be read.

    Compares with the commit at which the work at hand left `ref`: what others added to it since is not lost.
    """
    commit = _commit(ref, root)
    with tempfile.TemporaryDirectory() as folder:
        before = Path(folder)
        _extract(commit, root, before)
        try:
            then = load(before)
        except SchemaError as error:
            raise BaseError(f"The schemas of {ref} cannot be read: {error}") from error
        fixed = before / ANCHORS_FILE
        anchors = yaml.safe_load(fixed.read_text("utf-8")) if fixed.is_file() else {}
    sound = not errors((*check(then), *check(kb)))   # charts are made of sound entries only
    return broken(Addresses(then, _charts(then) if sound else (), anchors), Addresses(kb, _charts(kb) if sound else ()))


def _charts(kb: KnowledgeBase) -> tuple[str, ...]:
    return tuple(chart.id for chart in charts(kb))


def _commit(ref: str, root: Path) -> str:
    try:
        inside = _git(root, "rev-parse", "--is-shallow-repository")
    except FileNotFoundError as error:
        raise BaseError("git is not installed here, and --base needs it.") from error
    if inside.returncode:
        raise BaseError(f"{root} is not in a git repository, so there is nothing to compare with.")
    found = _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}")
    if found.returncode:
        shallow = "\nThis clone is shallow: it lacks older commits. Fetch them with: git fetch --unshallow" if inside.stdout.strip() == b"true" else "\nTo see what there is: git branch --all"
        raise BaseError(f"“{ref}” is no commit, branch or tag of this repository.{shallow}")
    commit = found.stdout.decode().strip()
    fork = _git(root, "merge-base", commit, "HEAD")
    return commit if fork.returncode else fork.stdout.decode().strip()


def _extract(commit: str, root: Path, folder: Path) -> None:
    """Writes the parts of a commit that publish addresses into `folder`."""
    there = _git(root, "ls-tree", "--name-only", commit, "--", *_PARTS).stdout.decode().split("\n")
    parts = [part for part in there if part]
    if "content" not in parts:
        raise BaseError(f"The commit {commit[:10]} has no folder content/, so there is nothing to compare with.")
    archive = _git(root, "archive", "--format=zip", commit, "--", *parts)
    if archive.returncode:
        raise BaseError(f"git could not read {commit[:10]}: {archive.stderr.decode().strip()}")
    zipfile.ZipFile(io.BytesIO(archive.stdout)).extractall(folder)


def _git(root: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(["git", *arguments], cwd=root, capture_output=True, check=False)
