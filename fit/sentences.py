"""What does each page say in its first line? Values in, sentences out."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from itertools import pairwise

import polars as pl

from fit import words
from fit.bands import BANDS, Band, OwnFigure
from fit.brief import Brief
from fit.charts.stages import FunnelStep
from fit.locale import _
from fit.shortlist import Candidate, Shortlist

WIDE = 0.05  # unknown part from which a fuller source is worth asking for: it moves the share by that much
OLD = 180  # days after which an audience measurement is called old: platforms' own panels move by then


def name(candidate: Candidate) -> str:
    """How a creator is called: the name, or the id where no profile says one. Not yet safe for markup."""
    return words.plain(candidate.creator_name or candidate.creator_id) or candidate.creator_id


def shortlist_verdict(brief: Brief, best: Shortlist) -> tuple[str, str]:
    """The shortlist in one sentence, and what stands behind it. best: its first page in the order of payoff."""
    where = f"for {brief.goal} in {brief.words}"
    if not best.candidates:
        return "No creator matches this brief", f"Looking {where}. The filters in the sidebar leave nobody."
    first = best.candidates[0]
    payoff = first.payoff[brief.goal]
    if payoff is None:
        creators = words.counted(best.count_matching, "creator", "creators")
        return (
            _("Nothing is known of where the audiences of {creators} live").format(creators=creators),
            _("Load an audience export for the creators to rank them."),
        )
    verdict = f"{name(first)} comes first of {words.counted(best.count_matching, 'creator', 'creators')} {where}"
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
    return f"{ahead}: too close to call. {settling(first)}"


def settling(candidate: Candidate) -> str:
    """What would settle the order of a creator and the next one."""
    more = needed_to_settle(candidate)
    if more:
        return f"About {more} for each of the two would settle it."
    return "The two are worth about the same as far as campaigns can tell."


def needed_to_settle(candidate: Candidate) -> str:
    """The clicks, or else purchases, that would settle an order: "120 more clicks"; empty where none would."""
    if candidate.clicks_to_settle:
        return f"{words.count(candidate.clicks_to_settle)} more clicks"
    if candidate.purchases_to_settle:
        return f"{words.count(candidate.purchases_to_settle)} more tracked purchases"
    return ""


def against_next(candidate: Candidate) -> str:
    """A creator against the next in the order, short enough for a cell of the table; empty for the last."""
    if candidate.p_above_next is None:
        return ""
    ahead = words.chance(candidate.p_above_next)
    return f"{ahead} close" if candidate.too_close_to_next else ahead


def settling_words(candidate: Candidate) -> str:
    """Whether the order against the next is too close to call, and what would settle it."""
    if not candidate.too_close_to_next:
        return ""
    more = needed_to_settle(candidate)
    return "too close to call, " + (f"{more} each" if more else "not by campaigns alone")


def price_words(candidate: Candidate) -> str:
    """At which price a creator is judged."""
    return "asking price" if candidate.payoff_basis == "asking price" else "market price: no usable asking price"


def price_sentence(candidate: Candidate, profile: Mapping[str, object]) -> str:
    """At which price a creator is judged, and why; profile: the row of queries/creator.sql."""
    price, currency = profile["asking_price"], profile["currency"]
    if candidate.payoff_basis == "asking price":
        asked = words.amount(price, currency)
        return f"Judged at the asking price: {asked} for one {words.plain(candidate.deliverable)}."
    if not price:
        return "Priced at market price: no asking price is loaded. The interval holds the spread of the field's prices."
    why = f"no campaign in {currency} is loaded" if profile["followers"] else "the number of followers is unknown"
    return f"Priced at market price: the asking price of {words.amount(price, currency)} cannot be used, because {why}."


def too_close(candidates: Sequence[Candidate], most: int = 3) -> list[str]:
    """The first neighbours in the order that nobody can tell apart, one sentence each; candidates: in their order."""
    pairs = [(a, b) for a, b in pairwise(candidates) if a.too_close_to_next and b.rank == a.rank + 1]
    return [
        f"{name(first)} is ahead of {name(second)} with a chance of {words.chance(first.p_above_next)} only"
        + (f"; about {needed_to_settle(first)} for each would settle it" if needed_to_settle(first) else "")
        for first, second in pairs[:most]
    ]  # fmt: skip


def prices_verdict(candidates: Sequence[Candidate]) -> str:
    """How many creators of a page are judged at market price, and why; empty when none is."""
    without = sum(one.payoff_basis != "asking price" for one in candidates)
    if not without:
        return ""
    return _(
        "{count} of these {creators} are priced at market price: no asking price is loaded for them that can be used "
        "(none, or in a currency without campaigns, or followers unknown)."
    ).format(count=words.count(without), creators=words.counted(len(candidates), "creator", "creators"))


def geography_verdict(candidate: Candidate, brief: Brief) -> tuple[str, str]:
    """Does the audience live where the brief sells?"""
    if candidate.in_market_share is None:
        return (
            f"Nobody knows yet where the audience of {name(candidate)} lives",
            "No audience by country is loaded for this creator, so no market can be judged.",
        )
    shares = words.percent_range(candidate.in_market_share, candidate.in_market_share_upper)
    verdict = f"{shares} of {name(candidate)}'s audience lives in {brief.words}"
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
    above = [f"{words.stage(k)} ({words.index(s.index)})" for k, s in measured.items() if s.low > 100]
    below = [f"{words.stage(k)} ({words.index(s.index)})" for k, s in measured.items() if s.high < 100]
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
    missing = [words.stage(k) for k, s in candidate.stages.items() if not s.measured]
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
    return f"{name(candidate)} in {brief.words}: {said}", candidate.role.because


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
    creators = words.counted(facts["count_creators"], "creator", "creators")
    verdict = f"{creators} and {words.counted(facts['count_campaigns'], 'campaign', 'campaigns')} of {kind} are loaded"
    missing = facts["count_creators"] - facts["count_creators_with_audience"]
    said = [f"Generation {facts['number']}, {age(newest, now)}."]
    if missing:
        said.append(f"{words.counted(missing, 'creator', 'creators')} without an audience by country cannot be ranked.")
    if facts["count_quarantined"]:
        said.append(f"{words.counted(facts['count_quarantined'], 'row', 'rows')} set aside, listed below.")
    return verdict, " ".join(said)


def bands_verdict(own: Mapping[str, OwnFigure]) -> str:
    """How many of the bands that the judgement starts from your own data outweigh."""
    starts = [band for band in BANDS if band.prior]
    louder = sum(own[band.name].outweighs for band in starts)
    if not louder:
        return "No published band is outweighed by your own data yet"
    return f"Your own data outweigh {louder} of {words.counted(len(starts), 'published band', 'published bands')}"


def bands_table(own: Mapping[str, OwnFigure], prices: pl.DataFrame) -> pl.DataFrame:
    """Published bands as text, each beside what the store's own campaigns say; prices: queries/market_prices.sql."""
    return pl.DataFrame([_band_row(band, own.get(band.name), prices) for band in BANDS])


def _band_row(band: Band, own: OwnFigure | None, prices: pl.DataFrame) -> dict[str, str]:
    start = (
        "not used" if band.rate is None else f"{words.percent(band.rate)}, Beta({band.prior[0]:g}, {band.prior[1]:g})"
    )
    row = {"quantity": band.quantity, "published": band.published, "grade": band.grade, "source": band.source}
    row |= {"prior": start, "own": "not measured", "events": "none", "speaks": "nobody yet"}
    if band.name == "cost_per_thousand":
        said = [f"{words.about(1000 * p)} {c}" for c, p in prices.select("currency", "cost_per_impression").iter_rows()]
        campaigns = words.counted(int(prices["count_campaigns"].sum()), "campaign", "campaigns")
        return row | ({"own": words.listing(said), "events": campaigns, "speaks": "your data"} if said else {})
    if own is None:
        return row
    behind = f"{words.count(own.count_events)} of {words.counted(own.count_campaigns, 'campaign', 'campaigns')}"
    row |= {"own": words.percent(own.rate), "events": behind if own.count_campaigns else "none"}
    if band.rate is None:
        return row | {"speaks": "your data" if own.count_campaigns else "nobody yet"}
    return row | {"speaks": "your data" if own.outweighs else "the band, mostly"}


def age(loaded: datetime | None, now: datetime) -> str:
    """How long ago the newest file came in."""
    if loaded is None:
        return "no file loaded"
    days = (now - loaded).days
    return "newest file loaded today" if days < 1 else f"newest file loaded {words.counted(days, 'day', 'days')} ago"


def audience_age(as_of: date | None, today: date) -> str:
    """How old an audience measurement is, and whether that is old."""
    if as_of is None:
        return "no date stated"
    days = (today - as_of).days
    return f"{words.day(as_of)}, {words.counted(days, 'day', 'days')} old" + (" (old)" if days > OLD else "")


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
