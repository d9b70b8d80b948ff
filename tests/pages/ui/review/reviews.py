"""A partnership that tests of the review page review, its results, and the page with them typed in."""

from fit.agreement.agreement import Adjustment, Deliverable, MetricLine, Task
from fit.agreement.rule import Limit, Rule
from tests.pages.driver import opened, troubles

HOSTILE = "<img src=x> [a](http://x.y) :red[b]"
HALF = Rule("conversions", Limit.AT_LEAST, share_of_target=0.5, after_days=7)
PLAN = {
    "creator": "demo-001",
    "metrics": (
        MetricLine("reach", "creator", 25_000.0, matters_to=("brand", "creator")),
        MetricLine("engagement_rate", "creator", 0.02),
        MetricLine("conversions", "brand", 40.0),
    ),
    "deliverables": (Deliverable("story", 10), Deliverable("reel", 2)),
    "markets": (("FR", 1.0),),
    "adjustment": Adjustment("purchases under half of target after 7 days", "the lead", 3, HALF),
    "commitments": (Task("brand", HOSTILE), Task("creator", HOSTILE)),
}
CAME = {"reach": "110,000", "impressions": "140000", "engagements": "3400", "clicks": "1700", "conversions": "2"}


def review_of(name: str = "spring"):
    app = opened("campaign_review", market="DE-1", paper=name)
    assert troubles(app) == []
    return app


def typed(app, **values: str):
    for name, value in values.items():
        app.text_input(key=f"actual_{name}").set_value(value).run()
    assert troubles(app) == []
    return app
