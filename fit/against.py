"""What speaks against a creator of a story, or is not known?"""

from fit import words
from fit.expected import unknowns
from fit.sentences import WIDE
from fit.story import Told

LIKELY_NONE = 0.2  # a chance of no sale that a stakeholder should hear of
FEW_CAMPAIGNS = 2  # a role that rests on so few is a first impression


def against(each: Told) -> list[str]:
    """What speaks against a creator, the likeliest trouble first; each a part of a sentence."""
    said = []
    none = each.expected.outlook.metrics["conversions"]["p_zero"]
    if none is not None and none >= LIKELY_NONE:
        said.append(f"no sale at all in {words.frequency(none)} futures")
    if each.sums["count_campaigns"] == 0:
        said.append("no campaign is loaded")
    elif each.sums["count_campaigns"] <= FEW_CAMPAIGNS:
        said.append(f"judged by {words.counted(each.sums['count_campaigns'], 'campaign', 'campaigns')} only")
    if (each.one.unknown_share or 0.0) >= WIDE:
        said.append(f"where {words.percent(each.one.unknown_share)} of the audience lives is unknown")
    said += [one.rstrip(".") for one in each.one.role.speaks_against[:2]]
    return said + [one.partition(":")[0].rstrip(".") for one in unknowns(each.expected)[:1]]
