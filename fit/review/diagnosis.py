"""Diagnose the results of a campaign: why it came out like this, and what to do next.

Two sides, each hit or missed, and the stage at which the numbers left what luck explains. The creator is never blamed
for the brand's result: who delivered what was agreed has done so, and the rest is a data point to talk about.

Only agreed lines that were missed, and the stages above them, decide; whether that was luck is judged by the figures of
the agreed lines alone, so that reporting more never turns luck into blame. What the brand promised and did not do comes
before all else, then the country of the audience, which is read from facts and not from the target.
"""

from dataclasses import dataclass

from fit.locale import _
from fit.review.advice import advice
from fit.review.case import Case, Cause, Verdict
from fit.review.country_cause import country_words, is_abroad
from fit.review.origin import origin_words
from fit.review.reasons import broken_words, daring_words, funnel_words, sides_words
from fit.text import words

FORGIVING = (Cause.BRAND, Cause.TARGET, Cause.LUCK, Cause.UNKNOWN)  # causes that do not speak against the creator


@dataclass(frozen=True)
class Diagnosis:
    """cause: a Cause, or the first stage whose result is lower than luck explains. reasons: a sentence or two each.
    is_against: it says not to book the creator again for this campaign."""

    cause: str
    reasons: tuple[str, ...]
    next_step: str
    next_time: str
    is_against: bool = False

    @property
    def because(self) -> str:
        """All reasons in one paragraph."""
        return " ".join(self.reasons)


def diagnose(case: Case) -> Diagnosis:
    """Say why, what next, and the line for the next time."""
    cause = _cause(case)
    country = country_words(case) if cause in (Cause.COUNTRY, Cause.BRAND) and is_abroad(case) else ""
    asked = daring_words(case)
    daring = _("From the start, {lines}.").format(lines=words.listing(asked)) if asked else ""
    from_where = origin_words(case.origins, case.agreement.brief.words)
    reasons = (broken_words(case), sides_words(case), country, from_where, *funnel_words(case, cause), daring)
    next_step, next_time = advice(case, cause)
    is_delivered = case.verdict == Verdict.BRAND_MISSED
    is_against = case.is_miss and (cause == Cause.COUNTRY or (is_delivered and cause not in FORGIVING))
    return Diagnosis(cause, tuple(filter(None, reasons)), next_step, next_time, is_against)


def _cause(case: Case) -> str:
    if case.verdict in (Verdict.BOTH_HIT, Verdict.NOT_MEASURED):
        return Cause.NONE if case.verdict == Verdict.BOTH_HIT else Cause.UNKNOWN
    if case.is_miss and case.broken:
        return Cause.BRAND
    if is_abroad(case):
        return Cause.COUNTRY
    if case.shortfalls:
        return case.shortfalls[0].stage
    if not any(stage.chance_by_luck is not None for stage in case.stages if stage.stage in case.deciding):
        return Cause.UNKNOWN
    return Cause.TARGET if daring_words(case) else Cause.LUCK
