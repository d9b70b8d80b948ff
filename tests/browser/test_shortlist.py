"""Can a reader find, order, tick and open creators on the shortlist, on a laptop and on a phone?"""

import re

from tests.browser.driver import PHONE, expect

HEAD, FIRST_ROW, ROW = 18, 52, 35  # pixels from the top of the table to the middle of its head and its rows
NARROW_ROW = 66
BOX, NAME, EXPECTED = 16, 90, 375  # pixels from its left to the box to tick, a name, the expected outcome
HIGHEST_ROW = 260  # pixels from the top of a laptop's window, with a newcomer's sentence above the list


def table(seen):
    seen.page.wait_for_selector('.st-key-list_wide [data-testid="stDataFrame"] canvas')
    return seen.page.locator(".st-key-list_wide").get_by_test_id("stDataFrame")


def cells(seen):
    """The cells with names that the table holds for screen readers; they follow the picture after a moment."""
    return table(seen).locator("tbody tr td:nth-child(1)")


def names(seen) -> list[str]:
    """The names in sight, from the top."""
    cells(seen).first.wait_for(state="attached")
    return cells(seen).all_text_contents()


def ticked(seen):
    """The cells with names of the rows in sight that are ticked."""
    return table(seen).locator('tbody tr[aria-selected="true"] td:nth-child(1)')


def test_who_is_ticked_stays_in_sight_and_is_compared(demo_server, visit):
    seen = visit(demo_server).open("?market=DE-1")
    expect(seen.page.get_by_role("button", name="Compare")).to_have_count(0)
    for row, said in ((0, "1 chosen"), (2, "2 chosen")):
        table(seen).click(position={"x": BOX, "y": FIRST_ROW + ROW * row})
        expect(seen.page.get_by_text(said)).to_be_in_viewport()
    expect(seen.page).to_have_url(re.compile(r"[?&]s=[^&-]+-[^&-]+(&|$)"))
    assert seen.settled().in_order() == []
    seen.page.get_by_role("button", name="Compare").click()
    seen.page.wait_for_function("document.querySelector('h1')?.innerText === 'Compare'")
    seen.page.wait_for_function("document.querySelectorAll('.js-plotly-plot').length === 7")
    assert seen.settled().in_order() == []
    again = visit(demo_server)
    again.page.goto(seen.page.url)
    again.settled().page.wait_for_function("document.querySelectorAll('.js-plotly-plot').length === 7")
    assert again.in_order() == []


def test_a_tick_stays_with_its_creator_when_the_list_changes(demo_server, visit):
    seen = visit(demo_server).open("?market=DE-1")
    first, second = names(seen)[:2]
    table(seen).click(position={"x": BOX, "y": FIRST_ROW})
    expect(ticked(seen)).to_have_text([first])
    seen.page.get_by_label("Find a creator").fill(second)
    expect(cells(seen)).to_have_text([second])
    expect(ticked(seen)).to_have_count(0)
    table(seen).click(position={"x": BOX, "y": FIRST_ROW})
    expect(seen.page.get_by_text("2 chosen")).to_be_visible()
    seen.page.get_by_label("Find a creator").fill("")
    expect(ticked(seen)).to_have_text([first, second])


def test_the_sixth_tick_says_that_five_are_compared_and_all_are_cleared_at_once(demo_server, visit):
    seen = visit(demo_server).open("?market=DE-1")
    for row in range(6):
        table(seen).click(position={"x": BOX, "y": FIRST_ROW + ROW * row})
        expect(seen.page.get_by_text(f"{row + 1} chosen")).to_be_visible()
    expect(seen.page.get_by_text("Compare takes the first 5.")).to_be_in_viewport()
    seen.page.get_by_role("button", name="Clear", exact=True).click()
    expect(seen.page.get_by_text(re.compile("chosen$"))).to_have_count(0)
    expect(seen.page).not_to_have_url(re.compile("[?&]s="))


def test_a_part_of_a_name_is_found_while_it_is_typed(demo_server, visit):
    seen = visit(demo_server).open("?market=DE-1&page=2")
    seen.page.get_by_label("Find a creator").press_sequentially("puffin stud", delay=40)
    expect(seen.page.get_by_text("1-1 of 1")).to_be_visible()
    seen.settled()
    expect(cells(seen)).to_have_text(["Paper Puffin Studio"])
    assert seen.in_order() == []


def test_a_head_orders_the_whole_list_and_the_other_way_round(demo_server, visit):
    seen = visit(demo_server).open("?market=DE-1")
    for way in ("Largest first", "Smallest first"):
        table(seen).click(position={"x": EXPECTED, "y": HEAD})
        box = seen.page.get_by_label("Direction")
        expect(box).to_have_value(way)
        seen.settled()
    expect(seen.page).to_have_url(re.compile("sort=Expected"))
    expect(seen.page).to_have_url(re.compile("way=Smallest"))
    ordered = names(seen)
    seen.page.reload()
    assert names(seen.settled())[:10] == ordered[:10]


def test_the_pager_says_where_one_is(demo_server, visit):
    seen = visit(demo_server).open("?market=DE-1")
    expect(seen.page.get_by_text("1-50 of 60")).to_be_visible()
    seen.page.get_by_test_id("stPagination").get_by_role("button").last.click()
    expect(seen.page.get_by_text("51-60 of 60")).to_be_visible()
    expect(seen.page).to_have_url(re.compile("[?&]page=2"))


def test_a_name_opens_the_creators_page(demo_server, visit):
    seen = visit(demo_server).open("?market=DE-1")
    first = names(seen)[0]
    table(seen).click(position={"x": NAME, "y": FIRST_ROW})
    seen.page.wait_for_url(re.compile(r"recommended_role\?.*creator=demo-\d+"))
    expect(seen.page.get_by_role("combobox").first).to_be_visible()
    seen.page.wait_for_function("name => document.querySelector('h2')?.innerText.includes(name)", arg=first)
    assert seen.settled().in_order() == []


def test_the_first_rows_stand_in_the_first_screen(demo_server, visit):
    for market in ("DE-1", "DE-60_FR-40"):
        seen = visit(demo_server).open(f"?market={market}")
        assert table(seen).bounding_box()["y"] + 2 * HEAD <= HIGHEST_ROW
        assert table(seen).evaluate("e => e.querySelector('.dvn-scroller').scrollWidth <= e.clientWidth + 1")


def test_a_phone_ticks_and_opens_too(demo_server, visit):
    seen = visit(demo_server, size=PHONE).open("?market=DE-1")
    narrow = seen.page.locator(".st-key-list_narrow").get_by_test_id("stDataFrame")
    narrow.scroll_into_view_if_needed()
    expect(seen.page.locator(".st-key-list_wide")).to_be_hidden()
    narrow.click(position={"x": BOX, "y": FIRST_ROW + 15})
    expect(seen.page.get_by_text("1 chosen")).to_be_in_viewport()
    assert seen.settled().in_order() == []
    narrow.scroll_into_view_if_needed()
    narrow.click(position={"x": 340, "y": FIRST_ROW + 15 + NARROW_ROW})
    seen.page.wait_for_url(re.compile(r"recommended_role\?.*creator=demo-\d+"))


def test_a_typed_part_chooses_the_creator_of_a_page(demo_server, visit):
    seen = visit(demo_server).open("natural_strength?market=DE-1&creator=demo-003")
    box = seen.page.get_by_role("combobox", name="Creator")
    box.click()
    box.fill("puffin stud")
    box.press("Enter")
    expect(seen.page).to_have_url(re.compile("creator=demo-008"))
    assert seen.settled().in_order() == []
    box.click()
    box.fill("paul")
    box.press("Enter")
    seen.page.keyboard.press("Escape")
    expect(seen.page).to_have_url(re.compile("creator=demo-008"))
