"""Which findings tell a story about a few creators? Facts in, sections out; no document, no drawing."""

from collections.abc import Sequence
from itertools import pairwise

import polars as pl

from fit import words
from fit.against import against
from fit.brief import Brief
from fit.expected import MAIN, finding, first_sentence, line_words, one_currency, target_words
from fit.locale import _
from fit.outlook import DOTS, dots_of
from fit.sentences import (
    geography_verdict,
    name,
    needed_to_settle,
    price_words,
    role_verdict,
    strength_verdict,
)
from fit.story import SECTIONS, UNCERTAINTY, Picture, Section, Told

STAGE_EVENTS = {"engage": "engagements", "click": "clicks", "convert": "purchases"}


def sections_of(brief: Brief, told: Sequence[Told], count_matching: int) -> tuple[Section, ...]:
    """All sections in the story's order, titled by their findings."""
    found = (
        _goal(brief, told, count_matching),
        _who(brief, told, count_matching),
        _geography(brief, told),
        _strengths(told),
        _role(brief, told),
        _forecast(brief, told),
        _risks(told),
        _next(told),
    )
    assert [section.key for section in found] == list(SECTIONS)
    return found


def _goal(brief: Brief, told: Sequence[Told], count_matching: int) -> Section:
    wants = {"conversion": "sales", "awareness": "awareness"}[brief.goal]
    markets = [f"{words.country(code)} {words.percent(weight)}" for code, weight in brief.weights.items()]
    points = [f"Goal: {brief.goal}. Markets by weight: {words.listing(markets)}."]
    points += [f"{words.counted(count_matching, 'creator', 'creators')} match the brief; {len(told)} are shown here."]
    points += [f"The line: {line_words(each.expected, brief)}." for each in told[:1]]
    points += [UNCERTAINTY]
    return Section(
        "goal",
        f"We look for {wants} in {brief.words}",
        f"{words.listing([name(each.one) for each in told])}",
        tuple(points),
        (
            "Ask the room first: is this still the goal, and are these the markets?",
            "Every number here opens to its numerator, denominator and source in the tool.",
        ),
        "Source: the brief",
    )


def _who(brief: Brief, told: Sequence[Told], count_matching: int) -> Section:
    best = min(told, key=lambda each: each.one.rank).one
    rows = [
        {
            "Creator": name(each.one),
            "Rank": f"{each.one.rank} of {words.count(count_matching)}",
            "Chance of the best three": words.chance(each.one.p_top_3),
            "Payoff": _payoff(each, brief),
            "In the market": _share(each),
            "Role": each.one.role.label,
            "Priced at": price_words(each.one).partition(":")[0],
        }
        for each in told
    ]
    chances = pl.DataFrame(
        {"creator": [name(each.one) for each in told], "p_top_3": [each.one.p_top_3 for each in told]}
    )
    alt = " ".join(f"{row['Creator']}: {row['Chance of the best three']}." for row in rows)
    title = f"{name(best)} buys {_payoff_of(best, brief)} what the same money buys at market price"
    if best.payoff[brief.goal] is None:
        title = f"Nobody can say yet what {name(best)} buys in {brief.words}"
    return Section(
        "who",
        title,
        _("Chance to be among the best three of {creators}, payoff for {goal}").format(
            creators=words.counted(count_matching, "creator", "creators"), goal=_(brief.goal)
        ),
        (),
        tuple(f"{_payoff_note(each, brief)} {each.one.because}" for each in told),
        _source(told, "audiences and campaigns"),
        Picture("chances", chances, f"Chance of the best three. {alt}"),
        pl.DataFrame(rows),
    )


def _payoff_of(one, brief: Brief) -> str:
    payoff = one.payoff[brief.goal]
    return "an unknown multiple of" if payoff is None else words.times(payoff)


def _payoff(each: Told, brief: Brief) -> str:
    payoff = each.one.payoff[brief.goal]
    return "not known" if payoff is None else words.times(payoff)


def _payoff_note(each: Told, brief: Brief) -> str:
    return (
        f"{name(each.one)}: payoff {_payoff(each, brief)} the market price for {brief.goal}, rank {each.one.rank}, "
        f"{price_words(each.one)}."
    )


def _share(each: Told) -> str:
    one = each.one
    if one.in_market_share is None:
        return "not measured"
    return words.percent_range(one.in_market_share, one.in_market_share_upper)


def _geography(brief: Brief, told: Sequence[Told]) -> Section:
    verdicts = [geography_verdict(each.one, brief) for each in told]
    known = [each.one.in_market_share for each in told if each.one.in_market_share is not None]
    most = next((at for at, each in enumerate(told) if known and each.one.in_market_share == max(known)), 0)
    rows = pl.DataFrame(
        [_split(each) for each in told],
        schema={"creator": pl.String, "in_market": pl.Float64, "elsewhere": pl.Float64, "unknown": pl.Float64},
        orient="row",
    )
    table = pl.DataFrame(
        [
            {
                "Creator": name(each.one),
                "In the market": _share(each),
                "Elsewhere": words.percent(row[2]),
                "Unknown": words.percent(row[3]),
                "Expected reach there": words.about(each.one.in_market_reach),
                "Measured": _measured_by(each),
            }
            for each, row in zip(told, rows.rows(), strict=True)
        ]
    )
    return Section(
        "geography",
        verdicts[most][0],
        f"Share of each audience by country: in {brief.words}, elsewhere, unknown; 100 % is the whole audience",
        tuple(f"{name(each.one)}: {because}" for each, (_, because) in zip(told, verdicts, strict=True)),
        tuple(f"{name(each.one)}: {_top_countries(each)}. Measured: {_measured_by(each)}." for each in told),
        _source(told, "audience by country"),
        Picture("split", rows, " ".join(f"{verdict}." for verdict, _ in verdicts)),
        table,
    )


def _split(each: Told) -> tuple[str, float | None, float | None, float | None]:
    one = each.one
    if one.in_market_share is None:
        return name(one), None, None, None
    return name(one), one.in_market_share, max(0.0, 1 - one.in_market_share - one.unknown_share), one.unknown_share


def _top_countries(each: Told, most: int = 5) -> str:
    rows = each.audience.head(most).select("country", "audience_share").rows()
    return words.listing([f"{words.country(code)} {words.percent(share)}" for code, share in rows]) or "not measured"


def _measured_by(each: Told) -> str:
    if each.source is None:
        return "no audience is loaded"
    said = f"{each.source['audience_type']}, {words.plain(each.source['source'])}"
    return f"{said}, {words.day(each.source['as_of'])}"


def _strengths(told: Sequence[Told]) -> Section:
    best = min(told, key=lambda each: each.one.rank)
    rows = [
        {
            "creator": name(each.one),
            "stage": stage,
            "index": s.index,
            "low": s.low,
            "high": s.high,
            "measured": s.measured,
            "count_campaigns": s.count_campaigns,
            "evidence": s.evidence,
        }
        for stage in words.STAGES
        for each in told
        for s in [each.one.stages[stage]]
    ]
    table = pl.DataFrame(
        [
            {"Creator": name(each.one)}
            | {words.stage(key).capitalize(): _index(s) for key, s in each.one.stages.items()}
            for each in told
        ]
    )
    verdicts = {each.one.creator_id: strength_verdict(each.one) for each in told}
    return Section(
        "strengths",
        verdicts[best.one.creator_id][0],
        "Index, 100 = a typical creator on comparable campaigns; bar: 80 % interval; log scale; hollow: not measured",
        tuple(f"{verdicts[each.one.creator_id][0]}. {verdicts[each.one.creator_id][1]}" for each in told),
        tuple(_funnel_note(each) for each in told),
        _source(told, "campaigns"),
        Picture("intervals", pl.DataFrame(rows), " ".join(f"{verdict}." for verdict, _ in verdicts.values())),
        table,
    )


def _index(stage) -> str:
    if not stage.measured:
        return f"not measured; likely {words.index(stage.low)} to {words.index(stage.high)}"
    n = words.counted(stage.count_campaigns, "campaign", "campaigns")
    return f"{words.index(stage.index)} ({words.index(stage.low)} to {words.index(stage.high)}; n = {n})"


def _funnel_note(each: Told) -> str:
    said = []
    for stage, events in STAGE_EVENTS.items():
        happened, trials = each.sums[f"{stage}_events"], each.sums[f"{stage}_trials"]
        of = "clicks" if stage == "convert" else "impressions"
        if happened is None or trials is None:
            said.append(f"{events} not measured")
        else:
            of_what = f"{words.count(happened)} {events} of {words.count(trials)} {of}"
            said.append(f"{of_what} ({words.rate(happened, trials)})")
    campaigns = words.counted(each.sums["count_campaigns"], "campaign", "campaigns")
    return f"{name(each.one)}, {campaigns}: {words.listing(said)}."


def _role(brief: Brief, told: Sequence[Told]) -> Section:
    best = min(told, key=lambda each: each.one.rank)
    table = pl.DataFrame(
        [
            {
                "Creator": name(each.one),
                "Role": each.one.role.label,
                "How sure": {"none": "not decided"}.get(each.one.role.confidence, each.one.role.confidence),
                "For conversion": words.likelihood(each.one.role.p_conversion),
                "What would change this": each.one.role.change,
            }
            for each in told
        ]
    )
    return Section(
        "role",
        role_verdict(best.one, brief)[0],
        "Probability that conversion is the natural strength rather than awareness, corrected for the market",
        tuple(f"{role_verdict(each.one, brief)[0]}." for each in told),
        tuple(f"{name(each.one)}: {each.one.role.because} {each.one.role.what_would_change}" for each in told),
        _source(told, "campaigns"),
        None,
        table,
    )


def _forecast(brief: Brief, told: Sequence[Told]) -> Section:
    metric = MAIN[brief.goal]
    known = [each for each in told if metric in each.expected.outlook.futures]
    target = {t.metric: t.target for t in told[0].expected.outlook.targets}.get(metric)
    rows = [
        {"creator": name(each.one), "value": value, "reached": target is None or value >= target}
        for each in known
        for value in dots_of(each.expected.outlook.futures[metric]).tolist()
    ]
    best = max(known, key=lambda each: each.expected.outlook.metrics[metric]["p50"], default=told[0])
    points = [first_sentence(each.expected, brief) for each in told]
    for each in told:
        points += [
            f"{name(each.one)}: {target_words(t, each.expected.outlook.currency)}."
            for t in each.expected.outlook.targets
        ]
    schema = {"creator": pl.String, "value": pl.Float64, "reached": pl.Boolean}
    sentence = first_sentence(best.expected, brief)
    currency = known[0].expected.outlook.currency if known and one_currency([e.expected for e in known]) else None
    frame = pl.DataFrame(rows, schema=schema)
    return Section(
        "forecast",
        finding(best.expected, brief),
        f"{words.metric(metric).capitalize()}: {DOTS} equally likely futures of one line; every dot is one of them",
        tuple(points),
        tuple(_forecast_note(each) for each in told),
        _source(told, "campaigns, followers and audiences"),
        Picture("dots", frame, sentence, metric, target, currency) if rows else None,
        _forecast_table(told),
    )


def _forecast_table(told: Sequence[Told]) -> pl.DataFrame:
    """Low, middle and high of the metrics a stakeholder asks for, a row a creator."""
    shown = ("impressions", "in_market_impressions", "clicks", "conversions", "revenue")
    rows = []
    for each in told:
        found = each.expected.outlook
        row = {"Creator": name(each.one)}
        for metric in shown:
            values = found.metrics[metric]
            low, middle, high = (words.measure(metric, values[p], found.currency) for p in ("p10", "p50", "p90"))
            said = "not known" if values["p50"] is None else f"{middle} ({low} to {high})"
            row[words.metric(metric).capitalize()] = said
        rows.append(row)
    return pl.DataFrame(rows)


def _forecast_note(each: Told) -> str:
    none = each.expected.outlook.metrics["conversions"]["p_zero"]
    sale = "not known" if none is None else words.likelihood(none)
    asked = each.expected.asked
    price = "without a price"
    if asked.cost is not None:
        price = f"at {words.amount(asked.cost, asked.currency)}, {asked.cost_basis}"
    return f"{name(each.one)}: {asked.count} x {words.plain(asked.deliverable)} {price}. No sale at all: {sale}."


def _risks(told: Sequence[Told]) -> Section:
    points = []
    for each in told:
        said = words.listing(against(each)) or "nothing that is measured speaks against it"
        points.append(f"{name(each.one)}: {said}.")
    ranked = sorted((each.one for each in told), key=lambda one: one.rank)
    for first, second in pairwise(ranked):
        if first.too_close_to_next and second.rank == first.rank + 1:
            more = needed_to_settle(first)
            settle = f"; about {more} for each would settle it" if more else ""
            points.append(f"{name(first)} and {name(second)} are too close to call{settle}.")
    unknown = max((each.one.unknown_share or 0.0 for each in told), default=0.0)
    title = "What we do not know could change this" if unknown >= 0.05 else "These facts could change our mind"
    return Section(
        "risks",
        title,
        "What speaks against each creator, and what is not known",
        tuple(points),
        tuple(f"{name(each.one)}: {each.one.role.what_would_change}" for each in told),
        _source(told, "campaigns and audiences"),
        None,
        pl.DataFrame(
            [
                {
                    "Creator": name(each.one),
                    "What would change our mind": each.one.role.change,
                }
                for each in told
            ]
        ),
    )


def _next(told: Sequence[Told]) -> Section:
    steps = {
        "conversion": "agree on a conversion brief: clicks and purchases, with tracking for both",
        "awareness": "agree on an awareness brief: in-market impressions and engagement, not sales",
        "balanced": "choose the role by what the plan still lacks; both are about as good",
        "pilot": "run one pilot that tracks clicks and purchases before a larger booking",
        "not for this market": "do not book for this market; keep for a market where the audience lives",
    }
    points = [f"{name(each.one)}: {steps[each.one.role.label]}." for each in told]
    first = min(told, key=lambda each: each.one.rank)
    return Section(
        "next",
        f"Next: {steps[first.one.role.label]}, with {name(first.one)}",
        "One step a creator",
        tuple(points),
        ("Agree on who does the next step and by when before the meeting ends.",),
        "Source: the recommended roles",
    )


def _source(told: Sequence[Told], what: str) -> str:
    """Where the numbers of a section come from: the sources with their dates, and n."""
    dates = sorted(each.source["as_of"] for each in told if each.source and each.source["as_of"])
    n = sum(each.sums["count_campaigns"] for each in told)
    span = words.listing(list(dict.fromkeys(words.day(day) for day in (*dates[:1], *dates[-1:]))), "to")
    measured = f"audiences measured {span}" if dates else "audiences without a date"
    return f"Source: {what} of your store; {measured}; n = {words.counted(n, 'campaign', 'campaigns')}"
