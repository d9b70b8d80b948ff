"""Show the decisions of the sample data beside own ones, as long as the sample data count.

They are a file of their own, generation-000001.sample.sqlite, that belongs to the generation of sample data beside it.
Nothing ever moves from one file to the other: a partnership that came with the sample data stays one whatever is
changed in it, and one that somebody began is their own whatever it is about. So the first load of own data takes all
sample decisions off the pages by counting instead of the sample generation, an undo brings them back as they were,
and own decisions are touched by neither.
"""

import os
import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from data import store
from data.decisions import decisions as own_decisions
from data.decisions import opening
from data.decisions.decisions import Decisions
from data.decisions.routed import RoutedDecisions
from data.decisions.values import OF_PARTNERSHIPS, ClosedReview, SavedCharter, SavedDraft, StageNote


def _sample_file(folder: Path) -> Path | None:
    """The sample decisions that belong to the generation which counts; None where there are none."""
    number = store.current(folder)
    path = None if number is None else store.sample_decisions_file(folder, number)
    return path if path and path.exists() else None


def identity(folder: Path, url: str | None = None) -> str | None:
    """What tells the decisions of a folder from others that were put in their place; None where there are none yet."""
    own, sample = own_decisions.identity(folder, url), _sample_file(folder)
    return own if own is None or sample is None else f"{own}, {sample} {sample.stat().st_ino}"


def has_decisions(folder: Path) -> bool:
    """Whether a folder (or $CREATOR_FIT_DECISIONS) has decisions, or the remains of some."""
    return own_decisions.has_decisions(folder) or _sample_file(folder) is not None


def open_decisions(folder: Path, url: str | None = None) -> Decisions:
    """Open the decisions of a store folder, made where there are none yet, with those of the sample data if they count.

    url: a Postgres database or another file (sqlite:///FILE) that holds the own ones instead; $CREATOR_FIT_DECISIONS
    without it. Raises DecisionsError for a file that is damaged or newer than this program, and for a database out of
    reach.
    """
    own, sample = own_decisions.open_decisions(folder, url), _sample_file(folder)
    return DecisionsWithSample(own, _open_file(sample)) if sample else own


def _open_file(path: Path, *, is_durable: bool = True) -> Decisions:
    url = f"sqlite:///{path}"
    engine = opening.open_engine(path.parent, url, is_durable=is_durable)
    return Decisions(engine, opening.place_of(path.parent, url))


@contextmanager
def new_sample(path: Path) -> Iterator[Decisions]:
    """Fill sample decisions in the body of a `with`; whole in their place after it, or not there at all."""
    with TemporaryDirectory(prefix="creator-fit-sample-") as folder:
        draft = Path(folder, "sample.sqlite")
        filled = _open_file(draft, is_durable=False)
        try:
            yield filled
        finally:
            filled.close()
        fresh = path.with_name(f"{path.name}.tmp")
        shutil.copyfile(draft, fresh)
        with fresh.open("rb") as file:
            os.fsync(file.fileno())
        fresh.replace(path)


class DecisionsWithSample(RoutedDecisions):
    """Own decisions and those of the sample data as one: a partnership is where it was begun, a new one is own.

    Members, activity, shares and owners are own alone. Reviews of the sample data have negative numbers here, so that
    no two are alike.
    """

    def __init__(self, own: Decisions, sample: Decisions) -> None:
        super().__init__(own)
        self._sample = sample
        taken = {note.name for note in own.all_stages()} | {draft.name for draft in own.drafts("agreement")}
        self._names = frozenset(note.name for note in sample.all_stages()) - taken

    def _to_read(self, name: str | None, kind: str = "agreement") -> Decisions:
        return self._to_change(name, kind)

    def _to_change(self, name: str | None, kind: str = "agreement") -> Decisions:
        return self._sample if name in self._names and kind in OF_PARTNERSHIPS else self._decisions

    def close(self) -> None:
        """Give back every connection."""
        super().close()
        self._sample.close()

    def is_sample(self, name: str) -> bool:
        """Whether a partnership came with the sample data, and goes with them."""
        return name in self._names

    def drafts(self, kind: str) -> list[SavedDraft]:
        """As Decisions.drafts."""
        sample = [draft for draft in self._sample.drafts(kind) if self.is_sample(draft.name)]
        return sorted([*sample, *self._decisions.drafts(kind)], key=lambda draft: draft.name)

    def charters(self) -> list[SavedCharter]:
        """As Decisions.charters."""
        sample = [charter for charter in self._sample.charters() if self.is_sample(charter.name)]
        return sorted([*sample, *self._decisions.charters()], key=lambda charter: charter.name)

    def all_stages(self) -> list[StageNote]:
        """As Decisions.all_stages; those of the sample data first."""
        return [note for note in self._sample.all_stages() if self.is_sample(note.name)] + self._decisions.all_stages()

    def close_review(self, *, name: str | None, **review: Any) -> ClosedReview:
        """As Decisions.close_review."""
        closed = super().close_review(name=name, **review)
        return _numbered_apart(closed) if name in self._names else closed

    def reviews(self, creators: Collection[str] | None = None) -> list[ClosedReview]:
        """As Decisions.reviews."""
        sample = [_numbered_apart(review) for review in self._sample.reviews(creators) if review.name in self._names]
        return sorted([*sample, *self._decisions.reviews(creators)], key=lambda review: review.closed_at)

    def review(self, review_id: int) -> ClosedReview | None:
        """As Decisions.review; of the sample data for a negative number."""
        if review_id >= 0:
            return self._decisions.review(review_id)
        found = self._sample.review(-review_id)
        return _numbered_apart(found) if found else None

    def check(self) -> list[str]:
        """As Decisions.check, of both files."""
        return super().check() + [f"Sample data: {problem}" for problem in self._sample.check()]


def _numbered_apart(review: ClosedReview) -> ClosedReview:
    return replace(review, review_id=-review.review_id)
