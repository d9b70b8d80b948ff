"""Write the sections of a story that rest on evidence: goal, ranking, geography, strengths, role."""

from collections.abc import Sequence
from dataclasses import replace

import polars as pl

from fit.brief import Brief, Goal
from fit.locale import _
from fit.model import STAGE_EVENTS, STAGE_TRIALS, Confidence, StageStrength, strength_rows
from fit.shortlist import (
    Candidate,
    Group,
    outcome_sentence,
    outcome_words,
    role_verdict,
    strength_exceptions,
    strength_verdict,
    what_to_do,
)
from fit.story.markets import MOST_COLUMNS, gap_texts, share_cells, shares_cell, where_sentence, where_title
from fit.story.outlook import forecast, next_step, risks
from fit.story.recommendation import by_group, recommendation
from fit.story.sources import line_price, source_line, table_of
from fit.story.story import SECTIONS, UNCERTAINTY, CreatorStory, Picture, PictureKind, Section, SectionKey
from fit.text import plain, words


def sections_of(brief: Brief, creators: Sequence[CreatorStory], count_matching: int) -> tuple[Section, ...]:
    """All sections in the story's order, titled by their findings."""
    sections = (
        recommendation(brief, creators),
        _goal(brief, creators, count_matching),
        _who(brief, creators, count_matching),
        _geography(brief, creators),
        _strengths(creators),
        _role(brief, creators),
        forecast(brief, creators),
        risks(brief, creators),
        next_step(brief, creators),
    )
    assert [section.key for section in sections] == list(SECTIONS)
    gaps = gap_texts(brief, creators)
    return tuple(replace(section, gaps=gaps) for section in sections)


def _goal(brief: Brief, creators: Sequence[CreatorStory], count_matching: int) -> Section:
    wants = _("sales") if brief.goal == Goal.CONVERSION else _("awareness")
    markets = [f"{words.country(code)} {words.percent(weight)}" for code, weight in brief.weights.items()]
    points = [
        _("Goal: {goal}. Markets by weight: {markets}.").format(goal=_(brief.goal), markets=words.listing(markets))
    ]
    points += [
        _("{creators} match the brief; {count} are shown here.").format(
            creators=words.counted(count_matching, "creator", "creators"), count=len(creators)
        )
    ]
    points += [_(UNCERTAINTY)]
    return Section(
        SectionKey.GOAL,
        _("We look for {wants} in {market}").format(wants=wants, market=brief.words),
        words.listing([creator.name for creator in creators]),
        tuple(points),
        (
            _("Ask the room first: is this still the goal, and are these the markets?"),
            _("Every number here opens to its numerator, denominator and source in the tool."),
        ),
        _("Source: the brief, the profiles and the asking prices of your store"),
        None,
        table_of([_asked(creator) for creator in creators]),
    )


def _asked(creator: CreatorStory) -> dict[str, str]:
    """Who is shown, and the line that is forecast of each."""
    candidate, asked = creator.candidate, creator.expected.asked
    return {
        "Creator": creator.name,
        "Platform": plain(candidate.platform or _("not known")),
        "Followers": _("not known") if candidate.followers is None else words.count(candidate.followers),
        "What is asked": f"{asked.count} x {plain(asked.deliverable)}",
        "Price": line_price(creator.expected),
    }


def _who(brief: Brief, creators: Sequence[CreatorStory], count_matching: int) -> Section:
    creators = sorted(creators, key=lambda creator: creator.candidate.rank)
    best, is_sales = creators[0], brief.goal == Goal.CONVERSION
    money = "Purchases for the money" if is_sales else "People reached for the money"
    rows = [
        {
            "Creator": creator.name,
            "Rank": _("{rank} of {count}").format(rank=creator.candidate.rank, count=words.count(count_matching)),
            "Likely in the top 3": words.chance(creator.candidate.p_top_3),
            money: _for_the_money(creator.candidate),
            "What to do": what_to_do(creator.candidate, brief),
        }
        for creator in creators
    ]
    names, p_top_3 = zip(*((creator.name, creator.candidate.p_top_3) for creator in creators), strict=True)
    chances = pl.DataFrame({"creator": names, "p_top_3": p_top_3})
    alt = " ".join(f"{row['Creator']}: {row['Likely in the top 3']}." for row in rows)
    matching = words.counted(count_matching, "creator", "creators")
    proven = next((creator for creator in creators if creator.candidate.group == Group.BOOK), best)
    sentence = _("{name} brings most for its price, {outcome}")
    if proven is not best:
        sentence = _("Of those to book, {name} brings most for its price, {outcome}")
    title = sentence.format(name=proven.name, outcome=outcome_words(proven.candidate, brief))
    if proven.candidate.expected.mean is None:
        title = _("Nobody can say yet what {name} brings in {market}").format(name=proven.name, market=brief.words)
    elif proven.candidate.cost is None:
        sentence = _("{name} brings most: {outcome}")
        title = sentence.format(name=proven.name, outcome=outcome_words(proven.candidate, brief))
    ranked = _("{name}, rank {rank}: {outcome}.")
    notes = tuple(
        f"{ranked.format(name=one.name, rank=one.candidate.rank, outcome=outcome_sentence(one.candidate, brief))} "
        f"{one.candidate.because}"
        for one in creators
    )
    return Section(
        SectionKey.WHO,
        title,
        _("How likely each is among the top 3 of {creators} by {what}").format(
            creators=matching, what=_("purchases for the money") if is_sales else _("people reached for the money")
        ),
        (),
        notes,
        source_line(creators, _("audiences, campaigns and prices")),
        Picture(PictureKind.CHANCES, chances, _("Likely in the top 3. {alt}").format(alt=alt)),
        table_of(rows),
    )


def _for_the_money(candidate: Candidate) -> str:
    """ "20.4 per 1,000 EUR"."""
    much = candidate.expected.per_1000
    if much is None:
        return _("not known")
    money = words.amount(1000.0, candidate.currency)
    return _("{number} per {money}").format(number=words.about(much), money=money)


def _share(creator: CreatorStory) -> str:
    low, high = creator.candidate.in_market_share, creator.candidate.in_market_share_upper
    return _("not measured") if low is None or high is None else words.percent_range(low, high)


def _geography(brief: Brief, creators: Sequence[CreatorStory]) -> Section:
    schema = {"creator": pl.String} | dict.fromkeys(("in_market", "elsewhere", "unknown"), pl.Float64)
    rows = pl.DataFrame(
        [_split(creator) for creator in creators], schema=schema | {"count_total": pl.Int64}, orient="row"
    )
    table = table_of(
        [
            {"Creator": creator.name}
            | _in_markets(creator, brief)
            | {
                "Elsewhere": words.percent(row[2]),
                "Unknown": words.percent(row[3]),
                "Expected reach there": _reached(creator.candidate.reached_there),
                "Measured": _measured_by(creator),
            }
            for creator, row in zip(creators, rows.rows(), strict=True)
        ]
    )
    return Section(
        SectionKey.GEOGRAPHY,
        where_title(brief, creators),
        _("Share of each audience by country: in {market}, elsewhere, unknown; 100 % is the whole audience").format(
            market=brief.words
        ),
        tuple(where_sentence(creator, brief) for creator in creators),
        tuple(
            _("{name}: {countries}. Measured: {source}.").format(
                name=creator.name, countries=_top_countries(creator), source=_measured_by(creator)
            )
            for creator in creators
        ),
        source_line(creators, _("audience by country")),
        Picture(PictureKind.SPLIT, rows, " ".join(where_sentence(creator, brief) for creator in creators)),
        table,
    )


def _reached(people: float | None) -> str:
    return words.about(None) if people is None else words.rounded(people)


def _in_markets(creator: CreatorStory, brief: Brief) -> dict[str, str]:
    """The share in the market; of several, in each, with what each counts in the brief."""
    if len(brief.weights) < 2:
        return {"In the market": _share(creator)}
    if len(brief.weights) > MOST_COLUMNS:
        return {"In the market": shares_cell(creator.candidate, brief)}
    cells = share_cells(creator.candidate, brief)
    return {f"{words.country(code)} ({words.percent(brief.weights[code])})": cell for code, cell in cells.items()}


def _split(creator: CreatorStory) -> tuple[str, float | None, float | None, float | None, int | None]:
    inside, unknown = creator.candidate.in_market_share, creator.candidate.unknown_share
    if inside is None or unknown is None:
        return creator.name, None, None, None, None
    return creator.name, inside, max(0.0, 1 - inside - unknown), unknown, (creator.source or {}).get("count_total")


def _top_countries(creator: CreatorStory, most: int = 5) -> str:
    rows = creator.audience.head(most).select("country", "audience_share").rows()
    return words.listing([f"{words.country(code)} {words.percent(share)}" for code, share in rows]) or _("not measured")


def _measured_by(creator: CreatorStory) -> str:
    if creator.source is None:
        return _("no audience is loaded")
    source = creator.source
    return f"{source['audience_type']}, {plain(source['source'])}, {words.day(source['as_of'])}"


def _strengths(creators: Sequence[CreatorStory]) -> Section:
    best = by_group(creators)[0]
    rows = pl.concat([strength_rows(creator.name, creator.candidate.stages, creator.sums) for creator in creators])
    table = table_of(
        [
            {"Creator": creator.name}
            | {words.capitalized(words.stage(key)): _index(s) for key, s in creator.candidate.stages.items()}
            for creator in creators
        ]
    )
    verdicts = [strength_verdict(creator.candidate)[0] for creator in creators]
    exceptions = [strength_exceptions(creator.candidate) for creator in creators]
    return Section(
        SectionKey.STRENGTHS,
        strength_verdict(best.candidate)[0],
        _(
            "Index, 100 = a typical creator on comparable campaigns; bar: 80 % interval; log scale; hollow: not "
            "measured"
        ),
        tuple(f"{verdict}. {exception}".strip() for verdict, exception in zip(verdicts, exceptions, strict=True)),
        tuple(_funnel_note(creator) for creator in creators),
        source_line(creators, "campaigns"),
        Picture(PictureKind.INTERVALS, rows, " ".join(f"{verdict}." for verdict in verdicts)),
        table,
    )


def _index(stage: StageStrength) -> str:
    low, high = words.index(stage.low), words.index(stage.high)
    if not stage.measured:
        return _("not measured; likely {low} to {high}").format(low=low, high=high)
    n = words.counted(stage.count_campaigns, "campaign", "campaigns")
    return _("{index} ({low} to {high}; n = {n})").format(index=words.index(stage.index), low=low, high=high, n=n)


def _funnel_note(creator: CreatorStory) -> str:
    counts = []
    for stage, events in STAGE_EVENTS.items():
        happened, trials = creator.sums[f"{stage}_events"], creator.sums[f"{stage}_trials"]
        if happened is None or trials is None:
            counts.append(_("{events} not measured").format(events=_(events)))
        else:
            of_what = _("{happened} {events} of {trials} {of}").format(
                happened=words.count(happened), events=_(events), trials=words.count(trials), of=_(STAGE_TRIALS[stage])
            )
            counts.append(f"{of_what} ({words.rate(happened, trials)})")
    campaigns = words.counted(creator.sums["count_campaigns"], "campaign", "campaigns")
    return f"{creator.name}, {campaigns}: {words.listing(counts)}."


def _role(brief: Brief, creators: Sequence[CreatorStory]) -> Section:
    best = by_group(creators)[0]
    roles = [(creator.name, creator.candidate.role) for creator in creators]
    table = table_of(
        [
            {
                "Creator": name,
                "Role": _(role.label),
                "How sure": _("not decided") if role.confidence == Confidence.NONE else _(role.confidence),
                "For conversion": words.likelihood(role.p_conversion),
                "What would change this": role.change,
            }
            for name, role in roles
        ]
    )
    return Section(
        SectionKey.ROLE,
        role_verdict(best.candidate, brief)[0],
        _("Probability that conversion is the natural strength rather than awareness, corrected for the market"),
        (),
        tuple(f"{name}: {role.because} {role.what_would_change}" for name, role in roles),
        source_line(creators, "campaigns"),
        None,
        table,
    )
