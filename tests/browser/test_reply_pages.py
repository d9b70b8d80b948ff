"""Can a creator sign and answer on a phone, in one file without a network, and does it come back as it was typed?"""

from pathlib import Path

import pytest

from fit.agreement.answer_sheet import QUESTIONS, read_sheet
from fit.charter.charter import hash_of
from fit.charter.returned_signature import read_signature
from fit.documents.reply_pages import answer_page, page_to_sign
from tests.browser.driver import PHONE, expect
from tests.fit.documents.saved_charter import SavedText

TEXT = "# Kitchen\n\n*Partnership charter*\n\nTwo work together.\n\n## Red lines\n\n- no scripts\n\n---\n\nToday\n"
ANSWERS = [
    "(no discount codes)\n## 2. not a heading\n\\## 3. nor this",
    "____",
    "مها تحب المطبخ\n東京 🧡\n(In your own words, not in numbers.)",
    "- answers comments\n\n- (within two days)",
]


@pytest.fixture
def opened(visit, tmp_path):
    """Open a page from a file, as from a mail."""

    def put(text: str):
        file = tmp_path / "page.html"
        file.write_text(text, encoding="utf-8")
        window = visit("file:", size=PHONE)
        window.page.goto(file.as_uri())
        return window

    return put


def finished(window, button: str) -> bytes:
    with window.page.expect_download() as waiting:
        window.page.get_by_role("button", name=button, exact=True).click()
    return Path(waiting.value.path()).read_bytes()


def fits(window) -> bool:
    return window.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_creator_signs_on_a_phone(opened):
    window = opened(page_to_sign(SavedText("kitchen", TEXT, hash_of(TEXT)), "creator"))
    page = window.page
    page.get_by_role("button", name="Sign", exact=True).click()
    expect(page.locator("#said")).to_have_text("Write your name first.")
    page.get_by_label("Your name").fill("  Mara  カッコウ ")
    page.get_by_role("button", name="Sign", exact=True).click()
    expect(page.locator("#said")).to_have_text("Tick that you have read the charter and agree to it.")
    page.get_by_role("checkbox").check()
    back = read_signature(finished(window, "Sign"))
    assert (back.signer, back.sha256, back.side, back.signed_at is not None) == (
        "Mara カッコウ", hash_of(TEXT), "creator", True,
    )  # fmt: skip
    assert (fits(window), window.foreign, window.complaints, window.violations()) == (True, [], [], [])


def test_a_page_whose_text_was_changed_signs_nothing(opened):
    page = opened(page_to_sign(SavedText("kitchen", TEXT + "x", hash_of(TEXT)), "creator")).page
    page.get_by_label("Your name").fill("Mara")
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Sign", exact=True).click()
    expect(page.locator("#said")).to_contain_text("This file was changed on its way")
    expect(page.locator("#result")).to_be_hidden()


def test_answers_come_back_as_they_were_typed_and_survive_a_reload(opened):
    window = opened(answer_page("creator", "Kitchen & drawers"))
    page = window.page
    for number, answer in enumerate(ANSWERS, 1):
        page.locator(f"#answer-{number}").fill(answer)
    page.reload()
    sheet = read_sheet(finished(window, "Finish"))
    assert (sheet.side, sheet.answers) == ("creator", dict(zip(QUESTIONS, ANSWERS, strict=True)))
    assert (fits(window), window.foreign, window.complaints, window.violations()) == (True, [], [], [])


def test_nothing_typed_and_too_much_are_said_and_nothing_is_lost(opened):
    page = opened(answer_page("creator", "Kitchen")).page
    page.get_by_role("button", name="Finish", exact=True).click()
    expect(page.locator("#said")).to_have_text("Write at least one answer first.")
    page.locator("#answer-2").fill("a" * 5_001)
    page.get_by_role("button", name="Finish", exact=True).click()
    expect(page.locator("#said")).to_have_text("Answer 2 has 5001 characters; at most 5000 are kept. Shorten it.")
    assert len(page.locator("#answer-2").input_value()) == 5_001
