"""Say which sales may count twice: an order with a creator's code can be in a shop's, a network's and an own table.

Nobody can tell from sums by day which orders are the same, so all are kept; the message names creator, days and files.
"""

import duckdb

from data.importers.report import Message, quoted
from data.importers.sql import one_row

# Who counted the sales of a row. Shopify's sales by discount are read like reports of networks, and have neither their
# name nor clicks or commissions. Reports of ad accounts are paid, and no table of sales.
SOURCE_OF_SALES = """
    create or replace temp macro source_of_sales(reader, campaign, clicks, cost) as
        case when reader = 'shopify_orders' then 'shop'
            when reader = 'affiliate_network' and (clicks is not null or cost is not null or campaign like '% (%)')
                then 'partner network'
            when reader = 'affiliate_network' then 'shop'
            when reader in ('tracker', 'plain_campaigns') then 'table' end"""
OF_SALES = ("shopify_orders", "affiliate_network")
HAS_ANY = "select count(*) > 0 from sources where list_contains($readers, reader) or list_contains($readers, $reader)"
# One row per creator, kind of the new rows, and earlier file: the days that both hold.
SAME_DAYS = """
    with fresh as (
        select creator_id, date, coalesce(end_date, date) as last_day,
            source_of_sales($reader, campaign_id, clicks, cost) as kind
        from ready
        where not paid and (conversions > 0 or revenue > 0)),
    earlier as (
        select creator_id, date, coalesce(end_date, date) as last_day, sources.file_name, sources.source_id,
            source_of_sales(sources.reader, campaign_id, clicks, cost) as kind
        from campaign_rows
        join sources using (source_id)
        where not paid and (conversions > 0 or revenue > 0))
    select fresh.creator_id, fresh.kind, earlier.kind, earlier.file_name,
        min(greatest(fresh.date, earlier.date))::text, max(least(fresh.last_day, earlier.last_day))::text
    from fresh
    join earlier on earlier.creator_id = fresh.creator_id and earlier.date <= fresh.last_day
        and earlier.last_day >= fresh.date and earlier.kind <> fresh.kind
    group by fresh.creator_id, fresh.kind, earlier.kind, earlier.file_name, earlier.source_id
    order by fresh.creator_id, earlier.source_id"""
MOST_NAMED = 5


def said_of(db: duckdb.DuckDBPyConnection, reader: str) -> list[Message]:
    """What has to be said of the rows in `ready`, which this reader read, beside those of earlier files."""
    if not one_row(db.execute(HAS_ANY, {"readers": list(OF_SALES), "reader": reader}))[0]:
        return []
    db.execute(SOURCE_OF_SALES)
    found = [_in_words(*row) for row in db.execute(SAME_DAYS, {"reader": reader}).fetchall()]
    if not found:
        return []
    more = f"; and {len(found) - MOST_NAMED:,} more" if len(found) > MOST_NAMED else ""
    what_to_do = "where an order is in both, take the load back (undo) and leave these days out of one of the files"
    return [Message(f"{'; '.join(found[:MOST_NAMED])}{more}; {what_to_do}")]


def _in_words(creator: str, kind: str, earlier: str, file_name: str, first: str, last: str) -> str:
    """One creator's days that the rows of a file and those of an earlier one hold."""
    days = f"on {first}" if first == last else f"from {first} to {last}"
    both = f"this file ({kind}) and in {quoted(file_name)} ({earlier})"
    return f"sales of {quoted(creator)} {days} may count twice: they are in {both}"
