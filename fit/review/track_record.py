"""Hold every forecast against its result: how often 80 % intervals and chances of closed reviews were right.

Metrics of one campaign rise and fall together, so intervals count campaigns, not metrics: a record of ten campaigns is
one of ten however many numbers each has. Reviews of one charter count once, as closed last.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import sqrt
from typing import Any

from fit import locale
from fit.locale import _, ngettext
from fit.model import Z_80
from fit.review.review import Basis
from fit.review.significance import REVIEWED_STAGES
from fit.text import words

ENOUGH_REVIEWS = (
    20  # closed reviews under which a share says next to nothing: of 20, an 80 % interval is 24 points wide
)
DECILES = 10


@dataclass(frozen=True)
class Past:
    """A closed review. content: as review_json wrote it; charter: its name, None without one."""

    charter: str | None
    content: Mapping[str, Any]
    closed_at: datetime


@dataclass(frozen=True)
class Share:
    """So many of count, with its 80 % interval (Wilson); None without any."""

    of: str
    count: int
    hits: float
    campaigns: int

    @property
    def share(self) -> float | None:
        """The part that was hit, 0 to 1."""
        return self.hits / self.count if self.count else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """80 % interval of the share, as wide as the number of campaigns allows."""
        return None if self.share is None else wilson(self.share, self.campaigns)

    def as_json(self) -> dict[str, object]:
        """Plain values."""
        low, high = self.interval or (None, None)
        return {"share": self.share, "low": low, "high": high, "count": self.count, "count_campaigns": self.campaigns}


@dataclass(frozen=True)
class TrackRecord:
    """What became of the forecasts. coverage: how often P10 to P90 held the result, over all measured stages.

    by_stage, over_time: the same by stage and by quarter of closing. by_decile: of lines with this chance, how many
    were hit. promised: mean chance of each decile's lines.
    """

    count_forecasts: int
    count_afterwards: int
    count_closed: int
    coverage: Share
    by_stage: tuple[Share, ...]
    over_time: tuple[Share, ...]
    by_decile: tuple[Share, ...]
    promised: tuple[float | None, ...]

    @property
    def is_enough(self) -> bool:
        """Whether the record says anything yet."""
        return self.count_forecasts >= ENOUGH_REVIEWS

    @property
    def message(self) -> str:
        """The record in one or two sentences."""
        interval, count = self.coverage.interval, words.count(self.count_forecasts)
        if not self.count_forecasts:
            return _("No forecast has been compared with its result yet. Close a review after a campaign.")
        if not self.is_enough or interval is None:
            text = _("Too few yet: {count} of {enough} closed forecasts.")
            sentences = [text.format(count=count, enough=words.count(ENOUGH_REVIEWS))]
        else:
            text = _(
                "In {count} closed forecasts, {share} of results fell inside the likely range ({range}; should "
                "be 80 %)."
            )
            share = words.percent(self.coverage.share)
            sentences = [text.format(count=count, share=share, range=words.percent_range(*interval))]
        if self.count_afterwards:
            text = ngettext(
                "{count} of them was drawn after the campaign.",
                "{count} of them were drawn after the campaign.",
                self.count_afterwards,
            )
            sentences.append(text.format(count=words.count(self.count_afterwards)))
        return " ".join(sentences)

    def as_json(self) -> dict[str, object]:
        """The document of `track-record --json`."""
        deciles = zip(self.by_decile, self.promised, strict=True)
        return {
            "count_forecasts": self.count_forecasts,
            "coverage_p10_p90": self.coverage.share,
            "coverage": self.coverage.as_json(),
            "by_decile": [
                {"p_hit": share.of, "mean_p_hit": promised} | share.as_json() for share, promised in deciles
            ],
            "by_stage": [{"stage": share.of} | share.as_json() for share in self.by_stage],
            "over_time": [{"quarter": share.of} | share.as_json() for share in self.over_time],
            "count_drawn_afterwards": self.count_afterwards,
            "count_closed": self.count_closed,
            "is_enough": self.is_enough,
            "message": self.message,
        }  # fmt: skip


def compute_track_record(closed: Sequence[Past]) -> TrackRecord:
    """Hold every forecast against its result. closed: reviews in the order closed."""
    forecasts = [past for past in _newest(closed) if _held(past) or _lines(past)]
    stages = [(past, stage, held) for past in forecasts for stage, held in _held(past).items()]
    lines = [(past, p_hit, hit) for past in forecasts for p_hit, hit in _lines(past)]
    quarters = sorted({_quarter(past) for past, _stage, _held_it in stages})
    return TrackRecord(
        count_forecasts=len(forecasts),
        count_afterwards=sum(past.content.get("basis") == Basis.AFTERWARDS for past in forecasts),
        count_closed=len(closed),
        coverage=_share("all", [(past, held) for past, _stage, held in stages]),
        by_stage=tuple(
            _share(name, [(past, held) for past, stage, held in stages if stage == name]) for name in REVIEWED_STAGES
        ),
        over_time=tuple(
            _share(quarter, [(past, held) for past, _stage, held in stages if _quarter(past) == quarter])
            for quarter in quarters
        ),
        by_decile=tuple(
            _share(_decile_words(decile), [(past, hit) for past, p_hit, hit in lines if _decile(p_hit) == decile])
            for decile in range(DECILES)
        ),
        promised=tuple(
            _mean([p_hit for _past, p_hit, _hit in lines if _decile(p_hit) == decile]) for decile in range(DECILES)
        ),
    )


def wilson(share: float, count: int) -> tuple[float, float]:
    """80 % interval of a share of count trials (Wilson 1927): it stays within 0 and 1 and is honest for few."""
    squared = Z_80**2
    middle = (share + squared / (2 * count)) / (1 + squared / count)
    half = Z_80 / (1 + squared / count) * sqrt(share * (1 - share) / count + squared / (4 * count**2))
    return max(0.0, middle - half), min(1.0, middle + half)


def _newest(closed: Sequence[Past]) -> list[Past]:
    """The last review of each charter, and every review without one."""
    last = {past.charter: number for number, past in enumerate(closed)}
    return [past for number, past in enumerate(closed) if past.charter is None or last[past.charter] == number]


def _held(past: Past) -> dict[str, bool]:
    """Stages whose forecast, drawn before anything was known, met an actual: whether P10 to P90 held it."""
    return {
        stage["stage"]: stage["forecast_p10"] <= stage["actual"] <= stage["forecast_p90"]
        for stage in past.content["stages"]
        if None not in (stage.get("forecast_p10"), stage.get("forecast_p90"), stage["actual"])
    }


def _lines(past: Past) -> list[tuple[float, bool]]:
    return [
        (line["p_hit"], line["hit"])
        for line in past.content["lines"]
        if line.get("p_hit") is not None and line["hit"] is not None
    ]


def _share(of: str, hits: Sequence[tuple[Past, bool]]) -> Share:
    return Share(of, len(hits), sum(hit for _past, hit in hits), len({id(past) for past, _hit in hits}))


def _decile(p_hit: float) -> int:
    return min(DECILES - 1, int(p_hit * DECILES))


def _decile_words(decile: int) -> str:
    return f"{locale.decimal(decile / DECILES, 1)}-{locale.decimal((decile + 1) / DECILES, 1)}"


def _quarter(past: Past) -> str:
    return f"{past.closed_at.year}-Q{(past.closed_at.month + 2) // 3}"


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None
