"""Is a rule said in words, checked against targets and actuals, and left to people where nothing can be known?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fit.agreement.agreement import Adjustment
from fit.agreement.rule import DeliverableRule, Limit, Rule, RuleCheck, Status, check_rule, rule_words
from fit.locale.formats import speaking
from fit.review.adjustment import check_adjustment

LEAST, MOST = Limit.AT_LEAST, Limit.AT_MOST
HALF = Rule("clicks", LEAST, share_of_target=0.5, after_days=7)
TARGETS = {"clicks": 500.0, "conversions": 30.0, "engagement_rate": 0.04}
NOT_FOLLOWING = " Whether it was crossed after 7 days does not follow from the total."


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        (HALF, "clicks at least 50\u00a0% of target after 7 days"),
        (Rule("clicks", LEAST, share_of_target=1 / 3, after_days=1),
         "clicks at least 33.3333333333\u00a0% of target after 1 day"),
        (Rule("clicks", LEAST, value=12_345.0), "clicks at least 12,345"),
        (Rule("engagement_rate", LEAST, value=0.0125), "engagement rate at least 1.25\u00a0%"),
        (Rule("engagement_rate", LEAST, share_of_target=0.07),
         "engagement rate at least 7\u00a0% of target"),
        (Rule("cost_per_click", MOST, value=2.5), "cost per click at most 2.5 EUR"),
        (DeliverableRule("story", MOST, 0), "no deliverable of the kind story"),
        (DeliverableRule("story", MOST, 2), "at most 2 x story"),
        (DeliverableRule("reel", LEAST, 1), "at least 1 x reel"),
    ],
)  # fmt: skip
def test_a_rule_is_said_in_words_with_every_digit(rule, text):
    assert rule_words(rule, "EUR") == text


def test_a_rule_is_said_in_the_signs_of_the_reader():
    with speaking("de-DE"):
        assert rule_words(Rule("clicks", LEAST, value=12_345.5), None) == "clicks at least 12.345,5"


@pytest.mark.parametrize(
    ("rule", "actuals", "status", "sentence"),
    [
        (HALF, {"clicks": 249.0}, Status.CROSSED, "Clicks: 249; agreed was at least 250 (50\u00a0% of the target)."),
        (HALF, {"clicks": 250.0}, Status.NOT_CROSSED,
         f"Clicks: 250; agreed was at least 250 (50\u00a0% of the target).{NOT_FOLLOWING}"),
        (HALF, {}, Status.CHECK_BY_HAND, "The agreed rule cannot be checked: clicks not measured."),
        (Rule("reach", LEAST, share_of_target=0.5), {"reach": 9.0}, Status.CHECK_BY_HAND,
         "There is no target of reach to check the agreed rule by: check it by hand."),
        (Rule("reach", LEAST, value=10.0), {"reach": 9.0}, Status.CROSSED, "Reach: 9; agreed was at least 10."),
        (Rule("clicks", MOST, value=400.0, after_days=7), {"clicks": 401.0}, Status.CROSSED,
         f"Clicks: 401; agreed was at most 400.{NOT_FOLLOWING}"),
        (Rule("clicks", MOST, value=400.0, after_days=7), {"clicks": 400.0}, Status.NOT_CROSSED,
         "Clicks: 400; agreed was at most 400."),
        (Rule("cost_per_click", MOST, value=2.5), {"cost_per_click": 2.51}, Status.CROSSED,
         "Cost per click: 2.51 EUR; agreed was at most 2.5 EUR."),
        (Rule("engagement_rate", LEAST, share_of_target=0.5, after_days=7), {"engagement_rate": 0.0198},
         Status.CROSSED, "Engagement rate: 1.98\u00a0%; agreed was at least 2\u00a0% (50\u00a0% of the "
         f"target).{NOT_FOLLOWING}"),
        (Rule("clicks", LEAST, value=12_345.0), {"clicks": 12_344.0}, Status.CROSSED,
         "Clicks: 12,344; agreed was at least 12,345."),
        (Rule("conversions", LEAST, share_of_target=0.07), {"conversions": 2.1}, Status.NOT_CROSSED,
         "Purchases: 2.1; agreed was at least 2.1 (7\u00a0% of the target)."),
    ],
)  # fmt: skip
def test_a_rule_is_crossed_not_crossed_or_checked_by_hand(rule, actuals, status, sentence):
    assert check_rule(rule, TARGETS, actuals, "EUR") == RuleCheck(status, sentence)


@given(st.floats(0.01, 10.0), st.floats(0.0, 1e9), st.floats(0.0, 1e9), st.sampled_from(Limit))
def test_a_share_of_target_is_checked_as_the_value_that_it_comes_to(share, target, actual, limit):
    bound = float(f"{share * target:.12g}")
    by_share = check_rule(Rule("clicks", limit, share_of_target=share), {"clicks": target}, {"clicks": actual}, None)
    by_value = check_rule(Rule("clicks", limit, value=bound), {}, {"clicks": actual}, None)
    assert by_share.status == by_value.status
    assert (by_share.status is Status.CROSSED) == (actual < bound if limit is LEAST else actual > bound)


@pytest.mark.parametrize(
    "made",
    [
        lambda: Rule("charm", LEAST, value=1.0),
        lambda: Rule("clicks", LEAST),
        lambda: Rule("clicks", LEAST, share_of_target=0.5, value=1.0),
        lambda: Rule("clicks", LEAST, share_of_target=0.0),
        lambda: Rule("clicks", LEAST, share_of_target=50.0),
        lambda: Rule("clicks", LEAST, value=-1.0),
        lambda: Rule("click_rate", LEAST, value=1.1),
        lambda: Rule("clicks", LEAST, value=1.0, after_days=0),
        lambda: DeliverableRule("", MOST, 1),
        lambda: DeliverableRule("story", MOST, -1),
    ],
)
def test_a_rule_that_no_check_could_use_cannot_be_made(made):
    with pytest.raises(ValueError, match=r"metric|share|value|after_days|kind"):
        made()


@pytest.mark.parametrize(
    ("adjustment", "check"),
    [
        (Adjustment(), None),
        (Adjustment(" ", "the lead", 3), None),
        (Adjustment("clicks under half of target after 7 days"),
         RuleCheck(Status.CHECK_BY_HAND, "The agreed threshold stands in words alone: \"clicks under half of target "
                   "after 7 days\". Check it by hand.")),
        (Adjustment("we both feel it", rule=HALF),
         RuleCheck(Status.CROSSED, "Clicks: 100; agreed was at least 250 (50\u00a0% of the target).")),
        (Adjustment(rule=HALF),
         RuleCheck(Status.CROSSED, "Clicks: 100; agreed was at least 250 (50\u00a0% of the target).")),
    ],
)  # fmt: skip
def test_the_protocol_is_checked_by_its_rule_and_words_alone_are_left_to_people(adjustment, check):
    assert check_adjustment(adjustment, TARGETS, {"clicks": 100.0}, "EUR") == check
