"""Check the adjustment protocol: whether the threshold at which both sides agreed to talk was crossed."""

from collections.abc import Mapping

from fit.agreement import Adjustment, RuleCheck, Status, check_rule
from fit.locale import _
from fit.text import plain


def check_adjustment(
    adjustment: Adjustment, targets: Mapping[str, float], actuals: Mapping[str, float], currency: str | None
) -> RuleCheck | None:
    """Check the protocol against what was measured; None where none was agreed. A text alone is checked by people."""
    if adjustment.rule is not None:
        return check_rule(adjustment.rule, targets, actuals, currency)
    if not adjustment.threshold.strip():
        return None
    sentence = _('The agreed threshold stands in words alone: "{threshold}". Check it by hand.')
    return RuleCheck(Status.CHECK_BY_HAND, sentence.format(threshold=plain(adjustment.threshold)))
