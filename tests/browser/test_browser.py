"""Does the product work in a real browser: by link, on a phone, in the dark, without asking anybody else?"""

import re

from tests.browser.driver import expect, running_server
from tests.pages.driver import PAGES

LINK = "?market=DE-60_AT-40&goal=awareness&creator=demo-003"


def test_every_page_is_linked_from_the_first_and_keeps_the_brief(demo_server, visit):
    seen = visit(demo_server).open(LINK)
    for title in PAGES.values():
        seen.page.get_by_test_id("stSidebarNav").get_by_text(title, exact=True).click()
        seen.page.wait_for_function("title => document.querySelector('h1')?.innerText === title", arg=title)
        assert seen.settled().in_order() == []
        expect(seen.page).to_have_url(re.compile("market=DE-60_AT-40"))


def test_the_map_is_drawn_without_asking_anybody(demo_server, visit):
    seen = visit(demo_server).open("audience_geography?market=SG-1_MT-1&creator=demo-019")
    with seen.page.expect_response(re.compile(r"/app/static/topojson/world_50m\.json$")) as geometry:
        seen.page.get_by_role("tab", name="Map").click()
    assert geometry.value.status == 200
    seen.page.wait_for_selector(".choroplethlayer path")
    seen.page.wait_for_selector(".scattergeo path")  # Singapore and Malta are dots
    assert seen.in_order() == []


def test_what_a_closed_tab_or_box_holds_is_there_once_it_is_opened(demo_server, visit):
    seen = visit(demo_server).open("recommended_role?market=DE-1&creator=demo-003")
    assert seen.page.get_by_role("heading", name="Overall, in any market").count() == 0
    seen.page.get_by_role("tab", name="Evidence").click()
    seen.page.get_by_role("heading", name="Overall, in any market").wait_for()
    origins = seen.page.get_by_text("Where these numbers come from")
    assert seen.page.get_by_role("region", name="Origin of every figure").count() == 0
    origins.click()
    seen.page.get_by_role("region", name="Origin of every figure").wait_for()
    seen.page.get_by_role("tab", name="Price").click()
    seen.page.get_by_role("spinbutton", name="Margin per purchase").fill("40")
    seen.page.keyboard.press("Enter")
    seen.page.get_by_text("your margin per purchase").first.wait_for()
    assert "worth=40" in seen.page.url
    seen.page.get_by_role("tab", name="Forecast").click()
    seen.page.get_by_role("heading", name="What to expect").wait_for()
    assert "worth=40" in seen.page.url
    assert seen.in_order() == []


def test_a_forecast_is_counted_in_dots_and_its_line_stays_in_the_link(demo_server, visit):
    seen = visit(demo_server).open("recommended_role?market=DE-1&creator=demo-003&target=clicks-300&cost=900-EUR")
    seen.page.get_by_role("heading", name=re.compile(r"Clicks: \d+ of 20 reach 300")).wait_for()
    more = seen.page.get_by_label("How many")
    more.fill("2")
    more.press("Enter")
    seen.page.get_by_text(re.compile("^2 x video by .* for 900 EUR")).wait_for()
    seen.page.get_by_test_id("stSidebarNav").get_by_text("Strength", exact=True).click()
    seen.page.wait_for_function("document.querySelector('h1')?.innerText === 'Strength'")
    assert seen.settled().in_order() == []
    for part in ("deliverable=video-2", "cost=900-EUR", "target=clicks-300"):
        expect(seen.page).to_have_url(re.compile(part))


def test_an_empty_store_shows_a_demo_and_a_load_replaces_it(tmp_path, visit):
    store, file = tmp_path / "store", tmp_path / "audience <b>.csv"
    file.write_text("creator_id,country,audience_share\nmara,DE,0.5\nmara,Atlantis,0.1\n", encoding="utf-8")
    with running_server(store) as address:
        seen = visit(address).open("your_data")
        seen.page.get_by_text("Sample data").first.wait_for()
        seen.page.locator('input[type="file"]').set_input_files(str(file))
        seen.page.get_by_text("audience <b>.csv").first.wait_for()
        seen.page.get_by_role("button", name="Load files").click()
        seen.page.get_by_text("Your files").wait_for(timeout=30_000)
        assert seen.settled().in_order() == []
        assert seen.page.get_by_text("The audience of mara is in.").count() == 1
        assert seen.page.get_by_text("Sample data").count() == 0
        assert seen.page.get_by_role("heading", name="1 creator and 0 campaigns are loaded").count() == 1


def test_the_list_follows_each_market_that_is_added(demo_server, visit):
    seen = visit(demo_server).open("?market=DE-1")
    chosen = {"Austria": "Germany and Austria", "France": "your 3 markets", "Poland": "your 4 markets"}
    for country, where in chosen.items():
        if not seen.page.get_by_label("Target markets").last.is_visible():
            seen.page.get_by_test_id("stPopover").get_by_role("button", name=re.compile("^Market")).click()
        box = seen.page.get_by_label("Target markets").last
        box.click()
        box.fill(country)
        seen.page.get_by_role("option", name=country, exact=True).click()
        seen.page.locator("h2", has_text=re.compile(f"^Book .* in {where} for ")).wait_for()
        seen.page.keyboard.press("Escape")
    assert seen.in_order() == []


def test_names_that_try_to_be_markup_ask_nobody(tmp_path, visit, run_fit):
    names = ["![p](http://x.example/a.png)", "<img src=x onerror=console.error(1)>", ":red[TOP] www.evil.example"]
    rows = [f"h{i},{name},instagram,DE,5000" for i, name in enumerate(names)]
    (tmp_path / "creators.csv").write_text(
        "\n".join(["creator_id,creator_name,platform,home_country,followers", *rows]), encoding="utf-8"
    )
    shares = [f"h{i},DE,0.6,{name}" for i, name in enumerate(names)]
    (tmp_path / "audience.csv").write_text(
        "\n".join(["creator_id,country,audience_share,source", *shares]), encoding="utf-8"
    )
    run_fit("load", tmp_path / "creators.csv", tmp_path / "audience.csv", "--store", tmp_path / "store")
    with running_server(tmp_path / "store") as address:
        seen = visit(address)
        for i, page in enumerate(PAGES):
            path = "" if page == "shortlist" else page
            assert seen.open(f"{path}?market=DE-1&creator=h{i % 3}&s=h0-h1-h2").in_order() == []
            if page in ("audience_geography", "natural_strength", "recommended_role"):
                assert names[i % 3] in seen.page.locator("h2").first.inner_text().replace("\u2060", "")
