"""Find the rows of earlier files that a file holds too, so that no campaign counts twice.

A row takes the place of one with the same creator, campaign, market, deliverable, platform and date. Of sheets kept by
hand more is known to be the same: what was only answered for a file (its market, its campaign) tells no rows apart, and
a row that lacks what another file says, with the same numbers on the same day, is the same campaign.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

from data.importers.exports.plain_format import CAMPAIGN_KEY
from data.importers.report import Code, Message, Options
from data.importers.sql import fill, one_row
from data.importers.values import countries

# A row of a campaign that an older file holds under the same key is replaced, else a corrected file doubles the totals.
BY_KEY = """
    create or replace temp table same_rows as
    select old.rowid as old_row, old.source_id, null::bigint as sheet_row,
        not exists (select 1 from ready as new where {same} and {agree}) as differs
    from campaign_rows as old
    where exists (select 1 from ready as new where {same})"""
# Two numbers that agree, or that many people who saw it, are no chance.
OF_SHEETS = """
    create or replace temp table same_rows as
    with pairs as (
        select old.rowid as old_row, old.source_id, new.sheet_row, old.market, old.deliverable, old.platform,
            old.campaign_id, not ({agree}) as differs,
            old.campaign_id = new.campaign_id and old.deliverable is not distinct from new.deliverable
                and old.platform is not distinct from new.platform as is_same_key,
            (old.campaign_id = new.campaign_id or has_no_name(old.campaign_id, old.date, source.options ->> 'campaign')
                or has_no_name(new.campaign_id, new.date, $campaign))
                and coalesce(old.deliverable = new.deliverable, true)
                and coalesce(old.platform = new.platform, true)
                and coalesce({agree}, true)
                and (coalesce(old.impressions = new.impressions and old.impressions >= 100, false)
                    or {count_equal} >= 2) as has_same_numbers,
            old.market = new.market or 'ZZ' in (old.market, new.market) as may_be_same_market,
            source.options ->> 'market' is not null as was_answered,
            coalesce(new.market = $market, false) as is_answered,
            source.file_name = $file_name as is_same_file
        from campaign_rows as old
        join ready as new on old.creator_id = new.creator_id and old.date = new.date and old.paid = new.paid
        join sources as source on source.source_id = old.source_id and source.reader = $reader)
    select * from pairs
    where (is_same_key and (may_be_same_market or (was_answered and is_answered and is_same_file)))
        or (has_same_numbers and (may_be_same_market or was_answered or is_answered))"""
HAS_NO_NAME = """
    create or replace temp macro has_no_name(campaign, day, answered) as
        campaign = day::text or coalesce(campaign = answered, false)"""
NUMBERS = ("impressions", "reach", "engagements", "clicks", "conversions", "revenue", "cost")
AGREE = " and ".join(f"coalesce(old.{name} = new.{name}, true)" for name in NUMBERS)
# What a row does not say itself stays as the earlier one said it, where that is one thing.
TAKEN_OVER = """
    with earlier as (
        select sheet_row, min(market) filter (market <> 'ZZ') as market, min(deliverable) as deliverable,
            min(platform) as platform, min(campaign_id) as campaign_id,
            count(distinct market) filter (market <> 'ZZ') = 1 as is_one_market
        from same_rows
        group by sheet_row)
    update typed
    set market = case when typed.market = 'ZZ' and is_one_market then earlier.market else typed.market end,
        deliverable = coalesce(typed.deliverable, earlier.deliverable),
        platform = coalesce(typed.platform, earlier.platform),
        campaign_id = case when has_no_name(typed.campaign_id, typed.date, null) then earlier.campaign_id
            else typed.campaign_id end
    from earlier
    where typed.sheet_row = earlier.sheet_row"""
COUNT = """
    with by_row as (select old_row, source_id, bool_and(differs) as differs from same_rows group by old_row, source_id)
    select count(*) filter (source_id < getvariable('first_source')),
        count(*) filter (source_id >= getvariable('first_source') and not differs)
    from by_row"""
# Rows of other files of this load that say other numbers of what should be the same: they are named, never just gone.
DIFFERING = """
    select old.creator_id, old.campaign_id, old.date::text
    from campaign_rows as old
    join (select old_row from same_rows where source_id >= getvariable('first_source')
        group by old_row having bool_and(differs)) as differing on differing.old_row = old.rowid
    order by all"""
DELETE = "delete from campaign_rows where rowid in (select old_row from same_rows)"
NOT_STATED_NOW = "select count(*) from ready where market = 'ZZ'"
# The last answers for a sheet of the same name and columns; the same bytes are loaded again to say something else.
ANSWERED = """
    select options from sources
    where reader = $reader and file_name = $name and header_signature = $signature
        and not exists (select 1 from sources as same where same.sha256 = $sha256)
    order by source_id desc limit 1"""
REMEMBERED = ("market", "currency", "platform")


@dataclass(frozen=True)
class Sheet:
    """Somebody's own spreadsheet whose rows are compared: its reader, its name, and what is said of all its rows."""

    reader: str
    file_name: str
    options: Options


def begin(db: duckdb.DuckDBPyConnection) -> None:
    """Remember where the sources of this load begin: what one file of it takes from another replaces nothing."""
    (first,) = one_row(db.execute("select coalesce(max(source_id), 0) + 1 from sources"))
    db.execute("set variable first_source = $first", {"first": first})
    db.execute(HAS_NO_NAME)


def replace_rows(db: duckdb.DuckDBPyConnection, sheet: Sheet | None = None) -> tuple[int, list[Message]]:
    """Remove the rows of earlier files that `ready` holds; how many an earlier load gave, and what to say.

    sheet: where they come from, if that is somebody's own spreadsheet.
    """
    messages = []
    if sheet is None:
        same = " and ".join(f"old.{name} is not distinct from new.{name}" for name in CAMPAIGN_KEY)
        db.execute(fill(BY_KEY, same=same, agree=AGREE))
    else:
        messages = _find_of_sheet(db, sheet)
    count, twice = one_row(db.execute(COUNT))
    differing = db.execute(DIFFERING).fetchall()
    db.execute(DELETE)
    db.execute("drop table same_rows")
    if count:
        words = f"{count:,} row{'s' if count > 1 else ''} of earlier files replaced"
        messages.append(Message(words, Code.ROWS_REPLACED, {"count": count}))
    if twice:
        words = f"{twice:,} row{'s' if twice > 1 else ''} also in another file of this load, counted once"
        messages.append(Message(words, Code.ROWS_IN_ANOTHER_FILE, {"count": twice}))
    if differing:
        messages.append(Message(_said_of_differing(differing)))
    return count, messages


def _said_of_differing(rows: Sequence[tuple[str, str, str]]) -> str:
    """Name the rows of other files of this load that make way for rows with other numbers, and what to do."""
    named = [
        f"{creator} {campaign}" if campaign == day else f"{creator} {campaign} {day}" for creator, campaign, day in rows
    ]
    more = f" and {len(rows) - 5:,} more" if len(rows) > 5 else ""
    return (
        f"other numbers than in another file of this load for the same creator, campaign and day, so only those of "
        f"this file count: {', '.join(named[:5])}{more}; if both are right, put the rows of both into one file, or "
        "give them their own days or campaigns"
    )


def _find_of_sheet(db: duckdb.DuckDBPyConnection, sheet: Sheet) -> list[Message]:
    """Fill `same_rows` for a sheet, and its blanks from the earlier rows; say how many markets were kept."""
    equal = " + ".join(f"coalesce(old.{name} = new.{name} and old.{name} > 0, false)::integer" for name in NUMBERS)
    market = countries.market_answered(sheet.options.market) if sheet.options.market else None
    given = {
        "reader": sheet.reader,
        "file_name": sheet.file_name,
        "campaign": sheet.options.campaign,
        "market": market,
    }
    db.execute(fill(OF_SHEETS, agree=AGREE, count_equal=f"({equal})"), given)
    (before,) = one_row(db.execute(NOT_STATED_NOW))
    db.execute(TAKEN_OVER)
    (after,) = one_row(db.execute(NOT_STATED_NOW))
    if before == after:
        return []
    count = before - after
    words = f"{count:,} row{' keeps' if count == 1 else 's keep'} the market that an earlier file gave"
    return [Message(words, Code.MARKET_KEPT, {"count": count, "is_all": after == 0})]


def answered_before(
    db: duckdb.DuckDBPyConnection, options: Options, *, reader: str, name: str, signature: str, sha256: str
) -> tuple[Options, list[Message]]:
    """The options of a sheet, completed by the answers for the last one of its name and columns, and those in words."""
    given = {"reader": reader, "name": name, "signature": signature, "sha256": sha256}
    row = db.execute(ANSWERED, given).fetchone()
    earlier = json.loads(row[0]) if row else {}
    kept = {key: earlier[key] for key in REMEMBERED if earlier.get(key) and getattr(options, key) is None}
    if not kept:
        return options, []
    answers = [f"{key} {value}" for key, value in kept.items()]
    words = f"answered as for the earlier file of this name: {', '.join(answers)}"
    return options.but(kept), [Message(words, Code.ANSWERS_KEPT, {"answers": answers})]
