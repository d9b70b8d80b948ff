"""Compare how partnerships ended: completion rates with a charter and without, with goals set together or not.

A comparison, not a cause: those who write a charter may differ in more than the charter. Few partnerships say little,
so every rate stands with its 80 % interval (Wilson) and its n.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fit.agreement import WAY, Agreement, Partnership, PartnershipStage
from fit.locale import _
from fit.review.track_record import wilson
from fit.text import words


@dataclass(frozen=True)
class Ending:
    """How one partnership ended. stage: the furthest that it reached. outcome: verdict of its review, "stopped: why",
    or under way. is_completed: None while it is under way. has_charter: a text was saved. is_together: brand and
    creator set the goals together, None where nobody wrote down who was present."""

    name: str
    stage: PartnershipStage
    outcome: str
    is_completed: bool | None
    has_charter: bool
    is_together: bool | None

    @property
    def together_words(self) -> str:
        """Whether goals were set together, in a word."""
        return {True: _("yes"), False: _("no"), None: _("not known")}[self.is_together]


@dataclass(frozen=True)
class Rate:
    """So many of count completed. label: which partnerships."""

    label: str
    completed: int
    count: int

    @property
    def share(self) -> str:
        """The rate in words."""
        return words.percent(self.completed / self.count) if self.count else _("none yet")

    @property
    def interval(self) -> str:
        """Its 80 % interval in words; empty without any."""
        return words.percent_range(*wilson(self.completed / self.count, self.count)) if self.count else ""


def endings(
    partnerships: Sequence[Partnership], agreements: Mapping[str, Agreement], outcomes: Mapping[str, str]
) -> list[Ending]:
    """How each partnership ended. agreements: by name; outcomes: verdict of the last closed review by name."""
    return [
        _ending(partnership, agreements.get(partnership.name), outcomes.get(partnership.name))
        for partnership in partnerships
    ]


def _ending(partnership: Partnership, agreement: Agreement | None, verdict: str | None) -> Ending:
    reached = {stage for stage, _instant in partnership.reached}
    is_reviewed = PartnershipStage.REVIEWED in reached or verdict is not None
    unreviewed = partnership.status if partnership.is_stopped else _("under way")
    return Ending(
        name=partnership.name,
        stage=max(reached, key=WAY.index, default=PartnershipStage.STOPPED),
        outcome=verdict or (str(PartnershipStage.REVIEWED) if is_reviewed else unreviewed),
        is_completed=True if is_reviewed else False if partnership.is_stopped else None,
        has_charter=PartnershipStage.DRAFTED in reached,
        is_together=agreement.is_co_defined if agreement and agreement.present else None,
    )


def completion_rates(ended: Sequence[Ending]) -> tuple[Rate, ...]:
    """Completion rates side by side: charter or none, goals set together or not (unknown is left out)."""
    return (
        _rate(_("with a charter"), [ending for ending in ended if ending.has_charter]),
        _rate(_("without a charter"), [ending for ending in ended if not ending.has_charter]),
        _rate(
            _("goals set with brand and creator present"), [ending for ending in ended if ending.is_together is True]
        ),
        _rate(_("goals set without one of them"), [ending for ending in ended if ending.is_together is False]),
    )


def _rate(label: str, group: Sequence[Ending]) -> Rate:
    completed = [ending.is_completed for ending in group if ending.is_completed is not None]
    return Rate(label, sum(completed), len(completed))


def completion_verdict(ended: Sequence[Ending]) -> str:
    """How many partnerships were completed, in one sentence."""
    rate = _rate("all", ended)
    going = sum(ending.is_completed is None for ending in ended)
    if not rate.count:
        return _("None has ended yet; {count} under way.").format(count=words.count(going))
    return _("{completed} of {count} that ended were completed: {share}, likely {interval}. {going} under way.").format(
        completed=words.count(rate.completed), count=words.count(rate.count), share=rate.share,
        interval=rate.interval, going=words.count(going),
    )  # fmt: skip
