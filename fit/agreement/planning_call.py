"""What is talked about in the 30 minutes before the contract, and which numbers lie on the table for each question?

Three steps (what the business needs, what the creator can and cares about, where the two meet), then four questions.
The numbers are those of the other pages; nothing is computed anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fit.agreement.agreement import STEPS, Agreement
from fit.agreement.alignment import ENOUGH, Alignment
from fit.agreement.creator_context import CreatorContext
from fit.agreement.rule import rule_words
from fit.agreement.targets import DARING, TargetLine
from fit.locale import _, phrase
from fit.shortlist import geography_verdict, role_verdict
from fit.text import Document, Part, Points, Text, words

MINUTES = 30
STEP_MINUTES = dict(zip(STEPS, (5, 7, 3), strict=True))
STEP_ASKS = {
    "business context": phrase("The brand: what it needs, why, by when, and what success would unlock."),
    "creator capacity": phrase("The creator: what is realistic, what matters, which limits there are."),
    "negotiated overlap": phrase(
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


def steps(agreement: Agreement, grounds: CreatorContext | None) -> tuple[Item, ...]:
    """The three steps with what is known for each."""
    known = (_business(agreement), _capacity(agreement, grounds), ())
    return tuple(
        Item(step, _(STEP_ASKS[step]), STEP_MINUTES[step], tuple(numbers))
        for step, numbers in zip(STEPS, known, strict=True)
    )


def questions(agreement: Agreement, lines: Sequence[TargetLine], found: Alignment) -> tuple[Item, ...]:
    """The four questions with the numbers for each."""
    currency = agreement.currency
    known = (
        [_line(each, currency) for each in lines if each.line.side == "creator"],
        [_line(each, currency) for each in lines if each.line.side == "brand"],
        _meeting(lines, found),
        _remedies(agreement, lines, found),
    )
    return tuple(
        Item(_(title), "", minutes, tuple(numbers)) for (title, minutes), numbers in zip(QUESTIONS, known, strict=True)
    )


def agenda_document(name: str, found: Sequence[Item], asked: Sequence[Item], grounds: CreatorContext) -> Document:
    """The agenda to print: what is asked when, and the numbers beside it."""
    parts = tuple(
        Part(
            f"{item.title[:1].upper()}{item.title[1:]} ({words.counted(item.minutes, 'minute', 'minutes')})",
            tuple(block for block in (Text(item.asks) if item.asks else None, _points(item)) if block),
        )
        for item in (*found, *asked)
    )
    lead = _(
        "{minutes} minutes, before the contract: brand, creator and a neutral party. A missed number later is "
        "something to talk about, not a failure."
    ).format(minutes=words.count(MINUTES))
    return Document(_("Planning call"), name, lead, parts, grounds.imprint, grounds.is_demo)


def _points(item: Item) -> Points | Text:
    return Points(item.numbers) if item.numbers else Text(_("No number belongs here: listen."), "quiet")


def _business(agreement: Agreement) -> list[str]:
    goal = agreement.brand_goal or _("not written down yet")
    said = [_("The brand's goal: {goal}").format(goal=goal)]
    said.append(_("For {goal} in {markets}").format(goal=agreement.goal, markets=agreement.brief.words))
    if agreement.start and agreement.end:
        said.append(_("From {start} to {end}").format(start=words.day(agreement.start), end=words.day(agreement.end)))
    if agreement.cost is not None:
        said.append(_("Budget: {amount}").format(amount=words.amount(agreement.cost, agreement.currency)))
    return said


def _capacity(agreement: Agreement, grounds: CreatorContext | None) -> list[str]:
    said = []
    if grounds:
        where, _why = geography_verdict(grounds.candidate, agreement.brief)
        role, because = role_verdict(grounds.candidate, agreement.brief)
        said += [f"{where}.", f"{role}. {because}"]
    said += [_("The creator knows: {insight}").format(insight=each.text) for each in agreement.insights]
    return said


def _line(each: TargetLine, currency: str | None) -> str:
    return _("{metric}: {target}; chance {chance}").format(
        metric=each.label, target=each.target_words(currency), chance=each.chance_words
    )


def _meeting(lines: Sequence[TargetLine], found: Alignment) -> list[str]:
    if found.average is None:
        said = [_("The alignment matrix is not rated yet")]
    else:
        said = [
            _("Average overlap {average} of 5; {least} is a rule of practice").format(
                average=words.about(found.average), least=words.about(ENOUGH)
            )
        ]
    said += [
        _("Seen differently: {brand} / {creator} (brand {brand_rating}, creator {creator_rating})").format(
            brand=row.need.brand_need, creator=row.need.creator_need, brand_rating=row.need.brand_rating,
            creator_rating=row.need.creator_rating,
        )
        for row in found.rows
        if row.is_disputed
    ]  # fmt: skip
    shared = [each.label for each in lines if each.line.is_shared]
    if shared:
        said.append(_("Matters to both: {metrics}").format(metrics=words.listing(shared)))
    else:
        said.append(_("No metric matters to both sides yet"))
    return said


def _remedies(agreement: Agreement, lines: Sequence[TargetLine], found: Alignment) -> list[str]:
    said = [
        _("A hope, not a target: {metric} (chance {chance})").format(metric=each.label, chance=each.chance_words)
        for each in lines
        if each.p_hit is not None and each.p_hit < DARING
    ]
    said += [
        _('Red line crossed: "{clause}" beside "{line}"').format(clause=each.clause, line=each.red_line.text)
        for each in found.crossings
    ]
    said += [_('Red line to check by hand: "{line}"').format(line=each.red_line.text) for each in found.by_hand]
    said += [_("Trade-off: {text}").format(text=text) for text in agreement.trade_offs]
    if agreement.adjustment.threshold:
        said.append(_("We talk again when: {threshold}").format(threshold=agreement.adjustment.threshold))
    if agreement.adjustment.rule:
        rule = rule_words(agreement.adjustment.rule, agreement.currency)
        said.append(_("We talk again unless: {rule}").format(rule=rule))
    return said
