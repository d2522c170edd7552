"""Home: two questions answered by links, with the keyboard and without script."""

from playwright.sync_api import Page, expect
from visiting import Visit

from kb.web.reader import sizes


def test_the_keyboard_finds_the_strategies_for_a_place(visit: Visit) -> None:
    page = visit.to("/")
    page.get_by_role("radio", name="51,000 to 200,000").focus()
    page.keyboard.press("ArrowDown")
    panel = page.locator(".kb-panel:visible")
    expect(panel).to_have_count(1)
    expect(panel.locator("h3")).to_have_text("201,000 to 500,000 people")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(panel.get_by_role("link", name="Group or gang")).to_be_focused()
    number = panel.get_by_role("link", name="Group or gang").locator(".kb-n").inner_text().split()[0]
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{visit.base}/guides/201k-500k/group-or-gang/")
    expect(page.locator(".kb-lede")).to_contain_text(f"{number} strategies fit")


def test_a_pair_without_a_strategy_says_so(visit: Visit, kb) -> None:
    page = visit.to("/")
    nothing = sum(number == 0 for size in sizes(kb) for _, number in size.kinds)
    expect(page.locator(".kb-kinds a", has_text="none on record")).to_have_count(nothing)
    page.get_by_role("radio", name="Under 51,000").check()
    page.locator(".kb-panel:visible .kb-kinds a", has_text="none on record").first.click()
    expect(page.get_by_role("heading", name="Guides near this one")).to_be_visible()


def test_a_phone_shows_the_first_question_whole_on_the_first_screen(visit: Visit) -> None:
    visit.page.set_viewport_size({"width": 320, "height": 640})
    page = visit.to("/")
    for size in page.locator(".kb-size").all():
        expect(size).to_be_in_viewport(ratio=1)


def test_without_script_the_first_page_works(plain: Page) -> None:
    plain.goto("/")
    plain.get_by_role("radio", name="More than 500,000").check()
    expect(plain.locator(".kb-panel:visible h3")).to_have_text("More than 500,000 people")
    plain.get_by_role("link", name="Ten questions about where you stand").click()
    expect(plain).to_have_url("/self-check/")


def test_what_changed_and_who_can_help_have_a_date(visit: Visit) -> None:
    page = visit.to("/")
    assert page.locator("#new ~ ol time").count() == 6
    for link in page.locator("#new ~ ol li").all():
        assert "#availability" in link.get_by_role("link").first.get_attribute("href")
    expect(page.locator("section", has=page.locator("#help")).locator(".kb-badge[data-availability]").first).to_be_visible()


def test_the_marks_are_counted_in_words_too(visit: Visit, kb) -> None:
    page = visit.to("/")
    for id_, entries in kb.by_term["evidence-level"].items():
        row = page.locator(f'.kb-marks [data-level="{id_}"]')
        assert row.locator(".kb-icon").count() == len(entries)
        expect(row).to_contain_text(f"{len(entries)} strateg")


def test_a_word_of_the_field_leads_to_its_definition_by_keyboard(visit: Visit) -> None:
    page = visit.to("/actions/address-key-locations/")
    page.locator(".kb-term", has_text="hot spot").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#word-hot-spot dd")).to_be_in_viewport()
    page.keyboard.press("Tab")
    expect(page.locator("#word-hot-spot dt a")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Hot spot")
