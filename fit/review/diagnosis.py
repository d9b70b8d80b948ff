"""Diagnose the results of a campaign: why it came out like this, and what to do next.

Two sides, each hit or missed, and the stage at which the numbers left what luck explains. The creator is never blamed
for the brand's result: who delivered what was agreed has done so, and the rest is a data point to talk about.

Only agreed lines that were missed, and the stages above them, decide; whether that was luck is judged by the figures of
the agreed lines alone, so that reporting more never turns luck into blame. What the brand promised and did not do comes
before all else, then the country of the audience, which is read from facts and not from the target.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from fit.agreement import DARING, Agreement, Audience, FrozenForecast, Side, TargetLine
from fit.brief import Goal
from fit.locale import _, phrase
from fit.model import RoleLabel, path_factor
from fit.review.origin import Origin, origin_words
from fit.review.significance import Judged, StageResult
from fit.text import plain, words


class Verdict(StrEnum):
    """Which side hit: every measured line of it was met."""

    BOTH_HIT = "both hit"
    BRAND_MISSED = "creator hit, brand missed"
    CREATOR_MISSED = "creator missed, brand hit"
    BOTH_MISSED = "both missed"
    NOT_MEASURED = "not measured"


class Cause(StrEnum):
    """Why a side missed, where it is not one stage of the funnel."""

    BRAND = "brand commitment"
    COUNTRY = "audience country"
    TARGET = "target"
    LUCK = "luck"
    NONE = "none"
    UNKNOWN = "unknown"


FORGIVING = (Cause.BRAND, Cause.TARGET, Cause.LUCK, Cause.UNKNOWN)  # causes that do not speak against the creator
OTHER_GOAL: dict[str, Goal] = {Goal.CONVERSION: Goal.AWARENESS, Goal.AWARENESS: Goal.CONVERSION}
ROLE_OF_GOAL = {Goal.CONVERSION: RoleLabel.CONVERSION, Goal.AWARENESS: RoleLabel.AWARENESS}
LEAST_UNKNOWN = 0.005  # of the audience: less rounds to nothing
MOST_ELSEWHERE = 0.5  # of the audience: with more than that elsewhere, the audience lives elsewhere
BORDER = 0.75  # of a typical audience's purchases: where fewer follow from the share, the border matters
# Which stage a metric stands at, when it is not a stage itself.
STAGE_OF = {
    "reach": "impressions", "frequency": "impressions", "in_market_reach": "in_market_impressions",
    "cost_per_thousand_impressions": "impressions", "in_market_cpm": "in_market_impressions",
    "engagement_rate": "engagements", "cost_per_engagement": "engagements",
    "click_rate": "clicks", "cost_per_click": "clicks", "landing_page_views": "clicks",
    "conversion_rate": "conversions", "cost_per_conversion": "conversions", "code_uses": "conversions",
    "return_on_ad_spend": "revenue", "order_value": "revenue",
}  # fmt: skip
ABOVE = {
    "in_market_impressions": ("impressions",), "engagements": ("impressions",),
    "clicks": ("impressions", "in_market_impressions"),
    "conversions": ("impressions", "in_market_impressions", "clicks"),
    "revenue": ("impressions", "in_market_impressions", "clicks", "conversions"),
}  # fmt: skip
HANG_ON_COUNTRY = ("in_market_impressions", "clicks", "conversions", "revenue")
LOOK_AT = {
    "impressions": phrase("whether everything agreed went out, when, and in which format"),
    "in_market_impressions": phrase("the language, the tags and the country of the audience"),
    "engagements": phrase("whether the content felt like the creator's own: format, topic, how tight the brief was"),
    "clicks": phrase("message fit and the way to the link: what was said, where the link stood, what was offered"),
    "conversions": phrase("landing page and offer"),
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
    Cause.BRAND: (
        phrase(
            "Do what was promised, then run the campaign again on the same terms: until then nobody can tell what the "
            "creator brings."
        ),
        phrase("Undecided for {campaign}: the brand did not keep its own promise.{inside}"),
    ),
    Cause.COUNTRY: (
        phrase("{blame}{look} Do not book this creator again for {campaign}{instead}."),
        phrase("Not for {campaign} ({facts}){next}."),
    ),
    Cause.LUCK: (
        phrase("{blame} One campaign of this size proves little. Run another one on the same terms{if_again}."),
        phrase("Undecided for {campaign}: the miss may be bad luck, one more campaign would tell."),
    ),
    Cause.TARGET: (
        phrase(
            "{blame} The target was more ambitious than the forecast: set the next one at the middle of the "
            "forecast{or_other}."
        ),
        phrase("For {campaign} set targets at the middle of the forecast{or_consider}."),
    ),
    Cause.UNKNOWN: (
        phrase(
            "{blame} Nothing tells whether this was luck. Talk about what was missed, and agree on who measures what "
            "before the next campaign."
        ),
        phrase("Undecided for {campaign}: nobody can tell yet why it missed."),
    ),
}
# After a miss beyond luck: where the creator delivered, and where not.
NEXT_WHEN_DELIVERED = (
    phrase(
        "{blame} It points to audience quality or message fit.{look} Do not book this creator again for this "
        "campaign{or_try}."
    ),
    phrase("Not again for {campaign}{consider}."),
)
NEXT_OTHERWISE = (
    phrase("{blame}{look} Talk as you agreed for such a case, then decide whether terms, content or creator change."),
    phrase("Not again for {campaign} on these terms."),
)
SIDE_WORDS = {Side.CREATOR: phrase("the creator"), Side.BRAND: phrase("the brand")}
Line = tuple[TargetLine, float | None]  # a promise and its result


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


@dataclass(frozen=True)
class Case:
    """Everything that a diagnosis looks at.

    lines: (promise, actual, hit), hit None where it was not measured. stages: judged by all that was measured;
    by_lines: by the figures of the agreed lines alone. origins: where results came from. reached_there: the share of
    the displays that people in the market saw, None where not measured. role: of the creator in this market, None where
    the store does not know. broken: what the brand promised and did not do.
    """

    verdict: Verdict
    agreement: Agreement
    lines: Sequence[tuple[TargetLine, float | None, bool | None]]
    stages: Sequence[StageResult]
    by_lines: Sequence[StageResult]
    frozen: FrozenForecast | None
    origins: Sequence[Origin] = ()
    reached_there: float | None = None
    role: RoleLabel | None = None
    broken: Sequence[str] = ()

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
    def deciding(self) -> set[str]:
        """The stages that decide: those of the missed lines, and those above them."""
        own = {stage_of(promise) for promise, _actual in self.missed}
        return own.union(*(ABOVE.get(stage, ()) for stage in own))

    @property
    def is_beyond_luck(self) -> bool:
        """Whether the agreed lines alone show that something fell short by more than luck."""
        return any(stage.is_below and stage.stage in self.deciding for stage in self.by_lines)

    @property
    def shortfalls(self) -> list[StageResult]:
        """The deciding stages whose result is lower than luck explains, in the funnel's order."""
        if not self.is_beyond_luck:
            return []
        return [stage for stage in self.stages if stage.is_below and stage.stage in self.deciding]

    @property
    def other(self) -> Goal | None:
        """The other goal, where the creator's role in this market is good for it; None where it is not, or unknown."""
        goal = OTHER_GOAL[self.agreement.goal]
        return goal if self.role in (RoleLabel.BALANCED, ROLE_OF_GOAL[goal]) else None

    @property
    def is_miss(self) -> bool:
        """Whether the brand missed."""
        return self.verdict in (Verdict.BRAND_MISSED, Verdict.BOTH_MISSED)


def diagnose(case: Case) -> Diagnosis:
    """Say why, what next, and the line for the next time."""
    cause = _cause(case)
    country = _country_words(case) if cause in (Cause.COUNTRY, Cause.BRAND) and _is_abroad(case) else ""
    asked = _daring(case)
    daring = _("From the start, {lines}.").format(lines=words.listing(asked)) if asked else ""
    from_where = origin_words(case.origins, case.agreement.brief.words)
    reasons = (_broken_words(case), _sides(case), country, from_where, *_funnel_words(case, cause), daring)
    next_step, next_time = _next(case, cause)
    is_delivered = case.verdict == Verdict.BRAND_MISSED
    is_against = case.is_miss and (cause == Cause.COUNTRY or (is_delivered and cause not in FORGIVING))
    return Diagnosis(cause, tuple(filter(None, reasons)), next_step, next_time, is_against)


def _cause(case: Case) -> str:
    if case.verdict in (Verdict.BOTH_HIT, Verdict.NOT_MEASURED):
        return Cause.NONE if case.verdict == Verdict.BOTH_HIT else Cause.UNKNOWN
    if case.is_miss and case.broken:
        return Cause.BRAND
    if _is_abroad(case):
        return Cause.COUNTRY
    if case.shortfalls:
        return case.shortfalls[0].stage
    if not any(stage.chance_by_luck is not None for stage in case.stages if stage.stage in case.deciding):
        return Cause.UNKNOWN
    return Cause.TARGET if _daring(case) else Cause.LUCK


def stage_of(promise: TargetLine) -> str:
    """The stage of the funnel that a line stands at, or its own name."""
    return STAGE_OF.get(promise.line.name, promise.line.name)


def _is_abroad(case: Case) -> bool:
    """Whether a missed line hangs on the country, and facts say that most of what was reached lives elsewhere."""
    hangs = any(stage_of(promise) in HANG_ON_COUNTRY for promise, _actual in case.missed)
    return hangs and (_came_from_elsewhere(case) or _lives_elsewhere(case))


def _lives_elsewhere(case: Case) -> bool:
    """Whether most of the audience, as measured or else as listed, lives elsewhere, and that costs purchases."""
    share = _measured_share(case)
    if share is not None:
        return 1 - share > MOST_ELSEWHERE and _costs_purchases(case.frozen, share)
    if case.frozen is None or case.audience is None:
        return False
    elsewhere = 1 - case.audience.in_market - case.audience.unknown
    return elsewhere > MOST_ELSEWHERE and _costs_purchases(case.frozen, float(case.frozen.terms.share[0, 0]))


def _measured_share(case: Case) -> float | None:
    """The share of those reached who live in the market, as the campaign itself shows; None where it does not."""
    if case.reached_there is not None:
        return case.reached_there
    clicks = next((origin for origin in case.origins if origin.metric == "clicks" and origin.says_something), None)
    if clicks is None or clicks.most is None:
        return None
    abroad = case.frozen.terms.out_click if case.frozen else 1.0  # people abroad click less, so they are more
    inside, outside = clicks.most * abroad, 1 - clicks.most
    share = inside / (inside + outside) if inside + outside else clicks.most
    is_unclear = share < MOST_ELSEWHERE <= clicks.most
    return None if is_unclear else share


def _costs_purchases(frozen: FrozenForecast | None, share: float) -> bool:
    if frozen is None:
        return True
    shares = np.array([share, frozen.typical_share])
    actual, typical = path_factor(shares, frozen.terms.out_click, frozen.terms.out_convert).tolist()
    return actual / typical < BORDER


def _came_from_elsewhere(case: Case) -> bool:
    """Whether most purchases came from outside the market."""
    sales = (origin for origin in case.origins if origin.metric == "conversions" and origin.says_something)
    return any(origin.most is not None and 1 - origin.most > MOST_ELSEWHERE for origin in sales)


def _broken_words(case: Case) -> str:
    """What the brand promised and did not do, before any word on the creator."""
    if not case.broken or case.verdict == Verdict.BOTH_HIT:
        return ""
    said = words.listing([f"\N{LEFT DOUBLE QUOTATION MARK}{plain(text)}\N{RIGHT DOUBLE QUOTATION MARK}"
                          for text in case.broken])  # fmt: skip
    if len(case.broken) == 1:
        return _("You promised {what} and did not do it: look there first.").format(what=said)
    return _("You promised {what} and did not do them: look there first.").format(what=said)


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


def _country_words(case: Case) -> str:
    audience, market = case.audience, case.agreement.brief.words
    if audience is None or 1 - audience.in_market - audience.unknown <= MOST_ELSEWHERE:
        return _("The likely reason is the country: most of those who were reached live outside {market}.").format(
            market=market
        )
    elsewhere = [f"{words.country(code)} {words.percent(share)}" for code, share in audience.elsewhere]
    if audience.unknown >= LEAST_UNKNOWN:
        elsewhere.append(_("{share} unknown").format(share=words.percent(audience.unknown)))
    return _(
        "The likely reason is the audience's country: {share} of it lives in {market} ({elsewhere}), and people "
        "elsewhere rarely buy."
    ).format(share=words.percent(audience.in_market), market=market, elsewhere=", ".join(elsewhere))


def _funnel_words(case: Case, cause: str) -> tuple[str, ...]:
    """Whether it was luck: the deciding stages that left what luck explains, else the stage of what was missed."""
    judged = [stage for stage in case.stages if stage.judged is not Judged.NOT_MEASURED]
    if not judged:
        return (_("We cannot tell whether this was luck: there is no forecast for what was measured."),)
    beyond = [stage for stage in judged if stage.judged is Judged.MORE_THAN_LUCK]
    is_miss = cause not in (Cause.NONE, Cause.UNKNOWN)
    deciding = case.shortfalls
    beside = [stage for stage in beyond if stage not in deciding]
    said = _more_than_luck(case, judged, deciding) if deciding else ""
    if not deciding and (is_miss or not beyond):
        said = _within_luck(case, judged, cause)
    return said, _beside_words(case, beside)


def _more_than_luck(case: Case, judged: Sequence[StageResult], beyond: Sequence[StageResult]) -> str:
    before = [words.metric(stage.stage) for stage in judged[: judged.index(beyond[0])]
              if stage.judged is Judged.WITHIN_LUCK][-1:]  # fmt: skip
    stages = "; ".join(stage_words(stage, case.currency) for stage in beyond)
    said = _("More than luck: {stages}.").format(stages=stages)
    if not before:
        return said
    expected = _("{before} came as expected.").format(before=words.capitalized(before[0]))
    return f"{said} {expected}"


def _within_luck(case: Case, judged: Sequence[StageResult], cause: str) -> str:
    missed = _stage_of_miss(case, judged)
    if cause == Cause.COUNTRY:
        text = _("The forecast already allowed for that, and luck explains the rest: {stage}.")
    elif cause == Cause.TARGET:
        text = _("The result was to be expected: {stage}.")
    elif missed and cause == Cause.BRAND:
        text = _("Luck alone could explain the miss too: {stage}.")
    elif missed:
        text = _("Luck explains the miss: {stage}.")
    elif cause in (Cause.NONE, Cause.UNKNOWN):
        text = _("Luck explains every stage; the furthest off: {stage}.")
    else:
        return ""
    shown = missed or min(judged, key=lambda stage: stage.chance_by_luck or 0.0)
    return text.format(stage=stage_words(shown, case.currency))


def _beside_words(case: Case, beside: Sequence[StageResult]) -> str:
    """Stages beyond luck that decide nothing: no missed target hangs on them, or no target of theirs was agreed."""
    if not beside:
        return ""
    text = _("Also unusual, but not part of the verdict: {stages}.")
    return text.format(stages="; ".join(stage_words(stage, case.currency) for stage in beside))


def _stage_of_miss(case: Case, judged: Sequence[StageResult]) -> StageResult | None:
    by_name = {stage.stage: stage for stage in judged}
    return next((by_name[stage_of(p)] for p, _actual in case.missed if stage_of(p) in by_name), None)


def stage_words(stage: StageResult, currency: str | None) -> str:
    """The result of a stage, what was expected, and the chance of it by luck."""
    actual, low, high = (words.measure(stage.stage, value, currency) for value in (stage.actual, stage.p10, stage.p90))
    expected = words.expected(stage.stage, stage.mean, currency)
    text = (
        _("{metric} {came}, expected {expected} from these {given} (likely {low} to {high}; {chance} likely by luck)")
        if stage.given
        else _("{metric} {came}, expected {expected} (likely {low} to {high}; {chance} likely by luck)")
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
        "missing": words.listing(missing) or _("a line with a target on each side"),
        "lines": words.listing([promise.label for promise, _actual in case.of_side(Side.CREATOR, False)]),
        "blame": _("No one is to blame: the creator delivered.") if is_delivered else _("No one is to blame."),
        "look": " " + _("First look at {what}.").format(what=_("; then at ").join(causes)) if causes else "",
        **_elsewhere_values(case),
        **_other_values(case.other),
    }
    advice = NEXT.get(case.verdict) or NEXT.get(cause) or (NEXT_WHEN_DELIVERED if is_delivered else NEXT_OTHERWISE)
    step, next_time = (_(text).format(**values) for text in advice)
    return step, next_time


def _other_values(other: Goal | None) -> dict[str, str]:
    """Parts of sentences that name the other goal; empty where the creator's role in this market is not good for it."""
    texts = {
        "if_again": _("; if it misses as well, consider the {other} stage"),
        "or_other": _(", or consider this creator for the {other} stage"),
        "or_consider": _(", or consider for {other}"),
        "or_try": _("; consider the {other} stage"),
        "consider": _("; consider for {other}"),
    }
    return {name: text.format(other=_(other)) if other else "" for name, text in texts.items()}


def _elsewhere_values(case: Case) -> dict[str, str]:
    """Parts of sentences on the country: the fact, and what to consider instead."""
    audience, market, other = case.audience, case.agreement.brief.words, case.other
    abroad = _is_abroad(case)
    is_listed = audience is not None and 1 - audience.in_market - audience.unknown > MOST_ELSEWHERE
    facts = _("most of those who were reached live elsewhere")
    if audience and is_listed:
        facts = _("{inside} of the audience lives there").format(inside=words.percent(audience.in_market))
    largest = audience.elsewhere[0] if audience and is_listed and audience.elsewhere else None
    instead = [_("the {other} stage").format(other=_(other))] if other else []
    if largest:
        share, country = words.percent(largest[1]), words.country(largest[0])
        campaign = _("a campaign in {country}, where {share} of the audience lives")
        instead.append(campaign.format(country=country, share=share))
    for_what = _(other) if other else words.country(largest[0]) if largest else ""
    inside = _("Few of those who were reached live in {market}.").format(market=market)
    if audience and is_listed:
        inside = _("{inside} of the audience lives in {market}.").format(
            inside=words.percent(audience.in_market), market=market
        )
    return {
        "facts": facts,
        "instead": _("; consider {what}").format(what=words.listing(instead, "or")) if instead else "",
        "next": _(": consider for {what}").format(what=for_what) if for_what else "",
        "inside": f" {inside}" if abroad else "",
    }
