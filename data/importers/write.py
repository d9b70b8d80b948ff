"""Write a checked file to the store: one source, its rows and its quarantine, and the report about it."""

import json
import re
from dataclasses import dataclass
from datetime import datetime

import duckdb

from data.importers.audience_sets import sum_up
from data.importers.limits import MAX_CREATORS_REPORTED, MAX_PROBLEMS_REPORTED, MAX_PROBLEMS_SAVED
from data.importers.overlaps import same_campaigns, same_sales
from data.importers.reader_spec import Incoming, Kind
from data.importers.reading.containers import Arrival
from data.importers.report import (
    Code,
    FileReport,
    FileStatus,
    Message,
    Options,
    Problem,
    RefusedError,
    joined,
    listed,
    quoted,
)
from data.importers.rules import explain
from data.importers.sql import fill, one_row

LAYER_TABLES = ("quarantine", "profiles", "creator_codes", "audience", "campaign_rows", "rates")
COVERAGE = """
    select creator_id, least(listed_ppm, 1000000) / 1e6 as coverage
    from file_sets
    where creator_id in (select distinct creator_id from file_sets order by 1 limit {most})
    qualify row_number() over (
        partition by creator_id
        order by case audience_type when 'viewers' then 0 when 'followers' then 1 else 2 end, as_of desc nulls last,
            listed_ppm desc, source, platform) = 1
    order by creator_id"""
CREATORS = "select distinct creator_id from ready order by 1 limit {most}"
EARLIER = """
    select reader, file_name, loaded_at, count_rows_imported
    from sources
    where sha256 = $sha256 and options = $options"""
FIRST_FAULTS = """
    select sheet_row, physical_line, column_name, cell_value, code, detail, who
    from faults
    left join (select sheet_row, {name} as who from staged) as staged using (sheet_row)
    order by sheet_row, column_name, code, detail
    limit {most}"""
TABLE_COLUMNS = """
    select column_name, data_type
    from information_schema.columns
    where table_name = $table and table_schema = 'main' and table_catalog = current_database()
    order by ordinal_position"""
READY = """
    create or replace temp view ready as
    select {cells}
    from typed
    cross join defaults_given
    where not typed.is_bad {sound} {listed} {of_level}"""
# Our own export lists superseded audiences too; each step of their history becomes a source of its own.
LEVELS = "select distinct coalesce(count_newer, 0) as level from typed where not is_bad order by level desc"
OF_LEVEL = "and coalesce(typed.count_newer, 0) = {level}"
# Rows of the measurements that count now and that a newer one (by date, else by load) in `file_sets` supersedes.
SUPERSEDED = """
    with fresh as (
        select creator_id, platform, source, audience_type, max(as_of) as as_of from file_sets group by all),
    earlier as (
        select creator_id, platform, source, audience_type, as_of, source_id, count(*) as count_rows
        from audience
        where source_id <> {source_id} and creator_id in (select creator_id from fresh)
        group by all),
    counting as (
        select * from earlier
        qualify row_number() over (
            partition by creator_id, platform, source, audience_type
            order by as_of desc nulls last, source_id desc) = 1)
    select coalesce(sum(counting.count_rows) filter (counting.source_id < getvariable('first_source')), 0)::bigint
    from counting
    join fresh on {same} and (counting.as_of is null or fresh.as_of >= counting.as_of)"""
HAS_OTHERS = "select count(*) > 0 from sources where source_id <> {source_id}"
SUPERSEDED_KEY = ("creator_id", "platform", "source", "audience_type")
ROW_IN_WORDS = re.compile(r"^row (\d+)$")
NOT_AT_FAULT = "and typed.sheet_row not in (select sheet_row from faults)"
A_COUNTRY = "and typed.country not in ('ZZ', 'total')"
ADD_DEFAULT = "alter table defaults_given add column {name} {data_type}"
SET_DEFAULT = "update defaults_given set {name} = $value"
INSERT_ROWS = "insert into {table} by name select {source_id} as source_id, * from ready"
INSERT_SOURCE = """
    insert into sources
    values ($id, $name, $sha256, $options, $signature, $reader, $now, $read, $imported, $bad, $message)"""
# The options of the last file with the same columns, for all files whose columns were named by hand.
NAMED_BY_HAND = """
    select header_signature, arg_max(options, source_id)
    from sources
    where json_extract(options, '$.map[0]') is not null
    group by header_signature"""
INSERT_QUARANTINE = """
    insert into quarantine
    select {source_id}, unnest($row::bigint[]), unnest($line::bigint[]), unnest($column::text[]),
        unnest($value::text[]), unnest($reason::text[]), unnest($fix::text[])"""
INSERT_CODES = """
    insert into creator_codes
    select {source_id}, unnest($creator::text[]), unnest($code::text[])"""
CODES_OF_PROFILES = """
    insert into creator_codes
    select distinct {source_id}, creator_id, code
    from (select creator_id, unnest([trim(part) for part in regexp_split_to_array(codes, '[;,|]')]) as code from typed
        where not is_bad and codes is not null and sheet_row not in (select sheet_row from faults))
    where code <> ''"""
FORGET_SOURCE = "delete from {table} where source_id = $source_id"


def earlier_source(db: duckdb.DuckDBPyConnection, sha256: str, options: Options) -> tuple[str, Message] | None:
    """The reader of the source with the same bytes and the same options, if there is one, and what to say of it."""
    source = db.execute(EARLIER, {"sha256": sha256, "options": options.as_text()}).fetchone()
    if source is None:
        return None
    name, file_name, loaded_at, count = source
    words = f"already imported: the same bytes as {file_name}, loaded {loaded_at:%Y-%m-%d %H:%M} ({count:,} rows)"
    return name, Message(words)


@dataclass(frozen=True)
class File:
    """What is known of a file beside its rows. signature: of its header."""

    arrival: Arrival
    sha256: str
    kind: Kind
    signature: str
    now: datetime

    @property
    def name(self) -> str:
        """The file's own name, without its folder; of a workbook with several, the sheet's."""
        return self.arrival.shown.rsplit("/", 1)[-1]


def named_by_hand(db: duckdb.DuckDBPyConnection) -> dict[str, Options]:
    """How the user last named columns, and the reader that was said with it, by the signature of the header."""
    by_signature = {}
    for signature, text in db.execute(NAMED_BY_HAND).fetchall():
        given = json.loads(text)
        mapping = tuple((name, target) for name, target in given["map"])
        by_signature[signature] = Options(kind=given["kind"], mapping=mapping)
    return by_signature


def write_checked(incoming: Incoming, count_read: int, file: File) -> FileReport:
    """Add the good rows and the quarantine of one file to the store. Raises RefusedError when no row is good."""
    db, kind = incoming.db, file.kind
    problems, count_bad = problems_of(incoming)
    reported = tuple(problems[:MAX_PROBLEMS_REPORTED])
    make_ready(incoming, kind)
    if one_row(db.execute("select count(*) from ready"))[0] == 0:
        raise RefusedError(
            nothing_good(count_read, problems, count_bad),
            notes=incoming.notes if problems else (),
            problems=reported,
            count_rows=count_read,
        )
    source_id = next_source_id(db)
    if kind.table == "audience":
        sum_up(db)
    count_replaced, notes = replace_earlier(db, kind, file.sha256, source_id)
    count_good = count_read - count_bad
    message = (*words(incoming, count_read, count_good, problems, count_bad), *notes)
    count_left = count_good
    if incoming.has("count_newer"):
        *history, newest = (level for (level,) in db.execute(LEVELS).fetchall())
        for level in history:
            make_ready(incoming, kind, level)
            added = one_row(db.execute(fill(INSERT_ROWS, table=kind.table, source_id=source_id)))[0]
            insert_source(incoming, source_id, file, message, (added, added, 0))
            count_left, source_id = count_left - added, source_id + 1
        make_ready(incoming, kind, newest)
        sum_up(db)
    db.execute(fill(INSERT_ROWS, table=kind.table, source_id=source_id))
    insert_source(incoming, source_id, file, message, (count_left + count_bad, count_left, count_bad))
    insert_codes(incoming, source_id)
    quarantine(db, source_id, problems)
    return report(db, file, (count_read, count_good, count_bad), reported, message, count_replaced)


def write_fast(incoming: Incoming, count: int, file: File, source_id: int) -> FileReport:
    """Report whose audiences these are: so many rows stand in the store, and in `file_sets`, under this source."""
    count_replaced, notes = replace_earlier(incoming.db, file.kind, file.sha256, source_id)
    message = (*words(incoming, count, count, [], 0), *notes)
    insert_source(incoming, source_id, file, message, (count, count, 0))
    return report(incoming.db, file, (count, count, 0), (), message, count_replaced)


def report(
    db: duckdb.DuckDBPyConnection, file: File, counts: tuple[int, int, int], problems: tuple[Problem, ...],
    message: tuple[Message, ...], count_replaced: int,
) -> FileReport:  # fmt: skip
    """The report of a file that gave rows. counts: rows read, imported and set aside."""
    status = FileStatus.PARTLY_IMPORTED if counts[2] else FileStatus.IMPORTED
    whose = who(db, file.kind)
    known = (file.arrival.shown, file.sha256, file.kind.name, status)
    return FileReport(*known, *counts, *whose, problems, message, count_replaced)


def replace_earlier(
    db: duckdb.DuckDBPyConnection, kind: Kind, sha256: str, source_id: int
) -> tuple[int, list[Message]]:
    """Make way for the rows of a source: how many rows of earlier files they take the place of, and that in words."""
    replaced = [
        (Code.SAME_FILE_REPLACED, "of the same file under other options replaced", forget_same_bytes(db, sha256))
    ]
    count_campaigns, of_campaigns = same_campaigns.replace_rows(db) if kind.table == "campaign_rows" else (0, [])
    of_sales = same_sales.said_of(db, kind.name) if kind.table == "campaign_rows" else []
    if kind.table == "audience":
        what = "of earlier files superseded, kept in the history"
        replaced.append((Code.ROWS_SUPERSEDED, what, superseded(db, source_id)))
    words = [
        Message(f"{count:,} row{'s' if count > 1 else ''} {what}", code, {"count": count})
        for code, what, count in replaced
        if count
    ]
    return sum(count for _, _, count in replaced) + count_campaigns, [*words, *of_campaigns, *of_sales]


def next_source_id(db: duckdb.DuckDBPyConnection) -> int:
    """A number that no source has."""
    return one_row(db.execute("select coalesce(max(source_id), 0) + 1 from sources"))[0]


def insert_source(
    incoming: Incoming, source_id: int, file: File, message: tuple[Message, ...], counts: tuple[int, int, int]
) -> None:
    """Add a source. counts: rows read, imported and set aside."""
    source = {
        "id": source_id,
        "name": file.name,
        "sha256": file.sha256,
        "options": incoming.options.as_text(),
        "signature": file.signature,
        "reader": file.kind.name,
        "now": file.now,
        "message": joined(message),
    }
    incoming.db.execute(INSERT_SOURCE, source | dict(zip(("read", "imported", "bad"), counts, strict=True)))


def insert_codes(incoming: Incoming, source_id: int) -> None:
    """Remember whose codes are whose: those of a list of creators, and those of which it was said for an export."""
    if incoming.has("codes"):
        incoming.db.execute(fill(CODES_OF_PROFILES, source_id=source_id))
    if incoming.codes:
        given = {"code": list(incoming.codes), "creator": list(incoming.codes.values())}
        incoming.db.execute(fill(INSERT_CODES, source_id=source_id), given)


def problems_of(incoming: Incoming) -> tuple[list[Problem], int]:
    """The first problems in the order of rows, and how many rows are set aside."""
    db = incoming.db
    count = one_row(db.execute("select count(distinct sheet_row) from faults"))[0]
    if count == 0:
        return [], 0
    kinds = {column.name: column.kind for column in incoming.columns}
    of_rows = next((n for n in ("creator_name", "creator_id") if n in incoming.match.places), "null")
    faults = db.execute(fill(FIRST_FAULTS, most=MAX_PROBLEMS_SAVED, name=of_rows)).fetchall()
    problems = []
    for row, line, name, value, code, detail, whose in faults:
        if code == "future":
            detail = incoming.today.isoformat()
        place = incoming.where.get((row, name)) or incoming.where.get((row, ""))
        if place and code in ("repeat", "conflict"):
            detail = in_place(incoming, detail, name)
        reason, fix = explain(kinds.get(name, ""), value, code, detail)
        if place:
            row, line, name = place.row, place.line, place.column
        creator = "" if whose in (None, value) else quoted(whose)
        problems.append(Problem(row, line, name, quoted(value), reason, fix, creator))
    return problems, count


def in_place(incoming: Incoming, detail: str, name: str) -> str:
    """The place of another row ("row 3"), as its file shows it."""
    other = ROW_IN_WORDS.match(detail)
    key = int(other[1]) if other else 0
    place = incoming.where.get((key, name)) or incoming.where.get((key, ""))
    return place.words if place else detail


def make_ready(incoming: Incoming, kind: Kind, level: int | None = None) -> None:
    """The view `ready`: the rows to be written, with the columns of the table that they go into.

    level: only those of one step of the history.
    """
    incoming.db.execute("create or replace temp table defaults_given as select 1 as one")
    table = incoming.db.execute(TABLE_COLUMNS, {"table": kind.table}).fetchall()
    cells = []
    for name, data_type in table:
        if name == "source_id":
            continue
        if name in incoming.present or name == "sheet_row":
            cells.append(f"typed.{name}")
        elif name in incoming.defaults:
            incoming.db.execute(fill(ADD_DEFAULT, name=name, data_type=data_type))
            incoming.db.execute(fill(SET_DEFAULT, name=name), {"value": incoming.defaults[name]})
            cells.append(f"defaults_given.{name}")
        else:
            cells.append(f"cast(null as {data_type}) as {name}")
    any_fault = one_row(incoming.db.execute("select count(*) > 0 from faults"))[0]
    sound = NOT_AT_FAULT if any_fault else ""
    listed_only = A_COUNTRY if kind.table == "audience" else ""
    of_level = "" if level is None else fill(OF_LEVEL, level=level)
    incoming.db.execute(fill(READY, cells=", ".join(cells), sound=sound, listed=listed_only, of_level=of_level))


def nothing_good(count_read: int, problems: list[Problem], count_bad: int) -> str:
    """The message of a file of which no row is good."""
    if not problems:
        return "no row names a country: only totals or unknown parts; export the table by country"
    what = "the only row can't be imported" if count_read == 1 else f"none of {count_read:,} rows can be imported"
    return f"{what}: {in_words(problems[0])}{more(count_bad)}"


def in_words(problem: Problem) -> str:
    """One problem as part of a sentence."""
    value = f" {problem.value!r}" if problem.value else ""
    who = f" ({problem.creator})" if problem.creator else ""
    place = f"row {problem.row}{who}, {problem.column}" if problem.row else problem.column
    return f"{place}{value}: {problem.reason} ({problem.fix})"


def more(count: int) -> str:
    """How many other rows have problems."""
    return f", and {count - 1:,} more row{'s' if count > 2 else ''}" if count > 1 else ""


def words(
    incoming: Incoming, count_read: int, count_imported: int, problems: list[Problem], count_bad: int
) -> list[Message]:
    """The message of a file that was imported: counts, the first problem, what is worth knowing."""
    values = {"imported": count_imported, "read": count_read}
    rows = Message(f"{count_imported:,} of {count_read:,} rows imported", Code.ROWS_IMPORTED, values)
    parts = []
    if count_bad:
        parts.append(f"{count_bad:,} skipped, first {in_words(problems[0])}")
    if len(problems) > MAX_PROBLEMS_REPORTED:
        parts.append(f"the first {MAX_PROBLEMS_REPORTED:,} problems are listed")
    if incoming.match.ignored:
        parts.append(f"columns ignored: {listed(incoming.match.ignored)}")
    return [rows, *map(Message, parts), *incoming.notes]


def forget_same_bytes(db: duckdb.DuckDBPyConnection, sha256: str) -> int:
    """Remove what the same bytes gave under other options; returns how many rows that was."""
    of_bytes = "select source_id, count_rows_imported from sources where sha256 = $sha256"
    old = db.execute(of_bytes, {"sha256": sha256}).fetchall()
    for source_id, _ in old:
        for table in (*LAYER_TABLES, "sources"):
            db.execute(fill(FORGET_SOURCE, table=table), {"source_id": source_id})
    return sum(count for _, count in old)


def superseded(db: duckdb.DuckDBPyConnection, source_id: int) -> int:
    """How many rows of audiences that count since an earlier load give way to those of this source (`file_sets`)."""
    if not one_row(db.execute(fill(HAS_OTHERS, source_id=source_id)))[0]:
        return 0
    same = " and ".join(f"counting.{name} is not distinct from fresh.{name}" for name in SUPERSEDED_KEY)
    return one_row(db.execute(fill(SUPERSEDED, same=same, source_id=source_id)))[0]


def quarantine(db: duckdb.DuckDBPyConnection, source_id: int, problems: list[Problem]) -> None:
    """Write what was set aside, so that it can be looked at and repaired later."""
    if problems:
        fields = ("row", "line", "column", "value", "reason", "fix")
        given = {name: [getattr(problem, name) for problem in problems] for name in fields}
        db.execute(fill(INSERT_QUARANTINE, source_id=source_id), given)


def who(db: duckdb.DuckDBPyConnection, kind: Kind) -> tuple[tuple[str, ...], dict[str, float]]:
    """The creators of a file, in order, and of an audience file how much of each creator's audience it lists."""
    if kind.table == "audience":
        coverage = dict(db.execute(fill(COVERAGE, most=MAX_CREATORS_REPORTED)).fetchall())
        return tuple(coverage), coverage
    if kind.table == "rates":
        return (), {}  # they are nobody's
    creators = db.execute(fill(CREATORS, most=MAX_CREATORS_REPORTED)).fetchall()
    return tuple(creator for (creator,) in creators), {}


def clear(db: duckdb.DuckDBPyConnection) -> None:
    """Drop what the reading of files left in the connection."""
    for view in ("ready", "staged"):
        db.execute(fill("drop view if exists temp.{view}", view=view))
    for table in ("typed", "staged_cells", "faults", "defaults_given", "sums", "file_sets", "straight_meanings"):
        db.execute(fill("drop table if exists temp.{table}", table=table))
