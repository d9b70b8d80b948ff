"""Read the reports of other ad managers: TikTok, Pinterest, Snapchat, LinkedIn, Microsoft, X, Reddit.

They are alike but for their headings, which stand in headings.json. Conversions are only what the report calls
purchases: what campaigns aim at is of mixed kinds.
"""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache

from data.importers import subtotals
from data.importers.exports import ad_report
from data.importers.reader_spec import Incoming, Kind
from data.importers.reading import heading_words
from data.importers.reading.tables import ExportContent, Headed, RecordTable, find_header, with_fields
from data.importers.report import RefusedError, listed
from data.importers.values import dates

PLATFORMS = ("TikTok", "Pinterest", "Snapchat", "LinkedIn", "Microsoft", "X", "Reddit")
HEADER = (
    *(
        "campaign_id",
        "market",
        "date",
        "end_date",
        "platform",
        "impressions",
        "clicks",
        "conversions",
        "revenue",
        "cost",
    ),
    "currency",
)
# What a shop, a partner network or an own table has and an ad manager has not.
OF_OTHERS = {
    *("creator_id", "creator", "influencer", "publisher", "partner", "order_id", "reporting_starts", "delivery_status"),
    *("delivery_level", "campaign_delivery"),
}
# A time of day that is none, in dates such as "2025-05-02 00:00:00" and "2025-05-02T00:00:00.000-07:00".
MIDNIGHT = re.compile(r"[T ]00:00(:00(\.0+)?)?(\s?(Z|UTC|[+-]\d\d:?\d\d))?$")


@cache
def headings(platform: str) -> Mapping[str, tuple[str, ...]]:
    """Names of a platform's columns; "sign": those that no other report has, "sign together": not all of them."""
    return heading_words.of(f"{platform} ads")


def platform_of(names: set[str]) -> str | None:
    """The platform whose report has these headings: its own, beside campaigns and what they brought.

    Of several the one that knows most of them: a name such as eCPM is Snapchat's too.
    """
    if names & OF_OTHERS:
        return None
    found = [platform for platform in PLATFORMS if is_of(platform, names)]
    return max(found, key=lambda platform: count_known(platform, names), default=None)


def is_of(platform: str, names: set[str]) -> bool:
    """Whether a header has campaigns, what they brought, and headings that only this platform has."""
    known = headings(platform)
    has_rows = bool(names & set(known["campaign_id"])) and bool(names & {*known["impressions"], *known["cost"]})
    together = set(known.get("sign together", ()))
    return has_rows and (bool(names & set(known["sign"])) or (bool(together) and together <= names))


def count_known(platform: str, names: set[str]) -> int:
    """How many of the headings a platform's report has."""
    return len(names & {name for column in headings(platform).values() for name in column})


def read(content: ExportContent) -> RecordTable | None:
    """The campaigns of a report, or None. Raises RefusedError where it names no days."""
    table = find_header(content, lambda names: platform_of(names) is not None)
    platform = platform_of(set(table.names)) if table else None
    if table is None or platform is None:
        return None
    known = headings(platform)
    places = places_in(table, known)
    texts = (text for record in table.above() for text in record.fields)
    days = next((days for text in texts if (days := dates.day_range(text.partition(":")[2] or text))), None)
    if "date" not in places and days is None:
        raise RefusedError(
            f"a report of {platform}'s ad manager without dates (columns: {listed(table.header)}); add the column "
            "Date (by day) and export it again"
        )
    return rows_of(table, places, platform, days)


def places_in(table: Headed, known: Mapping[str, tuple[str, ...]]) -> dict[str, int]:
    """Where our columns stand: campaigns by their name where they have one, only purchases as conversions."""
    by_user = {heading_words.folded(target)[0] for _, target in table.content.mapping}
    exact = {column: (column,) if column in by_user else () for column in ("campaign_id", "conversions")}
    wanted = {column: known[column] for column in HEADER if column in known and column not in exact}
    named = {f"own {column}": (*mapped, *known[column]) for column, mapped in exact.items()}
    places = table.places({**named, **wanted})
    return {column.removeprefix("own "): place for column, place in places.items()}


def rows_of(table: Headed, places: Mapping[str, int], platform: str, days: tuple[date, date] | None) -> RecordTable:
    """The rows under our names. days: those of the whole report, where no column has them."""
    at = subtotals.places_of(places, "impressions", keys=("market",))
    found = [record for record in table.below() if not is_footer(record.fields)]
    rows = subtotals.without_copies(found, at.counts)
    rows, parts = subtotals.without_subtotals(rows, at, table.header)
    others, totals, nameless = subtotals.split_totals(rows, at)
    if not others:
        raise RefusedError("no data: the report names no campaign; choose other days and export it again")
    records = sorted([*others, *nameless], key=lambda record: record.row)
    money = table.currency(places.get("cost")) or table.currency(places.get("revenue"))
    mark = ad_report.mark_of(records, places)
    period = {"date": days[0].isoformat(), "end_date": days[1].isoformat()} if days and "date" not in places else {}

    def with_our_columns(fields: list[str]) -> list[str]:
        cells = {column: fields[place].strip() for column, place in places.items()} | period
        cells["end_date"] = before_midnight(cells.get("date", ""), cells.get("end_date", ""))
        cells |= {"platform": platform.casefold(), "market": ad_report.market_of(cells.get("market", ""))}
        return ad_report.plain(HEADER, cells | {"currency": cells.get("currency") or money}, mark)

    notes = [f"read as a report of {platform}'s ad manager", *subtotals.notes_on_totals(totals)]
    notes += subtotals.notes_on_totals(parts, "subtotal")
    notes += subtotals.notes_on_unproven(nameless, others, at, table.header)
    if "conversions" not in places:
        notes.append("no conversions: the report has no column of purchases, and other results are none")
    return table.read_as(HEADER, with_fields(records, with_our_columns), places, notes)


def before_midnight(start: str, end: str) -> str:
    """The last day of a row: Snapchat's days end at midnight of the next one ("2025-05-02T00:00:00")."""
    first, last = (dates.read(text, None) if MIDNIGHT.search(text) else None for text in (start, end))
    return (last - timedelta(days=1)).isoformat() if first and last and first < last else end


def is_footer(fields: list[str]) -> bool:
    """A line of words below a report ("©2025 Microsoft Corporation. All rights reserved.")."""
    filled = [cell for cell in fields if cell.strip()]
    return len(filled) == 1 and filled[0].lstrip().startswith(("©", "(c)"))


def check(incoming: Incoming) -> None:
    """Rows of an ad account; each says its platform."""
    ad_report.check(incoming, "")


KIND = Kind("ad_platforms", "campaign_rows", ad_report.COLUMNS, check, read=read)
