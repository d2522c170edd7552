"""The commands, run as a contributor runs them."""

import gzip
import hashlib
import html
import json
import os
import shutil
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path

import pytest
from paths import PROBLEMS, ROOT

import project

COPIED = ("content", "docs", "overrides", "scripts", "mkdocs.yml")


def run(root: Path, script: str, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, str(root / "scripts" / script), *arguments], cwd=root, capture_output=True, text=True, env=os.environ | environment)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the project that a test may change."""
    for part in COPIED:
        source = ROOT / part
        if source.is_dir():
            shutil.copytree(source, tmp_path / part, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, tmp_path / part)
    return tmp_path


def test_check_passes_the_real_content_within_two_seconds(kb) -> None:
    done = subprocess.run([sys.executable, "-X", "importtime", "scripts/check.py"], cwd=ROOT, capture_output=True, text=True, timeout=20)
    assert done.returncode == 0
    assert done.stdout == f"{len(kb.files)} entries, no problems.\n"
    assert "mkdocs" not in done.stderr, "the checker must not load the site engine"


def test_check_tells_all_problems_in_three_forms_and_fails(copy: Path) -> None:
    shutil.copy(PROBLEMS / "terrible/content/resources/Terrible Entry.yml", copy / "content/resources/terrible-entry.yml")
    text, annotations, data = (run(copy, "check.py", "--format", form) for form in ("text", "github", "json"))
    assert text.returncode == annotations.returncode == data.returncode == 1
    problems = json.loads(data.stdout)
    assert len(problems) > 20
    assert text.stdout.count("content/resources/terrible-entry.yml:") >= len(problems) - 2
    assert annotations.stdout.count("\n::error file=content/resources/terrible-entry.yml,line=") + annotations.stdout.startswith("::error") == len(problems)
    assert text.stderr == annotations.stderr == data.stderr == ""


def test_check_can_be_asked_about_one_file(copy: Path) -> None:
    shutil.copy(PROBLEMS / "missing-colon/content/resources/broken.yml", copy / "content/resources/broken.yml")
    assert run(copy, "check.py", "content/actions").returncode == 0
    assert "A colon is missing" in run(copy, "check.py", "content/resources/broken.yml").stdout
    assert "there is no content/nothing.yml" in run(copy, "check.py", "content/nothing.yml").stderr


def test_what_is_due_is_told_with_files_and_never_fails() -> None:
    soon, late = (run(ROOT, "check.py", "--due", KB_TODAY=day) for day in ("2026-11-22", "2027-03-01"))
    assert (soon.returncode, late.returncode, soon.stderr + late.stderr) == (0, 0, "")
    assert soon.stdout.startswith("Nothing is overdue on 2026-11-22.\nFebruary 2027: ")
    assert late.stdout.startswith("Overdue: ") and "\n  2027-02-21  content/resources/cvipi.yml  availability as of October 2025\n" in late.stdout
    one = run(ROOT, "check.py", "--due", "content/actions/set-a-clear-goal.yml", KB_TODAY="2026-11-22")
    assert one.stdout.splitlines()[1:] == ["May 2027: 1 entry", "  2027-05-21  content/actions/set-a-clear-goal.yml"]


def test_a_failed_build_leaves_the_last_good_site(copy: Path) -> None:
    site = copy / "site"
    site.mkdir()
    (site / "index.html").write_text("the last good one", "utf-8")
    (copy / "content/resources/broken.yml").write_text("title x\nkind: guide\n", "utf-8")
    done = run(copy, "build.py")
    assert done.returncode == 1
    assert "content/resources/broken.yml:1:6" in done.stderr and "Traceback" not in done.stderr
    assert "Nothing was built." in done.stderr
    (copy / "content/resources/broken.yml").unlink()
    (copy / "docs/about.md").write_text("[lost](nowhere.md)\n", "utf-8")
    done = run(copy, "build.py")
    assert done.returncode == 1 and "nowhere.md" in done.stderr and "Traceback" not in done.stderr
    assert (site / "index.html").read_text("utf-8") == "the last good one"
    assert sorted(path.name for path in copy.iterdir() if path.name.startswith("site")) == ["site"]


def test_a_build_replaces_nothing_but_a_site(copy: Path) -> None:
    (copy / "papers").mkdir()
    (copy / "papers/letter.txt").write_text("mine", "utf-8")
    for way, words in (("--out", "papers is not empty and holds no built site."), ("--stage", "papers is not empty.")):
        done = run(copy, "build.py", way, "papers")
        assert done.returncode == 2 and f"{words} Name a new folder, or delete this one first." in done.stderr
    assert run(copy, "build.py", "--out", ".").returncode == 2
    assert [path.name for path in (copy / "papers").iterdir()] == ["letter.txt"] and (copy / "mkdocs.yml").exists()


def test_what_is_long_says_how_far_it_is_every_two_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    heard: list[str] = []
    say = project.paced(heard.append)
    for second in (100, 101.9, 102, 103, 104, 109):
        now[0] = second
        say(str(second))
    assert heard == ["102", "104", "109"]


def test_make_says_why_nothing_was_installed_and_leaves_nothing_half_made(tmp_path: Path) -> None:
    shutil.copy(ROOT / "Makefile", tmp_path)
    (tmp_path / "requirements.lock").write_text(f"no-such-package==1 --hash=sha256:{'0' * 64}\n", "utf-8")
    alone = {name: value for name, value in os.environ.items() if name not in ("MAKEFLAGS", "MAKELEVEL", "MFLAGS")}   # as if no make had called this one
    done = subprocess.run(["make", "site", f"PYTHON={sys.executable}"], cwd=tmp_path, capture_output=True, text=True, env=alone | {"PIP_NO_INDEX": "1"})
    assert done.returncode == 2 and done.stdout.splitlines()[-1] == "Not installed: pip says why above. It needs the network, this once."
    assert "no-such-package" in done.stderr and "Traceback" not in done.stderr and not (tmp_path / ".venv/site-ready").exists()
    shutil.rmtree(tmp_path / ".venv")
    broken = tmp_path / "python"
    broken.write_text('#!/bin/sh\n[ "$1" != -m ] || { mkdir -p .venv/bin; touch .venv/bin/python; exit 1; }\n', "utf-8")
    broken.chmod(0o755)
    done = subprocess.run(["make", "site", f"PYTHON={broken}"], cwd=tmp_path, capture_output=True, text=True, env=alone)
    assert done.returncode == 2 and "sudo apt-get install python3-venv" in done.stdout and not (tmp_path / ".venv").exists()


def test_two_builds_are_the_same_byte_for_byte(copy: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    out = tmp_path_factory.mktemp("out")
    for name in ("one", "two"):
        done = run(copy, "build.py", "--out", str(out / name), KB_TODAY="2026-11-21", SOURCE_DATE_EPOCH="1795262400")
        assert done.returncode == 0, done.stderr
        assert done.stderr == ""
        assert [line.split(" ")[0] for line in done.stdout.splitlines() if line[0] != " " and line[0].isalpha()] == ["Checking", "Reading", *(["Drawing"] if "Drawing" in done.stdout else []), "Building", *(["Making"] if "Making" in done.stdout else []), "Built", "To"]
    files = [sorted(path.relative_to(out / name).as_posix() for path in (out / name).rglob("*") if path.is_file()) for name in ("one", "two")]
    assert files[0] == files[1] and "sitemap.xml.gz" in files[0]
    assert all((out / "one" / file).read_bytes() == (out / "two" / file).read_bytes() for file in files[0])
    assert b"2026-11-21" in gzip.decompress((out / "one/sitemap.xml.gz").read_bytes())


def test_the_staged_source_is_what_the_hook_hands_over(copy: Path) -> None:
    done = run(copy, "build.py", "--stage", "staged", KB_TODAY="2026-11-21")
    assert done.returncode == 0, done.stderr
    probe = (
        "import os; os.environ['NO_MKDOCS_2_WARNING'] = '1'\n"
        "from mkdocs.config import load_config; from mkdocs.structure.files import Files\n"
        "config = load_config('mkdocs.yml')\n"
        "files = config.plugins.on_files(Files([]), config=config)\n"
        "import hashlib, json; print(json.dumps({file.src_uri: hashlib.sha256(file.content_bytes).hexdigest() for file in files if file.generated_by or file.abs_src_path is None}))\n"
    )
    handed = subprocess.run([sys.executable, "-c", probe], cwd=copy, capture_output=True, text=True, env=os.environ | {"KB_TODAY": "2026-11-21"})
    assert handed.returncode == 0, handed.stderr
    pages = json.loads(handed.stdout)
    assert len(pages) > 100
    assert all(hashlib.sha256((copy / "staged" / path).read_bytes()).hexdigest() == seen for path, seen in pages.items())


def test_mkdocs_alone_builds_without_a_warning(copy: Path) -> None:
    done = subprocess.run([sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "-d", "alone"], cwd=copy, capture_output=True, text=True, env=os.environ | {"NO_MKDOCS_2_WARNING": "1"})
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


ZENSICAL = """import pathlib, sys
assert sys.argv[1:] == ["build", "--strict"] and pathlib.Path("overrides/main.html").is_file() and pathlib.Path("mkdocs.yml").is_file()
page = pathlib.Path("docs/resources/cvipi.md").read_text("utf-8")
assert 'href="cvipi/cite.json"' in page and 'href="cite.json"' not in page, "Zensical takes links in HTML from the source"
pathlib.Path("site").mkdir()
pathlib.Path("site/index.html").write_text("made by the stand-in", "utf-8")
sys.exit(pathlib.Path(__file__).with_name("fails").exists())
"""


@pytest.mark.parametrize("fails", [False, pytest.param(True, marks=pytest.mark.slow)])
def test_zensical_gets_the_staged_source_and_the_same_swap(copy: Path, tmp_path_factory: pytest.TempPathFactory, fails: bool) -> None:
    """A stand-in for Zensical, which the tests do not install: 100 MB for one command."""
    place = tmp_path_factory.mktemp("modules")
    if find_spec("zensical") is None:
        done = run(copy, "build.py", "--engine", "zensical")
        assert (done.returncode, done.stderr) == (1, "Zensical is not installed here. Run: .venv/bin/python -m pip install 'zensical<0.2'\n")
    (place / "zensical.py").write_text(ZENSICAL, "utf-8")
    (copy / "site").mkdir()
    (copy / "site/index.html").write_text("the last good one", "utf-8")
    if fails:
        (place / "fails").touch()
    done = run(copy, "build.py", "--engine", "zensical", PYTHONPATH=str(place))
    assert (done.returncode, done.stderr) == ((1, "The last good site was left as it was.\n") if fails else (0, ""))
    assert (copy / "site/index.html").read_text("utf-8") == ("the last good one" if fails else "made by the stand-in")
    assert [path.name for path in copy.glob("site*")] == ["site"]


def test_a_new_entry_is_ready_to_fill_in(copy: Path) -> None:
    done = run(copy, "new.py", "resources", "A Prosecutors’ Guide: Part 2", KB_TODAY="2026-11-21")
    path = copy / "content/resources/a-prosecutors-guide-part-2.yml"
    assert done.returncode == 0 and path.exists(), done.stderr
    text = path.read_text("utf-8")
    assert text.startswith("# yaml-language-server: $schema=../schemas/resources.schema.json\n")
    assert "title: 'A Prosecutors’ Guide: Part 2'" in text and "added: '2026-11-21'" in text
    problems = json.loads(run(copy, "check.py", "--format", "json").stdout)
    assert {problem["message"] for problem in problems} == {f"“{name}” is empty." for name in ("summary", "kind", "what_it_offers", "availability", "availability_as_of", "availability_notes", "sources")}
    again = run(copy, "new.py", "resources", "A Prosecutors’ Guide: Part 2")
    assert again.returncode == 2 and "is there already" in again.stderr


def test_what_is_derived_is_fresh() -> None:
    done = run(ROOT, "sync.py", "--check")
    assert (done.returncode, done.stdout) == (0, "")


def test_a_stale_derived_file_names_its_cure(copy: Path) -> None:
    done = run(copy, "sync.py", "--check")
    assert done.returncode == 1
    assert ".vscode/settings.json is stale. Run: .venv/bin/python scripts/sync.py" in done.stdout


SCHEMA = """{
  "$schema": "http://json-schema.org/draft-07/schema#", "$id": "lessons.schema.json", "title": "lesson", "description": "What a place learned.",
  "x-review-months": 12, "type": "object", "additionalProperties": false, "required": ["title", "summary", "kind", "from", "sources", "added", "reviewed"],
  "properties": {
    "title": {"$ref": "common.schema.json#/definitions/title"}, "summary": {"$ref": "common.schema.json#/definitions/summary"},
    "also_called": {"$ref": "common.schema.json#/definitions/also_called"}, "kind": {"$ref": "vocabulary.schema.json#/definitions/resource-kind"},
    "from": {"title": "from", "description": "The resource.", "examples": ["cvipi"], "type": "string", "x-entry": "resources"},
    "sources": {"$ref": "common.schema.json#/definitions/sources"}, "added": {"$ref": "common.schema.json#/definitions/added"}, "reviewed": {"$ref": "common.schema.json#/definitions/reviewed"}
  }
}"""
TEMPLATE = """{% import "_components.md" as c with context %}
{{ c.crumbs([('lessons/index.md', 'Lessons')]) }}
{% call c.title(entry.kind.label, entry.title, entry.summary) %}
{% endcall %}
<p markdown>From {{ link(kb.find('resources', entry.from)) }}</p>
{{ c.sources_section(entry) }}
{{ c.about_section(entry) }}
"""
LESSON = """title: Start *small* & early
summary: A lesson from a place that began with one neighborhood.
also_called:
  - Zebra lesson
kind: report
from: cvipi
sources:
  - {id: a, title: A page, publisher: Somebody, url: 'https://a.example/', supports: All}
added: '2026-11-21'
reviewed: '2026-11-21'
"""


def test_a_new_type_is_one_schema_one_template_one_folder(copy: Path) -> None:
    (copy / "content/schemas/lessons.schema.json").write_text(SCHEMA, "utf-8")
    (copy / "scripts/kb/templates/lessons.md").write_text(TEMPLATE, "utf-8")
    (copy / "content/lessons").mkdir()
    (copy / "content/lessons/start-small.yml").write_text(LESSON, "utf-8")
    assert run(copy, "build.py").returncode == 0
    site = copy / "site"
    assert ">Start *small* & early</h1>" in html.unescape((site / "lessons/start-small/index.html").read_text("utf-8"))
    assert 'href="../../resources/cvipi/"' in (site / "lessons/start-small/index.html").read_text("utf-8")
    assert 'href="start-small/"' in (site / "lessons/index.html").read_text("utf-8")
    assert 'href="../../lessons/start-small/"' in (site / "resource-kind/report/index.html").read_text("utf-8")
    assert "content/lessons" in (site / "contribute/fields/index.html").read_text("utf-8")
    assert "Zebra lesson" in (site / "search/search_index.json").read_text("utf-8")
    (copy / "content/lessons/start-small.yml").write_text(LESSON.replace("from: cvipi", "from: cvip").replace("kind: report", "kind: reprot"), "utf-8")
    told = run(copy, "check.py").stdout
    assert "“reprot” is not a kind of resource. Did you mean “report”?" in told
    assert "There is no resource “cvip”. Did you mean “cvipi”?" in told
    assert run(copy, "new.py", "lessons", "Another").returncode == 0


def test_a_guide_for_any_filter_in_every_form(tmp_path: Path) -> None:
    asked = ("--population", "51k-200k", "--violence-type", "group-or-gang,youth", "--lead", "police")
    for form in ("md", "html", "pdf", "json"):
        done = run(ROOT, "guide.py", *asked, "-o", str(tmp_path / f"guide.{form}"), KB_TODAY="2026-11-21")
        assert done.returncode == 0, done.stderr
    text = (tmp_path / "guide.md").read_text("utf-8")
    assert text.startswith("# Group or gang shootings or violence that involves young people in places of 51,000 to 200,000 people")
    assert text.count("**Weighs against it") == text.count("\n#### ") > 1 and "<p" not in text
    page = (tmp_path / "guide.html").read_text("utf-8")
    assert page.count(">Weighs against it<") == page.count('class="kb-balance"') > 1
    assert not [part for part in ("<script", "<link", "<img", "@import", "url(\"..") if part in page], "it needs no other file"
    assert (tmp_path / "guide.pdf").read_bytes().startswith(b"%PDF-")
    data = json.loads((tmp_path / "guide.json").read_text("utf-8"))
    assert data["total"] == sum(len(group["strategies"]) for group in data["result"]["groups"]) + len(data["result"]["beyond_size"]) + len(data["result"]["found_wanting"])
    assert run(ROOT, "guide.py", "--guide", "after-a-police-shooting").stdout.startswith("# After a police shooting\n")


def test_a_guide_is_never_an_empty_document(tmp_path: Path) -> None:
    done = run(ROOT, "guide.py", "--population", "under-51k", "--violence-type", "suicide", "-o", str(tmp_path / "none.md"))
    assert (done.returncode, done.stdout) == (1, "") and not (tmp_path / "none.md").exists()
    assert "--population 51k-200k --violence-type suicide" in done.stderr.splitlines()[2]


def test_a_guide_suggests_the_term_that_was_meant_and_lists_them_all() -> None:
    done = run(ROOT, "guide.py", "--violence-type", "group-or-gng")
    assert done.returncode == 2 and "there is no violence-type “group-or-gng”. Did you mean “group-or-gang”?" in done.stderr
    assert run(ROOT, "guide.py").returncode == 2
    listed = run(ROOT, "guide.py", "--list").stdout
    assert "--lead\n" in listed and "  engage-key-people " in listed and "  after-a-police-shooting " in listed
