"""Read the clicks and sales of partner links and codes: reports of networks, one row per partner, code or order.

They are alike but for their headings, which stand in headings.json. The networks' impressions count banners, not posts:
they are not taken. Where no column says the days, the user does.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache

from data.importers import subtotals
from data.importers.code_owners import give_to_creators
from data.importers.exports import ad_report
from data.importers.exports.plain_format import check_market, check_numbers
from data.importers.reader_spec import Incoming, Kind
from data.importers.reading import heading_words
from data.importers.reading.header_row import Column
from data.importers.reading.reader import Record
from data.importers.reading.tables import ExportContent, Headed, RecordTable, find_header, with_fields
from data.importers.report import Code, RefusedError

NETWORKS = ("Rakuten", "CJ", "Awin", "Impact", "Awin transactions", "affiliate apps", "Shopify discounts")
# Whose rows are of codes, not of partners.
OF_CODES = ("Shopify discounts",)
# Orders that brought nothing.
NO_SALE = (
    "declined",
    "deleted",
    "denied",
    "rejected",
    "voided",
    "void",
    "refunded",
    "cancelled",
    "canceled",
    "reversed",
)
TIME = re.compile(r"[T\s]+\d{1,2}:\d\d(:\d\d(\.\d+)?)?(\s?[AaPp][Mm])?(\s?(UTC|Z|[+-]\d\d:?\d\d))?$")
COLUMNS = (
    Column("creator_id", "id"),
    Column("campaign_id", "id", filled=True),
    Column("date", "date"),
    Column("end_date", "date"),
    Column("clicks", "count"),
    Column("conversions", "count"),
    Column("revenue", "money"),
    Column("cost", "money"),
    Column("currency", "currency"),
)
HEADER = ("campaign_id", "date", "end_date", "clicks", "conversions", "revenue", "cost", "currency")


@cache
def signs(network: str) -> tuple[frozenset[str], ...]:
    """Headings of which a network's reports have at least one of each set, and no other reports do."""
    return tuple(frozenset(names) for key, names in heading_words.of(network).items() if key.startswith("sign"))


def network_of(names: set[str]) -> str | None:
    """The network whose headings a report has."""
    if names & {"creator_id", "campaign_name", "impr"}:
        return None
    return next((network for network in NETWORKS if all(names & sign for sign in signs(network))), None)


def read(content: ExportContent) -> RecordTable | None:
    """The partners of a performance report, or None."""
    table = find_header(content, lambda names: network_of(names) is not None)
    chosen = network_of(set(table.names)) if table else None
    if table is None or chosen is None:
        return None
    known = {**heading_words.of(chosen), **heading_words.of("networks")}
    wanted = {column: known[column] for column in (*HEADER, "order", "status") if column in known}
    places = table.places(wanted)
    return rows_of(table, places, chosen)


def rows_of(table: Headed, places: Mapping[str, int], network: str) -> RecordTable:
    """The rows under our names; totals that the other rows prove are not counted, repeats get a fault."""
    at = subtotals.places_of({column: place for column, place in places.items() if column != "order"}, "clicks")
    rows: list[Record] = list(table.below())
    notes_on_orders: list[str] = []
    is_by_order = "order" in places and "conversions" not in places
    if is_by_order:
        rows, notes_on_orders = sales_among(rows, places)
    rows = subtotals.without_copies(rows, at.counts)
    others, totals, nameless = subtotals.split_totals(rows, at)
    if not others:
        raise RefusedError("no data: the report names no partner; choose other days and export it again")
    records = sorted([*others, *nameless], key=lambda record: record.row)
    money = table.currency(places.get("revenue")) or table.currency(places.get("cost"))
    mark = ad_report.mark_of(records, places)

    def with_our_columns(fields: list[str]) -> list[str]:
        cells = {column: fields[place].strip() for column, place in places.items()}
        cells |= {"date": TIME.sub("", cells.get("date", ""))} | ({"conversions": "1"} if is_by_order else {})
        return ad_report.plain(HEADER, cells | {"currency": cells.get("currency") or money}, mark)

    notes = [f"read as a report of {network}", *notes_on_orders, *subtotals.notes_on_totals(totals)]
    notes += subtotals.notes_on_unproven(nameless, others, at, table.header)
    found = table.read_as(HEADER, with_fields(records, with_our_columns), places, notes)
    return replace(found, facts={"word": "code" if network in OF_CODES else "partner", "network": network})


def sales_among(rows: Sequence[Record], places: Mapping[str, int]) -> tuple[list[Record], list[str]]:
    """The orders that were not declined, refunded or cancelled, and how many were."""
    if "status" not in places:
        return list(rows), ["every order counts: the report has no column of their status"]
    sales = [r for r in rows if r.fault or r.fields[places["status"]].strip().casefold() not in NO_SALE]
    lost = len(rows) - len(sales)
    return sales, [f"not counted: {lost:,} orders declined, refunded or cancelled"] if lost else []


def check(incoming: Incoming) -> None:
    """Rows of partners become rows of creators, one per partner and day. Raises RefusedError where none has a day."""
    if not incoming.count("date is not null"):
        raise RefusedError(
            f"a report of {incoming.facts['network']} without dates; say its days with --date 2025-04-01..2025-04-30, "
            "or export it by day",
            Code.PERIOD_NEEDED,
        )
    incoming.set_aside("date", "date is null and not is_bad", "blank", "''")
    measured = [name if incoming.has(name) else "null" for name in ("conversions", "revenue")]
    give_to_creators(incoming, "campaign_id", str(incoming.facts["word"]), *measured)
    check_market(incoming)
    incoming.fill(paid=False)
    check_numbers(incoming)
    ad_report.sum_rows(incoming)


KIND = Kind("affiliate_network", "campaign_rows", COLUMNS, check, read=read)
