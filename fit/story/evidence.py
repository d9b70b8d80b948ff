"""Write the sections of a story that rest on evidence: ranking, geography, strengths and role."""

from collections.abc import Sequence
from dataclasses import replace

import polars as pl

from fit.brief import Brief, Goal
from fit.locale import _
from fit.model import STAGE_EVENTS, strength_rows
from fit.shortlist import ExpectedLine, Group, expected_of, order_note, outcome_sentence
from fit.story.compared import compared_cell, role_said, strength_point, strengths_title
from fit.story.markets import (
    MOST_COLUMNS,
    gap_texts,
    share_cells,
    shares_cell,
    where_point,
    where_sentence,
    where_title,
)
from fit.story.outlook import forecast, risks
from fit.story.profile import followers_words, profile_words
from fit.story.recommendation import by_group, goal_noun, line_said, of_group, recommendation
from fit.story.sources import forecast_source_line, line_price, source_line, table_of
from fit.story.story import MOST_COMPARED, SECTIONS, CreatorStory, Picture, PictureKind, Section, SectionKey
from fit.text import plain, words

MOST_NAMED = 5  # countries of an audience that one cell lists
PER_MONEY = 1000.0  # of the currency: what the money brings is counted per thousand


def sections_of(brief: Brief, creators: Sequence[CreatorStory], count_matching: int) -> tuple[Section, ...]:
    """All sections in the story's order, titled by their findings, creators in one order in all of them.

    The summary has everybody; side by side stand the first MOST_COMPARED, and the footnotes say so.
    """
    creators = by_group(creators)
    compared = creators[:MOST_COMPARED]
    side_by_side: tuple[Section, ...] = (
        _who(brief, compared, count_matching),
        _geography(brief, compared),
        _strengths(brief, compared),
        forecast(brief, compared),
        risks(brief, compared),
    )
    if len(creators) > len(compared):
        note = _("The first {most} of {count} creators; the summary has all.")
        note = note.format(most=words.count(len(compared)), count=words.count(len(creators)))
        side_by_side = tuple(replace(section, source=f"{note} {section.source}") for section in side_by_side)
    sections = (recommendation(brief, creators, count_matching), *side_by_side)
    assert [section.key for section in sections] == list(SECTIONS)
    gaps = gap_texts(brief, creators)
    return tuple(replace(section, gaps=gaps) for section in sections)


def _who(brief: Brief, creators: Sequence[CreatorStory], count_matching: int) -> Section:
    is_sales = brief.goal == Goal.CONVERSION
    rows = [
        {"Creator": creator.name, "Profile": profile_words(creator), "Followers": followers_words(creator)}
        | _booking(creator, brief)
        | {"Rank": _("{rank} of {count}").format(rank=creator.candidate.rank, count=words.count(count_matching))}
        for creator in creators
    ]
    names, p_top_3 = zip(*((creator.name, creator.candidate.p_top_3) for creator in creators), strict=True)
    chances = pl.DataFrame({"creator": names, "p_top_3": p_top_3})
    alt = " ".join(f"{name}: {words.bounded(p)}." for name, p in zip(names, p_top_3, strict=True))
    matching = words.counted(count_matching, "creator", "creators")
    drawn = _("How likely each is among the top 3 of {creators} by {what}")
    if order_note(brief):
        drawn = _("How likely each is among the top 3 of {creators} by {what}; markets count by their weights")
    what = _("purchases for the money") if is_sales else _("people reached for the money")
    return Section(
        SectionKey.WHO,
        _who_title(brief, creators),
        drawn.format(creators=matching, what=what),
        (),
        tuple(f"{_rank_note(creator, brief)} {creator.candidate.because}" for creator in creators),
        forecast_source_line(creators, _("audiences, campaigns and prices")),
        Picture(PictureKind.CHANCES, chances, _("Likely in the top 3. {alt}").format(alt=alt)),
        table_of(rows),
    )


def _booking(creator: CreatorStory, brief: Brief) -> dict[str, str]:
    """What is booked for which price, and what the money brings; of hidden prices what is booked alone."""
    if creator.hides_price:
        return {"Booking": line_said(creator)}
    money = "Purchases for the money" if brief.goal == Goal.CONVERSION else "People reached for the money"
    booking = _("{line}, {price}").format(line=line_said(creator), price=line_price(creator.expected))
    return {"Booking": booking, money: _for_the_money(creator.expected, brief)}


def _who_title(brief: Brief, creators: Sequence[CreatorStory]) -> str:
    """Who brings most for the money, of those that may be booked, else tested."""
    first, is_sales = creators[0], brief.goal == Goal.CONVERSION
    if first.group in (Group.OTHER_ROLE, Group.PASS):
        return _("Nobody here is proven for {goal}").format(goal=goal_noun(brief))
    if first.candidate.expected.mean is None:
        return _("Nobody can say yet what {name} brings").format(name=first.name)
    if first.group == Group.PILOT:
        return _("{name} promises most for the price, but is untested").format(name=first.name)
    others = [creator for creator in creators[1:] if (creator.candidate.rank < first.candidate.rank)]
    if others and len(of_group(creators, Group.BOOK)) == 1:
        return _("{name} is the only one proven for {goal}").format(name=first.name, goal=goal_noun(brief))
    if is_sales and others:
        return _("Of those to book, {name} brings most purchases").format(name=first.name)
    if others:
        return _("Of those to book, {name} reaches most people").format(name=first.name)
    if is_sales:
        return _("{name} brings most purchases for the price").format(name=first.name)
    return _("{name} reaches most people for the price").format(name=first.name)


def _for_the_money(line: ExpectedLine, brief: Brief) -> str:
    """ "20.4 per 1,000 EUR"."""
    mean, cost = expected_of(line, brief.goal).mean, line.asked.cost
    if mean is None or not cost:
        return _("not known")
    money = words.amount(PER_MONEY, line.asked.currency)
    return _("{number} per {money}").format(number=words.about(PER_MONEY * mean / cost), money=money)


def _rank_note(creator: CreatorStory, brief: Brief) -> str:
    return _("{name}, rank {rank}: {outcome}.").format(
        name=creator.name, rank=creator.candidate.rank, outcome=outcome_sentence(creator.candidate, brief)
    )


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
        tuple(where_point(creator, brief) for creator in creators),
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


def _top_countries(creator: CreatorStory) -> str:
    rows = creator.audience.head(MOST_NAMED).select("country", "audience_share").rows()
    return words.listing([f"{words.country(code)} {words.percent(share)}" for code, share in rows]) or _("not measured")


def _measured_by(creator: CreatorStory) -> str:
    if creator.source is None:
        return _("no audience is loaded")
    source = creator.source
    return f"{source['audience_type']}, {plain(source['source'])}, {words.day(source['as_of'])}"


def _strengths(brief: Brief, creators: Sequence[CreatorStory]) -> Section:
    rows = pl.concat([strength_rows(creator.name, creator.candidate.stages, creator.sums) for creator in creators])
    table = table_of(
        [
            {"Creator": creator.name}
            | {
                words.capitalized(words.stage(key)): compared_cell(vars(s))
                for key, s in creator.candidate.stages.items()
            }
            | {"Role": role_said(creator), "What would change this": creator.candidate.role.change}
            for creator in creators
        ]
    )
    points = tuple(strength_point(creator, brief) for creator in creators)
    return Section(
        SectionKey.STRENGTHS,
        strengths_title(creators[0].name, creators[0].candidate.stages, brief.goal),
        _("Compared with similar creators; bar: likely range; hollow: no data yet"),
        points,
        tuple(
            f"{_funnel_note(creator)} {creator.candidate.role.because} {creator.candidate.role.what_would_change}"
            for creator in creators
        ),
        source_line(creators, _("campaigns")),
        Picture(PictureKind.INTERVALS, rows, " ".join(points)),
        table,
    )


def _funnel_note(creator: CreatorStory) -> str:
    counts = []
    for stage, events in STAGE_EVENTS.items():
        happened, trials = creator.sums[f"{stage}_events"], creator.sums[f"{stage}_trials"]
        of = _("clicks") if stage == "convert" else _("impressions")
        if happened is None or trials is None:
            counts.append(_("{events} not measured").format(events=_(events)))
        else:
            of_what = _("{happened} {events} of {trials} {of}").format(
                happened=words.count(happened), events=_(events), trials=words.count(trials), of=of
            )
            counts.append(f"{of_what} ({words.rate(happened, trials)})")
    campaigns = words.counted(creator.sums["count_campaigns"], "campaign", "campaigns")
    return f"{creator.name}, {campaigns}: {words.listing(counts)}."
