"""Read the views by country of a channel: the geography table of YouTube Studio ("Table data.csv" of an export).

Views by country with a row Total: a share is views over that Total, the rest is unknown. The columns beside Views vary
from user to user; names of columns and of the file are in the user's language. Where a heading is not known, the table
proves itself: codes of countries below a total, and views that fit watch time and average view duration.
"""

import re
from collections.abc import Mapping, Sequence

from data.importers.audience_sets import MILLION, PLATFORM_PPM, ROUNDING_PPM, set_repeats_aside
from data.importers.reader_spec import Incoming, Kind
from data.importers.reading import heading_words
from data.importers.reading.header_row import OF_AN_AUDIENCE, Column
from data.importers.reading.reader import Record, check_header, fit_to_header
from data.importers.reading.tables import ExportContent, Headed, RecordTable, find_header, with_fields
from data.importers.report import Code, RefusedError, each_quoted, listed
from data.importers.sql import one_row
from data.importers.subtotals import whole
from data.importers.tracker import words
from data.importers.values import countries, numbers

NAMES = heading_words.of("youtube_studio")
GEOGRAPHY, VIEWS, DATES = (frozenset(NAMES[column]) for column in ("geography", "views", "date"))
COUNTRY_WORDS = frozenset(heading_words.of("ga4")["country"])  # a table by country of somebody else
COLUMNS = (
    *OF_AN_AUDIENCE,
    Column("views", "count", needed=True, filled=True),
)
SOURCE = "YouTube Studio"
LOAD_TABLE = 'load the table of the same export ("Table data.csv" in English)'
CODE = re.compile(r"[A-Z]{2}")
COUNT = re.compile(r"[0-9]{1,15}")
DURATION = re.compile(r"([0-9]{1,15}):([0-9]{2}):([0-9]{2})")
HOURS = re.compile(r"[0-9]{1,15}([.,][0-9]+)?")
# Day, country and views; with more columns a table of days is somebody's own.
MOST_OF_A_CHART = 3
# Headings of tables that say whose row it is: no export of one channel has them.
OF_SEVERAL_CREATORS = {
    "creator_id",
    "campaign_id",
    "handle",
    "username",
    "creator",
    "creator_name",
    "influencer",
    "name",
}
# Part of the rows whose views times duration are their watch time: a duration of seconds is none for a few long views.
MIN_FITTING = 0.9


def knows(names: set[str]) -> bool:
    """Views by country, or by day (the rest of the same export), of one channel."""
    by_day = bool(names & DATES) and len(names) <= MOST_OF_A_CHART
    return bool(names & VIEWS) and (bool(names & GEOGRAPHY) or by_day) and not names & OF_SEVERAL_CREATORS


def read(content: ExportContent) -> RecordTable | None:
    """The views by country of a geography table, or None. Raises RefusedError for other tables of the same export."""
    table = find_header(content, knows)
    if table is None and not content.is_json:
        table = proven(content)
    if table is None:
        return None
    if set(table.names) & DATES:  # the chart and the totals of an export say the same again, without a total
        raise RefusedError(
            f"views by day (the chart or the totals of a YouTube export), no audience by country; {LOAD_TABLE}"
        )
    places = table.places({"country": NAMES["geography"], "views": NAMES["views"]})
    rows = list(table.below())
    if not rows:
        raise RefusedError("no data: the geography table is empty; choose other days and export it again")
    rows = with_total(rows, places)
    sound = [record for record in rows if not record.fault]
    parts = [r for r in sound if countries.country(r.fields[places["country"]]).code != countries.TOTAL]
    table.refuse_breakdowns(parts, places)
    country, views = places["country"], places["views"]
    mark = numbers.thousands_mark(record.fields[views] for record in sound)
    records = with_fields(rows, lambda cells: [cells[country], numbers.without_thousands(cells[views], mark)])
    return table.read_as(("country", "views"), records, places)


def proven(content: ExportContent) -> Headed | None:
    """A table under headings that are not known, its columns named, where what stands below proves which they are.

    Raises RefusedError where only the column of views is not certain.
    """
    for delimiter, record, header, names in content.possible_headers:
        width = len(header)
        below = [fit_to_header(r, width) for r in content.heads[delimiter] if r.line > record.line]
        rows = [r for r in below if not r.fault]
        if record.row != 1 or width < 2 or len(rows) < 2:
            continue
        geography = [place for place in range(width) if are_codes([r.fields[place].strip() for r in rows])]
        if len(geography) != 1 or names[geography[0]] in COUNTRY_WORDS or {"creator_id", "campaign_id"} & set(names):
            continue
        others = [name for place, name in enumerate(header) if place != geography[0]]
        if words.fields().get(words.fold(header[geography[0]])) == "platform" or words.names_people(others):
            continue
        places = [place for place, name in enumerate(names) if name in VIEWS] or fitting(rows)
        if len(places) == 1:
            chosen = list(names)
            chosen[geography[0]], chosen[places[0]] = "geography", "views"
            check_header(header)
            return Headed(content, delimiter, record, header, tuple(chosen))
        if durations(rows):
            raise RefusedError(
                f"a table by country of YouTube Studio whose column of views can't be told (its columns: "
                f"{listed(list(header))}); say which one it is with --map COLUMN=views",
                Code.VIEWS_COLUMN_NEEDED,
                {"columns": each_quoted(header)},
            )
    return None


def are_codes(cells: Sequence[str]) -> bool:
    """Codes of countries in a column, each once, one row of another name (the total) aside.

    "TT" beside "Instagram" is TikTok, and not Trinidad; "NC" beside a number was not counted.
    """
    others = [cell for cell in cells if not (CODE.fullmatch(cell) and countries.country(cell).code)]
    is_one = len(others) == 1 and len(cells) > 1 and others[0] in (cells[0], cells[-1])
    is_name = is_one and others[0][:1].isalpha() and words.platform(others[0]) is None
    return is_name and len(set(cells)) == len(cells)


def durations(rows: Sequence[Record]) -> list[int]:
    """Places of columns that hold durations such as 0:03:10."""
    return [p for p in range(len(rows[0].fields)) if all(DURATION.fullmatch(r.fields[p].strip()) for r in rows)]


def fitting(rows: Sequence[Record]) -> list[int]:
    """Places of whole numbers that, times the average view duration, are the watch time: only views can be that."""
    cells = list(zip(*([cell.strip() for cell in record.fields] for record in rows), strict=True))
    counts = [place for place, column in enumerate(cells) if all(map(COUNT.fullmatch, column))]
    hours = [p for p, column in enumerate(cells) if p not in counts and all(map(HOURS.fullmatch, column))]
    return [
        count
        for count in counts
        if any(is_product(cells[count], cells[hour], cells[last]) for hour in hours for last in durations(rows))
    ]


def is_product(views: Sequence[str], hours: Sequence[str], last: Sequence[str]) -> bool:
    """Whether views times duration are the watch time, as far as whole seconds and printed hours can tell."""
    fits = 0
    for count, hour, duration in zip(views, hours, last, strict=True):
        h, m, s = map(int, duration.split(":"))
        seconds, watched = int(count) * (h * 3600 + m * 60 + s), float(hour.replace(",", ".")) * 3600
        fits += abs(watched - seconds) <= int(count) + 0.01 * watched + 1
    return fits >= MIN_FITTING * len(views) and any(int(count) for count in views)


def with_total(rows: Sequence[Record], places: Mapping[str, int]) -> list[Record]:
    """The rows, the first of which is called Total where it is none of the countries and as large as all of them."""
    first, others = rows[0], [record for record in rows[1:] if not record.fault]
    meant = [countries.country(r.fields[places["country"]]).code for r in rows if not r.fault]
    sound = [] if first.fault else [first, *others]
    views = [count for record in sound if (count := whole(record.fields[places["views"]])) is not None]
    if countries.TOTAL in meant or not others or len(views) <= len(others) or views[0] < sum(views[1:]):
        return list(rows)
    name = first.fields[places["country"]].strip()
    if name and (countries.country(name).code or countries.country(name).candidates):
        return list(rows)
    cells = ["Total" if place == places["country"] else cell for place, cell in enumerate(first.fields)]
    return [Record(first.row, first.line, cells), *rows[1:]]


def check(incoming: Incoming) -> None:
    """Turn views into shares of the Total. Raises RefusedError where no Total says what the whole is."""
    totals = incoming.db.execute(
        "select views, sheet_row from typed where country = 'total' and not is_bad order by sheet_row"
    ).fetchall()
    if len(totals) != 1 or not totals[0][0]:
        what = (
            "no row Total" if not totals else f"{len(totals)} rows Total" if len(totals) > 1 else "a Total of 0 views"
        )
        raise RefusedError(
            f"{what}, so shares of all views can't be computed; export the geography table of one channel again"
        )
    total, _ = totals[0]
    incoming.db.execute("alter table typed add column ppm integer")
    incoming.db.execute(
        "update typed set ppm = cast(least(round_even(views::double / $total * 1e6, 0), 2e9) as integer) "
        "where not is_bad",
        {"total": float(total)},
    )
    incoming.present.add("ppm")
    set_repeats_aside(incoming)
    check_sum(incoming)
    incoming.fill(source=SOURCE, audience_type="viewers", platform="youtube", is_top_n=False, count_total=total)


def check_sum(incoming: Incoming) -> None:
    """Raise RefusedError when the countries have more views than the Total; mention what is above rounding."""
    listed_ppm = one_row(
        incoming.db.execute(
            "select coalesce(sum(ppm), 0) from typed where not is_bad and country <> 'total' "
            "and sheet_row not in (select sheet_row from faults)"
        )
    )[0]
    if listed_ppm > PLATFORM_PPM:
        raise RefusedError(
            f"the countries add up to {listed_ppm / MILLION:.1%} of the row Total, so one of both is wrong; "
            "export the table again"
        )
    if listed_ppm > ROUNDING_PPM:
        incoming.say(f"the countries add up to {listed_ppm / MILLION:.1%} of the Total; kept as YouTube gives them")


KIND = Kind("youtube_geography", "audience", COLUMNS, check, read=read)
