"""Read the sales of discount codes: the orders export of Shopify, or of WooCommerce's Analytics.

One line per item: an order counts once, by its name. Revenue is the order's total less what was refunded; cancelled,
voided, expired and fully refunded orders are none. Customers' names, addresses, mails and phones are never taken in.
"""

import re
from collections.abc import Mapping, Sequence

from data.importers.code_owners import give_to_creators
from data.importers.exports import refunds
from data.importers.exports.plain_format import check_market
from data.importers.reader_spec import Incoming, Kind
from data.importers.reading.header_row import Column
from data.importers.reading.reader import Record
from data.importers.reading.tables import ExportContent, RecordTable, find_header, picked, with_fields
from data.importers.report import RefusedError, listed
from data.importers.values import numbers

SIGNS = {"name", "financial_status", "total", "created_at", "discount_code"}
SIGNS_OF_WOOCOMMERCE = {"order_#", "date", "status", "coupons"}
NET_SALES = ("net_sales", "n_revenue")  # of the page, and of the file that is sent by mail
WANTED = {
    "campaign_id": ("discount_code", "coupons"),
    "order_name": ("name", "order_#"),
    "date": ("created_at",),
    "total": NET_SALES,
    "refunded": ("refunded_amount",),
    "currency": (),
    "status": ("financial_status",),
    "cancelled": ("cancelled_at",),
    "with currency": ("n_revenue_formatted",),
}
COLUMNS = (
    Column("creator_id", "id"),
    Column("campaign_id", "id", filled=True),
    Column("order_name", "id", filled=True),
    Column("date", "date", filled=True),
    Column("total", "money", filled=True),
    Column("refunded", "money"),
    Column("currency", "currency"),
)
PERSONAL = re.compile(
    r"mail|phone|billing|shipping (name|street|address|company|city|zip)|customer|notes?$|^ip\b|vendor id"
)
NO_SALE = ("voided", "refunded", "expired", "cancelled", "canceled", "failed", "trash", "checkout-draft")
MOST_DAYS_NAMED = 5
NOT_PAID_YET = ("pending", "authorized", "partially_paid", "on-hold")
DAY = re.compile(r"^([\d./-]{8,10})[T ]\d{1,2}:\d\d(:\d\d)?(\s?[AP]M)?\s?([+-]\d\d:?\d\d|Z|UTC)?$", re.IGNORECASE)
# One row per creator, code, day and currency.
SUM_ORDERS = """
    create or replace temp table typed as
    select min(sheet_row) as sheet_row, min(physical_line) as physical_line, false as is_bad, creator_id, campaign_id,
        date, date as end_date, currency, count(*) as conversions,
        cast(sum(total - coalesce(refunded, 0)) as decimal(18, 4)) as revenue
    from typed
    where not is_bad and sheet_row not in (select sheet_row from faults)
    group by creator_id, campaign_id, date, currency"""

# Days of which an earlier file has more orders: this one may begin or end within them, or orders were cancelled since.
FEWER = """
    select new.campaign_id || ' ' || new.date
    from typed as new
    join campaign_rows as old on old.creator_id = new.creator_id and old.campaign_id = new.campaign_id
        and old.date = new.date and not old.paid and old.conversions > new.conversions
    order by 1"""


def read(content: ExportContent) -> RecordTable | None:
    """One row per order with a discount code, or None. Raises RefusedError where no order has one."""
    table = find_header(content, is_list_of_orders)
    if table is None:
        return None
    places = table.places(WANTED)
    header = tuple(WANTED)
    orders, notes = once_per_order(picked(table.below(), [places.get(column) for column in header]))
    if not orders:
        raise RefusedError(f"no order of this file has a discount code and counts ({'; '.join(notes)})")
    ignored = table.ignored(places)
    personal = [name for name in ignored if PERSONAL.search(name.casefold())]
    if personal:
        notes.append(f"personal columns dropped on read: {listed(personal, 20)}")
    loaded = header[: header.index("status")]
    rows = with_fields(orders, lambda fields: fields[: len(loaded)])
    others = tuple(name for name in ignored if name not in personal)
    return RecordTable(loaded, rows, table.header, others, (content.note, *notes))


def is_list_of_orders(names: set[str]) -> bool:
    """Whether a header is that of a shop's orders."""
    return names >= SIGNS or (names >= SIGNS_OF_WOOCOMMERCE and not names.isdisjoint(NET_SALES))


def once_per_order(lines: Sequence[Record]) -> tuple[list[Record], list[str]]:
    """The first line of every order that counts, and what is said about the others."""
    place_of = {column: place for place, column in enumerate(WANTED)}
    at = refunds.Places([place_of["order_name"]], [place_of["total"]], [place_of["currency"]])
    lines, notes_on_refunds = refunds.less_refunds(
        lines, at, counts=lambda line: may_be_refunded(line, place_of), most_sales=1
    )
    orders: dict[str, Record] = {}
    rows: list[Record] = []
    count_items = count_codeless = count_no_sale = count_unpaid = 0
    for record in lines:
        if record.fault:
            rows.append(record)
            continue
        cells = [cell.strip() for cell in record.fields]
        name, total = cells[place_of["order_name"]], cells[place_of["total"]]
        first = orders.get(name) if name else None
        if first is not None:
            count_items += 1
            if total and total != first.fields[place_of["total"]].strip():
                rows.append(Record(record.row, record.line, record.fields, "two totals"))
            continue
        orders[name] = record
        if is_no_sale(record, place_of):
            count_no_sale += 1
        elif not cells[place_of["campaign_id"]]:
            count_codeless += 1
        else:
            count_unpaid += cells[place_of["status"]].casefold() in NOT_PAID_YET
            if not cells[place_of["currency"]]:
                cells[place_of["currency"]] = numbers.without_sign(cells[place_of["with currency"]], "")[1]
            day = DAY.match(cells[place_of["date"]])
            cells[place_of["date"]] = day[1] if day else cells[place_of["date"]]
            cells[place_of["campaign_id"]] = cells[place_of["campaign_id"]].upper()  # the shop does not tell case apart
            rows.append(Record(record.row, record.line, cells))
    counts = {
        "lines of further items": count_items,
        "orders without a code": count_codeless,
        "orders cancelled, voided, expired or refunded": count_no_sale,
    }
    notes = [*notes_on_refunds, *(f"not counted: {count:,} {words}" for words, count in counts.items() if count)]
    return rows, [*notes, f"counted, though not paid yet: {count_unpaid:,} orders"] if count_unpaid else notes


def is_no_sale(line: Record, place_of: Mapping[str, int]) -> bool:
    """Whether an order was cancelled, voided, expired or refunded as a whole."""
    return line.fields[place_of["status"]].strip().casefold() in NO_SALE or bool(
        line.fields[place_of["cancelled"]].strip()
    )


def may_be_refunded(line: Record, place_of: Mapping[str, int]) -> bool:
    """Whether a line further below may take something off an order: it counts, and no column has done so already."""
    return not is_no_sale(line, place_of) and not re.search("[1-9]", line.fields[place_of["refunded"]])


def check(incoming: Incoming) -> None:
    """Orders by creator, code and day: how many, and what they brought."""
    incoming.set_aside("refunded", "refunded > total", "above total", "total::text")
    give_to_creators(
        incoming, "campaign_id", "code", "1", "total - coalesce(refunded, 0)" if incoming.has("refunded") else "total"
    )
    incoming.db.execute(SUM_ORDERS)
    incoming.present |= {"conversions", "revenue", "end_date"}
    incoming.present -= {"order_name", "total", "refunded"}
    check_market(incoming)
    incoming.fill(paid=False)
    say_fewer_orders(incoming)


def say_fewer_orders(incoming: Incoming) -> None:
    """Name the days of which an earlier file has more orders than this one, which takes its place."""
    if found := [day for (day,) in incoming.db.execute(FEWER).fetchall()]:
        incoming.say(
            f"fewer orders than in an earlier file for {listed(found, MOST_DAYS_NAMED)}, and only those of this file "
            "count; if this file does not hold the whole day, export whole days"
        )


KIND = Kind("shopify_orders", "campaign_rows", COLUMNS, check, read=read)
