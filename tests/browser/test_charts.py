"""Charts in a real browser: readable at every width and in every light, live only when asked, nothing lost without it."""

import json
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from visiting import Visit

PAGES = {
    "front": "/charts/", "strip": "/charts/clearinghouse-ratings/", "nine": "/charts/home-page-figures/", "unclear": "/charts/no-clear-mixed-or-faded-effect/",
    "arms": "/charts/comparison-arms/", "heat": "/charts/evidence-by-action/", "help": "/charts/help-availability/", "sizes": "/charts/population-sizes/",
    "counts": "/charts/counts-oakland-murders-126-to-74/", "strategy": "/charts/strategy-violence-reduction-fellowships/", "place": "/charts/place-oakland-ca/",
}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("address", PAGES.values(), ids=PAGES)
def test_charts_are_accessible_and_fit(address: str, width: int, scheme: str, browser: Browser, served: str) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page = context.new_page()
    page.goto(served + address)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for picture in page.locator(".kb-picture:visible > svg").all():
        assert picture.evaluate("e => e.getBoundingClientRect().width / e.viewBox.baseVal.width") > .999, "no picture is scaled down"
    violations = Axe().run(page).response["violations"]
    assert not violations, json.dumps([(violation["id"], [node["html"][:200] for node in violation["nodes"][:3]]) for violation in violations], indent=1)
    context.close()


def color(page: Page, selector: str) -> str:
    return page.locator(selector).first.evaluate("e => getComputedStyle(e).fill")


def test_a_picture_follows_light_dark_and_print(browser: Browser, served: str) -> None:
    seen = {}
    for scheme in ("light", "dark"):
        context = browser.new_context(color_scheme=scheme)
        page = context.new_page()
        page.goto(served + "/charts/comparison-arms/")
        seen[scheme] = color(page, '.kb-picture path[fill="var(--kb-found)"]'), color(page, ".kb-picture text")
        page.emulate_media(media="print", color_scheme=scheme)
        assert (color(page, '.kb-picture path[fill="var(--kb-found)"]'), color(page, ".kb-picture text")) == ("rgb(34, 34, 34)", "rgb(0, 0, 0)")
        assert "Public Sans" in page.locator(".kb-picture text").first.evaluate("e => getComputedStyle(e).fontFamily")
        context.close()
    assert seen == {"light": ("rgb(15, 109, 114)", "rgb(19, 34, 42)"), "dark": ("rgb(98, 194, 192)", "rgb(233, 240, 238)")}


def test_the_interactive_view_is_loaded_only_when_asked_for(visit: Visit) -> None:
    asked: list[str] = []
    visit.page.on("request", lambda request: asked.append(request.url))
    page = visit.to("/charts/comparison-arms/")
    expect(page.get_by_role("button", name="Interactive view")).to_be_visible()
    assert not [url for url in asked if "vega" in url]
    page.get_by_role("button", name="Interactive view").click()
    expect(page.locator(".kb-live-view svg")).to_be_visible()
    assert len([url for url in asked if "vega" in url]) == 2
    assert page.evaluate("window.vega.version") == "6.2.0"
    bar = page.locator('.kb-live-view path[fill="var(--kb-found)"]').first
    bar.hover()
    expect(page.get_by_role("status")).to_contain_text("Outcome: ")
    for word in ("Who: ", "Window: ", "Compared with: "):
        expect(page.get_by_role("status")).to_contain_text(word)


def test_the_same_facts_are_reached_by_keyboard(visit: Visit) -> None:
    page = visit.to("/charts/counts-new-haven-homicides-34-to-7/")
    page.get_by_role("button", name="Interactive view").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Next fact")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("1 of 12")
    expect(page.get_by_role("status")).to_contain_text("Year: 2009")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("12 of 12")


def test_without_script_the_picture_and_the_table_say_it_all(browser: Browser, served: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(served + "/charts/counts-oakland-murders-126-to-74/")
    expect(page.locator(".kb-picture:visible > svg")).to_have_count(1)
    expect(page.get_by_role("button", name="Interactive view")).to_have_count(0)
    page.locator("summary").click()
    expect(page.locator(".kb-chart-table tbody tr")).to_have_count(15)
    context.close()


def test_the_files_of_a_chart_are_there(site: Path) -> None:
    for page in (site / "charts").glob("*/index.html"):
        name = page.parent.name
        for ending in ("svg", "json", "vega.json", "csv"):
            assert (site / "charts" / f"{name}.{ending}").stat().st_size > 50, (name, ending)
        text = page.read_text("utf-8")
        assert f"/charts/{name}/&quot;" in text or f'/charts/{name}/"' in text
        assert "<iframe" not in text and "&lt;iframe" in text, name
    assert json.loads((site / "charts/comparison-arms.json").read_text("utf-8"))["$schema"].startswith("https://vega.github.io/schema/vega-lite/")


def test_the_standalone_picture_shows_its_colors(browser: Browser, served: str) -> None:
    page = browser.new_page()
    page.goto(served + "/charts/comparison-arms.svg")
    assert color(page, 'path[fill="var(--kb-found)"]') == "rgb(15, 109, 114)"
    page.close()


def test_the_results_open_with_the_ratings(visit: Visit) -> None:
    page = visit.to("/results/")
    expect(page.locator("section.kb-sect").first).to_contain_text("clearinghouse")
    expect(page.locator("section.kb-sect").first.locator(".kb-picture:visible title")).to_have_count(1)
    assert page.locator("#nine ~ ul > li").count() == 9
    for panel in page.locator("#nine ~ ul > li").all():
        assert panel.locator(".kb-window dt").all_inner_texts() == ["Outcome", "Who", "Window", "Compared with"]
        expect(panel).to_contain_text("Weighs against it")
