"""Plan the 30-minute call before the contract: an agenda of steps and questions, with the numbers for each.

Three steps (what the business needs, what the creator can and cares about, where the two meet), then four questions.
What a creator reads on the agenda is what both said and agreed on: no chances, and no advice about booking. The chances
are sentences of their own, for those who ask.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from fit.agreement.agreement import STEPS, Agreement, CallStep, Side
from fit.agreement.alignment import ENOUGH_OVERLAP, Alignment
from fit.agreement.creator_context import CreatorContext
from fit.agreement.rule import rule_words
from fit.agreement.targets import DARING, TargetLine
from fit.locale import _, phrase
from fit.shortlist import geography_verdict
from fit.text import Document, Part, Points, Text, Tone, words

MINUTES = 30
STEP_MINUTES = dict(zip(STEPS, (5, 7, 3), strict=True))
STEP_ASKS = {
    CallStep.BUSINESS_CONTEXT: phrase("The brand: what it needs, why, by when, and what success would unlock."),
    CallStep.CREATOR_CAPACITY: phrase("The creator: what is realistic, what matters, which limits there are."),
    CallStep.NEGOTIATED_OVERLAP: phrase(
        "Together: what does the brand need that the creator can give, and the other way round?"
    ),
}
QUESTIONS = (
    (phrase("What does success look like for the creator?"), 3),
    (phrase("What does success look like for the brand?"), 3),
    (phrase("Where do the two align, and where do they diverge?"), 5),
    (phrase("Where they diverge, what do we do about it?"), 4),
)


@dataclass(frozen=True)
class Item:
    """One item of the agenda. numbers: a sentence each, what lies beside the question."""

    title: str
    asks: str
    minutes: int
    numbers: tuple[str, ...]


def steps(agreement: Agreement, context: CreatorContext | None) -> tuple[Item, ...]:
    """The three steps with what is known for each."""
    known = (_business(agreement), _capacity(agreement, context), ())
    return tuple(
        Item(step, _(STEP_ASKS[step]), STEP_MINUTES[step], tuple(numbers))
        for step, numbers in zip(STEPS, known, strict=True)
    )


def questions(agreement: Agreement, promises: Sequence[TargetLine], alignment: Alignment) -> tuple[Item, ...]:
    """The four questions with the numbers for each."""
    currency = agreement.currency
    known = (
        [_line(promise, currency) for promise in promises if promise.line.side == Side.CREATOR],
        [_line(promise, currency) for promise in promises if promise.line.side == Side.BRAND],
        _meeting(promises, alignment),
        _remedies(agreement, alignment),
    )
    return tuple(
        Item(_(title), "", minutes, tuple(numbers)) for (title, minutes), numbers in zip(QUESTIONS, known, strict=True)
    )


def agenda_document(name: str, steps: Sequence[Item], questions: Sequence[Item], context: CreatorContext) -> Document:
    """The agenda to print: what is asked when, and the numbers beside it."""
    parts = tuple(
        Part(
            f"{words.capitalized(item.title)} ({words.counted(item.minutes, 'minute', 'minutes')})",
            tuple(block for block in (Text(item.asks) if item.asks else None, _points(item)) if block),
        )
        for item in (*steps, *questions)
    )
    lead = _(
        "{minutes} minutes, before the contract: brand, creator and a neutral party. A missed number later is "
        "something to talk about, not a failure."
    ).format(minutes=words.count(MINUTES))
    return Document(_("Planning call"), name, lead, parts, context.imprint, context.is_demo)


def _points(item: Item) -> Points | Text:
    return Points(item.numbers) if item.numbers else Text(_("No numbers here: listen."), Tone.QUIET)


def _business(agreement: Agreement) -> list[str]:
    goal = agreement.brand_goal or _("not written down yet")
    sentences = [_("The brand's goal: {goal}").format(goal=goal)]
    sentences.append(_("For {goal} in {markets}").format(goal=agreement.goal, markets=agreement.brief.words))
    if agreement.start and agreement.end:
        start, end = words.day(agreement.start), words.day(agreement.end)
        sentences.append(_("From {start} to {end}").format(start=start, end=end))
    if agreement.cost is not None:
        sentences.append(_("Fee: {amount}").format(amount=words.price(agreement.cost, agreement.currency)))
    return sentences


def _capacity(agreement: Agreement, context: CreatorContext | None) -> list[str]:
    sentences = []
    if context:
        where, _why = geography_verdict(context.candidate, agreement.brief)
        sentences.append(f"{where}.")
    sentences += [_("The creator knows: {insight}").format(insight=insight.text) for insight in agreement.insights]
    return sentences


def chances(promises: Sequence[TargetLine], currency: str | None) -> tuple[str, ...]:
    """How likely each target is met, a sentence each; first those that are rather a hope."""
    known = [promise for promise in promises if promise.p_hit is not None]
    hope, line = _("Unlikely to be met: {metric}, {target} ({chance})"), _("{metric}: {target}; chance {chance}")
    return tuple(
        (hope if promise.p_hit is not None and promise.p_hit < DARING else line).format(
            metric=promise.label, target=promise.target_words(currency), chance=promise.chance_words
        )
        for promise in sorted(known, key=lambda promise: promise.p_hit is not None and promise.p_hit >= DARING)
    )


def _line(promise: TargetLine, currency: str | None) -> str:
    return _("{metric}: {target}").format(metric=promise.label, target=promise.target_words(currency))


def _meeting(promises: Sequence[TargetLine], alignment: Alignment) -> list[str]:
    sentences = [_("Nobody has rated yet how far the needs meet")]
    if alignment.average is not None:
        text = _("Average overlap {average} of 5; {least} is a rule of thumb")
        sentences = [text.format(average=words.about(alignment.average), least=words.about(ENOUGH_OVERLAP))]
    sentences += [
        _("Seen differently: {brand} / {creator} (brand {brand_rating}, creator {creator_rating})").format(
            brand=row.need.brand_need, creator=row.need.creator_need, brand_rating=row.need.brand_rating,
            creator_rating=row.need.creator_rating,
        )
        for row in alignment.rows
        if row.is_disputed
    ]  # fmt: skip
    if shared := [promise.label for promise in promises if promise.line.is_shared]:
        sentences.append(_("Matters to both: {metrics}").format(metrics=words.listing(shared)))
    else:
        sentences.append(_("No metric matters to both sides yet"))
    return sentences


def _remedies(agreement: Agreement, alignment: Alignment) -> list[str]:
    crossed = _('Red line "{line}" crossed by "{clause}"')
    by_hand = _('Red line to check by hand: "{line}"')
    protocol = agreement.adjustment
    sentences = [crossed.format(clause=line.clause, line=line.red_line.text) for line in alignment.crossings]
    sentences += [by_hand.format(line=line.red_line.text) for line in alignment.by_hand]
    sentences += [_("Trade-off: {text}").format(text=text) for text in agreement.trade_offs]
    if protocol.threshold:
        sentences.append(_("We talk again when: {threshold}").format(threshold=protocol.threshold))
    if protocol.rule:
        rule = rule_words(protocol.rule, agreement.currency)
        sentences.append(_("We talk again unless: {rule}").format(rule=rule))
    return sentences
