"""List the risks of booking a creator: what speaks against it, or is not known."""

from fit.brief import Brief, Goal
from fit.locale import _
from fit.shortlist import WIDE_UNKNOWN, Candidate, expected_of, forecast_unknowns, too_expensive
from fit.story.story import CreatorStory
from fit.text import words

LIKELY_NONE = 0.2  # a chance of no sale that a stakeholder should hear of
FEW_CAMPAIGNS = 2  # a role that rests on so few is a first impression


def creator_risks(creator: CreatorStory, brief: Brief) -> list[str]:
    """What speaks against a creator, the gravest trouble first; each a part of a sentence. Gaps are said apart."""
    risks = []
    candidate, count_campaigns = creator.candidate, creator.sums["count_campaigns"]
    p_zero = expected_of(creator.expected, brief.goal).p_zero
    if brief.goal == Goal.CONVERSION and p_zero is not None and p_zero >= LIKELY_NONE:
        risks.append(_("no purchase in {frequency} futures").format(frequency=words.frequency(p_zero)))
    if count_campaigns == 0:
        risks.append(_("no campaign is loaded"))
    elif count_campaigns <= FEW_CAMPAIGNS:
        campaigns = words.counted(count_campaigns, "campaign", "campaigns")
        risks.append(_("judged by {campaigns} only").format(campaigns=campaigns))
    if (candidate.unknown_share or 0.0) >= WIDE_UNKNOWN:
        share = words.percent(candidate.unknown_share)
        risks.append(_("where {share} of the audience lives is unknown").format(share=share))
    risks += _weak_stages(candidate)
    if expensive := too_expensive(candidate, brief):
        risks.append(_first_part(expensive))
    return risks + [_first_part(sentence) for sentence in forecast_unknowns(creator.expected)[:1]]


def _weak_stages(candidate: Candidate) -> list[str]:
    """Stages that are surely below similar creators, and those that nobody measured."""
    weak, never = [], []
    for name, stage in candidate.stages.items():
        if not stage.measured:
            never.append(words.stage(name))
        elif stage.high < 100:
            below = words.percent(1 - stage.index / 100)
            weak.append(_("{stage} {share} below similar creators").format(stage=words.stage(name), share=below))
    # Without any campaign nothing was measured: that is said already.
    if never and len(never) < len(candidate.stages):
        weak.append(_("{stages} never measured").format(stages=words.listing(never)))
    return weak


def _first_part(sentence: str) -> str:
    """What a sentence states, without what it asks for, to stand inside another one."""
    statement = sentence.partition(":")[0].rstrip(".")
    return statement[:1].lower() + statement[1:]
