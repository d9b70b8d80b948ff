"""Load files into the store: recognise each file, check its rows, add the good ones to the first layer.

The only entry to the importers: load_files. What it can't read for certain it sets aside or refuses, and says so.
"""

import shutil
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from pathlib import Path

import duckdb

from data.importers import amounts, fast_path, known_exports, rules, staging, write
from data.importers.code_owners import exact
from data.importers.exports import (
    ad_platforms,
    affiliate,
    ga4,
    google_ads,
    meta_ads,
    meta_audience,
    plain_format,
    plain_rates,
    posts,
    shopify,
    tiktok_studio,
    vendor_json,
    youtube_studio,
)
from data.importers.limits import MAX_ID_CHARACTERS
from data.importers.reader_spec import Incoming, Kind
from data.importers.reading import containers, encoding, header_row, parquet, reader, stacked_tables, tables
from data.importers.reading.containers import Arrival
from data.importers.reading.header_row import Match
from data.importers.reading.parquet import ParquetTable
from data.importers.reading.reader import TextTable
from data.importers.reading.tables import RecordTable
from data.importers.report import (
    Code,
    FileReport,
    FileStatus,
    Message,
    OptionError,
    Options,
    Problem,
    RefusedError,
    each_quoted,
    listed,
    quoted,
)
from data.importers.tracker import columns as sheet_columns
from data.importers.tracker import load as tracker
from data.importers.values import countries

Table = TextTable | ParquetTable | RecordTable
# The order in which readers look at a file; the first that recognises its headings takes it.
KINDS: tuple[Kind, ...] = (
    meta_audience.KIND,
    tiktok_studio.KIND,
    vendor_json.KIND,
    posts.KIND,
    ad_platforms.KIND,
    meta_ads.KIND,
    google_ads.KIND,
    shopify.KIND,
    affiliate.KIND,
    ga4.KIND,
    youtube_studio.KIND,
    plain_format.CAMPAIGNS,
    plain_format.AUDIENCE,
    plain_format.CREATORS,
    plain_rates.KIND,
)
PLAIN = (plain_format.CAMPAIGNS, plain_format.AUDIENCE, plain_format.CREATORS)
ROWS_LOOKED_AT = 500  # of a table, to tell a sheet kept by hand from other tables
NO_READER = "unknown"
NAMED_EARLIER = "columns read as they were named by hand for an earlier file"
NEEDED = (
    "creator_id, country, audience_share for an audience; campaign_id, creator_id, date, impressions for campaigns; "
    "creator_id, creator_name, platform for creators; currency, rate, base for exchange rates"
)


def kinds() -> tuple[str, ...]:
    """Names of all readers, as --kind takes them."""
    return tuple(sorted((*(kind.name for kind in KINDS), tracker.NAME)))


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
    options_of = {path: options.but(given) for path, given in (own or {}).items()}
    for given in (options, *options_of.values()):
        check_options(given)
    staging.prepare(db)
    reports = []
    scratch = Path(tempfile.mkdtemp(prefix="creator-fit-"))
    try:
        for number, arrival in enumerate(containers.arrivals(paths, scratch)):
            if progress:
                progress(arrival.shown, number / (number + max(1, len(paths) - number)))
            given = options_of.get(arrival.given, options)
            for table in stacked_tables.parted(arrival, scratch, partial(is_plain, given)):
                reports.append(one_file(db, table, given, today, now, scratch))
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
        write.clear(db)
    return reports


def check_options(options: Options) -> None:
    """Raise OptionError, with the way to write it, for a creator, market, kind or column that can't be meant."""
    if options.kind is not None and options.kind not in kinds():
        raise OptionError(f"--kind {quoted(options.kind)} is no reader; choose one of {', '.join(kinds())}")
    if options.market is not None and countries.market(options.market) is None:
        raise OptionError(
            f"--market {quoted(options.market)} is no country; write a code such as DE, or several as DE+AT",
            Code.MARKET_UNKNOWN,
            {"market": quoted(options.market)},
        )
    creator = options.creator
    if creator is not None and (not creator.strip() or len(creator) > MAX_ID_CHARACTERS or not creator.isprintable()):
        raise OptionError(
            f"--creator needs an id of 1 to {MAX_ID_CHARACTERS} visible characters",
            Code.CREATOR_UNUSABLE,
            {"most": MAX_ID_CHARACTERS},
        )
    check_said_of_rows(options)
    check_codes(options.codes)
    known = {name for kind in KINDS for column in kind.columns for name in (column.name, *column.other_names)}
    known |= set(sheet_columns.MEANINGS)
    sources = [header_row.fold_name(source) for source, _ in options.mapping]
    twice = sorted({source for source, _ in options.mapping if sources.count(header_row.fold_name(source)) > 1})
    if twice:
        raise OptionError(
            f"--map names {listed(twice)} twice; say once which column it is",
            Code.COLUMN_NAMED_TWICE,
            {"columns": each_quoted(twice)},
        )
    unknown = [target for _, target in options.mapping if header_row.fold_name(target) not in known]
    if unknown:
        raise OptionError(f"--map to {listed(unknown)}: no such column; choose one of {', '.join(sorted(known))}")


def check_said_of_rows(options: Options) -> None:
    """Raise OptionError for a period or currency that can't be meant."""
    try:
        days = options.days
    except ValueError as error:
        raise OptionError(
            f"--date {quoted(str(options.period))} is no day or period ({error}); write 2025-04-01..2025-04-30",
            Code.OPTION_UNUSABLE,
            {"option": "date", "value": quoted(str(options.period))},
        ) from error
    if days and days[0] < rules.EARLIEST_DATE:
        raise OptionError(f"--date begins before {rules.EARLIEST_DATE.isoformat()}; check the year")
    if options.currency is not None and countries.currency(options.currency) != options.currency:
        raise OptionError(
            f"--currency {quoted(options.currency)} is no currency; write its ISO 4217 code, for example EUR",
            Code.OPTION_UNUSABLE,
            {"option": "currency", "value": quoted(options.currency)},
        )


def check_codes(codes: Sequence[tuple[str, str]]) -> None:
    """Raise OptionError for a code without a creator, or with two."""
    owners: dict[str, str] = {}
    for code, creator in codes:
        if not code.strip() or not creator.strip() or len(creator) > MAX_ID_CHARACTERS or not creator.isprintable():
            raise OptionError("--code takes CODE=CREATOR, for example --code OTTER10=plum-otter")
        if owners.setdefault(exact(code), creator.strip()) != creator.strip():
            raise OptionError(f"--code gives {quoted(code)} to two creators; give it to one")


def one_file(
    db: duckdb.DuckDBPyConnection, arrival: Arrival, options: Options, today: date, now: datetime, scratch: Path
) -> FileReport:
    """Bring one file in and report what became of it. Never raises for what is in the file."""
    if arrival.passed_over:
        words = Message("passed over: it holds no creators, audience or campaigns")
        return empty_report(arrival, "", FileStatus.PASSED_OVER, (words,))
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
            file = write.File(arrival, sha256, tracker.KIND, header_row.signature(own_header(opened.table)), now)
            return tracker.load(of_sheet(db, opened, today), opened.table, file, scratch)
        kind = opened.kind or recognise(opened)
        kind_name = kind.name
        file = write.File(arrival, sha256, kind, header_row.signature(own_header(opened.table)), now)
        incoming = Incoming(db, opened.options, today, kind.columns, find_columns(opened, kind), set())
        if fast_path.may_go(opened.table, kind, incoming.match):
            source_id, count = write.next_source_id(db), fast_path.count_rows(opened.table)
            if fast_path.insert(db, opened.table, incoming.match.places, source_id, today, scratch):
                incoming.notes.extend(map(Message, opened.notes))
                return write.write_fast(incoming, count, file, source_id)
        return write.write_checked(incoming, read_and_check(incoming, opened, kind, scratch), file)
    except RefusedError as refusal:
        known = (refusal.message_parts, refusal.reader or kind_name, refusal.problems, refusal.count_rows)
        columns = refusal.columns or columns_of(seen)
        return replace(empty_report(arrival, sha256, FileStatus.REFUSED, *known), columns=columns)
    except OSError as error:
        why = error.strerror or type(error).__name__
        words = Message(f"this file cannot be read ({why}); check its permissions")
        return empty_report(arrival, sha256, FileStatus.REFUSED, (words,), kind_name)


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


@dataclass(frozen=True)
class Opened:
    """A file understood as a table. kind: its reader (None: nobody knows its columns). options: those that hold."""

    table: Table
    kind: Kind | None
    options: Options
    notes: tuple[str, ...] = ()
    content: tables.ExportContent | None = None


def own_header(table: Table) -> tuple[str, ...]:
    """The names that a file itself gives to its columns; none where it is no table with a header."""
    return table.own_header if isinstance(table, RecordTable) else table.header


def open_table(
    path: Path, scan: encoding.Scan, scratch: Path, options: Options, by_hand: Mapping[str, Options] | None = None
) -> Opened:
    """Understand a file as a table and know its reader. Raises RefusedError.

    by_hand: how columns were named for earlier files, by the signature of their header; it holds where the options
    themselves name no column.
    """
    content = None
    if scan.head.startswith(parquet.MAGIC):
        table: Table = parquet.open_parquet(path, scan, scratch)
        holding = named_before([table.header], options, by_hand or {})
        kind = reader_of(table.header, holding)
    else:
        encoding.refuse_what_is_no_table(scan.head)
        content = tables.open_content(path, scan)
        holding = named_before(content.first_rows, options, by_hand or {})
        table, kind = read_text(replace(content, mapping=holding.mapping), holding)
    mapping = header_row.that_hold(own_header(table), holding.mapping)
    lost = [f"{name}={target}" for name, target in options.mapping if (name, target) not in mapping]
    notes: tuple[str, ...] = (f"no column of --map {listed(lost)} in this file",) if lost else ()
    notes += unread_above(content, table) if isinstance(table, TextTable) else ()
    notes += (NAMED_EARLIER,) if holding.mapping and not options.mapping else ()
    return Opened(table, kind, replace(holding, mapping=mapping), notes, content)


def is_sheet(table: TextTable, opened: Opened) -> bool:
    """Whether a table is a sheet kept by hand, of which no other reader takes as much."""
    options = opened.options
    if table.is_json or options.kind not in (None, tracker.NAME):
        return False
    if options.kind == tracker.NAME:
        return True
    if opened.kind is None:
        seen, _ = tracker.understood(table, options, most=ROWS_LOOKED_AT)
        # An ad report without creators would become the creator's own posts.
        is_own = bool(options.mapping) or named_export(opened) is None
        return is_own and seen.is_sheet(of_one=options.creator is not None)
    if opened.kind not in PLAIN or options.mapping:
        return False
    ignored = header_row.match(table.header, opened.kind.columns, ()).ignored
    if not ignored:
        return False
    seen, _ = tracker.understood(table, options, most=ROWS_LOOKED_AT)
    more = {column.heading for column in seen.columns if column.is_read} & set(ignored)
    return seen.is_sheet() and bool(more) and not seen.questions


def columns_of(opened: Opened | None) -> tuple[Mapping[str, object], ...]:
    """What the columns of a table are taken for that was refused, so that somebody may say what they mean."""
    if opened is None or not isinstance(opened.table, TextTable) or opened.kind not in (None, *PLAIN):
        return ()
    try:
        seen, _ = tracker.understood(opened.table, opened.options, most=ROWS_LOOKED_AT)
    except RefusedError:
        return ()
    return tracker.columns_shown(seen)


def of_sheet(db: duckdb.DuckDBPyConnection, opened: Opened, today: date) -> Incoming:
    """A sheet kept by hand on its way in, before anything of it is read."""
    notes = [Message(note) for note in opened.notes if note]
    return Incoming(db, opened.options, today, tracker.COLUMNS, Match({}, (), frozenset()), set(), notes)


def unread_above(content: tables.ExportContent | None, table: TextTable) -> tuple[str, ...]:
    """Say that rows of several cells, no title, stand above the header."""
    if content is None or table.is_json:
        return ()
    above = [r for r in content.heads[table.delimiter] if r.line < table.header_line]
    rows = [r.row for r in above if sum(bool(cell.strip()) for cell in r.fields) > 1]
    return (f"rows {rows[0]} to {rows[-1]} stand above the header and were not read",) if len(rows) > 1 else ()


def named_before(rows: Iterable[Sequence[str]], options: Options, by_hand: Mapping[str, Options]) -> Options:
    """The options, with the names that an earlier file with the same header got by hand, where they give none."""
    if options.mapping or not by_hand:
        return options
    known = next((by_hand[signature] for signature in map(header_row.signature, rows) if signature in by_hand), None)
    if known is None or options.kind not in (None, known.kind):
        return options
    return replace(options, kind=known.kind, mapping=known.mapping)


def read_text(content: tables.ExportContent, options: Options) -> tuple[Table, Kind | None]:
    """What the first reader of exports takes a text for, else a table with a header on top. Raises RefusedError."""
    known_exports.refuse_without_data(content)
    for kind in KINDS:
        if kind.read is None or options.kind not in (None, kind.name):
            continue
        try:
            records = kind.read(content)
        except RefusedError as refusal:
            refusal.reader = kind.name
            raise
        if records:
            return records, kind
        if options.kind == kind.name:
            raise RefusedError(f"this is no export that {kind.name} reads; leave --kind out, or map columns with --map")

    def count_known(names: list[str]) -> int:
        """How many names the reader knows that knows most of them."""
        folded = set(header_row.mapped_names(names, options.mapping))
        return max(len(folded & {n for c in kind.columns for n in (c.name, *c.other_names)}) for kind in KINDS)

    def count_meant(names: list[str]) -> int:
        """How many names mean something in a sheet kept by hand, or to the reader that knows most of them."""
        return max(count_known(names), sheet_columns.count_known(names))

    table = reader.open_text(content.path, content.scan, count_meant)
    return table, reader_of(table.header, options)


def is_plain(options: Options, header: Sequence[str]) -> bool:
    """Whether a header is that of a plain table."""
    kind = reader_of(header, options) if options.kind is None else None
    return kind is not None and kind.name.startswith("plain_")


def reader_of(header: Sequence[str], options: Options) -> Kind | None:
    """The reader for a header: the one that the user forces, else the first that knows it."""
    if options.kind is not None:
        return next((kind for kind in KINDS if kind.name == options.kind), None)
    names = set(header_row.mapped_names(header, options.mapping))
    return next((kind for kind in KINDS if kind.recognises and kind.recognises(names)), None)


def named_export(opened: Opened) -> RefusedError | None:
    """The refusal of an export that is known by its name and that nobody reads."""
    header, content = opened.table.header, opened.content
    return known_exports.named([header] if content is None else [header, *content.first_rows])


def recognise(opened: Opened) -> Kind:
    """The reader for a table. Raises RefusedError, with the columns that are needed, when none knows it."""
    header, options, content = opened.table.header, opened.options, opened.content
    if kind := reader_of(header, options):
        return kind
    names = [name for name in header if name]
    if not names:
        if content is not None and (known := known_exports.named_json(content.json)):
            raise known
        raise RefusedError(
            f"this is JSON, and no reader knows its shape; save the table as CSV with the columns {NEEDED}"
        )
    if almost := nearly(set(header_row.mapped_names(header, options.mapping))):
        raise almost
    if known := named_export(opened):
        raise known
    raise RefusedError(
        f"no reader knows its columns ({listed(names) or 'none'}); needed are {NEEDED}; map columns with --map FROM=TO",
        Code.UNKNOWN_COLUMNS,
        {"columns": each_quoted(names), "needed": NEEDED},
    )


def nearly(header: set[str]) -> RefusedError | None:
    """Say which columns a plain table lacks, when a header has at least two, and half, of what it needs."""
    for kind in (kind for kind in KINDS if kind.name.startswith("plain_")):
        lacks = [c.name for c in kind.columns if c.needed and not header & {c.name, *c.other_names}]
        has = sum(c.needed for c in kind.columns) - len(lacks)
        if lacks and has >= 2 and has >= len(lacks):
            table = kind.name.removeprefix("plain_")
            return RefusedError(
                f"as a table of {table} it lacks {listed(lacks)}; add it, or name the column with --map FROM=TO",
                Code.ALMOST_A_TABLE,
                {"table": table, "needed": lacks},
            )
    return None


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
    said = said_of_rows(options, kind)
    columns = [replace(column, filled=False) if column.name in said else column for column in columns]
    if options.creator is not None and "creator_id" in places and not rules.distinct(db, "creator_id"):
        columns = [column for column in columns if column.name != "creator_id"]
    if not columns:
        raise nothing_to_read(kind, table)
    rules.type_cells(db, columns, rules.prove(db, columns, incoming.today))
    incoming.present |= {column.name for column in columns}
    if options.creator is not None and not incoming.has("creator_id"):
        incoming.add_creator(options.creator.strip())
    for name, value in said.items():
        incoming.give(name, value)
    if isinstance(table, RecordTable):
        incoming.where, incoming.facts = table.where, table.facts
    notes = table.notes if isinstance(table, RecordTable) else ()
    rounded = rules.said_of_rounded(db, columns) if kind in PLAIN else ""
    for to_say in filter(None, (note, *notes, *opened.notes, rounded)):
        incoming.say(to_say)
    kind.check(incoming)
    return count_rows


def said_of_rows(options: Options, kind: Kind) -> dict[str, object]:
    """What the user says of all rows that do not say it themselves, as columns of a reader's table."""
    days = options.days
    said: dict[str, object | None] = {
        "campaign_id": options.campaign,
        "date": days[0] if days else None,
        "end_date": days[1] if days and days[1] > days[0] else None,
        "currency": options.currency,
        "platform": options.platform,
    }
    own = {column.name for column in kind.columns} if kind.table in ("profiles", "campaign_rows") else set()
    return {name: value for name, value in said.items() if value is not None and name in own}


def stage(incoming: Incoming, table: Table, kind: Kind, scratch: Path) -> tuple[int, str]:
    """Put a table's columns into `staged`, amounts without the currency beside them. Raises RefusedError."""
    db, match = incoming.db, incoming.match
    count_rows, note = staging.stage(db, table, match.places, scratch)
    money = [column.name for column in kind.columns if column.kind == "money" and column.name in match.places]
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
    records, said = amounts.bare_amounts((reader.fit_to_header(r, width) for r in reader.read_rows(table)[0]), at)
    incoming.match = replace(match, places=match.places | {"currency": currency})
    incoming.notes.extend(map(Message, said))
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
    given = {"creator_id"} if options.creator is not None else set()
    given |= said_of_rows(options, kind).keys()
    lacking = header_row.missing(match, kind.columns, given)
    if not match.places and not lacking:
        raise nothing_to_read(kind, table)
    if not lacking:
        return
    have = listed([name for name in table.header if name])
    if lacking == ["creator_id"] and isinstance(table, RecordTable):
        raise RefusedError("such an export never says whose it is; add --creator ID", Code.CREATOR_NEEDED)
    if lacking == ["creator_id"]:
        raise RefusedError(
            f"the file does not say whose it is (no column creator_id; it has {have}); add --creator ID",
            Code.CREATOR_COLUMN_NEEDED,
            {"columns": each_quoted(table.header)},
        )
    raise RefusedError(
        f"{kind.name} needs the column{'s' if len(lacking) > 1 else ''} {', '.join(lacking)}; the file has {have}; "
        "map other names with --map FROM=TO",
        Code.COLUMNS_NEEDED,
        {"reader": kind.name, "needed": lacking, "columns": each_quoted(table.header)},
    )
