"""Define the tables of the decisions, and the seal that tells whether a row still says what was written.

What SQL may use of the tables that migrations/ builds; the rules that rows obey stand there. Every row carries a seal,
so that a flipped bit or an edit by hand is noticed whenever it is read.
"""

import hashlib
import json
from collections.abc import Mapping

from sqlalchemy import Column, Double, Integer, MetaData, RowMapping, Table, Text

SHAPE = MetaData()


INTEGERS = {
    "version", "is_removed", "amendment", "generation", "note_id", "review_id", "count_id", "activity_id",
    "ownership_id", "is_team", "share_id", "hides_prices", "may_download", "share_note_id", "verdict_id",
    "member_id",
}  # fmt: skip
NUMBERS = {"value"}


def _table(name: str, columns: str) -> Table:
    return Table(name, SHAPE, *(Column(column, _kind(column)) for column in f"{columns} seal".split()))


def _kind(column: str) -> type[Integer] | type[Double] | type[Text]:
    if column in INTEGERS:
        return Integer
    return Double if column in NUMBERS else Text


drafts = _table("papers", "kind name version text is_removed saved_by saved_at")
charters = _table("charters", "name amendment creator_id text sha256 agreement forecast generation despite kept_at")
sign_offs = _table("sign_offs", "name amendment side signer sha256 generation signed_at")
stage_notes = _table("stage_notes", "note_id name creator_id stage reason noted_at")
reviews = _table("reviews", "review_id name creator_id text sha256 content generation outcome next_time closed_at")
counts = _table("counts", "count_id name metric deliverable day value counted_at")
members = _table("members", "member_id email role noted_by noted_at")
activities = _table("activities", "activity_id who through what on_what salt on_hash noted_at chain")
ownerships = _table("ownerships", "ownership_id name owner is_team noted_at")
shares = _table(
    "shares", "share_id token_hash made_by title content hides_prices may_download generation last_day made_at"
)
share_notes = _table("share_notes", "share_note_id share_id what who noted_at")
verdicts = _table("verdicts", "verdict_id share_id creator_id verdict remark who noted_at")
PRECIOUS = (
    drafts, charters, sign_offs, stage_notes, reviews, counts, members, activities, ownerships, shares, share_notes,
    verdicts,
)  # fmt: skip
TRIGGERS = {f"{table.name}_are_not_{done}" for table in PRECIOUS for done in ("changed", "deleted")}
schema_steps = Table("schema_steps", MetaData(), Column("step", Integer))


def digest(of: str) -> str:
    """SHA-256 of a text in UTF-8, as hexadecimal text."""
    return hashlib.sha256(of.encode("utf-8")).hexdigest()


def sealed(table: Table, values: Mapping[str, object]) -> dict[str, object]:
    """A row with its seal: the SHA-256 of table and values, which tells a flipped bit or an edit by hand."""
    content = json.dumps([table.name, *sorted(values.items())], ensure_ascii=False)
    return {**values, "seal": digest(content)}


def is_sound(table: Table, row: RowMapping) -> bool:
    """Whether a row says what was written."""
    values = dict(row)
    try:
        return sealed(table, {name: value for name, value in values.items() if name != "seal"}) == values
    except (TypeError, UnicodeEncodeError):  # a damaged cell came back as bytes or as half a character
        return False
