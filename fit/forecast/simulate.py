"""Simulate the futures of a brief: what this creator, deliverable and market may bring.

2,000 seeded futures per brief: impressions, then who of them lives in the market, then engagements, clicks, conversions
and revenue, each drawn from what the generation knows and with the luck of a single campaign. The futures of a brief do
not depend on what else is asked, and all briefs meet the same luck, so two forecasts differ by what is known.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
import polars as pl

from fit.forecast.inputs import ForecastInputs, inputs_of
from fit.forecast.stored_basis import StoredBasis
from fit.metrics import METRICS as LIBRARY
from fit.model import DELIVERY_SIZE, SURVEY_SIZE, click_factor, convert_factor, path_factor

DRAWS = 2_000
SEED = 20_260_110
AT_ONCE = 100  # briefs drawn together: enough for numpy to pay, few enough for the processor's cache
FORECAST_METRICS = (
    "impressions",
    "in_market_impressions",
    "reach",
    "in_market_reach",
    "engagements",
    "engagement_rate",
    "clicks",
    "conversions",
    "in_market_conversions",
    "revenue",
    "return_on_ad_spend",
)
COUNTED = (
    "impressions",
    "in_market_impressions",
    "reach",
    "in_market_reach",
    "engagements",
    "clicks",
    "conversions",
    "in_market_conversions",
    "revenue",
)
QUANTILES = {"p2_5": 0.025, "p10": 0.1, "p25": 0.25, "p50": 0.5, "p75": 0.75, "p90": 0.9, "p97_5": 0.975}
FIGURES = ("mean", *QUANTILES, "p_zero")
# A campaign's audience is a draw of the reported one, which is itself a draw: both sizes together.
SHARE_SIZE = 1 / (1 / DELIVERY_SIZE + 1 / SURVEY_SIZE)
LARGEST_COUNT = 1e18  # what a Poisson draw can hold
LEAST_COST = 0.01  # a cent in any currency: whatever is below buys as if it were free, and no rate is told of it
SMALLEST_PART = 1e-3  # of a Beta parameter: below it a draw is 0 or 1
OWN_ERROR = 10  # the stream of errors that a line has alone; shared ones are stream 11


def forecasts(
    briefs: pl.DataFrame,
    stored: StoredBasis,
    draws: int = DRAWS,
    seed: int = SEED,
    metrics: Sequence[str] = FORECAST_METRICS,
) -> pl.DataFrame:
    """Forecast every brief.

    briefs: creator_id, market, platform, vertical, date, deliverable, count_deliverables, cost, currency; every
    creator_id must be known. metrics: of FORECAST_METRICS; fewer are drawn faster, and alike. Returns one row per brief
    and metric: creator_id, brief (row number from 0), metric, mean, p2_5, p10, p25, p50, p75, p90, p97_5, p_zero; null
    where a metric cannot be known.
    """
    inputs = inputs_of(briefs, stored)
    figures = forecast_figures(inputs, draws, seed, metrics)
    rows = {
        "creator_id": briefs["creator_id"].gather(np.repeat(np.arange(len(inputs)), len(metrics))),
        "brief": np.repeat(np.arange(len(inputs)), len(metrics)),
        "metric": list(metrics) * len(inputs),
    }
    columns = {name: figures[:, :, index].ravel() for index, name in enumerate(FIGURES)}
    return pl.DataFrame(rows | columns, schema_overrides={"metric": pl.String}).fill_nan(None)


def forecast_figures(
    inputs: ForecastInputs, draws: int = DRAWS, seed: int = SEED, metrics: Sequence[str] = FORECAST_METRICS
) -> np.ndarray:
    """The FIGURES of each brief and metric (briefs, metrics, 9), NaN where a metric cannot be known."""
    figures = np.zeros((len(inputs), len(metrics), len(FIGURES)))
    for first in range(0, len(inputs), AT_ONCE):
        some = slice(first, first + AT_ONCE)
        futures = draw(inputs.take(some), draws, seed, metrics)
        exact = exact_means(inputs.take(some))
        for index, metric in enumerate(metrics):
            figures[some, index] = summarise(futures[metric])
            if metric in exact:
                figures[some, index, 0] = np.where(np.isnan(exact[metric]), figures[some, index, 0], exact[metric])
    return figures


def summarise(values: np.ndarray) -> np.ndarray:
    """Mean, quantiles of QUANTILES and chance of nothing (briefs, 9) of drawn values (briefs, draws)."""
    if np.isnan(values).all():  # a whole metric that cannot be known, such as revenue where none was reported
        return np.full((len(values), len(QUANTILES) + 2), np.nan)
    ordered = np.sort(values, axis=1)  # one sort instead of a partition per quantile
    places = np.array(list(QUANTILES.values())) * (values.shape[1] - 1)
    below, part = np.floor(places).astype(int), places % 1
    above = np.minimum(below + 1, values.shape[1] - 1)
    quantiles = ordered[:, below] * (1 - part) + ordered[:, above] * part
    nothing = np.where(np.isnan(values[:, 0]), np.nan, (values == 0).mean(axis=1))
    return np.column_stack([values.mean(axis=1), quantiles, nothing])


def exact_means(inputs: ForecastInputs) -> dict[str, np.ndarray]:
    """The means that are known without drawing (briefs,), NaN where they are not: the list is ordered by them."""
    # Of all who buy, the part that lives in the market is s of s + (1 - s) kC kV.
    share = inputs.share[:, 0]
    in_all = inputs.expected_purchases * path_factor(share, inputs.out_click, inputs.out_convert) / share
    return {
        "conversions": in_all,
        "in_market_conversions": inputs.expected_purchases,
        "in_market_reach": inputs.expected_reach,
    }


def draw(
    inputs: ForecastInputs, draws: int = DRAWS, seed: int = SEED, metrics: Sequence[str] = FORECAST_METRICS
) -> dict[str, np.ndarray]:
    """Draw the futures of briefs: metric to (briefs, draws), NaN in the rows where it cannot be known.

    metrics: where only counts are asked for, nothing else is drawn.
    """
    normal = _luck(draws, seed)
    if set(metrics) <= set(COUNTED):
        return _drawn(inputs, normal, seed, is_one_campaign=False, metrics=metrics)
    futures = _drawn(inputs, normal, seed, is_one_campaign=False)
    return futures | ratios(futures, inputs.cost[:, None])


@lru_cache(maxsize=4)
def _luck(draws: int, seed: int) -> np.ndarray:
    """Standard normals (9, 1, draws) that all briefs meet."""
    normal = np.random.default_rng(seed).standard_normal((9, 1, draws))
    normal.flags.writeable = False
    return normal


def draw_together(inputs: ForecastInputs, draws: int = DRAWS, seed: int = SEED) -> dict[str, np.ndarray]:
    """Draw the counts of the lines of one campaign (one creator): metric to (lines, draws), NaN where it is not known.

    All lines have the same strength, audience and order value; each has its own luck. The first line's futures are
    those of draw().
    """
    normal = luck_of_lines(inputs, draws, seed)
    return _drawn(inputs, normal, seed, is_one_campaign=True)


def draw_apart(inputs: ForecastInputs, draws: int = DRAWS, seed: int = SEED) -> dict[str, np.ndarray]:
    """Draw the counts of lines of different creators: metric to (lines, draws), NaN where it is not known.

    Each line has its own strength, audience and luck; only the errors of the field's fits are the same for all, so
    that a total is as unsure as what is typical.
    """
    rows = [draw(inputs.take(slice(at, at + 1)), draws, seed + 1 + at) for at in range(len(inputs))]
    return {metric: np.concatenate([row[metric] for row in rows]) for metric in rows[0]}


def luck_of_lines(inputs: ForecastInputs, draws: int, seed: int) -> np.ndarray:
    """Standard normals (9, lines, draws) of one campaign: what belongs to the creator or the brand is shared."""
    first = np.random.default_rng(seed).standard_normal((9, 1, draws))
    others = np.random.default_rng([seed, 9]).standard_normal((9, len(inputs) - 1, draws))
    normal = np.concatenate([first, others], axis=1)
    normal[[0, 1, 2, 8]] = first[[0, 1, 2, 8]]
    # Impressions: the part of the spread that is the creator's is shared, the campaign's is each line's own.
    own = np.minimum(inputs.view_campaign_sd / np.maximum(inputs.impressions[:, 1], inputs.view_campaign_sd), 1.0) ** 2
    together = np.sqrt(np.outer(1 - own, 1 - own))
    np.fill_diagonal(together, 1.0)
    if not np.isnan(together).any():
        normal[6] = np.linalg.cholesky(together) @ normal[6]
    return normal


def _drawn(
    inputs: ForecastInputs, normal: np.ndarray, seed: int, *, is_one_campaign: bool, metrics: Sequence[str] = COUNTED
) -> dict[str, np.ndarray]:
    """Counts and revenue of rows of inputs (rows, draws); normal: (9, 1 or rows, draws)."""
    futures, is_known = _Futures(inputs, normal, seed, is_one_campaign), ~np.isnan(inputs.impressions[:, :1])
    return {metric: np.where(is_known, getattr(futures, metric), np.nan) for metric in metrics}


@dataclass(frozen=True)
class _Futures:
    """Futures of some inputs, each metric (rows, draws) drawn when it is asked for. normal: (9, 1 or rows, draws)."""

    inputs: ForecastInputs
    normal: np.ndarray
    seed: int
    is_own_luck: bool  # of each row, else all rows meet the same

    @cached_property
    def share(self) -> np.ndarray:
        return shares(self.inputs, self.seed, self.normal.shape[-1])

    @cached_property
    def errors(self) -> np.ndarray:
        return fit_errors(self.inputs, self.normal.shape[-1], self.seed)

    @cached_property
    def rates(self) -> np.ndarray:
        return campaign_rates(self.inputs, self.normal, self.errors)

    @cached_property
    def impressions(self) -> np.ndarray:
        return drawn_impressions(self.inputs, self.normal, self.errors)

    @cached_property
    def in_market_impressions(self) -> np.ndarray:
        return np.round(self.impressions * self.share)

    @cached_property
    def people(self) -> np.ndarray:
        return _people(self.inputs, self.impressions, self.normal[7], self.seed)

    @property
    def reach(self) -> np.ndarray:
        return np.round(self.people)

    @property
    def in_market_reach(self) -> np.ndarray:
        return np.round(self.people * self.share)

    @property
    def engagements(self) -> np.ndarray:
        return np.minimum(_counted(self.impressions * self.rates[0], self.seed, 2, self.is_own_luck), self.impressions)

    @cached_property
    def clicks(self) -> np.ndarray:
        expected = self.impressions * self.rates[1] * click_factor(self.share, self.inputs.out_click)
        return np.minimum(_counted(expected, self.seed, 3, self.is_own_luck), self.impressions)

    @cached_property
    def buyers(self) -> np.ndarray:
        """Expected purchases of those who click."""
        rate = convert_factor(self.share, self.inputs.out_click, self.inputs.out_convert)
        return self.clicks * self.rates[2] * rate

    @cached_property
    def at_home(self) -> np.ndarray:
        """Of those who buy, who lives in the market: s against (1 - s) kC kV elsewhere."""
        return self.share / path_factor(self.share, self.inputs.out_click, self.inputs.out_convert)

    @cached_property
    def in_market_conversions(self) -> np.ndarray:
        return np.minimum(_counted(self.buyers * self.at_home, self.seed, 4, self.is_own_luck), self.clicks)

    @cached_property
    def conversions(self) -> np.ndarray:
        elsewhere = _counted(self.buyers * (1 - self.at_home), self.seed, 5, self.is_own_luck)
        return np.minimum(self.in_market_conversions + elsewhere, self.clicks)

    @property
    def revenue(self) -> np.ndarray:
        order = self.inputs.order_value
        return self.conversions * np.exp(order[:, :1] + order[:, 1:] * self.normal[8])


def of_brief(futures: Mapping[str, np.ndarray], at: int = 0) -> dict[str, np.ndarray]:
    """The futures of one brief, metric to (draws,), without the metrics that cannot be known."""
    return {metric: values[at] for metric, values in futures.items() if not np.isnan(values[at]).any()}


def fit_errors(inputs: ForecastInputs, draws: int, seed: int) -> np.ndarray:
    """Errors of the three log rates and of log impressions (4, rows, draws): those of the fits, alike in all rows.

    A rate is fitted to sums of events, so the fit is its mean, and an error moves it around that; impressions are
    fitted to logs.
    """
    shared = _shared_luck(inputs.shared_errors.shape[2], draws)
    own = np.random.default_rng([seed, OWN_ERROR]).standard_normal((4, 1, draws))
    together = np.einsum("bsp,spd->sbd", inputs.shared_errors, shared) + inputs.own_errors.T[:, :, None] * own
    variance = (inputs.shared_errors**2).sum(axis=2) + inputs.own_errors**2
    together[:3] -= variance.T[:3, :, None] / 2
    return together


@lru_cache(maxsize=4)  # 15 MB at the 20,000 draws of a review
def _shared_luck(parts: int, draws: int) -> np.ndarray:
    """Standard normals (4, parts, draws) of the errors that all briefs share: the same for every forecast."""
    normal = np.random.default_rng(SEED).standard_normal((4, parts, draws))
    normal.flags.writeable = False
    return normal


def campaign_rates(inputs: ForecastInputs, normal: np.ndarray, errors: np.ndarray | float = 0.0) -> np.ndarray:
    """Rates of the three stages (3, rows, draws): typical, times the creator's strength, times a campaign's luck.

    normal: standard normals (at least 6, 1 or rows, draws): the first three of strength, the next three of luck.
    errors: fit_errors(); 0 where a rate is asked as the fits have it.
    """
    strength_normal = np.broadcast_to(normal[:3], (3, len(inputs), normal.shape[-1]))
    together = np.einsum("bij,jbd->ibd", np.linalg.cholesky(inputs.covariance), strength_normal)
    of_fits = errors[:3] if isinstance(errors, np.ndarray) else errors
    strength = np.exp(inputs.mean.T[:, :, None] + together + of_fits)
    luck = np.exp(normal[3:6] / np.sqrt(inputs.caps)[:, None, None] - 0.5 / inputs.caps[:, None, None])
    return np.minimum(inputs.rates.T[:, :, None] * strength * luck, 1.0)


def drawn_impressions(inputs: ForecastInputs, normal: np.ndarray, errors: np.ndarray | float = 0.0) -> np.ndarray:
    """Impressions (rows, draws) of standard normals (9, 1 or rows, draws); 1 where followers are not known."""
    centre, spread = inputs.impressions[:, :1], inputs.impressions[:, 1:]
    of_fits = errors[3] if isinstance(errors, np.ndarray) else errors
    drawn = np.where(np.isnan(centre), 0.0, centre + spread * normal[6] + of_fits)
    return np.round(np.exp(np.minimum(drawn, np.log(LARGEST_COUNT))))


def _people(inputs: ForecastInputs, impressions: np.ndarray, normal: np.ndarray, seed: int) -> np.ndarray:
    """People reached (rows, draws). Of several deliverables nobody knows how far they meet the same people."""
    frequency = np.exp(np.maximum(inputs.frequency[:, :1] + inputs.frequency[:, 1:] * normal, 0.0))
    count = inputs.count[:, None]
    single = impressions / count / frequency
    return combined_reach(inputs, single, count * single, seed)


def combined_reach(inputs: ForecastInputs, largest: np.ndarray, total: np.ndarray, seed: int) -> np.ndarray:
    """People reached by several deliverables together (rows, draws): never a plain sum.

    At least the largest of them, at most their sum or the followers (or as many times those as the field's campaigns
    have shown); in between total x (total / largest)^-overlap, learned from campaigns of several. The nearer the limit,
    the rarer is each further person: nobody reaches all of them half of the time.
    inputs: of the rows, or of lines of one creator. largest, total: of the deliverables' own reach (rows, draws).
    """
    draws = largest.shape[-1]
    overlap = inputs.overlap + inputs.overlap_sd * np.random.default_rng([seed, 6]).standard_normal(draws)
    followers = inputs.followers[: len(largest), None] if largest.ndim > 1 else inputs.followers[0]
    with np.errstate(invalid="ignore", divide="ignore"):
        together = total * np.where(largest > 0, total / largest, 1.0) ** -overlap
        further = np.clip(together, largest, total) - largest
        left = np.where(np.isnan(followers), np.inf, np.maximum(inputs.reach_limit * followers - largest, 0.0))
        nearer, farther = np.minimum(further, left), np.maximum(further, left)
        return largest + np.where(nearer > 0, nearer / np.hypot(1.0, nearer / farther), 0.0)


def shares(inputs: ForecastInputs, seed: int, draws: int, size: float = SHARE_SIZE) -> np.ndarray:
    """The in-market share of a campaign's audience (rows, draws): what is unknown, then who of it is reached.

    size: people that those who are reached are as uneven as.
    """
    point, low, high = (inputs.share[:, at : at + 1] for at in range(3))
    # The unknown part lies anywhere between low and high, the further side less often, so that the point is the mean.
    below, above = np.maximum(point - low, 0.0), np.maximum(high - point, 0.0)
    chance = np.where(below + above > 0, above / np.maximum(below + above, SMALLEST_PART**2), 0.5)
    place = np.random.default_rng([seed, 0]).random(draws)
    with np.errstate(divide="ignore", invalid="ignore"):
        down, up = 1 - place / chance, (place - chance) / (1 - chance)
    centre = point + np.where(place < chance, -below * down, above * up)
    centre = np.clip(centre, SMALLEST_PART, 1 - SMALLEST_PART)
    reached = _same_luck(lambda g, row: g.beta(size * row, size * (1 - row)), centre, seed, 1)
    return np.clip(reached, SMALLEST_PART**2, 1.0)


def _counted(expected: np.ndarray, seed: int, stream: int, is_own_luck: bool) -> np.ndarray:
    """Whole events around an expectation (rows, draws)."""
    return _same_luck(lambda g, row: g.poisson(row), np.minimum(expected, LARGEST_COUNT), seed, stream, is_own_luck)


def _same_luck(
    drawn: Callable[[np.random.Generator, np.ndarray], np.ndarray],
    given: np.ndarray,
    seed: int,
    stream: int,
    is_own_luck: bool = False,
) -> np.ndarray:
    """Draw every row with a generator of its own: how many numbers a row takes must not move the next one.

    The rows meet the same luck, or each its own; the first row is the same either way.
    """
    generator = np.random.default_rng([seed, stream])
    start, rows = generator.bit_generator.state, []
    for at, row in enumerate(given):
        if is_own_luck and at:
            generator = np.random.default_rng([seed, stream, at])
        else:
            generator.bit_generator.state = start
        rows.append(drawn(generator, row))
    return np.array(rows, float)


def ratios(futures: Mapping[str, np.ndarray], cost: np.ndarray | float) -> dict[str, np.ndarray]:
    """Rates and costs of drawn counts; no click or sale is an infinite cost, an unknown cost (NaN) stays unknown.

    cost: in one currency; less than LEAST_COST is no price.
    """
    price = np.where(np.asarray(cost) >= LEAST_COST, cost, np.nan)
    impressions, clicks, conversions = (futures[name] for name in ("impressions", "clicks", "conversions"))
    with np.errstate(divide="ignore"):
        return {
            "engagement_rate": futures["engagements"] / np.maximum(impressions, 1),
            "click_rate": clicks / np.maximum(impressions, 1),
            "conversion_rate": conversions / np.maximum(clicks, 1),
            "cost_per_thousand_impressions": 1000 * price / impressions,
            "cost_per_click": price / clicks,
            "cost_per_conversion": price / conversions,
            "return_on_ad_spend": futures["revenue"] / price,
        }


def p_hit(futures: Mapping[str, np.ndarray], metric: str, target: float) -> float | None:
    """How likely a target line is met: at least the target, or at most where lower is better; None where unknown."""
    if metric not in futures:
        return None
    values = futures[metric]
    return float((values <= target).mean() if LIBRARY[metric].lower_is_better else (values >= target).mean())


def cost_per_expected_sale(mean: float | None, cost: float | None) -> float | None:
    """Cost over the mean number of conversions; the mean of cost per order would be infinite."""
    return cost / mean if mean and cost is not None and cost >= LEAST_COST else None
