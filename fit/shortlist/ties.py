"""Say how sure the order of a shortlist is: chances of the top places, ties of neighbours, what would settle them."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import polars as pl
from scipy.special import ndtr, ndtri

from fit.brief import Goal
from fit.model import LARGEST_LOG

ORDER_DRAWS = 2_000
CONTENDERS = 200  # nobody below the 200 best expected payoffs has a real chance of the top
DRAW_SEED = 20_260_110
SETTLED = 0.7  # the order of two neighbours is settled when it is 70 % sure
MOST_CAMPAIGNS = 50  # of one creator; what takes more of them is not settled in any plan
CLICKS_OF_A_CAMPAIGN = 100.0  # of usual size; more in one campaign prove hardly more


@dataclass(frozen=True)
class Campaign:
    """What one more campaign of usual size would count for: clicks and purchases, and the caps k of both stages."""

    click_cap: float = 4.0
    convert_cap: float = 4.0
    purchases_per_click: float = 0.02
    clicks: float = CLICKS_OF_A_CAMPAIGN

    @property
    def purchases(self) -> float:
        """Purchases that the clicks of the campaign lead to."""
        return self.clicks * self.purchases_per_click

    @property
    def worth(self) -> tuple[float, float]:
        """Evidence in clicks and in purchases: n events of one campaign are worth n / (1 + n/k)."""
        clicks = self.clicks / (1 + self.clicks / self.click_cap)
        return clicks, self.purchases / (1 + self.purchases / self.convert_cap)


def order_chances(
    contenders: pl.DataFrame,
    goal: str,
    top: int = 3,
    draws: int = ORDER_DRAWS,
    seed: int = DRAW_SEED,
    *,
    campaign: Campaign | None = None,
) -> pl.DataFrame:
    """How likely is each contender in the top, above the next one, and what would settle the order?

    contenders: creator_id, payoff (expected payoff of the goal, best first), log_sd, and click_log_sd, convert_log_sd
    where it is asked what would settle an order (the parts of log_sd that clicks and purchases would narrow).
    Returns one row per contender, in order: creator_id, p_best and p_top (0 outside the first 200, 1 when all fit in),
    p_above_next (null for the last), clicks_to_settle (for each of the two; null when settled or when clicks cannot),
    purchases_to_settle (the same where clicks cannot: purchases out of campaigns that track both).
    """
    payoff = contenders["payoff"].cast(pl.Float64).fill_null(0.0).to_numpy()
    log_sd = contenders["log_sd"].cast(pl.Float64).fill_null(0.0).to_numpy()
    log_payoff = np.log(np.maximum(payoff, np.exp(-2 * LARGEST_LOG))) - log_sd**2 / 2
    gap = log_payoff[:-1] - log_payoff[1:]
    pair_variance = np.maximum(log_sd[:-1] ** 2 + log_sd[1:] ** 2, 1e-18)
    above = ndtr(gap / np.sqrt(pair_variance))
    clicks = purchases = np.full(len(gap), np.nan)
    if goal == Goal.CONVERSION and "click_log_sd" in contenders.columns:
        stages = contenders.select("click_log_sd", "convert_log_sd").to_numpy() ** 2
        clicks, purchases = to_settle(gap, pair_variance, stages, campaign or Campaign())
    chances = top_chances(log_payoff, log_sd, top, draws, seed)
    last = [None] if len(payoff) else []
    needed = {"clicks_to_settle": clicks, "purchases_to_settle": purchases}
    return pl.DataFrame(
        {
            "creator_id": contenders["creator_id"],
            "p_best": chances[0],
            "p_top": chances[-1],
            "p_above_next": pl.Series([*above.tolist(), *last], dtype=pl.Float64),
        }
        | {
            name: pl.Series([*values.tolist(), *last], dtype=pl.Float64).fill_nan(None).cast(pl.Int64)
            for name, values in needed.items()
        }
    )


def top_chances(log_payoff: np.ndarray, log_sd: np.ndarray, places: int, draws: int, seed: int) -> np.ndarray:
    """Share of seeded draws in which each contender is the first, among the first two, ...: (places, contenders).

    Ties go to the first; contenders after the first 200 have no chance.
    """
    counts = np.zeros((places, len(log_payoff)))
    near = min(len(log_payoff), CONTENDERS)
    drawn = log_payoff[:near] + _noise(draws, near, seed) * log_sd[:near]
    each = np.arange(draws)
    for place in range(min(places, near)):  # a pass for each place costs a tenth of sorting all draws
        best = drawn.argmax(axis=1)
        drawn[each, best] = -np.inf
        counts[place, :near] = np.bincount(best, minlength=near)
    return counts.cumsum(axis=0) / draws


@lru_cache(maxsize=4)  # 3 MB each
def _noise(draws: int, contenders: int, seed: int) -> np.ndarray:
    """Standard normals (draws, contenders): the same for every brief."""
    noise = np.random.default_rng(seed).standard_normal((draws, contenders))
    noise.flags.writeable = False
    return noise


def to_settle(
    gap: np.ndarray, pair_variance: np.ndarray, stages: np.ndarray, campaign: Campaign
) -> tuple[np.ndarray, np.ndarray]:
    """Clicks, or else purchases, of each of two neighbours that make their order 70 % sure; NaN where none do.

    gap, pair_variance: of the log payoffs of neighbours (creators - 1,). stages: variances of the log click and convert
    index (creators, 2). The order is settled when the variance of the difference falls to (gap / z)^2. Purchases come
    with the clicks that lead to them, so a campaign that tracks both narrows both.
    """
    excess = pair_variance - (gap / float(ndtri(SETTLED))) ** 2
    is_open = (gap > 0) & (excess > 0)
    by_clicks = _campaigns(excess, stages[:, :1], campaign.worth[:1])
    by_both = _campaigns(excess, stages, campaign.worth)
    clicks = np.where(is_open, np.ceil(by_clicks * campaign.clicks), np.nan)
    purchases = np.where(is_open & np.isnan(by_clicks), np.ceil(by_both * campaign.purchases), np.nan)
    return clicks, purchases


def _campaigns(excess: np.ndarray, variances: np.ndarray, worth: tuple[float, ...]) -> np.ndarray:
    """How many campaigns of each neighbour take away this much variance; NaN when MOST_CAMPAIGNS do not.

    A campaign worth w turns a variance v into 1/(1/v + w).
    """
    low, high = np.zeros(len(excess)), np.full(len(excess), float(MOST_CAMPAIGNS))
    pairs, worths = np.concatenate([variances[:-1], variances[1:]], axis=1), np.tile(worth, 2)

    def taken(number: np.ndarray) -> np.ndarray:
        return (pairs - pairs / (1 + worths * number[:, None] * pairs)).sum(axis=1)

    is_enough = taken(high) >= excess
    for _ in range(50):  # halving: the variance falls steadily with the number
        middle = (low + high) / 2
        enough = taken(middle) >= excess
        low, high = np.where(enough, low, middle), np.where(enough, middle, high)
    return np.where(is_enough, high, np.nan)
