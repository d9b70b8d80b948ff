"""Write the brief as the creator reads it: who asks, why this creator, what the audience gets; numbers last and few.

What nobody wrote has no heading. Nothing about the creator is said as an index, and a target that only a forecast knows
is not put to a creator as a wish: it is said once both have signed it.
"""

from dataclasses import replace

from fit.agreement.agreement import Agreement, Side, Task
from fit.agreement.brief import TwoSided, deliverable_words
from fit.agreement.targets import TargetLine
from fit.locale import _
from fit.text import Document, Part, Points, Table, Text, plain, words

MOST_NUMBERS = 5  # as many as a charter takes; those that matter to both first


def creator_document(brief: TwoSided) -> Document:
    """The brief as the creator reads it."""
    agreement = brief.agreement
    parts = [
        _part(_("Who writes"), _sender(agreement)),
        _part(_("Why you"), [agreement.reason or ""]),
        _part(_("What your audience gets"), [agreement.audience_benefit or ""]),
        _points(_("What we ask for"), _asked(agreement)),
        _points(_("What we commit to"), [_task(task) for task in agreement.commitments_of(Side.BRAND)]),
        _points(_("Your red lines, which we respect"), _red_lines(agreement, Side.CREATOR)),
        _points(_("What matters to us"), _red_lines(agreement, Side.BRAND)),
        _part(_("If something must change"), _adjustment(agreement)),
        _numbers(brief),
        _part(_("Your turn"), [_("What would feel like a success to you, and what will you not compromise on?")]),
    ]
    name = agreement.creator_name or brief.context.creator_name
    written = _("Written on {day}.").format(day=words.day(brief.context.made_on))
    promise = _("A number that is missed is something to talk about, not a failure.")
    return Document(
        _("Campaign brief"), _("An idea for {name}").format(name=name), agreement.story or "",
        tuple(filter(None, parts)), f"{written} {promise}", brief.context.is_demo,
    )  # fmt: skip


def _part(title: str, texts: list[str]) -> Part | None:
    blocks = tuple(Text(text) for text in texts if text)
    return Part(title, blocks) if blocks else None


def _points(title: str, items: list[str]) -> Part | None:
    return Part(title, (Points(tuple(items)),)) if items else None


def _sender(agreement: Agreement) -> list[str]:
    sentences = []
    if agreement.brand_name:
        sentences.append(_("{brand} would like to work with you.").format(brand=plain(agreement.brand_name)))
    if agreement.brand_contact:
        sentences.append(_("Whom to ask: {contact}.").format(contact=plain(agreement.brand_contact).rstrip(".")))
    return [" ".join(sentences)]


def _asked(agreement: Agreement) -> list[str]:
    found = []
    if agreement.deliverables:
        pieces = words.listing([deliverable_words(item) for item in agreement.deliverables])
        on = _("{pieces} on {platform}").format(pieces=pieces, platform=words.platform(plain(agreement.platform or "")))
        found.append(on if agreement.platform else pieces)
    if agreement.start and agreement.end:
        first, last = words.day(agreement.start), words.day(agreement.end)
        found.append(_("From {first} to {last}").format(first=first, last=last))
    if agreement.cost is not None:
        fee = words.price(agreement.cost, agreement.currency)
        found.append(_("Fee: {amount}, all together").format(amount=fee))
    return found


def _task(task: Task) -> str:
    return _("{task} (by {day})").format(task=task.text, day=words.day(task.due)) if task.due else task.text


def _red_lines(agreement: Agreement, side: Side) -> list[str]:
    agreed = _("{line} (we agreed: {answer})")
    return [
        agreed.format(line=line.text, answer=line.answer) if line.answer else line.text
        for line in agreement.red_lines
        if line.side == side
    ]


def _adjustment(agreement: Agreement) -> list[str]:
    protocol = agreement.adjustment
    if not protocol.contact or protocol.within_days is None:
        return []
    text = _("You and {contact} talk within {days}, before anybody decides anything.")
    days = words.counted(protocol.within_days, "day", "days")
    return [text.format(contact=plain(protocol.contact), days=days)]


def _numbers(brief: TwoSided) -> Part | None:
    """What both would look at, in the creator's words: what matters to both first, then the creator's, then ours."""
    wanted = sorted(brief.promises, key=lambda line: (not line.line.is_shared, line.line.side != Side.CREATOR))
    rows = tuple(_number(promise, brief) for promise in wanted[:MOST_NUMBERS])
    if not rows:
        return None
    head = (_("What it is about"), _("Whose it is"), _("A success would be"))
    beyond = tuple(Text(promise.not_in_your_hand) for promise in wanted[:MOST_NUMBERS] if promise.not_in_your_hand)
    return Part(_("The numbers we would look at together"), (Table(head, rows), *beyond))


def _number(promise: TargetLine, brief: TwoSided) -> tuple[str, str, str]:
    whose = _("yours") if promise.line.side == Side.CREATOR else _("ours")
    line_text = _("{label}: {target}").format(
        label=words.capitalized(promise.full_label), target=_target(promise, brief)
    )
    return promise.creator_words or promise.definition, whose, line_text


def _target(promise: TargetLine, brief: TwoSided) -> str:
    """As both signed it, else as somebody wrote it: a forecast is no wish of anybody's."""
    line, agreed = promise.line, brief.agreed
    signed = (
        [
            metric_line
            for metric_line in agreed.metrics
            if (metric_line.name, metric_line.side) == (line.name, line.side)
        ]
        if agreed
        else []
    )
    if agreed and signed and signed[0].target is not None:
        return replace(promise, line=signed[0]).target_words(agreed.currency)
    if promise.is_filled or line.target is None:
        return _("to be agreed with you")
    return promise.target_words(brief.agreement.currency)
