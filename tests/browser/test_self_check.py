"""The self-check: answers in the address fragment only, a list of where to begin, a worksheet without script."""

from playwright.sync_api import Page, expect
from visiting import Visit

SIZE = 6_000


def test_answers_stand_in_the_fragment_and_the_list_follows_them(visit: Visit) -> None:
    page = visit.to("/self-check/")
    status = page.locator("#done")
    expect(status).to_have_text("0 of 10 answered")
    for group, answer in (("Set a clear goal", "Yes"), ("Identify key people and places", "Partly"), ("Engage key people", "Not yet"), ("Invest in the workforce", "Not sure")):
        page.get_by_role("group", name=group).get_by_label(answer, exact=True).check()
    expect(status).to_have_text("4 of 10 answered, 3 to begin with")
    assert page.url.endswith("/self-check/#1=y&2=p&4=n&8=u")
    shown = page.locator("#result > li:visible h3").all_inner_texts()
    assert shown == ["Action 4: Engage key people", "Action 8: Invest in the workforce", "Action 2: Identify key people and places"]
    first = page.locator("#result > li:visible").first
    expect(first).to_contain_text("You answered: Not yet")
    for part in ("Help to ask for", "Resources", "Strategies that serve it"):
        expect(first.locator("dt", has_text=part)).to_be_visible()
    assert first.locator(".kb-badge[data-availability]").count() >= 2 and first.locator(".kb-badge[data-level]").count() >= 1
    assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]


def test_a_shared_address_brings_the_answers(visit: Visit) -> None:
    page = visit.to("/self-check/#1=n&10=p&99=y&2=zzz")
    expect(page.locator("#done")).to_have_text("2 of 10 answered, 2 to begin with")
    expect(page.get_by_role("group", name="Set a clear goal").get_by_label("Not yet")).to_be_checked()
    page.evaluate("location.hash = '1=y&3=u'")
    expect(page.locator("#done")).to_have_text("2 of 10 answered, 1 to begin with")
    page.reload()
    expect(page.get_by_role("group", name="Create a citywide plan").get_by_label("Not sure")).to_be_checked()


def test_jumping_inside_the_page_loses_no_answer(visit: Visit) -> None:
    page = visit.to("/self-check/#1=n")
    page.get_by_role("link", name="Skip to content").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{visit.base}/self-check/#1=n")
    page.get_by_role("button", name="Clear all answers").click()
    expect(page.locator("#done")).to_have_text("0 of 10 answered")
    expect(page).to_have_url(f"{visit.base}/self-check/")


def test_answers_can_be_seen_on_paper(visit: Visit) -> None:
    """A browser prints no backgrounds unless they are said to matter, and the dot of an answer is one."""
    page = visit.to("/self-check/#1=n&2=y")
    page.emulate_media(media="print")
    dots = page.evaluate("[...document.querySelectorAll('input:checked')].map(input => getComputedStyle(input, '::after')).map(dot => [dot.printColorAdjust, dot.backgroundColor])")
    assert dots == [["exact", "rgb(0, 0, 0)"]] * 2


def test_all_yes_says_so(visit: Visit) -> None:
    page = visit.to("/self-check/#" + "&".join(f"{n}=y" for n in range(1, 11)))
    expect(page.locator("#begin-yes")).to_be_visible()
    expect(page.locator("#result")).to_be_hidden()


def test_the_keyboard_fills_it_in_and_shares_it(visit: Visit) -> None:
    page = visit.to("/self-check/")
    page.locator('input[name="a1"]').first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(page).to_have_url(f"{visit.base}/self-check/#1=n")
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "show":
            break
        box = page.evaluate("(e => [e.getBoundingClientRect().bottom, document.querySelector('.kb-progress').getBoundingClientRect().top])(document.activeElement)")
        assert box[0] <= box[1] + 1, "focus is hidden under the bar"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "begin"
    page.get_by_role("button", name="Copy the address").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#copied")).to_contain_text("Cop")


def test_without_script_it_is_a_worksheet_to_print(plain: Page) -> None:
    plain.goto("/self-check/")
    expect(plain.get_by_role("group")).to_have_count(10)
    expect(plain.locator("#begin")).to_be_hidden()
    expect(plain.get_by_text("Print this page and fill it in by hand.")).to_be_visible()
    plain.emulate_media(media="print")
    expect(plain.locator(".kb-sheet")).to_be_visible()
    assert plain.locator(".kb-write").first.bounding_box()["height"] > 10


def test_paper_carries_the_answers_and_the_list(visit: Visit) -> None:
    page = visit.to("/self-check/#4=n")
    page.emulate_media(media="print")
    expect(page.locator("#result > li:visible")).to_have_count(1)
    expect(page.locator(".kb-progress")).to_be_hidden()
    assert page.evaluate("getComputedStyle(document.querySelector('#result > li')).contentVisibility") == "visible"


def test_the_script_is_small(site) -> None:
    assert (site / "assets/js/self-check.js").stat().st_size < SIZE
