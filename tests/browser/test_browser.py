"""Does the product work in a real browser: by link, on a phone, in the dark, without asking anybody else?"""

import re
import time

import pytest

from tests.browser.conftest import LAPTOP, PHONE, running_server

PAGES = {
    "": "Shortlist",
    "audience_geography": "Audience geography",
    "natural_strength": "Natural strength",
    "recommended_role": "Recommended role",
    "your_data": "Your data",
}
LINK = "?market=DE-60_AT-40&goal=awareness&creator=demo-003"
FIRST_PAGE_WITHIN = 3.0  # seconds, once the server is up and the demo exists
MARKET_CHANGE_WITHIN = 1.0  # seconds, with 10,000 creators
FIRST_ROW = 52  # pixels from the top of the table to the middle of its first row
ROW = 35


@pytest.mark.parametrize(("page", "title"), PAGES.items())
def test_a_shared_link_is_the_first_request_of_a_fresh_server(demo_store, visit, page, title):
    with running_server(demo_store) as address:
        seen = visit(address).open(f"{page}{LINK}")
        assert seen.in_order() == []
        assert (seen.page.locator("h1").inner_text(), seen.page.title()) == (title, f"{title} · Creator Fit")
        assert seen.page.get_by_text("Germany", exact=True).first.is_visible()
        assert re.search(r"market=DE-60_AT-40&goal=awareness&creator=demo-003", seen.page.url)


def test_every_page_is_linked_from_the_first_and_keeps_the_brief(demo_server, visit):
    seen = visit(demo_server).open(LINK)
    for title in PAGES.values():
        seen.page.get_by_test_id("stSidebarNav").get_by_text(title, exact=True).click()
        seen.page.wait_for_function("title => document.querySelector('h1')?.innerText === title", arg=title)
        assert seen.settled().in_order() == []
        assert "market=DE-60_AT-40" in seen.page.url


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("page", PAGES)
def test_pages_fit_a_phone(demo_server, visit, page, scheme):
    seen = visit(demo_server, size=PHONE, scheme=scheme).open(f"{page}{LINK}&s=demo-001-demo-002")
    assert seen.in_order() == []
    assert seen.page.get_by_text("Demo data").first.is_visible()


def test_the_map_is_drawn_without_asking_anybody(demo_server, visit):
    seen = visit(demo_server)
    with seen.page.expect_response(re.compile(r"/app/static/topojson/world_50m\.json$")) as geometry:
        seen.open("audience_geography?market=SG-1_MT-1&creator=demo-019")
    assert geometry.value.status == 200
    seen.page.wait_for_selector(".choroplethlayer path")
    seen.page.wait_for_selector(".scattergeo path")  # Singapore and Malta are dots
    assert seen.in_order() == []


def test_ticked_rows_are_compared_and_stay_in_the_link(demo_server, visit):
    seen = visit(demo_server).open("?market=DE-1")
    table = seen.page.get_by_test_id("stDataFrame").first
    for row in (0, 2):
        table.click(position={"x": 16, "y": FIRST_ROW + ROW * row})
        seen.settled()
    seen.page.wait_for_selector(".js-plotly-plot")
    assert re.search(r"[?&]s=[^&-]+-[^&-]+(&|$)", seen.page.url)
    again = visit(demo_server)
    again.page.goto(seen.page.url)
    again.settled().page.wait_for_selector(".js-plotly-plot")
    assert again.page.locator(".js-plotly-plot").count() == 3
    assert again.in_order() == []


def test_a_row_opens_the_creators_own_page(demo_server, visit):
    seen = visit(demo_server).open("?market=DE-1")
    table = seen.page.get_by_test_id("stDataFrame").first
    table.click(position={"x": 258, "y": FIRST_ROW + ROW})
    seen.page.get_by_text("Strength", exact=True).click()
    seen.page.wait_for_function("document.querySelector('h1')?.innerText === 'Natural strength'")
    assert seen.settled().in_order() == []
    assert re.search(r"natural_strength\?.*creator=demo-", seen.page.url)


def test_the_first_page_is_there_in_time(demo_store, visit):
    with running_server(demo_store) as address:
        began = time.monotonic()
        visit(address).open("").page.wait_for_selector('[data-testid="stDataFrame"] canvas')
        assert time.monotonic() - began < FIRST_PAGE_WITHIN


def test_an_empty_store_shows_a_demo_in_time_and_a_load_replaces_it(tmp_path, visit):
    store, file = tmp_path / "store", tmp_path / "audience <b>.csv"
    file.write_text("creator_id,country,audience_share\nmara,DE,0.5\nmara,Atlantis,0.1\n", encoding="utf-8")
    with running_server(store) as address:
        began = time.monotonic()
        seen = visit(address).open("your_data")
        seen.page.get_by_text("Demo data").first.wait_for()
        assert time.monotonic() - began < 10
        seen.page.locator('input[type="file"]').set_input_files(str(file))
        seen.page.get_by_text("audience <b>.csv").first.wait_for()
        seen.page.get_by_role("button", name="Load files").click()
        seen.page.get_by_text("What became of your files").wait_for(timeout=30_000)
        assert seen.settled().in_order() == []
        assert seen.page.get_by_text("partly imported").count() == 1
        assert seen.page.get_by_text("Demo data").count() == 0
        assert seen.page.get_by_role("heading", name="1 creator and 0 campaigns of your data are loaded").count() == 1


def test_a_change_of_market_is_quick_with_ten_thousand_creators(tmp_path, visit, run_fit):
    run_fit("demo", "--creators", 10_000, "--store", tmp_path)
    with running_server(tmp_path) as address:
        seen = visit(address, size=LAPTOP).open("?market=DE-1")
        taken = []
        for country in ("Austria", "France", "Poland"):
            box = seen.page.get_by_label("Target markets").last
            box.click()
            box.fill(country)
            began = time.monotonic()
            box.press("Enter")
            heading = seen.page.get_by_role("heading", name=re.compile(f"of 10,000 creators for .*{country}"))
            heading.wait_for(timeout=10_000)
            taken.append(time.monotonic() - began)
            seen.page.keyboard.press("Escape")
        assert sorted(taken)[1] < MARKET_CHANGE_WITHIN, taken
        assert seen.in_order() == []
