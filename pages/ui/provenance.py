"""Trace figures to their origin: numerator, denominator, n, market, window and source, one row per figure."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date

import polars as pl

from fit.brief import Brief
from fit.forecast import DRAWS, CreatorLine, LineForecast, PriceBasis
from fit.locale import _, phrase
from fit.shortlist import (
    COUNTED_BY,
    OUTCOME_METRIC,
    Candidate,
    Expected,
    metric_cell,
    outcome_cost,
    outcome_short,
    price_words,
    share_words,
)
from fit.text import plain, words

FROM_VIEWS = "impressions_without_followers"
# Of what each drawn number is made.
FORECAST_FORMULAS = {
    "impressions": phrase("followers x typical view rate x this creator's own"),
    FROM_VIEWS: phrase("usual impressions of this creator's past campaigns, format and platform taken into account"),
    "in_market_impressions": phrase("impressions x in-market share"),
    "reach": phrase("impressions / impressions per person"),
    "in_market_reach": phrase("reach x in-market share"),
    "engagements": phrase("impressions x engagement rate"),
    "engagement_rate": phrase("typical rate x engagement index x luck of one campaign"),
    "clicks": phrase("impressions x typical rate x click index x geography x luck"),
    "conversions": phrase("clicks x typical rate x purchase index x geography x luck"),
    "in_market_conversions": phrase("purchases x part of the buyers that lives in the markets"),
    "revenue": phrase("purchases x revenue per purchase of the field"),
    "return_on_ad_spend": phrase("revenue / cost"),
}
PRICE_SOURCES = {
    PriceBasis.ASKING_PRICE: phrase("the creator's profile"),
    PriceBasis.OWN_PAST_PRICE: phrase("costs of this creator's campaigns, drawn towards what is usual"),
    PriceBasis.MARKET_PRICE: phrase("costs of the field's campaigns"),
}
MOST_NAMED = 3  # markets or files named in one cell; more would hide the figure


@dataclass(frozen=True)
class Origin:
    """One figure and all that stands behind it, in words."""

    figure: str
    value: str
    numerator: str
    denominator: str
    n: str
    market: str
    window: str
    source: str


COLUMNS = {
    "figure": phrase("Figure"),
    "value": phrase("Value"),
    "numerator": phrase("Numerator"),
    "denominator": phrase("Denominator"),
    "n": phrase("n"),
    "market": phrase("Market"),
    "window": phrase("Window"),
    "source": phrase("Source"),
}


def table(origins: Sequence[Origin]) -> pl.DataFrame:
    """One row per figure."""
    return pl.DataFrame([asdict(origin) for origin in origins], schema=dict.fromkeys(COLUMNS, pl.String))


def _few(values: Sequence[str]) -> str:
    different = list(dict.fromkeys(values))
    rest = len(different) - MOST_NAMED
    return words.listing([*different[:MOST_NAMED], *([_("{rest} more").format(rest=rest)] if rest > 0 else [])])


def _window(dates: pl.Series) -> str:
    days: list[date] = dates.drop_nulls().to_list()
    if not days:
        return _("no date stated")
    first, last = words.day(min(days)), words.day(max(days))
    return first if first == last else _("{first} to {last}").format(first=first, last=last)


def share_origins(candidate: Candidate, brief: Brief, sources: pl.DataFrame) -> list[Origin]:
    """In-market share, and each market's of several. sources: queries/audience_sources.sql, the judged one first."""
    if candidate.in_market_share is None or candidate.in_market_share_upper is None or sources.is_empty():
        return []
    best = sources.row(0, named=True)
    total = best["count_total"]
    kind = _(best["audience_type"])
    whole, listed = _("whole audience ({kind})").format(kind=kind), _("listed shares of the markets, summed")
    if total:
        whole = f"{words.count(total)} {kind}"
        listed = _("{count} of them").format(count=words.about(candidate.in_market_share * total))
    file = {"source": plain(best["source"]), "kind": kind, "file": plain(best["file_name"])}
    where = (brief.words, words.day(best["as_of"]), _("{source}, {kind}, file {file}").format(**file))
    share = words.percent_range(candidate.in_market_share, candidate.in_market_share_upper)
    countries = words.counted(best["count_countries"], "listed country", "listed countries")
    unknown, of_unknown = words.percent(candidate.unknown_share), _("whole less all listed shares")
    origins = [
        Origin(_("In-market share"), share, listed, whole, countries, *where),
        Origin(_("Unknown part"), unknown, of_unknown, whole, countries, *where),
    ]
    if len(candidate.shares) > 1:
        origins += [
            Origin(
                _("Share in {market}").format(market=words.country(code)),
                share_words(share),
                _("listed share of {market}").format(market=words.country(code)),
                whole,
                countries,
                words.country(code),
                *where[1:],
            )
            for code, share in candidate.shares.items()
        ]
    return origins


def stage_origins(candidate: Candidate, evidence: pl.DataFrame, campaigns: pl.DataFrame) -> list[Origin]:
    """The three indices. evidence: queries/evidence_of_creator.sql; campaigns: queries/campaigns_of_creator.sql."""
    files = dict(campaigns.select("campaign_id", "file_name").iter_rows())
    return [
        _stage_origin(stage, candidate, evidence.filter(pl.col("stage") == stage), files) for stage in candidate.stages
    ]


def _stage_origin(stage: str, candidate: Candidate, rows: pl.DataFrame, files: Mapping[str, str]) -> Origin:
    strength = candidate.stages[stage]
    value = words.spread(words.index(strength.index), words.index(strength.low), words.index(strength.high))
    figure = _("Index of {stage}").format(stage=words.stage(stage))
    if rows.is_empty():
        unknown, none, source = _("not measured"), _("none"), _("the other stages and the field")
        no_campaigns = words.counted(0, "campaign", "campaigns")
        return Origin(figure, value, unknown, unknown, no_campaigns, none, none, source)
    events, trials, expected = (
        sum(rows[name].to_list()) for name in ("count_events", "count_trials", "expected_events")
    )
    basis = _few([f"{words.count(trials)} {b}" if rows["basis"].n_unique() == 1 else b for b in rows["basis"]])
    typical = _("{basis}; a similar creator would get {expected}")
    campaigns = words.counted(strength.count_campaigns, "campaign", "campaigns")
    evidence = _("{campaigns}, counting as {events} events")
    return Origin(
        figure,
        value,
        _("{events} measured").format(events=words.count(events)),
        typical.format(basis=basis, expected=words.about(expected)),
        evidence.format(campaigns=campaigns, events=words.about(strength.evidence)),
        _few([words.market(m) for m in rows["market"]]),
        _window(rows["date"]),
        _few([plain(files.get(c, "")) for c in rows["campaign_id"]]),
    )


def outcome_origins(candidate: Candidate, brief: Brief, outlook: LineForecast) -> list[Origin]:
    """Expected outcome, price, cost of one and chance of the top 3. outlook: the forecast of the standard line."""
    expected = candidate.expected
    if expected.mean is None:
        return []
    count = max(stage.count_campaigns for stage in candidate.stages.values())
    campaigns, deliverable = words.counted(count, "campaign", "campaigns"), f"1 x {plain(candidate.deliverable)}"
    where = (brief.words, _("all campaigns, older ones count with wider intervals"))
    facts = _facts_of(candidate).format(campaigns=campaigns)
    middle = words.expected(expected.metric, expected.mean)
    figure = words.capitalized(words.metric(expected.metric))
    outcome = outcome_short(expected)
    origins = [Origin(figure, outcome, _steps_to_outcome(candidate, outlook), deliverable, campaigns, *where, facts)]
    if candidate.cost is not None:
        price = words.price(candidate.cost, candidate.currency)
        of = (plain(brief.words), _("as loaded"), _(PRICE_SOURCES[PriceBasis(candidate.cost_basis)]))
        one = words.counted(1, "creator", "creators") if candidate.cost_basis == PriceBasis.ASKING_PRICE else campaigns
        origins.append(Origin(_("Price"), price, price_words(candidate), deliverable, one, *of))
        each = outcome_cost(expected, candidate.currency)
        origins += [Origin(_("Cost of the outcome"), each, price, middle, campaigns, *where, facts)] if each else []
    chance, best = words.bounded(candidate.p_top_3), _("draws in which it was")
    draws, contenders = _("2,000 seeded draws"), _("200 best by expected outcome for the money")
    return [*origins, Origin(_("Likely in the top 3"), chance, best, draws, contenders, *where, _("this store"))]


def _facts_of(candidate: Candidate) -> str:
    """What a forecast of a creator rests on, with a gap for its campaigns."""
    if candidate.followers is None:
        return _("audience and {campaigns} of this creator, and the field; followers are not known")
    return _("followers, audience and {campaigns} of this creator, and the field")


def _steps_to_outcome(candidate: Candidate, outlook: LineForecast) -> str:
    """The means that multiply to the expected outcome: impressions, clicks, purchases, and who of them lives there."""
    means = {metric: values["mean"] or 0.0 for metric, values in outlook.metrics.items()}

    def part(metric: str, of: str) -> str:
        return words.percent(min(1.0, means[metric] / means[of]) if means[of] else 0.0)

    if candidate.expected.metric == "in_market_reach":
        return _("{reach} people reached x {there} of them live there").format(
            reach=words.about(means["reach"]), there=part("in_market_reach", "reach")
        )
    return _("{impressions} impressions x {click} click x {buy} of them buy x {there} of the buyers live there").format(
        impressions=words.about(means["impressions"]),
        click=part("clicks", "impressions"),
        buy=part("conversions", "clicks"),
        there=part("in_market_conversions", "conversions"),
    )


def forecast_origins(line: CreatorLine, forecast: LineForecast, candidate: Candidate, goal: str) -> list[Origin]:
    """What stands behind a forecast: one row per metric that can be known, and what one outcome of the goal costs."""
    campaigns = max(stage.count_campaigns for stage in candidate.stages.values())
    facts = _facts_of(candidate)
    common = (
        _("{draws} simulated results").format(draws=words.count(DRAWS)),
        words.market(line.market),
        _("the quarter after the newest campaign"),
        facts.format(campaigns=words.counted(campaigns, "campaign", "campaigns")),
    )
    denominator, currency = f"{line.count} x {plain(line.deliverable)}", forecast.currency
    origins = []
    for metric, values in forecast.metrics.items():
        if values["mean"] is not None:
            made_of = FROM_VIEWS if metric == "impressions" and candidate.followers is None else metric
            value, formula = metric_cell(forecast, metric), _(FORECAST_FORMULAS.get(made_of, metric))
            origins.append(Origin(words.capitalized(words.metric(metric)), value, formula, denominator, *common))
    metric, one = OUTCOME_METRIC[goal], COUNTED_BY[goal]
    mean = forecast.metrics[metric]["mean"]
    if line.cost and mean:
        each = Expected(metric, mean, cost_per_outcome=one * line.cost / mean)
        cost = _("cost {cost} ({basis})").format(cost=words.price(line.cost, currency), basis=_(line.cost_basis))
        origins.append(
            Origin(_("Cost of the outcome"), outcome_cost(each, currency), cost, words.expected(metric, mean), *common)
        )
    return origins


def role_origin(candidate: Candidate, stages: Sequence[Origin]) -> Origin:
    """The probability of conversion, which follows from the three indices."""
    chance = words.chance(candidate.role.p_conversion)
    campaigns = max(stage.count_campaigns for stage in candidate.stages.values())
    return Origin(
        _("Probability of conversion"),
        chance,
        _("log index of clicks plus purchases less engagement"),
        _("its uncertainty"),
        words.counted(campaigns, "campaign", "campaigns"),
        _few([s.market for s in stages]),
        _few([s.window for s in stages]),
        _("the three indices above"),
    )
