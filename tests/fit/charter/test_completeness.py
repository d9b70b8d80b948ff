"""Is everything that a charter lacks named, and nothing that it has or leaves out with a reason?"""

from dataclasses import replace

import pytest

from fit.agreement.agreement import Adjustment, CharterPart, LeftOut, RedLine, Task
from fit.agreement.answer_sheet import FEELS_GOOD, SUCCESS, with_answer
from fit.agreement.rule import DeliverableRule, Limit
from fit.charter.completeness import Missing, missing_parts, own_words, payment_hint
from tests.agreements import agreement, complete

NOTHING = {
    "brand_name": None, "platform": None, "deliverables": (), "start": None, "cost": None, "commitments": (),
    "red_lines": (), "answers": (), "adjustment": Adjustment(),
}  # fmt: skip


def test_a_complete_agreement_lacks_nothing():
    assert missing_parts(complete()) == ()


@pytest.mark.parametrize(
    ("changed", "part", "sentence"),
    [
        ({"brand_name": None}, CharterPart.PARTIES, "Not named yet: the brand."),
        (
            {"brand_contact": None, "platform": None},
            CharterPart.PARTIES,
            "Not named yet: whom to ask at the brand and the platform.",
        ),
        (
            {"answers": with_answer(agreement(), "brand", FEELS_GOOD, "we sell").answers},
            CharterPart.OWN_WORDS,
            "Not said in their own words yet what success looks like: the creator.",
        ),
        ({"deliverables": ()}, CharterPart.DELIVERABLES, "No deliverable is named."),
        ({"end": None}, CharterPart.DATES, "The first or the last day is open."),
        ({"cost": None}, CharterPart.FEE, "The fee is open."),
        ({"currency": None}, CharterPart.FEE, "The fee is open."),
        (
            {"commitments": (Task("creator", "answers"),)},
            CharterPart.BRAND_COMMITMENTS,
            "The brand commits to nothing yet: does it promote this itself?",
        ),
        (
            {"commitments": (Task("brand", "promotes"),)},
            CharterPart.CREATOR_COMMITMENTS,
            "The creator commits to nothing yet.",
        ),
        (
            {"red_lines": ()},
            CharterPart.RED_LINES,
            "No red line is written down: what will each side not compromise on?",
        ),
        (
            {"adjustment": Adjustment("clicks are low", "")},
            CharterPart.ADJUSTMENT,
            "When something must change: not written down yet who is asked and within how many days.",
        ),
    ],
)
def test_what_is_missing_is_named_unless_it_is_left_out_with_a_reason(changed, part, sentence):
    given = complete(**changed)
    assert missing_parts(given) == (Missing(part, sentence),)
    assert missing_parts(replace(given, left_out=(LeftOut(part, "a gift, no pay"),))) == ()


def test_a_fee_of_nothing_is_a_fee():
    assert missing_parts(complete(cost=0.0)) == ()


def test_every_part_of_an_empty_charter_is_asked_for():
    assert [missing.part for missing in missing_parts(complete(**NOTHING))] == list(CharterPart)


CROSSED = RedLine("creator", "one post at most", DeliverableRule("post", Limit.AT_MOST, 1))
BRAND, CREATOR = RedLine("brand", "No competitor products that month"), RedLine("creator", "no competitor ban")


@pytest.mark.parametrize(
    ("lines", "answered", "sentence"),
    [
        (
            (CROSSED,),
            (replace(CROSSED, answer="two, since one is a repost"),),
            '"2 x post" crosses the red line "one post at most", and nobody has written down what holds.',
        ),
        (
            (BRAND, CREATOR),
            (BRAND, replace(CREATOR, answer="four weeks, kitchens only")),
            'Both name competitors: "No competitor products that month" (a red line of the brand) and '
            '"no competitor ban" (a red line of the creator). Do they fit together?',
        ),
    ],
)
def test_a_crossed_red_line_needs_an_answer(lines, answered, sentence):
    assert missing_parts(complete(red_lines=lines)) == (Missing(None, sentence),)
    assert missing_parts(complete(red_lines=answered)) == ()


def test_own_words_are_the_answer_to_the_first_question_else_to_the_second():
    given = with_answer(agreement(), "brand", FEELS_GOOD, "they call us back")
    assert own_words(given, "brand") == "they call us back"
    assert own_words(with_answer(given, "brand", SUCCESS, "orders"), "brand") == "orders"
    assert own_words(given, "creator") == ""


@pytest.mark.parametrize(
    ("owner", "text", "hint"),
    [
        ("brand", "promotes the post with paid ads", "Nothing says when the fee is paid."),
        ("brand", "gives feedback within two days", "Nothing says when the fee is paid."),
        ("creator", "pays for the props", "Nothing says when the fee is paid."),
        ("brand", "Pays the fee", ""),
        ("brand", "half of the fee on signing", ""),
        ("brand", "Überweist das Honorar", ""),
        ("brand", "payment within 14 days", ""),
    ],
)
def test_a_fee_without_a_day_of_payment_is_a_hint_and_nothing_that_is_missing(owner, text, hint):
    others = tuple(task for task in complete().commitments if task.owner != owner)
    given = complete(commitments=(*others, Task(owner, text)))
    assert (payment_hint(given), missing_parts(given)) == (hint, ())


@pytest.mark.parametrize("cost", [None, 0.0])
def test_without_a_fee_nobody_asks_when_it_is_paid(cost):
    assert payment_hint(complete(cost=cost, commitments=())) == ""
