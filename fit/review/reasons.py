"""Say in sentences why a campaign came out as it did: sides, lines, stages, broken promises, daring targets."""

from collections.abc import Sequence

from fit.agreement import DARING, Side, TargetLine
from fit.locale import _, phrase
from fit.review.case import Case, Cause, Line, Verdict, stage_of
from fit.review.significance import Judged, StageResult
from fit.text import plain, words

SIDE_WORDS = {Side.CREATOR: phrase("the creator"), Side.BRAND: phrase("the brand")}


def broken_words(case: Case) -> str:
    """What the brand promised and did not do, before any word on the creator."""
    if not case.broken or case.verdict == Verdict.BOTH_HIT:
        return ""
    sentence = words.listing([f"\N{LEFT DOUBLE QUOTATION MARK}{plain(text)}\N{RIGHT DOUBLE QUOTATION MARK}"
                          for text in case.broken])  # fmt: skip
    if len(case.broken) == 1:
        return _("The brand promised {what} and did not do it: look there first.").format(what=sentence)
    return _("The brand promised {what} and did not do them: look there first.").format(what=sentence)


def sides_words(case: Case) -> str:
    """Which side hit and which missed, with the lines and their results; where nothing was measured, that."""
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
    return _("not known") if value is None else words.result(promise.line.name, value, currency)


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


def funnel_words(case: Case, cause: str) -> tuple[str, ...]:
    """Whether it was luck: the deciding stages that left what luck explains, else the stage of what was missed."""
    judged = [stage for stage in case.stages if stage.judged is not Judged.NOT_MEASURED]
    if not judged:
        return (_("We cannot tell whether this was luck: there is no forecast for what was measured."),)
    beyond = [stage for stage in judged if stage.judged is Judged.MORE_THAN_LUCK]
    is_miss = cause not in (Cause.NONE, Cause.UNKNOWN)
    deciding = case.shortfalls
    beside = [stage for stage in beyond if stage not in deciding]
    sentence = _more_than_luck(case, judged, deciding) if deciding else ""
    if not deciding and (is_miss or not beyond):
        sentence = _within_luck(case, judged, cause)
    return sentence, _beside_words(case, beside)


def _more_than_luck(case: Case, judged: Sequence[StageResult], beyond: Sequence[StageResult]) -> str:
    before = [words.metric(stage.stage) for stage in judged[: judged.index(beyond[0])]
              if stage.judged is Judged.WITHIN_LUCK][-1:]  # fmt: skip
    stages = "; ".join(stage_words(stage, case.currency) for stage in beyond)
    sentence = _("More than luck: {stages}.").format(stages=stages)
    if not before:
        return sentence
    expected = _("{before} came as expected.").format(before=words.capitalized(before[0]))
    return f"{sentence} {expected}"


def _within_luck(case: Case, judged: Sequence[StageResult], cause: str) -> str:
    missed = _stage_of_miss(case, judged)
    if cause == Cause.COUNTRY:
        text = _("The forecast already allowed for that, and luck explains the rest: {stage}.")
    elif cause == Cause.TARGET:
        text = _("The result was to be expected: {stage}.")
    elif missed and cause == Cause.BRAND:
        text = _("Luck alone could explain the miss too: {stage}.")
    elif missed:
        text = _("Luck can explain the miss: {stage}.")
    elif cause in (Cause.NONE, Cause.UNKNOWN):
        text = _("Luck can explain every stage; the furthest off: {stage}.")
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
        _("{metric} {came}, expected {expected} from these {given} (likely {low} to {high}; this far off by luck in "
          "{chance} of cases)")
        if stage.given
        else _("{metric} {came}, expected {expected} (likely {low} to {high}; this far off by luck in {chance} of "
               "cases)")
    )  # fmt: skip
    return text.format(
        metric=words.metric(stage.stage), came=actual, expected=expected, low=low, high=high,
        given=words.metric(stage.given) if stage.given else "", chance=words.bounded(stage.chance_by_luck or 0.0),
    )  # fmt: skip


def daring_words(case: Case) -> list[str]:
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
