"""Read the visitors by country of a creator's own site: a table by country of Google Analytics 4.

Exports begin with lines of `#`, may hold several tables, and most of them are none for us: they are refused in words.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from data.importers import audience_sets
from data.importers.reader_spec import Incoming, Kind
from data.importers.reading import heading_words
from data.importers.reading.header_row import OF_AN_AUDIENCE, Column
from data.importers.reading.reader import Record, fit_to_header
from data.importers.reading.tables import ExportContent, Headed, RecordTable, find_header, with_fields
from data.importers.report import Code, RefusedError, each_quoted, listed
from data.importers.subtotals import whole
from data.importers.values import countries, numbers

COUNTRY = heading_words.of("ga4")["country"]
USERS = heading_words.of("ga4")["users"]
DAY = re.compile(r"\b20\d{6}\b")
PREAMBLE_CHARACTERS = 4000
LAST_DAY = re.compile(r"^#.*\b(20\d\d)([01]\d)([0-3]\d)[\s,;|]*$")
COLUMNS = (
    *OF_AN_AUDIENCE,
    Column("accounts", "count", needed=True, filled=True),
    Column("as_of", "date"),
)


def read(content: ExportContent) -> RecordTable | None:
    """The users by country of a GA4 export, or None. Raises RefusedError for its other tables."""
    above = preamble(content.head)
    if content.is_json or not any(DAY.search(line) for line in above):
        return None
    table = find_header(content, lambda names: bool(names & set(COUNTRY)) and bool(names & {"accounts", *USERS}))
    places = table.places({"country": COUNTRY, "accounts": USERS}) if table else {}
    if table is None:
        raise RefusedError(
            "a Google Analytics export without users by country: it holds neither an audience nor campaigns of a "
            f"creator (columns: {listed(first_header(content))}); export the demographics report by country, or say "
            "which columns are meant with --map FROM=country --map FROM=accounts",
            Code.COUNTRY_COLUMN_NEEDED,
            {"columns": each_quoted(first_header(content))},
        )
    days = ["-".join(found) for line in above for found in LAST_DAY.findall(line)]
    as_of = max(days) if days else ""
    rows, total = rows_of(table, places)
    if not rows:
        raise RefusedError("no data: the table by country is empty; choose other days and export it again")
    table.refuse_breakdowns(rows, places)
    country, accounts = places["country"], places["accounts"]
    mark = numbers.thousands_mark(r.fields[accounts] for r in rows if not r.fault)
    records = with_fields(
        rows, lambda cells: [cells[country].strip(), numbers.without_thousands(cells[accounts], mark), as_of]
    )
    users = whole(total.fields[accounts]) if total else None
    notes = ["a total row is not counted" if total else "", *rest_of(records, total, users)]
    found = table.read_as(("country", "accounts", "as_of"), records, places, notes)
    return replace(found, facts={"is_top_n": len(records) > len(rows)})


def preamble(head: str) -> list[str]:
    """The lines of # that an export begins with, blank ones between them left out."""
    lines = [line for line in head[:PREAMBLE_CHARACTERS].splitlines() if line.strip()]
    end = next((place for place, line in enumerate(lines) if not line.startswith("#")), len(lines))
    return lines[:end]


def first_header(content: ExportContent) -> list[str]:
    """The names above the first table."""
    header = next((r for r in content.heads[content.delimiters[0]] if not r.fields[0].startswith("#")), None)
    return [name for name in header.fields if name.strip()] if header else []


def rows_of(table: Headed, places: Mapping[str, int]) -> tuple[list[Record], Record | None]:
    """The rows of the first table, to the next blank line or line of #, and its total (fitted to the header).

    Raises RefusedError for a row without a country that is no total: shares would be parts of a wrong whole.
    """
    rows, totals, nameless = [], [], []
    place, width = places["country"], len(table.header)
    for record in table.content.records(table.delimiter):
        if record.line <= table.record.line:
            continue
        if not any(cell.strip() for cell in record.fields) or record.fields[0].startswith("#"):
            break
        shortened = replace(record, fields=record.fields[:width])
        fitted = fit_to_header(record, width)
        if is_labelled(record, place):
            totals.append(shortened)
        elif record.fields[place : place + 1] == [""] and len(record.fields) == width + 1:
            nameless.append(shortened)  # behind its numbers a word for total that is not known
        elif fitted.fault or fitted.fields[place].strip():
            rows.append(fitted)
        else:
            nameless.append(fitted)
    counted = sum_of(rows, places["accounts"])
    for record in nameless:
        users = whole(record.fields[places["accounts"]])
        if totals or users is None or counted is None or users < counted:
            raise RefusedError(
                f"row {record.row} names no country, and its users are fewer than those of the countries, so the whole "
                "is not certain; export the table again"
            )
        totals.append(record)
    return rows, totals[0] if totals else None


def is_labelled(record: Record, place: int) -> bool:
    """Whether a row says that it is a total, in place of a country or (GA4's own way) behind its numbers."""
    first = record.fields[place].strip() if place < len(record.fields) else ""
    cells = (first,) if first else record.fields
    return any(cell.strip() and countries.country(cell).code == countries.TOTAL for cell in cells)


def sum_of(rows: Iterable[Record], place: int) -> int | None:
    """The users of all rows, those with a fault left out; None where a count can't be read."""
    counts = [whole(record.fields[place]) for record in rows if not record.fault]
    read = [count for count in counts if count is not None]
    return sum(read) if len(read) == len(counts) else None


def rest_of(rows: list[Record], total: Record | None, users: int | None) -> list[str]:
    """Add what the total holds beyond the rows (an export of the largest countries) as unknown, and say so."""
    counted = sum_of(rows, 1)
    if total is None or users is None or counted is None or users <= counted:
        return []
    rows.append(Record(total.row, total.line, [countries.UNKNOWN, str(users - counted), rows[0].fields[-1]]))
    return [f"the rows hold {counted:,} of {users:,} users, the rest is unknown"]


def check(incoming: Incoming) -> None:
    """Users of a country over the users of all, `(not set)` included."""
    incoming.set_aside("as_of", "as_of > $latest", "future", "$today::text")
    incoming.fill(source="GA4", audience_type="viewers", is_top_n=incoming.facts["is_top_n"])
    audience_sets.shares_of_counts(incoming)
    audience_sets.check_sets(incoming)


KIND = Kind("ga4_countries", "audience", COLUMNS, check, read=read)
