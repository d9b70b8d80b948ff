"""Which findings tell a story about a few creators? Facts in, sections out; no document, no drawing."""

from collections.abc import Sequence

import polars as pl

from fit.brief import Brief
from fit.locale import _
from fit.model import STAGE_EVENTS, Confidence, strength_rows
from fit.shortlist import (
    StageStrength,
    display_name,
    geography_verdict,
    price_words,
    role_verdict,
    strength_exceptions,
    strength_verdict,
)
from fit.story.outlook import forecast, next_step, risks
from fit.story.sources import source_line, table_of
from fit.story.story import SECTIONS, UNCERTAINTY, CreatorStory, Picture, Section
from fit.text import plain, words


def sections_of(brief: Brief, told: Sequence[CreatorStory], count_matching: int) -> tuple[Section, ...]:
    """All sections in the story's order, titled by their findings."""
    found = (
        _goal(brief, told, count_matching),
        _who(brief, told, count_matching),
        _geography(brief, told),
        _strengths(told),
        _role(brief, told),
        forecast(brief, told),
        risks(told),
        next_step(told),
    )
    assert [section.key for section in found] == list(SECTIONS)
    return found


def _goal(brief: Brief, told: Sequence[CreatorStory], count_matching: int) -> Section:
    wants = {"conversion": _("sales"), "awareness": _("awareness")}[brief.goal]
    markets = [f"{words.country(code)} {words.percent(weight)}" for code, weight in brief.weights.items()]
    points = [
        _("Goal: {goal}. Markets by weight: {markets}.").format(goal=_(brief.goal), markets=words.listing(markets))
    ]
    points += [
        _("{creators} match the brief; {count} are shown here.").format(
            creators=words.counted(count_matching, "creator", "creators"), count=len(told)
        )
    ]
    points += [_(UNCERTAINTY)]
    return Section(
        "goal",
        _("We look for {wants} in {market}").format(wants=wants, market=brief.words),
        f"{words.listing([display_name(each.one) for each in told])}",
        tuple(points),
        (
            _("Ask the room first: is this still the goal, and are these the markets?"),
            _("Every number here opens to its numerator, denominator and source in the tool."),
        ),
        _("Source: the brief, the profiles and the asking prices of your store"),
        None,
        table_of([_asked(each) for each in told]),
    )


def _asked(each: CreatorStory) -> dict[str, str]:
    """Who is shown, and the line that is forecast of each."""
    one, asked = each.one, each.expected.asked
    price = _("not known")
    if asked.cost is not None:
        price = f"{words.amount(asked.cost, asked.currency)}, {_(asked.cost_basis)}"
    return {
        "Creator": display_name(one),
        "Platform": plain(one.platform or _("not known")),
        "Followers": _("not known") if one.followers is None else words.count(one.followers),
        "What is asked": f"{asked.count} x {plain(asked.deliverable)}",
        "Price": price,
    }


def _who(brief: Brief, told: Sequence[CreatorStory], count_matching: int) -> Section:
    told = sorted(told, key=lambda each: each.one.rank)
    best = told[0].one
    rows = [
        {
            "Creator": display_name(each.one),
            "Rank": _("{rank} of {count}").format(rank=each.one.rank, count=words.count(count_matching)),
            "Chance of the best three": words.chance(each.one.p_top_3),
            "Payoff": _payoff(each, brief),
            "In the market": _share(each),
            "Role": _(each.one.role.label),
            "Priced at": _(each.one.payoff_basis),
        }
        for each in told
    ]
    chances = pl.DataFrame(
        {"creator": [display_name(each.one) for each in told], "p_top_3": [each.one.p_top_3 for each in told]}
    )
    alt = " ".join(f"{row['Creator']}: {row['Chance of the best three']}." for row in rows)
    title = _("{name} is among the best three of {creators} with a chance of {chance}").format(
        name=display_name(best),
        creators=words.counted(count_matching, "creator", "creators"),
        chance=words.chance(best.p_top_3),
    )
    if best.payoff[brief.goal] is None:
        title = _("Nobody can say yet what {name} buys in {market}").format(name=display_name(best), market=brief.words)
    return Section(
        "who",
        title,
        _("Chance to be among the best three of {creators}, payoff for {goal}").format(
            creators=words.counted(count_matching, "creator", "creators"), goal=_(brief.goal)
        ),
        (),
        tuple(f"{_payoff_note(each, brief)} {each.one.because}" for each in told),
        source_line(told, _("audiences and campaigns")),
        Picture("chances", chances, _("Chance of the best three. {alt}").format(alt=alt)),
        table_of(rows),
    )


def _payoff(each: CreatorStory, brief: Brief) -> str:
    payoff = each.one.payoff[brief.goal]
    return _("not known") if payoff is None else words.times(payoff)


def _payoff_note(each: CreatorStory, brief: Brief) -> str:
    return _("{name}: payoff {payoff} the market price for {goal}, rank {rank}, {price}.").format(
        name=display_name(each.one),
        payoff=_payoff(each, brief),
        goal=_(brief.goal),
        rank=each.one.rank,
        price=price_words(each.one),
    )


def _share(each: CreatorStory) -> str:
    one = each.one
    if one.in_market_share is None or one.in_market_share_upper is None:
        return _("not measured")
    return words.percent_range(one.in_market_share, one.in_market_share_upper)


def _geography(brief: Brief, told: Sequence[CreatorStory]) -> Section:
    verdicts = [geography_verdict(each.one, brief) for each in told]
    known = [each.one.in_market_share for each in told if each.one.in_market_share is not None]
    most = next((at for at, each in enumerate(told) if known and each.one.in_market_share == max(known)), 0)
    rows = pl.DataFrame(
        [_split(each) for each in told],
        schema={
            "creator": pl.String,
            "in_market": pl.Float64,
            "elsewhere": pl.Float64,
            "unknown": pl.Float64,
            "count_total": pl.Int64,
        },
        orient="row",
    )
    table = table_of(
        [
            {
                "Creator": display_name(each.one),
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
        _("Share of each audience by country: in {market}, elsewhere, unknown; 100 % is the whole audience").format(
            market=brief.words
        ),
        tuple(f"{display_name(each.one)}: {because}" for each, (_, because) in zip(told, verdicts, strict=True)),
        tuple(
            _("{name}: {countries}. Measured: {source}.").format(
                name=display_name(each.one), countries=_top_countries(each), source=_measured_by(each)
            )
            for each in told
        ),
        source_line(told, _("audience by country")),
        Picture("split", rows, " ".join(f"{verdict}." for verdict, _ in verdicts)),
        table,
    )


def _split(each: CreatorStory) -> tuple[str, float | None, float | None, float | None, int | None]:
    one = each.one
    if one.in_market_share is None or one.unknown_share is None:
        return display_name(one), None, None, None, None
    elsewhere = max(0.0, 1 - one.in_market_share - one.unknown_share)
    return display_name(one), one.in_market_share, elsewhere, one.unknown_share, (each.source or {}).get("count_total")


def _top_countries(each: CreatorStory, most: int = 5) -> str:
    rows = each.audience.head(most).select("country", "audience_share").rows()
    return words.listing([f"{words.country(code)} {words.percent(share)}" for code, share in rows]) or _("not measured")


def _measured_by(each: CreatorStory) -> str:
    if each.source is None:
        return _("no audience is loaded")
    said = f"{each.source['audience_type']}, {plain(each.source['source'])}"
    return f"{said}, {words.day(each.source['as_of'])}"


def _strengths(told: Sequence[CreatorStory]) -> Section:
    best = min(told, key=lambda each: each.one.rank)
    rows = pl.concat([strength_rows(display_name(each.one), each.one.stages, each.sums) for each in told])
    table = table_of(
        [
            {"Creator": display_name(each.one)}
            | {words.capitalized(words.stage(key)): _index(s) for key, s in each.one.stages.items()}
            for each in told
        ]
    )
    verdicts = {each.one.creator_id: strength_verdict(each.one) for each in told}
    points = [f"{verdicts[each.one.creator_id][0]}. {strength_exceptions(each.one)}".strip() for each in told]
    return Section(
        "strengths",
        verdicts[best.one.creator_id][0],
        _(
            "Index, 100 = a typical creator on comparable campaigns; bar: 80 % interval; log scale; hollow: not "
            "measured"
        ),
        tuple(points),
        tuple(_funnel_note(each) for each in told),
        source_line(told, "campaigns"),
        Picture("intervals", rows, " ".join(f"{verdict}." for verdict, _ in verdicts.values())),
        table,
    )


def _index(stage: StageStrength) -> str:
    if not stage.measured:
        return _("not measured; likely {low} to {high}").format(
            low=words.index(stage.low), high=words.index(stage.high)
        )
    n = words.counted(stage.count_campaigns, "campaign", "campaigns")
    return _("{index} ({low} to {high}; n = {n})").format(
        index=words.index(stage.index), low=words.index(stage.low), high=words.index(stage.high), n=n
    )


def _funnel_note(each: CreatorStory) -> str:
    said = []
    for stage, events in STAGE_EVENTS.items():
        happened, trials = each.sums[f"{stage}_events"], each.sums[f"{stage}_trials"]
        of = _("clicks") if stage == "convert" else _("impressions")
        if happened is None or trials is None:
            said.append(_("{events} not measured").format(events=_(events)))
        else:
            of_what = _("{happened} {events} of {trials} {of}").format(
                happened=words.count(happened), events=_(events), trials=words.count(trials), of=of
            )
            said.append(f"{of_what} ({words.rate(happened, trials)})")
    campaigns = words.counted(each.sums["count_campaigns"], "campaign", "campaigns")
    return f"{display_name(each.one)}, {campaigns}: {words.listing(said)}."


def _role(brief: Brief, told: Sequence[CreatorStory]) -> Section:
    best = min(told, key=lambda each: each.one.rank)
    table = table_of(
        [
            {
                "Creator": display_name(each.one),
                "Role": _(each.one.role.label),
                "How sure": _("not decided")
                if each.one.role.confidence == Confidence.NONE
                else _(each.one.role.confidence),
                "For conversion": words.likelihood(each.one.role.p_conversion),
                "What would change this": each.one.role.change,
            }
            for each in told
        ]
    )
    return Section(
        "role",
        role_verdict(best.one, brief)[0],
        _("Probability that conversion is the natural strength rather than awareness, corrected for the market"),
        (),
        tuple(f"{display_name(each.one)}: {each.one.role.because} {each.one.role.what_would_change}" for each in told),
        source_line(told, "campaigns"),
        None,
        table,
    )
