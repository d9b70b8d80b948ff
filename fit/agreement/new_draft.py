"""Start the draft of a new partnership with what is known already: who, where, what for, at which price."""

from collections.abc import Mapping
from typing import Any

from fit.agreement.agreement import Agreement, Deliverable, MetricLine, Side
from fit.brief import Brief, Goal
from fit.forecast import CreatorLine
from fit.metrics import METRICS, MetricKind

# One line that the creator controls, and what the goal needs of it: three, the fewest that a charter takes.
USUAL_LINES: dict[str, tuple[str, ...]] = {
    Goal.AWARENESS: ("engagement_rate", "in_market_impressions", "clicks"),
    Goal.CONVERSION: ("engagement_rate", "clicks", "conversions"),
}
SIDE_OF_KIND = {MetricKind.OUTPUT: Side.CREATOR, MetricKind.LEADING: Side.CREATOR, MetricKind.OUTCOME: Side.BRAND}


def first_draft(
    brief: Brief, asked: CreatorLine, profile: Mapping[str, Any], targets: Mapping[str, float]
) -> Agreement:
    """A draft from the brief of a shortlist, the line that was forecast there and the creator's stored profile.

    profile: the row of queries/creator.sql. targets: metric to target that was asked for already; without any the
    goal's usual lines are opened, whose targets the forecast fills.
    """
    lines = [new_line(name, target) for name, target in targets.items()]
    return Agreement(
        creator=asked.creator_id,
        markets=brief.markets,
        goal=brief.goal,
        platform=profile.get("platform"),
        vertical=profile.get("vertical"),
        cost=asked.cost,
        currency=asked.currency,
        deliverables=(Deliverable(asked.deliverable, asked.count),),
        metrics=tuple(lines or map(new_line, USUAL_LINES[brief.goal])),
    )


def new_line(name: str, target: float | None = None) -> MetricLine:
    """A line of a library metric, on the side that its kind belongs to and mattering to that side alone."""
    side = SIDE_OF_KIND[METRICS[name].kind]
    return MetricLine(name, side, target, matters_to=(side,))


def free_name(wanted: str, taken: frozenset[str]) -> str:
    """The wanted name, or with the first number behind it that nobody has used."""
    numbered = (f"{wanted} {number}" for number in range(2, len(taken) + 3))
    return next(name for name in (wanted, *numbered) if name not in taken)
