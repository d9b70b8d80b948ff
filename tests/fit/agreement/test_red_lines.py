"""Is a red line with a rule checked against deliverables and targets, and one of words alone left to people?"""

import pytest

from fit.agreement.agreement import Deliverable, MetricLine, RedLine, Task
from fit.agreement.alignment import align
from fit.agreement.red_lines import CheckedRedLine, check_red_lines
from fit.agreement.rule import DeliverableRule, Limit, Rule, Status
from tests.agreements import agreement

LEAST, MOST = Limit.AT_LEAST, Limit.AT_MOST
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
         "To be delivered: 3, accepted: 2 at most."),
        (DeliverableRule("Story", MOST, 3), Status.NOT_CROSSED, "3 x Story", "To be delivered: 3 x Story."),
        (DeliverableRule("post", MOST, 0), Status.CROSSED, "2 x post",
         "To be delivered: 2, accepted: 0 at most."),
        (DeliverableRule("reel", MOST, 0), Status.NOT_CROSSED, "0 x reel", "To be delivered: 0 x reel."),
        (DeliverableRule("reel", LEAST, 1), Status.CROSSED, "0 x reel",
         "To be delivered: 0, asked for: 1 at least."),
        (Rule("impressions", MOST, value=10_000.0), Status.CROSSED, "target of impressions: 50,000",
         "Target: 50,000, accepted: 10,000 at most."),
        (Rule("cost_per_click", LEAST, value=3.0), Status.CROSSED, "target of cost per click: 2.5 EUR",
         "Target: 2.5 EUR, asked for: 3 EUR at least."),
        (Rule("impressions", MOST, value=50_000.0), Status.NOT_CROSSED, "target of impressions: 50,000", LATER),
        (Rule("impressions", LEAST, share_of_target=0.5), Status.NOT_CROSSED, "", LATER),
        (Rule("clicks", LEAST, value=9.0), Status.NOT_CROSSED, "", LATER),
        (None, Status.CHECK_BY_HAND, "",
         "It is written in words alone: read it beside deliverables, commitments and story."),
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
