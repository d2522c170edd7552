"""What axe cannot see: the focus, forced colors, motion, text that readers space out, and what a first visit costs."""

import gzip
import re
from pathlib import Path

import pytest
from paths import ROOT
from playwright.sync_api import Browser, Page

from kb import KnowledgeBase

KINDS = (
    "/", "/actions/", "/actions/identify-key-people-and-places/", "/resources/cvipi/", "/strategies/", "/strategies/focused-deterrence-programs/",
    "/results/chicago-vrs-overall-shooting-23/", "/places/oakland-ca/", "/guides/", "/guides/51k-200k/group-or-gang/", "/guides/under-51k/suicide/",
    "/self-check/#1=n&2=p", "/compare/?strategies=focused-deterrence-programs,street-outreach,gun-buybacks", "/population/51k-200k/", "/glossary/",
    "/charts/comparison-arms/", "/decisions/", "/accessibility/", "/search/", "/404.html",
)
"""One page of every kind of layout; browse, which has the facets of compare and the rows of the others, is too long to walk through."""

FIRST_VISIT, OWN_SCRIPT, SHIFT = 250_000, 15_000, .02
"""Bytes over the wire compressed, bytes of our JavaScript, and how much a layout may shift: what a reader does not see."""

FOCUS = """() => [...document.querySelectorAll('a[href], button, input, select, summary, [tabindex="0"]')].filter(element => {
    if (!element.checkVisibility({ visibilityProperty: true })) return false;
    element.focus();
    if (document.activeElement !== element) return false;
    const seen = getComputedStyle(element.closest('.kb-size') ?? element);
    return seen.outlineStyle === 'none' || parseFloat(seen.outlineWidth) < 2;
}).map(element => element.outerHTML.slice(0, 120))"""

CLIPPED = """() => [...document.querySelectorAll('main *, header *, footer *')].filter(element =>
    ['hidden', 'clip'].includes(getComputedStyle(element).overflowX) && element.scrollWidth > element.clientWidth + 1
    && getComputedStyle(element).clipPath === 'none' && !element.closest('.kb-vh, svg')).map(element => element.outerHTML.slice(0, 120))"""

SPACED = "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-bottom: 2em !important }"
"""What WCAG 1.4.12 lets a reader set."""


@pytest.mark.parametrize("forced", ["none", "active"])
def test_the_focus_can_be_seen_on_everything_that_takes_it(forced: str, browser: Browser, served: str) -> None:
    context = browser.new_context(forced_colors=forced)
    page = context.new_page()
    for address in KINDS:
        page.goto(served + address)
        page.keyboard.press("Tab")   # from here on the browser shows the focus as for a keyboard
        assert page.evaluate(FOCUS) == [], address
    context.close()


def test_nothing_moves(browser: Browser, served: str) -> None:
    for motion in ("no-preference", "reduce"):
        context = browser.new_context(reduced_motion=motion)
        page = context.new_page()
        for address in KINDS:
            page.goto(served + address)
            moving = page.evaluate("[...document.querySelectorAll('*')].filter(e => { const s = getComputedStyle(e); return s.animationName !== 'none' || s.transitionDuration !== '0s' || s.scrollBehavior !== 'auto' }).length")
            assert moving == 0, (motion, address)
        context.close()


def test_text_that_a_reader_spaces_out_is_not_lost(browser: Browser, served: str) -> None:
    for width in (320, 1280):   # 320 is 1280 at 400 percent
        page = browser.new_page(viewport={"width": width, "height": 800})
        for address in KINDS:
            page.goto(served + address)
            page.add_style_tag(content=SPACED)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, address
            assert page.evaluate(CLIPPED) == [], address
        page.close()


def test_states_keep_their_shape_in_forced_colors_and_on_paper(browser: Browser, served: str) -> None:
    context = browser.new_context(forced_colors="active")
    page = context.new_page()
    page.goto(f"{served}/actions/identify-key-people-and-places/")
    shown = """[...document.querySelectorAll('.kb-badge')].map(badge => { const mark = getComputedStyle(badge, '::before'), paper = getComputedStyle(document.body);
        return [mark.maskImage.startsWith('url("data:image/svg+xml'), mark.backgroundColor !== paper.backgroundColor, mark.printColorAdjust === 'exact'] })"""
    found = page.evaluate(shown)
    assert len(found) > 10 and all(all(badge) for badge in found)
    page.goto(f"{served}/strategies/focused-deterrence-programs/")
    assert page.evaluate("getComputedStyle(document.querySelector('.kb-pair > div')).borderTopStyle + getComputedStyle(document.querySelector('.kb-against')).borderTopStyle") == "soliddouble"
    page.goto(f"{served}/self-check/")
    assert page.evaluate("getComputedStyle(document.querySelector('input[type=radio]')).appearance") == "auto", "the system draws its own controls"
    context.close()


def test_every_state_has_a_shape(kb: KnowledgeBase) -> None:
    css = (ROOT / "docs/assets/css/components.css").read_text("utf-8")
    for kind, vocabulary in (("level", "evidence-level"), ("availability", "availability")):
        for id_ in kb.vocabularies[vocabulary].terms:
            assert f'[data-{kind}="{id_}"] {{ --kb-shape: url("data:image/svg+xml,' in css, id_


def test_our_style_sheets_force_nothing() -> None:
    for path in (ROOT / "docs/assets/css").glob("*.css"):
        assert "!important;" not in path.read_text("utf-8").replace(" ", ""), path.name


def test_spaces_are_those_of_the_scale() -> None:
    """Margins, paddings and gaps on a screen are steps of tokens.css, or follow the text they stand beside (em); paper has points."""
    for name in ("components.css", "site.css"):
        css = (ROOT / "docs/assets/css" / name).read_text("utf-8")
        spaces = re.findall(r"(?<![a-z-])(?:margin|padding|(?:row-|column-)?gap)(?:-[a-z-]+)?:[^;}]*", css)
        assert [space for space in spaces if re.search(r"(?<![\w.-])[1-9]\d*px", space)] == [], name


@pytest.mark.parametrize("address", [
    "/", "/strategies/focused-deterrence-programs/", "/browse/", "/self-check/#1=n&2=p",
    "/compare/?strategies=focused-deterrence-programs,street-outreach,gun-buybacks",
])
def test_a_first_visit_on_an_old_phone_is_light_and_still(address: str, browser: Browser, served: str) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    loaded: dict[str, bytes] = {}
    page.on("response", lambda response: loaded.setdefault(response.url, response.body()))
    page.route("**/*.woff2", lambda route: (page.wait_for_timeout(300), route.continue_()))   # the font comes late
    page.add_init_script("window.shifts = []; new PerformanceObserver(list => shifts.push(...list.getEntries().filter(e => !e.hadRecentInput).map(e => e.value))).observe({ type: 'layout-shift', buffered: true })")
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 4})
    page.goto(served + address, wait_until="networkidle")
    page.evaluate("document.fonts.ready")
    page.wait_for_timeout(200)
    assert sum(page.evaluate("shifts")) <= SHIFT
    assert page.evaluate("document.head.querySelectorAll('script:not([type*=json])').length") == 0, "nothing stands before the text but style sheets"
    assert sum(len(body if url.endswith("woff2") else gzip.compress(body)) for url, body in loaded.items()) < FIRST_VISIT
    assert sum(len(body) for url, body in loaded.items() if url.endswith(".js")) <= OWN_SCRIPT
    context.close()


def test_the_scripts_of_a_page_stay_small(site: Path) -> None:
    scripts = {path.name: path.stat().st_size for path in (site / "assets/js").glob("*.js")}
    assert scripts and max(scripts.values()) <= OWN_SCRIPT, scripts


def test_a_table_that_is_wider_than_a_phone_says_so(browser: Browser, served: str) -> None:
    page: Page = browser.new_page(viewport={"width": 320, "height": 800})
    page.goto(f"{served}/strategies/")
    frame = page.locator(".kb-scroll")
    assert frame.evaluate("element => element.scrollWidth > element.clientWidth && getComputedStyle(element).backgroundImage.includes('gradient') && element.tabIndex === 0")
    page.close()
