"""What speaks against a creator of a story, or is not known?"""

from fit.locale import _
from fit.shortlist import WIDE_UNKNOWN, forecast_unknowns
from fit.story.story import CreatorStory
from fit.text import words

LIKELY_NONE = 0.2  # a chance of no sale that a stakeholder should hear of
FEW_CAMPAIGNS = 2  # a role that rests on so few is a first impression


def creator_risks(each: CreatorStory) -> list[str]:
    """What speaks against a creator, the likeliest trouble first; each a part of a sentence."""
    said = []
    none = each.expected.outlook.metrics["conversions"]["p_zero"]
    if none is not None and none >= LIKELY_NONE:
        said.append(_("no sale at all in {frequency} futures").format(frequency=words.frequency(none)))
    if each.sums["count_campaigns"] == 0:
        said.append(_("no campaign is loaded"))
    elif each.sums["count_campaigns"] <= FEW_CAMPAIGNS:
        said.append(
            _("judged by {campaigns} only").format(
                campaigns=words.counted(each.sums["count_campaigns"], "campaign", "campaigns")
            )
        )
    if (each.one.unknown_share or 0.0) >= WIDE_UNKNOWN:
        said.append(
            _("where {share} of the audience lives is unknown").format(share=words.percent(each.one.unknown_share))
        )
    said += [one.rstrip(".") for one in each.one.role.speaks_against[:2]]
    return said + [_as_a_part(one) for one in forecast_unknowns(each.expected)[:1]]


def _as_a_part(sentence: str) -> str:
    """What a sentence found, without what it asks for, to stand inside another one."""
    found = sentence.partition(":")[0].rstrip(".")
    return found[:1].lower() + found[1:]
