"""Describe the steps of a creator's funnel in words, with numerator, denominator and n."""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from fit.locale import _, phrase
from fit.text import words

STAGE_EVENTS = {"engage": phrase("engagements"), "click": phrase("clicks"), "convert": phrase("purchases")}
STAGE_TRIALS = {"engage": phrase("impressions"), "click": phrase("impressions"), "convert": phrase("clicks")}


@dataclass(frozen=True)
class FunnelStep:
    """One step. number: None = never measured; events and trials: the pair behind its rate, from n campaigns that
    measured both."""

    name: str
    number: int | None
    of: str = ""
    events: int | None = None
    trials: int | None = None
    count_campaigns: int = 0

    @property
    def counted(self) -> str:
        """The step's count: "Clicks: 500"."""
        return _("{step}: {number}").format(step=_(self.name), number=words.count(self.number))

    @property
    def rate(self) -> str:
        """Rate of this step: "5.0 % of impressions (500 of 10,000; n = 3)"; empty for the first and the unknown."""
        if self.number is None or not self.of:
            return ""
        values = {"of": _(self.of), "rate": words.rate(self.events, self.trials), "n": self.count_campaigns}
        values |= {"events": words.count(self.events), "trials": words.count(self.trials)}
        if not self.trials:
            return _("no rate: {of} not measured alongside").format(**values)
        return _("{rate} of {of} ({events} of {trials}; n = {n})").format(**values)

    @property
    def says(self) -> str:
        """Count and rate in one: "Clicks: 500, 5.0 % of impressions (500 of 10,000; n = 3)"."""
        if self.number is not None and not self.of:
            return f"{self.counted} (n = {self.count_campaigns})"
        return ", ".join(part for part in (self.counted, self.rate) if part)


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
