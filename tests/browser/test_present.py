"""Can a presentation be held in a browser, with the keyboard alone, by link, on a phone, without asking anybody?"""

import re

import pytest

from tests.browser.driver import PHONE, expect

LINK = "present?market=DE-60_AT-40&s=demo~1001-demo~1003-demo~1010&target=conversions-10"


def on_slide(seen, number: int) -> None:
    seen.page.get_by_text(re.compile(f"^Slide {number} of 6 ")).wait_for()


def test_the_keyboard_alone_goes_through_the_slides(demo_server, visit):
    seen = visit(demo_server).open(LINK)
    seen.page.get_by_role("button", name="Start the presentation").press("Enter")
    seen.page.get_by_test_id("stSidebar").wait_for(state="hidden")
    for number in range(1, 6):
        on_slide(seen, number)
        assert seen.settled().in_order() == []
        seen.page.keyboard.press("ArrowRight")
    on_slide(seen, 6)
    expect(seen.page.get_by_role("button", name="Next")).to_be_disabled()
    seen.page.keyboard.press("ArrowLeft")
    on_slide(seen, 5)
    expect(seen.page).to_have_url(re.compile(r"slide=5"))
    expect(seen.page).to_have_url(re.compile(r"present=1"))
    seen.page.get_by_role("button", name="Back").press("Enter")
    on_slide(seen, 4)
    seen.page.keyboard.press("Escape")
    seen.page.get_by_role("heading", name="Present", exact=True).wait_for()
    seen.page.get_by_test_id("stSidebarNav").wait_for()
    assert seen.settled().in_order() == []


@pytest.mark.parametrize("size", [(1280, 720), (1440, 900)])
def test_a_slide_is_wide_whole_and_needs_no_scrolling(demo_server, visit, size):
    seen = visit(demo_server)
    seen.page.set_viewport_size({"width": size[0], "height": size[1]})
    for number in range(1, 7):
        seen.open(f"{LINK}&present=1&slide={number}").settled()
        slide = seen.page.locator(".slide")
        box = slide.bounding_box()
        assert box["width"] / box["height"] == pytest.approx(16 / 9, rel=0.01)
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= size[1]
        assert slide.evaluate("slide => slide.scrollHeight - slide.clientHeight") <= 1
        assert slide.locator(".body").evaluate("body => body.scrollHeight - body.clientHeight") <= 1
        assert seen.page.locator(".st-key-link_fields").is_hidden()
        assert seen.page.get_by_test_id("stMain").evaluate("main => main.scrollHeight - main.clientHeight") <= 1


def test_nothing_of_a_slide_is_cut_off_on_a_phone(demo_server, visit):
    seen = visit(demo_server, size=PHONE)
    cut = """slide => [...slide.querySelectorAll('*')].filter(
        part => !part.closest('thead') && getComputedStyle(part).overflow !== 'visible'
            && (part.scrollHeight > part.clientHeight + 1 || part.scrollWidth > part.clientWidth + 1)
        || !part.closest('thead') && part.getBoundingClientRect().right > slide.getBoundingClientRect().right + 1
    ).map(part => part.outerHTML.slice(0, 90))"""
    for number in range(1, 7):
        seen.open(f"{LINK}&slide={number}").settled()
        on_slide(seen, number)
        assert seen.page.locator(".slide").evaluate(cut) == []
        rows = [row.bounding_box()["height"] for row in seen.page.locator(".slide tbody tr").all()]
        assert all(height > 20 for height in rows)
