"""Say what a charter still lacks before both sides would sign it.

Parties, both sides' own words, deliverables, dates, fee, what each side commits to, red lines and how the two talk when
something must change: each is written down, or left out with a reason. A red line that something else in the agreement
crosses has an answer. What is missing is listed; it refuses nothing (charter.py says what is refused).
"""

import re
import unicodedata
from dataclasses import dataclass, replace
from itertools import pairwise

from fit.agreement import FEELS_GOOD, SUCCESS, Agreement, CharterPart, LeftOut, Side, align, answer_of
from fit.charter.red_line_clashes import red_line_clashes
from fit.locale import _
from fit.text import words

# How words about payment begin in English, German, French, Spanish and Italian; "fee" is a word of its own.
PAYMENT = (
    "pay", "paid", "invoice", "zahl", "bezahl", "honorar", "rechnung", "uberweis", "paie", "factur", "pago", "paga",
    "fattur",
)  # fmt: skip
PAID_REACH = ("ad", "media", "promo", "boost", "partnership", "social")  # "paid ads" pay no creator


@dataclass(frozen=True)
class Missing:
    """Something to write down before both would sign, in a sentence. part: None for a red line without an answer."""

    part: CharterPart | None
    sentence: str


def missing_parts(agreement: Agreement) -> tuple[Missing, ...]:
    """Everything that is missing, in the order of the charter; empty where both could sign."""
    parts = [
        Missing(part, sentence)
        for part, sentence in unwritten_parts(agreement).items()
        if not agreement.reason_left_out(part)
    ]
    return (*parts, *(Missing(None, sentence) for sentence in unanswered(agreement)))


def unwritten_parts(agreement: Agreement) -> dict[CharterPart, str]:
    """What every part lacks that is not whole, left out with a reason or not, in the order of the charter."""
    checks = {
        CharterPart.PARTIES: _parties(agreement),
        CharterPart.OWN_WORDS: _own_words(agreement),
        CharterPart.DELIVERABLES: "" if agreement.deliverables else _("No deliverable is named."),
        CharterPart.DATES: "" if agreement.start and agreement.end else _("The first or the last day is open."),
        CharterPart.FEE: "" if agreement.cost is not None and agreement.currency else _("The fee is open."),
        CharterPart.BRAND_COMMITMENTS: ""
        if agreement.commitments_of(Side.BRAND)
        else _("The brand commits to nothing yet: does it promote this itself?"),
        CharterPart.CREATOR_COMMITMENTS: ""
        if agreement.commitments_of(Side.CREATOR)
        else _("The creator commits to nothing yet."),
        CharterPart.RED_LINES: ""
        if agreement.red_lines
        else _("No red line is written down: what will each side not compromise on?"),
        CharterPart.ADJUSTMENT: _adjustment(agreement),
    }
    return {part: sentence for part, sentence in checks.items() if sentence}


def payment_hint(agreement: Agreement) -> str:
    """That nothing says when the fee is paid; "" where something does or there is no fee. It stands against nothing."""
    if not agreement.cost or any(_speaks_of_payment(task.text) for task in agreement.commitments_of(Side.BRAND)):
        return ""
    return _("Nothing says when the fee is paid.")


def _speaks_of_payment(text: str) -> bool:
    letters = unicodedata.normalize("NFKD", text.casefold())
    spoken = re.findall(r"\w+", "".join(letter for letter in letters if not unicodedata.combining(letter)))
    return any(
        word in ("fee", "fees") or (word.startswith(PAYMENT) and not after.startswith(PAID_REACH))
        for word, after in pairwise([*spoken, ""])
    )


def with_reason_left_out(agreement: Agreement, part: CharterPart, reason: str) -> Agreement:
    """The agreement with a part left out for this reason, in the place of an earlier one; "" takes it away."""
    others = tuple(left for left in agreement.left_out if left.part != part)
    new = (LeftOut(part, reason.strip()),) if reason.strip() else ()
    return replace(agreement, left_out=(*others, *new))


def unanswered(agreement: Agreement) -> tuple[str, ...]:
    """Every red line that is crossed, or may be contradicted, without an answer; a sentence each."""
    crossed = _('"{clause}" crosses the red line "{line}", and nobody has written down what holds.')
    sentences = [
        crossed.format(clause=line.clause, line=line.red_line.text)
        for line in align(agreement).crossings
        if not line.red_line.answer
    ]
    return (*sentences, *(clash.sentence for clash in red_line_clashes(agreement) if not clash.answer))


def own_words(agreement: Agreement, side: Side) -> str:
    """What success is to a side, as it said it; "" while it has not."""
    return answer_of(agreement, side, SUCCESS) or answer_of(agreement, side, FEELS_GOOD)


def _parties(agreement: Agreement) -> str:
    named = (
        (agreement.brand_name, _("the brand")),
        (agreement.brand_contact, _("whom to ask at the brand")),
        (agreement.platform, _("the platform")),
    )
    open_ones = [what for value, what in named if not value]
    return _("Not named yet: {parties}.").format(parties=words.listing(open_ones)) if open_ones else ""


def _own_words(agreement: Agreement) -> str:
    names = {Side.BRAND: _("the brand"), Side.CREATOR: _("the creator")}
    silent = [name for side, name in names.items() if not own_words(agreement, side)]
    text = _("Not said in their own words yet what success looks like: {sides}.")
    return text.format(sides=words.listing(silent)) if silent else ""


def _adjustment(agreement: Agreement) -> str:
    protocol = agreement.adjustment
    named = (
        (protocol.threshold or protocol.rule, _("when you talk")),
        (protocol.contact, _("who is asked")),
        (protocol.within_days is not None, _("within how many days")),
    )
    open_ones = [what for value, what in named if not value]
    text = _("When something must change: not written down yet {what}.")
    return text.format(what=words.listing(open_ones)) if open_ones else ""
