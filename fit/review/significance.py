"""Judge whether the results of a campaign are beyond chance (luck), stage by stage.

Each stage is judged given the results of the stages above it: few clicks do not make the purchases few as well. What is
left is the luck of one campaign and what was not known of the creator and its audience, as frozen before the campaign.
Chances of counts are sums of Poisson tails over drawn rates, not counts of draws, so they do not jump near the limit.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from scipy.special import gammaln, pdtr, xlogy

from fit.agreement import FrozenForecast
from fit.forecast import (
    LARGEST_COUNT,
    SEED,
    SHARE_SIZE,
    campaign_rates,
    drawn_impressions,
    fit_errors,
    luck_of_lines,
    shares,
)
from fit.model import click_factor, convert_factor

REVIEWED_STAGES = ("impressions", "in_market_impressions", "engagements", "clicks", "conversions", "revenue")
REVIEW_DRAWS = 20_000  # of what is not known; a chance of 5 % then moves by .15 points from seed to seed
LUCK_LIMIT = 0.10  # a chance below it: one in ten campaigns that go as expected is called so at each stage
# How unequal campaigns are is itself an estimate, so their luck is drawn a tenth wider than it was learned. Without
# that 11 % of campaigns that go as they will are called more than luck at engagements, in some fields 13 %.
WIDER = 1.1
SMALLEST_SHARE = 1e-3  # of an audience; no one in the market is a share that nobody measured exactly


class Judged(StrEnum):
    """What the chance of a stage's result says."""

    WITHIN_LUCK = "within luck"
    MORE_THAN_LUCK = "more than luck"
    NOT_MEASURED = "not measured"


@dataclass(frozen=True)
class StageResult:
    """What was expected of one stage, given the stages above it, and its result.

    stage: of REVIEWED_STAGES. given: the measured stage above that it is judged by, or None. mean, p10, p50, p90:
    expected, None where it cannot be known. actual: None where not measured. position: where the actual falls among the
    expected, 0 to 1. chance_by_luck: of a result at least as far out.
    """

    stage: str
    given: str | None
    mean: float | None
    p10: float | None
    p50: float | None
    p90: float | None
    actual: float | None
    position: float | None
    chance_by_luck: float | None

    @property
    def judged(self) -> Judged:
        """What the chance says."""
        if self.chance_by_luck is None:
            return Judged.NOT_MEASURED
        return Judged.MORE_THAN_LUCK if self.chance_by_luck < LUCK_LIMIT else Judged.WITHIN_LUCK

    @property
    def is_below(self) -> bool:
        """Whether the result is lower than luck explains."""
        return self.judged is Judged.MORE_THAN_LUCK and self.position is not None and self.position < 0.5

    @property
    def interval(self) -> tuple[float, float, float] | None:
        """p10, p50 and p90; None where nothing could be expected."""
        if self.p10 is None or self.p50 is None or self.p90 is None:
            return None
        return self.p10, self.p50, self.p90


@dataclass(frozen=True)
class _Distribution:
    """The distribution of one stage: events around drawn expectations, or (is_count False) drawn values themselves."""

    drawn: np.ndarray
    is_count: bool
    given: str | None


def stages_of(
    frozen: FrozenForecast | None, actuals: Mapping[str, float], draws: int = REVIEW_DRAWS
) -> tuple[StageResult, ...]:
    """Judge every stage of a campaign. actuals: metric to value; a metric that is missing was not measured.

    Without a forecast (None) nothing is expected, so no stage is judged. draws: of what is not known.
    """
    expected = {} if frozen is None else _distributions(frozen, actuals, draws)
    before = {} if frozen is None else frozen.summary
    return tuple(
        _result(stage, expected.get(stage), actuals.get(stage), before.get(stage, {})) for stage in REVIEWED_STAGES
    )


def _distributions(frozen: FrozenForecast, actuals: Mapping[str, float], draws: int) -> dict[str, _Distribution]:
    """What is expected of each stage; a stage of which nothing can be expected is left out."""
    inputs = frozen.inputs
    normal = luck_of_lines(inputs, draws, SEED)
    # The mean of a wider log-normal would rise; what is subtracted keeps it.
    normal[3:6] = WIDER * normal[3:6] - (WIDER**2 - 1) / 2 / np.sqrt(inputs.caps)[:, None, None]
    normal[6] *= WIDER
    errors = fit_errors(inputs, draws, SEED)
    rates, share = campaign_rates(inputs, normal, errors), shares(inputs, SEED, draws, SHARE_SIZE / WIDER**2)
    expected: dict[str, _Distribution] = {}
    given: str | None = None
    total, parts = _seen_by_line(frozen, normal, errors)  # parts: of the impressions that each line has
    if total is not None:
        expected["impressions"] = _Distribution(total, False, None)
    if "impressions" in actuals:
        total, given = np.full(draws, actuals["impressions"]), "impressions"
    if total is not None:
        expected["in_market_impressions"] = _Distribution(total * (parts * share).sum(axis=0), True, given)
        expected["engagements"] = _Distribution(total * (parts * rates[0]).sum(axis=0), True, given)
    share = _measured_share(share, actuals)
    click_rates = parts * rates[1] * click_factor(share, inputs.out_click)
    clicks = None
    if total is not None:
        clicks = total * click_rates.sum(axis=0)
        expected["clicks"] = _Distribution(clicks, True, given)
    if _leads_to_purchases(actuals):
        clicks, given = np.full(draws, actuals["clicks"]), "clicks"
    if clicks is not None:
        bought = click_rates * rates[2] * convert_factor(share, inputs.out_click, inputs.out_convert)
        sales = clicks * bought.sum(axis=0) / click_rates.sum(axis=0)
        expected["conversions"] = _Distribution(sales, True, given)
    _add_revenue(expected, frozen, normal, actuals)
    return expected


def _seen_by_line(
    frozen: FrozenForecast, normal: np.ndarray, errors: np.ndarray
) -> tuple[np.ndarray | None, np.ndarray]:
    """Impressions of all lines (draws,), None without followers, and the part of each line (lines, draws)."""
    if np.isnan(frozen.inputs.impressions).any():
        pieces = np.array([[float(item.count)] for item in frozen.deliverables])
        return None, np.broadcast_to(pieces / pieces.sum(), (len(pieces), normal.shape[-1]))
    impressions = drawn_impressions(frozen.inputs, normal, errors)
    at_least_one = np.maximum(impressions, 1.0)
    return impressions.sum(axis=0), at_least_one / at_least_one.sum(axis=0)


def _leads_to_purchases(actuals: Mapping[str, float]) -> bool:
    """Whether purchases can be judged by the clicks: where there are more purchases, some took another way."""
    return "clicks" in actuals and actuals.get("conversions", 0.0) <= actuals["clicks"]


def _measured_share(share: np.ndarray, actuals: Mapping[str, float]) -> np.ndarray:
    """The share of the people reached who live in the market: as measured, where both counts are known."""
    if not actuals.get("impressions") or "in_market_impressions" not in actuals:
        return share
    measured = actuals["in_market_impressions"] / actuals["impressions"]
    return np.full_like(share, np.clip(measured, SMALLEST_SHARE, 1.0))


def _add_revenue(
    expected: dict[str, _Distribution], frozen: FrozenForecast, normal: np.ndarray, actuals: Mapping[str, float]
) -> None:
    """Revenue: purchases times what an order is worth; unknown where no revenue was ever reported."""
    worth = frozen.inputs.order_value[0]
    if np.isnan(worth).any():
        return
    order_value = np.exp(worth[0] + worth[1] * normal[8, 0])
    if "conversions" in actuals:
        expected["revenue"] = _Distribution(actuals["conversions"] * order_value, False, "conversions")
    elif sales := expected.get("conversions"):
        expected["revenue"] = _Distribution(_counts(sales) * order_value, False, sales.given)


def _counts(expected: _Distribution) -> np.ndarray:
    """Drawn counts, for quantiles."""
    if not expected.is_count:
        return expected.drawn
    return np.random.default_rng([SEED, 8]).poisson(np.minimum(expected.drawn, LARGEST_COUNT)).astype(float)


def _result(
    stage: str, expected: _Distribution | None, actual: float | None, before: Mapping[str, float | None]
) -> StageResult:
    """The stage with its chance by luck. before: its frozen forecast, which holds where no stage above was measured."""
    if expected is None:
        return StageResult(stage, None, None, None, None, None, actual, None, None)
    p10, p50, p90 = np.quantile(_counts(expected), (0.1, 0.5, 0.9), method="inverted_cdf").tolist()
    figures: dict[str, float | None] = {"mean": float(expected.drawn.mean()), "p10": p10, "p50": p50, "p90": p90}
    if expected.given is None:
        figures.update(before)
    position = chance = None
    if actual is not None:
        at_most, at_least = _tails(expected, actual)
        position, chance = (at_most + 1 - at_least) / 2, min(1.0, 2 * min(at_most, at_least))
    return StageResult(
        stage=stage,
        given=expected.given,
        **{name: figures[name] for name in ("mean", "p10", "p50", "p90")},
        actual=actual,
        position=position,
        chance_by_luck=chance,
    )


def _tails(expected: _Distribution, actual: float) -> tuple[float, float]:
    """P(X <= actual) and P(X >= actual); what equals the actual counts in both."""
    if not expected.is_count:
        return float((expected.drawn <= actual).mean()), float((expected.drawn >= actual).mean())
    count = np.floor(actual)
    at_most = pdtr(count, expected.drawn).mean()
    exactly = np.exp(xlogy(count, expected.drawn) - expected.drawn - gammaln(count + 1)).mean()
    return float(at_most), float(1 - at_most + exactly)
