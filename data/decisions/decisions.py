"""Save and read what people decided: drafts and shortlists with every version, charters with their signatures, the
stage of each partnership, counts of running campaigns, closed reviews.

Rows are only ever added (triggers refuse anything else), each save names the version that it rests on, and one writer
at a time decides, so that of two people who edit one draft both learn of it.
Instants are arguments; one without a zone is local time, and what comes back is UTC.
"""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, func, select, tuple_

from data.decisions import check as checks
from data.decisions import opening
from data.decisions.activity import HEAD, ActivityLog
from data.decisions.members import Members
from data.decisions.owners import Owners
from data.decisions.rows import (
    add,
    add_version,
    all_charters,
    as_value,
    newest_charter,
    newest_draft,
    next_id,
    refuse_orphans,
    refuse_stale,
    rows,
)
from data.decisions.schema import charters, counts, digest, drafts, reviews, sign_offs, stage_notes
from data.decisions.shares import Shares
from data.decisions.tables import Tables
from data.decisions.values import (
    MAX_SAVED_NAME,
    MAX_SAVED_REMARK,
    MAX_SAVED_TEXT,
    SIDES,
    STAGES,
    TITLE,
    ClosedReview,
    Conflict,
    Counted,
    DecisionsError,
    Outdated,
    SavedCharter,
    SavedCount,
    SavedDraft,
    SignOff,
    StageNote,
    as_text,
    refuse_unfit,
    refuse_unknown,
)
from data.store import local_copy


def identity(folder: Path, url: str | None = None) -> str | None:
    """What tells the decisions of a folder from others that were put in their place; None where there are none yet."""
    url = opening.url_of(url)
    home = opening.home_of(folder, url)
    if not isinstance(home, Path):
        return url
    return f"{home} {home.stat().st_ino}" if home.exists() else None


def has_decisions(folder: Path) -> bool:
    """Whether a folder (or $CREATOR_FIT_DECISIONS) has decisions, or the remains of some."""
    home = opening.home_of(folder, opening.url_of())
    if not isinstance(home, Path):
        return True
    return home.exists() or bool(opening.logs_of(home))


def open_decisions(folder: Path, url: str | None = None) -> "Decisions":
    """Open the decisions of a store folder without those of the sample data, made where there are none yet.

    url: a Postgres database or another file (sqlite:///FILE) that holds them instead; $CREATOR_FIT_DECISIONS without
    it. Raises DecisionsError for a file that is damaged or newer than this program, and for a database out of reach.
    """
    url = opening.url_of(url)
    head = None if local_copy(folder) else folder / HEAD  # of many servers, each with a copy, none knows the last row
    return Decisions(opening.open_engine(folder, url), opening.place_of(folder, url), head)


class Decisions(Tables):
    """Open decisions. Every method raises DecisionsError when the database fails or gives back a damaged row.

    May be shared by threads. `place` says where they lie, for messages; head: the file that remembers the last row of
    the activity log.
    """

    def __init__(self, engine: Engine, place: str, head: Path | None = None) -> None:
        super().__init__(engine, place)
        self._head = head

    def close(self) -> None:
        """Give back every connection."""
        self._engine.dispose()

    def is_sample(self, name: str) -> bool:
        """Whether a partnership came with the sample data, and goes with them."""
        return False

    def members(self) -> Members:
        """Who has which role on this server."""
        return Members(self._engine, self.place)

    def activity(self) -> ActivityLog:
        """The log of who did what."""
        return ActivityLog(self._engine, self.place, self._head)

    def shares(self) -> Shares:
        """Presentations that were shared by a link, and what was said of them."""
        return Shares(self._engine, self.place)

    def owners(self) -> Owners:
        """Whose each partnership is."""
        return Owners(self._engine, self.place)

    # Drafts of agreements and reviews, saved shortlists and views: what people change.

    def save(self, kind: str, name: str, text: str, *, version: int, by: str | None, now: datetime) -> SavedDraft:
        """Save a text as the next version of a draft; the versions before it stay in its history.

        version: of the draft that was read before editing; 0 for a new one. The same text again adds no version.
        Raises Conflict, with both texts, when another version is the newest by now.
        """
        refuse_unfit("kind", kind, MAX_SAVED_NAME)
        refuse_unfit("name", name, MAX_SAVED_NAME)
        refuse_unfit(kind, text, MAX_SAVED_TEXT, may_be_blank=True)
        with self._write() as connection:
            newest = newest_draft(connection, kind, name)
            refuse_stale(newest, kind, name, text, version)
            if newest and not newest.is_removed and newest.text == text:
                return newest
            return add_version(connection, newest, kind, name, text, by, now)

    def remove(self, kind: str, name: str, version: int, now: datetime, by: str | None = None) -> SavedDraft:
        """Take a draft off the list; return what removed it, whose version `restore` takes. Nothing is deleted.

        Raises Conflict when the version is not the newest.
        """
        with self._write() as connection:
            newest = newest_draft(connection, kind, name)
            if newest is None or newest.is_removed:
                raise DecisionsError(f"There is no {kind} called {name!r} to remove. It may be gone already: reload.")
            refuse_stale(newest, kind, name, newest.text, version)
            return add_version(connection, newest, kind, name, newest.text, by, now, is_removed=True)

    def restore(self, kind: str, name: str, version: int, now: datetime, by: str | None = None) -> SavedDraft:
        """Undo a removal: the text counts again. Raises Conflict when the name was used again meanwhile."""
        with self._write() as connection:
            newest = newest_draft(connection, kind, name)
            if newest is None or (newest.version == version and not newest.is_removed):
                raise DecisionsError(f"No {kind} called {name!r} was removed: there is nothing to restore.")
            if newest.version != version:
                raise Conflict(newest.text, newest, version)
            return add_version(connection, newest, kind, name, newest.text, by, now)

    def draft(self, kind: str, name: str) -> SavedDraft | None:
        """The newest version of a draft; None when there is none or it was removed."""
        with self._read() as connection:
            newest = newest_draft(connection, kind, name)
        return None if newest is None or newest.is_removed else newest

    def drafts(self, kind: str) -> list[SavedDraft]:
        """The newest version of every draft of a kind, by name; removed ones are left out."""
        newest = select(drafts.c.kind, drafts.c.name, func.max(drafts.c.version)).where(drafts.c.kind == kind)
        newest = newest.group_by(drafts.c.kind, drafts.c.name)
        with self._read() as connection:
            is_newest = tuple_(drafts.c.kind, drafts.c.name, drafts.c.version).in_(newest)
            records = rows(connection, drafts, is_newest, order=["name"])
        return [draft for draft in (as_value(SavedDraft, row) for row in records) if not draft.is_removed]

    def history(self, kind: str, name: str) -> list[SavedDraft]:
        """Every version of a draft, the first one first, removals included."""
        with self._read() as connection:
            records = rows(connection, drafts, drafts.c.kind == kind, drafts.c.name == name, order=["version"])
        return [as_value(SavedDraft, row) for row in records]

    # Charters and their signatures.

    def save_charter(
        self, name: str, *, creator_id: str, text: str, sha256: str, agreement: str, forecast: str | None,
        generation: int | None, despite: str | None, now: datetime,
    ) -> SavedCharter:  # fmt: skip
        """Save a charter's text, as the first or as the next amendment; the same text as the newest adds none.

        text: what will be signed; sha256: of it in UTF-8. agreement: TOML. forecast: JSON, frozen here. generation: of
        the facts that it rests on. despite: the reason to save it against a warning. An amendment starts unsigned.
        """
        refuse_unfit("name", name, MAX_SAVED_NAME)
        refuse_unfit("creator's id", creator_id, MAX_SAVED_NAME)
        refuse_unfit("charter", text, MAX_SAVED_TEXT)
        refuse_unfit("agreement", agreement, MAX_SAVED_TEXT, may_be_blank=True)
        refuse_unfit("forecast", forecast, MAX_SAVED_TEXT)
        refuse_unfit("reason", despite, MAX_SAVED_REMARK)
        _refuse_other_hash(text, sha256)
        with self._write() as connection:
            newest = newest_charter(connection, name)
            if newest and newest.sha256 == sha256:
                return newest
            if newest and newest.creator_id != creator_id:
                raise DecisionsError(
                    f"The charter {name!r} is with {newest.creator_id!r}, not {creator_id!r}. Choose another name."
                )
            row = {
                "name": name, "amendment": newest.amendment + 1 if newest else 0, "creator_id": creator_id,
                "text": text, "sha256": sha256, "agreement": agreement, "forecast": forecast,
                "generation": generation, "despite": despite, "kept_at": as_text(now),
            }  # fmt: skip
            return as_value(SavedCharter, add(connection, charters, row))

    def charter(self, name: str, amendment: int | None = None) -> SavedCharter | None:
        """One charter text with its signatures: the newest amendment, or the one asked for; None when there is none."""
        with self._read() as connection:
            if amendment is None:
                return newest_charter(connection, name)
            records = all_charters(connection, charters.c.name == name, charters.c.amendment == amendment)
        return records[0] if records else None

    def charters(self) -> list[SavedCharter]:
        """The newest amendment of every charter, by name."""
        newest = select(charters.c.name, func.max(charters.c.amendment)).group_by(charters.c.name)
        with self._read() as connection:
            return all_charters(connection, tuple_(charters.c.name, charters.c.amendment).in_(newest))

    def amendments(self, name: str) -> list[SavedCharter]:
        """Every text of a charter, the first one first."""
        with self._read() as connection:
            return all_charters(connection, charters.c.name == name)

    def sign(self, name: str, *, side: str, signer: str, sha256: str, generation: int | None, now: datetime) -> SignOff:
        """Sign the newest text of a charter for one side.

        sha256: of the text that the signer saw. Raises Outdated when that is not the newest text or there is no such
        charter, DecisionsError when the side has signed this text already.
        """
        refuse_unknown("side", side, SIDES)
        refuse_unfit("signer's name", signer, MAX_SAVED_NAME)
        with self._write() as connection:
            newest = newest_charter(connection, name)
            if newest is None:
                raise Outdated(f"There is no charter called {name!r} to sign. Keep it first (charter --save).")
            if newest.sha256 != sha256:
                raise Outdated(
                    f"The text of {name!r} has changed since it was read: amendment {newest.amendment} "
                    f"of {newest.saved_at:%Y-%m-%d %H:%M} UTC counts now. Nothing was signed. Read the new text, then "
                    "sign."
                )
            for earlier in newest.sign_offs:
                if earlier.side == side:
                    raise DecisionsError(
                        f"{earlier.signer} signed this text of {name!r} for the {side} on "
                        f"{earlier.signed_at:%Y-%m-%d}. A side signs a text once; amend the charter to sign again."
                    )
            row = {
                "name": name, "amendment": newest.amendment, "side": side, "signer": signer, "sha256": sha256,
                "generation": generation, "signed_at": as_text(now),
            }  # fmt: skip
            return as_value(SignOff, add(connection, sign_offs, row))

    # Where a partnership stands, and how it ended.

    def note_stage(self, name: str, creator_id: str, stage: str, reason: str | None, now: datetime) -> StageNote:
        """Note that a partnership reached a stage, one of STAGES. Notes add up; the last one counts."""
        refuse_unfit("name", name, MAX_SAVED_NAME)
        refuse_unfit("creator's id", creator_id, MAX_SAVED_NAME)
        refuse_unknown("stage", stage, STAGES)
        refuse_unfit("reason", reason, MAX_SAVED_REMARK, may_be_blank=True)
        with self._write() as connection:
            row = {
                "note_id": next_id(connection, stage_notes, "note_id"), "name": name, "creator_id": creator_id,
                "stage": stage, "reason": reason, "noted_at": as_text(now),
            }  # fmt: skip
            return as_value(StageNote, add(connection, stage_notes, row))

    def stages(self, name: str) -> list[StageNote]:
        """Every stage that a partnership reached, the first one first."""
        with self._read() as connection:
            records = rows(connection, stage_notes, stage_notes.c.name == name, order=["note_id"])
        return [as_value(StageNote, row) for row in records]

    def all_stages(self) -> list[StageNote]:
        """Every stage that any partnership reached, in the order noted."""
        with self._read() as connection:
            return [as_value(StageNote, row) for row in rows(connection, stage_notes, order=["note_id"])]

    # What running campaigns have brought so far.

    def note_counts(
        self, name: str, decide: Callable[[Sequence[SavedCount]], Sequence[Counted]], now: datetime
    ) -> list[SavedCount]:
        """Add counts to a charter, all or none. decide: from those that are there to those that are added; nobody else
        adds any in between, and what it raises adds none.

        The newest count of a metric, deliverable and day stands. Raises DecisionsError for a name without a charter.
        """
        with self._write() as connection:
            if newest_charter(connection, name) is None:
                raise DecisionsError(f"There is no charter called {name!r}. Save it first, then add counts.")
            added = decide(self._counts_of(connection, name))
            for metric, deliverable, _day, _value in added:
                refuse_unfit("metric", metric, MAX_SAVED_NAME)
                refuse_unfit("deliverable", deliverable, MAX_SAVED_NAME)
            first = next_id(connection, counts, "count_id")
            records = [
                {
                    "count_id": number, "name": name, "metric": metric, "deliverable": deliverable,
                    "day": day.isoformat(), "value": None if value is None else float(value),
                    "counted_at": as_text(now),
                }
                for number, (metric, deliverable, day, value) in enumerate(added, first)
            ]  # fmt: skip
            return [as_value(SavedCount, add(connection, counts, record)) for record in records]

    def counts(self, name: str) -> list[SavedCount]:
        """Every count that was noted of a charter, the first one first, those taken back included."""
        with self._read() as connection:
            return self._counts_of(connection, name)

    @staticmethod
    def _counts_of(connection: Connection, name: str) -> list[SavedCount]:
        # A row whose name was damaged would be read with no charter at all, and its seal with it.
        refuse_orphans(connection, counts, charters)
        return [
            as_value(SavedCount, row) for row in rows(connection, counts, counts.c.name == name, order=["count_id"])
        ]

    def close_review(
        self, *, name: str | None, creator_id: str, text: str, sha256: str, content: str, generation: int | None,
        outcome: str, next_time: str | None, now: datetime,
    ) -> ClosedReview:  # fmt: skip
        """Freeze a review. name: its charter, None without one. The same text of the same charter again adds none.

        text: Markdown; sha256: of it in UTF-8. content: JSON, the numbers as they were. outcome: the verdict.
        """
        refuse_unfit("name", name, MAX_SAVED_NAME)
        refuse_unfit("creator's id", creator_id, MAX_SAVED_NAME)
        refuse_unfit("review", text, MAX_SAVED_TEXT)
        refuse_unfit("content", content, MAX_SAVED_TEXT)
        refuse_unfit("outcome", outcome, MAX_SAVED_NAME)
        refuse_unfit("next-time line", next_time, MAX_SAVED_REMARK, may_be_blank=True)
        _refuse_other_hash(text, sha256)
        with self._write() as connection:
            if name is not None and newest_charter(connection, name) is None:
                raise DecisionsError(f"There is no charter called {name!r}. Close the review under a kept name.")
            is_same = (reviews.c.name.is_not_distinct_from(name), reviews.c.sha256 == sha256)
            if same := rows(connection, reviews, *is_same, reviews.c.creator_id == creator_id, order=["review_id"]):
                return as_value(ClosedReview, same[0])
            row: dict[str, object] = {
                "review_id": next_id(connection, reviews, "review_id"), "name": name, "creator_id": creator_id,
                "text": text, "sha256": sha256, "content": content, "generation": generation, "outcome": outcome,
                "next_time": next_time, "closed_at": as_text(now),
            }  # fmt: skip
            return as_value(ClosedReview, add(connection, reviews, row))

    def reviews(self, creators: Collection[str] | None = None) -> list[ClosedReview]:
        """Every closed review, or those of some creators by their ids, in the order closed."""
        of_these = () if creators is None else (reviews.c.creator_id.in_(sorted(creators)),)
        with self._read() as connection:
            return [as_value(ClosedReview, row) for row in rows(connection, reviews, *of_these, order=["review_id"])]

    def review(self, review_id: int) -> ClosedReview | None:
        """One closed review; None when there is none of this id."""
        with self._read() as connection:
            records = rows(connection, reviews, reviews.c.review_id == review_id, order=["review_id"])
        return as_value(ClosedReview, records[0]) if records else None

    def check(self) -> list[str]:
        """Read everything; return in words what is not as it was written (an empty list when all is sound)."""
        with self._read() as connection:
            return checks.problems(connection) + self.activity().cut_at_the_end()


def _refuse_other_hash(text: str, sha256: str) -> None:
    if digest(text) != sha256:
        raise DecisionsError(f"The SHA-256 {sha256[:12]}... is not that of the text. Hash the kept text, in UTF-8.")


def titles_of(decisions: Decisions) -> dict[str, str]:
    """What renamed partnerships are called, by the name that they began with and that everything is saved under."""
    return {draft.name: draft.text for draft in decisions.drafts(TITLE)}
