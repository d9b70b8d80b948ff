"""Read the countries of one creator's audience: a small table of country and share, or of country and people.

X, Pinterest, Snapchat, Twitch and Spotify give it, and media kits that somebody copied. It never says whose it is. A
share stands as it is; people become shares of the row Total, or of all rows where one of them is "Other" or the list is
that of all countries. Else nobody knows which part of the audience the listed countries are: the file is refused.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from data.importers import audience_sets, known_exports
from data.importers.exports.plain_format import OWN_TABLE, SHARE_NAMES
from data.importers.reader_spec import Incoming, Kind
from data.importers.reading import heading_words
from data.importers.reading.header_row import OF_AN_AUDIENCE, PERCENT_WORDS, Column
from data.importers.reading.reader import Record, fit_to_header
from data.importers.reading.tables import TIMES, ExportContent, Headed, RecordTable, picked, with_fields
from data.importers.report import RefusedError
from data.importers.sql import one_row
from data.importers.tracker import words
from data.importers.values import countries, numbers

NAMES = heading_words.of("country table")
MEASURES = ("share of viewers", "audience_share", "followers", "viewers")
PERCENT_BEHIND = re.compile(r"^(.*?[^_])_?(?:in_)?%$")
COLUMNS = (*OF_AN_AUDIENCE, Column("audience_share", "share"), Column("people", "count"))
# What tables of the plain format, of campaigns and of several creators have.
OF_OTHERS = SHARE_NAMES | known_exports.BY_HAND | TIMES | frozenset(NAMES["of others"])
MOST_ROWS = 400  # every country, and some
WHOLE_LIST = 50  # countries: nobody prints so many of a list that is cut
CUT_BELOW = 0.995  # part of the audience that the countries of a whole list are at least
IS_COUNTRY = "not is_bad and country not in ('total', 'ZZ') and sheet_row not in (select sheet_row from faults)"
COUNT_PEOPLE = """
    select count(*) filter (country = 'total'), coalesce(max(people) filter (country = 'total'), 0),
        count(*) filter (country = 'ZZ'), count(*) filter (country not in ('total', 'ZZ')),
        coalesce(sum(people) filter (country <> 'total'), 0)::bigint
    from typed
    where not is_bad"""
SAY_THE_WHOLE = (
    "the countries have numbers of people and no row says how many people there are in all, so no share of the "
    "audience is certain; add a row Total with all of them, or a column with shares in percent"
)


def read(content: ExportContent) -> RecordTable | None:
    """The rows of such a table, or None. Raises RefusedError where a country has several rows."""
    table = next(filter(None, map(of_countries, headed(content))), None)
    if table is None:
        return None
    rows = list(table.below())
    places = table.places({"country": NAMES["country"]}) | measure(table, rows)
    table.refuse_breakdowns(rows, places)
    (name, place), country = next(item for item in places.items() if item[0] != "country"), places["country"]
    records = picked(rows, (country, place))
    if name in ("audience_share", "share of viewers"):
        found = table.read_as(("country", "audience_share"), with_percent(table.header[place], records), places)
        return replace(found, facts={"type": "viewers" if name == "share of viewers" else "followers"})
    mark = numbers.thousands_mark(record.fields[1] for record in records if not record.fault)
    records = with_fields(records, lambda cells: [cells[0], numbers.without_thousands(cells[1], mark)])
    read = table.read_as(("country", "people"), records, places)
    return RecordTable(read.header, read.records, read.own_header, read.ignored, read.notes, facts={"type": name})


def headed(content: ExportContent) -> list[Headed]:
    """The first records as headers that name a country and a measure, and nothing of other tables."""
    if content.is_json or content.mapping:
        return []
    return [
        Headed(content, delimiter, record, header, names)
        for delimiter, record, header, names in with_bare_shares(content.possible_headers)
        if sum(name in NAMES["country"] for name in names) == 1
        and any(name in NAMES[kind] for kind in MEASURES for name in names)
        and not OF_OTHERS & set(names)
        and not words.names_people(h for h, name in zip(header, names, strict=True) if name not in NAMES["country"])
    ]


def with_bare_shares(
    headers: Iterable[tuple[str, Record, tuple[str, ...], tuple[str, ...]]],
) -> Iterator[tuple[str, Record, tuple[str, ...], tuple[str, ...]]]:
    """The headers, "Share %" and "Share in %" under the name that Share has."""
    for delimiter, record, header, names in headers:
        bare = [(name, match[1] if (match := PERCENT_BEHIND.match(name)) else name) for name in names]
        shares = NAMES["audience_share"]
        yield (
            delimiter,
            record,
            header,
            tuple(
                short if short in shares and name not in shares and name not in SHARE_NAMES else name
                for name, short in bare
            ),
        )


def of_countries(table: Headed) -> Headed | None:
    """The table, if every row is a country, a total or the rest, and no country stands there twice."""
    place = next(place for place, name in enumerate(table.names) if name in NAMES["country"])
    heads = table.content.heads[table.delimiter]
    below = [fit_to_header(r, len(table.header)) for r in heads if r.line > table.record.line and any(r.fields)]
    cells = [record.fields[place] for record in below if not record.fault]
    meant = [countries.country(cell) for cell in cells]
    listed = [m.code for m in meant if m.code not in (None, countries.UNKNOWN, countries.TOTAL)]
    is_one = bool(listed) and len(listed) == len(set(listed)) and len(below) <= MOST_ROWS
    return table if is_one and all(m.code or m.candidates for m in meant) else None


def measure(table: Headed, rows: Sequence[Record]) -> dict[str, int]:
    """The column that counts: shares before people, "Audience" with percent signs is shares and else viewers."""
    sound = [record.fields for record in rows if not record.fault]
    for place, name in enumerate(table.names):
        known = any(name in NAMES[kind] for kind in MEASURES)
        if known and all(cells[place].strip().endswith("%") for cells in sound):
            return {"audience_share": place}
    return dict(list(table.places({kind: NAMES[kind] for kind in MEASURES}).items())[:1])


def with_percent(heading: str, records: Sequence[Record]) -> list[Record]:
    """The rows with the sign that their heading has, unless they add up to 1: then they are fractions all the same."""
    says_percent = any(word in heading.casefold() for word in PERCENT_WORDS)
    cells = [record.fields[1].strip() for record in records if not record.fault]
    try:
        total = sum(float(cell.replace(",", ".")) for cell in cells)
    except ValueError:
        return list(records)
    if not says_percent or total <= audience_sets.ROUNDING_PPM / audience_sets.MILLION:
        return list(records)
    return with_fields(records, lambda fields: [fields[0], f"{fields[1].strip()}%"])


def check(incoming: Incoming) -> None:
    """Shares by proof, or people as shares of all. Raises RefusedError where no row says how many all are."""
    audience_type = "viewers" if incoming.facts.get("type") == "viewers" else "followers"
    incoming.fill(source=OWN_TABLE, audience_type=audience_type)
    if incoming.options.platform:
        incoming.fill(platform=incoming.options.platform)
    if incoming.has("audience_share"):
        audience_sets.decide_scale(incoming)
    else:
        shares_of_all(incoming)
    audience_sets.check_sets(incoming)
    (part,) = one_row(incoming.db.execute("select coalesce(sum(ppm), 0) from typed where " + IS_COUNTRY))
    incoming.fill(is_top_n=part < CUT_BELOW * audience_sets.MILLION)


def shares_of_all(incoming: Incoming) -> None:
    """Turn people into shares of the row Total, or of all rows where one of them is the rest."""
    totals, total, others, countries_listed, listed = one_row(incoming.db.execute(COUNT_PEOPLE))
    is_whole_list = others or countries_listed >= WHOLE_LIST
    whole = total if totals else listed if is_whole_list else 0
    if totals > 1 or not whole:
        raise RefusedError(SAY_THE_WHOLE)
    if totals and total < listed:
        raise RefusedError(
            f"the countries have {listed:,} people and the row Total has {total:,}, so one of both is wrong; correct "
            "the table"
        )
    incoming.db.execute(audience_sets.ADD_PPM)
    incoming.db.execute(
        "update typed set ppm = cast(round_even(people::double / $whole * 1e6, 0) as integer) where not is_bad",
        {"whole": float(whole)},
    )
    incoming.present.add("ppm")
    incoming.fill(count_total=whole)


KIND = Kind("country_table", "audience", COLUMNS, check, read=read)
