"""Photographs every chart of the built site, so that a maintainer can look at each: light, dark and in print, narrow and wide, and on paper.

Needs what the tests need: Playwright and a Chromium. Scripts are off, so a picture shows what every reader has.
"""

import argparse
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlparse
from urllib.request import url2pathname

from playwright.sync_api import Browser, Error, Page, Route, sync_playwright

import project

FORMS = ("light", "dark", "print")
WIDTHS = (320, 1280)
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]
TALLEST = 8000
"""Pixels of one file: Chromium paints no more than 16,384 at once, and few viewers show as many."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("charts", nargs="*", metavar="ID", help="ids of charts, or how they begin (default: all)")
    parser.add_argument("--site", type=Path, default=project.ROOT / "site", help="the built site (default: site)")
    parser.add_argument("-o", "--output", type=Path, default=project.ROOT / "pictures", metavar="DIR", help="where the pictures go (default: pictures)")
    options = parser.parse_args()
    addresses = pages(options.site, options.charts)
    if not addresses:
        sys.exit(f"No such chart in {options.site}. Build the site first: make site")
    options.output.mkdir(parents=True, exist_ok=True)
    with chromium() as browser:
        count = sum(1 for form in FORMS for width in WIDTHS for _ in photograph(browser, addresses, options.output, form, width))
    print(f"{count} pictures of {len(addresses)} charts, and each on paper, in {options.output}.")
    return 0


def pages(site: Path, starts: list[str]) -> list[Path]:
    """The pages of the charts whose ids begin so; a former address, which only leads on, has no files."""
    return [page for page in sorted((site / "charts").glob("*/index.html")) if page.parent.with_suffix(".vega.json").exists() and page.parent.name.startswith(tuple(starts) or "")]


@contextmanager
def chromium() -> Iterator[Browser]:
    """A Chromium: one that the system has, or Playwright's own. Ends the program where there is none."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
        except Error as error:
            sys.exit(f"No browser was found. Install one, for example: sudo apt-get install chromium\n{error.message[:300]}")
        yield browser
        browser.close()


def photograph(browser: Browser, addresses: list[Path], folder: Path, form: str, width: int) -> Iterator[Path]:
    """Writes title, caption and pictures of each chart as it stands on its page; yields the files. The wide print form is a PDF too."""
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme="dark" if form == "dark" else "light", java_script_enabled=False)
    context.route("**/tokens.css*", _waiting_for_the_font)
    page = context.new_page()
    page.emulate_media(media="print" if form == "print" else "screen")
    for address in addresses:
        page.goto(address.resolve().as_uri())
        page.evaluate("document.fonts.ready.then(() => true)")
        for number, top in enumerate(range(*_extent(page), TALLEST)):
            path = folder / f"{address.parent.name}-{width}-{form}{f'-{number + 1}' if number else ''}.png"
            page.screenshot(path=path, full_page=True, clip={"x": 0, "y": top, "width": width, "height": min(TALLEST, _extent(page)[1] - top)})
            yield path
        if form == "print" and width == WIDTHS[-1]:
            page.pdf(path=folder / f"{address.parent.name}.pdf", prefer_css_page_size=True)
    context.close()


def _waiting_for_the_font(route: Route) -> None:
    """On the site the font is optional: a page goes on without one that comes late. A picture waits for it."""
    style = Path(url2pathname(urlparse(route.request.url).path)).read_text("utf-8")
    route.fulfill(body=style.replace("font-display: optional", "font-display: block"), content_type="text/css")


def _extent(page: Page) -> tuple[int, int]:
    """From the top of the title to the end of the chart."""
    top, last = page.locator(".kb-title").bounding_box(), page.locator("section.kb-first").bounding_box()
    return int(top["y"]), int(last["y"] + last["height"]) + 1


if __name__ == "__main__":
    sys.exit(main())
