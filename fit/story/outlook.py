"""Write the sections of a story about what is to come: forecast, risks, next step."""

from collections.abc import Sequence
from itertools import pairwise

import polars as pl

from fit.brief import Brief
from fit.forecast import DOTS, dots_of
from fit.locale import _
from fit.model import RoleLabel
from fit.shortlist import (
    MAIN_METRIC,
    WIDE_UNKNOWN,
    Candidate,
    display_name,
    forecast_finding,
    forecast_first_sentence,
    needed_to_settle,
    one_currency,
    target_words,
)
from fit.story.risks import creator_risks
from fit.story.sources import source_line, table_of
from fit.story.story import CreatorStory, Picture, PictureKind, Section
from fit.text import plain, words


def forecast(brief: Brief, creators: Sequence[CreatorStory]) -> Section:
    """What one line brings, creator by creator, as futures to count."""
    metric = MAIN_METRIC[brief.goal]
    known = [creator for creator in creators if metric in creator.expected.outlook.futures]
    target = {t.metric: t.target for t in creators[0].expected.outlook.targets}.get(metric)
    rows = [
        {"creator": creator.name, "value": value, "reached": target is None or value >= target}
        for creator in known
        for value in dots_of(creator.expected.outlook.futures[metric]).tolist()
    ]
    best = max(known, key=lambda creator: creator.expected.outlook.metrics[metric]["p50"] or 0.0, default=creators[0])
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
        "forecast",
        forecast_finding(best.expected, brief),
        _("{metric}: {dots} equally likely futures of one line; every dot is one of them").format(
            metric=words.capitalized(words.metric(metric)), dots=DOTS
        ),
        tuple(points),
        tuple(_forecast_note(creator) for creator in creators),
        source_line(creators, _("campaigns, followers and audiences")),
        Picture(PictureKind.DOTS, frame, sentence, metric, target, currency) if rows else None,
        _forecast_table(creators),
    )


def _forecast_table(creators: Sequence[CreatorStory]) -> pl.DataFrame:
    """Low, middle and high of the metrics a stakeholder asks for, a row a creator."""
    shown = ("impressions", "in_market_impressions", "clicks", "conversions", "revenue")
    rows = []
    for creator in creators:
        outlook = creator.expected.outlook
        row = {"Creator": creator.name}
        for metric in shown:
            values = outlook.metrics[metric]
            low, middle, high = (words.measure(metric, values[p], outlook.currency) for p in ("p10", "p50", "p90"))
            cell = _("not known") if values["p50"] is None else words.spread(middle, low, high)
            row[words.capitalized(words.metric(metric))] = cell
        rows.append(row)
    return table_of(rows)


def _forecast_note(creator: CreatorStory) -> str:
    p_zero = creator.expected.outlook.metrics["conversions"]["p_zero"]
    sale = _("not known") if p_zero is None else words.likelihood(p_zero)
    asked = creator.expected.asked
    price = _("without a price")
    if asked.cost is not None:
        price = _("at {cost}, {cost_basis}").format(
            cost=words.amount(asked.cost, asked.currency), cost_basis=_(asked.cost_basis)
        )
    return _("{name}: {count} x {deliverable} {price}. No sale at all: {sale}.").format(
        name=creator.name,
        count=asked.count,
        deliverable=plain(asked.deliverable),
        price=price,
        sale=sale,
    )


def close_pairs(creators: Sequence[CreatorStory]) -> list[tuple[Candidate, Candidate, str]]:
    """Neighbours of the ranking that nobody can tell apart, each with its sentence."""
    pairs = []
    ranked = sorted((creator.candidate for creator in creators), key=lambda candidate: candidate.rank)
    for first, second in pairwise(ranked):
        if first.too_close_to_next and second.rank == first.rank + 1:
            more = needed_to_settle(first)
            text = _("{name} and {other} are too close to call.")
            if more:
                text = _("{name} and {other} are too close to call; about {more} for each would settle it.")
            pairs.append((first, second, text.format(name=display_name(first), other=display_name(second), more=more)))
    return pairs


def risks(creators: Sequence[CreatorStory]) -> Section:
    """What speaks against each creator, who is too close to call, and what would change our mind."""
    points = []
    for creator in creators:
        against = words.listing(creator_risks(creator)) or _("nothing that is measured speaks against it")
        points.append(f"{creator.name}: {against}.")
    roles = [(creator.name, creator.candidate.role) for creator in creators]
    points += [sentence for _first, _second, sentence in close_pairs(creators)]
    least_known = max((creator.candidate for creator in creators), key=lambda candidate: candidate.unknown_share or 0.0)
    title = _("These facts could change our mind")
    if (least_known.unknown_share or 0.0) >= WIDE_UNKNOWN:
        title = _("We do not know where {share} of {name}'s audience lives").format(
            share=words.percent(least_known.unknown_share), name=display_name(least_known)
        )
    return Section(
        "risks",
        title,
        _("What speaks against each creator, and what is not known"),
        tuple(points),
        tuple(f"{name}: {role.what_would_change}" for name, role in roles),
        source_line(creators, _("campaigns and audiences")),
        None,
        table_of([{"Creator": name, "What would change our mind": role.change} for name, role in roles]),
    )


def next_step(creators: Sequence[CreatorStory]) -> Section:
    """One step a creator, by its role."""
    steps = {
        RoleLabel.CONVERSION: _("agree on a conversion brief: clicks and purchases, with tracking for both"),
        RoleLabel.AWARENESS: _("agree on an awareness brief: in-market impressions and engagement, not sales"),
        RoleLabel.BALANCED: _("choose the role by what the plan still lacks; both are about as good"),
        RoleLabel.PILOT: _("run one pilot that tracks clicks and purchases before a larger booking"),
        RoleLabel.NOT_FOR_THIS_MARKET: _("do not book for this market; keep for a market where the audience lives"),
    }
    points = [f"{creator.name}: {steps[creator.candidate.role.label]}." for creator in creators]
    first = min(creators, key=lambda creator: creator.candidate.rank)
    return Section(
        "next",
        _("Next: {step}, with {name}").format(step=steps[first.candidate.role.label], name=first.name),
        _("One step a creator"),
        tuple(points),
        (_("Agree on who does the next step and by when before the meeting ends."),),
        _("Source: the recommended roles"),
    )
