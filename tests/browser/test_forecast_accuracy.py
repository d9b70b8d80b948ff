"""Can a reader choose a past campaign, and does the link show it to others, on a laptop and on a phone?"""

import re

from tests.browser.driver import PHONE, expect


def test_a_past_campaign_is_chosen_and_its_link_shows_it_again(demo_server, visit):
    seen = visit(demo_server).open("forecast_accuracy?market=DE-1")
    expect(seen.page.get_by_role("heading", name="fell inside the likely range forecast before")).to_be_visible()
    # A list closes when what stands above it moves: charts and table come first.
    seen.page.wait_for_function("document.querySelectorAll('.js-plotly-plot').length === 2")
    field = seen.settled().page.get_by_role("combobox", name="Campaign")
    field.scroll_into_view_if_needed()
    seen.page.wait_for_selector('[data-testid="stDataFrame"] canvas')
    field.click()
    expect(field).to_have_attribute("aria-expanded", "true")
    second = seen.page.get_by_role("option").nth(1)
    name = second.inner_text()
    second.click()
    expect(seen.page).to_have_url(re.compile("[?&]campaign="))
    assert seen.settled().in_order() == []
    other = visit(demo_server, size=PHONE, scheme="dark")
    other.page.goto(seen.page.url)
    expect(other.settled().page.get_by_role("combobox", name="Campaign")).to_have_value(name)
    assert other.in_order() == []
