"""Ways through the site: by keyboard alone from the first key on, and without JavaScript as far as it is promised."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect
from visiting import Visit


def tab_to(page: Page, wanted: Locator, most: int = 80) -> None:
    """Presses Tab until the focus is there; the test fails where it does not come there, or cannot be seen."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if wanted.evaluate("element => element === document.activeElement"):
            assert page.evaluate("(e => { const s = getComputedStyle(e.closest('.kb-size') ?? e); return s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2 })(document.activeElement)")
            return
    pytest.fail(f"{most} times Tab did not lead to {wanted}")


def test_by_keyboard_a_guide_is_found_and_a_strategy_opened(visit: Visit) -> None:
    page = visit.to("/")
    tab_to(page, page.get_by_role("radio", name="51,000 to 200,000"))
    tab_to(page, page.locator(".kb-panel:visible").get_by_role("link", name="Group or gang"))
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{visit.base}/guides/51k-200k/group-or-gang/")
    tab_to(page, page.get_by_role("main").get_by_role("link", name="Focused deterrence programs").first)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Focused deterrence programs")


def test_by_keyboard_the_list_is_narrowed_and_a_strategy_opened(visit: Visit) -> None:
    page = visit.to("/browse/")
    tab_to(page, page.get_by_role("checkbox", name="Strategies", exact=True))
    page.keyboard.press("Space")
    tab_to(page, page.get_by_role("checkbox", name="51,000 to 200,000 people"))
    page.keyboard.press("Space")
    tab_to(page, page.get_by_role("checkbox", name="Drug market", exact=True))
    page.keyboard.press("Space")
    expect(page.locator("#count")).to_have_text("1 entry")
    tab_to(page, page.locator("#list > li:visible a").first, most=200)
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{visit.base}/strategies/drug-market-intervention/")


def test_by_keyboard_the_self_check_is_filled_in_and_shared(visit: Visit) -> None:
    page = visit.to("/self-check/")
    for number in range(1, 11):
        tab_to(page, page.locator(f'input[name="a{number}"]').first, most=80 if number == 1 else 12)
        page.keyboard.press("Space")
        if number == 3:
            page.keyboard.press("ArrowRight")
    expect(page.locator("#done")).to_have_text("10 of 10 answered, 1 to begin with")
    tab_to(page, page.get_by_role("button", name="See where to begin"))
    page.keyboard.press("Enter")
    expect(page.locator("#begin")).to_be_focused()
    tab_to(page, page.get_by_role("button", name="Copy the address"))
    page.keyboard.press("Enter")
    expect(page.locator("#copied")).to_contain_text("Cop")
    assert page.url.endswith("/self-check/#1=y&2=y&3=p&4=y&5=y&6=y&7=y&8=y&9=y&10=y")


def test_a_word_is_explained_where_the_reader_is(visit: Visit) -> None:
    page = visit.to("/actions/address-key-locations/")
    word = page.locator(".kb-term", has_text="risk terrain modeling")
    word.scroll_into_view_if_needed()
    word.focus()
    before = page.evaluate("scrollY")
    page.keyboard.press("Enter")
    expect(page.locator("#word-risk-terrain-modeling dd")).to_be_in_viewport()
    assert page.evaluate("scrollY") == before, "the page stays where it is"
    page.keyboard.press("Escape")
    expect(page).to_have_url(re.compile("#w-risk-terrain-modeling$"))
    page.keyboard.press("Enter")
    expect(page.locator("#word-risk-terrain-modeling dd")).to_be_in_viewport()
    tab_to(page, page.get_by_role("link", name="Back to the text"), most=3)
    page.keyboard.press("Enter")
    expect(word).to_be_in_viewport()
    assert page.locator("#word-risk-terrain-modeling").evaluate("element => getComputedStyle(element).position") == "static"
    page.keyboard.press("Tab")
    assert word.evaluate("element => element.compareDocumentPosition(document.activeElement) & Node.DOCUMENT_POSITION_FOLLOWING"), "Tab goes on from the word"


def test_without_script_a_guide_is_found_from_home(plain: Page) -> None:
    plain.goto("/")
    plain.get_by_role("radio", name="51,000 to 200,000").check()
    plain.locator(".kb-panel:visible").get_by_role("link", name="Group or gang").click()
    expect(plain.get_by_role("heading", level=1)).to_have_text("Group or gang shootings in places of 51,000 to 200,000 people")
    plain.get_by_role("main").get_by_role("link", name="Focused deterrence programs").first.click()
    expect(plain.get_by_role("heading", level=1)).to_have_text("Focused deterrence programs")


def test_without_script_facet_pages_narrow_and_the_menu_leads_on(plain: Page) -> None:
    plain.goto("/")
    plain.get_by_role("link", name="Menu").click()
    plain.get_by_role("navigation", name="Site menu").get_by_role("link", name="Browse").click()
    plain.locator("summary", has_text="Evidence level").click()
    plain.locator('[data-facet="evidence-level"]').get_by_role("link", name="Strong").click()
    plain.get_by_role("main").get_by_role("link", name="Focused deterrence programs").first.click()
    expect(plain.get_by_role("heading", level=1)).to_have_text("Focused deterrence programs")


def test_without_script_ticked_strategies_lead_to_the_table_of_all(plain: Page) -> None:
    plain.goto("/strategies/")
    plain.get_by_label("Compare: Gun buybacks").check()
    plain.get_by_label("Compare: Street outreach").check()
    plain.get_by_role("button", name="Compare them").click()
    plain.get_by_role("main").get_by_role("link", name="the table of all strategies").click()
    expect(plain.get_by_role("main").locator("tbody tr").first).to_be_visible()
