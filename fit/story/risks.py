"""List the risks of booking a creator: what speaks against it, or is not known."""

from fit.locale import _
from fit.shortlist import WIDE_UNKNOWN, forecast_unknowns
from fit.story.story import CreatorStory
from fit.text import words

LIKELY_NONE = 0.2  # a chance of no sale that a stakeholder should hear of
FEW_CAMPAIGNS = 2  # a role that rests on so few is a first impression


def creator_risks(creator: CreatorStory) -> list[str]:
    """What speaks against a creator, the likeliest trouble first; each a part of a sentence."""
    risks = []
    candidate, count_campaigns = creator.candidate, creator.sums["count_campaigns"]
    p_zero = creator.expected.outlook.metrics["conversions"]["p_zero"]
    if p_zero is not None and p_zero >= LIKELY_NONE:
        risks.append(_("no sale at all in {frequency} futures").format(frequency=words.frequency(p_zero)))
    if count_campaigns == 0:
        risks.append(_("no campaign is loaded"))
    elif count_campaigns <= FEW_CAMPAIGNS:
        campaigns = words.counted(count_campaigns, "campaign", "campaigns")
        risks.append(_("judged by {campaigns} only").format(campaigns=campaigns))
    if (candidate.unknown_share or 0.0) >= WIDE_UNKNOWN:
        share = words.percent(candidate.unknown_share)
        risks.append(_("where {share} of the audience lives is unknown").format(share=share))
    risks += [reason.rstrip(".") for reason in candidate.role.speaks_against[:2]]
    return risks + [_first_part(sentence) for sentence in forecast_unknowns(creator.expected)[:1]]


def _first_part(sentence: str) -> str:
    """What a sentence states, without what it asks for, to stand inside another one."""
    statement = sentence.partition(":")[0].rstrip(".")
    return statement[:1].lower() + statement[1:]
