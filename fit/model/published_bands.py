"""List the published bands of rates and prices that the benchmark starts from, with source and grade.

Grades: A peer-reviewed or official, B vendor data with stated n, C a range without data. Published figures conflict by
a factor of three to eight: a band is a band. Reading one as holding 80 % of cases is our assumption.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from fit.locale import phrase

PRIOR_CREATORS = 2  # creators that a band (sd .7 of a log rate) counts for; more of your own outweigh it


@dataclass(frozen=True)
class Band:
    """One published range. prior: the Beta(a, b) that stands for it, None where the judgement does not use it."""

    name: str
    quantity: str
    published: str
    grade: str
    source: str
    prior: tuple[float, float] | None = None

    @property
    def rate(self) -> float | None:
        """The mean of the prior, 0 to 1."""
        return None if self.prior is None else self.prior[0] / sum(self.prior)


JOURNAL = "Beichert et al., Journal of Marketing 88(4) 2024, doi 10.1177/00222429231217471"
BANDS = (
    Band(
        "orders_of_clicks",
        phrase("orders of clicks"),
        phrase("0.9 to 3.0 %"),
        "C+",
        "lookfluence, summary of Digital Applied",
        (4.8, 252),
    ),
    Band(
        "clicks_of_story",
        phrase("clicks of story views"),
        phrase("1 to 5 %"),
        "C",
        "creatorlanehq, calkulon",
        (2.8, 98),
    ),
    Band(
        "clicks_of_rest", phrase("clicks of views, link in bio"), phrase("1 to 3 %"), "C+", "creatorlanehq", (5.7, 290)
    ),
    Band(
        "clicks_of_youtube",
        phrase("clicks of views, YouTube description"),
        phrase("0.5 to 2 %"),
        "C",
        "castlytics, influencerfee",
        (3.7, 312),
    ),
    Band(
        "engagements_of_followers",
        phrase("engagements of followers, Instagram"),
        phrase("nano 2.78 %, all 1.9 to 2.2 %"),
        "B",
        "HypeAuditor 2023; Later x Fohr",
    ),
    Band(
        "engagements_of_impressions",
        phrase("engagements of impressions"),
        phrase("Instagram nano 6.23 %, TikTok above 1.5 M followers 4.95 %"),
        "B",
        "Captiv8",
    ),
    Band(
        "cost_per_thousand",
        phrase("cost per thousand impressions, real bookings"),
        phrase("Instagram 32 to 42, TikTok 25 to 35, YouTube 51 to 61 USD"),
        "B",
        "inzpire (Nordics, Europe)",
    ),
    Band(
        "revenue_of_follower",
        phrase("revenue per follower, Instagram"),
        phrase("nano 0.265, macro 0.049 EUR"),
        "A",
        JOURNAL,
    ),
)
# Where the judgement's own numbers about a band stand: stage, and the level that the band is about.
OWN = {
    "orders_of_clicks": ("convert", None),
    "clicks_of_story": ("click", ("deliverable", "story")),
    "clicks_of_rest": ("click", None),
    "clicks_of_youtube": ("click", ("platform", "youtube")),
    "engagements_of_impressions": ("engage", None),
}


@dataclass(frozen=True)
class OwnFigure:
    """What the user's own data say beside a band. rate: 0 to 1, None = not measured; events: behind it."""

    rate: float | None
    count_events: int
    count_campaigns: int

    @property
    def outweighs(self) -> bool:
        """Whether the own campaigns count for more than the band."""
        return self.count_campaigns > PRIOR_CREATORS


def own_figures(facts: Mapping[str, float], levels: pl.DataFrame) -> dict[str, OwnFigure]:
    """Find the typical creator's rate of your field (0 to 1) beside each band that has one, by the band's name.

    facts: field_facts by name; levels: queries/benchmark_levels.sql. An audience that lives in the market is meant.
    """
    return {name: _own(stage, level, facts, levels) for name, (stage, level) in OWN.items()}


def _own(stage: str, level: tuple[str, str] | None, facts: Mapping[str, float], levels: pl.DataFrame) -> OwnFigure:
    """One figure: the base rate times the effect of the level; without a level, all campaigns of the stage."""
    factor, wanted = level or ("quarter", None)  # a campaign has one quarter, so its levels add up to all
    rows = levels.filter((pl.col("stage") == stage) & (pl.col("factor") == factor))
    rows = rows if wanted is None else rows.filter(pl.col("level") == wanted)
    events, campaigns = int(rows["count_events"].sum()), int(rows["count_campaigns"].sum())
    if not campaigns:
        return OwnFigure(None, 0, 0)
    effect = 1.0 if wanted is None else float(rows["effect"][0])
    return OwnFigure(min(1.0, facts[f"base_{stage}"] * effect), events, campaigns)
