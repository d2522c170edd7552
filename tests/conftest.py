"""Fixtures: small projects in temporary folders, the real content, and the built site."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from paths import PROBLEMS, ROOT

from kb import KnowledgeBase, load

os.environ.setdefault("KB_CACHE", str(ROOT / ".cache"))   # copies of the project draw and set nothing twice


@pytest.fixture(scope="session")
def kb() -> KnowledgeBase:
    """The real content."""
    return load(ROOT)


@pytest.fixture
def project(tmp_path: Path) -> Callable[..., Path]:
    """A small project with the real schemas and two sound entries, over which folders like those of tests/problems are laid."""

    def make(*overlays: Path) -> Path:
        shutil.copytree(ROOT / "content" / "schemas", tmp_path / "content" / "schemas")
        (tmp_path / "docs").mkdir()
        (tmp_path / "docs" / "method.md").write_text("# Method\n", "utf-8")
        for overlay in (PROBLEMS / "base", *overlays):
            shutil.copytree(overlay, tmp_path, dirs_exist_ok=True, ignore=shutil.ignore_patterns("expected.txt"))
        return tmp_path

    return make
