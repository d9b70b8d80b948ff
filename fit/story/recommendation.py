"""Write the section that comes first: what to book, test and skip, for which price, and what readers are asked for."""

from __future__ import annotations

from collections.abc import Sequence

from fit.brief import Brief, Goal
from fit.locale import _, ngettext
from fit.shortlist import (
    GROUPS,
    Expected,
    Group,
    expected_of,
    expected_revenue,
    metric_cell,
    outcome_count,
    recommendation_sentence,
    shares_sentence,
    what_to_do,
)
from fit.story.compared import strength_point
from fit.story.markets import gap_said, gap_words, where_point
from fit.story.risks import creator_risks
from fit.story.sources import forecast_source_line, line_price, table_of
from fit.story.story import MOST_COMPARED, CreatorStory, Figure, Section, SectionKey
from fit.story.totals import Total, total_of
from fit.text import plain, words

FEW = 2  # creators
MOST_NAMED = 6  # creators in one sentence


def by_group(creators: Sequence[CreatorStory]) -> list[CreatorStory]:
    """Creators in the order of what to do, then of what their money brings: the order of every section."""
    return sorted(creators, key=lambda creator: (GROUPS.index(creator.group), creator.candidate.rank))


def of_group(creators: Sequence[CreatorStory], group: Group) -> list[CreatorStory]:
    """The creators of one group, in the order of the story."""
    return [creator for creator in creators if creator.group == group]


def recommendation(brief: Brief, creators: Sequence[CreatorStory], count_matching: int) -> Section:
    """What to do with each creator, what that costs and brings in all, and what is asked of the readers."""
    ordered = by_group(creators)
    most = _most_at_risk(ordered, brief)
    risk = _("Main risk: {risk} ({name}).").format(name=most.name, risk=main_risk(most, brief))
    # With one or two creators there is room for what the decision rests on; with many, for nothing below the table.
    reasons: list[str] = []
    if len(creators) <= FEW:
        reasons = [
            part for creator in ordered for part in (strength_point(creator, brief), where_point(creator, brief))
        ]
    points, risk_note = ((*reasons, risk), ()) if len(creators) <= MOST_COMPARED else ((), (risk,))
    return Section(
        SectionKey.RECOMMENDATION,
        _title(brief, ordered),
        _goal_words(brief, len(creators), count_matching),
        points,
        (*risk_note, *(_recommended(creator, brief) for creator in ordered)),
        forecast_source_line(creators, _("campaigns, audiences and prices")),
        None,
        table_of([_row(creator, brief) for creator in ordered]),
        figures=_figures(brief, ordered),
        request=_request(brief, ordered),
    )


def _most_at_risk(ordered: Sequence[CreatorStory], brief: Brief) -> CreatorStory:
    """Of those to book, else to test, else of all: who misses a market, then whose failure costs most."""
    paid = of_group(ordered, Group.BOOK) or of_group(ordered, Group.PILOT) or ordered
    return max(paid, key=lambda creator: (bool(gap_said(creator.candidate, brief)), creator.expected.asked.cost or 0.0))


def _recommended(creator: CreatorStory, brief: Brief) -> str:
    """What to do with a creator and why, in one sentence, and what the last review says."""
    if creator.is_refused:
        return _("Skip {name}. The last review says: {line}.").format(name=creator.name, line=creator.review_words)
    sentence = recommendation_sentence(creator.candidate, brief, creator.lives)
    if not creator.review:
        return sentence
    return _("{sentence} The last review says: {line}.").format(sentence=sentence, line=creator.review_words)


def _goal_words(brief: Brief, count: int, count_matching: int) -> str:
    """ "Goal: sales in Germany. 60 creators match the brief, 5 are compared here." """
    where = brief.words
    if len(brief.weights) > 1:
        named = [f"{words.country(code)} ({words.percent(part)})" for code, part in brief.weights.items()]
        where = words.listing(named)
    matching = words.counted(count_matching, "creator matches", "creators match")
    sentence = ngettext(
        "Goal: {goal} in {where}. {matching} the brief, {count} is compared here.",
        "Goal: {goal} in {where}. {matching} the brief, {count} are compared here.",
        count,
    )
    return sentence.format(goal=goal_noun(brief), where=where, matching=matching, count=count)


def goal_noun(brief: Brief) -> str:
    """The goal as a noun: "sales", "awareness"."""
    return _("sales") if brief.goal == Goal.CONVERSION else _("awareness")


def _title(brief: Brief, ordered: Sequence[CreatorStory]) -> str:
    """ "Book A: about 8 purchases for 140 EUR", "Book 2 of 5 creators: about 9 purchases for 153 EUR"."""
    booked, tested = of_group(ordered, Group.BOOK), of_group(ordered, Group.PILOT)
    if not booked and not tested:
        return _("Nobody here fits {goal} in {market}").format(goal=goal_noun(brief), market=brief.words)
    total = total_of(booked or tested, brief)
    count, cost = outcome_count(total.expected), total.said if not total.count_unpriced else ""
    if len(booked) == 1:
        title = _("Book {name}").format(name=booked[0].name)
    elif booked:
        title = _("Book {count} of {of} creators").format(count=len(booked), of=len(ordered))
    elif not _located(tested):
        return _("Book nobody yet: first find out where the audience lives")
    elif len(tested) == 1:
        return _("Book nobody yet, test {name} first").format(name=tested[0].name)
    else:
        return _("Book nobody yet, test {count} of {of} creators first").format(count=len(tested), of=len(ordered))
    if count and cost:
        return _("{title}: {count} for {cost}").format(title=title, count=count, cost=cost)
    return _("{title}: {count}").format(title=title, count=count) if count else title


def page_title(creator: CreatorStory, brief: Brief) -> str:
    """The title of a creator's own page: what to do, and what it brings for which price."""
    group, name = creator.group, creator.name
    if group in (Group.OTHER_ROLE, Group.PASS):
        sentence = _("Skip {name} for {goal}, keep it in mind for {other}")
        if group == Group.PASS:
            sentence = _("Skip {name} for {goal} in {market}")
        other = _("awareness") if brief.goal == Goal.CONVERSION else _("sales")
        return sentence.format(name=name, goal=goal_noun(brief), other=other, market=brief.words)
    if creator.candidate.in_market_share is None:
        return _("First find out where the audience of {name} lives").format(name=name)
    total = total_of([creator], brief)
    title = _("Book {name}") if group == Group.BOOK else _("Test {name} first")
    count = outcome_count(total.expected)
    if count and total.costs:
        title = _("{title}: {count} for {cost}").format(title=title, count=count, cost=total.said)
    return title.format(name=name)


def _figures(brief: Brief, ordered: Sequence[CreatorStory]) -> tuple[Figure, ...]:
    """Price, outcome with its range, cost of one outcome, and what tests cost beside that."""
    booked, tested = of_group(ordered, Group.BOOK), of_group(ordered, Group.PILOT)
    if not booked and not tested:
        fits = _("creators fit {goal} in {market}").format(goal=goal_noun(brief), market=brief.words)
        return (Figure(_("0 of {count}").format(count=len(ordered)), fits),)
    total = total_of(booked or tested, brief)
    if ordered[0].hides_price:
        return (expected_figure(total.expected, brief),)
    to_book = ngettext("price of {count} booking", "total price of {count} bookings", len(booked))
    to_test = ngettext("price of {count} test", "total price of {count} tests", len(tested))
    figures = [
        Figure(total.said, _and_unpriced((to_book if booked else to_test).format(count=len(booked or tested)), total)),
        expected_figure(total.expected, brief),
        Figure(words.unit_cost(total.expected.cost_per_outcome, total.currency), per_what(brief)),
    ]
    if revenue := _revenue(booked or tested, brief):
        figures.append(Figure(revenue, _("expected revenue")))
    elif booked and tested:
        tests = total_of(tested, brief)
        more = ngettext("more to test {count} creator", "more to test {count} creators", len(tested))
        figures.append(Figure(tests.said, _and_unpriced(more.format(count=len(tested)), tests)))
    return tuple(figures)


def _revenue(creators: Sequence[CreatorStory], brief: Brief) -> str:
    """What orders are expected to bring together; empty without a sales goal, an order value or one currency."""
    revenues = [expected_revenue(creator.expected) for creator in creators]
    known, currencies = (
        [revenue for revenue in revenues if revenue is not None],
        {creator.expected.outlook.currency for creator in creators},
    )
    if brief.goal != Goal.CONVERSION or len(known) < len(revenues) or len(currencies) != 1:
        return ""
    return _("about {money}").format(money=words.amount(sum(known), currencies.pop()))


def _and_unpriced(label: str, total: Total) -> str:
    if not total.count_unpriced or not total.costs:
        return label
    return _("{label}, {count} without a known price").format(label=label, count=total.count_unpriced)


def expected_figure(found: Expected, brief: Brief) -> Figure:
    """ "about 9", below it "purchases, likely 2 to 16"."""
    what = _("purchases") if brief.goal == Goal.CONVERSION else _("people reached")
    if found.mean is None or found.p10 is None or found.p90 is None:
        return Figure(_("not known"), _("{what} in {market}").format(what=what, market=brief.words))
    value = words.about_expected(found.metric, found.mean)
    between = words.between(words.rounded(found.p10), words.rounded(found.p90))
    return Figure(value, _("{what}, likely {between}").format(what=what, between=between))


def per_what(brief: Brief) -> str:
    """What a cost is for: one purchase, or 1,000 people reached."""
    return _("per purchase") if brief.goal == Goal.CONVERSION else _("per 1,000 people reached")


def _request(brief: Brief, ordered: Sequence[CreatorStory]) -> str:
    """What the readers are asked to decide: nobody is tested before it is known where the audience lives."""
    booked, tested = of_group(ordered, Group.BOOK), _located(of_group(ordered, Group.PILOT))
    requests: list[str] = []
    if booked and tested:
        both = total_of([*booked, *tested], brief)
        if both.costs and not both.count_unpriced:
            requests.append(both.said)
    for group, step in ((booked, _("to book {names}")), (tested, _("to test {names}"))):
        if group:
            total, names = total_of(group, brief), words.listing([creator.name for creator in group])
            if len(group) > MOST_NAMED:
                names = words.counted(len(group), "creator", "creators")
            cost = _("{cost} {step}").format(cost=total.said, step=step)
            requests.append((cost if total.costs else step).format(names=names))
    unlocated = [
        creator.name for creator in of_group(ordered, Group.PILOT) if creator.candidate.in_market_share is None
    ]
    if unlocated:
        find_out = _("Please let us find out first where the audience of {names} lives.")
        find_out = find_out.format(names=words.listing(unlocated))
        return f"{_approval(requests)} {find_out}" if requests else find_out
    if not requests:
        return _("Please agree not to spend on these creators for {goal} in {market}.").format(
            goal=goal_noun(brief), market=brief.words
        )
    return _approval(requests)


def _located(creators: Sequence[CreatorStory]) -> list[CreatorStory]:
    """Those of whom it is known where the audience lives."""
    return [creator for creator in creators if creator.candidate.in_market_share is not None]


def _approval(requests: Sequence[str]) -> str:
    """ "Please approve 300 EUR: 200 EUR to book A and 100 EUR to test B."."""
    if len(requests) > 2:
        together, *parts = requests
        return _("Please approve {together}: {parts}.").format(together=together, parts=words.listing(parts))
    return _("Please approve {asked}.").format(asked=words.listing(requests))


def _row(creator: CreatorStory, brief: Brief) -> dict[str, str]:
    candidate, found = creator.candidate, expected_of(creator.expected, brief.goal)
    cost = "Cost per purchase" if brief.goal == Goal.CONVERSION else "Cost per 1,000 people reached"
    row = {
        "Creator": creator.name,
        "What to do": _("Skip") if creator.is_refused else what_to_do(candidate, brief),
        "Price": line_price(creator.expected),
        "Expected purchases" if brief.goal == Goal.CONVERSION else "People reached": metric_cell(
            creator.expected.outlook, found.metric
        ),
        cost: words.unit_cost(found.cost_per_outcome, creator.expected.asked.currency),
        **({"Expected revenue": _revenue_cell(creator)} if brief.goal == Goal.CONVERSION else {}),
        "Main risk": risk_or_reason(creator, brief),
    }
    return {head: cell for head, cell in row.items() if not (creator.hides_price and head in ("Price", cost))}


def _revenue_cell(creator: CreatorStory) -> str:
    return words.amount(expected_revenue(creator.expected), creator.expected.outlook.currency)


def risk_or_reason(creator: CreatorStory, brief: Brief) -> str:
    """The main risk of who is booked or tested; of others why they are not."""
    if creator.is_refused:
        return _("Last review: {line}").format(line=creator.review_words)
    group = creator.group
    if group == Group.OTHER_ROLE:
        is_sales = brief.goal == Goal.CONVERSION
        return _("Strong for awareness, not sales") if is_sales else _("Strong for sales, not awareness")
    if group == Group.PASS and creator.lives and creator.lives[0] not in brief.weights:
        code, share = creator.lives
        return _("{share} live in {country}").format(share=words.percent(share), country=words.country(code))
    if group == Group.PASS and creator.candidate.shares:
        return _("Too little audience there: {here}").format(here=shares_sentence(creator.candidate.shares, brief))
    return main_risk(creator, brief)


def main_risk(creator: CreatorStory, brief: Brief) -> str:
    """What to watch first; a gap is named by its market, the shares stand beside it."""
    candidate = creator.candidate
    if gap_said(candidate, brief):
        return gap_words(candidate.gaps)
    return words.capitalized(next(iter(creator_risks(creator, brief)), _("none found in the data")))


def line_said(creator: CreatorStory) -> str:
    """The line that is asked: "1 story", "2 x post"."""
    asked = creator.expected.asked
    times = "" if asked.count == 1 else "x "
    return f"{words.count(asked.count)} {times}{plain(asked.deliverable)}"
