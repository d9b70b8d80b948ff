"""Write a review as a document: the verdict, both sides' lines, the stages, commitments and notes."""

from collections.abc import Sequence

from fit.agreement import RedLine, RuleCheck, Side, Status
from fit.locale import _, phrase
from fit.review.case import Cause, Verdict
from fit.review.reasons import value_words
from fit.review.review import CommitmentResult, ResultLine, Review
from fit.review.significance import Judged, StageResult
from fit.review.tracking import scale_ticks, stage_sentence, standings, tracking_finding
from fit.text import Document, Intervals, Mark, Part, Points, Table, Text, Tick, Tone, plain, words

TITLES = {
    Verdict.BOTH_HIT: phrase("Both sides hit"),
    Verdict.BRAND_MISSED: phrase("The creator hit, the brand missed"),
    Verdict.CREATOR_MISSED: phrase("The creator missed, the brand hit"),
    Verdict.BOTH_MISSED: phrase("Both sides missed"),
    Verdict.NOT_MEASURED: phrase("Too little was measured for a verdict"),
}
JUDGED = {
    Judged.WITHIN_LUCK: phrase("within luck"),
    Judged.MORE_THAN_LUCK: phrase("more than luck"),
    Judged.NOT_MEASURED: phrase("not measured"),
}
UNSAID = phrase("Nothing was written down.")


def title(review: Review) -> str:
    """The verdict as a heading; what the brand did not keep stands in it."""
    verdict = _(TITLES[review.verdict])
    if review.diagnosis.cause == Cause.BRAND:
        return _("{verdict}; the brand did not keep its own promise").format(verdict=verdict)
    return verdict


def protocol_words(review: Review) -> str:
    """What both agreed to do when the threshold is crossed; empty where nothing was agreed."""
    protocol = review.agreement.adjustment
    if protocol.contact and protocol.within_days is not None:
        return _("Agreed: talk to {contact} within {days}.").format(
            contact=plain(protocol.contact), days=words.counted(protocol.within_days, "day", "days")
        )
    return _("Agreed: talk to {contact}.").format(contact=plain(protocol.contact)) if protocol.contact else ""


def review_as_document(review: Review, creator_name: str, called: str | None = None) -> Document:
    """The review as a document, the same on every day. creator_name: not yet safe to show; called: what the partnership
    is called, where that is not the name that it is saved under."""
    threshold = review.threshold
    protocol, red_lines = [], []
    if threshold:
        sentence = " ".join(filter(None, (threshold.sentence, protocol_words(review))))
        protocol = [Part(_("Threshold for a talk"), (Text(sentence, _tone(threshold)),))]
    if review.red_lines:
        lines = tuple(Text(red_line_words(line, check), _tone(check)) for line, check in review.red_lines)
        red_lines = [Part(_("Red lines with a rule"), lines)]
    next_time = Text(_("Next time: {line}").format(line=review.next_time), Tone.WARNING)
    why = (Points(review.diagnosis.reasons), Text(review.diagnosis.next_step), next_time)
    parts = [
        *protocol,
        *red_lines,
        Part(_("Why, and what next"), why),
        *(part for side in Side if (part := _side(review, side))),
        Part(_("Stage by stage"), _stages(review)),
        Part(_("What both promised to do"), (_commitments(review.talk.commitments),)),
        Part(_("Notes of the talk"), (Text(review.talk.notes or _(UNSAID)),)),
        *([Part(_("Outcome"), (Text(review.talk.outcome),))] if review.talk.outcome else []),
        *([Part(_("What could not be judged"), (Points(review.warnings),))] if review.warnings else []),
    ]
    partnership = called or review.charter
    charter = f"{plain(partnership)}: " if partnership else ""
    lead = f"{charter}{plain(creator_name)}, {review.agreement.goal}, {review.agreement.brief.words}"
    is_demo = bool(review.frozen and review.frozen.is_demo)
    return Document(_("Campaign review"), title(review), lead, tuple(parts), review.basis_words, is_demo)


def red_line_words(line: RedLine, check: RuleCheck) -> str:
    """A red line as its side wrote it, and what was measured."""
    side = _("Brand") if line.side == Side.BRAND else _("Creator")
    return _('{side}: "{line}". {check}').format(side=side, line=plain(line.text), check=check.sentence)


def _tone(check: RuleCheck) -> Tone:
    return Tone.WARNING if check.status is Status.CROSSED else Tone.PLAIN


def _side(review: Review, side: Side) -> Part | None:
    lines = review.of_side(side)
    if not lines:
        return None
    head = (_("Metric"), _("Target"), _("Result"), _("Met"), _("Chance beforehand"))
    title = _("Creator target metrics") if side == Side.CREATOR else _("Brand success metrics")
    return Part(title, (Table(head, tuple(line_cells(line, review.currency) for line in lines)),))


def line_cells(line: ResultLine, currency: str | None) -> tuple[str, str, str, str, str]:
    """Metric, target, actual, whether it was met, and the chance that it had."""
    promise = line.promise
    forecast = _("forecast")
    filled = f" ({forecast})" if promise.is_filled else ""
    actual = line.note if line.actual is None else value_words(promise, line.actual, currency)
    met = {True: _("met"), False: _("missed"), None: _("not judged")}[line.hit]
    return (
        promise.label,
        f"{promise.target_words(currency)}{filled}",
        actual or _("not measured"),
        met,
        promise.chance_words if promise.p_hit is None else words.bounded(promise.p_hit),
    )


def _stages(review: Review) -> tuple[Text | Table | Intervals, ...]:
    rows = tuple(stage_cells(stage, review.currency) for stage in review.stages)
    head = (_("Stage"), _("Expected"), _("Result"), _("Chance by luck"), _("Judged"))
    pictures = (_picture(review),) if standings(review.stages) else ()
    order = (Text(review.order_words, Tone.QUIET),) if review.order_words else ()
    return (*pictures, Table(head, rows), Text(scale_words(), Tone.QUIET), *order)


def scale_words() -> str:
    """How the stages are judged."""
    return _(
        "Expected: the likely range (8 times in 10), from the result of the step before. More than luck: if "
        "everything goes as forecast, a result this far off has a chance under 10 %."
    )


def stage_cells(stage: StageResult, currency: str | None) -> tuple[str, str, str, str, str]:
    """Stage, expected interval, actual, chance by luck, and what that says."""
    low, high = (words.measure(stage.stage, value, currency) for value in (stage.p10, stage.p90))
    expected = _("not known") if stage.p10 is None else words.between(low, high)
    actual = _("not measured") if stage.actual is None else words.result(stage.stage, stage.actual, currency)
    chance = "" if stage.chance_by_luck is None else words.bounded(stage.chance_by_luck)
    judged = _("nothing was expected") if stage.actual is not None and stage.p10 is None else _(JUDGED[stage.judged])
    return words.capitalized(words.metric(stage.stage)), expected, actual, chance, judged


def _picture(review: Review) -> Intervals:
    rows = tuple(
        Mark(
            label=words.metric(row.stage.stage),
            at=(row.low, row.middle if row.actual is None else row.actual, row.high),
            value=stage_sentence(row.stage, review.currency),
            measured=row.actual is not None,
        )
        for row in standings(review.stages)
    )
    ticks = tuple(Tick(at, label, at == scale_ticks()[2][0]) for at, label in scale_ticks())
    return Intervals(rows, ticks, f"{tracking_finding(review.stages)}.")


def _commitments(results: Sequence[CommitmentResult]) -> Table | Text:
    if not results:
        return Text(_("No commitment was agreed."))
    fulfilled = {True: _("kept"), False: _("not kept"), None: _("not answered")}
    rows = tuple((result.task.owner, result.task.text, fulfilled[result.was_kept]) for result in results)
    return Table((_("Who"), _("What"), _("Kept")), rows, wide=1)
