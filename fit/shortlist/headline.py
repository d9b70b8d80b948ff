"""Say what a shortlist answers: whom to book first, who is tied with them, and what it would take to know better."""

from __future__ import annotations

from collections.abc import Sequence

from fit.brief import Brief, Goal
from fit.locale import _
from fit.shortlist.groups import Group
from fit.shortlist.outcome_sentences import outcome_words, too_expensive
from fit.shortlist.ranking import TOP_PLACES, Candidate, Shortlist
from fit.shortlist.sentences import display_name
from fit.text import words

MOST_TIED = 2  # names of a tie that a sentence holds
MOST_NAMED = 2  # markets that a headline names


def shortlist_verdict(brief: Brief, best: Shortlist) -> tuple[str, str]:
    """The shortlist in one sentence, and what stands behind it. best: its first page, in the order of the groups."""
    if not best.candidates:
        return _("No creator matches these filters"), _("Widen a filter, or remove all of them.")
    if all(candidate.expected.mean is None for candidate in best.candidates):
        creators = words.counted(best.count_matching, "creator", "creators")
        needed = _("Load an audience by country and the number of followers to rank them.")
        if any(candidate.followers for candidate in best.candidates):
            needed = _("Load an audience by country to rank them.")
        elif lack_followers(best):
            needed = _("Load their numbers of followers to rank them by what they may bring.")
        return _("No forecast yet for {creators}").format(creators=creators), needed
    proven = [candidate for candidate in best.candidates if candidate.group == Group.BOOK]
    if not proven:
        return _nobody_proven(brief, best)
    first = proven[0]
    verdict = _("Book {name} first: {outcome}")
    names = {"name": display_name(first), "outcome": outcome_words(first, brief, _where(brief))}
    return verdict.format(**names), " ".join(filter(None, [*_how_sure(first, best), too_expensive(first, brief)]))


def lack_followers(best: Shortlist) -> bool:
    """Whether all that a forecast lacks is how many followers the creators have."""
    has_audiences = any(candidate.in_market_share is not None for candidate in best.candidates)
    return has_audiences and all(candidate.followers is None for candidate in best.candidates)


def _where(brief: Brief) -> str:
    """The markets as one line holds them: by name, or how many."""
    markets = words.count(len(brief.markets))
    return brief.words if len(brief.markets) <= MOST_NAMED else _("your {count} markets").format(count=markets)


def _how_sure(first: Candidate, best: Shortlist) -> list[str]:
    """Who is tied with the first and what would tell them apart, and how likely it is among the best."""
    sentences = []
    if tied := [display_name(candidate) for candidate in tied_with(first, best.candidates)]:
        sentence, more = _("Nearly tied with {tied}."), needed_to_settle(first)
        if more:
            sentence = _("Nearly tied with {tied}: about {more} each would tell them apart.")
        sentences.append(sentence.format(tied=words.listing(tied), more=more))
    if best.count_matching > TOP_PLACES:
        sentence = _("{chance} likely to be in the top 3 of {count}.")
        sentences.append(sentence.format(chance=words.bounded(first.p_top_3), count=words.count(best.count_matching)))
    return sentences


def _nobody_proven(brief: Brief, best: Shortlist) -> tuple[str, str]:
    """What to do where no creator of the list is proven for the goal."""
    goal = _("sales") if brief.goal == Goal.CONVERSION else _("awareness")
    verdict = _("No one is proven for {goal} in {market} yet").format(goal=goal, market=brief.words)
    pilots = [candidate for candidate in best.candidates if candidate.group == Group.PILOT]
    if not pilots:
        return verdict, _("No one on this list fits. See the reasons below, or widen the filters.")
    test = _("Best one to test: {name}, {outcome}, a guess from similar creators.")
    return verdict, test.format(name=display_name(pilots[0]), outcome=outcome_words(pilots[0], brief))


def tied_with(first: Candidate, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Those of the same group whom nobody can tell from `first` yet: every order in between is open."""
    by_rank = {candidate.rank: candidate for candidate in candidates}
    tied, at = [], first
    while at.too_close_to_next and (behind := by_rank.get(at.rank + 1)) is not None:
        tied += [behind] if behind.group == first.group else []
        at = behind
    return tied[:MOST_TIED]


def needed_to_settle(candidate: Candidate) -> str:
    """The clicks, or else purchases, that would settle an order: "120 more clicks"; empty where none would."""
    if candidate.clicks_to_settle:
        return _("{clicks} more clicks").format(clicks=words.count(candidate.clicks_to_settle))
    if candidate.purchases_to_settle:
        return _("{purchases} more tracked purchases").format(purchases=words.count(candidate.purchases_to_settle))
    return ""
