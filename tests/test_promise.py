"""`check.py --base` against temporary git repositories: what was published goes on resolving."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from paths import ROOT

GUIDE = "content/resources/a-guide.yml"


@pytest.fixture
def repository(project: Callable[..., Path]) -> Path:
    """The small project, committed as a first version with an alias, an acronym and a hand-written page of two headings."""
    root = project()
    _add(root, GUIDE, "acronym: AG\naliases:\n  - old-guide\n")
    (root / "docs/method.md").write_text("# Method\n\n## What counts\n", "utf-8")
    (root / "scripts/kb").mkdir(parents=True)
    (root / "scripts/kb/anchors.yml").write_text("/resources/*/: [sources]\n", "utf-8")
    _git(root, "init", "-q", "-b", "main")
    _commit(root)
    return root


def _git(root: Path, *arguments: str) -> None:
    subprocess.run(["git", "-c", "user.name=A", "-c", "user.email=a@example.org", *arguments], cwd=root, check=True, capture_output=True)


def _commit(root: Path) -> None:
    _git(root, "add", "-A")
    _git(root, "commit", "-q", "-m", "A version")


def _add(root: Path, file: str, text: str) -> None:
    (root / file).write_text((root / file).read_text("utf-8") + text, "utf-8")


def _replace(root: Path, file: str, old: str, new: str) -> None:
    text = (root / file).read_text("utf-8")
    assert old in text
    (root / file).write_text(text.replace(old, new), "utf-8")


def told(root: Path, ref: str = "main") -> tuple[int, str]:
    run = subprocess.run([sys.executable, str(ROOT / "scripts/check.py"), "--root", str(root), "--base", ref], capture_output=True, text=True)
    return run.returncode, run.stdout or run.stderr


def test_a_version_breaks_nothing_of_itself(repository: Path) -> None:
    assert told(repository) == (0, "2 entries, no problems.\n")


def test_a_rename_without_an_alias_names_the_file_and_the_two_ways_out(repository: Path) -> None:
    _git(repository, "mv", GUIDE, "content/resources/new-name.yml")
    assert told(repository) == (1, """\
content/resources/a-guide.yml:1:1
  The address “/resources/a-guide/” was published and would stop working.
  Renamed? Add to content/resources/new-name.yml:
  aliases:
    - a-guide
  No longer true? Restore this file, and add to it:
  retired:
    date: the day, as year-month-day
    reason: One sentence that a reader understands.

1 problem in 1 file. Nothing was built.
""")


def test_a_rename_with_an_alias_breaks_nothing(repository: Path) -> None:
    _git(repository, "mv", GUIDE, "content/resources/new-name.yml")
    _replace(repository, "content/resources/new-name.yml", "  - old-guide\n", "  - old-guide\n  - a-guide\n")
    _replace(repository, "content/resources/new-name.yml", "title: A guide", "title: Another title")
    assert told(repository) == (0, "2 entries, no problems.\n")


def test_a_deleted_entry_is_lost_and_a_retired_one_is_not(repository: Path) -> None:
    text = (repository / GUIDE).read_text("utf-8")
    (repository / "content/resources/other.yml").write_text(text.split("acronym")[0].replace("A guide", "Other"), "utf-8")   # charts of resources stay
    _commit(repository)
    (repository / GUIDE).unlink()
    code, words = told(repository)
    assert code == 1 and "Renamed? Add to the entry that it is now:\n" in words and words.count("was published") == 1
    (repository / GUIDE).write_text(text + "retired:\n  date: '2026-11-22'\n  reason: It ended.\n", "utf-8")
    assert told(repository) == (0, "3 entries, no problems.\n")


def test_a_split_leaves_a_retired_entry_or_an_alias_on_one_of_the_two(repository: Path) -> None:
    parts = {name: (repository / GUIDE).read_text("utf-8").replace("title: A guide", f"title: {name}").replace("acronym: AG\naliases:\n  - old-guide\n", "") for name in ("one-half", "other-half")}
    for name, text in parts.items():
        (repository / f"content/resources/{name}.yml").write_text(text, "utf-8")
    _add(repository, GUIDE, "retired:\n  date: '2026-11-22'\n  reason: It is two entries now.\n  replaced_by: one-half\n")
    assert told(repository) == (0, "4 entries, no problems.\n")
    (repository / GUIDE).unlink()
    _add(repository, "content/resources/one-half.yml", "acronym: AG\naliases:\n  - a-guide\n  - old-guide\n")
    assert told(repository) == (0, "3 entries, no problems.\n")


def test_an_alias_and_an_acronym_are_kept(repository: Path) -> None:
    _replace(repository, GUIDE, "acronym: AG\naliases:\n  - old-guide\n", "")
    code, words = told(repository)
    assert code == 1
    assert "content/resources/a-guide.yml:1:1\n  The address “/go/ag/” was published and would stop working.\n  Keep the name. Add to this file:\n  aliases:\n    - ag\n" in words
    assert "“/go/old-guide/”" in words and "“/resources/old-guide/”" in words
    _add(repository, GUIDE, "aliases:\n  - ag\n  - old-guide\n")
    assert told(repository) == (0, "2 entries, no problems.\n")


def test_a_short_link_that_leads_elsewhere_is_a_warning(repository: Path) -> None:
    text = (repository / GUIDE).read_text("utf-8")
    _replace(repository, GUIDE, "acronym: AG\n", "")
    (repository / "content/resources/other.yml").write_text(text.replace("title: A guide", "title: Other").replace("aliases:\n  - old-guide\n", ""), "utf-8")
    assert told(repository) == (0, """\
content/resources/other.yml:1:1
  Warning: “/go/ag/” led to “/resources/a-guide/” and now leads to “/resources/other/”.
  Whoever saved the old link lands elsewhere. Is that meant?

3 entries, no problems, 1 warning.
""")


def test_an_anchor_that_a_kind_of_page_had_is_kept(repository: Path) -> None:
    (repository / "scripts/kb/anchors.yml").write_text("/resources/*/: [sources, way-in]\n", "utf-8")
    _commit(repository)
    assert told(repository) == (1, """\
scripts/kb/anchors.yml:1:1
  The anchor “/resources/a-guide/#way-in” was published and would stop working.
  Keep “way-in” in the list of its kind of page. A page without that section still has the anchor.

1 problem in 1 file. Nothing was built.
""")


def test_a_hand_written_page_keeps_its_address_and_its_headings(repository: Path) -> None:
    (repository / "docs/method.md").write_text("# Method\n\n## What we count\n", "utf-8")
    code, words = told(repository)
    assert code == 1 and words.startswith("docs/method.md:1:1\n  The anchor “/method/#what-counts” was published and would stop working.\n  Write the old anchor behind the heading that stands there now: ## Heading {#what-counts}\n")
    (repository / "docs/method.md").write_text("# Method\n\n## What we count {#what-counts}\n", "utf-8")
    assert told(repository)[0] == 0
    _git(repository, "mv", "docs/method.md", "docs/how.md")
    assert "The address “/method/” was published and would stop working.\n  Does another page stand for it? Add to content/moved.yml:\n  /method/: /the-page-to-read-now/\n  Or keep docs/method.md as it was.\n" in told(repository)[1]
    (repository / "content/moved.yml").write_text("/method/: /how/\n", "utf-8")
    assert told(repository) == (0, "2 entries, no problems.\n")


def test_a_term_keeps_its_address(repository: Path) -> None:
    schema = "content/schemas/vocabulary.schema.json"
    _replace(repository, schema, '"const": "guide"', '"const": "handbook"')
    _replace(repository, GUIDE, "kind: guide", "kind: handbook")
    code, words = told(repository)
    assert code == 1 and f"{schema}:1:1\n  The address “/resource-kind/guide/” was published" in words
    (repository / "content/moved.yml").write_text("/resource-kind/guide/: /resource-kind/handbook/\n", "utf-8")
    assert told(repository) == (0, "2 entries, no problems.\n")


def test_what_others_added_meanwhile_is_not_lost(repository: Path) -> None:
    _git(repository, "checkout", "-q", "-b", "mine")
    _git(repository, "checkout", "-q", "main")
    (repository / "content/resources/theirs.yml").write_text((repository / GUIDE).read_text("utf-8").split("acronym")[0].replace("A guide", "Theirs"), "utf-8")
    _commit(repository)
    _git(repository, "checkout", "-q", "mine")
    assert told(repository) == (0, "2 entries, no problems.\n")


def test_the_working_tree_stays_as_it_is(repository: Path) -> None:
    _add(repository, GUIDE, "# A note\n")
    before = {path: path.read_bytes() for path in repository.rglob("*") if path.is_file() and ".git" not in path.parts}
    told(repository)
    assert {path: path.read_bytes() for path in repository.rglob("*") if path.is_file() and ".git" not in path.parts} == before


def test_an_unknown_version_is_named(repository: Path) -> None:
    code, words = told(repository, "mein")
    assert code == 2 and words.endswith("check.py: error: “mein” is no commit, branch or tag of this repository.\nTo see what there is: git branch --all\n")
    assert told(repository, "--output=x")[0] == 2 and not (repository / "x").exists()


def test_a_folder_without_git_is_named(project: Callable[..., Path]) -> None:
    root = project()
    code, words = told(root)
    assert code == 2 and words.endswith(f"check.py: error: {root} is not in a git repository, so there is nothing to compare with.\n")


def test_a_shallow_clone_says_what_to_fetch(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    _add(repository, GUIDE, "# A note\n")
    _commit(repository)
    clone = tmp_path_factory.mktemp("clone") / "shallow"
    _git(repository, "clone", "-q", "--depth", "1", f"file://{repository}", str(clone))
    first = subprocess.run(["git", "rev-parse", "HEAD~1"], cwd=repository, capture_output=True, text=True, check=True).stdout.strip()
    code, words = told(clone, first)
    assert code == 2 and words.endswith("This clone is shallow: it lacks older commits. Fetch them with: git fetch --unshallow\n")


def test_a_version_without_content_is_named(repository: Path) -> None:
    _git(repository, "checkout", "-q", "--orphan", "empty")
    _git(repository, "rm", "-rfq", "--cached", ".")
    _git(repository, "commit", "-q", "--allow-empty", "-m", "Nothing")
    code, words = told(repository, "empty")
    assert code == 2 and "has no folder content/" in words
