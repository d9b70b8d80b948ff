"""Share a presentation by a link: what is shown, until when, who opened it, and what they said of each creator.

Rows are only ever added: a link is taken back by a note, and of several verdicts of one person on one creator the
newest counts. Of a link's secret only the SHA-256 is kept. Instants and days are arguments.
"""

import hmac
import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Connection, select

from data.decisions.rows import Row, add, next_id, rows
from data.decisions.schema import digest, share_notes, shares, verdicts
from data.decisions.tables import Tables
from data.decisions.values import (
    MAX_SAVED_NAME,
    MAX_SAVED_TEXT,
    DecisionsError,
    as_instant,
    as_text,
    refuse_unfit,
    refuse_unknown,
)

TOKEN_BYTES = 24  # of chance in a link: 192 bits
MAX_REMARK = 2_000  # characters of a reason or a comment
OPENED, NAMED, TAKEN_BACK = "opened", "named", "taken back"  # what notes say of a link


class Verdict(StrEnum):
    """What somebody says of a creator; a comment decides nothing."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    COMMENT = "comment"


@dataclass(frozen=True)
class SavedShare:
    """One shared presentation. link: the fields of the address that it was made from; creators: their ids; last_day: on
    which it can be opened; generation: of the facts when it was made."""

    share_id: int
    made_by: str
    title: str
    link: Mapping[str, str]
    creators: tuple[str, ...]
    hides_prices: bool
    may_download: bool
    generation: int | None
    last_day: date
    made_at: datetime
    is_taken_back: bool = False

    def is_open(self, today: date) -> bool:
        """Whether it still shows something."""
        return not self.is_taken_back and today <= self.last_day and bool(self.creators)


@dataclass(frozen=True)
class SavedVerdict:
    """What somebody said of one creator of a shared presentation."""

    creator_id: str
    verdict: Verdict
    remark: str
    who: str
    at: datetime


class Shares(Tables):
    """The shared presentations of one database of decisions."""

    def make(
        self, *, made_by: str, title: str, link: Mapping[str, str], creators: Sequence[str], hides_prices: bool,
        may_download: bool, generation: int | None, last_day: date, named: Sequence[str], now: datetime,
    ) -> tuple[SavedShare, str]:  # fmt: skip
        """Share a presentation; what was saved, and the secret of its link, which nobody can be told again.

        named: addresses of those in whose list it stands from the start.
        """
        content = json.dumps({"link": dict(link), "creators": list(creators)}, ensure_ascii=False)
        refuse_unfit("title", title, MAX_SAVED_NAME)
        refuse_unfit("presentation", content, MAX_SAVED_TEXT)
        token = secrets.token_urlsafe(TOKEN_BYTES)
        with self._write() as connection:
            row = {
                "share_id": next_id(connection, shares, "share_id"), "token_hash": digest(token), "made_by": made_by,
                "title": title, "content": content, "hides_prices": int(hides_prices),
                "may_download": int(may_download), "generation": generation, "last_day": last_day.isoformat(),
                "made_at": as_text(now),
            }  # fmt: skip
            made = _as_share(add(connection, shares, row))
            for address in dict.fromkeys(named):
                _note(connection, made.share_id, NAMED, address, now)
        return made, token

    def by_token(self, token: str, today: date) -> SavedShare | None:
        """The presentation that a link shows today; None for one that is unknown, ended or taken back."""
        wanted = digest(token)
        with self._read() as connection:
            known = connection.execute(select(shares.c.share_id, shares.c.token_hash)).all()
            found = [number for number, token_hash in known if hmac.compare_digest(token_hash, wanted)]
            share = next(iter(_all(connection, found)), None)
        return share if share and share.is_open(today) else None

    def of_person(self, person: str, today: date) -> list[SavedShare]:
        """What stands open for somebody today because they opened it or were named, the newest first."""
        question = select(share_notes.c.share_id).where(
            share_notes.c.who == person, share_notes.c.what.in_((OPENED, NAMED))
        )
        with self._read() as connection:
            numbers = sorted(set(connection.execute(question).scalars()), reverse=True)
            return [share for share in _all(connection, numbers) if share.is_open(today)]

    def made_by(self, person: str) -> list[SavedShare]:
        """What somebody shared, the newest first, ended ones included."""
        with self._read() as connection:
            numbers = connection.execute(select(shares.c.share_id).where(shares.c.made_by == person)).scalars().all()
            return _all(connection, sorted(numbers, reverse=True))

    def note_opened(self, share_id: int, person: str, now: datetime) -> bool:
        """Note that somebody opened it; False where that is known already."""
        with self._write() as connection:
            is_it = (share_notes.c.share_id == share_id, share_notes.c.who == person, share_notes.c.what == OPENED)
            if connection.execute(select(share_notes.c.share_id).where(*is_it)).first():
                return False
            _note(connection, share_id, OPENED, person, now)
            return True

    def take_back(self, share_id: int, person: str, now: datetime) -> SavedShare:
        """Let a link show nothing any more. Raises DecisionsError unless it is this person's."""
        with self._write() as connection:
            share = next(iter(_all(connection, [share_id])), None)
            if share is None or share.made_by != person:
                raise DecisionsError("This presentation was not shared by you, so nothing was changed.")
            if not share.is_taken_back:
                _note(connection, share_id, TAKEN_BACK, person, now)
            return next(iter(_all(connection, [share_id])))

    def give_verdict(
        self, share_id: int, creator_id: str, verdict: Verdict, remark: str, *, who: str, today: date, now: datetime
    ) -> SavedVerdict:
        """Say something of a creator. Raises DecisionsError for a presentation that is not open, a creator that it does
        not show, a rejection without a reason and a comment without words."""
        said = remark.strip()
        refuse_unfit("remark", said or None, MAX_REMARK)
        if not said and verdict is not Verdict.ACCEPTED:
            raise DecisionsError("Write why. A rejection needs its reason, and a comment its words.")
        with self._write() as connection:
            share = next(iter(_all(connection, [share_id])), None)
            if share is None or not share.is_open(today) or creator_id not in share.creators:
                raise DecisionsError("This presentation is not shown any more, so nothing was saved.")
            refuse_unknown("verdict", verdict, tuple(Verdict))
            row = {
                "verdict_id": next_id(connection, verdicts, "verdict_id"), "share_id": share_id,
                "creator_id": creator_id, "verdict": verdict.value, "remark": said or None, "who": who,
                "noted_at": as_text(now),
            }  # fmt: skip
            return _as_verdict(add(connection, verdicts, row))

    def verdicts(self, share_id: int) -> list[SavedVerdict]:
        """Everything that was said of a presentation, the first one first."""
        with self._read() as connection:
            found = rows(connection, verdicts, verdicts.c.share_id == share_id, order=["verdict_id"])
        return [_as_verdict(row) for row in found]


def newest_verdicts(verdicts: Sequence[SavedVerdict]) -> dict[tuple[str, str], SavedVerdict]:
    """The acceptance or rejection that counts, by creator and person. verdicts: in the order given."""
    return {
        (verdict.creator_id, verdict.who): verdict for verdict in verdicts if verdict.verdict is not Verdict.COMMENT
    }


def without_creator(content: str, creator_id: str) -> str:
    """What a share shows, as it is kept, without a creator that is erased."""
    said = json.loads(content)
    left = [one for one in said["creators"] if one != creator_id]
    return content if left == said["creators"] else json.dumps({**said, "creators": left}, ensure_ascii=False)


def _note(connection: Connection, share_id: int, what: str, who: str, now: datetime) -> None:
    refuse_unfit("address", who, MAX_SAVED_NAME)
    row = {
        "share_note_id": next_id(connection, share_notes, "share_note_id"), "share_id": share_id, "what": what,
        "who": who, "noted_at": as_text(now),
    }  # fmt: skip
    add(connection, share_notes, row)


def _all(connection: Connection, numbers: Sequence[int]) -> list[SavedShare]:
    """The shares of these numbers, in their order."""
    is_back = (share_notes.c.what == TAKEN_BACK, share_notes.c.share_id.in_(numbers))
    back = {row["share_id"] for row in rows(connection, share_notes, *is_back, order=["share_note_id"])}
    found = rows(connection, shares, shares.c.share_id.in_(numbers), order=["share_id"])
    by_number = {row["share_id"]: _as_share(row, is_taken_back=row["share_id"] in back) for row in found}
    return [by_number[number] for number in numbers if number in by_number]


def _as_share(row: Row, *, is_taken_back: bool = False) -> SavedShare:
    content = json.loads(row["content"])
    return SavedShare(
        row["share_id"], row["made_by"], row["title"], content["link"], tuple(content["creators"]),
        bool(row["hides_prices"]), bool(row["may_download"]), row["generation"], date.fromisoformat(row["last_day"]),
        as_instant(row["made_at"]), is_taken_back,
    )  # fmt: skip


def _as_verdict(row: Row) -> SavedVerdict:
    verdict, at = Verdict(row["verdict"]), as_instant(row["noted_at"])
    return SavedVerdict(row["creator_id"], verdict, row["remark"] or "", row["who"], at)
