"""Walk forward through the past: forecast each quarter's campaigns with what was known before it, and compare.

The forecast is the one that `forecast` gives, judged anew once a quarter. Rows of an ad account are not forecast, nor
creators whose followers nobody knows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from fit.backtest.known_before import Facts, judged
from fit.backtest.rivals import rival_quantiles
from fit.backtest.scores import LEVELS, randomised_pit, tried_targets, weighted_interval_score
from fit.forecast import BRIEF_COLUMNS, SEED, StoredBasis, draw, inputs_of
from fit.locale import _
from fit.model import quarter_of
from fit.text import words

METRICS = ("impressions", "reach", "engagements", "clicks", "conversions", "revenue")
FEWEST_KNOWN = 10  # campaigns that had ended before a quarter; under it a forecast is made of published ranges
FEWEST_COMPARED = 10  # campaigns that a back-test says anything from
AT_ONCE = 500  # campaigns drawn together, so that memory stays bounded
Progress = Callable[[float, str], None]  # part done from 0 to 1, and the quarter that is being walked


class TooFewCampaigns(ValueError):
    """A back-test that would say nothing; the message says what was found, what is needed and what to do."""

    def __init__(self, count: int, *, is_part: bool) -> None:
        super().__init__(count)
        self.count, self.is_part = count, is_part

    def __str__(self) -> str:
        """The message, in the language of whoever reads it."""
        text = _(
            "{campaigns} can be held against a forecast; {needed} are needed. A campaign counts when it "
            "has results, its creator's followers are known, and {known} others ended before its quarter. Load "
            "more campaigns."
        )
        if self.is_part:
            text += " " + _("Or start from an earlier quarter.")
        campaigns = words.counted(self.count, "past campaign", "past campaigns")
        return text.format(campaigns=campaigns, needed=FEWEST_COMPARED, known=FEWEST_KNOWN)


@dataclass(frozen=True)
class Walked:
    """What was said of past campaigns, and their results.

    quarters: walked, such as "2025-Q3". outcomes: one row per campaign and metric that it measured: quarter,
    campaign_id, creator_id, platform, date, metric, actual, p10, p50, p90, pit (where the result fell, 0 to 1), wis,
    wis_raw and wis_field (null where a rival has no forecast). tried: one row per target tried: said, hit (0 or 1).
    """

    quarters: tuple[str, ...]
    outcomes: pl.DataFrame
    tried: pl.DataFrame


def quarter_name(number: int) -> str:
    """Name a quarter of quarter_of(): "2025-Q3"."""
    return f"{number // 4}-Q{number % 4 + 1}"


def quarter_number(name: str) -> int:
    """Number "2025-Q3" as quarter_of() does."""
    year, quarter = name.split("-Q")
    return 4 * int(year) + int(quarter) - 1


def walk_forward(
    facts: Facts,
    since: int | None = None,
    progress: Progress = lambda part, quarter: None,
    judge: Callable[[Facts], StoredBasis] = judged,
) -> Walked:
    """Forecast and compare the campaigns of every quarter (from `since` on, as quarter_of() numbers them).

    judge: the judgement that is tried. The same facts give the same result. Raises TooFewCampaigns.
    """
    followers = facts.creators.select("creator_id", "followers", own_platform="platform")
    campaigns = (
        facts.campaigns.join(followers, on="creator_id", how="left", maintain_order="left")
        .filter(~pl.col("paid"))
        .with_columns(
            platform=pl.coalesce("platform", "own_platform"),
            size=pl.col("followers") * pl.col("count_deliverables").fill_null(1).cast(pl.Float64),
            quarter=quarter_of(pl.col("date")),
            revenue=pl.when(pl.col("currency").is_not_null()).then(pl.col("revenue").cast(pl.Float64)),
        )
        .filter(pl.col("size") > 0)
        .sort("campaign_key")
    )
    to_walk = campaigns.filter(pl.col("quarter") >= (since or 0))["quarter"].unique().sort().to_list()
    walked = []
    for at, quarter in enumerate(to_walk):
        progress(at / len(to_walk), quarter_name(quarter))
        start = date(quarter // 4, 3 * (quarter % 4) + 1, 1)
        known = facts.before(start)
        past = campaigns.join(known.campaigns.select("campaign_key"), on="campaign_key", how="semi")
        if past.height >= FEWEST_KNOWN:
            asked = campaigns.filter(pl.col("quarter") == quarter)
            walked.append((quarter_name(quarter), *_compared(asked, past, judge(known), quarter)))
    outcomes = pl.concat([outcomes for _quarter, outcomes, _tried in walked]) if walked else pl.DataFrame()
    count = outcomes["campaign_key"].n_unique() if walked else 0
    if count < FEWEST_COMPARED:
        raise TooFewCampaigns(count, is_part=since is not None)
    return Walked(
        tuple(quarter for quarter, _outcomes, _tried in walked),
        outcomes,
        pl.concat([tried for _quarter, _outcomes, tried in walked]),
    )


def _compared(
    asked: pl.DataFrame, past: pl.DataFrame, stored: StoredBasis, quarter: int
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Outcomes and tried targets of one quarter's campaigns."""
    inputs = inputs_of(asked.select(list(BRIEF_COLUMNS)), stored)
    place = np.random.default_rng([SEED, quarter]).random((len(METRICS), asked.height))
    rivals = {metric: rival_quantiles(past, asked, metric, LEVELS) for metric in METRICS}
    outcomes, tried = [], []
    for first in range(0, asked.height, AT_ONCE):
        some = slice(first, first + AT_ONCE)
        futures = draw(inputs.take(some))
        for at, metric in enumerate(METRICS):
            rows = asked[some]
            actual = rows[metric].cast(pl.Float64).to_numpy()
            known = np.flatnonzero(~np.isnan(actual) & ~np.isnan(futures[metric][:, 0]))
            drawn = np.sort(futures[metric][known], axis=1)
            chances, hit = tried_targets(actual[known], drawn)
            tried.append(pl.DataFrame({"said": chances.ravel(), "hit": hit.ravel()}))
            raw, field = (quantiles[some][known] for quantiles in rivals[metric])
            outcomes.append(
                rows[known].select(
                    "campaign_key", "campaign_id", "creator_id", "platform", "date",
                    pl.lit(quarter_name(quarter)).alias("quarter"),
                    pl.lit(metric).alias("metric"),
                    **dict(_scored(actual[known], drawn, place[at, some][known], raw, field)),
                )
            )  # fmt: skip
    return (
        pl.concat(outcomes).with_columns(pl.col("wis_raw", "wis_field").fill_nan(None)),
        pl.concat(tried).filter(pl.col("said").is_not_nan()),
    )


def _scored(
    actual: np.ndarray, drawn: np.ndarray, place: np.ndarray, raw: np.ndarray, field: np.ndarray
) -> Iterator[tuple[str, pl.Series]]:
    """The columns of outcomes that are measured; drawn: sorted futures (campaigns, draws)."""
    quantiles = np.quantile(drawn, LEVELS, axis=1).T if len(drawn) else np.zeros((0, len(LEVELS)))
    columns = {
        "actual": actual,
        "p10": quantiles[:, 1],
        "p50": quantiles[:, 3],
        "p90": quantiles[:, 5],
        "pit": randomised_pit(actual, drawn, place),
        "wis": weighted_interval_score(actual, quantiles),
        "wis_raw": weighted_interval_score(actual, raw),
        "wis_field": weighted_interval_score(actual, field),
    }
    return ((name, pl.Series(name, values, dtype=pl.Float64)) for name, values in columns.items())
