"""Recognise a file: which reader knows it, whether it is somebody's own spreadsheet, or which export it is called."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from data.importers import known_exports
from data.importers.exports import (
    ad_platforms,
    affiliate,
    country_table,
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
from data.importers.reader_spec import Kind
from data.importers.reading import encoding, header_row, parquet, reader, tables
from data.importers.reading.parquet import ParquetTable
from data.importers.reading.reader import TextTable
from data.importers.reading.tables import RecordTable
from data.importers.report import (
    Code,
    Message,
    Options,
    RefusedError,
    each_quoted,
    listed,
)
from data.importers.tracker import headings, several_tables
from data.importers.tracker import load as tracker
from data.importers.tracker.readings import LEFT_OUT

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
    country_table.KIND,
    plain_format.CAMPAIGNS,
    plain_format.AUDIENCE,
    plain_format.CREATORS,
    plain_rates.KIND,
)
PLAIN = (plain_format.CAMPAIGNS, plain_format.AUDIENCE, plain_format.CREATORS)
ROWS_LOOKED_AT = 500  # of a table, to tell somebody's own spreadsheet from other tables
NO_READER = "unknown"
NAMED_EARLIER = "columns read as they were named by hand for an earlier file"
NEEDED = (
    "creator_id, country, audience_share for an audience; campaign_id, creator_id, date, impressions for campaigns; "
    "creator_id, creator_name, platform for creators; currency, rate, base for exchange rates"
)


def kinds() -> tuple[str, ...]:
    """Names of all readers, as --kind takes them."""
    return tuple(sorted((*(kind.name for kind in KINDS), tracker.NAME)))


@dataclass(frozen=True)
class Opened:
    """A file understood as a table. kind: its reader (None: nobody knows its columns). options: those that hold."""

    table: Table
    kind: Kind | None
    options: Options
    notes: tuple[Message, ...] = ()
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
        columnar = parquet.open_parquet(path, scan, scratch)
        table: Table = columnar
        holding = named_before([table.header], options, by_hand or {})
        kind = reader_of(table.header, holding)
        if kind is None and (text := parquet.as_csv(columnar, scratch)):  # perhaps somebody's own spreadsheet
            return open_table(text, encoding.scan(text), scratch, options, by_hand)
    else:
        encoding.refuse_what_is_no_table(scan.head)
        content = tables.open_content(path, scan)
        holding = named_before(content.first_rows, options, by_hand or {})
        table, kind = read_text(replace(content, mapping=holding.mapping), holding)
        if kind is None and isinstance(table, TextTable) and not table.is_json:
            table = several_tables.from_first_header(table, content.heads[table.delimiter])
    mapping = header_row.that_hold(own_header(table), holding.mapping)
    notes = columns_not_here(options, mapping)
    notes += tuple(map(Message, unread_above(content, table))) if isinstance(table, TextTable) else ()
    notes += (Message(NAMED_EARLIER),) if holding.mapping and not options.mapping else ()
    return Opened(table, kind, replace(holding, mapping=mapping), notes, content)


def columns_not_here(options: Options, mapping: Sequence[tuple[str, str]]) -> tuple[Message, ...]:
    """That a file lacks columns of which something was said; nothing for those that were to be left out anyway."""
    lost = [name for name, target in options.mapping if (name, target) not in mapping]
    needed = [name for name, target in options.mapping if name in lost and target != LEFT_OUT]
    words = f"this file has no column {listed(needed)}, so what was said of it was not needed"
    return (Message(words, Code.COLUMNS_NOT_HERE, {"columns": each_quoted(needed)}),) if needed else ()


def is_sheet(table: TextTable, opened: Opened) -> bool:
    """Whether a table is somebody's own spreadsheet, of which no other reader takes as much."""
    options = opened.options
    if table.is_json or options.kind not in (None, tracker.NAME):
        return False
    if options.kind == tracker.NAME:
        return True
    if opened.kind is None:
        meanings, _ = tracker.meanings_of(table, options, most=ROWS_LOOKED_AT)
        # An ad report without creators would become the creator's own posts.
        names_people = bool(meanings.read("handle", "link", "followers"))
        is_own = bool(options.mapping) or names_people or named_export(opened) is None
        return is_own and meanings.is_sheet(of_one=options.creator is not None)
    if opened.kind not in PLAIN:
        return False
    match = header_row.match(table.header, opened.kind.columns, options.mapping)
    lacking = header_row.missing(match, opened.kind.columns, ("creator_id",) if options.creator else ())
    if not lacking and (options.mapping or not match.ignored):
        return False
    meanings, _ = tracker.meanings_of(table, options, most=ROWS_LOOKED_AT)
    if lacking:  # a plain table says creator_id
        names_accounts = meanings.has_audience and bool(meanings.read("handle", "link"))
        says_more = meanings.has_results or names_accounts or bool(meanings.read("audience_mix"))
        return meanings.is_sheet() and says_more and not meanings.read("creator_id")
    more = {column.heading for column in meanings.columns if column.is_read} & set(match.ignored)
    return meanings.is_sheet() and bool(more) and not meanings.questions


def columns_of(opened: Opened | None) -> tuple[Mapping[str, object], ...]:
    """What the columns of a table are taken for that was refused, so that somebody may say what they mean."""
    if opened is None or not isinstance(opened.table, TextTable) or opened.kind not in (None, *PLAIN):
        return ()
    try:
        meanings, _ = tracker.meanings_of(opened.table, opened.options, most=ROWS_LOOKED_AT)
    except RefusedError:
        return ()
    return tracker.columns_shown(meanings)


def unread_above(content: tables.ExportContent | None, table: TextTable) -> tuple[str, ...]:
    """Say that rows of several cells, no title, stand above the header."""
    if content is None or table.is_json:
        return ()
    above = [r for r in content.heads[table.delimiter] if r.line < table.header_line]
    rows = [r.row for r in above if sum(bool(cell.strip()) for cell in r.fields) > 1]
    return (f"rows {rows[0]} to {rows[-1]} are above the header and were not read",) if len(rows) > 1 else ()


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
        """How many names mean something in somebody's own spreadsheet, or to the reader that knows most of them."""
        return max(count_known(names), headings.count_known(names))

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
    of_ads = known_exports.in_another_language(set(map(header_row.fold_name, header)))
    known = named_export(opened)
    if of_ads and known and not options.mapping:
        raise known
    if almost := nearly(set(header_row.mapped_names(header, options.mapping))):
        raise almost
    if refusal := known or of_ads:
        raise refusal
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
