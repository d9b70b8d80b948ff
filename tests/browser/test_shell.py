"""Is what surrounds the pages a product's: menu in groups, brief in reach, a link to copy, and nothing that jumps?"""

import re

import pytest

from tests.browser.driver import LAPTOP, PHONE, expect, running_server

VIEW = "?market=DE-60_FR-40&platform=instagram&min_share=0.1"
WATCHED = """window.shifted = 0; window.menus = new Set();
new PerformanceObserver(list => list.getEntries().forEach(one => window.shifted += one.value))
  .observe({type: 'layout-shift', buffered: true});
setInterval(() => window.menus.add(document.querySelector('[data-testid=stSidebarNav]')?.innerText || ''), 20);"""
MOST_SHIFT = 0.1  # of a first load; what the field calls good
FIRST_SCREEN = 1500  # milliseconds that a page may go on moving after its run has ended


def test_the_link_is_copied_with_the_keyboard_and_shows_the_same_view(demo_server, visit):
    seen = visit(demo_server).open(VIEW)
    seen.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    seen.page.get_by_role("button", name="Copy link").press("Enter")
    expect(seen.page.get_by_role("button", name="Copied")).to_be_focused()
    copied = seen.page.evaluate("navigator.clipboard.readText()")
    assert copied == f"{demo_server}/{VIEW}"
    expect(seen.page.get_by_role("button", name="Copy link")).to_be_visible()
    again = visit(demo_server)
    again.page.goto(copied)
    for said in (re.compile("^Markets: Germany 60.%, France 40.%"), "Filters (2)"):
        expect(again.settled().page.get_by_role("button", name=said)).to_be_visible()
    assert seen.in_order() + again.in_order() == []


def test_a_page_without_a_clipboard_copies_the_older_way(demo_server, visit):
    seen = visit(demo_server)
    seen.page.add_init_script("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    seen.page.add_init_script(
        "document.execCommand = name => { window.copied = document.activeElement.value; return true }"
    )
    seen.open(f"your_data{VIEW}").page.get_by_role("button", name="Copy link").click()
    expect(seen.page.get_by_role("button", name="Copied")).to_be_visible()
    assert seen.page.evaluate("window.copied") == f"{demo_server}/your_data{VIEW}"


def test_the_clean_view_shows_nothing_of_the_frame(demo_server, visit):
    seen = visit(demo_server).open("present?market=DE-1&s=demo~1001-demo~1003&present=1")
    for name in ("Copy link", re.compile("^Market: "), re.compile("^Filters")):
        expect(seen.page.get_by_role("button", name=name)).to_have_count(0)
    expect(seen.page.get_by_text("Sample data").first).to_be_visible()
    assert [field for field in seen.page.get_by_test_id("stTextInput").all() if field.is_visible()] == []


@pytest.mark.parametrize("size", [LAPTOP, PHONE], ids=["laptop", "phone"])
def test_the_brief_is_changed_in_place_with_one_press(demo_server, visit, size):
    seen = visit(demo_server, size=size).open("audience_geography?market=DE-60_FR-40&creator=demo-001")
    seen.page.get_by_role("button", name=re.compile("^Goal: Conversion")).click()
    seen.page.get_by_role("radiogroup", name="Goal").get_by_text("Awareness", exact=True).click()
    expect(seen.page.get_by_role("button", name=re.compile("^Goal: Awareness"))).to_be_visible()
    expect(seen.page).to_have_url(re.compile("goal=awareness"))
    seen.page.keyboard.press("Escape")
    bar = seen.settled().page.locator(".st-key-top").bounding_box()
    assert bar["height"] <= (48 if size == LAPTOP else 150)
    assert seen.in_order() == []


def test_a_fresh_server_shows_the_menu_in_groups_and_never_names_of_files(demo_store, visit):
    with running_server(demo_store) as address:
        seen = visit(address)
        seen.page.add_init_script(WATCHED)
        seen.open("")
        menus = [menu for menu in seen.page.evaluate("[...window.menus]") if "Shortlist" in menu or "shortlist" in menu]
    assert len(menus) == 1
    groups = [
        line for line in menus[0].splitlines() if line in ("Choose", "Creator", "Agree", "Learn", "Share", "Data")
    ]
    assert groups == ["Choose", "Creator", "Agree", "Learn", "Share", "Data"]


@pytest.mark.parametrize("path", ["", "audience_geography?market=DE-1", "recommended_role?market=DE-1"])
def test_nothing_jumps_while_a_page_loads_first(demo_server, visit, path):
    seen = visit(demo_server, size=LAPTOP)
    seen.page.add_init_script(WATCHED)
    seen.open(path).page.wait_for_timeout(FIRST_SCREEN)
    assert seen.page.evaluate("window.shifted") < MOST_SHIFT


def test_scripts_come_compressed(demo_server, visit):
    seen = visit(demo_server)
    with seen.page.expect_response(re.compile(r"/static/js/index\.[^/]+\.js$")) as script:
        seen.open("")
    assert script.value.headers["content-encoding"] == "gzip"


def test_an_old_link_opens_the_page_that_it_always_opened(demo_server, visit):
    seen = visit(demo_server)
    link = "?market=DE-60_AT-40&goal=conversion&creator=demo-003&s=demo~1001-demo~1003&target=clicks-300&cost=900-EUR"
    for page, title in (("natural_strength", "Strength"), ("recommended_role", "Role"), ("goal_conversation", "Goals")):
        seen.open(f"{page}{link}")
        expect(seen.page.locator("h1")).to_have_text(title)
        expect(seen.page).to_have_url(f"{demo_server}/{page}{link}")
    assert seen.in_order() == []
