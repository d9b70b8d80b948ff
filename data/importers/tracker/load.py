"""Bring somebody's own spreadsheet into the store: its creators, their audiences and their campaigns, as one source.

A cell that can't be read costs its own row, in all three tables. A total row is held against the sum of what was read.
"""

from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb

from data.importers import amounts, rules, staging, write
from data.importers.exports import plain_format
from data.importers.exports.plain_format import CAMPAIGN_KEY
from data.importers.limits import MAX_CREATORS_REPORTED, MAX_PROBLEMS_REPORTED
from data.importers.overlaps import same_campaigns, same_sales
from data.importers.reader_spec import Incoming, Kind
from data.importers.reading.header_row import Column, Match, fold_name
from data.importers.reading.reader import Record, TextTable, read_rows
from data.importers.reading.tables import RecordTable
from data.importers.report import (
    Code,
    ColumnStatus,
    FileReport,
    FileStatus,
    Message,
    Options,
    Problem,
    RefusedError,
    quoted,
)
from data.importers.sql import fill, one_row
from data.importers.tracker import (
    accounts,
    months,
    platforms,
    questions,
    several_tables,
    sheet,
    sheet_parts,
    sheet_report,
)
from data.importers.tracker.columns import understand
from data.importers.tracker.readings import COUNTS, LEFT_OUT, MONEY, RESULTS, ColumnMeanings
from data.importers.tracker.rows import merged, snapshots, taxes, undone
from data.importers.tracker.several_tables import Joined
from data.importers.tracker.sheet_parts import Sheet

NAME = "tracker"
ROWS_FOR_NAMES = 500  # of a sheet, to tell whether it gives accounts beside names
OF = {column.name: column for column in (*plain_format.CAMPAIGN_COLUMNS, *plain_format.CREATOR_COLUMNS)}
OF |= {
    "likes": Column("likes", "count"),
    "comments": Column("comments", "count"),
    "saves": Column("saves", "count"),
    "shares": Column("shares", "count"),
}
COLUMNS = tuple(replace(OF[name], needed=False, filled=name == "creator_id") for name in sheet_parts.FIELDS)
AUDIENCE_COLUMNS = tuple(column for column in plain_format.AUDIENCE_COLUMNS if column.name in sheet_parts.AUDIENCE)
OF_PEOPLE = {column.name for column in plain_format.CREATOR_COLUMNS}
OF_CAMPAIGNS = {column.name for column in plain_format.CAMPAIGN_COLUMNS}
KIND = Kind(NAME, "profiles", COLUMNS, plain_format.check_creators)
KEEP = "create or replace temp table {name} as select * from typed"
KEPT = """
    create or replace temp table typed as
    select * from {name} where not is_bad and sheet_row % {next} not in (select unnest($rows::bigint[]))"""
PEOPLE = """
    create or replace temp table typed as
    with ranked as (
        select *, row_number() over (order by date nulls first, sheet_row) as place
        from people
        where not is_bad and sheet_row % {next} not in (select unnest($rows::bigint[])))
    select min(sheet_row) as sheet_row, min(physical_line) as physical_line, false as is_bad, creator_id,
        arg_max(creator_name, place) filter (creator_name is not null) as creator_name,
        arg_max(platform, place) filter (platform is not null) as platform,
        arg_max(vertical, place) filter (vertical is not null) as vertical,
        arg_max(home_country, place) filter (home_country is not null and home_country <> 'ZZ') as home_country,
        arg_max(followers, place) filter (followers is not null) as followers,
        arg_max(handle, place) filter (handle is not null) as handle,
        arg_max(language, place) filter (language is not null) as language,
        string_agg(distinct codes, ';' order by codes) as codes,
        arg_max(asking_price, place) filter (asking_price is not null) as asking_price,
        arg_max(coalesce(currency, $currency), place) filter (asking_price is not null) as currency
    from ranked
    group by creator_id"""
# A handle stands in for a name that no file gives; it takes none's place.
KEEP_NAMES = """
    update typed set creator_name = null
    where creator_name = handle and creator_id in (select creator_id from profiles where creator_name is not null)"""
CAMPAIGNS = """
    create or replace temp table typed as
    select * exclude (campaign_id, date, end_date, currency, engagements, likes, comments, saves, shares, followers,
            creator_name, handle, home_country, language, codes, asking_price),
        coalesce(campaign_id, $campaign, cast(coalesce(date, $first) as text)) as campaign_id,
        coalesce(date, $first) as date,
        coalesce(end_date, case when date is null and $last > $first then $last end) as end_date,
        case when cost is not null or revenue is not null then coalesce(currency, $currency) end as currency,
        coalesce(engagements, case when likes is not null
            then likes + coalesce(comments, 0) + coalesce(saves, 0) + coalesce(shares, 0) end) as engagements
    from people
    where not is_bad and ({has_results})"""
# Posts of one campaign that stand in rows of their own are counted together; posts with equal numbers are one row.
COUNT_POSTS = """
    create or replace temp table typed as
    with rows as (
        select {key}, {measures}, min(sheet_row) as sheet_row, min(physical_line) as physical_line,
            min(vertical) as vertical, min(objective) as objective, count(*) as count_rows,
            sum(coalesce(count_deliverables, 1)) as count_deliverables
        from typed
        group by {key}, {measures}
    )
    select false as is_bad, sheet_row, physical_line, {key}, vertical, objective,
        cast(sum(count_deliverables) over (partition by {campaign}) as bigint) as count_deliverables,
        case when count_rows = 1 then reach end as reach, {sums}
    from rows"""
VARYING = """
    select count(*) from (
        select creator_id from people where followers > 0 group by creator_id, platform
        having count(*) > 2 and max(followers) > 5 * min(followers))"""
SEVERAL_HOMES = """
    select count(*) from (
        select creator_id from people where home_country is not null group by creator_id
        having count(distinct home_country) > 1)"""
FAULTY = "select distinct sheet_row % {next} from faults"
NAMED = """
    select sheet_row % {next} as row, min(coalesce(creator_name, handle, creator_id)) from people
    where sheet_row % {next} in (select unnest($rows::bigint[])) group by row"""
DATED = "select count(*), count(date) from people where not is_bad and ({has_results})"


def meanings_of(table: TextTable, options: Options, *, most: int | None = None) -> tuple[ColumnMeanings, Joined]:
    """What the columns of a table mean, and its rows (the first of them with most)."""
    tables = several_tables.joined(table.header, read_rows(table)[0], most)
    tables.taxed = taxes.take_away(tables.rows)
    sound = [record.fields for record in tables.rows if not record.fault]
    return understand(tables.header, sound, options.mapping), tables


def gives_names_alone(table: TextTable, options: Options) -> bool:
    """Whether a sheet names its creators and gives neither ids nor accounts."""
    meanings, _ = meanings_of(table, options, most=ROWS_FOR_NAMES)
    return bool(meanings.read("creator_name")) and not meanings.read("creator_id", "handle", "link", "post_link")


def columns_shown(meanings: ColumnMeanings) -> tuple[Mapping[str, object], ...]:
    """What the columns with a heading are taken for, as the report of a file says it."""
    return tuple(column.as_json() for column in meanings.columns if column.heading)


def load(incoming: Incoming, table: TextTable, file: write.File, scratch: Path) -> FileReport:
    """Bring a sheet into the store. Raises RefusedError with what has to be asked first, or where no row is good."""
    db, options = incoming.db, incoming.options
    meanings, tables = meanings_of(table, options)
    records, columns = tables.rows, columns_shown(meanings)
    if not records:
        raise RefusedError("no data: only a header and no rows below it; export it again")
    if any("\udc80" <= letter <= "\udcff" for record in records for cell in record.fields for letter in cell):
        raise RefusedError("not all of it is UTF-8, so its letters are not certain; save the file as CSV UTF-8")
    incoming.notes.extend(map(Message, [*several_tables.said_of(tables), *taxes.said_of(tables.taxed, meanings)]))
    try:
        several_tables.refuse_unclear(tables, meanings)
        several_tables.refuse_side_by_side(meanings, records, options.mapping)
        if tables.header == table.header:  # columns stand where they stood in the workbook
            records, of_merged = merged.with_included(records, file.arrival.merged, meanings)
            incoming.notes.extend(map(Message, of_merged))
        above = platforms.above(table) if platforms.are_open(meanings) else ""
        return _load(incoming, meanings, records, file, scratch, columns, above)
    except RefusedError as refusal:
        refusal.columns = columns
        raise
    finally:
        for name in ("people", "audience_of_sheet", "campaigns_of_sheet"):
            db.execute(fill("drop table if exists temp.{name}", name=name))


def _load(
    incoming: Incoming, meanings: ColumnMeanings, records: list[Record], file: write.File, scratch: Path,
    columns: tuple[Mapping[str, object], ...], above: str,
) -> FileReport:  # fmt: skip
    db, options = incoming.db, incoming.options
    done, of_plans = undone.without_results(records, meanings)
    deciding = {plan.place for plan in of_plans} | set(meanings.parts_of_name or ())
    counted, older = snapshots.newest(done, meanings)
    of_name = platforms.of_sheet(file.name) if platforms.are_open(meanings) else ""
    parts = sheet.take_apart(counted, meanings, options, accounts.known_ids(db), above or of_name)
    days, of_days = months.days_of_sheet(file.name, options)
    days, of_days = (options.days, []) if meanings.read("date") or not meanings.has_results else (days, of_days)
    questions.refuse_open_questions(meanings, options, parts, days)
    of_totals = [
        *sheet_report.of_totals(parts),
        *sheet_report.of_others(parts),
        *snapshots.said_of(older),
        *undone.said_of(of_plans),
    ]
    of_platforms = map(Message, platforms.said_of(of_name, above, parts.sections))
    incoming.notes.extend([*of_days, *of_platforms, *sheet_report.of_odd_mixes(parts), *sheet_report.of_names(parts)])
    incoming.notes.extend(sheet_report.of_prices(meanings, parts.platforms))
    records.clear()
    done.clear()
    counted.clear()  # 100,000 rows are hundreds of megabytes
    where = sheet_parts.PlacesInSheet(parts, _headings(meanings))
    people, notes = _read_people(incoming, meanings, parts, where, scratch)
    problems, bad = _problems_of(people)
    campaigns = _campaigns(incoming, where, days)
    of_results, bad_of_results = _problems_of(campaigns)
    of_audience = _read_audience(incoming, parts, bad | bad_of_results, where, scratch)
    of_shares, bad_of_shares = _problems_of(of_audience)
    problems = _with_names(db, [*of_shares, *problems, *of_results], parts.names)
    bad |= bad_of_results | bad_of_shares
    db.execute("delete from faults")
    bad_rows = sorted(bad)
    count_read = parts.count_rows
    source_id = write.next_source_id(db)
    rows = {"rows": bad_rows}
    db.execute(fill(PEOPLE, next=sheet_parts.NEXT), rows | {"currency": options.currency})
    db.execute(KEEP_NAMES)
    of_people = replace(people, present={name for name in people.present if name in OF_PEOPLE})
    count_people = _insert(of_people, plain_format.CREATORS, source_id)
    if count_people == 0:
        raise RefusedError(
            write.nothing_good(count_read, problems, len(bad_rows)), problems=tuple(problems), count_rows=count_read
        )
    count_replaced = write.forget_same_bytes(db, file.sha256)
    write.insert_codes(of_people, source_id)
    creators = tuple(c for (c,) in db.execute(fill(write.CREATORS, most=MAX_CREATORS_REPORTED)).fetchall())
    count_rows = count_audiences = 0
    coverage: dict[str, float] = {}
    if not campaigns:
        incoming.notes.extend(sheet_report.of_results_missing(meanings))
    if campaigns:
        db.execute(fill(KEPT, name="campaigns_of_sheet", next=sheet_parts.NEXT), rows)
        count_posts(campaigns)
        write.make_ready(campaigns, plain_format.CAMPAIGNS)
        count, of_rows = same_campaigns.replace_rows(db, same_campaigns.Sheet(NAME, file.name, options))
        count_replaced += count
        campaigns.notes = [*_without_market_kept(campaigns.notes, of_rows), *of_rows, *same_sales.said_of(db, NAME)]
        count_rows = _insert(campaigns, plain_format.CAMPAIGNS, source_id)
    if of_audience:
        db.execute(fill(KEPT, name="audience_of_sheet", next=sheet_parts.NEXT), rows)
        _insert(of_audience, plain_format.AUDIENCE, source_id)
        write.sum_up(db)
        count_replaced += write.superseded(db, source_id)
        _, coverage = write.who(db, plain_format.AUDIENCE)
        count_audiences = one_row(db.execute("select count(distinct creator_id) from file_sets"))[0]
    counts = (count_read, count_read - len(bad_rows), len(bad_rows))
    message = sheet_report.message(counts, problems, (count_people, count_audiences, count_rows), meanings, deciding)
    message += [Message(note) for note in (*of_totals, *notes)]
    message += [*incoming.notes, *(of_audience.notes if of_audience else ()), *(campaigns.notes if campaigns else ())]
    write.insert_source(incoming, source_id, file, tuple(message), counts)
    write.quarantine(db, source_id, problems)
    status = FileStatus.PARTLY_IMPORTED if bad_rows else FileStatus.IMPORTED
    return FileReport(
        file.arrival.shown, file.sha256, NAME, status, *counts, creators, coverage,
        tuple(problems[:MAX_PROBLEMS_REPORTED]), tuple(message), count_replaced, columns,
    )  # fmt: skip


def _without_market_kept(notes: Sequence[Message], of_rows: Sequence[Message]) -> list[Message]:
    """The notes on campaigns; that no market is stated is true no more where each row kept that of an earlier file."""
    is_kept = any(note.code is Code.MARKET_KEPT and note.values["is_all"] for note in of_rows)
    return [note for note in notes if not (is_kept and note.code is Code.MARKET_NOT_STATED)]


def _problems_of(part: Incoming | None) -> tuple[list[Problem], set[int]]:
    """The first problems of one part of the sheet, and every row that has one."""
    if part is None:
        return [], set()
    rows = part.db.execute(fill(FAULTY, next=sheet_parts.NEXT)).fetchall()
    return write.problems_of(part)[0], {row for (row,) in rows}


def _with_names(db: duckdb.DuckDBPyConnection, problems: Sequence[Problem], names: Mapping[int, str]) -> list[Problem]:
    """The problems with the creator whom their rows name. names: of rows that could not be taken apart."""
    rows = sorted({problem.row for problem in problems if problem.row is not None})
    named = db.execute(fill(NAMED, next=sheet_parts.NEXT), {"rows": rows}).fetchall()
    by_row = dict(named) | dict(names)
    return [replace(problem, creator=quoted(by_row.get(problem.row) or "")) for problem in problems]


def count_posts(campaigns: Incoming) -> None:
    """Write into `typed` how many posts each row's campaign has."""
    campaign = [name for name in CAMPAIGN_KEY if campaigns.has(name) and name != "date"]
    measures = [name for name in (*COUNTS, "revenue", "cost") if campaigns.has(name)]
    kinds = {"revenue": "decimal(18, 4)", "cost": "decimal(18, 4)"}
    sums = [f"cast({m} * count_rows as {kinds.get(m, 'bigint')}) as {m}" for m in measures if m != "reach"]
    key = [*campaign, "date", "end_date", "currency"]
    pieces = {"key": key, "measures": measures, "campaign": campaign, "sums": sums}
    campaigns.db.execute(fill(COUNT_POSTS, **{name: ", ".join(parts) for name, parts in pieces.items()}))


def _insert(part: Incoming, kind: Kind, source_id: int) -> int:
    """Write the rows of `typed` into the table of a kind; how many they are."""
    write.make_ready(part, kind)
    return one_row(part.db.execute(fill(write.INSERT_ROWS, table=kind.table, source_id=source_id)))[0]


def _headings(meanings: ColumnMeanings) -> dict[str, str]:
    """The sheet's heading of each of our columns, for messages."""
    names = {column.meaning: column.heading for column in reversed(meanings.columns) if column.is_read}
    who = next((column.heading for column in meanings.read("creator_id", "creator_name", "handle", "link")), "creator")
    share = names.get("audience_share") or names.get("audience_mix") or names.get("country_share") or "share"
    country = names.get("audience_country") or share
    return names | {
        "creator_id": who,
        "audience_share": share,
        "country": country,
        staging.WHOLE_ROW: staging.WHOLE_ROW,
    }


def _read_audience(
    incoming: Incoming, parts: Sheet, bad: Set[int], where: sheet_parts.PlacesInSheet, scratch: Path
) -> Incoming | None:
    """Read where audiences are into the table `audience_of_sheet`; what could not be read is in `faults`.

    bad: rows that are left out.
    """
    records = parts.audience_without(bad)
    incoming.db.execute("delete from faults")
    if not records:
        return None
    part = _part(incoming, AUDIENCE_COLUMNS, where)
    _type(part, RecordTable(sheet_parts.AUDIENCE, records), scratch)
    part.fill(is_top_n=True)
    plain_format.check_audience(part)
    incoming.db.execute(fill(KEEP, name="audience_of_sheet"))
    return part


def _part(incoming: Incoming, columns: Sequence[Column], where: sheet_parts.PlacesInSheet) -> Incoming:
    match = Match({column.name: place for place, column in enumerate(columns)}, (), frozenset())
    return Incoming(incoming.db, incoming.options, incoming.today, columns, match, set(), where=where)


def _type(part: Incoming, table: RecordTable, scratch: Path) -> None:
    """Stage a table made from the sheet and read its cells by the rules of every import."""
    places = {name: place for place, name in enumerate(table.header)}
    part.match = replace(part.match, places=places)
    staging.stage(part.db, table, places, scratch)
    columns = [column for column in part.columns if column.name in places]
    rules.type_cells(part.db, columns, rules.prove(part.db, columns, part.today))
    part.present |= {column.name for column in columns}


def _read_people(
    incoming: Incoming, meanings: ColumnMeanings, parts: Sheet, where: sheet_parts.PlacesInSheet, scratch: Path
) -> tuple[Incoming, list[str]]:
    """Read what rows say of creators and campaigns into the table `people`; what could not be read is in `faults`."""
    at = {name: place for place, name in enumerate(sheet_parts.FIELDS)}
    headings = {at[column.meaning]: column.currency for column in meanings.read(*MONEY)}
    money = [at[name] for name in MONEY]
    places = amounts.Places(money, at["currency"], at["cost"], headings, incoming.options.currency)
    records, notes = amounts.bare_amounts(parts.people, places)
    parts.people.clear()
    part = _part(incoming, COLUMNS, where)
    _type(part, RecordTable(sheet_parts.FIELDS, records), scratch)
    incoming.db.execute(fill(KEEP, name="people"))
    notes += [rounded] if (rounded := rules.said_of_rounded(incoming.db, COLUMNS)) else []
    refuse_what_varies(incoming, meanings, "followers", VARYING)
    refuse_what_varies(incoming, meanings, "home_country", SEVERAL_HOMES)
    return part, notes


def refuse_what_varies(incoming: Incoming, meanings: ColumnMeanings, meaning: str, sql: str) -> None:
    """Ask about a column that should say the same of a creator in every row and does not."""
    by_user = {fold_name(heading) for heading, _ in incoming.options.mapping}
    column = next((c for c in meanings.read(meaning) if fold_name(c.heading) not in by_user), None)
    if column and one_row(incoming.db.execute(sql))[0]:
        choices = (meaning, LEFT_OUT) if meaning == "followers" else ("market", LEFT_OUT)
        question = replace(column, status=ColumnStatus.ASKED, choices=choices, why=f"varies: {meaning}")
        raise questions.asked(ColumnMeanings((question,)))


def _campaigns(incoming: Incoming, where: sheet_parts.PlacesInSheet, days: tuple[date, date] | None) -> Incoming | None:
    """Check the rows that say what campaigns brought, in `campaigns_of_sheet`; None where no row does.

    days: of rows that do not say when they were.
    Raises RefusedError where nothing says when they ran.
    """
    db, options = incoming.db, incoming.options
    has_results = " or ".join(f"{name} is not null" for name in (*RESULTS, "likes"))
    count, count_dated = one_row(db.execute(fill(DATED, has_results=has_results)))
    if count == 0:
        return None
    if count_dated == 0 and days is None:
        raise questions.no_period()
    first, last = days or (None, None)
    given = {"campaign": options.campaign, "first": first, "last": last, "currency": options.currency}
    db.execute("delete from faults")
    db.execute(fill(CAMPAIGNS, has_results=has_results), given)
    columns = [column for column in COLUMNS if column.name in OF_CAMPAIGNS]
    part = _part(incoming, columns, where)
    part.present = {column.name for column in columns}
    part.set_aside("date", "date is null", "cell", "''")
    plain_format.check_market(part)
    if "market" in part.defaults:  # a row may keep the market of an earlier file (same_campaigns.py)
        part.give("market", part.defaults.pop("market"))
    part.fill(paid=False)
    plain_format.check_numbers(part)
    db.execute(fill(KEEP, name="campaigns_of_sheet"))
    return part
