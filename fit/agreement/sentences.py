"""What does each page about an agreement say in its first line? Values in, sentences out."""

from __future__ import annotations

from collections.abc import Sequence

from fit.agreement.agreement import Agreement
from fit.agreement.answer_sheet import QUESTIONS, answered
from fit.agreement.targets import DARING, TargetLine
from fit.locale import _
from fit.text import words

Sentences = tuple[str, str]


def brief_verdict(lines: Sequence[TargetLine], who: str) -> Sentences:
    """How likely the lines of a brief are, and what stands behind it."""
    known = [(line, line.p_hit) for line in lines if line.p_hit is not None]
    if not lines:
        return (
            _("Nothing is promised yet"),
            _("Add what {who} will be measured by, and what the brand expects of it.").format(who=who),
        )
    said = words.counted(len(lines), "line", "lines")
    hopes = [line for line, p_hit in known if p_hit < DARING]
    if not known:
        verdict = _("{lines}, and no forecast knows one of them").format(lines=said)
    elif hopes:
        verdict = _("{hopes} of {lines} is a hope: {metrics}").format(
            hopes=words.count(len(hopes)), lines=said, metrics=words.listing([line.label for line in hopes])
        )
    else:
        verdict = _("{lines}, each with a chance of {chance} or more where a forecast knows it").format(
            lines=said, chance=words.percent(min(p_hit for _line, p_hit in known))
        )
    return verdict, _(
        "The creator's lines are what {who} delivers, the brand's lines are what these deliverables are expected to "
        "bring. A target that nobody typed is the middle of the forecast."
    ).format(who=who)


def conversation_verdict(agreement: Agreement, who: str) -> Sentences:
    """Who has answered, and what comes next."""
    counts = {side: answered(agreement, side) for side in ("brand", "creator")}
    of = words.count(len(QUESTIONS))
    said = _("The brand has answered {brand} of {of} questions, {who} {creator} of {of}").format(
        brand=words.count(counts["brand"]), creator=words.count(counts["creator"]), of=of, who=who
    )
    if min(counts.values()) < len(QUESTIONS):
        return said, _(
            "Ask both sides separately, before either sees what the other said: there is usually more overlap than "
            "anybody expected, in other words."
        )
    if agreement.is_co_defined:
        return said, _("Brand and creator were both present when the goals were set: they are co-defined.")
    return said, _("Read both answers side by side, then meet for 30 minutes: brand, creator and a neutral party.")
