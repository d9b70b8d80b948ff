"""Say how every running campaign stands, the one whose weakest target is least likely first.

A campaign runs from the first day of its charter, once both sides have signed its newest text, until its results no
longer count. It is judged on the day of its newest count, for no count says anything of later days.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from fit.agreement import Agreement, FrozenForecast, SavedCharter, locked
from fit.locale import _
from fit.pace.counts import Count, last_day
from fit.pace.pace import Pace, PaceLine, pace_of
from fit.pace.path import PacePath, paths_of
from fit.text import words


@dataclass(frozen=True)
class Running:
    """A campaign whose results come in. counts: that stand; pace: on the day of the newest, without one today."""

    name: str
    agreement: Agreement
    frozen: FrozenForecast
    counts: tuple[Count, ...]
    pace: Pace

    @property
    def weakest(self) -> PaceLine | None:
        """The target with the lowest chance now; None where no forecast knows one."""
        known = [line for line in self.pace.lines if line.p_hit_now is not None]
        return min(known, key=lambda line: line.p_hit_now or 0.0, default=None)

    @property
    def headline(self) -> str:
        """The weakest target with its chance, in one sentence."""
        line = self.weakest
        if line is None or line.p_hit_now is None or line.p_hit_at_signing is None:
            return _("The charter has no target that a forecast knows")
        if not self.counts:
            return _("Nothing counted yet: add the first counts")
        text = _("Weakest target: {metric}, {now} likely to be met ({then} at signing)")
        now, then = words.bounded(line.p_hit_now), words.bounded(line.p_hit_at_signing)
        return text.format(metric=line.label, now=now, then=then)

    @cached_property
    def paths(self) -> tuple[PacePath, ...]:
        """The expected way of every target whose total only grows, beside its counts."""
        return paths_of(self.agreement, self.frozen, self.counts, self.pace)

    @property
    def weakest_words(self) -> str:
        """The chance of the weakest target, now and at signing."""
        line = self.weakest
        if line is None or line.p_hit_now is None or line.p_hit_at_signing is None:
            return _("no forecast")
        now, then = words.bounded(line.p_hit_now), words.bounded(line.p_hit_at_signing)
        return _("{metric}: {now} ({then} at signing)").format(metric=words.capitalized(line.label), now=now, then=then)

    @property
    def as_of(self) -> str:
        """Of which day the counts are, how much is usually in by then, and until when results count."""
        share = words.percent(round(self.pace.expected.counts, 2))
        text = _(
            "Counts of {day}. By then, about {share} of the final counts are usually in; results count until {last}."
        )
        if not self.counts:
            text = _("By {day}, about {share} of the final counts are usually in; results count until {last}.")
        return text.format(day=words.day(self.pace.on), share=share, last=words.day(last_day(self.agreement)))


def signed_text(texts: Sequence[SavedCharter]) -> SavedCharter | None:
    """The text of a charter that counts: the newest that both sides have signed. texts: the first one first."""
    return next((text for text in reversed(texts) if locked(text)), None)


def running(charter: SavedCharter, agreement: Agreement, counts: Sequence[Count], today: date) -> Running | None:
    """One campaign as it stands; None where it does not run or no forecast was frozen with its charter.

    charter: the text that both sides have signed; agreement: of it; counts: that stand.
    """
    if agreement.start is None or agreement.end is None or not charter.forecast:
        return None
    if not agreement.start <= today <= last_day(agreement):
        return None
    frozen = FrozenForecast.from_json(json.loads(charter.forecast))
    # An amendment may have moved the first day: what was counted before it is left out.
    since = tuple(one for one in counts if one.day >= agreement.start)
    on = max((count.day for count in since), default=today)
    return Running(charter.name, agreement, frozen, since, pace_of(agreement, frozen, since, on))


def weakest_first(campaigns: Iterable[Running]) -> list[Running]:
    """Campaigns in the order in which they need somebody: those where a talk is due, then the lowest chance first."""
    return sorted(campaigns, key=_urgency)


def _urgency(one: Running) -> tuple[bool, float, str]:
    chance = one.weakest.p_hit_now if one.weakest else None
    return not one.pace.talk, (2.0 if chance is None else chance), one.name


def pace_columns() -> tuple[str, ...]:
    """The columns of pace_rows."""
    return (
        _("Metric"),
        _("Target"),
        _("So far"),
        _("Expected by then"),
        _("Chance at signing"),
        _("Chance now"),
        _("Likely final result"),
    )


def pace_rows(one: Running) -> list[tuple[str, ...]]:
    """Each target in words, leading indicators first."""
    return [_cells(line, one.agreement.currency) for line in one.pace.lines]


def _cells(line: PaceLine, currency: str | None) -> tuple[str, ...]:
    def value(number: float | None, missing: str) -> str:
        if number is None:
            return missing
        return words.result(line.metric, number, currency)

    def chance(p: float | None) -> str:
        return _("no forecast") if p is None else words.bounded(p)

    final = _("no forecast")
    if line.p10 is not None and line.p90 is not None:
        final = _("{low} to {high}").format(low=value(line.p10, ""), high=value(line.p90, ""))
    is_reached = line.p_hit_now == 1.0 and (line.so_far or 0.0) >= (line.target or 0.0) > 0
    return (
        words.capitalized(line.label),
        value(line.target, _("not set")),
        value(line.so_far, _("not counted")),
        value(line.expected_by_now, _("no forecast")),
        chance(line.p_hit_at_signing),
        _("reached") if is_reached else chance(line.p_hit_now),
        final,
    )
