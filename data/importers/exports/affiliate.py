"""Read the clicks and sales of partner links: performance reports of Impact, Awin and CJ, one row per partner.

The networks' impressions count banners, not posts: they are not taken. Dates must stand in a column.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from data.importers import subtotals
from data.importers.code_owners import give_to_creators
from data.importers.exports import ad_report
from data.importers.exports.plain_campaigns import check_market, check_numbers
from data.importers.reader_spec import Incoming, Kind, never
from data.importers.reading.header_row import Column
from data.importers.reading.heading_words import folded
from data.importers.reading.reader import Record
from data.importers.reading.tables import ExportContent, Headed, RecordTable, find_header
from data.importers.report import RefusedError

DATES = folded("Date; Day; Date display; Event date; Period; Datum; Tag")
CURRENCY = folded("Currency; Currency code; Sale currency; Commission currency")


@dataclass(frozen=True)
class Network:
    """One network: the headings that only its reports have together, and its names of our columns."""

    name: str
    signs: tuple[frozenset[str], ...]  # of each set the report has at least one
    wanted: Mapping[str, tuple[str, ...]]


def named_network(name: str, signs: tuple[str, ...], **wanted: str) -> Network:
    """A network from lists of headings written with semicolons."""
    columns = {column: folded(names) for column, names in wanted.items()}
    return Network(
        name,
        tuple(frozenset(folded(sign)) for sign in signs),
        {**columns, "date": DATES, "currency": CURRENCY},
    )


NETWORKS = (
    named_network(
        "CJ",
        (
            "Publisher name; Publisher ID; Publisher; Website name; PID",
            "Publisher commission; CJ fee; Network earnings; Sale amount; Advertiser spend; Total commission due",
            "Sales; Number of sales; Orders; Actions; Items",
        ),
        campaign_id="Publisher name; Publisher; Website name; Publisher ID; PID",
        clicks="Clicks",
        conversions="Sales; Number of sales; Orders; Actions",
        revenue="Sale amount; Sales amount; Total sale amount; Order value",
        cost="Publisher commission; Commission; Total commission due; Total commission",
    ),
    named_network(
        "Awin",
        (
            "Publisher; Publisher name; publisherName; Publisher ID; publisherId",
            "Transactions; Total transactions; Total no; totalNo; Total number; Total number of transactions; Sales",
            "Total value; totalValue; Total comm; totalComm; Total commission; Commission; Total sale amount; Revenue",
        ),
        campaign_id="Publisher name; publisherName; Publisher; Publisher ID; publisherId",
        clicks="Clicks",
        conversions="Total transactions; Transactions; Total no; totalNo; Total number; "
        "Total number of transactions; Sales",
        revenue="Total value; totalValue; Total sale amount; Total revenue; Revenue",
        cost="Total commission; Total comm; totalComm; Commission",
    ),
    named_network(
        "Impact",
        (
            "Partner; Partner name; Media partner; Media partner name; Media; Partner ID; Media partner ID",
            "Actions; Total actions; Net actions",
            "Action cost; Total cost; Payout; Sale amount; Revenue; Media cost",
        ),
        campaign_id="Partner name; Partner; Media partner name; Media partner; Media; Partner ID; Media partner ID",
        clicks="Clicks; Raw clicks; Total clicks",
        conversions="Actions; Net actions; Total actions",
        revenue="Sale amount; Revenue; Total revenue",
        cost="Total cost; Action cost; Payout; Media cost",
    ),
)
COLUMNS = (
    Column("creator_id", "id"),
    Column("campaign_id", "id", filled=True),
    Column("date", "date", filled=True),
    Column("end_date", "date"),
    Column("clicks", "count"),
    Column("conversions", "count"),
    Column("revenue", "money"),
    Column("cost", "money"),
    Column("currency", "currency"),
)
HEADER = ("campaign_id", "date", "end_date", "clicks", "conversions", "revenue", "cost", "currency")


def network_of(names: set[str]) -> Network | None:
    """The network whose headings a report has."""
    if names & {"creator_id", "campaign_name", "impr"}:
        return None
    return next((network for network in NETWORKS if all(names & sign for sign in network.signs)), None)


def read(content: ExportContent) -> RecordTable | None:
    """The partners of a performance report, or None. Raises RefusedError where it has no days."""
    table = find_header(content, lambda names: network_of(names) is not None)
    chosen = network_of(set(table.names)) if table else None
    if table is None or chosen is None:
        return None
    places = table.places(chosen.wanted)
    if "date" not in places:
        raise RefusedError(f"a report of {chosen.name} without dates; export it by day (a column Date)")
    return rows_of(table, places, chosen)


def rows_of(table: Headed, places: Mapping[str, int], chosen: Network) -> RecordTable:
    """The rows under our names; totals that the other rows prove are not counted, repeats get a fault."""
    at = subtotals.places_of(places, "clicks", "cost")
    rows = subtotals.without_copies(list(table.below()), at.counts)
    others, totals, nameless = subtotals.split_totals(rows, at)
    if not others:
        raise RefusedError("no data: the report names no partner; choose other days and export it again")
    records = sorted([*others, *subtotals.no_totals(nameless)], key=lambda record: record.row)
    money = table.currency(places.get("revenue")) or table.currency(places.get("cost"))
    mark = ad_report.mark_of(records, places)
    rows = [with_our_columns(record, places, money, mark) for record in records]
    notes = [table.content.note, f"read as a report of {chosen.name}", *subtotals.notes_on_totals(totals)]
    return RecordTable(HEADER, rows, table.header, table.ignored(places), tuple(filter(None, notes)))


def with_our_columns(record: Record, places: Mapping[str, int], money: str, mark: str) -> Record:
    """One row under our names. A row with a fault stays as it is."""
    if record.fault:
        return record
    cells = {column: record.fields[place].strip() for column, place in places.items()}
    cells["currency"] = cells.get("currency") or money
    cells = ad_report.plain(cells, mark)
    return Record(record.row, record.line, [cells.get(name, "") for name in HEADER])


def check(incoming: Incoming) -> None:
    """Rows of partners become rows of creators, one per partner and day."""
    give_to_creators(incoming, "campaign_id", "partner")
    check_market(incoming)
    incoming.fill("paid", False)
    check_numbers(incoming)
    ad_report.sum_rows(incoming)


KIND = Kind("affiliate_network", "campaign_rows", COLUMNS, never, check, read=read)
