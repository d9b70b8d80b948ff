"""Say what a comparison of creators answers: who for the money, what differs, and every figure side by side."""

from __future__ import annotations

from collections.abc import Sequence

from fit.brief import Brief, Goal
from fit.locale import _
from fit.shortlist.groups import GROUP_LABELS, GROUPS, ROLE_LABELS
from fit.shortlist.outcome_sentences import (
    outcome_short,
    outcome_words,
    price_cell,
    recommendation_sentence,
    what_to_do,
)
from fit.shortlist.outcomes import PER_MONEY
from fit.shortlist.ranking import Candidate
from fit.shortlist.sentences import display_name
from fit.shortlist.shares import share_words
from fit.text import plain, words

MOST_NAMED = 2  # creators whose prices a sentence holds


def comparison_verdict(chosen: Sequence[Candidate], brief: Brief) -> tuple[str, str]:
    """Who of the chosen to book for the money, and how the next one compares."""
    first, *others = sorted(chosen, key=lambda creator: (GROUPS.index(creator.group), creator.rank))
    verdict = recommendation_sentence(first, brief, None).rstrip(".")
    if not others:
        return verdict, _("Choose one creator more to compare.")
    second = others[0]
    sentence = _("Next: {name} ({what}), {outcome}.")
    if second.expected.mean is None:
        sentence = _("Next: {name} ({what}). What it brings is {outcome}.")
    action = words.capitalized(what_to_do(second, brief)).lower()
    outcome = outcome_words(second, brief)
    return verdict, sentence.format(name=display_name(second), what=action, outcome=outcome)


def money_differs(chosen: Sequence[Candidate], brief: Brief) -> str:
    """That the creators cost differently much, and what the same money brings from each; empty where they do not."""
    prices = {price_cell(creator) for creator in chosen}
    if len(prices) < 2:
        return ""
    currencies = {creator.currency for creator in chosen}
    known = [creator for creator in chosen if creator.expected.per_1000 is not None]
    sentence = _("These are not the same money: {prices}.").format(prices=_prices(chosen, len(currencies) == 1))
    if len(currencies) > 1 or len(known) < 2:
        return sentence
    outcome = _("purchases") if brief.goal == Goal.CONVERSION else _("people reached")
    best = max(known, key=lambda creator: creator.expected.per_1000 or 0.0)
    most = _("{amount} would bring the most {what} with {name}.").format(
        amount=words.amount(PER_MONEY, best.currency), what=outcome, name=display_name(best)
    )
    return f"{sentence} {most}"


def _prices(chosen: Sequence[Candidate], is_one_currency: bool) -> str:
    """What each asks and for what; of more than a sentence holds the least and the most."""
    costs = sorted(creator.cost for creator in chosen if creator.cost is not None)
    if len(chosen) > MOST_NAMED and is_one_currency and costs:
        least, most = (words.price(cost, chosen[0].currency) for cost in (costs[0], costs[-1]))
        return _("from {least} to {most}").format(least=least, most=most)
    sentence = _("{name} {price} for one {deliverable}")
    return words.listing(
        [
            sentence.format(
                name=display_name(creator), price=price_cell(creator), deliverable=plain(creator.deliverable)
            )
            for creator in chosen
        ]
    )


def compared_facts(chosen: Sequence[Candidate], brief: Brief) -> list[tuple[str, ...]]:
    """One row a fact: its name, then what it is of every creator."""
    is_sales = brief.goal == Goal.CONVERSION
    unknown = _("not known")
    rows = [
        (_("What to do"), *(_(GROUP_LABELS[creator.group]) for creator in chosen)),
        (
            _("Purchases (8 times in 10)") if is_sales else _("People reached (8 times in 10)"),
            *(outcome_short(creator.expected) or unknown for creator in chosen),
        ),
        (_("Cost of a purchase") if is_sales else _("Cost of 1,000 people"), *map(_cost_cell, chosen)),
        (_("Price"), *map(price_cell, chosen)),
        (
            _("For that price"),
            *(_("one {deliverable}").format(deliverable=plain(creator.deliverable)) for creator in chosen),
        ),
    ]
    for code, _weight in brief.markets:
        shares = (share_cell(creator, code) for creator in chosen)
        rows.append((_("Audience in {market}").format(market=words.country(code)), *shares))
    rows.append((_("Role"), *(_(ROLE_LABELS[creator.role.label]) for creator in chosen)))
    rows.append((_("In the top 3"), *(words.bounded(creator.p_top_3) for creator in chosen)))
    return rows


def share_cell(creator: Candidate, code: str) -> str:
    """The share of a market, whether it is a gap, and whether the source lists the country at all."""
    share = creator.shares.get(code)
    if share is None:
        return _("not known")
    text = share_words(share)
    return _("{share}: a gap").format(share=text) if code in creator.gaps else text


def _cost_cell(candidate: Candidate) -> str:
    """What one purchase costs, or 1,000 people reached."""
    cost = candidate.expected.cost_per_outcome
    return words.unit_cost(cost, candidate.currency)
