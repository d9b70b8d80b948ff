"""Check and sum what all reports of ad accounts have in common: paid rows, many rows of one campaign, printed numbers.

The readers of single platforms (meta_ads, google_ads) say which column is which; this module keeps their sums right.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from data.importers.exports.plain_format import check_market, check_numbers
from data.importers.reader_spec import Incoming
from data.importers.reading.header_row import Column
from data.importers.reading.reader import Record
from data.importers.report import listed
from data.importers.sql import fill
from data.importers.values import countries, dates, numbers

COLUMNS = (
    Column("creator_id", "id", needed=True),
    Column("campaign_id", "id", needed=True, filled=True),
    Column("market", "market"),
    Column("date", "date", needed=True, filled=True),
    Column("end_date", "date"),
    Column("platform", "platform"),
    Column("impressions", "count"),
    Column("reach", "count"),
    Column("engagements", "count"),
    Column("clicks", "count"),
    Column("conversions", "count"),
    Column("revenue", "money"),
    Column("cost", "money"),
    Column("currency", "currency"),
    Column("objective", "text"),
    Column("attribution_window_days", "days"),
)
KEY = ("creator_id", "campaign_id", "market", "date", "end_date", "platform", "currency")
SUMMED = {
    "impressions": "bigint",
    "engagements": "bigint",
    "clicks": "bigint",
    "conversions": "bigint",
    "revenue": "decimal(18, 4)",
    "cost": "decimal(18, 4)",
}
# Rows of one campaign and day (its ads, its placements) become one; reach never adds up.
SUM_ROWS = """
    create or replace temp table typed as
    select min(sheet_row) as sheet_row, min(physical_line) as physical_line, false as is_bad, {cells}
    from typed
    where not is_bad and sheet_row not in (select sheet_row from faults)
    group by {key}"""
# A row that can't be read makes the sum of its campaign and day too small: none of that day's rows counts then.
SET_PARTS_ASIDE = """
    insert into faults
    select t.sheet_row, t.physical_line, 'campaign_id', coalesce(staged.campaign_id, ''), 'part of a day',
        'row ' || broken.first_row
    from typed as t
    join (
        select {key}, min(sheet_row) as first_row
        from typed
        where is_bad or sheet_row in (select sheet_row from faults)
        group by {key}
    ) as broken on {same}
    join staged on staged.sheet_row = t.sheet_row
    where not t.is_bad and t.sheet_row not in (select sheet_row from faults)"""
# Rows of earlier files that hold days of this file, or the whole of what this file has by country or platform (or the
# other way round): the same day would count twice.
OVERLAPS = """
    select distinct new.campaign_id
    from (select *, {market} as of_market, coalesce(lower({platform}), '') as of_platform from typed) as new
    join (select *, coalesce(lower(platform), '') as on_platform from campaign_rows where paid = $paid) as old
        on old.creator_id = new.creator_id and old.campaign_id = new.campaign_id
        and old.date <= coalesce({end_date}, new.date) and coalesce(old.end_date, old.date) >= new.date
        and (old.date <> new.date or old.market <> of_market or on_platform <> of_platform)
        and (old.market = of_market or 'ZZ' in (old.market, of_market))
        and (on_platform = of_platform
            or ('meta' in (on_platform, of_platform) and list_has_all($of_meta, [on_platform, of_platform])))
    order by 1"""
PLATFORMS_OF_META = ["meta", "facebook", "instagram", "messenger", "audience_network", "threads", "unknown"]
# Cells that can only be whole numbers prove which mark stands between thousands; conversions may be parts of one.
WHOLE = ("impressions", "reach", "clicks", "outbound_clicks", "all_clicks")
COUNTS = ("impressions", "reach", "engagements", "clicks", "conversions")
MONEY = ("revenue", "cost")
# Meta writes amounts with up to eight decimals; the store keeps four.
MANY_DECIMALS = re.compile(r"(\d{1,13})[.,](\d{5,12})")
KEPT = Decimal("0.0001")


def check(incoming: Incoming, platform: str) -> None:
    """Rows of an ad account: paid, checked like any campaign, one row per campaign, day and market in the end.

    platform: where the report says none itself, "" where every row does.
    """
    incoming.fill(paid=True, **({"platform": platform} if platform else {}))
    check_market(incoming)
    check_numbers(incoming)
    sum_rows(incoming)
    say_what_overlaps(incoming, paid=True)


def say_what_overlaps(incoming: Incoming, *, paid: bool) -> None:
    """Name campaigns of which an earlier file holds the same days, cut in another way, so that nothing is replaced."""
    said = {name: incoming.defaults.get(name) for name in ("market", "platform") if not incoming.has(name)}
    pieces = {name: f"${name}::text" if name in said else name for name in ("market", "platform")}
    pieces["end_date"] = "new.end_date" if incoming.has("end_date") else "null"
    given = {"of_meta": PLATFORMS_OF_META, "paid": paid, **said}
    if found := [name for (name,) in incoming.db.execute(fill(OVERLAPS, **pieces), given).fetchall()]:
        incoming.say(
            f"days that an earlier file holds too now count twice for {listed(found)}; export the campaigns by day, "
            "with the same columns of country and platform, or without the days that are loaded"
        )


def sum_rows(incoming: Incoming) -> None:
    """Add up the rows of one campaign and day. What no row measured stays blank."""
    key = [name for name in KEY if incoming.has(name)]
    same = " and ".join(f"broken.{name} is not distinct from t.{name}" for name in key)
    incoming.db.execute(fill(SET_PARTS_ASIDE, key=", ".join(key), same=same))
    cells = list(key)
    for name in incoming.present - set(key):
        if name in SUMMED:
            cells.append(f"cast(sum({name}) as {SUMMED[name]}) as {name}")
        elif name == "reach":
            cells.append("case when count(*) = 1 then max(reach) end as reach")
        else:
            cells.append(f"max({name}) as {name}")
    before = incoming.count("not is_bad and sheet_row not in (select sheet_row from faults)")
    incoming.db.execute(fill(SUM_ROWS, cells=", ".join(cells), key=", ".join(key)))
    after = incoming.count("true")
    if after < before:
        incoming.say(f"{before:,} rows summed to {after:,}, one per campaign and period")


def mark_of(rows: Iterable[Record], places: Mapping[str, int]) -> str:
    """The mark between the thousands of a report, where its counts prove it, or ""."""
    columns = [places[name] for name in WHOLE if name in places]
    return numbers.thousands_mark(record.fields[place] for record in rows if not record.fault for place in columns)


def plain(header: Sequence[str], cells: Mapping[str, str], mark: str) -> list[str]:
    """The cells of one row, those of a header, as the rules read them: plain numbers and days, a name to be seen."""
    row = dict(cells)
    for name in MONEY:
        if row.get(name):
            row[name], row["currency"] = numbers.without_sign(row[name], row.get("currency", ""))
    for name in (*COUNTS, *MONEY):
        if row.get(name):
            row[name] = numbers.without_thousands(row[name], mark)
    for name in MONEY:
        if row.get(name, "")[:1] in (".", ","):  # ".65"
            row[name] = f"0{row[name]}"
        if long := MANY_DECIMALS.fullmatch(row.get(name, "")):
            row[name] = str(Decimal(f"{long[1]}.{long[2]}").quantize(KEPT))
    row["campaign_id"] = numbers.visible(row["campaign_id"])
    first, last = (dates.period(row.get(name, "")) for name in ("date", "end_date"))
    if first:
        row["date"] = first[0].isoformat()
        last = last or (first if first[0] < first[1] else None)
    if last:
        row["end_date"] = last[1].isoformat()
    return [row.get(name, "") for name in header]


def market_of(text: str) -> str:
    """A country of a report as a market: what has no country is not stated."""
    return countries.UNKNOWN if text and countries.country(text).code == countries.UNKNOWN else text
