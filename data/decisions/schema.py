"""Define the tables of the decisions, and the seal that tells whether a row still says what was written.

What SQL may use of the tables that migrations/ builds; the rules that rows obey stand there. Every row carries a seal,
so that a flipped bit or an edit by hand is noticed whenever it is read.
"""

import hashlib
import json
from collections.abc import Mapping

from sqlalchemy import Column, Integer, MetaData, RowMapping, Table, Text

SHAPE = MetaData()


def _table(name: str, *columns: Column) -> Table:
    return Table(name, SHAPE, *columns, Column("seal", Text))


drafts = _table(
    "papers", Column("kind", Text), Column("name", Text), Column("version", Integer), Column("text", Text),
    Column("is_removed", Integer), Column("saved_by", Text), Column("saved_at", Text),
)  # fmt: skip
charters = _table(
    "charters", Column("name", Text), Column("amendment", Integer), Column("creator_id", Text), Column("text", Text),
    Column("sha256", Text), Column("agreement", Text), Column("forecast", Text), Column("generation", Integer),
    Column("despite", Text), Column("kept_at", Text),
)  # fmt: skip
sign_offs = _table(
    "sign_offs", Column("name", Text), Column("amendment", Integer), Column("side", Text), Column("signer", Text),
    Column("sha256", Text), Column("generation", Integer), Column("signed_at", Text),
)  # fmt: skip
stage_notes = _table(
    "stage_notes", Column("note_id", Integer), Column("name", Text), Column("creator_id", Text), Column("stage", Text),
    Column("reason", Text), Column("noted_at", Text),
)  # fmt: skip
reviews = _table(
    "reviews", Column("review_id", Integer), Column("name", Text), Column("creator_id", Text), Column("text", Text),
    Column("sha256", Text), Column("content", Text), Column("generation", Integer), Column("outcome", Text),
    Column("next_time", Text), Column("closed_at", Text),
)  # fmt: skip
PRECIOUS = (drafts, charters, sign_offs, stage_notes, reviews)
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
