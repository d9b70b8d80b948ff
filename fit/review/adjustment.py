"""Was the line crossed at which both sides agreed to talk?

The threshold is what people wrote: "clicks under half of target after 7 days". What can be read by rule is checked,
anything else is given back to be checked by hand; nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from fit.agreement import TargetLine
from fit.locale import _
from fit.metrics import METRICS
from fit.text import plain, words

CROSSED, NOT_CROSSED, BY_HAND = "crossed", "not crossed", "check by hand"
PARTS = {
    "half": 1 / 2, "a half": 1 / 2, "one half": 1 / 2, "a third": 1 / 3, "one third": 1 / 3, "third": 1 / 3,
    "two thirds": 2 / 3, "a quarter": 1 / 4, "one quarter": 1 / 4, "quarter": 1 / 4, "three quarters": 3 / 4,
    "a tenth": 1 / 10,
}  # fmt: skip
UNDER = ("under", "below", "less than", "fewer than", "lower than", "<")
OVER = ("over", "above", "more than", "higher than", ">")
DAYS = {"day": 1, "days": 1, "week": 7, "weeks": 7}

_PART = "|".join(sorted(PARTS, key=len, reverse=True))
_THRESHOLD = re.compile(
    rf"^(?:if |when )?(?:the )?(?P<metric>.+?) (?:is |are |stay |stays |fall |falls |remain |remains )?"
    rf"(?P<way>{'|'.join((*UNDER, *OVER))}) ?"
    rf"(?:(?P<part>{_PART})|(?P<percent>\d+(?:\.\d+)?) ?(?:%|percent)|(?P<number>\d[\d,]*(?:\.\d+)?))"
    rf"(?P<of> of (?:the |its |our )?targets?)?(?: (?:the |its )?target)?"
    rf"(?: (?:after|by|within|on)(?: day)? (?P<count>\d+) ?(?P<unit>days?|weeks?)?)?$"
)


@dataclass(frozen=True)
class Threshold:
    """A threshold that could be read. part: of the target, else value: a limit by itself. days: None if none named."""

    metric: str
    is_under: bool
    part: float | None
    value: float | None
    days: int | None


@dataclass(frozen=True)
class Crossing:
    """Whether the threshold was crossed: CROSSED, NOT_CROSSED or BY_HAND, and why in a sentence."""

    status: str
    sentence: str


def read_threshold(text: str) -> Threshold | None:
    """Read a threshold; None where it says more, or something else, than a rule can know."""
    found = _THRESHOLD.match(" ".join(text.lower().replace("\u00a0", " ").rstrip(" .").split()))
    name = _metric(found["metric"]) if found else None
    if name is None:
        return None
    part = PARTS.get(found["part"]) if found["part"] else None
    percent, is_rate = found["percent"], METRICS[name].unit == "rate"
    value = float(found["number"].replace(",", "")) if found["number"] else None
    if percent and (found["of"] or not is_rate):
        part = float(percent) / 100
    elif percent:
        value = float(percent) / 100
    if found["number"] and found["of"]:
        return None  # "under 3 of target" says nothing
    days = int(found["count"]) * DAYS[found["unit"] or "days"] if found["count"] else None
    return Threshold(name, found["way"] in UNDER, part, value, days)


def crossing(
    text: str, promises: Mapping[str, TargetLine], actuals: Mapping[str, float], currency: str | None
) -> Crossing | None:
    """Check a threshold against what came; None where none was agreed. promises: the lines by metric."""
    if not text.strip():
        return None
    found = read_threshold(text)
    if found is None:
        said = _('The agreed threshold "{threshold}" cannot be checked by rule.')
        return Crossing(BY_HAND, said.format(threshold=plain(text)))
    limit, label = _limit(found, promises), words.metric(found.metric)
    if limit is None:
        said = _("There is no target of {metric} to check the agreed threshold by.")
        return Crossing(BY_HAND, said.format(metric=label))
    if found.metric not in actuals:
        said = _("The agreed threshold cannot be checked: {metric} not measured.")
        return Crossing(BY_HAND, said.format(metric=label))
    came, is_under = actuals[found.metric], found.is_under
    said = [_compared(found, came, limit, currency)]
    if came < limit if is_under else came > limit:
        return Crossing(CROSSED, said[0])
    if found.days:
        after = words.counted(found.days, "day", "days")
        said.append(_("Whether it was crossed after {days} does not follow from the total.").format(days=after))
    return Crossing(NOT_CROSSED, " ".join(said))


def _compared(found: Threshold, came: float, limit: float, currency: str | None) -> str:
    text = (
        _("{metric}: {came}; the agreed threshold was under {limit}.")
        if found.is_under
        else _("{metric}: {came}; the agreed threshold was over {limit}.")
    )
    said = words.measure(found.metric, limit, currency)
    if found.part is not None:
        said = _("{limit} ({share} of the target)").format(limit=said, share=words.percent(found.part))
    label = words.metric(found.metric)
    return text.format(
        metric=f"{label[:1].upper()}{label[1:]}", came=words.measure(found.metric, came, currency), limit=said
    )


def _limit(found: Threshold, promises: Mapping[str, TargetLine]) -> float | None:
    if found.value is not None:
        return found.value
    promise = promises.get(found.metric)
    target = promise.line.target if promise else None
    part = 1.0 if found.part is None else found.part
    return None if target is None else part * target


def _metric(called: str) -> str | None:
    """The metric that these words are, without what stands around it."""
    plain = re.sub(r"^(total|our|your|number of) ", "", called.strip())
    for one in METRICS.values():
        if plain in (one.name, one.name.replace("_", " "), one.label.lower(), *one.aliases):
            return one.name
        if plain in {alias.replace("_", " ") for alias in one.aliases}:
            return one.name
    return None
