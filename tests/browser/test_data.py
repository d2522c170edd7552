"""The Data page: its examples run as they stand against the served site, and what they print is so."""

import html
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import expect
from visiting import Visit

from kb import KnowledgeBase

PUBLISHED = "https://violence-reduction-roadmap.example"
ENVIRONMENT = {**os.environ, "no_proxy": "127.0.0.1", "NO_PROXY": "127.0.0.1"}


@pytest.fixture(scope="module")
def examples(site: Path, served: str) -> dict[str, list[str]]:
    """The examples of the page by language, with the address of the served site in place of the published one."""
    page = (site / "data" / "index.html").read_text("utf-8")
    found: dict[str, list[str]] = {}
    for language, code in re.findall(r'<code class="language-(\w+)">(.*?)</code>', page, re.S):
        assert PUBLISHED in code
        found.setdefault(language, []).append(html.unescape(code).replace(PUBLISHED, served))
    return found


def ran(command: list[str], folder: Path) -> str:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, env=ENVIRONMENT)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_example_with_curl_runs(examples: dict[str, list[str]], tmp_path: Path, kb: KnowledgeBase) -> None:
    assert shutil.which("curl"), "The examples of the Data page need curl: sudo apt-get install curl"
    (code,) = examples["sh"]
    told = ran(["sh", "-e", "-c", code], tmp_path)
    answers, end = [], 0
    while told[end:].strip():
        answer, end = json.JSONDecoder().raw_decode(told, end)
        end += len(told[end:]) - len(told[end:].lstrip())
        answers.append(answer["result"])
    assert [kind["count"] for kind in answers[0]["types"]] == [len(kb.of(name)) for name in kb.types]
    assert answers[1]["id"] == "identify-key-people-and-places"
    assert {path.name for path in tmp_path.iterdir()} == {"results.csv", "violence-reduction-roadmap.zip"}


def test_the_example_with_pandas_runs(examples: dict[str, list[str]], tmp_path: Path, kb: KnowledgeBase) -> None:
    told = ran([sys.executable, "-c", examples["python"][0]], tmp_path)
    main = [(item.action, strategy) for strategy in kb.of("strategies") for item in strategy.actions if item.weight.id == "main"]
    chicago = [result for result in kb.of("results") if result.place == "chicago-il"]
    lines = told.splitlines()
    assert len(lines) == len(main) + len(chicago) + 2, "two tables, each with its heading"
    for action, strategy in main:
        assert any(kb.find("actions", action).title in line and strategy.title in line and line.endswith(strategy.evidence_level.id) for line in lines)
    assert all(any(result.headline in line and line.endswith(result.against.headline) for line in lines) for result in chicago)


def test_the_example_without_a_library_runs(examples: dict[str, list[str]], tmp_path: Path, kb: KnowledgeBase) -> None:
    told = ran([sys.executable, "-c", examples["python"][1]], tmp_path)
    ended = [entry for entry in kb.of("resources") if entry.availability.id in ("ended", "reported-ended")]
    assert told.splitlines() == [f"{entry.title} {entry.availability_as_of} {PUBLISHED}{entry.address}" for entry in ended]


def test_a_reader_finds_the_page_and_downloads_a_table(visit: Visit, kb: KnowledgeBase) -> None:
    page = visit.to("/")
    page.locator("#site-menu").get_by_role("link", name="Data", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Data")
    row = page.get_by_role("row", name="Resources")
    expect(row.get_by_role("cell").first).to_have_text(str(len(kb.of("resources"))))
    for name in ("resources.csv", "resources.json"):
        answer = page.request.get(row.get_by_role("link", name=name).evaluate("link => link.href"))
        assert answer.ok and len(answer.body()) > 50_000
    expect(page.locator(".kb-prov", has_text="License: CC BY 4.0.")).to_contain_text("content of 2026-")


def test_every_address_of_the_index_answers(visit: Visit) -> None:
    page = visit.to("/data/")

    def addresses(value: object) -> list[str]:
        inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
        return [value] if isinstance(value, str) and value.startswith(f"{PUBLISHED}/") else [address for item in inner for address in addresses(item)]

    index = page.request.get(f"{visit.base}/api/v1/index.json").json()
    found = [address.removeprefix(PUBLISHED) for address in addresses(index) if "{id}" not in address]
    assert len(found) > 300
    assert [address for address in found if not page.request.head(visit.base + address).ok] == []


def test_an_alias_answers_with_the_entry(visit: Visit) -> None:
    page = visit.to("/data/")
    old, new = (page.request.get(f"{visit.base}/api/v1/actions/{id_}.json").body() for id_ in ("action-2", "identify-key-people-and-places"))
    assert old == new
