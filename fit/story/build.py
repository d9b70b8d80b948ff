"""Build a story about a few creators from the store."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from types import MappingProxyType

from fit.ask import Ask
from fit.brief import Brief, Goal
from fit.forecast import RequestedLine, forecast_line, line_of_creator
from fit.locale import _
from fit.review import LastReview
from fit.shortlist import Candidate, at_its_price, count_matching, expected_line, shortlist
from fit.story.evidence import sections_of
from fit.story.story import MOST_CREATORS, CreatorStory, Story, StoryError
from fit.story.totals import own_futures
from fit.text import shortened, words


def build_story(
    ask: Ask,
    brief: Brief,
    creator_ids: Sequence[str],
    line: RequestedLine,
    made_on: date,
    reviews: Mapping[str, LastReview] = MappingProxyType({}),
    accuracy: str = "",
) -> Story:
    """Build the story of one to twelve creators under a brief, in the order given.

    ask: answers a question of queries/ by name. line: what is forecast of each creator. reviews: the last closed
    one of each creator. accuracy: how often past ranges held, in a sentence. Raises StoryError for no creator, more
    than twelve, or one that the store does not know.
    """
    chosen = tuple(dict.fromkeys(creator_ids))
    if not 1 <= len(chosen) <= MOST_CREATORS:
        raise StoryError(
            _(
                "{count} creators are chosen; a presentation shows 1 to {most_creators}. Tick them on the shortlist."
            ).format(count=len(chosen), most_creators=MOST_CREATORS)
        )
    everyone = Brief(brief.markets, brief.goal)
    known = {one.creator_id: one for one in shortlist(ask, everyone, creators=chosen).candidates}
    for creator_id in chosen:
        if creator_id not in known:
            sentence = _("No creator has the id {creator!r}. Check it with the shortlist.")
            raise StoryError(sentence.format(creator=shortened(creator_id)))
    creators = tuple(
        _with_review(_creator_story(ask, brief, known[creator_id], line, nth), reviews, brief)
        for nth, creator_id in enumerate(chosen)
    )
    generation = ask("generation").row(0, named=True)
    matching = count_matching(ask, brief)
    goal = _("Sales") if brief.goal == Goal.CONVERSION else _("Awareness")
    return Story(
        title=_("{goal} in {market}: {creators} for the brief").format(
            goal=goal, market=brief.words, creators=words.counted(len(creators), "creator", "creators")
        ),
        brief=brief,
        line=line,
        creators=creators,
        sections=sections_of(brief, creators, matching),
        count_matching=matching,
        generation=generation["number"],
        built_on=generation["built_at"].date(),
        made_on=made_on,
        is_demo=generation["is_demo"],
        accuracy=accuracy,
    )


def _with_review(creator: CreatorStory, reviews: Mapping[str, LastReview], brief: Brief) -> CreatorStory:
    review = reviews.get(creator.candidate.creator_id)
    return replace(creator, review=review, is_refused=review.advises_against(brief)) if review else creator


def _creator_story(ask: Ask, brief: Brief, candidate: Candidate, line: RequestedLine, nth: int) -> CreatorStory:
    """One creator with all that documents show of it, the nth of the story."""
    creator_id = candidate.creator_id
    profile = ask("creator", creator_id=creator_id).row(0, named=True)
    asked = at_its_price(line_of_creator(line, brief, profile, candidate.deliverable), line, candidate)
    forecast = forecast_line(ask, asked.as_row(), line.targets)
    sources = ask("audience_sources", creator_id=creator_id).filter("is_best")
    photos = ask("photos_of_creators", creators=[creator_id])["image"]
    return CreatorStory(
        expected_line(candidate, asked, forecast),
        ask("audience_by_country", creator_id=creator_id),
        sources.row(0, named=True) if sources.height else None,
        ask("funnel_of_creator", creator_id=creator_id).row(0, named=True),
        profile,
        tuple(ask("campaigns_of_creator", creator_id=creator_id)["file_name"].unique().sort()),
        own_futures(forecast, brief.goal, nth),
        photo=photos[0] if len(photos) else None,
    )
