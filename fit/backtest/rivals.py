"""Forecast campaigns as a spreadsheet would: by the creator's own raw rate, or by what is usual on the platform.

Both count per follower and deliverable, which is known before a campaign, and both get the spread that past campaigns
had around such a centre: a single number would lose against any range.
"""

from __future__ import annotations

import numpy as np
import polars as pl

FEWEST = 2  # past campaigns that a spread can be read off


def rival_quantiles(
    past: pl.DataFrame, asked: pl.DataFrame, metric: str, levels: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Quantiles of one metric by the raw rate and by the field: each (campaigns, levels), NaN where there is none.

    past, asked: campaigns before and after, with creator_id, platform, size (followers x deliverables) and the metric.
    levels: 0 to 1. Raw rate: the mean of the creator's own past logs, around it what creators were off their own mean
    of the others. Field: the past logs of the platform.
    """
    log_rate = ((pl.col(metric) + 0.5) / pl.col("size")).log()
    seen = past.filter(pl.col(metric).is_not_null() & (pl.col("size") > 0)).select(
        "creator_id", "platform", log_rate=log_rate
    )
    own = seen.group_by("creator_id").agg(centre=pl.col("log_rate").mean())
    count, total = pl.len().over("creator_id"), pl.col("log_rate").sum().over("creator_id")
    off = seen.filter(count >= FEWEST).select(off=(pl.col("log_rate") - (total - pl.col("log_rate")) / (count - 1)))
    centre = asked.join(own, on="creator_id", how="left", maintain_order="left")["centre"]
    spread = _quantiles(off["off"].to_numpy(), levels)
    raw = centre.cast(pl.Float64).fill_null(np.nan).to_numpy()[:, None] + spread
    of_platform = {
        platform: _quantiles(seen.filter(pl.col("platform") == platform)["log_rate"].to_numpy(), levels)
        for platform in asked["platform"].unique().drop_nulls().sort().to_list()
    }
    nothing = np.full(len(levels), np.nan)
    field = np.array([of_platform.get(name, nothing) for name in asked["platform"]]).reshape(raw.shape)
    size = np.log(asked["size"].cast(pl.Float64).to_numpy())[:, None]
    return np.exp(raw + size), np.exp(field + size)


def _quantiles(logs: np.ndarray, levels: np.ndarray) -> np.ndarray:
    return np.quantile(logs, levels) if len(logs) >= FEWEST else np.full(len(levels), np.nan)
