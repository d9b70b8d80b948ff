"""Say what to do with a creator under a brief, with reasons to book and reasons not to: the sentences of Role."""

from __future__ import annotations

from fit.brief import Brief, Goal
from fit.locale import _, phrase
from fit.model import RoleLabel
from fit.shortlist.groups import Group
from fit.shortlist.outcome_sentences import outcome_words, to_find_out, too_expensive
from fit.shortlist.ranking import Candidate
from fit.shortlist.sentences import display_name
from fit.shortlist.shares import gap_sentence, gap_words, shares_sentence
from fit.text import words

FEW_CAMPAIGNS = 2  # a role that rests on so few is a first impression
MUCH_UNKNOWN = 0.25  # of an audience: from here on the share in a market may be far from the one that is listed
BOOKED_FOR = {
    RoleLabel.CONVERSION: phrase("conversion"),
    RoleLabel.AWARENESS: phrase("awareness"),
    RoleLabel.BALANCED: phrase("conversion and awareness"),
}


def role_answer(candidate: Candidate, brief: Brief) -> tuple[str, str]:
    """What to do with this creator, with the number that carries it, and why; the first without a stop at the end."""
    return _decision(candidate, brief), _reason(candidate, brief)


def _decision(candidate: Candidate, brief: Brief) -> str:
    group, expected = candidate.group, outcome_words(candidate, brief)
    named = {"name": display_name(candidate), "market": brief.words, "outcome": expected}
    expensive = too_expensive(candidate, brief)
    if group == Group.PASS:
        return _("Skip {name}: not for {market}").format(**named)
    if group == Group.OTHER_ROLE:
        other = _("Book {name} for awareness in {market}, not for sales")
        if brief.goal == Goal.AWARENESS:
            other = _("Book {name} for sales in {market}, not for awareness")
        return other.format(**named)
    if expensive:
        return f"{named['name']}: {expensive.rstrip('.')}"
    if missing := to_find_out(candidate):
        return missing
    if group == Group.PILOT:
        return _("Run a small test with {name} first: {outcome}").format(**named)
    goal = _(BOOKED_FOR[candidate.role.label])
    return _("Book {name} for {goal}: {outcome}").format(goal=goal, **named)


def _reason(candidate: Candidate, brief: Brief) -> str:
    """What to expect where the decision does not say it, where the audience lives, and what the role rests on."""
    expected = outcome_words(candidate, brief)
    is_said = candidate.expected.mean is None or expected in _decision(candidate, brief)
    outcome = "" if is_said else _("Expected: {outcome}.").format(outcome=expected)
    where = candidate.role.where
    if len(candidate.shares) > 1:
        shares = _("Audience: {shares}.").format(shares=shares_sentence(candidate.shares, brief))
        where = "" if gap_sentence(candidate.shares, candidate.gaps, brief) else shares
    return " ".join(part for part in (outcome, where, candidate.role.verdict) if part)


def role_warning(candidate: Candidate, brief: Brief) -> str:
    """What a reader must not miss: markets without an audience, and a price far above what it brings; mostly empty."""
    decision = _decision(candidate, brief)
    expensive = too_expensive(candidate, brief)
    is_said = bool(expensive) and expensive.rstrip(".") in decision
    parts = (gap_sentence(candidate.shares, candidate.gaps, brief), "" if is_said else expensive)
    return " ".join(part for part in parts if part)


def geography_warning(candidate: Candidate, brief: Brief) -> str:
    """The markets of the brief that this audience misses; empty where it misses none."""
    missed = gap_words(candidate.gaps, brief)
    return f"{missed}." if missed else ""


def reasons_not_to(candidate: Candidate, brief: Brief) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Reasons not to book a creator: what rules it out or nearly so, and the rest; parts of a sentence."""
    missed = gap_words(candidate.gaps, brief)
    if candidate.group == Group.PASS and not missed:
        missed = _("Too little of the audience lives in {market}").format(market=brief.words)
    serious = tuple(part.rstrip(".") for part in (missed, too_expensive(candidate, brief)) if part)
    others = [_role_against(candidate, brief)] if candidate.group == Group.OTHER_ROLE else []
    if (candidate.unknown_share or 0.0) >= MUCH_UNKNOWN:
        share = words.percent(candidate.unknown_share)
        others.append(_("country unknown for {share} of the audience").format(share=share))
    count = _count_campaigns(candidate)
    if 0 < count <= FEW_CAMPAIGNS:
        campaigns = words.counted(count, "campaign", "campaigns")
        others.append(_("judged by {campaigns} only").format(campaigns=campaigns))
    return serious, (*others, *candidate.role.reasons_not_to_book)


def _count_campaigns(candidate: Candidate) -> int:
    return max(stage.count_campaigns for stage in candidate.stages.values())


def _role_against(candidate: Candidate, brief: Brief) -> str:
    measured = _count_campaigns(candidate)
    return _("better for {other} than for {goal}, from {campaigns}").format(
        other=_(candidate.role.label), goal=_(brief.goal), campaigns=words.counted(measured, "campaign", "campaigns")
    )
