"""Read and check cells: one set of rules for every reader and every file, and the words for a cell that can't be read.

A Column's kind says how its cells are read:
id, text: letter by letter; platform: in small letters; count, share, money, number and rate (any decimals): numbers;
flag: yes or no; date, country, market, currency, audience_type: each different text is looked up once.
"""

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import duckdb

from data.importers.limits import MAX_ID_CHARACTERS, MAX_TEXT_CHARACTERS
from data.importers.reading.header_row import Column
from data.importers.sql import fill, one_row
from data.importers.values import countries, dates, numbers

# How a kind is read: SQL over a staged column, and the type that it gives.
READ_SQL = {
    "id": ("read_id({0})", "text"),
    "text": ("read_text({0})", "text"),
    "platform": ("lower(read_text({0}))", "text"),
    "count": ("count_of({0}, staged.digits_{1})", "bigint"),
    "days": ("count_of({0}, staged.digits_{1})", "integer"),
    "money": ("money_of({0}, staged.digits_{1})", "decimal(18, 4)"),
    "number": ("number_of(staged.digits_{1})", "double"),
    "rate": ("number_of(staged.digits_{1})", "double"),
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
# Kinds whose cells may say that nothing was measured ("n/a", "-"); as a country NA is Namibia.
MEASURED = NUMBERS | {"date"}

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


# "10-15k", "1,000 – 2,000": two numbers, of which nobody says which one is meant.
A_RANGE = re.compile(r"\D{0,4}\d[\d.,' ]*\s?\w{0,3}\s?(-|–|—|to|bis|à|a)\s?\D{0,4}\d[\d.,' ]*\s?\w{0,4}\D{0,4}")
SPREADSHEET_ERROR = re.compile(r"#[A-Z/0]+[!?]?")
OF_SHAPE = """
    select distinct name
    from (unpivot staged on {names} into name name value cell)
    where regexp_full_match(cell, $shape)"""
DISTINCT = "select distinct {name} from staged where {name} is not null order by 1"
ROUNDED = """
    select name, count(*), min(cell)
    from (unpivot staged on {names} into name name value cell)
    where is_short(cell)
    group by name"""
COUNT_CELLS = "select {cells} from staged"
TYPE_CELLS = """
    create or replace temp table typed as
    select sheet_row, physical_line, coalesce({bad}, false) as is_bad, {names}
    from (select staged.sheet_row, staged.physical_line, {read} from {staged} as staged {joins})"""
NOTE_BAD_CELLS = """
    insert into faults
    select staged.sheet_row, staged.physical_line, $column, coalesce(staged.{name}, ''), 'cell', ''
    from {staged} as staged
    semi join (select sheet_row from typed where is_bad) as bad on bad.sheet_row = staged.sheet_row
    {join}
    where {bad}"""
NOTE_BLANK_CELLS = """
    insert into faults
    select sheet_row, physical_line, $column, '', 'cell', ''
    from typed
    where is_bad"""
TEACH = """
    create or replace temp table meaning_of_{name} as
    select unnest($1::text[]) as raw, unnest($2::text[]) as meaning"""


FAULTS = tomllib.loads((Path(__file__).parent / "faults.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class FileProof:
    """What the whole file proves about its cells: decimal marks by column, the order of day and month, the century.

    long_years: dates with years of two digits to the same with four.
    """

    marks: Mapping[str, str] = field(default_factory=dict)
    day_first: bool | None = None
    long_years: Mapping[str, str] = field(default_factory=dict)


def prove_marks(db: duckdb.DuckDBPyConnection, columns: Sequence[Column]) -> dict[str, str]:
    """The decimal mark ('.' or ',') of each column, proven by a number of it that can be read in one way only.

    A column without such a number has the mark that all others prove; where they differ, or none does, it is left out.
    """
    doubtful = _of_shape(db, [c.name for c in columns if c.kind in MARKED], GROUPED_ONCE.pattern)
    if not doubtful:
        return {}
    numbers = [c.name for c in columns if c.kind in NUMBERS]
    proven = {mark: _of_shape(db, numbers, shape) for mark, shape in MARK_PROOFS.items()}
    of_file = [mark for mark, names in proven.items() if names]
    marks = {name: [mark for mark, names in proven.items() if name in names] or of_file for name in doubtful}
    return {name: mark[0] for name, mark in marks.items() if len(mark) == 1}


# 120.000 and 120,000: thousands to one, decimals to another.
GROUPED_ONCE = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")
MARK_PROOFS = {
    ".": r"\D*(0\.\d+|\d+\.\d{1,2}|\d+\.\d{4,}|[1-9]\d{0,2}((,\d{3})+\.\d+|(,\d{3}){2,})|"
    r"[1-9]\d?(,\d{2})+,\d{3}(\.\d+)?)\D*",  # 1,25,000 as India groups it
    ",": r"\D*(0,\d+|\d+,\d{1,2}|\d+,\d{4,}|[1-9]\d{0,2}((\.\d{3})+,\d+|(\.\d{3}){2,}))\D*",
}


def _of_shape(db: duckdb.DuckDBPyConnection, names: Sequence[str], shape: str) -> set[str]:
    """Those of the staged columns that hold a cell of this shape."""
    if not names:
        return set()
    return {name for (name,) in db.execute(fill(OF_SHAPE, names=", ".join(names)), {"shape": shape}).fetchall()}


def distinct(db: duckdb.DuckDBPyConnection, name: str) -> list[str]:
    """The different texts of a staged column, in order."""
    return [text for (text,) in db.execute(fill(DISTINCT, name=name)).fetchall()]


def prove(
    db: duckdb.DuckDBPyConnection, columns: Sequence[Column], today: date, of_export: Iterable[str] | None = None
) -> FileProof:
    """Learn from the whole file what single cells can't prove.

    of_export: of a platform's export, other dates that it holds.
    """
    texts = [text for c in columns if c.kind == "date" for text in _to_look_up(db, c.name)]
    long_years = dates.with_long_years(texts, (today + MOST_AHEAD).year)
    days = [long_years.get(text, text) for text in texts]
    day_first = dates.day_first(days) if of_export is None else dates.day_first_in_export([*days, *of_export])
    return FileProof(prove_marks(db, columns), day_first, long_years)


def meanings(kind: str, texts: list[str], proof: FileProof) -> Mapping[str, str | None]:
    """What each text of a looked-up kind means; None for what can't be told."""
    if kind == "country":
        return {text: meaning.code for text, meaning in countries.countries(texts).items()}
    if kind == "date":
        days = {text: dates.read(proof.long_years.get(text, text), proof.day_first) for text in texts}
        return {text: day.isoformat() if day and day >= EARLIEST_DATE else None for text, day in days.items()}
    look: Callable[[str], str | None] = {"market": countries.market, "currency": countries.currency}.get(
        kind, lambda text: AUDIENCE_TYPES.get(text.casefold())
    )
    return {text: look(text) for text in texts}


def type_cells(db: duckdb.DuckDBPyConnection, columns: Sequence[Column], proof: FileProof) -> None:
    """Read all staged cells into `typed` (sheet_row, physical_line, is_bad, the columns), bad ones into `faults`."""
    written = _with_cells(db, columns)
    given = {f"mark_{c.name}": proof.marks.get(c.name, "") for c in written if c.kind in MARKED}
    joins, inner = [], []
    for column in columns:
        read, kind = read_sql(column) if column in written else ("null", READ_SQL[column.kind][1])
        inner.append(f"{cell_sql(column)} as text_{column.name}, try_cast({read} as {kind}) as {column.name}")
        if column in written and column.kind in LOOKED_UP:
            _teach(db, column, proof)
            joins.append(join_sql(column))
    may_be_bad = [column for column in columns if column in written or column.filled]
    bad = " or ".join(f"({bad_sql(column, f'text_{column.name}', column.name)})" for column in may_be_bad) or "false"
    pieces = {"names": ", ".join(c.name for c in columns), "read": ", ".join(inner), "joins": " ".join(joins)}
    db.execute(fill(TYPE_CELLS, bad=bad, staged=measured_sql(written), **pieces), given)
    if one_row(db.execute("select count(*) > 0 from typed where is_bad"))[0]:
        for column in may_be_bad:
            if column not in written:  # nothing was planned for it, and each of its cells lacks
                db.execute(fill(NOTE_BLANK_CELLS), {"column": column.name})
                continue
            mark = f"mark_{column.name}"
            note_bad_cells(db, column, {mark: given[mark]} if column.kind in MARKED else {})


def _with_cells(db: duckdb.DuckDBPyConnection, columns: Sequence[Column]) -> list[Column]:
    """The columns with a cell that is not blank: what is planned for all others is time lost in a small file."""
    counts = one_row(db.execute(fill(COUNT_CELLS, cells=", ".join(f"count({column.name})" for column in columns))))
    return [column for column, count in zip(columns, counts, strict=True) if count]


def note_bad_cells(db: duckdb.DuckDBPyConnection, column: Column, given: dict[str, str]) -> None:
    """Put the cells of one column that can't be read into `faults`."""
    bad = bad_sql(column, cell_sql(column), read_sql(column)[0])
    join = join_sql(column) if column.kind in LOOKED_UP else ""
    pieces = {"name": column.name, "join": join, "bad": bad, "staged": measured_sql([column])}
    db.execute(fill(NOTE_BAD_CELLS, **pieces), {"column": column.name, **given})


def measured_sql(columns: Sequence[Column]) -> str:
    """SQL of the staged cells, blank where reports and people write that nothing was measured, and digits of numbers.

    Queries of their own: the macros that read a cell name both many times.
    """
    cells = [f"measured({column.name}) as {column.name}" for column in columns if column.kind in MEASURED]
    measured = f"(select * replace ({', '.join(cells)}) from staged)" if cells else "staged"
    digits = [f"digits({c.name}, $mark_{c.name}) as digits_{c.name}" for c in columns if c.kind in MARKED]
    return f"(select *, {', '.join(digits)} from {measured})" if digits else measured


def cell_sql(column: Column) -> str:
    """SQL of a staged cell."""
    return f"staged.{column.name}"


def join_sql(column: Column) -> str:
    """SQL that joins what the texts of a looked-up column mean."""
    name = column.name
    return f"left join meaning_of_{name} as m_{name} on m_{name}.raw = staged.{name}"


def read_sql(column: Column) -> tuple[str, str]:
    """SQL that reads a column's cells, and its type."""
    read, kind = READ_SQL[column.kind]
    return read.format(column.name if column.kind in LOOKED_UP else cell_sql(column), column.name), kind


def bad_sql(column: Column, cell: str, read: str) -> str:
    """SQL that is true for a cell that can't be read or must not be blank; read: SQL of what was read."""
    bad = f"{cell} is not null and {read} is null"
    if column.kind == "days":
        bad += f" or {read} > {MAX_WINDOW_DAYS:d}"
    if column.name == "count_deliverables":
        bad += f" or {read} = 0"
    return f"{cell} is null or {bad}" if column.filled else bad


def _to_look_up(db: duckdb.DuckDBPyConnection, name: str) -> list[str]:
    """The different texts of a column; longer ones are no day, country or currency, and patterns would take minutes."""
    return [text for text in distinct(db, name) if len(text) <= MAX_TEXT_CHARACTERS]


def _teach(db: duckdb.DuckDBPyConnection, column: Column, proof: FileProof) -> None:
    meaning_of = meanings(column.kind, _to_look_up(db, column.name), proof)
    known = {raw: meaning for raw, meaning in meaning_of.items() if meaning is not None}
    db.execute(fill(TEACH, name=column.name), [list(known), list(known.values())])


def said_of_rounded(db: duckdb.DuckDBPyConnection, columns: Sequence[Column]) -> str:
    """What is said of cells that are rounded numbers ("31.2K"), or ""."""
    names = [column.name for column in columns if column.kind in ("count", "money")]
    rows = db.execute(fill(ROUNDED, names=", ".join(names))).fetchall() if names else []
    rounded = [
        f"{name} of {count:,} row{'s' if count > 1 else ''} ({example})"
        for name, count, example in sorted(rows, key=lambda row: names.index(row[0]))
    ]
    return f"rounded as written: {', '.join(rounded)}" if rounded else ""


def explain(kind: str, value: str, code: str, detail: str) -> tuple[str, str]:
    """Reason and fix of one fault.

    kind: of its column, "" for a whole row. code: "cell" for a cell that can't be read, else the name of a rule over
    rows.
    """
    if code != "cell":
        return _said(code, detail=detail)
    return explain_cell(kind, value) if value else _said("blank")


def _said(fault: str, **values: object) -> tuple[str, str]:
    return FAULTS[fault]["reason"].format(**values), FAULTS[fault]["fix"].format(**values)


def explain_cell(kind: str, value: str) -> tuple[str, str]:
    """Reason and fix of a cell that can't be read."""
    if SPREADSHEET_ERROR.fullmatch(value):
        return _said("formula")
    if kind == "date":
        return dates.explain(value)
    if kind == "country":
        several = countries.country(value).candidates
        return _said("several countries", countries=" or ".join(several)) if several else _said("country")
    if kind in NUMBERS:
        return _explain_number(kind, value)
    if kind in ("id", "text", "platform"):
        most = MAX_ID_CHARACTERS if kind == "id" else MAX_TEXT_CHARACTERS
        is_long = len(value) > most
        return _said("too many letters", count=f"{len(value):,}", most=most) if is_long else _said("unseen letters")
    return _said(kind)


def _explain_number(kind: str, value: str) -> tuple[str, str]:
    is_amount = kind in ("money", "number")
    if is_amount and (currency := numbers.without_sign(value, "")[1]):
        return _said("currency beside it", currency=currency)
    if is_amount and numbers.shared_sign(value):  # beside a currency that it does not stand for
        return _said("two currencies")
    if dates.looks_like_date(value):
        return _said("became a date")
    if value.startswith("-"):
        return _said("negative")
    if value.lstrip().casefold().startswith(("<", ">", "~", "≈", "ca", "approx", "about")) or value.endswith("+"):
        return _said("less or more")
    if A_RANGE.fullmatch(value):
        return _said("range")
    if kind == "share":
        return _said("share")
    if GROUPED_ONCE.fullmatch(value) and kind == "rate":
        return _said("thousands of a rate", value=value)
    if GROUPED_ONCE.fullmatch(value):
        return _said("thousands of an amount" if is_amount else "thousands of a count")
    if value.isdigit():
        return _said("too large" if value.strip("0") else "zero")
    needed = {"money": "an amount with up to four decimals", "number": "a number", "rate": "a rate"}.get(
        kind, "a whole number"
    )
    return _said("number", needed=needed)
