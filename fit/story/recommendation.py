"""Write the section that comes first: what to book, what to test, what to skip, and what it brings for which price."""

from __future__ import annotations

from collections.abc import Sequence

from fit.brief import Brief, Goal
from fit.locale import _
from fit.shortlist import (
    GROUPS,
    Group,
    cost_cell,
    outcome_cell,
    price_cell,
    recommendation_sentence,
    strong_instead,
    what_to_do,
)
from fit.story.markets import gap_said, shares_cell
from fit.story.risks import creator_risks
from fit.story.sources import source_line, table_of
from fit.story.story import CreatorStory, Section, SectionKey
from fit.text import words


def by_group(creators: Sequence[CreatorStory]) -> list[CreatorStory]:
    """Creators in the order of what to do, then of what their money brings."""
    return sorted(creators, key=lambda told: (GROUPS.index(told.candidate.group), told.candidate.rank))


def recommendation(brief: Brief, creators: Sequence[CreatorStory]) -> Section:
    """What to do with each creator, by group."""
    ordered = by_group(creators)
    what = _("purchases for the money") if brief.goal == Goal.CONVERSION else _("people reached for the money")
    return Section(
        SectionKey.RECOMMENDATION,
        _title(brief, ordered),
        _("What one usual deliverable of each brings in {market}; ordered by what to do, then by {what}").format(
            market=brief.words, what=what
        ),
        tuple(point for creator in ordered if (point := _apart(creator, brief))),
        tuple(recommendation_sentence(creator.candidate, brief, creator.lives) for creator in ordered),
        source_line(creators, _("campaigns, audiences and prices")),
        None,
        table_of([_row(creator, brief) for creator in ordered]),
    )


def _title(brief: Brief, ordered: Sequence[CreatorStory]) -> str:
    """ "Book A and B, test C first, skip D"."""
    is_sales = brief.goal == Goal.CONVERSION
    steps = {
        Group.BOOK: _("book {names}"),
        Group.PILOT: _("test {names} first"),
        Group.OTHER_ROLE: _("keep {names} for awareness") if is_sales else _("keep {names} for sales"),
        Group.PASS: _("skip {names}"),
    }
    named = {group: [each.name for each in ordered if each.candidate.group == group] for group in GROUPS}
    said = [steps[group].format(names=words.listing(names)) for group, names in named.items() if names]
    title = ", ".join(said)
    if not named[Group.BOOK]:
        goal = _("sales") if is_sales else _("awareness")
        title = _("Nobody here is proven for {goal} in {market}: {steps}").format(
            goal=goal, market=brief.words, steps=title
        )
    return words.capitalized(title)


def _row(creator: CreatorStory, brief: Brief) -> dict[str, str]:
    candidate = creator.candidate
    cost = "Cost per purchase" if brief.goal == Goal.CONVERSION else "Cost per 1,000 people reached"
    return {
        "Creator": creator.name,
        "What to do": what_to_do(candidate, brief),
        "Expected": outcome_cell(candidate.expected),
        cost: cost_cell(candidate),
        "Price": price_cell(candidate),
        "Audience": shares_cell(candidate, brief),
        "Main risk": main_risk(creator, brief),
    }


def main_risk(creator: CreatorStory, brief: Brief) -> str:
    """What to watch first; a gap is named by its market, the shares stand beside it."""
    candidate = creator.candidate
    if gap_said(candidate, brief):
        return _("Hardly anybody in {markets}").format(
            markets=words.listing([words.country(code) for code in candidate.gaps])
        )
    return words.capitalized(next(iter(creator_risks(creator, brief)), _("none found in what was measured")))


def _apart(creator: CreatorStory, brief: Brief) -> str:
    """Why a creator is not for this brief; empty for who is booked or tested."""
    if creator.candidate.group == Group.PASS:
        return recommendation_sentence(creator.candidate, brief, creator.lives)
    if creator.candidate.group == Group.OTHER_ROLE:
        return _("{name} is {instead}.").format(name=creator.name, instead=strong_instead(brief))
    return ""
