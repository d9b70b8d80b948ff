"""Explain an index from the campaigns behind it, so that it can be checked with a pocket calculator.

index = 100 x (prior + events that count) / (prior + expected events that count). Of a campaign with mu expected events
only the part evidence / (mu lambda) counts: the cap and the age of the campaign in one number. This is the closed form
of the judgement; the stored index reads the three stages together and integrates exactly, and differs by some percent,
more where luck is wild.
"""

from dataclasses import dataclass
from math import expm1

import polars as pl

SMALLEST_TAU = 1e-3  # keeps the prior finite in a field whose creators do not differ


@dataclass(frozen=True)
class IndexExplained:
    """One stage. campaigns: one row each; the counted sums and the prior are in events; index: 100 = typical."""

    campaigns: pl.DataFrame
    counted_events: float
    counted_expected: float
    prior_events: float
    index: float


def explain_index(evidence: pl.DataFrame, index: float, tau: float) -> IndexExplained:
    """Compute the index of one stage of one creator step by step from its campaigns.

    evidence: rows of one stage of queries/evidence_of_creator.sql; index: the stored one, 100 = typical; tau: spread
    of the log index between creators. The prior is worth 1 / (exp(tau^2) - 1) events of a typical creator.
    campaigns adds own_rate, benchmark_rate, own_index (100 x events / expected), part_that_counts (0 to 1),
    counted_events and counted_expected.
    """
    expected = pl.col("expected_events")
    part = (pl.col("evidence") / (expected * index / 100)).clip(0.0, 1.0)
    campaigns = evidence.with_columns(
        own_rate=pl.col("count_events") / pl.col("count_trials"),
        benchmark_rate=expected / pl.col("count_trials"),
        own_index=100 * pl.col("count_events") / expected,
        part_that_counts=part,
        counted_events=part * pl.col("count_events"),
        counted_expected=part * expected,
    )
    prior = 1 / expm1(max(tau, SMALLEST_TAU) ** 2)
    events, typical = (sum(campaigns[name].to_list(), 0.0) for name in ("counted_events", "counted_expected"))
    return IndexExplained(campaigns, events, typical, prior, 100 * (prior + events) / (prior + typical))
