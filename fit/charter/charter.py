"""Compose the charter that both sides sign, and check it before it is saved or signed.

A charter is composed from everything that they wrote: the parties, what success is to each in its own words, three to
five metrics, deliverables, dates and fee, what both commit to, what nobody may ask for, and how the two talk when
something must change. What is missing is named (completeness.py) and refuses nothing. Its text is Markdown, the same
for the same content and for every reader, and its SHA-256 is what a signature stands for.
"""

import hashlib
from dataclasses import dataclass

from fit.agreement import (
    ENOUGH_OVERLAP,
    RULE,
    UNSAID,
    Agreement,
    Alignment,
    CharterPart,
    CreatorContext,
    Difference,
    RedLine,
    Side,
    TwoSided,
    agreement_json,
    align,
    deliverable_words,
    doubled_lines,
    entry_fields,
    lines_json,
    rule_words,
    two_sided,
    with_forecast_targets,
)
from fit.charter.amendment import changes
from fit.charter.completeness import Missing, missing_parts, own_words
from fit.charter.disclosure import NOT_ADVICE, Disclosure, disclosure_notes
from fit.charter.red_line_clashes import RedLineClash, red_line_clashes
from fit.locale import ENGLISH, _, speaking
from fit.text import Document, Part, Points, Table, Text, Tone, as_markdown, plain, words

FEWEST_METRICS, MOST_METRICS = 3, 5  # a rule of practice: fewer say too little, more are not looked at


@dataclass(frozen=True)
class Charter:
    """A composed charter. despite: why both go on although the alignment is under the rule of practice; changes: what
    differs from the text that was signed before, empty for a first text; missing: what both would want first;
    clashes: what may contradict a red line, to be read by people."""

    brief: TwoSided
    alignment: Alignment
    disclosure: Disclosure
    despite: str | None
    changes: tuple[Difference, ...] = ()
    missing: tuple[Missing, ...] = ()
    clashes: tuple[RedLineClash, ...] = ()

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


def compose(
    agreement: Agreement, context: CreatorContext, despite: str | None = None, before: Agreement | None = None
) -> Charter:
    """Compose a charter of an agreement whose metric names are those of the library.

    before: what was signed before, for an amendment.
    """
    with speaking(ENGLISH):
        notes = disclosure_notes(dict(agreement.markets), context.shares, agreement.cost, agreement.currency)
        now = with_forecast_targets(agreement.for_both, context.frozen)
        changed = changes(before, now) if before else ()
        found = missing_parts(agreement), red_line_clashes(agreement)
    brief = two_sided(agreement, context)
    return Charter(brief, align(agreement), notes, (despite or "").strip() or None, changed, *found)


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
    doubled = _("There are two lines for {metric}, so one result could meet the one and miss the other. Keep one.")
    reasons += [doubled.format(metric=metric) for metric in doubled_lines(agreement.metrics)]
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
        *_amendment(charter),
        Part("Who agrees", _parties(agreement, context)),
        Part("What success is, in both sides' words", _own_words(agreement)),
        Part("What success means to both", _success(charter)),
        Part("Deliverables, dates and fee", _work(agreement)),
        Part("What the brand and the creator commit to", _commitments(agreement)),
        Part("Red lines", _red_lines(charter)),
        Part("When something must change", _adjustment(agreement)),
        Part("How far the goals meet", (Text(_alignment_words(charter)), *_trade_offs(agreement))),
        Part("Showing that it is advertising", _disclosure_notes(charter.disclosure)),
    )
    return Document(
        "Partnership charter",
        words.capitalized(plain(agreement.partnership_goal)) or f"Partnership with {_creator(agreement, context)}",
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
        "red_line_clashes": [
            {"red_line": entry_fields(clash.red_line), "text": clash.text, "place": clash.place, "answer": clash.answer}
            for clash in charter.clashes
        ],
        "missing": [missing.sentence for missing in charter.missing],
        "changes": [vars(change) for change in charter.changes],
        "red_lines_to_check": [entry_fields(line.red_line) for line in alignment.by_hand],
        "disclosure": {
            "not_legal_advice": NOT_ADVICE,
            "notes": [vars(note) for note in charter.disclosure.notes],
            "said": list(charter.disclosure.remarks),
        },
        "despite": charter.despite,
        "warnings": list(charter.brief.warnings),
    }


def _creator(agreement: Agreement, context: CreatorContext) -> str:
    return agreement.creator_name or context.creator_name


def _lead(agreement: Agreement, context: CreatorContext) -> str:
    brand, creator = agreement.brand_name or "The brand", _creator(agreement, context)
    lead = f"{brand} and {creator} work together for people in {agreement.brief.words}"
    if agreement.start and agreement.end:
        lead += f", from {words.day(agreement.start)} to {words.day(agreement.end)}"
    goal = f" The brand's own goal behind it: {agreement.brand_goal.rstrip('.')}." if agreement.brand_goal else ""
    return f"{lead}.{goal}"


def _amendment(charter: Charter) -> tuple[Part, ...]:
    if not charter.changes:
        return ()
    rows = tuple((change.what, change.before, change.now) for change in charter.changes)
    return (Part("What this amendment changes", (Table(("What", "Signed before", "From now on"), rows, wide=2),)),)


def _unsaid(agreement: Agreement, part: CharterPart) -> str:
    """What stands in the place of a part that nobody wrote."""
    reason = agreement.reason_left_out(part)
    return f"Left out: {reason.rstrip('.')}." if reason else UNSAID


def _parties(agreement: Agreement, context: CreatorContext) -> tuple[Points]:
    reason = agreement.reason_left_out(CharterPart.PARTIES)
    unsaid = f"left out ({reason.rstrip('.')})" if reason else "not written down yet"
    brand = f"Brand: {agreement.brand_name or unsaid}; whom to ask: {agreement.brand_contact or unsaid}"
    platform = words.platform(agreement.platform) if agreement.platform else unsaid
    creator = f"Creator: {_creator(agreement, context)}; platform: {platform}"
    return (Points((brand, creator)),)


def _own_words(agreement: Agreement) -> tuple[Points]:
    unsaid = _unsaid(agreement, CharterPart.OWN_WORDS)
    own = {"The brand": own_words(agreement, Side.BRAND), "The creator": own_words(agreement, Side.CREATOR)}
    return (Points(tuple(f"{who}: {f'“{plain(text)}”' if text else unsaid}" for who, text in own.items())),)


def _success(charter: Charter) -> tuple[Table | Text, ...]:
    currency = charter.agreement.currency
    rows = tuple(
        (
            promise.full_label + (" (matters to both)" if promise.line.is_shared else ""),
            {Side.CREATOR: "creator delivers", Side.BRAND: "brand expects"}[promise.line.side],
            promise.target_words(currency),
            promise.metric.measured if promise.metric else promise.definition,
            promise.chance_words,
        )
        for promise in charter.brief.promises
    )
    table = Table(("Metric", "Whose", "Target", "How it is measured", "Chance when written"), rows, wide=3)
    caveat = charter.brief.context.caveat
    beyond = tuple(Text(promise.not_in_hand) for promise in charter.brief.promises if promise.not_in_hand)
    return (table, *beyond, *((Text(caveat),) if caveat else ()))


def _work(agreement: Agreement) -> tuple[Points, ...]:
    unsaid = _unsaid(agreement, CharterPart.DELIVERABLES)
    pieces = words.listing([deliverable_words(item) for item in agreement.deliverables])
    terms = [pieces or f"Deliverables: {unsaid}"]
    if agreement.start and agreement.end:
        terms.append(f"From {words.day(agreement.start)} to {words.day(agreement.end)}")
    else:
        terms.append(f"Dates: {_unsaid(agreement, CharterPart.DATES)}")
    if agreement.cost is not None:
        terms.append(f"For {words.price(agreement.cost, agreement.currency)} all together")
    else:
        terms.append(f"Fee: {_unsaid(agreement, CharterPart.FEE)}")
    if agreement.attribution_window_days is not None:
        days = words.counted(agreement.attribution_window_days, "day", "days")
        terms.append(f"A sale counts for {days} after the click")
    return (Points((" · ".join(terms),)),)


def _commitments(agreement: Agreement) -> tuple[Table | Text, ...]:
    rows = tuple(
        (task.owner, task.text, words.day(task.due) if task.due else "no day set") for task in agreement.commitments
    )
    table = (Table(("Who", "What", "Until"), rows, wide=1),) if rows else ()
    silent = {
        "The brand": (Side.BRAND, CharterPart.BRAND_COMMITMENTS),
        "The creator": (Side.CREATOR, CharterPart.CREATOR_COMMITMENTS),
    }
    return table + tuple(
        Text(f"{who}: {_unsaid(agreement, part)}")
        for who, (side, part) in silent.items()
        if not agreement.commitments_of(side)
    )


def _red_lines(charter: Charter) -> tuple[Points | Text, ...]:
    lines = charter.agreement.red_lines
    if not lines:
        return (Text(_unsaid(charter.agreement, CharterPart.RED_LINES)),)
    points = Points(tuple(_red_line_words(line, charter.agreement.currency) for line in lines))
    crossed = [
        (f'"{line.clause}" crosses "{line.red_line.text}". {line.reason}', line.red_line.answer)
        for line in charter.alignment.crossings
    ]
    crossed += [(clash.pair if clash.answer else clash.sentence, clash.answer) for clash in charter.clashes]
    answered = tuple(f"{text} Both agreed: {answer.rstrip('.')}." for text, answer in crossed if answer)
    warnings = tuple(Text(text, Tone.WARNING) for text, answer in crossed if not answer)
    return (points, *((Points(answered),) if answered else ()), *warnings)


def _red_line_words(line: RedLine, currency: str | None) -> str:
    text = f"{line.side.capitalize()}: {line.text}"
    return f"{text} (checked: {rule_words(line.rule, currency)})" if line.rule else text


def _adjustment(agreement: Agreement) -> tuple[Text, ...]:
    protocol = agreement.adjustment
    if not protocol.threshold and protocol.rule is None:
        return (Text(_unsaid(agreement, CharterPart.ADJUSTMENT)),)
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
