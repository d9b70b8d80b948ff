"""Diagnose the results of a campaign: why it came out like this, and what to do next.

Two sides, each hit or missed, and the stage at which the numbers left what luck explains. The creator is never blamed
for the brand's result: who delivered what was agreed has done so, and the rest is a data point to talk about.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from fit.agreement import DARING, Agreement, Audience, FrozenForecast, Side, TargetLine
from fit.brief import Goal
from fit.locale import _, phrase
from fit.model import path_factor
from fit.review.significance import Judged, StageResult
from fit.text import words


class Verdict(StrEnum):
    """Which side hit: every measured line of it was met."""

    BOTH_HIT = "both hit"
    BRAND_MISSED = "creator hit, brand missed"
    CREATOR_MISSED = "creator missed, brand hit"
    BOTH_MISSED = "both missed"
    NOT_MEASURED = "not measured"


class Cause(StrEnum):
    """Why a side missed, where it is not one stage of the funnel."""

    COUNTRY = "audience country"
    TARGET = "target"
    LUCK = "luck"
    NONE = "none"
    UNKNOWN = "unknown"


OTHER_GOAL: dict[str, Goal] = {Goal.CONVERSION: Goal.AWARENESS, Goal.AWARENESS: Goal.CONVERSION}
LEAST_UNKNOWN = 0.005  # of the audience: less rounds to nothing
MOST_ELSEWHERE = 0.5  # of the audience: with more than that elsewhere, the audience lives elsewhere
REACHABLE = 0.4  # chance from which a target is about what the forecast led to expect
BORDER = 0.75  # of a typical audience's purchases: where fewer follow from the share, the border matters
# Which stage a metric stands at, when it is not a stage itself.
STAGE_OF = {
    "cost_per_thousand_impressions": "impressions", "in_market_cpm": "in_market_impressions",
    "engagement_rate": "engagements", "cost_per_engagement": "engagements",
    "click_rate": "clicks", "cost_per_click": "clicks", "landing_page_views": "clicks",
    "conversion_rate": "conversions", "cost_per_conversion": "conversions", "code_uses": "conversions",
    "return_on_ad_spend": "revenue", "order_value": "revenue",
}  # fmt: skip
HANG_ON_COUNTRY = ("in_market_impressions", "clicks", "conversions", "revenue")
LOOK_AT = {
    "impressions": phrase("whether everything agreed went out, when, and in which format"),
    "in_market_impressions": phrase("the language, the tags and the country of the audience"),
    "engagements": phrase("whether the content felt like the creator's own: format, topic, how tight the brief was"),
    "clicks": phrase("message fit and the way to the link: what was said, where the link stood, what was offered"),
    "conversions": phrase("landing page, offer or audience country"),
    "revenue": phrase("prices, discounts and what was bought"),
}
# What to do now, and the line that stands beside the creator the next time; a verdict comes before any cause.
NEXT: dict[str, tuple[str, str]] = {
    Verdict.NOT_MEASURED: (
        phrase("Ask for what is missing ({missing}) and review again."),
        phrase("No verdict yet: agree beforehand who measures what."),
    ),
    Verdict.BOTH_HIT: (
        phrase("Book again for {campaign} on these terms; set the next targets from the new forecast."),
        phrase("Book again for {campaign}: both sides hit."),
    ),
    Verdict.CREATOR_MISSED: (
        phrase(
            "Book the creator again for {campaign}. The result did not depend on {lines}: drop that metric, "
            "or agree on one that the creator controls."
        ),
        phrase("Book again for {campaign}, with another metric instead of {lines}."),
    ),
    Cause.COUNTRY: (
        phrase(
            "{blame} Do not book this creator again for {campaign}; consider the {other} stage, or a campaign in "
            "{country}, where {share} of the audience lives."
        ),
        phrase("Not for {campaign} ({inside} of the audience lives there): consider for {other}."),
    ),
    Cause.LUCK: (
        phrase(
            "{blame} One campaign of this size proves little. Run another one on the same terms; if it "
            "misses as well, consider the {other} stage."
        ),
        phrase("Undecided for {campaign}: the miss may be bad luck, one more campaign would tell."),
    ),
    Cause.TARGET: (
        phrase(
            "{blame} The target was more ambitious than the forecast: set the next one at the middle of the "
            "forecast, or consider this creator for the {other} stage."
        ),
        phrase("For {campaign} set targets at the forecast's middle, or consider for {other}."),
    ),
}
# After a miss beyond luck (or of unknown cause): where the creator delivered, and where not.
NEXT_WHEN_DELIVERED = (
    phrase(
        "{blame} It points to audience quality or message fit.{look} Do not book this creator again for this "
        "campaign; consider the {other} stage."
    ),
    phrase("Not again for {campaign}; consider for {other}."),
)
NEXT_OTHERWISE = (
    phrase("{blame}{look} Talk as the adjustment protocol says, then decide whether terms, content or creator change."),
    phrase("Not again for {campaign} on these terms."),
)
SIDE_WORDS = {Side.CREATOR: phrase("the creator"), Side.BRAND: phrase("the brand")}
Line = tuple[TargetLine, float | None]  # a promise and its result


@dataclass(frozen=True)
class Diagnosis:
    """cause: a Cause, or the first stage whose result is lower than luck explains."""

    cause: str
    because: str
    next_step: str
    next_time: str


@dataclass(frozen=True)
class Case:
    """Everything that a diagnosis looks at. lines: (promise, actual, hit), hit None where it was not measured."""

    verdict: Verdict
    agreement: Agreement
    lines: Sequence[tuple[TargetLine, float | None, bool | None]]
    stages: Sequence[StageResult]
    frozen: FrozenForecast | None
    by_country: dict[str, dict[str, float]]

    def of_side(self, side: Side, hit: bool | None) -> list[Line]:
        """The lines of a side that were hit, missed or (None) not measured."""
        lines = [line for line in self.lines if line[0].line.side == side]
        return [(promise, actual) for promise, actual, line_hit in lines if line_hit is hit]

    @property
    def campaign(self) -> str:
        """What the creator was booked for: "conversion in Germany"."""
        return _("{goal} in {market}").format(goal=_(self.agreement.goal), market=self.agreement.brief.words)

    @property
    def missed(self) -> list[Line]:
        """The missed lines, the brand's first."""
        return [*self.of_side(Side.BRAND, False), *self.of_side(Side.CREATOR, False)]

    @property
    def audience(self) -> Audience | None:
        """Where the audience lived when the forecast was frozen."""
        return self.frozen.audience if self.frozen else None

    @property
    def currency(self) -> str | None:
        """Of amounts."""
        return self.agreement.currency or (self.frozen.currency if self.frozen else None)

    @property
    def shortfalls(self) -> list[StageResult]:
        """The stages whose result is lower than luck explains, in the funnel's order."""
        return [stage for stage in self.stages if stage.is_below]


def diagnose(case: Case) -> Diagnosis:
    """Say why, what next, and the line for the next time."""
    cause = _cause(case)
    country = _country_words(case, case.audience) if cause == Cause.COUNTRY and case.audience else ""
    asked = _daring(case)
    daring = _("From the start, {lines}.").format(lines=words.listing(asked)) if asked else ""
    because = (_sides(case), country, _from_where(case), _funnel_words(case, cause), daring)
    next_step, next_time = _next(case, cause)
    return Diagnosis(cause, " ".join(filter(None, because)), next_step, next_time)


def _cause(case: Case) -> str:
    if case.verdict in (Verdict.BOTH_HIT, Verdict.NOT_MEASURED):
        return Cause.NONE if case.verdict == Verdict.BOTH_HIT else Cause.UNKNOWN
    if _lives_elsewhere(case.frozen) and any(_asks_for_a_market(promise) for promise, _actual in case.missed):
        return Cause.COUNTRY
    if case.shortfalls:
        return case.shortfalls[0].stage
    if not any(stage.chance_by_luck is not None for stage in case.stages):
        return Cause.UNKNOWN
    return Cause.TARGET if _daring(case) else Cause.LUCK


def _asks_for_a_market(promise: TargetLine) -> bool:
    """Whether a line hangs on where people live, and asks for more than this audience led to expect.

    A target at the forecast's middle had reckoned with the audience; missing it needs another reason.
    """
    is_reachable = promise.is_filled or (promise.p_hit is not None and promise.p_hit >= REACHABLE)
    return _stage_of(promise) in HANG_ON_COUNTRY and not is_reachable


def _stage_of(promise: TargetLine) -> str:
    return STAGE_OF.get(promise.line.name, promise.line.name)


def _lives_elsewhere(frozen: FrozenForecast | None) -> bool:
    """Whether most of the audience is known to live outside the market, and that costs purchases."""
    if frozen is None or frozen.audience is None:
        return False
    elsewhere = 1 - frozen.audience.in_market - frozen.audience.unknown
    shares = np.array([frozen.terms.share[0, 0], frozen.typical_share])
    actual, typical = path_factor(shares, frozen.terms.out_click, frozen.terms.out_convert).tolist()
    return elsewhere > MOST_ELSEWHERE and actual / typical < BORDER


def _sides(case: Case) -> str:
    if case.verdict == Verdict.NOT_MEASURED:
        return _unmeasured_words(case)
    creator_hit = case.verdict in (Verdict.BOTH_HIT, Verdict.BRAND_MISSED)
    brand_hit = case.verdict in (Verdict.BOTH_HIT, Verdict.CREATOR_MISSED)
    text = {
        Verdict.BOTH_HIT: _("Both sides met every measured target (creator: {creator}; brand: {brand})."),
        Verdict.BRAND_MISSED: _(
            "The creator delivered what was agreed ({creator}); the brand's numbers missed ({brand})."
        ),
        Verdict.CREATOR_MISSED: _(
            "The brand got what it wanted ({brand}), although the creator's lines missed ({creator})."
        ),
        Verdict.BOTH_MISSED: _("Both sides missed (creator: {creator}; brand: {brand})."),
    }[case.verdict]
    return text.format(
        creator=_lines_words(case, case.of_side(Side.CREATOR, creator_hit)),
        brand=_lines_words(case, case.of_side(Side.BRAND, brand_hit)),
    )


def _lines_words(case: Case, lines: Sequence[Line]) -> str:
    return "; ".join(line_words(promise, actual, case.currency) for promise, actual in lines)


def line_words(promise: TargetLine, actual: float | None, currency: str | None) -> str:
    """A line with its result: "reach 31,000, target 25,000"."""
    value = _("without a value") if actual is None else value_words(promise, actual, currency)
    target = value_words(promise, promise.line.target, currency)
    return _("{metric} {value}, target {target}").format(metric=promise.label, value=value, target=target)


def value_words(promise: TargetLine, value: float | None, currency: str | None) -> str:
    """A value in the unit of a line."""
    return words.measure(promise.line.name, value, currency) if promise.metric else words.about(value)


def _unmeasured_words(case: Case) -> str:
    sentences = []
    for side, name in SIDE_WORDS.items():
        if case.of_side(side, True) or case.of_side(side, False):
            continue
        lines = words.listing([promise.label for promise, _actual in case.of_side(side, None)])
        text = (
            _("No verdict for {side}: no metric with a target was measured ({lines}).")
            if lines
            else _("No verdict for {side}: no metric of that side was agreed.")
        )
        sentences.append(text.format(side=_(name), lines=lines))
    return " ".join(sentences)


def _country_words(case: Case, audience: Audience) -> str:
    elsewhere = [f"{words.country(code)} {words.percent(share)}" for code, share in audience.elsewhere]
    if audience.unknown >= LEAST_UNKNOWN:
        elsewhere.append(_("{share} unknown").format(share=words.percent(audience.unknown)))
    return _(
        "The likely reason is the audience's country: {share} of it lives in {market} ({elsewhere}), and people "
        "elsewhere rarely buy."
    ).format(share=words.percent(audience.in_market), market=case.agreement.brief.words, elsewhere=", ".join(elsewhere))


def _from_where(case: Case) -> str:
    """Where the actual purchases, or else clicks, came from, where that was measured."""
    markets = {code for code, _weight in case.agreement.markets}
    for name in ("conversions", "clicks"):
        counts = case.by_country.get(name, {})
        if total := sum(counts.values()):
            inside = sum(value for code, value in counts.items() if code in markets)
            return _("{inside} of {total} {metric} with a known country came from {market} ({share}).").format(
                inside=words.count(inside),
                total=words.count(total),
                metric=words.metric(name),
                market=case.agreement.brief.words,
                share=words.percent(inside / total),
            )
    return ""


def _funnel_words(case: Case, cause: str) -> str:
    """Whether it was luck: every stage that left what luck explains, else the stage of what was missed."""
    judged = [stage for stage in case.stages if stage.judged is not Judged.NOT_MEASURED]
    if not judged:
        return _("We cannot tell whether this was luck: there is no forecast for what was measured.")
    beyond = [stage for stage in judged if stage.judged is Judged.MORE_THAN_LUCK]
    if not beyond:
        missed = _stage_of_miss(case, judged)
        if cause == Cause.COUNTRY:
            text = _("The forecast already allowed for that, and luck explains the rest: {stage}.")
        elif cause == Cause.TARGET:
            text = _("The result was to be expected: {stage}.")
        else:
            text = (
                _("Luck explains the miss: {stage}.")
                if missed
                else _("Luck explains every stage, even the furthest off: {stage}.")
            )
        shown = missed or min(judged, key=lambda stage: stage.chance_by_luck or 0.0)
        return text.format(stage=stage_words(shown, case.currency))
    before = [words.metric(stage.stage) for stage in judged[: judged.index(beyond[0])]][-1:]
    text = _("More than luck: {before} as expected, {stages}.") if before else _("More than luck: {stages}.")
    stages = "; ".join(_beyond_words(stage, case.currency) for stage in beyond)
    return text.format(before="".join(before), stages=stages)


def _beyond_words(stage: StageResult, currency: str | None) -> str:
    text = stage_words(stage, currency)
    if not stage.is_below:
        return text
    return _("{stage}: look at {what}").format(stage=text, what=_(LOOK_AT[stage.stage]))


def _stage_of_miss(case: Case, judged: Sequence[StageResult]) -> StageResult | None:
    by_name = {stage.stage: stage for stage in judged}
    return next((by_name[_stage_of(p)] for p, _actual in case.missed if _stage_of(p) in by_name), None)


def stage_words(stage: StageResult, currency: str | None) -> str:
    """The result of a stage, what was expected, and the chance of it by luck."""
    actual, low, high = (words.measure(stage.stage, value, currency) for value in (stage.actual, stage.p10, stage.p90))
    expected = words.expected(stage.stage, stage.mean, currency)
    text = (
        _("{metric} {came}, expected {expected} from these {given} (likely range {low} to {high}), a "
          "chance of {chance} by luck")
        if stage.given
        else _("{metric} {came}, expected {expected} (likely range {low} to {high}), a chance of {chance} by luck")
    )  # fmt: skip
    return text.format(
        metric=words.metric(stage.stage), came=actual, expected=expected, low=low, high=high,
        given=words.metric(stage.given) if stage.given else "", chance=words.bounded(stage.chance_by_luck or 0.0),
    )  # fmt: skip


def _daring(case: Case) -> list[str]:
    """Missed lines that asked for more than was to be expected from the start, a part of a sentence each."""
    most = {stage.stage: stage.p90 for stage in case.stages if stage.p90 is not None}
    texts = []
    for promise, _actual in case.missed:
        values = {"metric": promise.label, "target": promise.target_words(case.currency)}
        target, p90 = promise.line.target, most.get(promise.line.name)
        if promise.p_hit is not None and promise.p_hit < DARING:
            text = _("{metric} of {target} had a chance of {chance}")
            texts.append(text.format(chance=words.bounded(promise.p_hit), **values))
        elif promise.p_hit is None and target is not None and p90 is not None and target > p90:
            text = _("{metric} of {target} would be more than 9 of 10 such campaigns bring")
            texts.append(text.format(**values))
    return texts


def _next(case: Case, cause: str) -> tuple[str, str]:
    is_delivered = case.verdict == Verdict.BRAND_MISSED
    missing = [promise.label for side in Side for promise, _actual in case.of_side(side, None)]
    causes = [_(LOOK_AT[stage.stage]) for stage in case.shortfalls]
    values = {
        "campaign": case.campaign,
        "other": _(OTHER_GOAL[case.agreement.goal]),
        "missing": words.listing(missing) or _("a line with a target on each side"),
        "lines": words.listing([promise.label for promise, _actual in case.of_side(Side.CREATOR, False)]),
        "blame": _("No one is to blame: the creator delivered.") if is_delivered else _("No one is to blame."),
        "look": " " + _("First look at {what}.").format(what=_("; then at ").join(causes)) if causes else "",
    }
    if cause == Cause.COUNTRY and (audience := case.audience):
        code, share = audience.elsewhere[0]
        values |= {"country": words.country(code), "share": words.percent(share)}
        values |= {"inside": words.percent(audience.in_market)}
    advice = NEXT.get(case.verdict) or NEXT.get(cause) or (NEXT_WHEN_DELIVERED if is_delivered else NEXT_OTHERWISE)
    step, next_time = (_(text).format(**values) for text in advice)
    return step, next_time
