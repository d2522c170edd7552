"""Charts in a real browser: readable at every width and in every light, live only when asked, nothing lost without it."""

import csv
import io
import json
import struct
from pathlib import Path

import html5lib
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from visiting import Visit

from kb import KnowledgeBase
from kb.charts import charts
from pictures import pages, photograph

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
    violations = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
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
        expect(page.locator("details:has(.kb-chart-table)")).to_be_hidden()
        expect(page.locator(".kb-share dt", has_text="Embed")).to_be_hidden()   # nobody copies it from paper
        expect(page.locator(".kb-share dt", has_text="Citation")).to_be_visible()
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
    violations = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    assert not violations, json.dumps([(violation["id"], [node["html"][:200] for node in violation["nodes"][:3]]) for violation in violations], indent=1)
    bar = page.locator('.kb-live-view path[fill="var(--kb-found)"]').first
    bar.hover()
    expect(page.locator(".kb-live [role=status]")).to_contain_text("Outcome: ")
    for word in ("Who: ", "Window: ", "Compared with: "):
        expect(page.locator(".kb-live [role=status]")).to_contain_text(word)


def test_the_same_facts_are_reached_by_keyboard(visit: Visit) -> None:
    page = visit.to("/charts/counts-new-haven-homicides-34-to-7/")
    page.get_by_role("button", name="Interactive view").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Next fact")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".kb-live [role=status]")).to_contain_text("1 of 12")
    expect(page.locator(".kb-live [role=status]")).to_contain_text("Year: 2009")
    expect(page.locator(".kb-live [role=status]")).to_contain_text("Compared with: None")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".kb-live [role=status]")).to_contain_text("12 of 12")
    page = visit.to("/charts/comparison-arms/")
    page.get_by_role("button", name="Interactive view").press("Enter")
    page.get_by_role("button", name="Next fact").press("Enter")
    for name in ("Outcome: ", "Who: ", "Window: ", "Compared with: ", "Weighs against it: "):
        expect(page.locator(".kb-live [role=status]")).to_contain_text(name)
    expect(page.locator(".kb-live [role=status]")).not_to_contain_text("Value min")   # what is not known takes no room
    assert page.locator(".kb-live [role=status]").evaluate("e => e.getBoundingClientRect().height / innerHeight") <= .45, "the words never stand over all marks"


def test_every_mark_and_its_number_say_what_they_are_when_pointed_at(visit: Visit) -> None:
    page = visit.to("/charts/evidence-by-action/")
    page.get_by_role("button", name="Interactive view").click()
    page.locator(".kb-live-view .mark-rect path").first.hover(force=True)   # the number stands in the middle of its cell
    expect(page.locator(".kb-live [role=status]")).to_have_text("1. Set a clear goal, strong: 1 strategy")
    page = visit.to("/charts/place-lowell-ma/")
    page.get_by_role("button", name="Interactive view").click()
    for text, said in (("100", "The base: 100"), ("56", "Study probable, not confirmed.")):
        page.locator(".kb-live-view svg").get_by_text(text, exact=True).hover(force=True)
        for words in (said, "Outcome: Gun assaults", "Who: The whole city", "Window: After October 2002", "Compared with: Lowell"):
            expect(page.locator(".kb-live [role=status]")).to_contain_text(words)


def test_without_script_the_picture_and_the_table_say_it_all(plain: Page) -> None:
    plain.goto("/charts/counts-oakland-murders-126-to-74/")
    expect(plain.locator(".kb-picture:visible > svg")).to_have_count(1)
    expect(plain.get_by_role("button", name="Interactive view")).to_have_count(0)
    plain.locator("summary").click()
    expect(plain.locator(".kb-chart-table tbody tr")).to_have_count(15)


def test_the_files_of_a_chart_are_there(site: Path, kb: KnowledgeBase) -> None:
    current = {chart.id for chart in charts(kb)}
    assert current <= {page.parent.name for page in (site / "charts").glob("*/index.html")}
    for page in (site / "charts").glob("*/index.html"):
        name = page.parent.name
        if name not in current:
            continue   # a former address, which leads on
        for ending in ("svg", "json", "vega.json", "csv"):
            assert (site / "charts" / f"{name}.{ending}").stat().st_size > 50, (name, ending)
        text = page.read_text("utf-8")
        assert f"/charts/{name}/&quot;" in text or f'/charts/{name}/"' in text
        assert "<iframe" not in text and "&lt;iframe" in text, name
    assert json.loads((site / "charts/comparison-arms.json").read_text("utf-8"))["$schema"].startswith("https://vega.github.io/schema/vega-lite/")


def test_the_table_on_the_page_of_a_chart_is_its_csv(site: Path, kb: KnowledgeBase) -> None:
    """Of every chart: the same rows, and in each column that both have the same cells."""
    for chart in charts(kb):
        head, *shown = table((site / f"charts/{chart.id}/index.html").read_text("utf-8"))
        names = {name.replace("_", " ").capitalize(): name for name in chart.columns}
        rows = list(csv.DictReader(io.StringIO((site / f"charts/{chart.id}.csv").read_text("utf-8-sig"))))
        assert len(shown) == len(rows) == len(chart.rows) and len(head) >= 3, chart.id
        for cells, row in zip(shown, rows, strict=True):
            for name, cell in zip(head, cells, strict=True):
                assert cell == (row[names[name]] or "Not known"), (chart.id, name)


def table(html: str) -> list[list[str]]:
    """The cells of the table of a chart, as text, row by row."""
    [found] = [element for element in html5lib.parse(html, namespaceHTMLElements=False).iter("table") if "kb-chart-table" in element.get("class", "")]
    return [["".join(cell.itertext()).strip() for cell in row] for row in found.iter("tr")]


@pytest.mark.parametrize(("scheme", "found", "paper"), [("light", "rgb(15, 109, 114)", "rgb(255, 255, 255)"), ("dark", "rgb(98, 194, 192)", "rgb(15, 24, 28)")])
def test_the_standalone_picture_shows_its_colors_title_and_caption(scheme: str, found: str, paper: str, browser: Browser, served: str) -> None:
    context = browser.new_context(color_scheme=scheme)
    page = context.new_page()
    page.goto(served + "/charts/comparison-arms.svg")
    assert color(page, 'path[fill="var(--kb-found)"]') == found
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == paper
    said = " ".join(page.locator("text").all_text_contents())
    for words in ("With the program and in the comparison", "Hollow bars are the start of both, as 100, and the comparison after it.", "One study, 2 figures", "Compared with: East Harlem", "Homicide"):
        assert words in said
    context.close()


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("media", ["screen", "print"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_bracket_is_seen_around_the_figures_of_one_study(scheme: str, media: str, width: int, browser: Browser, served: str) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page = context.new_page()
    page.emulate_media(media=media, color_scheme=scheme)
    page.goto(served + "/charts/home-page-figures/")
    bracket = page.locator(".kb-joined")
    expect(bracket).to_have_count(1)
    expect(bracket.locator("p").first).to_contain_text("One study, 2 figures, not independent of one another: “23% less shooting” and “32% fewer faction members shot”.")
    expect(bracket.locator(".kb-panels > li")).to_have_count(2)
    drawn = bracket.evaluate("e => { const s = getComputedStyle(e); return [s.borderLeftStyle, parseFloat(s.borderLeftWidth), s.borderLeftColor, getComputedStyle(document.body).backgroundColor] }")
    assert drawn[0] == "solid" and drawn[1] >= 1.5
    assert drawn[2] == ("rgb(233, 240, 238)" if (scheme, media) == ("dark", "screen") else "rgb(19, 34, 42)" if media == "screen" else "rgb(0, 0, 0)")
    context.close()


def test_the_snippet_can_be_copied_and_shows_the_chart(browser: Browser, served: str) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(served + "/charts/comparison-arms/")
    page.get_by_role("button", name="Copy: Embed").click()
    expect(page.locator(".kb-said")).to_have_text("Embed copied.")
    snippet = page.evaluate("navigator.clipboard.readText()")
    assert snippet.startswith("<iframe ") and snippet.endswith("</iframe>")
    address = snippet.split('src="')[1].split("/charts/")[0]
    page.goto(served + "/method/")   # as on a page of somebody else's
    page.evaluate("html => document.body.innerHTML = html", snippet.replace(address, served))
    inside = page.frame_locator("iframe")
    expect(inside.get_by_role("heading", name="With the program and in the comparison")).to_be_visible()
    expect(inside.locator(".kb-picture svg").first).to_be_visible()
    context.close()


def test_no_picture_is_scaled_down_on_narrow_paper(browser: Browser, served: str) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 800})
    page = context.new_page()
    page.emulate_media(media="print")
    for address in ("/results/milwaukee-homicide-review/", "/places/oakland-ca/", "/studies/braga-et-al-2019-oakland-report/"):
        page.goto(served + address)
        widths = page.locator(".kb-picture:visible > svg").evaluate_all("all => all.map(e => e.getBoundingClientRect().width / e.viewBox.baseVal.width)")
        assert widths and min(widths) > .999, (address, widths)
    context.close()


def test_findings_are_drawn_on_the_pages_of_strategy_place_and_result(visit: Visit) -> None:
    page = visit.to("/results/milwaukee-homicide-review/")
    expect(page.locator(".kb-pair svg").first).to_contain_text("comparison")
    page = visit.to("/places/oakland-ca/")
    expect(page.locator(".kb-balance svg title")).to_have_count(6)   # three with bars, three by year
    page = visit.to("/strategies/street-outreach/")
    expect(page.locator(".kb-joined", has_text="One study, 2 figures")).to_have_count(1)
    page = visit.to("/strategies/focused-deterrence-programs/")
    page.get_by_role("link", name="findings in one chart, with table and data").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Findings on Focused deterrence programs")


def test_the_results_open_with_the_ratings(visit: Visit) -> None:
    page = visit.to("/results/")
    expect(page.locator("section.kb-sect").first).to_contain_text("clearinghouse")
    expect(page.locator("section.kb-sect").first.locator(".kb-picture:visible title")).to_have_count(1)
    panels = page.locator("section:has(#nine) .kb-panels > li")
    assert panels.count() == 9
    for panel in panels.all():
        assert panel.locator(".kb-window dt").all_inner_texts()[:4] == ["Outcome", "Who", "Window", "Compared with"]
        expect(panel).to_contain_text("Weighs against it")


@pytest.mark.parametrize("form", ["light", "dark", "print"])
def test_every_chart_can_be_photographed(form: str, browser: Browser, site: Path, kb: KnowledgeBase, tmp_path: Path) -> None:
    assert {page.parent.name for page in pages(site, [])} == {chart.id for chart in charts(kb)}
    [address] = pages(site, ["comparison-"])
    [made] = photograph(browser, [address], tmp_path, form, 320)
    assert made.name == f"comparison-arms-320-{form}.png"
    width, height = struct.unpack(">II", made.read_bytes()[16:24])
    assert width == 320 and height > 1500, "title, caption and five panels"


def test_the_longest_picture_fits_on_one_page_of_paper(browser: Browser, served: str) -> None:
    context = browser.new_context(viewport={"width": 720, "height": 900})
    page = context.new_page()
    page.emulate_media(media="print")
    page.goto(served + "/charts/population-sizes/")
    drawn = page.locator(".kb-picture:visible > svg")
    expect(drawn).to_have_count(1)
    assert 500 < drawn.bounding_box()["height"] <= 178 / 25.4 * 96 + 1
    context.close()
