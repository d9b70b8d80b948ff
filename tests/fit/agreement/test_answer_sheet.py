"""Do answers come back from a sheet that was filled elsewhere, whatever an editor did to it?"""

import io
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pypdf import PdfReader

from fit.agreement.agreement import Agreement, AgreementError, RedLine, Task
from fit.agreement.answer_sheet import (
    HINTS,
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
# Any text of any script, and pieces that a sheet itself is made of.
PIECES = st.one_of(
    st.text(st.characters(codec="utf-8"), max_size=30),
    st.sampled_from(
        [
            "\n",
            "## 1. What",
            "\\## 2) x",
            " ### 4.",
            "(",
            ")",
            "____",
            "\\",
            "side: brand",
            "# 3. ",
            "- (no discount codes)",
        ]
        + [f"({hint})" for hint in HINTS.values()]
    ),
)
ANSWERS = st.lists(PIECES, min_size=1, max_size=6).map("".join).filter(str.strip)


@pytest.mark.thorough
@given(st.lists(ANSWERS, min_size=4, max_size=4))
@example(["(no discount codes)", "## 2. nothing", "____", "(In your own words, not in numbers.)"])
def test_what_stands_in_a_sheet_is_read_back(answers):
    agreement = EMPTY
    for question, text in zip(QUESTIONS, answers, strict=True):
        agreement = with_answer(agreement, "creator", question, text)
    assert count_answered(agreement, "creator") == 4
    kept = {each.question: each.text for each in agreement.answers}
    assert read_sheet(sheet_text("creator", "Kitchen", agreement).encode()) == Sheet("creator", kept)


def test_lines_in_brackets_are_answers():
    sheet = sheet_text("creator", "Kitchen").split("## 3.")[0] + (
        "## 3. What will you not compromise on?\n\n(no discount codes)\n- no scripts\n(and they save it for later)\n"
    )
    said = "(no discount codes)\n- no scripts\n(and they save it for later)"
    assert read_sheet(sheet.encode()) == Sheet("creator", {QUESTIONS[2]: said})


def test_a_sheet_of_an_earlier_version_has_its_hints_below_the_headings():
    blocks = [f"## {number}. {question}\n\n({HINTS[question]})" for number, question in enumerate(QUESTIONS, 1)]
    blocks[1] += "\n\n(they save it)"
    assert read_sheet("\n\n".join(blocks)) == Sheet(None, {QUESTIONS[1]: "(they save it)"})


def test_a_number_that_stands_twice_is_a_line_of_the_answer():
    text = "## 1. a\none\n## 2. my own list\ntwo\n## 2. What must happen?\nthree\n"
    assert read_sheet(text) == Sheet(None, {QUESTIONS[0]: "one", QUESTIONS[1]: "two\n## 2. What must happen?\nthree"})


def test_an_answer_that_is_too_long_is_refused_and_not_cut():
    with pytest.raises(AgreementError, match="answer to question 2 has 5,001 characters; at most 5,000"):
        read_sheet(f"## 2. x\n{'a' * 5_001}")


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
