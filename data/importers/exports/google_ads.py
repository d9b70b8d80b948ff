"""Read the campaign report of Google Ads, as CSV (or UTF-16 with tabs, "for Excel").

A title, a line with the days, the table, totals at the end. Interactions are no clicks: of a video they are views.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from data.importers import subtotals
from data.importers.exports import ad_report
from data.importers.reader_spec import Kind
from data.importers.reading import heading_words
from data.importers.reading.reader import Record
from data.importers.reading.tables import ExportContent, Headed, RecordTable, find_header, with_fields
from data.importers.report import RefusedError, listed, quoted
from data.importers.values import countries, dates

NAMES = heading_words.of("google_ads")
WANTED = {column: names for column, names in NAMES.items() if column != "marks"}
# Reports whose rows show one impression several times, or not all of them, by the headings that only they have.
NEVER_ADDED = heading_words.of("google_ads, never added up")
# Parts of a campaign: their rows are added up only where the report's own total is that sum.
PARTS = heading_words.of("google_ads, parts")
INSTEAD = (
    "export the report of campaigns instead: in Google Ads choose Campaigns, Campaigns in the menu, there the arrow or "
    "Download, then .csv"
)
# Beside campaigns and impressions, what no other report has in this form.
MARKS = frozenset(NAMES["marks"])
# What other ad managers and own tables have; Google calls what was spent Cost.
OF_OTHERS = {"creator_id", "reporting_starts", "spend", "total_spend", "total_spent", "amount_spent"}
TOTAL = re.compile(r"^([^:：]{1,30})[:：]")
# How long before the days of a report its first week or month may begin.
BEFORE = {"day": timedelta(0), "week": timedelta(days=6), "month": timedelta(days=30)}
FRACTION = re.compile(r"[.,](?!0+$)\d{1,2}$")
# Parts of one that a message shows.
SHOWN = 3
HEADER = (
    *("campaign_id", "market", "date", "end_date", "impressions", "clicks", "conversions", "revenue", "cost"),
    *("currency", "objective"),
)


def knows(names: set[str]) -> bool:
    """Campaigns and impressions, and a heading that only Google Ads writes."""
    has = {column: bool(names & set(WANTED[column])) for column in ("campaign_id", "impressions")}
    return all(has.values()) and bool(names & MARKS) and not names & OF_OTHERS


def read(content: ExportContent) -> RecordTable | None:
    """The campaigns of a report of Google Ads, or None. Raises RefusedError where it names no days."""
    table = find_header(content, knows)
    if table is None:
        return None
    refuse_never_added(table)
    places = table.places(WANTED)
    texts = [text for record in table.above() for text in (*record.fields, ", ".join(record.fields))]
    days = next((days for text in texts if (days := dates.day_range(text))), None)
    if days is None and not places.keys() & {"day", "week", "month"}:
        above = [text for record in table.above() for text in record.fields if text.strip()]
        raise RefusedError(
            f"a report of Google Ads that names no days (above its table stands: {listed(above) or 'nothing'}), and "
            "campaigns need a date; choose a range of days instead of all time, so that a line such as July 8, 2025 - "
            "July 31, 2025 stands there, or add the column Day or Month, and export it again"
        )
    rows, notes = counted(table, places)
    if not rows:
        raise RefusedError("no data: the report names no campaign; choose other days and export it again")
    if "clicks" not in places:
        notes.append("the report has no clicks (interactions are none); they stay not measured")
    if parts := parts_of_one(rows, places):
        notes.append(parts)
        del places["conversions"]
    mark = ad_report.mark_of(rows, places)
    order = order_of_days(rows, places, days)
    is_day_first = dates.day_first_in_export(order)
    records = with_fields(rows, lambda fields: with_our_columns(fields, places, days, mark, is_day_first))
    return replace(table.read_as(HEADER, records, places, notes), days_seen=order)


def counted(table: Headed, places: Mapping[str, int]) -> tuple[list[Record], list[str]]:
    """The rows that count, in their order, and what is said about totals. Nameless rows that are none get a fault."""
    at = subtotals.places_of(places, "impressions", keys=("market", "week", "month"))
    rows, totals = without_totals(list(table.below()))
    rows = subtotals.without_copies(rows, at.counts)
    refuse_unproven_parts(table, rows, totals, at)
    notes = subtotals.notes_on_missed(totals, rows, at, table.header)
    if not notes and set(table.names) & set(PARTS["ad"]):
        notes = subtotals.note_on_rest(totals, rows, at, "removed ads and other campaigns are not among the rows")
    rows, parts = subtotals.without_subtotals(rows, at, table.header)
    others, proven, nameless = subtotals.split_totals(rows, at)
    records = [*others, *nameless]
    totals = sorted([*totals, *proven], key=lambda record: record.row)
    notes = [*subtotals.notes_on_totals(totals), *subtotals.notes_on_totals(parts, "subtotal"), *notes]
    return sorted(records, key=lambda record: record.row), notes


def parts_of_one(rows: Sequence[Record], places: Mapping[str, int]) -> str:
    """What is said about conversions that Google shares among ads, so that they are no whole numbers; "" for whole."""
    if "conversions" not in places:
        return ""
    cells = [record.fields[places["conversions"]].strip() for record in rows if not record.fault]
    parts = [cell for cell in cells if FRACTION.search(cell)]
    if not parts:
        return ""
    return (
        f"conversions are left out: Google shared them among ads, so {len(parts)} of {len(cells)} rows hold parts of "
        f"one ({listed(parts, SHOWN)}), and only whole ones are counted; take the sales from the shop, or set the "
        "conversion's attribution to last click and export again"
    )


def without_totals(rows: Sequence[Record]) -> tuple[list[Record], list[Record]]:
    """Campaign rows and the totals at the end of the report."""
    end = len(rows)
    while end and is_total(rows[end - 1]):
        end -= 1
    return list(rows[:end]), list(rows[end:])


def is_total(record: Record) -> bool:
    """A row of which a cell says "Total: Campaigns" in any language."""
    words = [match[1] for cell in record.fields if (match := TOTAL.match(cell.strip()))]
    return any(countries.country(word).code == countries.TOTAL for word in words)


def refuse_never_added(table: Headed) -> None:
    """Raise RefusedError for a report of assets, search terms or audiences: its rows are no parts of a campaign."""
    for report, names in NEVER_ADDED.items():
        if found := [name for place, name in enumerate(table.header) if table.names[place] in names]:
            raise RefusedError(
                f"a report of {report} of Google Ads (column {quoted(found[0])}): its rows don't add up to the "
                f"campaign, because several of them count the same impression, or none does; {INSTEAD}"
            )


def refuse_unproven_parts(
    table: Headed, rows: Sequence[Record], totals: Sequence[Record], at: subtotals.Places
) -> None:
    """Raise RefusedError for parts of campaigns that are not proven to be all of them, each once."""
    found = [(part, name) for part, names in PARTS.items() for name in table.names if name in names]
    if not found or subtotals.is_proven(totals, rows, at):
        return
    part, name = found[0]
    column = quoted(table.header[table.names.index(name)])
    said = subtotals.notes_on_missed(totals, rows, at, table.header) or ["it has no total that would prove it"]
    raise RefusedError(
        f"a report of Google Ads by {part} (column {column}) whose rows are not certain to be the whole of a campaign: "
        f"{said[0]}; {INSTEAD}"
    )


def order_of_days(rows: Sequence[Record], places: Mapping[str, int], days: tuple[date, date] | None) -> Sequence[str]:
    """The dates of the rows, and where they prove no order one that does: all then lie in the days of the report."""
    column = next((name for name in ("day", "week", "month") if name in places), None)
    if column is None:
        return ()
    texts = [record.fields[places[column]].strip() for record in rows if not record.fault]
    if days is None or dates.day_first_in_export(texts) is not None:
        return texts
    return [*texts, dates.order_within(texts, days[0] - BEFORE[column], days[1])]


def with_our_columns(
    fields: list[str],
    places: Mapping[str, int],
    days: tuple[date, date] | None,
    mark: str,
    is_day_first: bool | None,
) -> list[str]:
    """One row under our names."""
    cells = {column: fields[place].strip() for column, place in places.items()}
    first, last = when(cells, days, is_day_first)
    cells |= {"date": first, "end_date": last, "market": ad_report.market_of(cells.get("market", ""))}
    for column in ("currency", "objective"):
        cells[column] = "" if cells.get(column) == "--" else cells.get(column, "")
    return ad_report.plain(HEADER, cells, mark)


def when(cells: Mapping[str, str], days: tuple[date, date] | None, is_day_first: bool | None) -> tuple[str, str]:
    """First and last day of a row: its day, its week or month as far as the report reaches, or the report's days."""
    part = cells.get("week") or cells.get("month")
    if cells.get("day"):
        return cells["day"], cells["day"]
    if part:
        found = dates.week_or_month(part, is_day_first, is_week=bool(cells.get("week")))
        if found is None:
            return part, part
        reach = days or found
        return max(found[0], reach[0]).isoformat(), min(found[1], reach[1]).isoformat()
    if days is None:
        return "", ""
    return days[0].isoformat(), days[1].isoformat()


KIND = Kind("google_ads", "campaign_rows", ad_report.COLUMNS, partial(ad_report.check, platform="google"), read=read)
