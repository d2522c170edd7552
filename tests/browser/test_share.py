"""Cite and share: what the buttons copy and say, with the keyboard, and without script."""

import json
from collections.abc import Iterator
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect
from visiting import Visit

ROOT = "https://violence-reduction-roadmap.example"
STRATEGY = "/strategies/focused-deterrence-programs/"


@pytest.fixture
def clipboard(browser: Browser, served: str) -> Iterator[Page]:
    """A page whose site may use the clipboard."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, permissions=["clipboard-read", "clipboard-write"])
    visit = Visit(context, served)
    visit.page.base = served
    yield visit.page
    context.close()
    assert visit.errors == [] and visit.foreign == []


def copied(page: Page) -> str:
    return page.evaluate("navigator.clipboard.readText()")


def test_buttons_copy_link_short_link_and_citation_exactly_and_say_so(clipboard: Page) -> None:
    page = clipboard
    page.goto(page.base + STRATEGY)
    status = page.locator(".kb-said")
    expect(status).to_have_role("status")
    expect(status).to_be_empty()
    for name, text in (
        ("Link", f"{ROOT}{STRATEGY}"), ("Short link", f"{ROOT}/go/gvi/"),
        ("Citation", f"“Focused deterrence programs.” Violence Reduction Roadmap knowledge base, reviewed November 21, 2026. {ROOT}{STRATEGY}. An independent site, not an official one."),
    ):
        button = page.get_by_role("button", name=f"Copy: {name}", exact=True)
        button.focus()
        page.keyboard.press("Enter")
        expect(status).to_have_text(f"{name} copied.")
        expect(button).to_be_focused()
        assert copied(page) == text


def test_a_specialist_sends_the_exact_section_with_one_press(clipboard: Page) -> None:
    page = clipboard
    page.goto(page.base + STRATEGY)
    heading = page.get_by_role("heading", name="What the evidence says").get_by_role("link")
    shown = "link => [getComputedStyle(link).textDecorationLine, getComputedStyle(link, '::after').content]"
    assert heading.evaluate(shown) == ["none", "none"], "at rest it looks like a heading"
    page.get_by_role("heading", name="Where it is used").get_by_role("link").focus()
    while not heading.evaluate("link => link === document.activeElement"):
        page.keyboard.press("Tab")
    line, sign = heading.evaluate(shown)
    assert line == "underline" and "#" in sign, "with the focus it looks like a link"
    assert heading.bounding_box()["height"] >= 24
    page.keyboard.press("Enter")
    expect(page.locator(".kb-said")).to_have_text("Link to this section copied.")
    assert copied(page) == f"{ROOT}{STRATEGY}#evidence" and page.url.endswith("#evidence")
    page.goto(copied(page).replace(ROOT, page.base))
    expect(page.locator("#evidence")).to_be_in_viewport()


def test_a_filtered_view_is_shared_with_its_choice(clipboard: Page) -> None:
    page = clipboard
    page.goto(f"{page.base}/browse/?type=resources")
    page.locator("[data-facet=availability]").evaluate("facet => { facet.open = true; }")
    page.get_by_role("checkbox", name="Reported ended").check()
    page.get_by_text("Share this view").click()
    page.get_by_role("button", name="Copy: Link").click()
    address, title = f"{ROOT}/browse/?type=resources&availability=reported-ended", "Browse everything: Resources; Reported ended"
    expect(page.locator(".kb-said")).to_have_text("Link copied.")
    assert copied(page) == address
    page.get_by_role("button", name="Copy: Citation").click()
    expect(page.locator(".kb-said")).to_have_text("Citation copied.")
    assert copied(page) == f"“{title}.” Violence Reduction Roadmap knowledge base, content of November 21, 2026. {address}. An independent site, not an official one."
    letter = parse_qs(urlsplit(page.get_by_role("link", name="Send by e-mail").get_attribute("href")).query)
    assert letter == {"subject": [title], "body": [address]}
    with page.expect_download() as download:
        page.get_by_role("link", name="Citation file").click()
    (item,) = json.loads(download.value.path().read_text("utf-8"))
    assert (item["title"], item["URL"], item["id"]) == (title, address, "browse?type=resources&availability=reported-ended")
    page.get_by_role("button", name="Take all choices away").click()
    expect(page.locator("#view dd").first).to_contain_text(f"{ROOT}/browse/ Copy")


def test_where_the_clipboard_is_closed_the_text_is_shown_to_select(browser: Browser, served: str) -> None:
    page = browser.new_page()
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    page.goto(f"{served}/resources/cvipi/")
    page.get_by_role("button", name="Copy: Short link").click()
    expect(page.locator(".kb-said")).to_have_text(f"Copy this: {ROOT}/go/cvipi/")
    page.close()


@pytest.mark.parametrize("address", [
    "/resources/project-safe-neighborhoods/", "/studies/papachristos-kirk-2015/", "/guides/51k-200k/group-or-gang/", "/guides/small-city-starting-from-nothing/",
    "/charts/strategy-focused-deterrence-programs/", "/availability/reported-ended/", "/browse/",
])
def test_without_script_every_text_and_file_is_there(address: str, plain: Page) -> None:
    plain.goto(address)
    if address == "/browse/":
        plain.get_by_text("Share this view").click()
    texts = plain.locator(".kb-share").last.locator("dd").all_text_contents()
    (citation,) = (text for text in texts if text.startswith("“"))
    assert texts[0] == ROOT + address and f" {ROOT}{address}. " in citation
    expect(plain.get_by_role("button", name="Copy")).to_have_count(0)
    letter = urlsplit(plain.get_by_role("link", name="Send by e-mail").get_attribute("href"))
    assert letter.scheme == "mailto" and parse_qs(letter.query)["body"] == [ROOT + address] and unquote(letter.query).startswith("subject=")
    file = plain.request.get(plain.get_by_role("link", name="Citation file (CSL-JSON)").evaluate("link => link.href"))
    assert file.json()[0]["URL"] == ROOT + address


def test_headings_of_hand_written_pages_lead_to_themselves(visit: Visit) -> None:
    page = visit.to("/method/")
    headings = page.locator(".kb-prose h2")
    assert headings.count() >= 4
    for heading in headings.all():
        assert heading.get_by_role("link").get_attribute("href") == f"#{heading.get_attribute('id')}"


def test_print_shows_the_citation_and_no_button(visit: Visit) -> None:
    page = visit.to(STRATEGY)
    page.emulate_media(media="print")
    expect(page.locator(".kb-share dd").last).to_be_visible()
    expect(page.get_by_role("button", name="Copy: Citation")).to_be_hidden()
    expect(page.get_by_role("link", name="Send by e-mail")).to_be_hidden()


def test_scripts_of_a_page_are_light(site) -> None:
    for address in ("/browse/", STRATEGY, "/charts/strategy-focused-deterrence-programs/"):
        scripts = [part.split('"')[0].rsplit("/", 1)[-1] for part in (site / address.strip("/") / "index.html").read_text("utf-8").split('<script src="')[1:]]
        assert "share.js" in scripts
        assert sum((site / "assets/js" / name).stat().st_size for name in scripts) <= 15_000
