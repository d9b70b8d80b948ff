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
from data.importers.exports import ad_report, refunds
from data.importers.exports.plain_format import check_market, check_numbers
from data.importers.exports.shopify import say_fewer_orders
from data.importers.reader_spec import Incoming, Kind
from data.importers.reading import heading_words
from data.importers.reading.header_row import Column
from data.importers.reading.reader import Record
from data.importers.reading.tables import ExportContent, Headed, RecordTable, find_header, with_fields
from data.importers.report import Code, RefusedError, quoted, rows_named
from data.importers.values import dates

NETWORKS = (
    "Rakuten",
    "CJ",
    "Awin",
    "Impact",
    "Impact actions",
    "Awin transactions",
    "affiliate apps",
    "Shopify discounts",
)
# Whose rows are of codes, not of partners.
OF_CODES = ("Shopify discounts",)
# Networks whose name becomes part of the campaign: the same partner may work with several on one day.
BRANDS = {
    "Rakuten": "Rakuten",
    "CJ": "CJ",
    "Awin": "Awin",
    "Awin transactions": "Awin",
    "Impact": "Impact",
    "Impact actions": "Impact",
}
ADD_BRAND = "update typed set campaign_id = campaign_id || ' (' || $brand || ')' where campaign_id is not null"
# Orders that brought nothing, and those that did or may still do, as networks and shops call them.
NO_SALE = frozenset(heading_words.words("no sale"))
SALE = frozenset(heading_words.words("sale"))
NO_ORDER = re.compile(r"bonus|lead|adjustment|click|signup")
NOT_VOIDED = ("", "0", "no", "n", "false", "-")
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
ACTION_STATUS = "action_status"  # of CJ's list of actions, whose rows are orders and no sums by partner
SALE_AMOUNTS = {"sale_amount", "sales_amount", "total_sale_amount", "order_value"}
PARTS = ("week", "month")  # columns of reports that are not by day
SAID = ("status", "of what", "voided")  # what an order may say of itself
OF_ORDERS = ("order", *SAID)
COUNTS, MONEY = ("clicks", "conversions"), ("revenue", "cost")
HEADER = ("campaign_id", "date", "end_date", *COUNTS, *MONEY, "currency")


@cache
def signs(network: str) -> tuple[frozenset[str], ...]:
    """Headings of which a network's reports have at least one of each set, and no other reports do."""
    return tuple(frozenset(names) for key, names in heading_words.of(network).items() if key.startswith("sign"))


def network_of(names: set[str]) -> str | None:
    """The network whose headings a report has."""
    if names & {"creator_id", "campaign_name", "impr"}:
        return None
    # Sales beside their amount are orders, which Rakuten calls by their number.
    no_report_of = {"Rakuten"} if "sales" in names and names & SALE_AMOUNTS else set()
    no_report_of |= {"CJ"} if ACTION_STATUS in names else set()
    networks = [network for network in NETWORKS if network not in no_report_of]
    return next((network for network in networks if all(names & sign for sign in signs(network))), None)


def read(content: ExportContent) -> RecordTable | None:
    """The partners of a performance report, or None."""
    table = find_header(content, lambda names: network_of(names) is not None)
    chosen = network_of(set(table.names)) if table else None
    if table is None or chosen is None:
        return None
    own, common = heading_words.of(chosen), heading_words.of("networks")
    wanted = {column: (*own.get(column, ()), *common.get(column, ())) for column in (*HEADER, *OF_ORDERS, *PARTS)}
    places = table.places({column: names for column, names in wanted.items() if names})
    if chosen == "Rakuten" and "conversions" not in places:
        refuse_unclear_sales(table, places["revenue"])
    return rows_of(table, places, chosen)


def refuse_unclear_sales(table: Headed, place: int) -> None:
    """Raise RefusedError where whole numbers below Sales may be orders, and no other column has the orders."""
    cells = [record.fields[place].strip() for record in table.below() if not record.fault]
    if table.names[place] == "sales" and cells and all(map(str.isdecimal, cells)):
        heading = quoted(table.header[place])
        raise RefusedError(
            f"'{heading}' ({', '.join(cells[:3])}) may be how many sales, or their amount, and no column says how many "
            "orders there were; call it Transactions if it is the number, Net sales if it is the amount, "
            "and load again"
        )


def rows_of(table: Headed, places: Mapping[str, int], network: str) -> RecordTable:
    """The rows under our names; totals that the other rows prove are not counted, repeats get a fault."""
    counted = {column: place for column, place in places.items() if column not in OF_ORDERS}
    at = subtotals.places_of(counted, "clicks", keys=PARTS)
    rows: list[Record] = list(table.below())
    part = next((name for name in PARTS if name in places and "date" not in places), "date")
    days_seen = [TIME.sub("", r.fields[places[part]]) for r in rows if not r.fault] if part in places else []
    is_day_first = dates.day_first_in_export(days_seen)
    notes_on_orders: list[str] = []
    is_by_order = "order" in places and "conversions" not in places
    if is_by_order:
        at_orders = refunds.Places([places["order"], places["campaign_id"]], *amounts_in(places, MONEY))
        rows, notes_on_refunds = refunds.less_refunds(rows, at_orders, counts=lambda record: is_sale(record, places))
        rows, notes_on_orders = sales_among(rows, places)
        notes_on_orders += notes_on_refunds
    rows = subtotals.without_copies(rows, at.counts)
    others, totals, nameless = subtotals.split_totals(rows, at)
    if not others:
        raise RefusedError("no data: the report names no partner; choose other days and export it again")
    mark = ad_report.mark_of([*others, *nameless], places)
    if not is_by_order:
        days = [places[name] for name in (*PARTS, "date", "end_date") if name in places]
        at_days = refunds.Places([places["campaign_id"], *days], *amounts_in(places, (*COUNTS, *MONEY)))
        others, notes_on_orders = refunds.less_refunds(others, at_days, mark)
    records = sorted([*others, *nameless], key=lambda record: record.row)
    if is_by_order:
        records, notes_on_parts = once_per_order(records, places)
        places, notes_on_orders = {**places, "conversions": len(table.header)}, [*notes_on_orders, *notes_on_parts]
    money = table.currency(places.get("revenue")) or table.currency(places.get("cost"))

    def with_our_columns(fields: list[str]) -> list[str]:
        cells = {column: fields[place].strip() for column, place in places.items()}
        if network in OF_CODES:
            cells["campaign_id"] = cells["campaign_id"].upper()  # the shop does not tell case apart
        cells |= days_of(cells, is_day_first) or {"date": TIME.sub("", cells.get("date", ""))}
        return ad_report.plain(HEADER, cells | {"currency": cells.get("currency") or money}, mark)

    notes = [f"read as a report of {network}", *notes_on_orders, *subtotals.notes_on_totals(totals)]
    notes += subtotals.notes_on_unproven(nameless, others, at, table.header)
    found = table.read_as(HEADER, with_fields(records, with_our_columns), places, notes)
    facts = {"word": "code" if network in OF_CODES else "partner", "network": network}
    return replace(found, facts={**facts, "is_by_order": is_by_order}, days_seen=days_seen)


def amounts_in(places: Mapping[str, int], names: Sequence[str]) -> tuple[list[int], list[int]]:
    """Where the amounts stand that refunds are subtracted from, and where their currency."""
    return [places[name] for name in names if name in places], [places["currency"]] if "currency" in places else []


def is_sale(record: Record, places: Mapping[str, int]) -> bool:
    """Whether an order brought something, by its status."""
    status, voided = (record.fields[places[name]].strip() if name in places else "" for name in ("status", "voided"))
    return status.casefold() not in NO_SALE and voided.casefold() in NOT_VOIDED


def days_of(cells: Mapping[str, str], is_day_first: bool | None) -> dict[str, str]:
    """First and last day of a row that names a week or a month and no day; nothing for others."""
    part = next((name for name in PARTS if cells.get(name) and "date" not in cells), None)
    days = dates.week_or_month(cells[part], is_day_first, is_week=part == "week") if part else None
    return {"date": days[0].isoformat(), "end_date": days[1].isoformat()} if days else {}


def sales_among(rows: Sequence[Record], places: Mapping[str, int]) -> tuple[list[Record], list[str]]:
    """The orders that were not declined, refunded or cancelled, and how many were; what says neither yes nor no."""
    sales, lost, others = [], 0, 0
    unknown: dict[str, int] = {}
    for record in rows:
        cells = {} if record.fault else {name: record.fields[places[name]].strip() for name in places if name in SAID}
        if not record.fault and not is_sale(record, places):
            lost += 1
        elif NO_ORDER.search(cells.get("of what", "").casefold()):
            others += 1
        else:
            sales.append(record)
            if cells.get("status", "").casefold() not in SALE:
                unknown[cells["status"]] = unknown.get(cells["status"], 0) + 1
    named = ", ".join(f"{quoted(status)} ({count:,})" for status, count in unknown.items())
    notes = {
        "every order counts: the report has no column of their status": not {"status", "voided"} & set(places),
        f"not counted: {lost:,} orders declined, refunded or cancelled": lost,
        f"not counted: {others:,} bonuses or leads, which are no orders": others,
        f"counted, whatever their status means: {named}; leave such rows out if they were no sales": unknown,
    }
    return sales, [note for note, is_said in notes.items() if is_said]


def once_per_order(rows: Sequence[Record], places: Mapping[str, int]) -> tuple[list[Record], list[str]]:
    """The rows with a last cell: 1 where an order of a partner stands first, 0 below, so that amounts alone add up."""
    seen: set[tuple[str, str]] = set()
    found: list[Record] = []
    further: list[int] = []
    for record in rows:
        if record.fault:
            found.append(record)
            continue
        key = record.fields[places["order"]].strip(), record.fields[places["campaign_id"]]
        is_further = bool(key[0]) and key in seen
        seen.add(key)
        further += [record.row] * is_further
        found.append(replace(record, fields=[*record.fields, "0" if is_further else "1"]))
    said = "{rows}: more rows of an order from above; it counts once, and its amounts are added up"
    return found, [said.format(rows=rows_named(further))] * bool(further)


def check(incoming: Incoming) -> None:
    """Rows of partners become rows of creators, one per partner and day. Raises RefusedError where none has a day."""
    if not incoming.count("date is not null or is_bad"):
        raise RefusedError(
            f"a report of {incoming.facts['network']} without dates; say its days with --date 2025-04-01..2025-04-30, "
            "or export it by day",
            Code.PERIOD_NEEDED,
        )
    incoming.set_aside("date", "date is null and not is_bad", "blank", "''")
    measured = [name if incoming.has(name) else "null" for name in ("conversions", "revenue")]
    give_to_creators(incoming, "campaign_id", str(incoming.facts["word"]), *measured)
    if incoming.facts["network"] in BRANDS:
        incoming.db.execute(ADD_BRAND, {"brand": BRANDS[str(incoming.facts["network"])]})
    check_market(incoming)
    incoming.fill(paid=False)
    check_numbers(incoming)
    ad_report.sum_rows(incoming)
    ad_report.say_what_overlaps(incoming, paid=False)
    if incoming.facts["is_by_order"]:
        say_fewer_orders(incoming)


KIND = Kind("affiliate_network", "campaign_rows", COLUMNS, check, read=read)
