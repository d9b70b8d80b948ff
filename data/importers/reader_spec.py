"""Define what a reader of one export declares (Kind), and how it checks a file and sets rows aside (Incoming).

A reader names its columns, recognises its files by their headings, and checks the rows that were read. While it checks,
`typed` holds the rows and `faults` what is set aside; it never touches what other files gave.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import duckdb

from data.importers.reading.header_row import Column, Match
from data.importers.reading.tables import ExportContent, RecordTable, Where
from data.importers.report import Code, Message, Options
from data.importers.rules import CLOCK_TOLERANCE, MOST_AHEAD
from data.importers.sql import fill, one_row

COUNT = "select count(*) from typed where {condition}"
FIRST_ROWS = "select sheet_row from typed where ({condition}) and not is_bad order by 1 limit {most}"
SET_ASIDE = """
    insert into faults
    select t.sheet_row, t.physical_line, $column, coalesce({cell}, ''), $code, t.detail
    from (select sheet_row, physical_line, {detail} as detail from typed where {condition}) as t
    join staged on staged.sheet_row = t.sheet_row"""
FILL = "update typed set {name} = $value where {name} is null and {condition}"
FORGET = "update typed set {name} = null where {condition}"
ADD = "alter table typed add column {name} {kind}"
DROP = "alter table typed drop column if exists {name}"
SET_REPEATS_ASIDE = """
    insert into faults
    select t.sheet_row, t.physical_line, $column, coalesce(staged.{name}, ''), $code, 'row ' || t.first_row
    from (
        select *, min(sheet_row) over (partition by {key}) as first_row
        from typed
        where not is_bad and hash({key}) in (
            select hash({key}) from typed where not is_bad group by 1 having count(*) > 1)
    ) as t
    join staged on staged.sheet_row = t.sheet_row
    where t.sheet_row > t.first_row"""

# So many rows are named in a warning; the rest is counted.
ROWS_NAMED = 5


@dataclass
class Incoming:
    """One file on its way in: its rows are in `typed`, its faults in `faults`, what has to be said in notes."""

    db: duckdb.DuckDBPyConnection
    options: Options
    today: date
    columns: Sequence[Column]
    match: Match
    present: set[str]
    notes: list[Message] = field(default_factory=list)
    defaults: dict[str, object] = field(default_factory=dict)
    where: Mapping[tuple[int, str], Where] = field(default_factory=dict)
    facts: Mapping[str, object] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)  # codes of which it was said whose they are: code to creator

    def has(self, name: str) -> bool:
        """Whether the file has this column (or it was filled)."""
        return name in self.present

    def say(self, note: str, code: Code | None = None, values: Mapping[str, object] | None = None) -> None:
        """Put a note into the message of the file."""
        self.notes.append(Message(note, code, values or {}))

    def _given(self, sql: str) -> dict[str, object]:
        limits = {"latest": self.today + CLOCK_TOLERANCE, "horizon": self.today + MOST_AHEAD, "today": self.today}
        return {name: value for name, value in limits.items() if f"${name}" in sql}

    def count(self, condition: str) -> int:
        """How many rows meet a condition over the columns of `typed`."""
        sql = fill(COUNT, condition=condition)
        return one_row(self.db.execute(sql, self._given(sql)))[0]

    def set_aside(self, name: str, condition: str, code: str, detail: str) -> None:
        """Set rows that meet a condition aside, with the cell of this column as it was written; where there is one."""
        if not self.has(name):
            return
        cell = f"staged.{name}" if name in self.match.places else "null"  # what the user says stands in no cell
        sql = fill(SET_ASIDE, cell=cell, condition=condition, detail=detail)
        self.db.execute(sql, {"column": name, "code": code, **self._given(sql)})

    def mention(self, condition: str, note: str) -> None:
        """Name the rows that meet a condition, which are loaded nonetheless, in the message of the file."""
        count = self.count(f"({condition}) and not is_bad")
        if count:
            self.say(f"{self.rows_named(condition, count)}: {note}")

    def rows_named(self, condition: str, count: int) -> str:
        """The first rows that meet a condition, in words."""
        sql = fill(FIRST_ROWS, condition=condition, most=ROWS_NAMED)
        rows = [str(row) for (row,) in self.db.execute(sql, self._given(sql)).fetchall()]
        more = f" and {count - len(rows):,} more" if count > len(rows) else ""
        return f"{'row' if count == 1 else 'rows'} {', '.join(rows)}{more}"

    def fill(self, **values: object) -> None:
        """Give columns' blank cells a value; all rows get it when written, where the file has no such column."""
        for name, value in values.items():
            if self.has(name):
                self.db.execute(fill(FILL, name=name, condition="true"), {"value": value})
            else:
                self.defaults[name] = value

    def replace(self, name: str, value: object) -> None:
        """Give all rows one value, whatever the file has there."""
        self.db.execute(fill(DROP, name=name))
        self.present.discard(name)
        self.defaults[name] = value

    def add_creator(self, creator_id: str) -> None:
        """Write whose rows these are, where the file does not say."""
        self.db.execute(fill(DROP, name="creator_id"))
        self.db.execute("alter table typed add column creator_id text")
        self.db.execute("update typed set creator_id = $creator_id", {"creator_id": creator_id})
        self.present.add("creator_id")

    def give(self, name: str, value: object, condition: str = "true") -> None:
        """Give a column's blank cells a value, and all rows where the file has no such column.

        condition: over the columns of `typed`, of the rows that get it.
        """
        if not self.has(name):
            kind = next(column.kind for column in self.columns if column.name == name)
            self.db.execute(fill(DROP, name=name))
            self.db.execute(fill(ADD, name=name, kind="date" if kind == "date" else "text"))
            self.present.add(name)
        self.db.execute(fill(FILL, name=name, condition=condition), {"value": value})

    def forget(self, name: str, condition: str) -> None:
        """Make the cells of a column blank that meet a condition."""
        self.db.execute(fill(FORGET, name=name, condition=condition))


@dataclass(frozen=True)
class Kind:
    """A reader: its name, the layer-1 table it fills, its columns, and its rules.

    recognises: whether a header is one of its tables (None for a reader of documents). read: for exports that are no
    table with a header on top: finds the rows in a document (None: not its export) and may raise RefusedError where it
    knows the export and can't read it.
    """

    name: str
    table: str
    columns: tuple[Column, ...]
    check: Callable[[Incoming], None]
    recognises: Callable[[set[str]], bool] | None = None
    read: Callable[[ExportContent], RecordTable | None] | None = None


def set_repeats_aside(incoming: Incoming, key: Sequence[str], code: str = "repeat") -> None:
    """Set aside the second and later rows with one key: their totals would otherwise count twice.

    code: the rule of data/importers/faults.toml that says so.
    """
    names = [name for name in key if incoming.has(name)]
    shown = next((name for name in names if name in incoming.match.places), None)
    if shown is None:
        return  # nothing of the key stands in the file
    sql = fill(SET_REPEATS_ASIDE, name=shown, key=", ".join(names))
    incoming.db.execute(sql, {"column": shown, "code": code})
