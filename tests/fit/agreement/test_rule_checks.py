"""Are red lines, protocol and rules checked against deliverables, targets and results, and words left to people?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fit.agreement.agreement import Adjustment, Deliverable, MetricLine, RedLine, Task
from fit.agreement.alignment import align
from fit.agreement.rule import DeliverableRule, Limit, Rule
from fit.agreement.rule_checks import (
    CheckedRedLine,
    RuleCheck,
    Status,
    check_adjustment,
    check_red_lines,
    check_rule,
)
from tests.agreements import agreement

LEAST, MOST = Limit.AT_LEAST, Limit.AT_MOST
HALF = Rule("clicks", LEAST, share_of_target=0.5, after_days=7)
TARGETS = {"clicks": 500.0, "conversions": 30.0, "engagement_rate": 0.04}
NOT_FOLLOWING = " The total does not show whether it was crossed after 7 days."
DELIVERED = (Deliverable("Stories", 2), Deliverable("post", 2), Deliverable("story", 1))
METRICS = (MetricLine("impressions", "creator", 50_000.0), MetricLine("cost_per_click", "brand", 2.5),
           MetricLine("clicks", "creator"))  # fmt: skip
LATER = "The review checks it against what is measured."


def of_rule(rule, delivered=DELIVERED) -> CheckedRedLine:
    line = RedLine("creator", "our line", rule)
    (checked,) = check_red_lines(agreement(red_lines=(line,), deliverables=delivered, metrics=METRICS))
    assert checked.red_line == line
    return checked


@pytest.mark.parametrize(
    ("rule", "status", "clause", "reason"),
    [
        (DeliverableRule("story", MOST, 2), Status.CROSSED, "3 x story",
         "To be delivered: 3, agreed: at most 2."),
        (DeliverableRule("Story", MOST, 3), Status.NOT_CROSSED, "3 x Story", "To be delivered: 3 x Story."),
        (DeliverableRule("post", MOST, 0), Status.CROSSED, "2 x post",
         "To be delivered: 2, agreed: at most 0."),
        (DeliverableRule("reel", MOST, 0), Status.NOT_CROSSED, "0 x reel", "To be delivered: 0 x reel."),
        (DeliverableRule("reel", LEAST, 1), Status.CROSSED, "0 x reel",
         "To be delivered: 0, agreed: at least 1."),
        (Rule("impressions", MOST, value=10_000.0), Status.CROSSED, "target of impressions: 50,000",
         "Target: 50,000, agreed: at most 10,000."),
        (Rule("cost_per_click", LEAST, value=3.0), Status.CROSSED, "target of cost per click: 2.5 EUR",
         "Target: 2.5 EUR, agreed: at least 3 EUR."),
        (Rule("impressions", MOST, value=50_000.0), Status.NOT_CROSSED, "target of impressions: 50,000", LATER),
        (Rule("impressions", LEAST, share_of_target=0.5), Status.NOT_CROSSED, "", LATER),
        (Rule("clicks", LEAST, value=9.0), Status.NOT_CROSSED, "", LATER),
        (None, Status.CHECK_BY_HAND, "",
         "There is no rule to check: compare it with deliverables, commitments and story yourself."),
    ],
)  # fmt: skip
def test_a_red_line_is_checked_by_its_rule(rule, status, clause, reason):
    checked = of_rule(rule)
    assert (checked.status, checked.clause, checked.reason) == (status, clause, reason)


def test_before_a_deliverable_is_written_down_nothing_is_called_kept_or_crossed():
    checked = of_rule(DeliverableRule("reel", MOST, 0), delivered=())
    assert (checked.status, checked.reason) == (Status.CHECK_BY_HAND, "No deliverable is written down yet.")


def test_words_are_never_matched():
    line = RedLine("creator", "no scripted captions")
    promised = (Task("brand", "the brand sends scripted captions"),)
    found = align(agreement(red_lines=(line,), commitments=promised))
    assert (found.crossings, [each.red_line for each in found.by_hand]) == ((), [line])


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
    ("adjustment", "check"),
    [
        (Adjustment(), None),
        (Adjustment(" ", "the lead", 3), None),
        (Adjustment("clicks under half of target after 7 days"),
         RuleCheck(Status.CHECK_BY_HAND, "The agreed threshold is written in words only: \"clicks under half of "
                   "target after 7 days\". Check it by hand.")),
        (Adjustment("we both feel it", rule=HALF),
         RuleCheck(Status.CROSSED, "Clicks: 100; agreed was at least 250 (50\u00a0% of the target).")),
        (Adjustment(rule=HALF),
         RuleCheck(Status.CROSSED, "Clicks: 100; agreed was at least 250 (50\u00a0% of the target).")),
    ],
)  # fmt: skip
def test_the_protocol_is_checked_by_its_rule_and_words_alone_are_left_to_people(adjustment, check):
    assert check_adjustment(adjustment, TARGETS, {"clicks": 100.0}, "EUR") == check
