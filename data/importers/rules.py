"""Read and check cells: one set of rules for every reader and every file, and the words for a cell that can't be read.

A Column's kind says how its cells are read:
id, text: letter by letter; count, share, money, number and rate (any decimals): numbers; flag: yes or no; date,
country, market, currency, audience_type: each different text is looked up once.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import duckdb

from data.importers.limits import MAX_ID_CHARACTERS, MAX_TEXT_CHARACTERS
from data.importers.reading.header_row import Column
from data.importers.sql import fill, one_row
from data.importers.values import countries, dates, numbers

# How a kind is read: SQL over a staged column, and the type that it gives.
READ_SQL = {
    "id": ("read_id({0})", "text"),
    "text": ("read_text({0})", "text"),
    "count": ("read_count({0}, $mark)", "bigint"),
    "days": ("read_count({0}, $mark)", "integer"),
    "money": ("read_money({0}, $mark)", "decimal(18, 4)"),
    "number": ("read_number({0}, $mark)", "double"),
    "rate": ("read_number({0}, $mark)", "double"),
    "share": ("read_share({0})", "double"),
    "flag": ("read_flag({0})", "boolean"),
    "date": ("m_{0}.meaning", "date"),
    "country": ("m_{0}.meaning", "text"),
    "market": ("m_{0}.meaning", "text"),
    "currency": ("m_{0}.meaning", "text"),
    "audience_type": ("m_{0}.meaning", "text"),
}
LOOKED_UP = frozenset(kind for kind, (sql, _) in READ_SQL.items() if sql.startswith("m_"))
MARKED = frozenset({"count", "days", "money", "number", "rate"})
NUMBERS = MARKED | {"share"}

AUDIENCE_TYPES = {
    "viewers": "viewers",
    "viewer": "viewers",
    "followers": "followers",
    "follower": "followers",
    "subscribers": "followers",
    "likers": "likers",
    "liker": "likers",
}
# No creator campaign is older; an earlier date is a slip or a spreadsheet's zero.
EARLIEST_DATE = date(2000, 1, 1)
# A reader east of the server may already live in tomorrow.
CLOCK_TOLERANCE = timedelta(days=1)
# Reports of a running fiscal year and shared plans date rows ahead; more than a year ahead is a slip of the year.
MOST_AHEAD = timedelta(days=366)
# Ten years: longer windows are slips.
MAX_WINDOW_DAYS = 3650


SPREADSHEET_ERROR = re.compile(r"#[A-Z/0]+[!?]?")
ANY_OF_SHAPE = "select count(*) > 0 from staged where regexp_full_match({name}, $shape)"
DISTINCT = "select distinct {name} from staged where {name} is not null order by 1"
TYPE_CELLS = """
    create or replace temp table typed as
    select sheet_row, physical_line, coalesce({bad}, false) as is_bad, {names}
    from (select staged.sheet_row, staged.physical_line, {read} from staged {joins})"""
NOTE_BAD_CELLS = """
    insert into faults
    select staged.sheet_row, staged.physical_line, $column, coalesce(staged.{name}, ''), 'cell', ''
    from staged
    semi join (select sheet_row from typed where is_bad) as bad on bad.sheet_row = staged.sheet_row
    {join}
    where {bad}"""
TEACH = """
    create or replace temp table meaning_of_{name} as
    select unnest($1::text[]) as raw, unnest($2::text[]) as meaning"""


@dataclass(frozen=True)
class FileProof:
    """What the whole file proves about its cells: the decimal mark and the order of day and month."""

    mark: str = ""
    day_first: bool | None = None


def prove_mark(db: duckdb.DuckDBPyConnection, columns: Sequence[Column]) -> str:
    """The file's decimal mark ('.' or ','), proven by a number that can be read in one way only; '' without proof."""
    doubtful = [c.name for c in columns if c.kind in MARKED and _any(db, c.name, "[1-9][0-9]{0,2}[.,][0-9]{3}")]
    if not doubtful:
        return ""
    proven = set()
    for column in columns:
        if column.kind in NUMBERS:
            proven |= {mark for mark, shape in MARK_PROOFS.items() if _any(db, column.name, shape)}
    return proven.pop() if len(proven) == 1 else ""


# 120.000 and 120,000: thousands to one, decimals to another.
GROUPED_ONCE = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")
MARK_PROOFS = {
    ".": r"\D*(0\.\d+|\d+\.\d{1,2}|\d+\.\d{4,}|[1-9]\d{0,2}((,\d{3})+\.\d+|(,\d{3}){2,}))\D*",
    ",": r"\D*(0,\d+|\d+,\d{1,2}|\d+,\d{4,}|[1-9]\d{0,2}((\.\d{3})+,\d+|(\.\d{3}){2,}))\D*",
}


def _any(db: duckdb.DuckDBPyConnection, name: str, shape: str) -> bool:
    return one_row(db.execute(fill(ANY_OF_SHAPE, name=name), {"shape": shape}))[0]


def distinct(db: duckdb.DuckDBPyConnection, name: str) -> list[str]:
    """The different texts of a staged column, in order."""
    return [text for (text,) in db.execute(fill(DISTINCT, name=name)).fetchall()]


def prove(db: duckdb.DuckDBPyConnection, columns: Sequence[Column]) -> FileProof:
    """Learn from the whole file what single cells can't prove."""
    texts = [text for c in columns if c.kind == "date" for text in distinct(db, c.name)]
    return FileProof(prove_mark(db, columns), dates.day_first(texts))


def meanings(kind: str, texts: list[str], proof: FileProof) -> Mapping[str, str | None]:
    """What each text of a looked-up kind means; None for what can't be told."""
    if kind == "country":
        return {text: meaning.code for text, meaning in countries.countries(texts).items()}
    if kind == "date":
        days = {text: dates.read(text, proof.day_first) for text in texts}
        return {text: day.isoformat() if day and day >= EARLIEST_DATE else None for text, day in days.items()}
    look: Callable[[str], str | None] = {"market": countries.market, "currency": countries.currency}.get(
        kind, lambda text: AUDIENCE_TYPES.get(text.casefold())
    )
    return {text: look(text) for text in texts}


def type_cells(db: duckdb.DuckDBPyConnection, columns: Sequence[Column], proof: FileProof) -> None:
    """Read all staged cells into `typed` (sheet_row, physical_line, is_bad, the columns), bad ones into `faults`."""
    given = {"mark": proof.mark} if any(c.kind in MARKED for c in columns) else {}
    joins, inner, outer = [], [], []
    for column in columns:
        name = column.name
        if column.kind in LOOKED_UP:
            _teach(db, column, proof)
            joins.append(join_sql(column))
        read, kind = read_sql(column)
        inner.append(f"{cell_sql(column)} as text_{name}, try_cast({read} as {kind}) as {name}")
        outer.append(name)
    bad = " or ".join(f"({bad_sql(column, f'text_{column.name}', column.name)})" for column in columns)
    read_all = fill(TYPE_CELLS, bad=bad, names=", ".join(outer), read=", ".join(inner), joins=" ".join(joins))
    db.execute(read_all, given)
    if one_row(db.execute("select count(*) > 0 from typed where is_bad"))[0]:
        for column in columns:
            note_bad_cells(db, column, given if column.kind in MARKED else {})


def note_bad_cells(db: duckdb.DuckDBPyConnection, column: Column, given: dict[str, str]) -> None:
    """Put the cells of one column that can't be read into `faults`."""
    bad = bad_sql(column, cell_sql(column), read_sql(column)[0])
    join = join_sql(column) if column.kind in LOOKED_UP else ""
    db.execute(fill(NOTE_BAD_CELLS, name=column.name, join=join, bad=bad), {"column": column.name, **given})


def cell_sql(column: Column) -> str:
    """SQL of a staged cell; what reports write for "not measured" is blank."""
    cell = f"staged.{column.name}"
    return f"measured({cell})" if column.kind in MARKED else cell


def join_sql(column: Column) -> str:
    """SQL that joins what the texts of a looked-up column mean."""
    name = column.name
    return f"left join meaning_of_{name} as m_{name} on m_{name}.raw = staged.{name}"


def read_sql(column: Column) -> tuple[str, str]:
    """SQL that reads a column's cells, and its type."""
    read, kind = READ_SQL[column.kind]
    return read.format(column.name if column.kind in LOOKED_UP else cell_sql(column)), kind


def bad_sql(column: Column, cell: str, read: str) -> str:
    """SQL that is true for a cell that can't be read or must not be blank; read: SQL of what was read."""
    bad = f"{cell} is not null and {read} is null"
    if column.kind == "days":
        bad += f" or {read} > {MAX_WINDOW_DAYS:d}"
    if column.name == "count_deliverables":
        bad += f" or {read} = 0"
    return f"{cell} is null or {bad}" if column.filled else bad


def _teach(db: duckdb.DuckDBPyConnection, column: Column, proof: FileProof) -> None:
    meaning_of = meanings(column.kind, distinct(db, column.name), proof)
    known = {raw: meaning for raw, meaning in meaning_of.items() if meaning is not None}
    db.execute(fill(TEACH, name=column.name), [list(known), list(known.values())])


def explain(kind: str, value: str, code: str, detail: str) -> tuple[str, str]:
    """Reason and fix of one fault.

    kind: of its column, "" for a whole row. code: "cell" for a cell that can't be read, else the name of a rule over
    rows.
    """
    if code != "cell":
        reason, fix = ROW_RULES[code]
        return reason.format(detail=detail), fix
    if value == "":
        return "blank, but every row needs it", "fill it in, or leave the row out"
    return explain_cell(kind, value)


def explain_cell(kind: str, value: str) -> tuple[str, str]:
    """Reason and fix of a cell that can't be read."""
    if SPREADSHEET_ERROR.fullmatch(value):
        return "an error of a spreadsheet formula", "repair the formula and save the table again"
    if kind == "date":
        return dates.explain(value)
    if kind == "country":
        return _explain_country(value)
    if kind in NUMBERS:
        return _explain_number(kind, value)
    if kind in ("id", "text"):
        most = MAX_ID_CHARACTERS if kind == "id" else MAX_TEXT_CHARACTERS
        if len(value) > most:
            return (
                f"{len(value):,} characters are over the limit of {most}",
                "shorten it; is the quoting of the file right?",
            )
        return (
            "holds a control character or one that nobody can see",
            "retype it without line breaks and invisible characters",
        )
    return {
        "market": (
            "no market: a country code, or several joined by +, is needed",
            "write for example DE or DE+AT; ZZ for not stated",
        ),
        "currency": ("no currency that can be told for certain", "write its ISO 4217 code, for example EUR or USD"),
        "flag": ("neither yes nor no", "write true or false"),
        "audience_type": ("no type of audience", "write viewers, followers or likers"),
    }[kind]


def _explain_country(value: str) -> tuple[str, str]:
    several = countries.country(value).candidates
    if several:
        return f"could be {' or '.join(several)}", "write the two-letter code of the country that is meant"
    return "no country that is known", "write its two-letter ISO code, for example DE; Others for the rest"


def _explain_number(kind: str, value: str) -> tuple[str, str]:
    _amount, currency = numbers.without_sign(value, "") if kind in ("money", "number") else ("", "")
    if currency:
        return (
            f"names the currency {currency} beside the amount",
            "write the amount alone, in the currency that is meant",
        )
    if dates.looks_like_date(value):
        return (
            "a spreadsheet turned this number into a date",
            "format the column as text, export it again and load that",
        )
    if value.startswith("-"):
        return "negative", "check the source and write the number that was measured"
    if value.lstrip().startswith(("<", ">")):
        return "says less or more than a number, not which", "write the number, or leave it blank where it is not known"
    if kind == "share":
        return (
            "no share: a number such as 0.52 or 52% is needed",
            "write the share as a fraction (0.52) or with a percent sign",
        )
    if GROUPED_ONCE.fullmatch(value) and kind == "rate":
        return "thousands or decimals? The file does not prove which", f"write the rate with a decimal more: {value}0"
    if GROUPED_ONCE.fullmatch(value):
        if kind in ("money", "number"):
            return (
                "thousands or decimals? The file does not prove which",
                "write the amount without thousands separators",
            )
        return "thousands separator or decimals? A count is whole", "write the count as digits only, for example 120000"
    if value.isdigit() and not value.strip("0"):
        return "0, where at least 1 is needed", "write the number, or leave it blank where it is not known"
    if value.isdigit():
        return "beyond the limit of 1e15", "check the source and write the number that was measured"
    needed = {"money": "an amount with up to four decimals", "number": "a number", "rate": "a rate"}.get(
        kind, "a whole number"
    )
    return f"not {needed}", "write digits only, or leave it blank where it was not measured"


# Rules over whole rows and over several rows: what was found, what to do. {detail} is filled in.
ROW_RULES = {
    "fields": (
        "{detail}: a separator too many, too few or another one",
        "quote values that hold the separator (a decimal comma?), or complete the row",
    ),
    "text after a quote": (
        "text stands after a closing quotation mark",
        "double the quotation marks inside of the value",
    ),
    "too long": (
        "the row is longer than any table row (2,000,000 characters)",
        "look for a quotation mark that is not closed",
    ),
    "control": ("holds a NUL or another control character", "retype the value"),
    "encoding": ("holds bytes that are not UTF-8, so its letters are not certain", "save the file as UTF-8"),
    "copy": ("repeats another row word for word", "remove the row; counting it twice would double the totals"),
    "two totals": (
        "states another total than an earlier row of the same order",
        "check the order in the shop and export it again",
    ),
    "above total": ("more was refunded than the order's total of {detail}", "check the order in the shop"),
    "no total": (
        "has no name of a campaign, and its numbers are not the sums of the other rows",
        "give it the campaign's name; if it is a total, the export is not complete: export it again",
    ),
    "repeat": ("repeats {detail}", "remove the row; counting it twice would double the totals"),
    "conflict": ("contradicts {detail}: same key, another value", "keep the row that is right"),
    "market blank": (
        "blank, while other rows name their market",
        "write the country code, or ZZ where the market is not stated",
    ),
    "rate of zero": (
        "a rate of zero: one unit of a currency is worth something",
        "write what one unit of the currency is in the base, for example 0.92",
    ),
    "rate too far": (
        "no rate between two currencies: it is below 0.000001 or above 999,999,999",
        "check the rate; where it is right, write it the other way round, as the base in the currency",
    ),
    "base repeats": ("the base is the same currency", "name the currency that the rate is counted in"),
    "rate twice": ("gives the rate of this currency and day again, after {detail}", "keep the row that is right"),
    "future": ("lies in the future: {detail} is today", "check the year"),
    "end before start": ("ends before it starts on {detail}", "check both dates"),
    "clicks": ("more clicks than the {detail} impressions", "check both numbers, or leave blank what was not measured"),
    "conversions": (
        "more conversions than the {detail} impressions",
        "check both numbers, or leave blank what was not measured",
    ),
    "reach": (
        "more people reached than the {detail} impressions",
        "check both numbers, or leave blank what was not measured",
    ),
    "unsigned": ("has no percent sign while other cells of the column have one", "write all shares in one way"),
    "above all": ("more than the whole audience", "write the share as a fraction (0.52) or with a percent sign"),
    "scale": ("belongs to an audience whose scale is unclear: {detail}", "write all shares of the file in one way"),
    "sum": (
        "the shares of this audience add up to {detail}, above 100 %; they are never rescaled",
        "check for countries or totals that are counted twice",
    ),
}


def columns_present(columns: Iterable[Column], names: Iterable[str]) -> list[Column]:
    """The columns of a reader that a file has, in the reader's order."""
    have = set(names)
    return [column for column in columns if column.name in have]
