"""Compose the charter that both sides sign, and check it before it is saved or signed.

A charter is composed from everything that they wrote: the partnership's goal, three to five metrics, deliverables and
dates, what the brand commits to, what nobody may ask for, and how the two talk when something must change. Its text is
Markdown, the same for the same content and for every reader, and its SHA-256 is what a signature stands for.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from fit.agreement.agreement import Agreement, RedLine, Side, Task
from fit.agreement.alignment import ENOUGH_OVERLAP, RULE, Alignment, align
from fit.agreement.brief import UNSAID, TwoSided, agreement_json, lines_json, two_sided
from fit.agreement.creator_context import CreatorContext
from fit.agreement.disclosure import NOT_ADVICE, Disclosure, disclosure_notes
from fit.agreement.file import entry_fields
from fit.agreement.rule import rule_words
from fit.locale import ENGLISH, _, speaking
from fit.text import Document, Part, Points, Table, Text, Tone, as_markdown, plain, words

FEWEST_METRICS, MOST_METRICS = 3, 5  # a rule of practice: fewer say too little, more are not looked at


@dataclass(frozen=True)
class Charter:
    """A composed charter. despite: why both go on although the alignment is under the rule of practice."""

    brief: TwoSided
    alignment: Alignment
    disclosure: Disclosure
    despite: str | None

    @property
    def agreement(self) -> Agreement:
        """The agreement with what the data filled in."""
        return self.brief.agreement

    @property
    def text(self) -> str:
        """What both sign: English Markdown without date and signatures: the same content is the same text."""
        with speaking(ENGLISH):
            return as_markdown(charter_document(self))

    @property
    def sha256(self) -> str:
        """The hash of the text, in hexadecimal."""
        return hash_of(self.text)


def hash_of(text: str) -> str:
    """SHA-256 of a text in UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def compose(agreement: Agreement, context: CreatorContext, despite: str | None = None) -> Charter:
    """Compose a charter of an agreement whose metric names are those of the library."""
    with speaking(ENGLISH):
        notes = disclosure_notes(dict(agreement.markets), context.shares, agreement.cost, agreement.currency)
    return Charter(two_sided(agreement, context), align(agreement), notes, (despite or "").strip() or None)


def refusals(agreement: Agreement, despite: str | None = None) -> list[str]:
    """Why a charter of this agreement may not be saved, a sentence each with what to do; empty where it may.

    despite: a reason to go on under the average that the rule of practice asks for; it excuses nothing else.
    """
    count, alignment, reasons = len(agreement.metrics), align(agreement), date_problems(agreement)
    if not FEWEST_METRICS <= count <= MOST_METRICS:
        few = _("The charter names {metrics}; it needs {least} to {most} (a rule of thumb). Add what is missing.")
        many = _("The charter names {metrics}; it needs {least} to {most} (a rule of thumb). Keep those that matter.")
        metrics = words.counted(count, "metric", "metrics")
        text = few if count < FEWEST_METRICS else many
        reasons.append(text.format(metrics=metrics, least=FEWEST_METRICS, most=MOST_METRICS))
    reasons += alignment.missing
    reasons += [] if (despite or "").strip() else alignment.under_the_rule
    return reasons + list(alignment.nothing_shared)


def date_problems(agreement: Agreement) -> list[str]:
    """What cannot be meant about the dates, a sentence each."""
    if agreement.start and agreement.end and agreement.end < agreement.start:
        sentence = _("The campaign ends on {end}, before it starts on {start}. Exchange or correct the two days.")
        return [sentence.format(end=words.day(agreement.end), start=words.day(agreement.start))]
    return []


def charter_document(charter: Charter) -> Document:
    """The charter as a document; as Markdown it is the text that is signed."""
    agreement, context = charter.agreement, charter.brief.context
    parts = (
        Part("What success means to both", _success(charter)),
        Part("Deliverables and dates", _work(agreement)),
        Part("What the brand and the creator commit to", (_tasks(agreement.commitments),)),
        Part("Red lines", _red_lines(charter)),
        Part("When something must change", _adjustment(agreement)),
        Part("How far the goals meet", (Text(_alignment_words(charter)), *_trade_offs(agreement))),
        Part("Showing that it is advertising", _disclosure_notes(charter.disclosure)),
    )
    return Document(
        "Partnership charter",
        words.capitalized(plain(agreement.partnership_goal)) or f"Partnership with {context.creator_name}",
        _lead(agreement, context),
        parts,
        context.imprint,
        context.is_demo,
    )


def charter_json(charter: Charter, name: str | None = None) -> dict[str, object]:
    """The charter as plain values."""
    alignment, context = charter.alignment, charter.brief.context
    return {
        "name": name,
        "sha256": charter.sha256,
        "text": charter.text,
        "generation": context.generation,
        "demo": context.is_demo,
        "creator_name": context.creator_name,
        "agreement": agreement_json(charter.agreement, for_both=True),
        "metrics": lines_json(charter.brief.promises),
        "alignment": {
            "average": alignment.average,
            "enough": ENOUGH_OVERLAP,
            "rows": [{"overlap": row.overlap, "apart": row.apart} | vars(row.need) for row in alignment.rows],
            "shared_metrics": [line.name for line in alignment.shared],
        },
        "red_line_crossings": [
            {"red_line": entry_fields(line.red_line), "clause": line.clause, "reason": line.reason}
            for line in alignment.crossings
        ],
        "red_lines_to_check": [entry_fields(line.red_line) for line in alignment.by_hand],
        "disclosure": {
            "not_legal_advice": NOT_ADVICE,
            "notes": [vars(note) for note in charter.disclosure.notes],
            "said": list(charter.disclosure.remarks),
        },
        "despite": charter.despite,
        "warnings": list(charter.brief.warnings),
    }


def _lead(agreement: Agreement, context: CreatorContext) -> str:
    lead = f"The brand and {context.creator_name} work together for people in {agreement.brief.words}"
    if agreement.start and agreement.end:
        lead += f", from {words.day(agreement.start)} to {words.day(agreement.end)}"
    goal = f" The brand's own goal behind it: {agreement.brand_goal.rstrip('.')}." if agreement.brand_goal else ""
    return f"{lead}.{goal}"


def _success(charter: Charter) -> tuple[Table | Text, ...]:
    currency = charter.agreement.currency
    rows = tuple(
        (
            promise.label + (" (matters to both)" if promise.line.is_shared else ""),
            {Side.CREATOR: "creator delivers", Side.BRAND: "brand expects"}[promise.line.side],
            promise.target_words(currency),
            promise.metric.measured if promise.metric else promise.definition,
            promise.chance_words,
        )
        for promise in charter.brief.promises
    )
    table = Table(("Metric", "Whose", "Target", "How it is measured", "Chance when written"), rows, wide=3)
    unmeasured = charter.brief.context.unmeasured
    return (table, Text(unmeasured)) if unmeasured else (table,)


def _work(agreement: Agreement) -> tuple[Points, ...]:
    terms = [f"{item.count} x {item.kind}" for item in agreement.deliverables] or [f"Deliverables: {UNSAID}"]
    if agreement.start and agreement.end:
        terms.append(f"From {words.day(agreement.start)} to {words.day(agreement.end)}")
    else:
        terms.append(f"Dates: {UNSAID}")
    if agreement.cost is not None:
        terms.append(f"For {words.amount(agreement.cost, agreement.currency)} all together")
    if agreement.attribution_window_days is not None:
        days = words.counted(agreement.attribution_window_days, "day", "days")
        terms.append(f"A sale counts for {days} after the click")
    return (Points((" · ".join(terms),)),)


def _tasks(tasks: Sequence[Task]) -> Table | Text:
    if not tasks:
        return Text(UNSAID)
    rows = tuple((task.owner, task.text, words.day(task.due) if task.due else "no day set") for task in tasks)
    return Table(("Who", "What", "Until"), rows, wide=1)


def _red_lines(charter: Charter) -> tuple[Points | Text, ...]:
    lines = charter.agreement.red_lines
    if not lines:
        return (Text(UNSAID),)
    points = Points(tuple(_red_line_words(line, charter.agreement.currency) for line in lines))
    warnings = [
        f'"{line.clause}" crosses "{line.red_line.text}". {line.reason}' for line in charter.alignment.crossings
    ]
    return (points, *(Text(text, Tone.WARNING) for text in warnings))


def _red_line_words(line: RedLine, currency: str | None) -> str:
    text = f"{line.side.capitalize()}: {line.text}"
    return f"{text} (checked: {rule_words(line.rule, currency)})" if line.rule else text


def _adjustment(agreement: Agreement) -> tuple[Text, ...]:
    protocol = agreement.adjustment
    if not protocol.threshold and protocol.rule is None:
        return (Text(UNSAID),)
    days = (
        words.counted(protocol.within_days, "day", "days")
        if protocol.within_days is not None
        else "a time to be agreed"
    )
    contact = protocol.contact or "a person to be named"
    text = f"Threshold: {protocol.threshold.rstrip('.')}. " if protocol.threshold else ""
    if protocol.rule is None:
        text += f"Then {contact}"
    else:
        text += f"What is checked: {rule_words(protocol.rule, agreement.currency)}. Where it does not hold, {contact}"
    text += f" and the other side talk within {days}. A missed number is something to talk about, not a failure."
    return (Text(text),)


def _alignment_words(charter: Charter) -> str:
    alignment = charter.alignment
    if alignment.average is None:
        return UNSAID
    count = words.counted(len(alignment.rows), "pair", "pairs")
    text = f"Both sides rated {count} of needs: {alignment.average:.3g} of 5 on average ({ENOUGH_OVERLAP} is {RULE})."
    return f"{text} Both go on despite it: {charter.despite}" if charter.despite else text


def _trade_offs(agreement: Agreement) -> tuple[Points, ...]:
    points = [f"Trade-off: {text}" for text in agreement.trade_offs]
    points += [f"The creator knows: {insight.text}" for insight in agreement.insights]
    present = words.listing(list(agreement.present))
    points += [f"Present when the goals were set: {present}"] if present else []
    return (Points(tuple(points)),) if points else ()


def _disclosure_notes(disclosure: Disclosure) -> tuple[Points | Text, ...]:
    notes = tuple(f"{n.where}: {n.text} ({n.source}; since {words.day(n.since)})" for n in disclosure.notes)
    remarks = Text(" ".join([NOT_ADVICE, *disclosure.remarks]), Tone.QUIET)
    return (Points(notes), remarks) if notes else (remarks,)
