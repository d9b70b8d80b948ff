"""Say what each listed creator's standard deliverable brings for its price: mean, range, cost of one outcome."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl

from fit.ask import Ask
from fit.brief import Brief, Goal
from fit.forecast import forecasts, read_stored

OUTCOME_METRIC: dict[str, str] = {
    Goal.CONVERSION.value: "in_market_conversions",
    Goal.AWARENESS.value: "in_market_reach",
}
PER_MONEY = 1000.0  # of the currency: outcomes are counted per thousand
COUNTED_BY = {Goal.CONVERSION.value: 1.0, Goal.AWARENESS.value: 1000.0}  # one purchase, or a thousand people reached


@dataclass(frozen=True)
class Expected:
    """What one standard deliverable brings in the brief's markets; all None where followers or audience are unknown.

    metric: purchases by people there, or people reached there. mean, p10, p90: counts; p_zero: chance of none, 0 to 1.
    per_1000: outcomes per 1,000 of the currency; cost_per_outcome: money per purchase, or per 1,000 people reached;
    both None without a price, the second also where nothing is expected.
    """

    metric: str
    mean: float | None = None
    p10: float | None = None
    p90: float | None = None
    p_zero: float | None = None
    per_1000: float | None = None
    cost_per_outcome: float | None = None


def outcomes_of(ask: Ask, brief: Brief, rows: Sequence[Mapping[str, Any]]) -> dict[str, Expected]:
    """The expected outcome of each row of queries/shortlist.sql, by creator_id: that of a forecast of the same line.

    The mean is the exact one, which the list is ordered by (each market weighed).
    """
    metric = OUTCOME_METRIC[brief.goal]
    known = [row for row in rows if row["outcome_per_money"] is not None]
    figures = _forecasts(ask, brief, known, metric)
    expected = {row["creator_id"]: Expected(metric) for row in rows}
    for row in known:
        of_line = figures[row["creator_id"]]
        expected[row["creator_id"]] = Expected(metric, **of_line, **_money(row["cost"], of_line["mean"], brief.goal))
    return expected


def _forecasts(ask: Ask, brief: Brief, rows: Sequence[Mapping[str, Any]], metric: str) -> dict[str, dict[str, float]]:
    """mean, p10, p90 and p_zero of a forecast of each creator's standard deliverable."""
    if not rows:
        return {}
    lines = pl.DataFrame(
        {
            "creator_id": [row["creator_id"] for row in rows],
            "market": "+".join(code for code, _ in brief.markets),
            "deliverable": [row["deliverable"] for row in rows],
        }
    )
    drawn = forecasts(lines, read_stored(ask, lines["creator_id"].to_list())).filter(pl.col("metric") == metric)
    names = ("mean", "p10", "p90", "p_zero")
    return {row["creator_id"]: {name: row[name] for name in names} for row in drawn.iter_rows(named=True)}


def _money(cost: float | None, mean: float, goal: str) -> dict[str, float | None]:
    """Outcome per 1,000 of the currency, and what one outcome costs."""
    if not cost:
        return {"per_1000": None, "cost_per_outcome": None}
    return {
        "per_1000": PER_MONEY * mean / cost,
        "cost_per_outcome": COUNTED_BY[goal] * cost / mean if mean > 0 else None,
    }


def log_share_variance(rows: pl.DataFrame, survey_size: int) -> np.ndarray:
    """How unsure the log of the share in the markets is: reported by about 200 people, and the part that is unknown.

    rows: likely_share, in_market_share, in_market_share_upper, 0 to 1. Returns (rows,).
    """
    share, low, high = (rows[name].cast(pl.Float64).fill_null(1.0).to_numpy() for name in _SHARES)
    least = np.maximum(low, 1 / (5 * survey_size))
    unknown = np.log(np.maximum(high, least) / least) ** 2 / 12
    return (1 - share) / (np.maximum(share, 1 / (5 * survey_size)) * survey_size) + unknown


_SHARES = ("likely_share", "in_market_share", "in_market_share_upper")
