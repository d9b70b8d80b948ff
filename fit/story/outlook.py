"""Write the sections of a story about what is to come: forecast, risks and next steps."""

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
    expected_of,
    forecast_first_sentence,
    metric_cell,
    needed_to_settle,
    one_currency,
    outcome_cost,
    outcome_count,
    outcome_range,
    target_words,
)
from fit.story.markets import gap_said, gap_words
from fit.story.recommendation import line_said
from fit.story.risks import creator_risks
from fit.story.sources import forecast_source_line, line_price, source_line, table_of
from fit.story.story import CreatorStory, Picture, PictureKind, Section, SectionKey
from fit.text import plain, words

MOST_RISKS = 2  # of one creator in a table: the gravest
MOST_WORDS = 11  # of a title


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
    best = next(iter(known), creators[0])
    values = tuple(creator.expected.outlook.metrics[metric] for creator in known)
    points = [_forecast_point(creator, brief) for creator in creators]
    schema = {"creator": pl.String, "value": pl.Float64, "reached": pl.Boolean}
    sentence = forecast_first_sentence(best.expected, brief)
    currency = known[0].expected.outlook.currency if known and one_currency([e.expected for e in known]) else None
    frame = pl.DataFrame(rows, schema=schema)
    picture = Picture(PictureKind.DOTS, frame, sentence, metric, target, currency, values) if rows else None
    return Section(
        SectionKey.FORECAST,
        _forecast_title(best, brief),
        _what_is_drawn(metric, picture),
        tuple(points),
        tuple(_forecast_note(creator) for creator in creators),
        forecast_source_line(creators, _("campaigns, followers and audiences")),
        picture,
        _forecast_table(brief, creators),
    )


def _what_is_drawn(metric: str, picture: Picture | None) -> str:
    sentence = _("{metric}: {dots} equally likely results per creator, one dot each")
    if picture is not None and picture.dots.is_root:
        sentence = _("{metric}: {dots} equally likely results per creator, one dot each; small numbers are spread out")
    return sentence.format(metric=words.capitalized(words.metric(metric)), dots=DOTS)


def _forecast_title(creator: CreatorStory, brief: Brief) -> str:
    """ "Expect 2 to 16 purchases from Mara"."""
    found, name = expected_of(creator.expected, brief.goal), creator.name
    if found.mean is None:
        return _("Nobody can say yet what {name} brings").format(name=name)
    between = outcome_range(found)
    if not between[:1].isdigit():
        return _("Expect {count} from {name}").format(count=outcome_count(found), name=name)
    if brief.goal == Goal.CONVERSION:
        return _("Expect {between} purchases from {name}").format(between=between, name=name)
    return _("Expect {name} to reach {between} people").format(between=between, name=name)


def _forecast_point(creator: CreatorStory, brief: Brief) -> str:
    """The line of one creator: what it costs and brings, what one outcome costs, and how likely targets are."""
    found, asked = expected_of(creator.expected, brief.goal), creator.expected.asked
    parts = {"name": creator.name, "line": line_said(creator), "price": line_price(creator.expected)}
    if found.mean is None:
        missing = _("{name}, {line}: not known before the number of followers is loaded.")
        if creator.expected.outlook.futures:
            missing = _("{name}, {line}: not known before an audience by country is loaded.")
        return missing.format(**parts)
    parts |= {"count": outcome_count(found), "between": outcome_range(found)}
    text = _("{name}, {line}, {price}: {count} ({between})")
    if asked.cost is None:
        text = _("{name}, {line}: {count} ({between})")
    clauses = [text.format(**parts), outcome_cost(found, asked.currency)]
    if brief.goal == Goal.CONVERSION and (found.p_zero or 0.0) >= 1 - words.SURE_ENOUGH:
        clauses.append(_("{frequency} chance of no purchase").format(frequency=words.frequency(found.p_zero or 0.0)))
    currency = creator.expected.outlook.currency
    clauses += [target_words(target, currency) for target in creator.expected.outlook.targets]
    if creator.expected.outlook.unmeasured:
        clauses.append(_("a wide range: nothing like it was measured yet"))
    return "; ".join(part for part in clauses if part) + "."


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
        name=creator.name,
        count=asked.count,
        deliverable=plain(asked.deliverable),
        price=price,
        sale=sale,
    )


def close_pairs(creators: Sequence[CreatorStory]) -> list[tuple[Candidate, Candidate, str]]:
    """Neighbours of one group that nobody can tell apart, each pair with its sentence."""
    pairs = []
    told = (creator.candidate for creator in creators if not creator.is_refused)
    ranked = sorted(told, key=lambda candidate: candidate.rank)
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
    """Reasons not to book each creator, what would change our mind, the next step, and who is nearly tied."""
    roles = [(creator.name, creator.candidate.role) for creator in creators]
    return Section(
        SectionKey.RISKS,
        _risks_title(brief, creators),
        _("What could go wrong, what would change the role, and what to do next"),
        tuple(sentence for _first, _second, sentence in close_pairs(creators)),
        (
            *(f"{name}: {role.what_would_change}" for name, role in roles),
            _("Agree on who does the next step and by when before the meeting ends."),
        ),
        source_line(creators, _("campaigns and audiences")),
        None,
        table_of(
            [
                {
                    "Creator": creator.name,
                    "What could go wrong": against(creator, brief),
                    "What would change the role": words.capitalized(creator.candidate.role.change),
                    "Next step": words.capitalized(step_with(creator, brief)),
                }
                for creator in creators
            ]
        ),
    )


def against(creator: CreatorStory, brief: Brief) -> str:
    """Reasons not to book a creator, a market that the audience misses first."""
    others = "; ".join(creator_risks(creator, brief)[:MOST_RISKS])
    if gap_said(creator.candidate, brief):
        gap = gap_words(creator.candidate.gaps)
        return f"{gap}. {words.capitalized(others)}" if others else gap
    return words.capitalized(others or _("nothing in the data against it"))


def _risks_title(brief: Brief, creators: Sequence[CreatorStory]) -> str:
    """The gravest risk: a market that is missed, then what is said of the creator that is told first."""
    missing = [creator.name for creator in creators if gap_said(creator.candidate, brief)]
    if len(missing) == 1:
        return _("{name} misses a market of the brief").format(name=missing[0])
    if missing:
        return _("{count} of {all} creators miss a market of the brief").format(count=len(missing), all=len(creators))
    first = creators[0]
    risk = next(iter(creator_risks(first, brief)), "")
    unknown = first.candidate.unknown_share or 0.0
    if risk and unknown >= WIDE_UNKNOWN and words.percent(unknown) in risk:
        return _("Country unknown for {share} of {name}'s audience").format(
            share=words.percent(unknown), name=first.name
        )
    title = _("{name}: {risk}").format(name=first.name, risk=risk)
    if risk and len(title.split(" ")) <= MOST_WORDS:
        return title
    return _("What could go wrong, and what to do next")


def step_with(creator: CreatorStory, brief: Brief) -> str:
    """What to do next with a creator; the last review has its word."""
    if creator.is_refused:
        return _("do not book for this; last review: {line}").format(line=creator.review_words)
    step = _step(creator, brief)
    if not creator.review:
        return step
    return _("{step}; last review: {line}").format(step=step, line=creator.review_words)


def _step(creator: CreatorStory, brief: Brief) -> str:
    is_sales = brief.goal == Goal.CONVERSION
    group = creator.group
    if group == Group.BOOK:
        if is_sales:
            return _("agree on a conversion brief, with tracking of clicks and purchases")
        return _("agree on an awareness brief, with reach in the market as its measure")
    if group == Group.PILOT:
        if creator.candidate.in_market_share is None:
            return _("first find out where the audience lives")
        if is_sales:
            return _("book this once as a test that tracks clicks and purchases, before any larger booking")
        return _("book this once as a test that measures reach in the market, before any larger booking")
    if group == Group.OTHER_ROLE:
        return (
            _("do not book for sales; consider for awareness")
            if is_sales
            else _("do not book for awareness; consider for sales")
        )
    lives = creator.lives
    if lives is None or lives[0] in brief.weights:
        return _("do not book for this market")
    return _("do not book for this market; consider for {country}, where the audience lives").format(
        country=words.country(lives[0])
    )
