"""The HTML of every page, read by the Nu checker. Where Java or npm is missing, test_links.py reads it with html5lib alone."""

import shutil
import subprocess
from pathlib import Path

import pytest
from fetching import from_npm

PACKAGE = "vnu-jar@26.9.27"


def checker() -> Path:
    """The Nu checker. Skips, and says why, where it cannot be had."""
    if not shutil.which("java"):
        pytest.skip("Java is not here, so the Nu checker cannot run; html5lib has read every page in test_links.py.")
    return from_npm(PACKAGE, "build/dist/vnu.jar")


def test_the_nu_checker_finds_no_error(site: Path) -> None:
    told = subprocess.run(["java", "-Xss4m", "-jar", str(checker()), "--skip-non-html", "--errors-only", "--format", "gnu", "--stdout", "."], cwd=site, capture_output=True, text=True)
    lines = told.stdout.splitlines()
    assert told.returncode in (0, 1), told.stderr[:500]
    assert lines == [], "\n".join(lines[:20])
