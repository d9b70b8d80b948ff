"""Does each reader's browser get numbers and dates in its own signs, and is a newcomer led on a phone too?"""

import re

import pytest

from tests.browser.driver import PHONE, Visit, expect

FIGURES = '[data-testid="stMetricValue"]'


@pytest.fixture
def visit_as(demo_server, chromium):
    """Open a page as a browser with this locale; the windows are closed afterwards."""
    windows = []

    def visit(locale: str, path: str, size: dict | None = None) -> Visit:
        windows.append(chromium.new_context(locale=locale, **({"viewport": size} if size else {})))
        return Visit(windows[-1].new_page(), demo_server).open(path)

    yield visit
    for window in windows:
        window.close()


@pytest.mark.parametrize(
    ("locale", "reach", "day"),
    [("de-DE", r"\d+\.\d{3}", r"\d\d\.\d\d\.\d{4}"), ("en-US", r"\d+,\d{3}", r"[A-Z][a-z]+ \d{1,2}, \d{4}")],
)
def test_a_reader_gets_numbers_and_dates_in_the_own_signs(visit_as, locale, reach, day):
    page = visit_as(locale, "audience_geography?market=DE-60_AT-40&creator=demo-001").page
    expect(page.locator(FIGURES).nth(1)).to_have_text(re.compile(rf"^{reach}$"))
    expect(page.get_by_text(re.compile("^Source: "))).to_have_text(re.compile(day))


def test_the_first_page_leads_a_newcomer_on_a_phone_to_the_upload(visit_as):
    seen = visit_as("de-DE", "", PHONE)
    expect(seen.page.get_by_text("Which creator to book, where, in which role")).to_be_visible()
    seen.page.get_by_role("link", name="Load your own data").click()
    expect(seen.page.get_by_role("heading", level=1)).to_have_text("Your data")
    assert seen.settled().in_order() == []
