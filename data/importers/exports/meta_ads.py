"""Read the report of Meta Ads Manager, as CSV or workbook, whatever columns the user chose.

A total row without a name stands first in most reports. Blank is not measured. `Results` are of the kind that each
campaign aims at: only purchases are conversions. Most reports name no market.
"""

import re
from collections.abc import Mapping
from functools import partial

from data.importers import subtotals
from data.importers.exports import ad_report
from data.importers.reader_spec import Kind
from data.importers.reading import heading_words
from data.importers.reading.reader import Record
from data.importers.reading.tables import ExportContent, Headed, RecordTable, find_header, with_fields
from data.importers.report import Code, RefusedError, each_quoted, listed
from data.importers.subtotals import Places

NAMES = heading_words.of("meta_ads")
# What a row is of, in the order of preference: campaigns, else ads, else ad sets.
NAMED = (*NAMES["campaign"], *NAMES["ad"], *NAMES["ad_set"])
WANTED: Mapping[str, tuple[str, ...]] = {
    **{column: names for column, names in NAMES.items() if column not in ("campaign", "ad_set", "ad")},
    "market": heading_words.of("ga4")["country"],
}
PURCHASE = re.compile("|".join(heading_words.words("purchase")))
# The value of purchases, and what an ad brings for its cost, are no counts of them.
NO_COUNT = re.compile("|".join(heading_words.words("not a count")))
CLICK_WINDOW = re.compile(r"(\d{1,3})\D{0,16}?(click|klick|clic|cliqu|kli[kc]|クリック|클릭|tıkla|点击|點擊)")
HEADER = (
    *("campaign_id", "market", "date", "end_date", "platform", "impressions", "reach", "engagements", "clicks"),
    *("conversions", "revenue", "cost", "currency", "objective", "attribution_window_days"),
)


def knows(names: set[str]) -> bool:
    """A report of Ads Manager: its dates of reporting or its cost, beside what ads bring."""
    starts, cost = set(WANTED["date"]), set(WANTED["cost"])
    brought = {name for column in ("impressions", "reach", "results", "clicks") for name in WANTED[column]}
    return bool(names & brought) and (bool(names & starts) or bool(names & cost)) and "creator_id" not in names


def read(content: ExportContent) -> RecordTable | None:
    """The rows of a report of Ads Manager, or None. Raises RefusedError where it names no campaigns or no days."""
    table = find_header(content, knows)
    if table is None:
        return None
    places = places_in(table)
    refuse_gaps(table, places)
    rows, notes = counted(table, places)
    mark = ad_report.mark_of(rows, places)
    records = with_fields(rows, lambda fields: with_our_columns(fields, places, table, mark))
    used = {column: place for column, place in places.items() if column not in ("outbound_clicks", "all_clicks")}
    # Meta's own reports say Day or Reporting starts: other ad managers with the same words for cost say Date.
    doubtful = [] if set(table.names) & {*NAMES["day"], *NAMES["date"]} else ["read as a report of Meta's Ads Manager"]
    return table.read_as(HEADER, records, used, [*doubtful, *notes, *notes_on_columns(places)])


def places_in(table: Headed) -> dict[str, int]:
    """Where our columns stand. A campaign is known by its name, and by its number only where it has no name."""
    mapped = any(heading_words.folded(target) == ("campaign_id",) for _, target in table.content.mapping)
    named = ("campaign_id", *NAMED) if mapped else (*NAMED, "campaign_id")
    places = table.places({"name": named, **WANTED})
    if "name" in places:
        places["campaign_id"] = places.pop("name")
    return places


def counted(table: Headed, places: Mapping[str, int]) -> tuple[list[Record], list[str]]:
    """The rows that count, in their order, and what is said about totals. Nameless rows that are none get a fault."""
    names = {at for at, name in enumerate(table.names) if name in NAMED and at != places["campaign_id"]}
    at: Places = subtotals.places_of(places, "impressions", keys=("market", "platform"), names=frozenset(names))
    rows = subtotals.without_copies(subtotals.named_groups(list(table.below()), at), at.counts)
    rows, parts = subtotals.without_subtotals(rows, at, table.header)
    subtotals.refuse_levels(rows, places.get("level"))
    others, totals, nameless = subtotals.split_totals(rows, at)
    if not others and totals:
        raise RefusedError("no data: only a total row; export the report by campaign")
    records = [*others, *nameless]
    notes = [*subtotals.notes_on_totals(totals), *subtotals.notes_on_totals(parts, "subtotal")]
    notes += subtotals.notes_on_unproven(nameless, others, at, table.header)
    return sorted(records, key=lambda record: record.row), notes


def refuse_gaps(table: Headed, places: Mapping[str, int]) -> None:
    """Raise RefusedError for a report without campaigns, days or anything that is counted."""
    if "campaign_id" not in places:
        raise RefusedError(
            "a report of Meta's Ads Manager whose rows are no campaigns, ad sets or ads: it names no campaign "
            f"(its columns: {listed([name for name in table.header if name])}); add the column Campaign name and "
            "export it again, or say which column names campaigns with --map FROM=campaign_id",
            Code.CAMPAIGN_COLUMN_NEEDED,
            {"columns": each_quoted(table.header)},
        )
    if "date" not in places and "day" not in places:
        raise RefusedError(
            "a report of Meta's Ads Manager without dates; add the columns Reporting starts and Reporting ends"
        )


def notes_on_columns(places: Mapping[str, int]) -> list[str]:
    """What is worth knowing about the columns of this report."""
    notes = []
    if "clicks" not in places and "outbound_clicks" in places:
        notes.append("clicks are outbound clicks: the report has no link clicks")
    elif "clicks" not in places and "all_clicks" in places:
        notes.append("clicks are all clicks (likes and profile visits among them): the report has no link clicks")
    if "conversions" not in places:
        notes.append("conversions only where the result of a campaign is a purchase; other results are left out")
    return notes


def with_our_columns(fields: list[str], places: Mapping[str, int], table: Headed, mark: str) -> list[str]:
    """One row under our names."""

    def cell(*columns: str) -> str:
        """The cell of the first of these columns that the report has."""
        place = next((places[column] for column in columns if column in places), None)
        return "" if place is None else fields[place].strip()

    conversions, kind = cell("conversions"), cell("result_type").casefold()
    if not conversions and PURCHASE.search(kind) and not NO_COUNT.search(kind):
        conversions = cell("results")
    window = CLICK_WINDOW.search(cell("window").casefold())
    when = ("date",) if subtotals.says_all(cell("day")) and "date" in places else ("day", "date")
    ours = {
        "campaign_id": cell("campaign_id"),
        "market": ad_report.market_of(cell("market")),
        "date": cell(*when),
        "end_date": cell(*(name.replace("date", "end_date") for name in when)),
        "clicks": cell("clicks", "outbound_clicks", "all_clicks"),
        "conversions": conversions,
        "currency": table.currency(places.get("cost")) or table.currency(places.get("revenue")) or cell("currency"),
        "attribution_window_days": window[1] if window else "",
    }
    return ad_report.plain(HEADER, {name: ours.get(name, cell(name)) for name in HEADER}, mark)


KIND = Kind("meta_ads", "campaign_rows", ad_report.COLUMNS, partial(ad_report.check, platform="meta"), read=read)
