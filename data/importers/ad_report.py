"""What do reports of ad accounts have in common? Total rows that must not count, many rows of one campaign, paid rows.

The readers of single platforms (meta_ads, google_ads) say which column is which; this module keeps their sums right.
"""

import re
from collections.abc import Iterable, Sequence

from data.importers import countries
from data.importers.headers import Column, fold_name
from data.importers.kinds import Bringing
from data.importers.plain_campaigns import check_market, check_numbers
from data.importers.reader import Record
from data.importers.report import listed
from data.importers.sql import fill

COLUMNS = (
    Column("creator_id", "id", needed=True),
    Column("campaign_id", "id", needed=True, filled=True),
    Column("market", "market"),
    Column("date", "date", needed=True, filled=True),
    Column("end_date", "date"),
    Column("platform", "text"),
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
# Rows of earlier files whose days lie partly in those of this file: the same day would count twice.
OVERLAPS = """
    select distinct new.campaign_id
    from typed as new
    join campaign_rows as old
        on old.creator_id = new.creator_id and old.campaign_id = new.campaign_id and old.paid and old.date <> new.date
        and old.date <= coalesce(new.end_date, new.date) and coalesce(old.end_date, old.date) >= new.date
    order by 1"""
RESULTS_OF = re.compile(
    r"^(results? (from|of)|total\b.{0,3}|ergebnisse (aus|von)|resultados de|résultats (de|pour)|risultati)\D*\d*\D*$"
)
# Words for everything that campaigns are called too.
NAMES_OF_CAMPAIGNS = {"world", "worldwide", "global", "all", "all countries", "overall"}
# Money is printed with two decimals: a sum of n rows may miss its total by n half cents.
HALF_CENT = 0.0051


def folded(names: str) -> tuple[str, ...]:
    """Column names as they are compared, from a list written with semicolons."""
    return tuple(fold_name(name) for name in names.replace("\n", " ").split(";") if name.strip())


def check(bringing: Bringing, platform: str) -> None:
    """Rows of an ad account: paid, checked like any campaign, one row per campaign, day and market in the end."""
    bringing.fill("platform", platform)
    bringing.fill("paid", True)
    check_market(bringing)
    check_numbers(bringing)
    sum_rows(bringing)
    overlapping = [name for (name,) in bringing.db.execute(OVERLAPS).fetchall()]
    if overlapping:
        bringing.say(
            f"days that an earlier file holds too now count twice for {listed(overlapping)}; export the campaigns by "
            "day, or without the days that are loaded"
        )


def sum_rows(bringing: Bringing) -> None:
    """Add up the rows of one campaign and day. What no row measured stays blank."""
    key = [name for name in KEY if bringing.has(name)]
    cells = list(key)
    for name in bringing.present - set(key):
        if name in SUMMED:
            cells.append(f"cast(sum({name}) as {SUMMED[name]}) as {name}")
        elif name == "reach":
            cells.append("case when count(*) = 1 then max(reach) end as reach")
        else:
            cells.append(f"max({name}) as {name}")
    before = bringing.count("not is_bad and sheet_row not in (select sheet_row from faults)")
    bringing.db.execute(fill(SUM_ROWS, cells=", ".join(cells), key=", ".join(key)))
    after = bringing.count("true")
    if after < before:
        bringing.say(f"{before:,} rows summed to {after:,}, one per campaign and period")


def whole(text: str) -> int | None:
    """A printed count, whatever separates its thousands; None where it is none."""
    bare = re.sub(r"[.,]00?$", "", text.strip())
    digits = re.sub(r"[\s\u00a0\u202f.,'’]", "", bare)
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 16 else None


def amount(text: str) -> float | None:
    """A printed amount of money, for comparing sums only; None where it can't be told."""
    bare = re.sub(r"[^\d.,]", "", text)
    if not re.search(r"\d", bare):
        return None
    cents = re.search(r"[.,](\d{1,2}|\d{4,})$", bare)
    units = re.sub(r"\D", "", bare[: cents.start()] if cents else bare) or "0"
    return float(f"{units}.{cents[1] if cents else 0}")


def is_total_name(name: str) -> bool:
    """A name that total rows have: none, a word for total, "Results from 4 campaigns"."""
    bare = name.strip().casefold()
    is_word = countries.country(bare).code == countries.TOTAL and bare not in NAMES_OF_CAMPAIGNS
    return bare in ("", "--") or is_word or bool(RESULTS_OF.match(bare))


def split_totals(
    rows: Sequence[Record], name: int, counts: int | None, costs: int | None
) -> tuple[list[Record], list[Record], list[Record]]:
    """Campaign rows, total rows that the other rows prove, and nameless rows that they don't.

    name, counts, costs: places of the campaign's name, its impressions and its cost.
    """
    nameless = [r for r in rows if not r.fault and is_total_name(r.fields[name])]
    nameless_rows = {record.row for record in nameless}
    others = [record for record in rows if record.row not in nameless_rows]
    proven = [r for r in nameless if others and adds_up(r, others, counts, costs)]
    proven_rows = {record.row for record in proven}
    return others, proven, [record for record in nameless if record.row not in proven_rows]


def adds_up(total: Record, others: Iterable[Record], counts: int | None, costs: int | None) -> bool:
    """Whether impressions and cost of a row are the sums of the others'."""
    sound = [record for record in others if not record.fault]
    agreed = []
    if counts is not None and (said := whole(total.fields[counts])) is not None:
        agreed.append(said == sum(whole(r.fields[counts]) or 0 for r in sound))
    if costs is not None and (paid := amount(total.fields[costs])) is not None:
        spent = [amount(r.fields[costs]) or 0 for r in sound]
        agreed.append(abs(paid - sum(spent)) <= HALF_CENT * (len(spent) + 1) + 1e-6 * paid)
    return bool(agreed) and all(agreed)


def without_copies(rows: Sequence[Record], counts: int | None) -> list[Record]:
    """The rows; one that repeats another word for word, and counts something, gets the fault "copy"."""
    seen: set[tuple[str, ...]] = set()
    found = []
    for record in rows:
        cells = tuple(record.fields)
        counted = counts is None or record.fault or whole(record.fields[counts]) not in (None, 0)
        is_copy = counted and not record.fault and cells in seen
        found.append(Record(record.row, record.line, record.fields, "copy") if is_copy else record)
        seen.add(cells)
    return found


def said_of_totals(totals: Sequence[Record]) -> list[str]:
    """What the message says about total rows."""
    if not totals:
        return []
    rows = ", ".join(str(record.row) for record in totals[:5])
    return [f"row {rows} {'is the total' if len(totals) == 1 else 'are totals'}, not counted"]
