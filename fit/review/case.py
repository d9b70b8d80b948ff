"""Gather everything that a diagnosis looks at: lines with their results, stages, origins, the role, broken promises."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from fit.agreement import Agreement, Audience, FrozenForecast, Side, TargetLine
from fit.brief import Goal
from fit.locale import _
from fit.model import RoleLabel
from fit.review.origin import Origin
from fit.review.significance import StageResult

OTHER_GOAL: dict[str, Goal] = {Goal.CONVERSION: Goal.AWARENESS, Goal.AWARENESS: Goal.CONVERSION}
ROLE_OF_GOAL = {Goal.CONVERSION: RoleLabel.CONVERSION, Goal.AWARENESS: RoleLabel.AWARENESS}
# Which stage a metric stands at, when it is not a stage itself.
STAGE_OF = {
    "reach": "impressions", "frequency": "impressions", "in_market_reach": "in_market_impressions",
    "cost_per_thousand_impressions": "impressions", "in_market_cpm": "in_market_impressions",
    "engagement_rate": "engagements", "cost_per_engagement": "engagements",
    "click_rate": "clicks", "cost_per_click": "clicks", "landing_page_views": "clicks",
    "conversion_rate": "conversions", "cost_per_conversion": "conversions", "code_uses": "conversions",
    "return_on_ad_spend": "revenue", "order_value": "revenue",
}  # fmt: skip
ABOVE = {
    "in_market_impressions": ("impressions",), "engagements": ("impressions",),
    "clicks": ("impressions", "in_market_impressions"),
    "conversions": ("impressions", "in_market_impressions", "clicks"),
    "revenue": ("impressions", "in_market_impressions", "clicks", "conversions"),
}  # fmt: skip
Line = tuple[TargetLine, float | None]  # a promise and its result


class Verdict(StrEnum):
    """Which side hit: every measured line of it was met."""

    BOTH_HIT = "both hit"
    BRAND_MISSED = "creator hit, brand missed"
    CREATOR_MISSED = "creator missed, brand hit"
    BOTH_MISSED = "both missed"
    NOT_MEASURED = "not measured"


class Cause(StrEnum):
    """Why a side missed, where it is not one stage of the funnel."""

    BRAND = "brand commitment"
    COUNTRY = "audience country"
    TARGET = "target"
    LUCK = "luck"
    NONE = "none"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Case:
    """Everything that a diagnosis looks at.

    lines: (promise, actual, hit), hit None where it was not measured. stages: judged by all that was measured;
    by_lines: by the figures of the agreed lines alone. origins: where results came from. reached_there: the share of
    the displays that people in the market saw, None where not measured. role: of the creator in this market, None where
    the store does not know. broken: what the brand promised and did not do.
    """

    verdict: Verdict
    agreement: Agreement
    lines: Sequence[tuple[TargetLine, float | None, bool | None]]
    stages: Sequence[StageResult]
    by_lines: Sequence[StageResult]
    frozen: FrozenForecast | None
    origins: Sequence[Origin] = ()
    reached_there: float | None = None
    role: RoleLabel | None = None
    broken: Sequence[str] = ()

    def of_side(self, side: Side, hit: bool | None) -> list[Line]:
        """The lines of a side that were hit, missed or (None) not measured."""
        lines = [line for line in self.lines if line[0].line.side == side]
        return [(promise, actual) for promise, actual, line_hit in lines if line_hit is hit]

    @property
    def campaign(self) -> str:
        """What the creator was booked for: "conversion in Germany"."""
        return _("{goal} in {market}").format(goal=_(self.agreement.goal), market=self.agreement.brief.words)

    @property
    def missed(self) -> list[Line]:
        """The missed lines, the brand's first."""
        return [*self.of_side(Side.BRAND, False), *self.of_side(Side.CREATOR, False)]

    @property
    def audience(self) -> Audience | None:
        """Where the audience lived when the forecast was frozen."""
        return self.frozen.audience if self.frozen else None

    @property
    def currency(self) -> str | None:
        """Of amounts."""
        return self.agreement.currency or (self.frozen.currency if self.frozen else None)

    @property
    def deciding(self) -> set[str]:
        """The stages that decide: those of the missed lines, and those above them."""
        own = {stage_of(promise) for promise, _actual in self.missed}
        return own.union(*(ABOVE.get(stage, ()) for stage in own))

    @property
    def is_beyond_luck(self) -> bool:
        """Whether the agreed lines alone show that something fell short by more than luck."""
        return any(stage.is_below and stage.stage in self.deciding for stage in self.by_lines)

    @property
    def shortfalls(self) -> list[StageResult]:
        """The deciding stages whose result is lower than luck explains, in the funnel's order."""
        if not self.is_beyond_luck:
            return []
        return [stage for stage in self.stages if stage.is_below and stage.stage in self.deciding]

    @property
    def other(self) -> Goal | None:
        """The other goal, where the creator's role in this market is good for it; None where it is not, or unknown."""
        goal = OTHER_GOAL[self.agreement.goal]
        return goal if self.role in (RoleLabel.BALANCED, ROLE_OF_GOAL[goal]) else None

    @property
    def is_miss(self) -> bool:
        """Whether the brand missed."""
        return self.verdict in (Verdict.BRAND_MISSED, Verdict.BOTH_MISSED)


def stage_of(promise: TargetLine) -> str:
    """The stage of the funnel that a line stands at, or its own name."""
    return STAGE_OF.get(promise.line.name, promise.line.name)
