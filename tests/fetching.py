"""A tool of somebody else's from the npm registry, fetched once."""

import shutil
import subprocess
import tarfile
from pathlib import Path

import pytest
from paths import ROOT


def from_npm(package: str, needed: str) -> Path:
    """A file of an npm package, “name@1.2.3”: of an installed one, or of one that npm fetches once. Skips, and says why, where it cannot be had."""
    name = package.rsplit("@", 1)[0]
    folder = ROOT / ".cache" / "npm" / package.replace("/", "-")
    installed, fetched = ROOT / "node_modules" / name / needed, folder / "package" / needed
    found = next((path for path in (installed, fetched) if path.is_file()), None)
    if found:
        return found
    if not shutil.which("npm"):
        pytest.skip(f"npm is not here to fetch {package}.")
    folder.mkdir(parents=True, exist_ok=True)
    done = subprocess.run(["npm", "pack", package, "--silent"], cwd=folder, capture_output=True, text=True)
    if done.returncode:
        pytest.skip(f"npm could not fetch {package}.")
    with tarfile.open(folder / done.stdout.split()[-1]) as archive:
        archive.extractall(folder, filter="data")
    return fetched
