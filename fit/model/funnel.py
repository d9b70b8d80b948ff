"""What happened at each step of a creator's funnel, in words with numerator, denominator and n?"""

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
        """The way to this step: "5.0 % of impressions (500 of 10,000; n = 3)"; empty for the first and the unknown."""
        if self.number is None or not self.of:
            return ""
        said = {"of": _(self.of), "rate": words.rate(self.events, self.trials), "n": self.count_campaigns}
        said |= {"events": words.count(self.events), "trials": words.count(self.trials)}
        if not self.trials:
            return _("no rate: {of} not measured alongside").format(**said)
        return _("{rate} of {of} ({events} of {trials}; n = {n})").format(**said)

    @property
    def says(self) -> str:
        """Count and rate in one: "Clicks: 500, 5.0 % of impressions (500 of 10,000; n = 3)"."""
        if self.number is not None and not self.of:
            return f"{self.counted} (n = {self.count_campaigns})"
        return ", ".join(part for part in (self.counted, self.rate) if part)


def strength_rows(who: str, stages: Mapping[str, object], sums: Mapping[str, object]) -> pl.DataFrame:
    """One row a stage for the charts of intervals: what is known of it, and the counts behind it.

    stages: stage to fit.shortlist.Stage; sums: the row of queries/funnel_of_creator.sql. Columns: creator, stage,
    index, low, high, measured, count_campaigns, evidence, events, trials (the last two null where not measured).
    """
    rows = [
        {
            "creator": who,
            "stage": stage,
            "index": own.index,
            "low": own.low,
            "high": own.high,
            "measured": own.measured,
            "count_campaigns": own.count_campaigns,
            "evidence": own.evidence,
            "events": sums[f"{stage}_events"],
            "trials": sums[f"{stage}_trials"],
        }
        for stage, own in stages.items()
    ]
    counts = {"count_campaigns": pl.Int64, "events": pl.Int64, "trials": pl.Int64}
    return pl.DataFrame(rows, schema_overrides=counts)
