"""Check the data that a decision stands on: PASS, REVIEW or FAIL, with what was found, what is needed and what to do.

A check is a row of CHECKS: its words, its limits, and a function that reads one figure of the data.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from fit.ask import Ask
from fit.backtest.accuracy import Accuracy, Held
from fit.locale import _, phrase
from fit.text import words

ELSEWHERE = 1 / 3  # an audience with less in the campaign's market lives mostly elsewhere: it shows who buys abroad
YOUNG_DAYS = 183  # six months
# In fields of 12 creators a chance of a target is off by 17 points, in fields of 20 by 8 (docs/method.md).
ENOUGH_CREATORS, ENOUGH_CAMPAIGNS = 20, 50
ENOUGH_REPEATED = 20  # creators with two campaigns or more; the spread between two is then known to a third
ENOUGH_ABROAD = 20
FEWEST_RESULTS = 50  # of one metric; fewer say little about a range
# Of the 95 % interval of what was held, and of where results fell in the mean (.5: neither low nor high).
IN_BAND, OUT_OF_BAND = (0.72, 0.88), (0.65, 0.93)
IN_MIDDLE, OUT_OF_MIDDLE = (0.44, 0.56), (0.40, 0.60)


class Status(StrEnum):
    """What a check says: good, look at it, or do not rely on it."""

    PASS = "pass"
    REVIEW = "review"
    FAIL = "fail"


@dataclass(frozen=True)
class Finding:
    """One line of the health card, in words."""

    check: str
    status: Status
    found: str
    needed: str
    do: str

    def as_json(self) -> dict[str, str]:
        """Plain values."""
        return {name: str(value) for name, value in vars(self).items()}


@dataclass(frozen=True)
class HealthFacts:
    """counts: the row of queries/health_counts.sql. accuracy: the back-test, None while there are too few campaigns."""

    counts: Mapping[str, int]
    is_demo: bool
    accuracy: Accuracy | None


Figure = tuple[float, str]  # what a check is judged by, and what was found, in words


@dataclass(frozen=True)
class Check:
    """name, needed, do: phrases to translate. A figure from `passes` on passes, one under `fails` fails."""

    name: str
    needed: str
    do: str
    passes: float
    fails: float
    figure: Callable[[HealthFacts], Figure]

    def __call__(self, facts: HealthFacts) -> Finding:
        """The finding of this check."""
        figure, found = self.figure(facts)
        status = Status.PASS if figure >= self.passes else Status.FAIL if figure < self.fails else Status.REVIEW
        return Finding(_(self.name), status, found, _(self.needed), _(self.do) if status is not Status.PASS else "")


def health_of(ask: Ask, accuracy: Accuracy | None, today: date, *, is_walked: bool = True) -> tuple[Finding, ...]:
    """The health card of the generation that answers, in a fixed order.

    is_walked: False leaves out what past forecasts say, for nobody has walked through them yet.
    """
    since = today - timedelta(days=YOUNG_DAYS)
    counts = ask("health_counts", most_share=ELSEWHERE, since=since).row(0, named=True)
    facts = HealthFacts(counts, bool(ask("generation")["is_demo"].item()), accuracy)
    return tuple(check(facts) for check in CHECKS if is_walked or check.figure is not _in_band)


def worst(findings: tuple[Finding, ...]) -> Finding:
    """The first of the most serious findings."""
    order = list(Status)
    return max(findings, key=lambda finding: order.index(finding.status))


def _enough(facts: HealthFacts) -> Figure:
    creators, campaigns = facts.counts["count_creators_with_campaigns"], facts.counts["count_campaigns"]
    found = _("{creators} with {campaigns}").format(
        creators=words.counted(creators, "creator", "creators"),
        campaigns=words.counted(campaigns, "campaign", "campaigns"),
    )
    return min(creators / ENOUGH_CREATORS, campaigns / ENOUGH_CAMPAIGNS), found


def _repeated(facts: HealthFacts) -> Figure:
    engage, click, convert = (facts.counts[f"count_repeated_{stage}"] for stage in ("engage", "click", "convert"))
    text = _("measured twice or more: engagements of {engage} creators, clicks of {click}, purchases of {convert}")
    return min(engage, click, convert), text.format(engage=engage, click=click, convert=convert)


def _abroad(facts: HealthFacts) -> Figure:
    count = facts.counts["count_abroad"]
    text = _("{campaigns} counted purchases where most of the audience lives elsewhere")
    return count, text.format(campaigns=words.counted(count, "campaign", "campaigns"))


def _share(part: str, whole: str, text: str) -> Callable[[HealthFacts], Figure]:
    """A figure that is the share of one count in another. text: a phrase with {part} and {whole}."""

    def figure(facts: HealthFacts) -> Figure:
        of, all_of = facts.counts[part], facts.counts[whole]
        return of / max(all_of, 1), _(text).format(part=words.count(of), whole=words.count(all_of))

    return figure


def _in_band(facts: HealthFacts) -> Figure:
    """1 in band, .5 in doubt, 0 out of it; the worst metric that has enough results decides."""
    well_known = (
        [accuracy for accuracy in facts.accuracy.metrics if accuracy.held.count >= FEWEST_RESULTS]
        if facts.accuracy
        else []
    )
    if not well_known or facts.accuracy is None:
        most = max((accuracy.held.count for accuracy in facts.accuracy.metrics), default=0) if facts.accuracy else 0
        text = _("at most {count} results of one metric to compare; from {needed} on they say whether ranges are right")
        return 0.5, text.format(count=words.count(most), needed=words.count(FEWEST_RESULTS))
    levels = {accuracy.metric: _level(accuracy.held) for accuracy in well_known}
    metric = min(levels, key=lambda name: levels[name])
    held = next(accuracy.held for accuracy in well_known if accuracy.metric == metric)
    if levels[metric] == 1:
        metric, held = "", facts.accuracy.overall
    text = _("{share} of {count} results inside the likely range; {middle} of them above the middle forecast")
    found = text.format(
        share=words.percent(round(held.share, 2)),
        count=words.count(held.count),
        middle=words.percent(round(held.above, 2)),
    )
    return levels.get(metric, 1.0), f"{words.metric(metric)}: {found}" if metric else found


def _level(held: Held) -> float:
    is_in = _touches(held.interval, IN_BAND) and _touches(held.middle_interval, IN_MIDDLE)
    is_near = _touches(held.interval, OUT_OF_BAND) and _touches(held.middle_interval, OUT_OF_MIDDLE)
    return 1.0 if is_in else 0.5 if is_near else 0.0


def _touches(interval: tuple[float, float], band: tuple[float, float]) -> bool:
    return interval[0] <= band[1] and interval[1] >= band[0]


def _own_data(facts: HealthFacts) -> Figure:
    return (0.0, _("all creators are invented")) if facts.is_demo else (1.0, _("your own data"))


CHECKS = (
    Check(
        phrase("Creators and campaigns"),
        phrase("20 creators with 50 campaigns"),
        phrase("Load more past campaigns; until then chances of a target may be off by 10 to 20 points."),
        1,
        0.25,
        _enough,
    ),
    Check(
        phrase("Luck of one campaign"),
        phrase("20 creators measured twice or more, at every stage"),
        phrase("Load more campaigns of the same creators; until then ranges are based on what is usual."),
        ENOUGH_REPEATED,
        0,
        _repeated,
    ),
    Check(
        phrase("Buyers abroad"),
        phrase("20 campaigns with purchases and an audience that lives mostly elsewhere"),
        phrase("Be careful with audiences that live mostly elsewhere: how many of them buy is assumed, not learned."),
        ENOUGH_ABROAD,
        0,
        _abroad,
    ),
    Check(
        phrase("Purchases tracked"),
        phrase("half of the campaigns"),
        phrase("Track purchases by code or link in the next campaigns."),
        0.5,
        0.1,
        _share("count_with_purchases", "count_campaigns", phrase("{part} of {whole} campaigns have them")),
    ),
    Check(
        phrase("Age of audiences"),
        phrase("4 of 5 creators with an audience measured in the last 6 months"),
        phrase("Ask creators for a new export of their audience, and load it with its date."),
        0.8,
        0.2,
        _share(
            "count_young_audiences",
            "count_creators",
            phrase("{part} of {whole} creators have one from the last 6 months"),
        ),
    ),
    Check(
        phrase("Prices and currencies"),
        phrase("a price of its own, with its currency, for half of the creators"),
        phrase("Load asking prices or past costs with their currency; the rest is judged at market price."),
        0.5,
        0.1,
        _share("count_priced", "count_creators", phrase("{part} of {whole} creators have a price with its currency")),
    ),
    Check(
        phrase("Past forecasts"),
        phrase("about 80 % of results inside the likely range, as many above as below the middle"),
        phrase(
            "Promise no target by the forecast of a metric that was off until you know why; load more where few are."
        ),
        1,
        0.5,
        _in_band,
    ),
    Check(
        phrase("Whose data"),
        phrase("your own data"),
        phrase("Load your own files: nothing here is true of a real creator."),
        1,
        1,
        _own_data,
    ),
)
