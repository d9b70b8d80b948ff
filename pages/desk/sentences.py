"""What does each page say in its first line? Values in, sentences out."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

import polars as pl

from fit import words
from fit.brief import Brief
from fit.charts.stages import STAGE_WORDS, FunnelStep
from fit.shortlist import Candidate, Shortlist

WIDE = 0.05  # unknown part from which a fuller source is worth asking for: it moves the share by that much
OLD = 180  # days after which an audience measurement is called old: platforms' own panels move by then


def name(candidate: Candidate) -> str:
    """How a creator is called: the name, or the id where no profile says one. Not yet safe for markup."""
    return words.plain(candidate.creator_name or candidate.creator_id) or candidate.creator_id


def markets(brief: Brief) -> str:
    """The brief's markets by name: "Germany and Austria"."""
    return words.listing([words.country(code) for code, _ in brief.markets])


def shortlist_verdict(brief: Brief, best: Shortlist) -> tuple[str, str]:
    """The shortlist in one sentence, and what stands behind it. best: its first page in the order of payoff."""
    where = f"for {brief.goal} in {markets(brief)}"
    if not best.candidates:
        return "No creator matches this brief", f"Looking {where}. The filters in the sidebar leave nobody."
    first = best.candidates[0]
    payoff = first.payoff[brief.goal]
    if payoff is None:
        return (
            f"Nothing is known of where the audiences of {words.counted(best.count_matching, 'creator')} live",
            "Load an audience export for the creators to rank them.",
        )
    verdict = f"{name(first)} comes first of {words.counted(best.count_matching, 'creator')} {where}"
    said = [f"One unit of money buys {words.times(payoff)} what it buys at market price."]
    if best.count_matching > 3:
        said.append(f"The chance of being among the best three is {words.chance(first.p_top_3)}.")
    said.append(_closeness(best.candidates))
    return verdict, " ".join(part for part in said if part)


def _closeness(candidates: Sequence[Candidate]) -> str:
    """Whether the first is ahead of the second, and what would settle it."""
    first, second = candidates[0], candidates[1] if len(candidates) > 1 else None
    if second is None or first.p_above_next is None:
        return ""
    ahead = f"It is ahead of {name(second)} with a chance of {words.chance(first.p_above_next)}"
    if not first.too_close_to_next:
        return f"{ahead}: clear enough to act on."
    more = first.clicks_to_settle
    return f"{ahead}: too close to call" + (
        f"; about {words.count(more)} more clicks would settle it." if more else "."
    )


def geography_verdict(candidate: Candidate, brief: Brief) -> tuple[str, str]:
    """Does the audience live where the brief sells?"""
    if candidate.in_market_share is None:
        return (
            f"Nobody knows yet where the audience of {name(candidate)} lives",
            "No audience by country is loaded for this creator, so no market can be judged.",
        )
    shares = words.percent_range(candidate.in_market_share, candidate.in_market_share_upper)
    verdict = f"{shares} of {name(candidate)}'s audience lives in {markets(brief)}"
    elsewhere = max(0.0, 1 - candidate.in_market_share - candidate.unknown_share)
    because = f"{words.percent(elsewhere)} lives where the brief does not sell"
    because += f"; {words.percent(candidate.unknown_share)} is unknown" if candidate.unknown_share >= 0.0005 else ""
    if candidate.in_market_reach is not None:
        reach = words.about(candidate.in_market_reach)
        because += f". One {words.plain(candidate.deliverable)} reaches about {reach} people there"
        because += f" ({candidate.in_market_reach_basis} reach)"
    fuller = " A source that lists more countries would narrow this." if candidate.unknown_share >= WIDE else ""
    return verdict, f"{because}.{fuller}"


def strength_verdict(candidate: Candidate) -> tuple[str, str]:
    """At which stage is the creator strong?"""
    measured = {stage: s for stage, s in candidate.stages.items() if s.measured}
    above = [f"{STAGE_WORDS[k]} ({words.index(s.index)})" for k, s in measured.items() if s.low > 100]
    below = [f"{STAGE_WORDS[k]} ({words.index(s.index)})" for k, s in measured.items() if s.high < 100]
    if not measured:
        return (
            f"Nothing was measured of {name(candidate)} yet",
            "No campaign of this creator is loaded. The intervals show what a creator of this field is like.",
        )
    if above:
        verdict = f"{name(candidate)} is strong at {words.listing(above)}"
    elif below:
        verdict = f"{name(candidate)} is below typical at {words.listing(below)}"
    else:
        verdict = f"{name(candidate)} is not clearly above or below typical at any stage"
    said = [_missing(candidate)]
    if above and below:
        said.insert(0, f"Below typical at {words.listing(below)}.")
    said.insert(0, "100 is a typical creator on comparable campaigns.")
    return verdict, " ".join(part for part in said if part)


def _missing(candidate: Candidate) -> str:
    missing = [STAGE_WORDS[k] for k, s in candidate.stages.items() if not s.measured]
    if not missing:
        return "All three stages were measured."
    return f"Never measured: {words.listing(missing)}; one campaign that tracks it would tell."


def role_verdict(candidate: Candidate, brief: Brief) -> tuple[str, str]:
    """The recommended role in the brief's market, and its reason."""
    label, sure = candidate.role.label, candidate.role.confidence
    adverb = {"clear": "clearly", "leaning": "leaning towards"}.get(sure, "")
    said = {
        "pilot": "run a pilot first, the evidence does not carry a role yet",
        "balanced": "balanced, about as good for awareness as for conversion",
        "not for this market": "not for this market",
    }.get(label, f"{adverb} {label}".strip())
    return f"{name(candidate)} in {markets(brief)}: {said}", candidate.role.because


def natural_words(natural: Mapping[str, object]) -> str:
    """The role before any market is named, with its probability as percent and as frequency."""
    p = natural["p_conversion"]
    label = {"pilot": "pilot first"}.get(natural["label"], natural["label"])
    sure = "" if natural["confidence"] == "none" else f"{natural['confidence']} "
    return f"{sure}{label}: {words.chance(p)} for conversion, that is {words.frequency(p)}".capitalize()


def funnel_steps(sums: Mapping[str, object]) -> list[FunnelStep]:
    """The steps from impressions to purchases; sums: the row of queries/funnel_of_creator.sql."""
    campaigns = sums["count_campaigns"]
    steps = [FunnelStep("Impressions", sums["impressions"], count_campaigns=campaigns)]
    for title, number, of, stage, counted in (
        ("Engagements", "engagements", "impressions", "engage", "engagements"),
        ("Clicks", "clicks", "impressions", "click", "clicks"),
        ("Purchases", "conversions", "clicks", "convert", "conversions"),
    ):
        pair = sums[f"{stage}_events"], sums[f"{stage}_trials"]
        steps.append(FunnelStep(title, sums[number], of, *pair, sums[f"count_with_{counted}"]))
    return steps


def data_verdict(facts: Mapping[str, object], newest: datetime | None, now: datetime) -> tuple[str, str]:
    """What the store holds and how fresh it is; facts: the row of queries/generation.sql."""
    kind = "an invented field" if facts["is_demo"] else "your data"
    creators = words.counted(facts["count_creators"], "creator")
    verdict = f"{creators} and {words.counted(facts['count_campaigns'], 'campaign')} of {kind} are loaded"
    missing = facts["count_creators"] - facts["count_creators_with_audience"]
    said = [f"Generation {facts['number']}, {age(newest, now)}."]
    if missing:
        said.append(f"{words.counted(missing, 'creator')} without an audience by country cannot be ranked.")
    if facts["count_quarantined"]:
        said.append(f"{words.counted(facts['count_quarantined'], 'row')} set aside, listed below.")
    return verdict, " ".join(said)


def age(loaded: datetime | None, now: datetime) -> str:
    """How long ago the newest file came in."""
    if loaded is None:
        return "no file loaded"
    days = (now - loaded).days
    return "newest file loaded today" if days < 1 else f"newest file loaded {words.counted(days, 'day')} ago"


def audience_age(as_of: date | None, today: date) -> str:
    """How old an audience measurement is, and whether that is old."""
    if as_of is None:
        return "no date stated"
    days = (today - as_of).days
    return f"{words.day(as_of)}, {words.counted(days, 'day')} old" + (" (old)" if days > OLD else "")


def sources_table(sources: pl.DataFrame, today: date) -> pl.DataFrame:
    """The measurements of one audience for a table; sources: queries/audience_sources.sql."""
    dates = [audience_age(as_of, today) for as_of in sources["as_of"]]
    return sources.select(
        pl.when(pl.col("is_best")).then(pl.lit("judged by this")).when(pl.col("is_current"))
        .then(pl.lit("kept beside it")).otherwise(pl.lit("superseded")).alias("use"),
        "source", "audience_type",
        pl.Series("date", dates, dtype=pl.String),
        "coverage", "unknown_share", "count_countries", "count_total", "file_name", "loaded_at",
    )  # fmt: skip
