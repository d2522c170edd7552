"""The offline copy, unpacked and opened from the file system in a real browser."""

import html
import json
import os
import posixpath
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from paths import ROOT
from playwright.sync_api import Browser, Page, expect

LINK = re.compile(r'<[^>]*?\s(?:href|src|action|data-vega|data-runtime)="([^"]*)"')
TODAY = "2026-11-21"
FOLDER = f"violence-reduction-roadmap-knowledge-base-{TODAY}"
MOST_BYTES = 25_000_000


@pytest.fixture(scope="session")
def zipped(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("zip") / "offline.zip"
    done = subprocess.run([sys.executable, str(ROOT / "scripts/offline.py"), "--site", str(site), "-o", str(out)], capture_output=True, text=True, env=os.environ | {"KB_TODAY": TODAY})
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    assert "open “Open me.html”" in done.stdout
    return out


@pytest.fixture(scope="session")
def copy(zipped: Path) -> Path:
    """The folder of the unpacked copy."""
    with zipfile.ZipFile(zipped) as archive:
        archive.extractall(zipped.parent)
    return zipped.parent / FOLDER


@pytest.fixture
def page(browser: Browser, copy: Path) -> Iterator[Page]:
    """A fresh page without any network; at the end it must have met no error and asked for nothing but files."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, offline=True)
    page, wrong = context.new_page(), []
    page.on("console", lambda message: wrong.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("request", lambda request: None if request.url.startswith(("file:", "blob:", "data:")) else wrong.append(request.url))
    page.base = copy.as_uri() + "/site/"
    yield page
    context.close()
    assert wrong == []


def test_every_link_of_every_page_ends_at_a_file_of_the_copy(copy: Path) -> None:
    there = {path.relative_to(copy).as_posix() for path in copy.rglob("*") if path.is_file()}
    pages = sorted(name for name in there if name.endswith(".html"))
    assert len(pages) > 800
    for name in pages:
        text = (copy / name).read_text("utf-8")
        assert "kb-foot" not in text or "An offline copy, made on November 21, 2026." in text, name
        for link in set(LINK.findall(text)):
            parts = urlsplit(html.unescape(link))
            if parts.path and not parts.scheme:
                assert posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(parts.path))) in there, (name, link)
    index = (copy / "site/search/search_index.json.js").read_text("utf-8")
    parts = json.loads(json.loads(index.removeprefix("kbFile(").removesuffix(")\n")))["docs"]
    assert len(parts) > 1000 and {posixpath.normpath("site/" + part["location"].partition("#")[0]) for part in parts} <= there


def test_the_zip_opens_by_its_first_page_and_is_small(page: Page, zipped: Path) -> None:
    assert zipped.stat().st_size < MOST_BYTES
    page.goto(page.base.removesuffix("site/") + "Open%20me.html")
    page.wait_for_url("**/site/index.html")
    expect(page.get_by_role("contentinfo")).to_contain_text("An offline copy, made on November 21, 2026.")
    page.evaluate("document.fonts.ready")
    assert page.evaluate("[...document.fonts].map(font => font.status)") == ["loaded"]
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Ten actions").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ten actions")


def test_the_search_finds_and_opens_an_entry(page: Page) -> None:
    page.goto(page.base + "index.html")
    page.get_by_role("search", name="Site").get_by_role("searchbox").fill("PSN")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/index.html?q=PSN")
    found = page.locator("#find-results a")
    expect(found.first).to_have_text("Project Safe Neighborhoods", timeout=30_000)   # the index is read from the disk
    page.locator("#find-q").fill("focused deterrence")
    expect(page.locator("#find-status")).to_contain_text("found for “focused deterrence”")
    expect(found.first).to_contain_text("ocused")
    named = found.first.inner_text()
    found.first.click()
    page.wait_for_url("**/index.html")
    expect(page.get_by_role("heading", level=1)).to_contain_text(named)


def test_filters_comparison_and_self_check_keep_their_state(page: Page) -> None:
    page.goto(page.base + "browse/index.html?type=resources")
    page.locator("#availability-reported-ended").evaluate("box => box.click()")
    expect(page.locator("#count")).to_have_text("2 entries")
    assert page.url.endswith("/browse/index.html?type=resources&availability=reported-ended")
    page.goto(page.base + "strategies/index.html")
    ids = [link.get_attribute("href").split("/")[0] for link in page.locator("table th a").all()[:2]]
    page.goto(f"{page.base}compare/index.html?strategies={','.join(ids)}")
    expect(page.locator("#compared")).to_have_text("2 strategies side by side")
    page.goto(page.base + "self-check/index.html")
    page.locator("input[name=a1][value=n]").check()
    expect(page.locator("#done")).to_have_text("1 of 10 answered, 1 to begin with")
    page.reload()
    expect(page.locator("#done")).to_have_text("1 of 10 answered, 1 to begin with")


def test_a_chart_is_drawn_and_a_guide_has_its_pdf(page: Page, copy: Path) -> None:
    page.goto(page.base + "charts/evidence-by-action/index.html")
    expect(page.get_by_role("img", name="What the strategies rest on, by action").first).to_be_visible()
    page.get_by_role("button", name="Interactive view").click()
    expect(page.locator(".kb-live-view svg")).to_be_visible(timeout=15_000)
    page.goto(page.base + "guides/51k-200k/group-or-gang/index.html")
    expect(page.get_by_role("heading", level=1)).to_have_text("Group or gang shootings in places of 51,000 to 200,000 people")
    link = page.locator('a[href$="guide.pdf"]').first.evaluate("link => link.href")
    assert Path(unquote(urlsplit(link).path)).read_bytes().startswith(b"%PDF-")
