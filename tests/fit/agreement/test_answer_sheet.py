"""Do answers come back from a sheet that was filled elsewhere, whatever an editor did to it?"""

import io
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from fit.agreement.agreement import Agreement, AgreementError, RedLine, Task
from fit.agreement.answer_sheet import (
    QUESTIONS,
    Sheet,
    count_answered,
    read_sheet,
    sheet_document,
    sheet_text,
    single_wishes,
    with_answer,
    with_commitments,
    with_red_lines,
)
from fit.documents.document_pdf import document_as_pdf

EMPTY = Agreement("ada", (("DE", 1.0),))
ANSWER = st.text(st.characters(codec="utf-8", exclude_characters="#\r"), min_size=1, max_size=60).map(str.strip)


@given(st.lists(ANSWER.filter(lambda text: text and not text.startswith(("(", "_"))), min_size=4, max_size=4))
def test_what_stands_in_a_sheet_is_read_back(answers):
    agreement = EMPTY
    for question, text in zip(QUESTIONS, answers, strict=True):
        agreement = with_answer(agreement, "creator", question, text)
    assert count_answered(agreement, "creator") == 4
    kept = {each.question: each.text for each in agreement.answers}
    assert read_sheet(sheet_text("creator", "Kitchen", agreement).encode()) == Sheet("creator", kept)


def test_an_editor_may_change_line_ends_marks_and_headings():
    text = "\ufeff# Sheet\r\nSide = Brand\r\n### 3) Rote Linien?\r\n- no discounts\r\n\r\n## 1. x\r\norders\r\n"
    assert read_sheet(text.encode()) == Sheet("brand", {QUESTIONS[2]: "- no discounts", QUESTIONS[0]: "orders"})


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xff\xfe", "not UTF-8"),
        (b"hello", "No question was found"),
        (sheet_text("brand", "Kitchen").encode(), "no answer yet"),
        (b"## 9. What?\nx", "No question was found"),
        (b"x" * 2_000_000, "at most"),
    ],
)
def test_a_file_that_is_no_filled_sheet_is_refused_in_a_sentence(content, said):
    with pytest.raises(AgreementError, match=said):
        read_sheet(content)


def test_an_answer_takes_the_place_of_the_one_before_and_an_empty_one_takes_it_away():
    once = with_answer(EMPTY, "brand", QUESTIONS[1], "a")
    assert with_answer(once, "brand", QUESTIONS[1], " b ").answers[0].text == "b"
    assert with_answer(once, "brand", QUESTIONS[1], " ") == EMPTY


def test_each_line_of_an_answer_becomes_one_red_line_or_commitment_once():
    agreement = with_answer(EMPTY, "creator", QUESTIONS[2], "* no scripts\n\n- my pictures\n- no scripts")
    assert single_wishes("* a\n\n b ") == ["a", "b"]
    lines = (RedLine("creator", "no scripts"), RedLine("creator", "my pictures"))
    assert with_red_lines(with_red_lines(agreement, "creator"), "creator").red_lines == lines
    promised = with_answer(EMPTY, "brand", QUESTIONS[3], "boosts the post")
    assert with_commitments(promised, "brand").commitments == (Task("brand", "boosts the post"),)


def test_the_printed_sheet_holds_every_question_on_one_page():
    pages = PdfReader(io.BytesIO(document_as_pdf(sheet_document("creator", "Kitchen"), date(2026, 1, 10)))).pages
    text = " ".join(pages[0].extract_text().split())
    assert (len(pages), [question in text for question in QUESTIONS]) == (1, [True] * 4)
