"""Does an amendment name every term that changed, old beside new, and nothing else?"""

from dataclasses import fields, replace
from datetime import date

import pytest

from fit.agreement.agreement import (
    Adjustment,
    Agreement,
    Deliverable,
    Insight,
    LeftOut,
    MetricLine,
    Need,
    RedLine,
    Task,
)  # fmt: skip
from fit.agreement.answer_sheet import SUCCESS, with_answer
from fit.agreement.differences import Difference
from fit.agreement.rule import DeliverableRule, Limit
from fit.charter.amendment import changes
from tests.agreements import complete

CLICKS = MetricLine("clicks", "brand", 5_000.0, matters_to=("brand",))
PROTOCOL = "engagements under half of target after 7 days, the account lead, within 3 days"


def test_the_same_terms_are_no_change():
    assert changes(complete(), complete()) == ()


@pytest.mark.parametrize(
    ("changed", "change"),
    [
        ({"brand_name": "Sparrow GmbH"}, Difference("Brand", "Sparrow Kitchens", "Sparrow GmbH")),
        ({"platform": None}, Difference("Platform", "instagram", "not in it")),
        ({"end": date(2026, 3, 1)}, Difference("Last day", "10 February 2026", "1 March 2026")),
        ({"cost": 400.0}, Difference("Fee", "360 EUR", "400 EUR")),
        ({"attribution_window_days": 7}, Difference("A sale counts for", "30 days", "7 days")),
        ({"deliverables": (Deliverable("post", 5),)}, Difference("Deliverable: post", "2", "5")),
        ({"markets": (("DE", 1.0),)}, Difference("Markets", "Germany and Austria", "Germany")),
        (
            {"red_lines": (RedLine("creator", "no scripted captions", answer="drafts are fine"),)},
            Difference("Red line of the creator: no scripted captions", "agreed", "drafts are fine"),
        ),
        (
            {"commitments": complete().commitments[:1]},
            Difference(
                "Commitment of the creator: answers questions in the comments", "until 20 January 2026", "not in it"
            ),
        ),
        (
            {"adjustment": Adjustment("engagements under half of target after 7 days", "the producer", 3)},
            Difference("When something must change", PROTOCOL, PROTOCOL.replace("account lead", "producer")),
        ),
        (
            {"trade_offs": ()},
            Difference("Trade-off: reach and impressions matter, cost per click does not", "agreed", "not in it"),
        ),
        (
            {"insights": (*complete().insights, Insight("they save it"))},
            Difference("The creator knows: they save it", "not in it", "agreed"),
        ),
        ({"currency": "USD"}, Difference("Currency", "EUR", "USD")),
        ({"left_out": (LeftOut("fee", "a gift"),)}, Difference("Left out: fee", "not in it", "a gift")),
        (
            {"present": ("brand",)},
            Difference("Present when the goals were set", "brand, creator and neutral party", "brand"),
        ),
        ({"alignment": (Need("a", "b", 4, 4),)}, None),
        ({"notes": (), "decisions": (Task("brand", "x"),)}, None),
    ],
)
def test_each_change_is_said_once_old_beside_new(changed, change):
    assert changes(complete(), complete(**changed)) == ((change,) if change else ())


def test_the_target_of_a_metric_is_said_with_its_unit_and_whose_it_is():
    before = complete(metrics=(CLICKS,))
    now = complete(metrics=(replace(CLICKS, target=4_000.0, matters_to=("brand", "creator")),))
    assert changes(before, now) == (
        Difference("Metric: clicks", "5,000 or more, brand expects", "4,000 or more, brand expects, matters to both"),
    )


def test_own_words_and_rules_are_terms():
    line = RedLine("brand", "few posts", DeliverableRule("post", Limit.AT_MOST, 2))
    before = complete(red_lines=(line,))
    now = with_answer(
        replace(before, red_lines=(replace(line, rule=DeliverableRule("post", Limit.AT_MOST, 3)),)),
        "creator",
        SUCCESS,
        "calm",
    )
    assert changes(before, now) == (
        Difference("What success is to the creator", "my followers thank me for the tip", "calm"),
        Difference("Red line of the brand: few posts", "checked: at most 2 x post", "checked: at most 3 x post"),
    )


def test_two_changed_entries_of_one_name_are_both_said():
    before, now = (complete(deliverables=(Deliverable("post", a), Deliverable("post", b))) for a, b in ((2, 3), (4, 5)))
    assert changes(before, now) == (
        Difference("Deliverable: post", "2", "4"),
        Difference("Deliverable: post", "3", "5"),
    )


def test_equal_commitments_of_both_sides_are_two_terms():
    same = "shares the post on its own channel"
    before = complete(commitments=(Task("brand", same), Task("creator", same)))
    assert changes(before, replace(before, commitments=before.commitments[:1])) == (
        Difference(f"Commitment of the creator: {same}", "no day set", "not in it"),
    )


def test_every_field_of_an_agreement_is_a_term_or_known_to_be_none():
    no_terms = {
        "creator", "goal", "story", "reason", "audience_benefit", "vertical", "order_margin", "per_thousand",
        "commission", "notes", "decisions", "wordings", "despite",
    }  # fmt: skip
    terms = {
        "markets", "brand_name", "brand_contact", "creator_name", "brand_goal", "partnership_goal", "platform", "start",
        "end", "cost", "currency", "attribution_window_days", "present", "deliverables", "metrics", "alignment",
        "red_lines", "commitments", "answers", "insights", "trade_offs", "adjustment", "left_out",
    }  # fmt: skip
    assert {field.name for field in fields(Agreement)} <= no_terms | terms
