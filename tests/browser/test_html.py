"""The HTML of every page, read by the Nu checker. Where Java or npm is missing, test_links.py reads it with html5lib alone."""

import re
import shutil
import subprocess
import tarfile
from pathlib import Path

import pytest
from paths import ROOT

PACKAGE = "vnu-jar@26.9.27"
CACHE = ROOT / ".cache" / "vnu"
NOT_OURS = ("search/index.html",)
"""Pages made with Material's own document, whose hidden switches carry an attribute too many; no other page has them."""


def checker() -> Path:
    """The Nu checker: an installed npm package, or one that npm fetches once. Skips, and says why, where it cannot be had."""
    if not shutil.which("java"):
        pytest.skip("Java is not here, so the Nu checker cannot run; html5lib has read every page in test_links.py.")
    installed = ROOT / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
    jar = installed if installed.is_file() else CACHE / "package" / "build" / "dist" / "vnu.jar"
    if jar.is_file():
        return jar
    if not shutil.which("npm"):
        pytest.skip("npm is not here to fetch the Nu checker; html5lib has read every page in test_links.py.")
    CACHE.mkdir(parents=True, exist_ok=True)
    fetched = subprocess.run(["npm", "pack", PACKAGE, "--silent"], cwd=CACHE, capture_output=True, text=True)
    if fetched.returncode:
        pytest.skip(f"npm could not fetch {PACKAGE}; html5lib has read every page in test_links.py.")
    with tarfile.open(CACHE / fetched.stdout.split()[-1]) as archive:
        archive.extractall(CACHE, filter="data")
    return jar


def test_the_nu_checker_finds_no_error(site: Path) -> None:
    told = subprocess.run(["java", "-Xss4m", "-jar", str(checker()), "--skip-non-html", "--errors-only", "--format", "gnu", "--stdout", "."], cwd=site, capture_output=True, text=True)
    lines = [line for line in told.stdout.splitlines() if not re.search(r"^\"?file:.*/(?:" + "|".join(map(re.escape, NOT_OURS)) + r')"?:', line)]
    assert told.returncode in (0, 1), told.stderr[:500]
    assert lines == [], "\n".join(lines[:20])
