"""Track where each partnership stands, since when, and when its KPIs were locked.

KPIs count as locked on the day that both sides had signed the first text of a charter; what is signed later is an
amendment of it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import groupby

from fit.agreement.agreement import SIDES, Side
from fit.agreement.saved import SavedCharter, SavedStage
from fit.locale import _, phrase
from fit.text import plain, words


class PartnershipStage(StrEnum):
    """How far a partnership is, as decisions store it; `_` translates it."""

    SHORTLISTED = phrase("shortlisted")
    CALLED = phrase("called")
    ALIGNED = phrase("aligned")
    DRAFTED = phrase("charter drafted")
    SIGNED = phrase("signed")
    LIVE = phrase("live")
    REVIEWED = phrase("reviewed")
    STOPPED = phrase("stopped")


WAY = tuple(stage for stage in PartnershipStage if stage is not PartnershipStage.STOPPED)  # in their order
AFTER_DRAFTING = (PartnershipStage.DRAFTED, PartnershipStage.SIGNED, PartnershipStage.LIVE)
SIDE_WORDS = {Side.BRAND: phrase("the brand"), Side.CREATOR: phrase("the creator")}


@dataclass(frozen=True)
class Partnership:
    """One partnership. stage: the last one noted, or reviewed once that was reached; reached: stage to the instant at
    which it was first reached, in the order of WAY; reason: why it stopped; locked_at: when its KPIs were locked;
    count_amendments: texts after the first; awaits: the sides whose signature the newest text lacks, empty without a
    text. is_sample: it came with the sample data."""

    name: str
    creator: str
    stage: PartnershipStage
    since: datetime
    reached: tuple[tuple[PartnershipStage, datetime], ...]
    reason: str | None
    locked_at: datetime | None
    count_amendments: int
    awaits: tuple[Side, ...]
    is_sample: bool = False

    @property
    def is_stopped(self) -> bool:
        """Whether it ended before its way did."""
        return self.stage == PartnershipStage.STOPPED

    @property
    def is_under_way(self) -> bool:
        """Whether something is still to be done."""
        return self.stage not in (PartnershipStage.STOPPED, PartnershipStage.REVIEWED)

    @property
    def furthest(self) -> int:
        """Index of the furthest stage of WAY that was reached; -1 before the first."""
        return max((WAY.index(stage) for stage, _ in self.reached), default=-1)

    @property
    def status(self) -> str:
        """Stage and what it waits for, in words."""
        if self.is_stopped:
            return _("stopped: {reason}").format(reason=self.reason or _("no reason noted"))
        if self.awaits and self.stage in AFTER_DRAFTING:
            missing = _("both sides") if len(self.awaits) > 1 else _(SIDE_WORDS[self.awaits[0]])
            is_first = self.stage == PartnershipStage.DRAFTED
            template = _("{stage}, {sides} to sign") if is_first else _("{stage}, {sides} to sign again")
            return template.format(stage=_(self.stage), sides=missing)
        return _(self.stage)


def partnerships_progress(
    notes: Iterable[SavedStage],
    texts: Mapping[str, Sequence[SavedCharter]],
    is_sample: Callable[[str], bool] = lambda name: False,
) -> list[Partnership]:
    """Every partnership of which a stage was noted, the one that changed last first.

    notes: with name, creator_id, stage, reason and at, in the order noted. texts: name to every text of its charter,
    the first one first, each with sign_offs (side, signed_at). is_sample: whether one came with the sample data.
    """
    by_name = sorted(notes, key=lambda note: note.name)
    groups = groupby(by_name, lambda note: note.name)
    partnerships = [_progress(name, list(group), texts.get(name, ()), is_sample(name)) for name, group in groups]
    return sorted(partnerships, key=lambda partnership: (partnership.since, partnership.name), reverse=True)


def _progress(name: str, notes: Sequence[SavedStage], texts: Sequence[SavedCharter], is_sample: bool) -> Partnership:
    last = notes[-1]
    first: dict[str, datetime] = {}
    for note in notes:
        first.setdefault(note.stage, note.at)
    signed = {sign_off.side for sign_off in texts[-1].sign_offs} if texts else set(SIDES)
    reviewed = first.get(PartnershipStage.REVIEWED)  # the end of the way: what is noted later changes no stage
    stage = PartnershipStage(last.stage) if reviewed is None else PartnershipStage.REVIEWED
    return Partnership(
        name=name,
        creator=last.creator_id,
        stage=stage,
        since=last.at if reviewed is None else reviewed,
        reached=tuple((stage, first[stage]) for stage in WAY if stage in first),
        reason=last.reason if stage == PartnershipStage.STOPPED else None,
        locked_at=next(filter(None, map(locked, texts)), None),
        count_amendments=max(0, len(texts) - 1),
        awaits=tuple(side for side in SIDE_WORDS if side not in signed),
        is_sample=is_sample,
    )


def locked(text: SavedCharter) -> datetime | None:
    """When both sides had signed a text; None while a signature is missing."""
    signed = {sign_off.side: sign_off.signed_at for sign_off in text.sign_offs}
    return max(signed.values()) if set(SIDES) <= set(signed) else None


def progress_finding(partnerships: Sequence[Partnership]) -> str:
    """What the picture of all ways shows: how many came to the signature, and who is furthest."""
    signed = sum(partnership.locked_at is not None for partnership in partnerships)
    going = [partnership for partnership in partnerships if partnership.is_under_way]
    if not going:
        return _("Nothing is under way: {partnerships} reviewed or stopped").format(
            partnerships=words.counted(len(partnerships), "partnership", "partnerships")
        )
    first = max(going, key=lambda partnership: partnership.furthest)
    return _("{signed} of {all} signed by both sides; furthest under way: {name}, {stage}").format(
        signed=words.count(signed), all=words.count(len(partnerships)), name=plain(first.name), stage=first.stage
    )


def progress_verdict(partnerships: Sequence[Partnership]) -> tuple[str, str]:
    """All partnerships in one sentence, and what stands behind it."""
    if not partnerships:
        return (
            _("No partnership has begun yet"),
            _("Start one from a creator. You work on it from page to page until both sides sign."),
        )
    stopped = sum(partnership.is_stopped for partnership in partnerships)
    signed = sum(partnership.locked_at is not None for partnership in partnerships)
    going = sum(partnership.is_under_way for partnership in partnerships)
    sentence = _("{partnerships} under way, {reviewed} reviewed, {stopped} stopped").format(
        partnerships=words.counted(going, "partnership", "partnerships"),
        reviewed=words.count(len(partnerships) - going - stopped),
        stopped=words.count(stopped),
    )
    behind = _(
        "Both sides have signed {signed} of {all} charters. From that day the KPIs are locked; later "
        "changes are amendments."
    ).format(signed=words.count(signed), all=words.count(len(partnerships)))
    return sentence, behind
