"""What does a story say of the time to come: the forecast, what could change our mind, and the next step?"""

from collections.abc import Sequence
from itertools import pairwise

import polars as pl

from fit.brief import Brief
from fit.forecast import DOTS, dots_of
from fit.locale import _
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
from fit.story.story import CreatorStory, Picture, Section
from fit.text import plain, words


def forecast(brief: Brief, told: Sequence[CreatorStory]) -> Section:
    """What one line brings, creator by creator, as futures to count."""
    metric = MAIN_METRIC[brief.goal]
    known = [each for each in told if metric in each.expected.outlook.futures]
    target = {t.metric: t.target for t in told[0].expected.outlook.targets}.get(metric)
    rows = [
        {"creator": display_name(each.one), "value": value, "reached": target is None or value >= target}
        for each in known
        for value in dots_of(each.expected.outlook.futures[metric]).tolist()
    ]
    best = max(known, key=lambda each: each.expected.outlook.metrics[metric]["p50"] or 0.0, default=told[0])
    points = [forecast_first_sentence(each.expected, brief) for each in told]
    for each in told:
        points += [
            f"{display_name(each.one)}: {target_words(t, each.expected.outlook.currency)}."
            for t in each.expected.outlook.targets
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
        tuple(_forecast_note(each) for each in told),
        source_line(told, _("campaigns, followers and audiences")),
        Picture("dots", frame, sentence, metric, target, currency) if rows else None,
        _forecast_table(told),
    )


def _forecast_table(told: Sequence[CreatorStory]) -> pl.DataFrame:
    """Low, middle and high of the metrics a stakeholder asks for, a row a creator."""
    shown = ("impressions", "in_market_impressions", "clicks", "conversions", "revenue")
    rows = []
    for each in told:
        found = each.expected.outlook
        row = {"Creator": display_name(each.one)}
        for metric in shown:
            values = found.metrics[metric]
            low, middle, high = (words.measure(metric, values[p], found.currency) for p in ("p10", "p50", "p90"))
            said = _("not known") if values["p50"] is None else words.spread(middle, low, high)
            row[words.capitalized(words.metric(metric))] = said
        rows.append(row)
    return table_of(rows)


def _forecast_note(each: CreatorStory) -> str:
    none = each.expected.outlook.metrics["conversions"]["p_zero"]
    sale = _("not known") if none is None else words.likelihood(none)
    asked = each.expected.asked
    price = _("without a price")
    if asked.cost is not None:
        price = _("at {cost}, {cost_basis}").format(
            cost=words.amount(asked.cost, asked.currency), cost_basis=_(asked.cost_basis)
        )
    return _("{name}: {count} x {deliverable} {price}. No sale at all: {sale}.").format(
        name=display_name(each.one), count=asked.count, deliverable=plain(asked.deliverable), price=price, sale=sale
    )


def close_pairs(told: Sequence[CreatorStory]) -> list[tuple[Candidate, Candidate, str]]:
    """Neighbours of the ranking that nobody can tell apart, each with its sentence."""
    found = []
    for first, second in pairwise(sorted((each.one for each in told), key=lambda one: one.rank)):
        if first.too_close_to_next and second.rank == first.rank + 1:
            more = needed_to_settle(first)
            said = _("{name} and {other} are too close to call.")
            if more:
                said = _("{name} and {other} are too close to call; about {more} for each would settle it.")
            found.append((first, second, said.format(name=display_name(first), other=display_name(second), more=more)))
    return found


def risks(told: Sequence[CreatorStory]) -> Section:
    """What speaks against each creator, who is too close to call, and what would change our mind."""
    points = []
    for each in told:
        said = words.listing(creator_risks(each)) or _("nothing that is measured speaks against it")
        points.append(f"{display_name(each.one)}: {said}.")
    points += [said for *_pair, said in close_pairs(told)]
    least_known = max((each.one for each in told), key=lambda one: one.unknown_share or 0.0)
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
        tuple(f"{display_name(each.one)}: {each.one.role.what_would_change}" for each in told),
        source_line(told, _("campaigns and audiences")),
        None,
        table_of(
            [
                {
                    "Creator": display_name(each.one),
                    "What would change our mind": each.one.role.change,
                }
                for each in told
            ]
        ),
    )


def next_step(told: Sequence[CreatorStory]) -> Section:
    """One step a creator, by its role."""
    steps = {
        "conversion": _("agree on a conversion brief: clicks and purchases, with tracking for both"),
        "awareness": _("agree on an awareness brief: in-market impressions and engagement, not sales"),
        "balanced": _("choose the role by what the plan still lacks; both are about as good"),
        "pilot": _("run one pilot that tracks clicks and purchases before a larger booking"),
        "not for this market": _("do not book for this market; keep for a market where the audience lives"),
    }
    points = [f"{display_name(each.one)}: {steps[each.one.role.label]}." for each in told]
    first = min(told, key=lambda each: each.one.rank)
    return Section(
        "next",
        _("Next: {step}, with {name}").format(step=steps[first.one.role.label], name=display_name(first.one)),
        _("One step a creator"),
        tuple(points),
        (_("Agree on who does the next step and by when before the meeting ends."),),
        _("Source: the recommended roles"),
    )
