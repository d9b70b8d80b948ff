"""Are rules written in fields on the pages saved one change at a time, and said where they are crossed?"""

from dataclasses import replace

import pytest

from fit.agreement.agreement import Deliverable, RedLine
from fit.agreement.rule import DeliverableRule, Limit, Rule
from pages.ui.partnership.rule_fields import CountedAs
from tests.pages.driver import troubles
from tests.pages.ui.partnership.partnerships import COMPLETE, HOSTILE, WHOLE, on_paper, texts

LEAST, MOST = Limit.AT_LEAST, Limit.AT_MOST
LINE = "red_lines_0_rule"


def choose(app, key, value):
    app.selectbox(key=key).set_value(value).run()
    assert troubles(app) == []


def put(app, key, value):
    app.number_input(key=key).set_value(value).run()
    assert troubles(app) == []


def labels(app):
    """What stands over the rule of each red line."""
    said = [expander.label.replace("\\", "") for expander in app.expander]
    return [label for label in said if "by hand" in label or " x " in label]


@pytest.mark.thorough
def test_the_adjustment_rule_is_written_field_by_field(kept, desk):
    app = desk(WHOLE, "partnership_charter")
    assert "Without a rule, you check it by hand at the review." in [caption.value for caption in app.caption]

    def rule():
        return on_paper(kept).adjustment.rule

    choose(app, "adjustment_rule_subject", "metric clicks")
    assert rule() == Rule("clicks", LEAST, share_of_target=1.0)
    put(app, "adjustment_rule_number", 50.0)
    put(app, "adjustment_rule_days", 7)
    assert rule() == Rule("clicks", LEAST, share_of_target=0.5, after_days=7)
    assert any(
        caption.value.replace("\\", "")
        == "The review checks: clicks at least 50\u00a0% of target after 7 days. Where it does not hold, you talk."
        for caption in app.caption
    )
    choose(app, "adjustment_rule_unit", CountedAs.VALUE)
    assert rule() == Rule("clicks", LEAST, value=50.0, after_days=7)  # the target is 100
    choose(app, "adjustment_rule_limit", MOST)
    assert rule() == Rule("clicks", MOST, value=50.0, after_days=7)
    app.text_input(key="adjustment_rule_number").set_value("").run()
    assert rule() == Rule("clicks", MOST, value=50.0, after_days=7)
    assert any("so nothing was changed" in warning.value for warning in app.warning)
    choose(app, "adjustment_rule_unit", CountedAs.SHARE)
    put(app, "adjustment_rule_number", 0.0)
    assert rule() == Rule("clicks", MOST, share_of_target=1.0, after_days=7)
    choose(app, "adjustment_rule_subject", "metric engagement_rate")
    choose(app, "adjustment_rule_unit", CountedAs.VALUE)
    app.text_input(key="adjustment_rule_number").set_value("2,5 %").run()
    assert rule() == Rule("engagement_rate", LEAST, value=0.025, after_days=7)
    choose(app, "adjustment_rule_subject", "metric cost_per_click")
    assert rule() == Rule("cost_per_click", MOST, share_of_target=1.0, after_days=7)
    choose(app, "adjustment_rule_subject", None)
    assert (rule(), on_paper(kept)) == (None, WHOLE)


@pytest.mark.thorough
def test_a_red_line_about_deliverables_is_checked_where_it_is_written(kept, desk):
    app = desk(replace(WHOLE, deliverables=(Deliverable("video", 2),)), "goal_alignment")
    assert labels(app) == ["Check by hand: no rule to check against"]
    choose(app, f"{LINE}_subject", "deliverable video")
    assert on_paper(kept).red_lines == (RedLine("creator", "no scripted captions", DeliverableRule("video", MOST, 0)),)
    assert [warning.value.replace("\\", "") for warning in app.warning] == [
        '"2 x video" crosses "no scripted captions". To be delivered: 2, agreed: at most 0.'
    ]
    put(app, f"{LINE}_number", 2)
    assert on_paper(kept).red_lines[0].rule == DeliverableRule("video", MOST, 2)
    assert list(app.warning) == []
    assert labels(app) == ["At most 2 x video. To be delivered: 2 x video."]
    choose(app, f"{LINE}_subject", "metric impressions")
    assert on_paper(kept).red_lines[0].rule == Rule("impressions", LEAST, share_of_target=1.0)


@pytest.mark.parametrize(
    ("rules", "verdict"),
    [
        ((None, None), "Ready\\, except 2 red lines to check by hand"),
        ((DeliverableRule("video", MOST, 0), None), "1 red line crossed without an answer"),
        ((DeliverableRule("video", MOST, 1), DeliverableRule("reel", MOST, 0)), "This charter is ready to sign"),
    ],
)
def test_a_charter_is_not_called_ready_over_a_red_line_that_nobody_checked(desk, rules, verdict):
    lines = (RedLine("creator", "first", rules[0]), RedLine("brand", HOSTILE, rules[1]))
    app = desk(replace(COMPLETE, red_lines=lines), "partnership_charter")
    assert (app.header[0].value, troubles(app)) == (verdict, [])
    by_hand = [line for line, rule in zip(lines, rules, strict=True) if rule is None]
    assert [info.value.count("\n") + 1 for info in app.info] == ([len(by_hand)] if by_hand else [])
    assert not app.button(key="keep_charter").disabled
    assert [shown for shown in texts(app) if "<img" in shown.replace("\\<img", "") or "](http" in shown] == []


def test_a_kind_that_is_named_nowhere_else_can_still_be_seen(desk):
    lines = (RedLine("creator", "no lives", DeliverableRule(HOSTILE, MOST, 0)),)
    app = desk(replace(WHOLE, red_lines=lines), "goal_alignment")
    assert app.selectbox(key=f"{LINE}_subject").value == f"deliverable {HOSTILE}"
    assert [shown for shown in texts(app) if "<img" in shown.replace("\\<img", "") or "](http" in shown] == []
