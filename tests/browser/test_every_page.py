"""Is every page in order for everybody: by day and by night, on a laptop and a phone, with the eyes and without?

A page is any file of pages/ that opens without sign-in: a new one is covered the day it appears. test_sign_in.py and
test_sharing.py look at the others.
"""

import pytest

from fit.access import may_open
from tests.browser.driver import LOOKS, ROOT, expect, running_server

STEMS = sorted(path.stem for path in (ROOT / "pages").glob("*.py") if may_open(None, path.stem))
PATHS = ["" if stem == "shortlist" else stem for stem in STEMS]
LINK = (
    "?market=DE-60_AT-40&goal=conversion&creator=demo-003&s=demo~1001-demo~1003-demo~1010"
    "&target=clicks-300&cost=900-EUR"
)
SLIDES = [f"present{LINK}&present=1&notes=1&slide={slide}" for slide in range(1, 7)]
TABS = [f"your_data{LINK}&tab={tab}" for tab in ("loaded", "judged")]
SHIFTS = """window.shifted = 0;
new PerformanceObserver(list => list.getEntries().forEach(one => window.shifted += one.value))
  .observe({type: "layout-shift"});"""
MOST_SHIFT = 0.02  # of a window's height and width: what a reader does not notice


@pytest.mark.parametrize("look", LOOKS)
def test_every_page_is_in_order_and_nothing_keeps_anybody_out(demo_server, visit, look):
    size, scheme = LOOKS[look]
    seen, wrong = visit(demo_server, size=size, scheme=scheme), {}
    for path in [f"{page}{LINK}" for page in PATHS] + TABS + SLIDES:
        seen.open(path)
        expect(seen.page.get_by_text("Sample data").filter(visible=True).first).to_be_visible()
        found = seen.in_order() + seen.violations()
        wrong |= {path.replace(LINK, ""): found} if found else {}
        seen.forget()
    assert wrong == {}, wrong


@pytest.mark.parametrize(("at", "path"), list(enumerate(PATHS)))
def test_a_shared_link_is_the_first_request_of_a_fresh_server(demo_store, visit, at, path):
    size, scheme = list(LOOKS.values())[at % len(LOOKS)]
    with running_server(demo_store) as address:
        seen = visit(address, size=size, scheme=scheme).open(f"{path}{LINK}")
        assert seen.in_order() == []
        title = seen.page.locator("h1").inner_text()
        expect(seen.page).to_have_title(f"{title} · Creator Fit")
        expect(seen.page).to_have_url(f"{address}/{path}{LINK}")


def test_shortlist_to_comparison_to_presentation_with_the_keyboard_alone(demo_server, visit):
    seen = visit(demo_server).open("?market=DE-1")
    page = seen.page
    page.wait_for_selector('[data-testid="stDataFrame"] canvas')
    _tab_to(page, "document.activeElement.tagName === 'CANVAS'")
    for ticked in (1, 2):
        page.keyboard.press("Shift+Space")
        page.wait_for_function("n => (location.search.match(/[?&]s=([^&]*)/)?.[1] || '').split('-').filter(Boolean)"
                               ".length === n", arg=ticked)  # fmt: skip
        seen.settled()
        page.keyboard.press("ArrowDown")
    _tab_to(
        page, "document.activeElement.innerText?.includes('Compare') && document.activeElement.tagName === 'BUTTON'"
    )
    page.keyboard.press("Enter")
    page.wait_for_function("document.querySelector('h1')?.innerText === 'Compare'")
    page.wait_for_selector(".js-plotly-plot")
    seen.settled()
    _tab_to(page, "document.activeElement.tagName === 'A' && document.activeElement.innerText.includes('Present')")
    page.keyboard.press("Enter")
    page.wait_for_function("document.querySelector('h1')?.innerText === 'Present'")
    assert seen.settled().in_order() == []
    expect(page.get_by_text("60 creators match the brief, 2 are compared here.").first).to_be_visible()


def test_nothing_jumps_while_another_page_is_drawn(demo_server, visit):
    seen = visit(demo_server).open(LINK)
    seen.page.evaluate(SHIFTS)
    shifts = {}
    for title in ("Audience", "Strength", "Role", "Present", "Shortlist") * 2:
        seen.page.get_by_test_id("stSidebarNav").get_by_text(title, exact=True).click()
        seen.page.wait_for_function("title => document.querySelector('h1')?.innerText.startsWith(title)", arg=title)
        seen.settled()
        seen.page.wait_for_timeout(400)
        shifts[title] = seen.page.evaluate("window.shifted")
        seen.page.evaluate("window.shifted = 0")
    assert {title: shift for title, shift in shifts.items() if shift > MOST_SHIFT} == {}


def _tab_to(page: object, is_there: str) -> None:
    """Press Tab until the focus is where the expression says."""
    for _press in range(90):
        page.keyboard.press("Tab")
        if page.evaluate(is_there):
            return
    raise AssertionError(f"Tab does not reach: {is_there}")
