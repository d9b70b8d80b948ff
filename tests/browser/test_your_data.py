"""Does a browser bring files in: looked at first, questions answered on the page, remembered, and taken back?"""

import re
import zipfile

from tests.browser.driver import PHONE, expect, running_server

HEADER = "Creator,Platform,Fee (EUR),Post date,Views,Sales\n"
MINE = f"{HEADER}Ada <b>,instagram,250,2025-04-01,12500,12\n"
NEXT = f"{HEADER}Bo,tiktok,150,2025-05-01,8000,7\nCleo,tiktok,90,2025-05-02,12..5,3\n"
NUMBER = "Number of sales (orders, code uses)"


def dropped(seen, path):
    """Drop a file and press Preview."""
    seen.page.locator('input[type="file"]').set_input_files(str(path))
    seen.page.get_by_test_id("stFileChip").first.wait_for()
    seen.page.get_by_role("button", name="Preview", exact=True).click()
    seen.page.get_by_role("heading", name="What these files would change").wait_for(timeout=30_000)
    return seen.settled()


def test_a_question_about_a_column_is_answered_once_and_for_all(tmp_path, visit, run_fit):
    first, second = tmp_path / "mine.csv", tmp_path / "next.csv"
    first.write_text(MINE, encoding="utf-8")
    second.write_text(NEXT, encoding="utf-8")
    run_fit("demo", "--creators", 15, "--store", tmp_path / "store")
    with running_server(tmp_path / "store") as address:
        seen = dropped(visit(address, size=PHONE, scheme="dark").open("your_data"), first)
        page = seen.page
        expect(page.get_by_role("heading", name=re.compile("^A few questions about mine"))).to_be_visible()
        expect(page.get_by_role("button", name="Preview with these answers")).to_be_disabled()
        page.get_by_text(NUMBER).click()
        expect(page.get_by_role("button", name="Preview with these answers")).to_be_enabled()
        page.get_by_role("button", name="Preview with these answers").click()
        expect(page.get_by_text(re.compile("1 will be imported. Nothing is changed yet.$"))).to_be_visible(
            timeout=30_000
        )
        assert seen.settled().in_order() == []
        page.get_by_role("button", name="Load these files").click()
        page.get_by_role("heading", name="Your files").wait_for(timeout=30_000)
        expect(page.get_by_text("Ada <b> is in, with 1 row of campaign results.")).to_be_visible()
        assert seen.settled().in_order() == []
        expect(page.get_by_test_id("stFileChip")).to_have_count(0)
        dropped(seen, second)
        expect(page.get_by_text(re.compile("1 will be imported in part. Nothing is changed yet.$"))).to_be_visible()
        expect(page.get_by_text(re.compile(r"1 row needs a look: row 3 \(Cleo\), "))).to_be_visible()
        expect(page.get_by_role("heading", name=re.compile("^A few questions"))).to_have_count(0)
        assert seen.settled().in_order() == []
        page.get_by_role("button", name="Undo the last load").click()
        page.get_by_role("dialog").get_by_role("button", name="Undo the load").click()
        expect(
            page.get_by_text("The last load is undone: your data is as it was before it (data version 1).")
        ).to_be_visible()
        assert seen.settled().in_order() == []


def test_a_load_leads_to_the_list_for_the_market_of_its_audiences(tmp_path, visit, run_fit):
    mine = tmp_path / "audience.csv"
    mine.write_text("creator_id,country,audience_share\nada,FR,0.6\nbo,FR,0.5\nbo,DE,0.4\n", encoding="utf-8")
    run_fit("demo", "--creators", 15, "--store", tmp_path / "store")
    with running_server(tmp_path / "store") as address:
        seen = visit(address).open("your_data")
        page = seen.page
        page.locator('input[type="file"]').set_input_files(str(mine))
        page.get_by_test_id("stFileChip").first.wait_for()
        page.get_by_role("button", name="Load files", exact=True).click()
        expect(page.get_by_text("The audiences of 2 creators are in: ada and bo.")).to_be_visible()
        page.get_by_role("tab", name="What is loaded").click()
        expect(page.get_by_role("heading", name="Rows skipped")).to_be_visible()
        expect(page).to_have_url(re.compile("[?&]tab=loaded"))
        page.get_by_role("tab", name="Load files").click()
        assert seen.settled().in_order() == []
        page.get_by_role("button", name="See the shortlist for France").click()
        page.get_by_role("heading", name="Shortlist", level=1).wait_for()
        expect(page).to_have_url(re.compile("[?&]market=FR-100"))
        assert seen.settled().in_order() == []


def test_templates_are_taken_along(tmp_path, visit, demo_server):
    seen = visit(demo_server, size=PHONE, scheme="dark").open("your_data?tab=judged")
    page = seen.page
    expect(page.get_by_role("heading", name="What was learned from all creators")).to_be_visible()
    page.get_by_role("tab", name="Load files").click()
    expect(page).not_to_have_url(re.compile("tab=judged"))
    seen.settled()
    with page.expect_download() as taken:
        page.get_by_role("button", name="Campaign tracker").click()
    assert taken.value.suggested_filename == "tracker.xlsx"
    taken.value.save_as(tmp_path / "tracker.xlsx")
    assert zipfile.is_zipfile(tmp_path / "tracker.xlsx")
    assert seen.in_order() == []
