"""Type money, counts and rates into a partnership: read as people write them, and never emptied or guessed at.

What cannot be read stays in its field, and the reason stands below it.
"""

from collections.abc import Callable
from typing import Any

from fit.locale import _, voice
from fit.metrics import Unit
from fit.text import words
from pages.ui.partnership.fields import text_line
from pages.ui.review.typed_figures import has_three_decimals, typed_figure

LONGEST_FIGURE = 40  # characters
EXAMPLE, PERCENT_EXAMPLE = 1_800, 0.05


def figure_field(
    key: str,
    label: str,
    value: float | None,
    write: Callable[[float | None, str], object],
    unit: Unit | None,
    currency: str | None = None,
    *,
    is_above_zero: bool = False,
    **others: Any,
) -> None:
    """A number of the agreement, None while it is open. write: takes the number and the currency typed beside it, ""
    for none; unit: None for a metric of their own; a rate is typed in percent; currency: that an amount has to be in.
    """

    def read(text: str) -> tuple[float | None, str]:
        return typed_figure(text, unit, currency) or (None, "")

    def refused(text: str) -> str:
        return refusal(text, unit, currency, is_above_zero=is_above_zero)

    text_line(
        key, label, "" if value is None else as_typed(value, unit), lambda text: write(*read(text)),
        most=LONGEST_FIGURE, refuses=refused, **others,
    )  # fmt: skip


def refusal(text: str, unit: Unit | None, currency: str | None, *, is_above_zero: bool) -> str:
    """Why a typed number is not saved: what was found and what is needed; "" for one that is, and for none."""
    found = typed_figure(text, unit, currency) if text.strip() else (None, "")
    if found is not None and (found[0] is None or not (is_above_zero and found[0] == 0)):
        return ""
    needed = _needed(unit, currency)
    example = words.percent(PERCENT_EXAMPLE) if unit is Unit.RATE else words.count(EXAMPLE)
    sentence = _('Not saved: "{text}" was found; {needed} above 0 is needed, such as {example}.')
    if not is_above_zero:
        sentence = _('Not saved: "{text}" was found; {needed} is needed, such as {example}.')
    return sentence.format(text=text.strip(), needed=needed, example=example)


def _needed(unit: Unit | None, currency: str | None) -> str:
    match unit:
        case Unit.COUNT:
            return _("a whole number")
        case Unit.RATE:
            return _("a percentage from 0 to 100")
        case Unit.AMOUNT:
            return _("an amount in {currency}").format(currency=currency) if currency else _("an amount")
        case _other:
            return _("a number")


def as_typed(value: float, unit: Unit | None) -> str:
    """A number as somebody would type it, so that it is read back as the same."""
    text = f"{100 * value:.10g}" if unit is Unit.RATE else f"{value:.15g}"
    text = f"{text}0" if has_three_decimals(text, unit) else text
    return text.replace(".", voice().decimal)
