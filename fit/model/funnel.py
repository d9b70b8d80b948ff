"""Name the counts of each funnel stage, and hold how strong a creator is at it."""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from fit.locale import phrase

STAGE_EVENTS = {"engage": phrase("engagements"), "click": phrase("clicks"), "convert": phrase("purchases")}
STAGE_TRIALS = {"engage": phrase("impressions"), "click": phrase("impressions"), "convert": phrase("clicks")}


@dataclass(frozen=True)
class StageStrength:
    """A creator's strength at one stage: index 100 = typical, low and high bound 80 %, evidence in events' worth."""

    index: float
    low: float
    high: float
    p_beats_benchmark: float
    count_campaigns: int
    evidence: float
    measured: bool


def strength_rows(who: str, stages: Mapping[str, StageStrength], sums: Mapping[str, object]) -> pl.DataFrame:
    """Make the rows of the charts of intervals, one a stage: its strength, and the counts behind it.

    stages: stage to its strength; sums: the row of queries/funnel_of_creator.sql. Columns: creator, stage,
    index, low, high, measured, count_campaigns, evidence, events, trials (the last two null where not measured).
    """
    rows = [
        {
            "creator": who,
            "stage": stage,
            "index": strength.index,
            "low": strength.low,
            "high": strength.high,
            "measured": strength.measured,
            "count_campaigns": strength.count_campaigns,
            "evidence": strength.evidence,
            "events": sums[f"{stage}_events"],
            "trials": sums[f"{stage}_trials"],
        }
        for stage, strength in stages.items()
    ]
    counts = {"count_campaigns": pl.Int64, "events": pl.Int64, "trials": pl.Int64}
    return pl.DataFrame(rows, schema_overrides=counts)
