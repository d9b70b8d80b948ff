"""An agreement that tests review, and results that meet all of it."""

from fit.agreement.agreement import Agreement, Deliverable, MetricLine

LINES = (
    MetricLine("reach", "creator", 20_000.0),
    MetricLine("engagement_rate", "creator", 0.03),
    MetricLine("conversions", "brand", 4.0),
    MetricLine("cost_per_click", "brand", 4.0),
)
ALL_MET = {"reach": 25_000.0, "impressions": 30_000.0, "engagements": 1_200.0, "clicks": 300.0, "conversions": 6.0}


def agreed(*lines: MetricLine, **known: object) -> Agreement:
    """An agreement with these lines (LINES for none) and other known fields."""
    plain = {"markets": (("DE", 1.0),), "cost": 500.0, "currency": "EUR", "metrics": lines or LINES}
    plain |= {"deliverables": (Deliverable("story", 10), Deliverable("reel", 2))}
    return Agreement("c001", **(plain | known))
