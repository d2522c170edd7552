"""Compare: two to four strategies side by side, reached from the strategies front and from browse."""

from playwright.sync_api import Page, expect
from visiting import Visit

from kb import KnowledgeBase
from kb.findings import strongest

PAIR = "focused-deterrence-programs,gun-buybacks"


def test_the_address_names_the_columns(visit: Visit) -> None:
    page = visit.to(f"/compare/?strategies={PAIR},no-such-strategy")
    expect(page.locator("#compared")).to_have_text("2 strategies side by side")
    heads = page.locator("#compare thead th:visible")
    assert sorted(heads.all_inner_texts()) == ["Focused deterrence programs", "Gun buybacks"]
    for row in page.locator("#compare tbody tr").all():
        assert row.locator("td:visible").count() == 2
    expect(page.locator("#compare")).to_contain_text("Weighs against it")
    page.get_by_label("Street outreach").check()
    expect(page).to_have_url(f"{visit.base}/compare/?strategies=focused-deterrence-programs,gun-buybacks,street-outreach")


def test_it_shows_the_same_finding_as_the_guides(visit: Visit, kb: KnowledgeBase) -> None:
    page = visit.to(f"/compare/?strategies={PAIR}")
    row = page.locator("#compare tbody tr", has=page.get_by_role("rowheader", name="Strongest finding"))
    for id_ in PAIR.split(","):
        expect(row).to_contain_text(strongest(kb, kb.find("strategies", id_)).headline)


def test_on_a_phone_a_column_fits_beside_the_questions_and_on_paper_the_choice_is_left_out(visit: Visit) -> None:
    page = visit.to(f"/compare/?strategies={PAIR}")
    page.set_viewport_size({"width": 320, "height": 640})
    ends = page.evaluate("[document.querySelector('#compare thead th:not([hidden])'), document.getElementById('compare')].map(part => part.getBoundingClientRect().right)")
    assert ends[0] <= ends[1] + 1
    page.emulate_media(media="print")
    expect(page.locator("#choose")).to_be_hidden()
    expect(page.locator("#compare")).to_be_visible()


def test_four_at_most_and_two_at_least(visit: Visit) -> None:
    page = visit.to("/compare/")
    expect(page.locator("#compare")).to_be_hidden()
    for number, name in enumerate(("Gun buybacks", "Street outreach", "Safe passage", "Hot spot policing"), 1):
        page.get_by_label(name).check()
        expect(page.locator("#compare")).to_be_visible(visible=number > 1)
    expect(page.get_by_label("Vacant lot greening")).to_be_disabled()
    page.get_by_label("Safe passage").uncheck()
    expect(page.get_by_label("Vacant lot greening")).to_be_enabled()


def test_ticks_on_the_front_lead_there_by_a_plain_form(visit: Visit) -> None:
    page = visit.to("/strategies/")
    for name in ("Compare: Gun buybacks", "Compare: Street outreach"):
        page.get_by_label(name).focus()
        page.keyboard.press("Space")
    page.get_by_role("button", name="Compare them").press("Enter")
    expect(page.locator("#compared")).to_have_text("2 strategies side by side")
    expect(page).to_have_url(f"{visit.base}/compare/?strategies=gun-buybacks,street-outreach")


def test_ticks_on_browse_lead_there(visit: Visit) -> None:
    page = visit.to("/browse/?type=strategies")
    expect(page.get_by_role("button", name="Compare them")).to_be_hidden()
    for name in ("Compare: Gun buybacks", "Compare: Street outreach"):
        page.get_by_label(name).check()
    expect(page.locator("#count")).to_contain_text("46 entries")
    page.get_by_role("button", name="Compare them").click()
    expect(page.locator("#compared")).to_have_text("2 strategies side by side")


def test_without_script_the_page_leads_to_the_table(plain: Page) -> None:
    plain.goto(f"/compare/?strategies={PAIR}")
    expect(plain.locator("#compare")).to_be_hidden()
    plain.get_by_role("link", name="the table of all strategies").click()
    expect(plain).to_have_url("/strategies/")
