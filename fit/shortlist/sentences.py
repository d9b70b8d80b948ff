"""Put judgements into sentences: the first line of each page, and what stands behind it."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import polars as pl

from fit import locale
from fit.brief import Brief
from fit.forecast import PriceBasis, shown_currency
from fit.locale import _, ngettext, phrase
from fit.model import BANDS, Band, Confidence, OwnFigure, RoleLabel, apart_from_similar, probably_apart
from fit.shortlist.ranking import Candidate
from fit.shortlist.shares import shares_sentence
from fit.text import plain, words

WIDE_UNKNOWN = 0.05  # unknown part from which a fuller source is worth asking for: it moves the share by that much
NATURAL_ROLES = {
    (RoleLabel.CONVERSION, Confidence.CLEAR): phrase("Clear conversion"),
    (RoleLabel.CONVERSION, Confidence.LEANING): phrase("Leaning conversion"),
    (RoleLabel.AWARENESS, Confidence.CLEAR): phrase("Clear awareness"),
    (RoleLabel.AWARENESS, Confidence.LEANING): phrase("Leaning awareness"),
    (RoleLabel.BALANCED, Confidence.NONE): phrase("Balanced"),
    (RoleLabel.PILOT, Confidence.NONE): phrase("Test first"),
}
AUDIENCES = (phrase("viewers"), phrase("followers"), phrase("likers"))  # names in files
BASES = (phrase("measured"), phrase("expected"), phrase("asking price"), phrase("market price"))  # names in JSON
OLD_DAYS = 180  # days after which an audience measurement is called old: platforms' own panels move by then


def display_name(candidate: Candidate) -> str:
    """How a creator is called: the name, or the id where no profile says one. Not yet safe for markup."""
    return plain(candidate.creator_name or candidate.creator_id) or candidate.creator_id


def price_words(candidate: Candidate) -> str:
    """Where the price comes from that a creator is judged at: "no asking price: usual price of such a post"."""
    if candidate.cost is None:
        return _("no price known")
    note = plain(candidate.rate_note or "")
    said = _("asking price")
    if candidate.cost_basis != PriceBasis.ASKING_PRICE:
        own, usual = _("own past prices"), _("usual price of such a {deliverable}")
        basis = own if candidate.cost_basis == PriceBasis.OWN_PAST_PRICE else usual
        said = basis if note else _("no asking price: {basis}").format(basis=basis)
    said = said.format(deliverable=plain(candidate.deliverable))
    return _("{basis}; {note}").format(basis=said, note=note) if note else said


def price_sentence(candidate: Candidate, profile: Mapping[str, Any]) -> str:
    """At which price a creator is judged, and why; profile: the row of queries/creator.sql."""
    if candidate.cost is None:
        return _("No price is known. Load an asking price, or campaigns with their cost.")
    sentence = _("Price: {amount} for one {deliverable} ({basis}).")
    if candidate.rate_note and candidate.cost_basis == PriceBasis.ASKING_PRICE:
        sentence = _("Price: {amount} for one {deliverable}, asked as {asked} ({basis}).")
    return sentence.format(
        amount=words.price(candidate.cost, candidate.currency),
        deliverable=plain(candidate.deliverable),
        asked=words.price(profile["asking_price"], profile["currency"]),
        basis=price_words(candidate),
    )


def order_note(brief: Brief) -> str:
    """Why a lower cost each may rank below: the order counts markets by their weights; empty where these are alike."""
    if len(set(brief.weights.values())) < 2:
        return ""
    return _(
        "The order counts each market by its weight in your brief, so a creator may rank below one who costs more."
    )


def prices_verdict(candidates: Sequence[Candidate]) -> str:
    """How many creators of a page have no asking price that can be used, and what stands in; empty when all have."""
    unpriced = [candidate for candidate in candidates if candidate.cost_basis != PriceBasis.ASKING_PRICE]
    without = len(unpriced)
    if all(
        candidate.cost is None for candidate in unpriced
    ):  # nothing stands in: each cell says that the price is not known
        return ""
    if len(candidates) == 1:
        return _("This creator has no usable asking price, so we used past prices or the usual price.")
    sentence = ngettext(
        "{count} of the {creators} shown has no usable asking price, so we used past prices or the usual price.",
        "{count} of the {creators} shown have no usable asking price, so we used their past prices or the usual price.",
        without,
    )
    return sentence.format(count=words.count(without), creators=words.counted(len(candidates), "creator", "creators"))


def unlisted_markets(candidates: Sequence[Candidate], brief: Brief) -> str:
    """Which markets of a brief no creator with an audience lists at all; empty where each is listed by somebody."""
    audiences = [candidate.shares for candidate in candidates if candidate.in_market_share is not None]
    missing = [
        words.country(code)
        for code, _weight in brief.markets
        if audiences and not any(shares.get(code) for shares in audiences)
    ]
    if not missing:
        return ""
    return _("None of these creators lists an audience in {markets}: what they bring there is unknown.").format(
        markets=words.listing(missing)
    )


def geography_verdict(candidate: Candidate, brief: Brief) -> tuple[str, str]:
    """Does the audience live where the brief sells? Of several markets, each is named."""
    share, upper, unknown = candidate.in_market_share, candidate.in_market_share_upper, candidate.unknown_share
    name = display_name(candidate)
    if share is None or upper is None or unknown is None:
        return (
            _("No audience data for {name} yet").format(name=name),
            _("No audience by country is loaded for this creator."),
        )
    there = words.percent_range(share, upper)
    verdict = _("{shares} of {name}'s audience lives in {market}").format(shares=there, name=name, market=brief.words)
    because = []
    if len(candidate.shares) > 1:
        verdict = _("{name}'s audience: {shares}").format(name=name, shares=shares_sentence(candidate.shares, brief))
        because = [_("{share} in all of these markets together; ").format(share=there)]
    elsewhere = max(0.0, 1 - share - unknown)
    because += [_("{share} is outside your markets").format(share=words.percent(elsewhere))]
    if unknown >= 0.0005:
        because.append(_("; {share} is unknown").format(share=words.percent(unknown)))
    sentences = ["".join(because) + "."]
    if unknown >= WIDE_UNKNOWN:
        sentences.append(_("A fuller country list would make this more precise."))
    return verdict, " ".join(sentences)


def strength_verdict(candidate: Candidate) -> tuple[str, str]:
    """At which stage is the creator strong, against similar creators? The verdict, and what it leaves out."""
    named, stages = {"name": display_name(candidate)}, {name: vars(s) for name, s in candidate.stages.items()}
    above, below = apart_from_similar(stages)
    if not any(s.measured for s in candidate.stages.values()):
        return (
            _("No past campaigns of {name} are tracked yet").format(**named),
            _("The ranges show what similar creators are like."),
        )
    if above or below:
        verdict = _("{name}: {differences} than similar creators").format(
            differences=words.listing(above or below), **named
        )
    elif probable := probably_apart(stages):
        verdict = _("{name}: probably {differences} than similar creators").format(
            differences=words.listing(probable), **named
        )
    else:
        verdict = _("{name} is about as good as similar creators at every stage").format(**named)
    return verdict, strength_exceptions(candidate)


def strength_exceptions(candidate: Candidate) -> str:
    """What a verdict on strengths leaves out: what is below similar creators beside it, and what nobody measured."""
    above, below = apart_from_similar({name: vars(stage) for name, stage in candidate.stages.items()})
    missing = [words.stage(k) for k, s in candidate.stages.items() if not s.measured]
    sentences = []
    if above and below:
        sentences.append(_("But {differences}.").format(differences=words.listing(below)))
    if 0 < len(missing) < len(candidate.stages):
        sentences.append(
            _("Never measured: {missing}. One campaign that tracks it would tell.").format(
                missing=words.listing(missing)
            )
        )
    return " ".join(sentences)


def role_words(candidate: Candidate) -> str:
    """The role, how sure it is and on how many campaigns: "conversion, clear, 6 campaigns"."""
    measured = max(stage.count_campaigns for stage in candidate.stages.values())
    campaigns = words.counted(measured, "campaign", "campaigns")
    label = _("not proven") if candidate.role.label == RoleLabel.PILOT else _(candidate.role.label)
    if candidate.role.confidence == Confidence.NONE or candidate.role.label == RoleLabel.NOT_FOR_THIS_MARKET:
        return _("{role}, {campaigns}").format(role=label, campaigns=campaigns)
    sure = _(candidate.role.confidence)
    return _("{role}, {sure}, {campaigns}").format(role=label, sure=sure, campaigns=campaigns)


def role_verdict(candidate: Candidate, brief: Brief) -> tuple[str, str]:
    """The recommended role in the brief's market with the campaigns that it rests on, and its reason."""
    verdict = _("{name} in {market}: {role}").format(
        name=display_name(candidate), market=brief.words, role=role_words(candidate)
    )
    return verdict, candidate.role.because


def natural_words(natural: Mapping[str, Any], count_campaigns: int) -> str:
    """The role before any market is named, with its probability."""
    return _("{role}, {campaigns}: {chance} for conversion").format(
        role=_(NATURAL_ROLES[natural["label"], natural["confidence"]]),
        campaigns=words.counted(count_campaigns, "campaign", "campaigns"),
        chance=words.chance(natural["p_conversion"]),
    )


def data_verdict(facts: Mapping[str, Any], newest: datetime | None, now: datetime) -> tuple[str, str]:
    """What the store holds and how fresh it is; facts: the row of queries/generation.sql."""
    creators = words.counted(facts["count_creators"], "creator", "creators")
    campaigns = words.counted(facts["count_campaigns"], "campaign", "campaigns")
    text = _("{creators} and {campaigns} are loaded")
    if facts["is_demo"]:
        text = _("{creators} and {campaigns} of sample data are loaded")
    verdict = text.format(creators=creators, campaigns=campaigns)
    missing = facts["count_creators"] - facts["count_creators_with_audience"]
    sentences = [_("Data version {number}, {age}.").format(number=facts["number"], age=age(newest, now))]
    if missing:
        sentences.append(
            _("{creators} without an audience by country cannot be ranked.").format(
                creators=words.counted(missing, "creator", "creators")
            )
        )
    if facts["count_quarantined"]:
        sentences.append(
            _('{rows} skipped, listed under "What is loaded".').format(
                rows=words.counted(facts["count_quarantined"], "row", "rows")
            )
        )
    return verdict, " ".join(sentences)


def bands_verdict(own: Mapping[str, OwnFigure]) -> str:
    """How many of the bands that the judgement starts from your own data outweigh."""
    starts = [band for band in BANDS if band.prior]
    louder = sum(own[band.name].outweighs for band in starts)
    if not louder:
        return _("Your own data does not outweigh a published range yet")
    return _("Your own data outweighs {louder} of {bands}").format(
        louder=louder, bands=words.counted(len(starts), "published range", "published ranges")
    )


def bands_table(own: Mapping[str, OwnFigure], prices: pl.DataFrame) -> pl.DataFrame:
    """Published bands as text, each beside what the store's own campaigns say; prices: queries/market_prices.sql."""
    return pl.DataFrame([_band_row(band, own.get(band.name), prices) for band in BANDS])


def _band_row(band: Band, own: OwnFigure | None, prices: pl.DataFrame) -> dict[str, str]:
    start = _("not used")
    if band.prior is not None:
        a, b = band.prior
        start = f"{words.percent(band.rate)}, {locale.in_own_signs(f'Beta({a:g}; {b:g})')}"
    row = {
        "quantity": _(band.quantity),
        "published": locale.in_own_signs(_(band.published)),
        "grade": band.grade,
        "source": band.source,
    }
    row |= {"prior": start, "own": _("not measured"), "events": _("none"), "speaks": _("nobody yet")}
    if band.name == "cost_per_thousand":
        amounts = [
            words.amount(1000 * p, shown_currency(c))
            for c, p in prices.select("currency", "cost_per_impression").iter_rows()
        ]
        campaigns = words.counted(int(prices["count_campaigns"].sum()), "campaign", "campaigns")
        return row | ({"own": words.listing(amounts), "events": campaigns, "speaks": _("your data")} if amounts else {})
    if own is None:
        return row
    behind = _("{count_events} of {campaigns}").format(
        count_events=words.count(own.count_events),
        campaigns=words.counted(own.count_campaigns, "campaign", "campaigns"),
    )
    row |= {"own": words.percent(own.rate), "events": behind if own.count_campaigns else _("none")}
    if band.rate is None:
        return row | {"speaks": _("your data") if own.count_campaigns else _("nobody yet")}
    return row | {"speaks": _("your data") if own.outweighs else _("the published range, mostly")}


def age(loaded: datetime | None, now: datetime) -> str:
    """How long ago the newest file came in."""
    if loaded is None:
        return _("no file loaded")
    days = (now - loaded).days
    if days < 1:
        return _("last updated today")
    return _("last updated {days} ago").format(days=words.counted(days, "day", "days"))


def audience_age(as_of: date | None, today: date) -> str:
    """How old an audience measurement is, and whether that is old."""
    if as_of is None:
        return _("no date stated")
    days = (today - as_of).days
    sentence = _("{day}, {days} old (old)") if days > OLD_DAYS else _("{day}, {days} old")
    return sentence.format(day=words.day(as_of), days=words.counted(days, "day", "days"))


def sources_table(sources: pl.DataFrame, today: date) -> pl.DataFrame:
    """The measurements of one audience for a table; sources: queries/audience_sources.sql."""
    dates = [audience_age(as_of, today) for as_of in sources["as_of"]]
    return sources.select(
        pl.when(pl.col("is_best")).then(pl.lit(_("used"))).when(pl.col("is_current"))
        .then(pl.lit(_("kept"))).otherwise(pl.lit(_("superseded"))).alias("use"),
        "source", "audience_type",
        pl.Series("date", dates, dtype=pl.String),
        "coverage", "unknown_share", "count_countries", "count_total", "file_name", "loaded_at",
    )  # fmt: skip
