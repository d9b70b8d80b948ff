"""Check the adjustment protocol: was the line crossed at which both sides agreed to talk?"""

from __future__ import annotations

from collections.abc import Mapping

from fit.agreement import Adjustment, RuleCheck, Status, check_rule
from fit.locale import _
from fit.text import plain


def check_adjustment(
    adjustment: Adjustment, targets: Mapping[str, float], actuals: Mapping[str, float], currency: str | None
) -> RuleCheck | None:
    """Check the protocol against what was measured; None where no line was agreed. A text alone is left to people."""
    if adjustment.rule is not None:
        return check_rule(adjustment.rule, targets, actuals, currency)
    if not adjustment.threshold.strip():
        return None
    text = _('The agreed threshold stands in words alone: "{threshold}". Check it by hand.')
    return RuleCheck(Status.CHECK_BY_HAND, text.format(threshold=plain(adjustment.threshold)))
