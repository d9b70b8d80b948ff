"""Write the sections of a story about what is to come: forecast, risks, next step."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

import polars as pl

from fit.brief import Brief, Goal
from fit.forecast import DOTS, dots_of
from fit.locale import _
from fit.shortlist import (
    MAIN_METRIC,
    WIDE_UNKNOWN,
    Candidate,
    Group,
    display_name,
    forecast_finding,
    forecast_first_sentence,
    metric_cell,
    needed_to_settle,
    one_currency,
    target_words,
)
from fit.story.markets import gap_said
from fit.story.recommendation import by_group
from fit.story.risks import creator_risks
from fit.story.sources import line_price, source_line, table_of
from fit.story.story import CreatorStory, Picture, PictureKind, Section, SectionKey
from fit.text import plain, words


def forecast(brief: Brief, creators: Sequence[CreatorStory]) -> Section:
    """What one line brings, creator by creator, as futures to count."""
    targets = {target.metric: target.target for target in creators[0].expected.outlook.targets}
    metric = _drawn(brief.goal, targets)
    known = [creator for creator in creators if metric in creator.expected.outlook.futures]
    target = targets.get(metric)
    rows = [
        {"creator": creator.name, "value": value, "reached": target is None or value >= target}
        for creator in known
        for value in dots_of(creator.expected.outlook.futures[metric]).tolist()
    ]
    best = next(iter(by_group(known)), creators[0])
    said = tuple(creator.expected.outlook.metrics[metric] for creator in known)
    points = [forecast_first_sentence(creator.expected, brief) for creator in creators]
    for creator in creators:
        points += [
            f"{creator.name}: {target_words(t, creator.expected.outlook.currency)}."
            for t in creator.expected.outlook.targets
        ]
    schema = {"creator": pl.String, "value": pl.Float64, "reached": pl.Boolean}
    sentence = forecast_first_sentence(best.expected, brief)
    currency = known[0].expected.outlook.currency if known and one_currency([e.expected for e in known]) else None
    frame = pl.DataFrame(rows, schema=schema)
    return Section(
        SectionKey.FORECAST,
        forecast_finding(best.expected, brief),
        _("{metric}: {dots} equally likely futures of one line; every dot is one of them").format(
            metric=words.capitalized(words.metric(metric)), dots=DOTS
        ),
        tuple(points),
        tuple(_forecast_note(creator) for creator in creators),
        source_line(creators, _("campaigns, followers and audiences")),
        Picture(PictureKind.DOTS, frame, sentence, metric, target, currency, said) if rows else None,
        _forecast_table(brief, creators),
    )


def _drawn(goal: str, targets: Mapping[str, float]) -> str:
    """The metric whose futures are drawn: the goal's own, or what is promised of the same kind instead."""
    main = MAIN_METRIC[goal]
    kin = ("conversions",) if goal == Goal.CONVERSION else ("reach", "in_market_impressions")
    return next((metric for metric in (main, *kin) if metric in targets), main)


def _forecast_table(brief: Brief, creators: Sequence[CreatorStory]) -> pl.DataFrame:
    """What is expected of the metrics a stakeholder asks for, with its range, a row a creator; the goal's own first."""
    shown = dict.fromkeys((MAIN_METRIC[brief.goal], "clicks", "in_market_impressions", "impressions", "revenue"))
    rows = []
    for creator in creators:
        outlook = creator.expected.outlook
        cells = {words.capitalized(words.metric(metric)): metric_cell(outlook, metric) for metric in shown}
        rows.append({"Creator": creator.name} | cells | {"Purchases in all": metric_cell(outlook, "conversions")})
    return table_of(rows)


def _forecast_note(creator: CreatorStory) -> str:
    p_zero = creator.expected.outlook.metrics["in_market_conversions"]["p_zero"]
    sale = _("not known") if p_zero is None else words.likelihood(p_zero)
    asked = creator.expected.asked
    price = _("without a price")
    if asked.cost is not None:
        price = _("for {price}").format(price=line_price(creator.expected))
    return _("{name}: {count} x {deliverable} {price}. No purchase in the market: {sale}.").format(
        name=creator.name, count=asked.count, deliverable=plain(asked.deliverable), price=price, sale=sale
    )


def close_pairs(creators: Sequence[CreatorStory]) -> list[tuple[Candidate, Candidate, str]]:
    """Neighbours of one group that nobody can tell apart, each pair with its sentence."""
    pairs = []
    ranked = sorted((creator.candidate for creator in creators), key=lambda candidate: candidate.rank)
    for first, second in pairwise(ranked):
        is_same = first.group == second.group and second.rank == first.rank + 1
        if first.too_close_to_next and is_same:
            more = needed_to_settle(first)
            text = _("{name} and {other} are nearly tied.")
            if more:
                text = _("{name} and {other} are nearly tied; about {more} each would settle it.")
            pairs.append((first, second, text.format(name=display_name(first), other=display_name(second), more=more)))
    return pairs


def risks(brief: Brief, creators: Sequence[CreatorStory]) -> Section:
    """What speaks against each creator, who is too close to call, and what would change our mind."""
    points = []
    for creator in creators:
        gap, against = gap_said(creator.candidate, brief), "; ".join(creator_risks(creator, brief))
        if not gap:
            against = against or _("nothing that is measured speaks against it")
        said = f"{gap}. {words.capitalized(against)}" if gap and against else gap or against
        points.append(f"{creator.name}: {said}.")
    roles = [(creator.name, creator.candidate.role) for creator in creators]
    points += [sentence for _first, _second, sentence in close_pairs(creators)]
    least_known = max((creator.candidate for creator in creators), key=lambda candidate: candidate.unknown_share or 0.0)
    title = _("These facts could change our mind")
    missing = [creator.name for creator in creators if gap_said(creator.candidate, brief)]
    if missing:
        sentence = _("{names} misses a market of the brief")
        if len(missing) > 1:
            sentence = _("{names} miss a market of the brief")
        title = sentence.format(names=words.listing(missing))
    elif (least_known.unknown_share or 0.0) >= WIDE_UNKNOWN:
        title = _("We do not know where {share} of {name}'s audience lives").format(
            share=words.percent(least_known.unknown_share), name=display_name(least_known)
        )
    return Section(
        SectionKey.RISKS,
        title,
        _("What speaks against each creator, and what is not known"),
        tuple(points),
        tuple(f"{name}: {role.what_would_change}" for name, role in roles),
        source_line(creators, _("campaigns and audiences")),
        None,
        table_of([{"Creator": name, "What would change our mind": role.change} for name, role in roles]),
    )


def next_step(brief: Brief, creators: Sequence[CreatorStory]) -> Section:
    """One step a creator, by its group."""
    ordered = by_group(creators)
    points = [f"{creator.name}: {_step(creator, brief)}." for creator in ordered]
    first = ordered[0]
    return Section(
        SectionKey.NEXT,
        _("Next with {name}: {step}").format(step=_step(first, brief), name=first.name),
        _("One step a creator"),
        tuple(points),
        (_("Agree on who does the next step and by when before the meeting ends."),),
        _("Source: the recommendation"),
    )


def _step(creator: CreatorStory, brief: Brief) -> str:
    """What to do next with a creator."""
    is_sales = brief.goal == Goal.CONVERSION
    group = creator.candidate.group
    if group == Group.BOOK:
        if is_sales:
            return _("agree on a conversion brief, with tracking of clicks and purchases")
        return _("agree on an awareness brief, with reach in the market as its measure")
    if group == Group.PILOT:
        return _("run one pilot that tracks clicks and purchases before a larger booking")
    if group == Group.OTHER_ROLE:
        return (
            _("do not book for sales; consider for awareness")
            if is_sales
            else _("do not book for awareness; consider for sales")
        )
    lives = creator.lives
    if lives is None or lives[0] in brief.weights:
        return _("do not book for this market")
    return _("do not book for this market; keep for {country}, where the audience lives").format(
        country=words.country(lives[0])
    )
