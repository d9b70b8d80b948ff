"""Trace figures to their origin: numerator, denominator, n, market, window and source, one row per figure."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date

import polars as pl

from fit.brief import Brief
from fit.forecast import DRAWS, CreatorLine, LineForecast
from fit.locale import _, phrase
from fit.shortlist import Candidate
from fit.text import plain, words

# Of what each drawn number is made.
FORECAST_FORMULAS = {
    "impressions": phrase("followers x typical view rate x this creator's own"),
    "in_market_impressions": phrase("impressions x in-market share"),
    "reach": phrase("impressions / impressions per person"),
    "engagements": phrase("impressions x engagement rate"),
    "engagement_rate": phrase("typical rate x engagement index x luck of one campaign"),
    "clicks": phrase("impressions x typical rate x click index x geography x luck"),
    "conversions": phrase("clicks x typical rate x purchase index x geography x luck"),
    "revenue": phrase("purchases x revenue per purchase of the field"),
    "return_on_ad_spend": phrase("revenue / cost"),
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
    """In-market share and reach. sources: queries/audience_sources.sql, the judged one first."""
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
    if candidate.in_market_reach is not None and candidate.in_market_reach_basis is not None:
        basis, deliverable = _(candidate.in_market_reach_basis), plain(candidate.deliverable)
        reach = _("{basis} reach of one {deliverable}").format(basis=basis, deliverable=deliverable)
        value, numerator = words.about(candidate.in_market_reach), _("{reach} x in-market share").format(reach=reach)
        origins.append(Origin(_("In-market reach"), value, numerator, _("none"), countries, *where))
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
    typical = _("{basis}; a typical creator would get {expected}")
    campaigns = words.counted(strength.count_campaigns, "campaign", "campaigns")
    evidence = _("{campaigns}, worth {events} events of evidence")
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


def payoff_origins(candidate: Candidate, brief: Brief) -> list[Origin]:
    """Payoff and chances of the shortlist."""
    payoff = candidate.payoff[brief.goal]
    if payoff is None:
        return []
    where = (brief.words, _("all campaigns, older ones count with wider intervals"), _("this store"))
    figure, value = _("Payoff for {goal}").format(goal=_(brief.goal)), words.times(payoff)
    at_market_price = _("the same at market price ({basis})").format(basis=_(candidate.payoff_basis))
    made_of, n = _("impressions per money x geography x strength"), words.counted(1, "creator", "creators")
    chance, best = words.chance(candidate.p_top_3), _("draws in which it was")
    draws, of_payoffs = _("2,000 seeded draws"), _("200 best payoffs")
    return [
        Origin(figure, value, made_of, at_market_price, n, *where),
        Origin(_("Chance of the best three"), chance, best, draws, of_payoffs, *where),
    ]


def forecast_origins(line: CreatorLine, forecast: LineForecast, candidate: Candidate) -> list[Origin]:
    """What stands behind a forecast: one row per metric that can be known, and the cost of an expected sale."""
    campaigns = max(stage.count_campaigns for stage in candidate.stages.values())
    facts = _("followers, audience and {campaigns} of this creator, and the field")
    common = (
        _("{draws} seeded futures").format(draws=words.count(DRAWS)),
        words.market(line.market),
        _("the quarter after the newest campaign"),
        facts.format(campaigns=words.counted(campaigns, "campaign", "campaigns")),
    )
    denominator, currency = f"{line.count} x {plain(line.deliverable)}", forecast.currency
    origins = []
    for metric, values in forecast.metrics.items():
        if values["p50"] is not None:
            low, middle, high = (words.measure(metric, values[p], currency) for p in ("p10", "p50", "p90"))
            value, formula = words.spread(middle, low, high), _(FORECAST_FORMULAS.get(metric, metric))
            origins.append(Origin(words.capitalized(words.metric(metric)), value, formula, denominator, *common))
    if forecast.cost_per_expected_sale is not None:
        sale = words.amount(forecast.cost_per_expected_sale, currency)
        cost = _("cost {cost} ({basis})").format(cost=words.amount(line.cost, currency), basis=_(line.cost_basis))
        mean = _("{mean} expected purchases").format(mean=words.about(forecast.metrics["conversions"]["mean"]))
        origins.append(Origin(_("Cost per expected sale"), sale, cost, mean, *common))
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
