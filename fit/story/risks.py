"""List the risks of booking a creator: reasons not to, and what is not known."""

from fit.brief import Brief, Goal
from fit.locale import _
from fit.shortlist import (
    FEW_CAMPAIGNS,
    MUCH_UNKNOWN,
    WIDE_UNKNOWN,
    Candidate,
    below_price,
    expected_of,
    forecast_unknowns,
    too_expensive,
)
from fit.story.story import CreatorStory
from fit.text import words

LIKELY_NONE = 0.2  # a chance of no sale that a stakeholder should hear of
FAR_BELOW = 0.4  # of what is expected: a low end that a budget should be able to stand


def creator_risks(creator: CreatorStory, brief: Brief) -> list[str]:
    """Reasons not to book a creator, the gravest first; each a part of a sentence. Market gaps are listed apart."""
    risks = []
    candidate, count_campaigns = creator.candidate, creator.sums["count_campaigns"]
    expected = expected_of(creator.expected, brief.goal)
    p_zero = (expected.p_zero or 0.0) if brief.goal == Goal.CONVERSION else 0.0
    if candidate.in_market_share is None:
        risks.append(_("where the audience lives is not known yet"))
    unknown = candidate.unknown_share or 0.0
    country_unknown = _("country unknown for {share} of the audience").format(share=words.percent(unknown))
    if unknown >= MUCH_UNKNOWN:
        risks.append(country_unknown)
    if p_zero >= LIKELY_NONE:
        risks.append(_("{frequency} chance of no purchase").format(frequency=words.frequency(p_zero)))
    if count_campaigns == 0:
        risks.append(_("no campaign is loaded"))
    elif count_campaigns <= FEW_CAMPAIGNS:
        campaigns = words.counted(count_campaigns, "campaign", "campaigns")
        risks.append(_("judged by {campaigns} only").format(campaigns=campaigns))
    if loss := below_price(creator.expected, brief):
        risks.append(loss)
    if p_zero < LIKELY_NONE and expected.mean and (expected.p10 or 0.0) < FAR_BELOW * expected.mean:
        risks.append(_as_few_as(expected.p10 or 0.0, brief))
    if WIDE_UNKNOWN <= unknown < MUCH_UNKNOWN:
        risks.append(country_unknown)
    risks += _weak_stages(candidate)
    if expensive := too_expensive(candidate, brief):
        risks.append(_first_part(expensive))
    if candidate.in_market_share is None and creator.expected.outlook.futures:
        return risks
    return risks + [_first_part(sentence) for sentence in forecast_unknowns(creator.expected)[:1]]


def _as_few_as(low: float, brief: Brief) -> str:
    """ "could bring 2 purchases or fewer"."""
    if brief.goal == Goal.CONVERSION:
        if round(low) == 0:
            return _("could bring no purchase")
        return _("could bring {low} or fewer").format(low=words.counted(round(low), "purchase", "purchases"))
    return _("could reach {low} people or fewer").format(low=words.rounded(low))


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
