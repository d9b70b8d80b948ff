"""Load files into the store: recognise each file, check its rows, add the good ones to the first layer.

The only entry to the importers: load_files. What it can't read for certain it sets aside or refuses, and says so.
"""

import shutil
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from pathlib import Path

import duckdb

from data.importers import amounts, fast_path, photos, rules, staging, write
from data.importers.options import check_options
from data.importers.overlaps import same_campaigns
from data.importers.reader_spec import Incoming, Kind
from data.importers.reading import containers, encoding, header_row, reader, stacked_tables
from data.importers.reading.containers import Arrival
from data.importers.reading.header_row import Match
from data.importers.reading.reader import TextTable
from data.importers.reading.tables import RecordTable
from data.importers.recognise import (
    NO_READER,
    PLAIN,
    Opened,
    Table,
    columns_of,
    is_plain,
    is_sheet,
    open_table,
    own_header,
    recognise,
)
from data.importers.report import (
    Code,
    FileReport,
    FileStatus,
    Message,
    Options,
    Problem,
    RefusedError,
    each_quoted,
    listed,
    why_not_read,
)
from data.importers.tracker import load as tracker

NO_TABLE = "it holds no creators, audience or campaigns"
HIDDEN = "a hidden sheet; show it in the workbook and load it again if it counts"


def load_files(
    db: duckdb.DuckDBPyConnection,
    paths: Sequence[Path],
    options: Options,
    *,
    today: date,
    now: datetime,
    own: Mapping[Path, Mapping[str, object]] | None = None,
    progress: Callable[[str, float], None] | None = None,
) -> list[FileReport]:
    """Bring files, folders and zips into the first layer of a store; one report per file, in order.

    db: a writable connection with the tables of schema.sql, holding what earlier files gave. today: later dates are set
    aside. own: what holds for single ones of the paths alone (Options.but). progress(name, part done from 0 to 1) is
    called before each file.
    Raises OptionError.
    """
    options_of = {path: options.but(own_options) for path, own_options in (own or {}).items()}
    for own_options in (options, *options_of.values()):
        check_options(own_options)
    staging.prepare(db)
    same_campaigns.begin(db)
    reports: list[FileReport | None] = []
    waiting: list[tuple[int, Arrival, Options]] = []
    pictures: list[tuple[photos.Photo, Options]] = []
    scratch = Path(tempfile.mkdtemp(prefix="creator-fit-"))
    try:
        for number, arrival in enumerate(containers.arrivals(paths, scratch)):
            if progress:
                progress(arrival.shown, number / (number + max(1, len(paths) - number)))
            own_options = options_of.get(arrival.given, options)
            if photos.is_image(arrival):  # whose it is shows when all other files are in
                pictures.append((photos.taken(arrival), own_options))
                reports.append(None)
                continue
            for table in stacked_tables.parted(arrival, scratch, partial(is_plain, own_options)):
                reports.append(one_file(db, table, own_options, today, now, scratch, may_wait=True))
                if reports[-1] is None:  # its names may be those of accounts that another file gives
                    waiting.append((len(reports) - 1, copied_aside(table, scratch, len(waiting)), own_options))
        for place, table, own_options in waiting:
            reports[place] = one_file(db, table, own_options, today, now, scratch)
        of_photos = photos.written(db, pictures, now)
        return [report or next(of_photos) for report in reports]
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
        write.clear(db)


def copied_aside(arrival: Arrival, scratch: Path, number: int) -> Arrival:
    """A file that is read after the others: what is unpacked makes way for the next one."""
    if scratch not in arrival.path.parents:
        return arrival
    copy = scratch / f"waiting-{number}{arrival.path.suffix}"
    try:
        shutil.copyfile(arrival.path, copy)
    except OSError as error:
        return replace(arrival, refusal=why_not_read(error))
    return replace(arrival, path=copy)


def one_file(
    db: duckdb.DuckDBPyConnection,
    arrival: Arrival,
    options: Options,
    today: date,
    now: datetime,
    scratch: Path,
    *,
    may_wait: bool = False,
) -> FileReport | None:
    """Bring one file in and report what became of it. Never raises for what is in the file.

    may_wait: a sheet whose creators are names alone is left for later; None says so.
    """
    if arrival.passed_over:
        why = HIDDEN if arrival.is_hidden else NO_TABLE
        return empty_report(arrival, "", FileStatus.PASSED_OVER, (Message(f"passed over: {why}"),))
    sha256, kind_name = "", NO_READER
    seen: Opened | None = None
    try:
        if arrival.refusal:
            raise RefusedError(arrival.refusal)
        scan = encoding.scan(arrival.path)
        sha256 = arrival.sha256 or scan.sha256
        earlier = write.earlier_source(db, sha256, options)
        if not earlier:
            opened = seen = open_table(arrival.path, scan, scratch, options, write.named_by_hand(db))
            earlier = write.earlier_source(db, sha256, opened.options)
        if earlier:
            reader_name, words = earlier
            return empty_report(arrival, sha256, FileStatus.ALREADY_IMPORTED, (words,), reader_name)
        if isinstance(opened.table, TextTable) and is_sheet(opened.table, opened):
            kind_name = tracker.NAME
            if may_wait and tracker.gives_names_alone(opened.table, opened.options):
                return None
            file = write.File(arrival, sha256, tracker.KIND, header_row.signature(own_header(opened.table)), now)
            return tracker.load(of_sheet(db, opened, today, file), opened.table, file, scratch)
        kind = opened.kind or recognise(opened)
        kind_name = kind.name
        file = write.File(arrival, sha256, kind, header_row.signature(own_header(opened.table)), now)
        incoming = Incoming(db, opened.options, today, kind.columns, find_columns(opened, kind), set())
        if fast_path.may_go(opened.table, kind, incoming.match):
            source_id, count = write.next_source_id(db), fast_path.count_rows(opened.table)
            if fast_path.insert(db, opened.table, incoming.match.places, source_id, today, scratch):
                incoming.notes.extend(opened.notes)
                return write.write_fast(incoming, count, file, source_id)
        return write.write_checked(incoming, read_and_check(incoming, opened, kind, scratch), file)
    except RefusedError as refusal:
        known = (refusal.message_parts, refusal.reader or kind_name, refusal.problems, refusal.count_rows)
        columns = refusal.columns or columns_of(seen)
        return replace(empty_report(arrival, sha256, FileStatus.REFUSED, *known), columns=columns)
    except OSError as error:
        return empty_report(arrival, sha256, FileStatus.REFUSED, (Message(why_not_read(error)),), kind_name)


def empty_report(
    arrival: Arrival,
    sha256: str,
    status: FileStatus,
    message_parts: tuple[Message, ...],
    kind: str = NO_READER,
    problems: tuple[Problem, ...] = (),
    count_read: int = 0,
) -> FileReport:
    """The report of a file that gave no rows."""
    count_bad = len({problem.row for problem in problems})
    return FileReport(arrival.shown, sha256, kind, status, count_read, 0, count_bad, (), {}, problems, message_parts)


def of_sheet(db: duckdb.DuckDBPyConnection, opened: Opened, today: date, file: write.File) -> Incoming:
    """Somebody's own spreadsheet before anything of it is read; what was answered for the last one holds."""
    options, answers = same_campaigns.answered_before(
        db, opened.options, reader=tracker.NAME, name=file.name, signature=file.signature, sha256=file.sha256
    )
    notes = [*opened.notes, *answers]
    return Incoming(db, options, today, tracker.COLUMNS, Match({}, (), frozenset()), set(), notes)


def find_columns(opened: Opened, kind: Kind) -> Match:
    """Where a reader's columns stand in a table. Raises RefusedError when one lacks or stands there twice."""
    table = opened.table
    if isinstance(table, RecordTable):
        match = Match({name: place for place, name in enumerate(table.header)}, table.ignored, frozenset())
    else:
        match = header_row.match(table.header, kind.columns, opened.options.mapping)
    refuse_missing(table, kind, match, opened.options)
    return match


def read_and_check(incoming: Incoming, opened: Opened, kind: Kind, scratch: Path) -> int:
    """Read a table's rows into `typed`, set aside what a reader's rules don't allow, return how many rows were read.

    Raises RefusedError.
    """
    table, options, db = opened.table, opened.options, incoming.db
    count_rows, note = stage(incoming, table, kind, scratch)
    places = incoming.match.places
    if count_rows == 0:
        raise RefusedError("no data: only a header and no rows below it; export it again")
    columns = [column for column in kind.columns if column.name in places]
    for_all_rows = given_for_all_rows(options, kind)
    columns = [replace(column, filled=False) if column.name in for_all_rows else column for column in columns]
    if options.creator is not None and "creator_id" in places and not rules.distinct(db, "creator_id"):
        columns = [column for column in columns if column.name != "creator_id"]
    if not columns:
        raise nothing_to_read(kind, table)
    days_seen = table.days_seen if isinstance(table, RecordTable) else None
    rules.type_cells(db, columns, rules.prove(db, columns, incoming.today, days_seen))
    incoming.present |= {column.name for column in columns}
    if options.creator is not None and not incoming.has("creator_id"):
        incoming.add_creator(options.creator.strip())
    for name, value in for_all_rows.items():
        is_of_undated = name == "end_date" and incoming.has("date")  # a row with a day of its own is of that day
        incoming.give(name, value, "date is null" if is_of_undated else "true")
    if isinstance(table, RecordTable):
        incoming.where, incoming.facts = table.where, table.facts
    notes = table.notes if isinstance(table, RecordTable) else ()
    rounded = rules.said_of_rounded(db, columns) if kind in PLAIN else ""
    said_first = [Message(to_say) for to_say in (note, *notes) if to_say]
    incoming.notes.extend([*said_first, *opened.notes, *([Message(rounded)] if rounded else [])])
    kind.check(incoming)
    return count_rows


def given_for_all_rows(options: Options, kind: Kind) -> dict[str, object]:
    """What the user says of all rows that do not say it themselves, as columns of a reader's table."""
    days = options.days
    values: dict[str, object | None] = {
        "campaign_id": options.campaign,
        "end_date": days[1] if days and days[1] > days[0] else None,
        "date": days[0] if days else None,  # after the end, which only rows without a day get
        "currency": options.currency,
        "platform": options.platform,
    }
    own = {column.name for column in kind.columns} if kind.table in ("profiles", "campaign_rows") else set()
    return {name: value for name, value in values.items() if value is not None and name in own}


def stage(incoming: Incoming, table: Table, kind: Kind, scratch: Path) -> tuple[int, str]:
    """Put a table's columns into `staged`, amounts without the currency beside them. Raises RefusedError."""
    db, match = incoming.db, incoming.match
    count_rows, note = staging.stage(db, table, match.places, scratch)
    money = [column.name for column in kind.columns if column.kind == "money" and column.name in match.places]
    if (
        isinstance(table, RecordTable)
        and "currency" in match.places
        and any(map(partial(amounts.has_signs, db), money))
    ):
        at = amounts.Places(
            [match.places[name] for name in money], match.places["currency"], given=incoming.options.currency
        )
        records = amounts.bare_where_unsaid(table.records, at)
        return staging.stage(db, replace(table, records=records), match.places, scratch)[0], note
    is_plain = isinstance(table, TextTable) and kind in PLAIN
    if not is_plain or not (match.currencies or any(map(partial(amounts.has_signs, db), money))):
        return count_rows, note
    assert isinstance(table, TextTable)
    width = len(table.header)
    currency = match.places.get("currency", width)
    headings = {match.places[name]: unit for name, unit in match.currencies.items()}
    at = amounts.Places(
        [match.places[name] for name in money],
        currency,
        match.places.get("cost"),
        headings,
        incoming.options.currency,
    )
    records, notes = amounts.bare_amounts((reader.fit_to_header(r, width) for r in reader.read_rows(table)[0]), at)
    incoming.match = replace(match, places=match.places | {"currency": currency})
    incoming.notes.extend(map(Message, notes))
    bare = RecordTable((), records, (*table.header, *([""] if currency == width else [])))
    return staging.stage(db, bare, incoming.match.places, scratch)[0], note


def nothing_to_read(kind: Kind, table: Table) -> RefusedError:
    """Say that a file has none of a reader's columns beside those that an option gives."""
    names = [column.name for column in kind.columns if column.name != "creator_id"]
    return RefusedError(
        f"{kind.name} needs at least one of the columns {', '.join(names)}; the file has "
        f"{listed([name for name in table.header if name])}; map other names with --map FROM=TO",
        Code.ONE_COLUMN_NEEDED,
        {"reader": kind.name, "needed": names, "columns": each_quoted(table.header)},
    )


def refuse_missing(table: Table, kind: Kind, match: Match, options: Options) -> None:
    """Raise RefusedError when a needed column is neither in the file nor given by an option, or none is in the file."""
    supplied = {"creator_id"} if options.creator is not None else set()
    supplied |= given_for_all_rows(options, kind).keys()
    lacking = header_row.missing(match, kind.columns, supplied)
    if not match.places and not lacking:
        raise nothing_to_read(kind, table)
    if not lacking:
        return
    named = listed([name for name in table.header if name])
    if lacking == ["creator_id"] and isinstance(table, RecordTable):
        raise RefusedError("such an export never says whose it is; add --creator ID", Code.CREATOR_NEEDED)
    if lacking == ["creator_id"]:
        raise RefusedError(
            f"the file does not say whose it is (no column creator_id; it has {named}); add --creator ID",
            Code.CREATOR_COLUMN_NEEDED,
            {"columns": each_quoted(table.header)},
        )
    raise RefusedError(
        f"{kind.name} needs the column{'s' if len(lacking) > 1 else ''} {', '.join(lacking)}; the file has {named}; "
        "map other names with --map FROM=TO",
        Code.COLUMNS_NEEDED,
        {"reader": kind.name, "needed": lacking, "columns": each_quoted(table.header)},
    )
