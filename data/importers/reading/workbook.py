"""Read the sheets of an Excel workbook: each becomes a CSV, cell for cell, so that all readers read it.

Row n of a sheet is row n of the CSV. What a cell shows as percent stays percent, dates become ISO dates, errors stay
the text that they show, and a formula that was never calculated is refused: its value is not in the file.
"""

import csv
import hashlib
import io
import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any, BinaryIO

from data.importers.limits import (
    EXPANSION_FLOOR_BYTES,
    MAX_COLUMNS,
    MAX_EXPANSION_RATIO,
    MAX_WORKBOOK_BYTES,
    MAX_WORKBOOK_CELLS,
    MEBI,
)
from data.importers.report import RefusedError
from data.importers.values import countries
from data.importers.values.numbers import AMOUNT, SHARED_SIGNS

SAVE_AS_CSV = "open it in the spreadsheet program and save the sheet as CSV (UTF-8)"
DAMAGED = f"this Excel workbook is damaged or not whole; {SAVE_AS_CSV}"
SHEET_XML = re.compile(r"^xl/worksheets/[^/]+\.xml$")
UNCALCULATED = re.compile(
    rb'<c(?![^<>]*t="str")[^<>]*>\s*+<f[^<>]*+(/>|>[^<]*</f>)\s*+(<v\s*/>|<v></v>)?\s*+</c>'  # a text may be empty
)
MERGED = re.compile(rb'<mergeCell\s[^<>]*?ref="([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})"')
DAY = re.compile(r"\d{4}-\d\d-\d\d")
# What a number format shows beside the number: [$€-407], "$", \\£.
SHOWN_BESIDE = re.compile(r'\[\$([^\]-]+)(?:-[^\]]*)?\]|\[[^\]]*\]|"([^"]*)"|\\(.)|([€£$¥])')
STYLES = "xl/styles.xml"
ODD_COLOUR = re.compile(rb'\srgb="(?!(?:[0-9A-Fa-f]{6}|[0-9A-Fa-f]{8})")[^"<>]*"')
# Ads Manager writes the same rows twice, once with headings for people; this is the sheet for programs.
SHEET_FOR_PROGRAMS = "raw data report"


@dataclass(frozen=True)
class Merged:
    """An amount in one cell over several rows: its column, counted from 0, first and last row as the sheet counts."""

    column: int
    first: int
    last: int


@dataclass(frozen=True)
class Sheet:
    """A sheet of a workbook: its cells, and amounts that stand in one cell over several rows."""

    name: str
    rows: list[list[str]]
    merged: tuple[Merged, ...] = ()
    is_hidden: bool = False


def sheets(path: Path, scratch: Path) -> Iterator[tuple[Sheet, Path, str]]:
    """Every sheet that holds a table, its CSV and digest; name "" where it is the only one.

    Sheets of a single column beside others are notes, and no table of ours has one column. Sheets that are hidden
    beside others (lists to choose from, old copies) come first, without a CSV. The CSV lives until the next sheet is
    asked for. Raises RefusedError for what can't be read for certain.
    """
    refuse_unsafe(path)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    try:
        filled = [sheet for sheet in tables(path) if sheet.rows]
    except RefusedError:
        raise
    except Exception as error:  # whatever a damaged workbook makes the library raise
        raise RefusedError(DAMAGED) from error
    if not filled:
        raise RefusedError(f"this Excel workbook holds nothing but empty sheets; {SAVE_AS_CSV}")
    chosen = [sheet for sheet in filled if sheet.name.casefold() == SHEET_FOR_PROGRAMS]
    chosen = chosen or [sheet for sheet in filled if is_table(sheet.rows)] or filled
    seen = [sheet for sheet in chosen if not sheet.is_hidden]
    hidden = [sheet for sheet in chosen if sheet.is_hidden and seen]
    chosen = seen or chosen
    for sheet in hidden:
        yield sheet, path, digest
    for sheet in chosen:
        target = scratch / "sheet.csv"
        target.write_text(as_csv(sheet.rows), encoding="utf-8", newline="")
        alone = len(chosen) == 1
        yield (
            replace(sheet, name="") if alone else sheet,
            target,
            digest if alone else hashlib.sha256(f"{digest}/{sheet.name}".encode()).hexdigest(),
        )
        target.unlink(missing_ok=True)


def is_table(rows: Sequence[Sequence[str]]) -> bool:
    """Whether a sheet has a row of several cells."""
    return any(sum(bool(cell.strip()) for cell in row) > 1 for row in rows)


def refuse_unsafe(path: Path) -> None:
    """Raise RefusedError for a workbook that expands too far, holds definitions of XML, or uncalculated formulas."""
    size = path.stat().st_size
    try:
        with zipfile.ZipFile(path) as packed:
            members = packed.infolist()
            expanded = sum(member.file_size for member in members)
            most = min(MAX_WORKBOOK_BYTES, max(EXPANSION_FLOOR_BYTES, size * MAX_EXPANSION_RATIO))
            if expanded > most:
                raise RefusedError(
                    f"this Excel workbook expands to {expanded / MEBI:,.0f} MB, over the limit of "
                    f"{most / MEBI:,.0f} MB; {SAVE_AS_CSV}"
                )
            for member in members:
                if member.filename.endswith((".xml", ".rels")):
                    refuse_content(member.filename, packed.read(member))
    except RefusedError:
        raise
    except Exception as error:  # zipfile raises what it likes on damaged members
        raise RefusedError(DAMAGED) from error


def refuse_content(name: str, content: bytes) -> None:
    """Raise RefusedError for what no honest workbook has in its XML, and for values that are missing."""
    if b"<!DOCTYPE" in content[:4096] or b"<!ENTITY" in content[:4096]:
        raise RefusedError(f"this Excel workbook holds XML definitions, which no table needs; {SAVE_AS_CSV}")
    if SHEET_XML.match(name) and UNCALCULATED.search(content):
        raise RefusedError(
            "this Excel workbook holds formulas that were never calculated, so their values are not in it; open it in "
            "the spreadsheet program, save it and load it again"
        )


def tables(path: Path) -> list[Sheet]:
    """Every sheet, its cells as text; blank rows at the end left out."""
    from openpyxl import load_workbook  # heavy, and most files are no workbooks

    with without_odd_colours(path) as file, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about styles and extensions, which don't matter here
        book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
        try:
            named, budget = [], MAX_WORKBOOK_CELLS
            signs: list[tuple[list[list[str]], int, int, str]] = []
            for sheet in book.worksheets:
                sheet.reset_dimensions()  # some programs write wrong ones
                in_formats: list[tuple[int, int, str]] = []
                rows, used = cells_of(sheet.iter_rows(), budget, in_formats)
                budget -= used
                signs += [(rows, *place) for place in in_formats]
                amounts = fill_merged(rows, merged_down(path, sheet._worksheet_path))
                named.append(Sheet(sheet.title, rows, amounts, sheet.sheet_state != "visible"))
            write_signs(signs)
            return named
        finally:
            book.close()


def write_signs(signs: Sequence[tuple[list[list[str]], int, int, str]]) -> None:
    """Write the currencies that number formats show into the cells, where they differ: pounds are no euros.

    signs: rows of a sheet, row and column of a cell, its sign.
    """
    if len({sign for *_, sign in signs}) < 2:
        return
    for rows, row, column, sign in signs:
        rows[row][column] = f"{sign} {rows[row][column]}"


def merged_down(path: Path, member: str) -> Iterator[tuple[int, int, int]]:
    """Cells of one column that a sheet shows as one: the column and the first and last row, counted from 0."""
    from openpyxl.utils import range_boundaries

    with zipfile.ZipFile(path) as packed:
        content = packed.read(member.removeprefix("/")).rpartition(b"</sheetData>")[2]
    for merged in MERGED.findall(content):
        left, top, right, bottom = range_boundaries(merged.decode("ascii"))
        if left == right and top < bottom:
            yield left - 1, top - 1, bottom - 1


def fill_merged(rows: list[list[str]], merged: Iterable[tuple[int, int, int]]) -> tuple[Merged, ...]:
    """Write what a merged cell says into each of its rows: a name or a day holds for all, an amount for none alone.

    Returns where amounts stand.
    """
    budget = sum(map(len, rows))  # merged cells of an honest sheet do not overlap
    amounts: list[Merged] = []
    for column, first, last in merged:
        budget -= min(last, len(rows)) - first
        if budget < 0:
            break
        said = rows[first][column] if first < len(rows) and column < len(rows[first]) else ""
        if AMOUNT.match(said) and not DAY.match(said):
            amounts.append(Merged(column, first + 1, min(last + 1, len(rows))))
            continue
        for row in rows[first + 1 : last + 1]:
            if column < len(row) and not row[column] and any(row):
                row[column] = said
    return tuple(amounts)


def without_odd_colours(path: Path) -> BinaryIO:
    """The workbook, opened; colours that spreadsheet programs show and the library does not read ("#ABC") left out."""
    with zipfile.ZipFile(path) as packed:
        styles = packed.read(STYLES) if STYLES in packed.namelist() else b""
        if not ODD_COLOUR.search(styles):
            return path.open("rb")  # a path would be judged by its ending
        repaired = io.BytesIO()
        with zipfile.ZipFile(repaired, "w") as copy:
            for member in packed.infolist():
                content = packed.read(member)
                copy.writestr(member.filename, ODD_COLOUR.sub(b"", content) if member.filename == STYLES else content)
    repaired.seek(0)
    return repaired


def cells_of(
    of_sheet: Iterable[Sequence[Any]], budget: int, signs: list[tuple[int, int, str]]
) -> tuple[list[list[str]], int]:
    """The cells of one sheet (openpyxl's, which have no types) as text, and how many they are.

    signs: takes row, column and sign of the cells whose number format shows a currency. Raises RefusedError above the
    limits.
    """
    rows: list[list[str]] = []
    used = width = 0
    for row in of_sheet:
        cells = [shown(cell.value, getattr(cell, "number_format", "")) for cell in row]
        for place, cell in enumerate(row):
            if isinstance(cell.value, int | float) and (sign := sign_of(cell.number_format or "")) and cells[place]:
                signs.append((len(rows), place, sign))
        while cells and not cells[-1]:
            cells.pop()
        used += 1 + len(cells)
        width = max(width, len(cells))
        if used > budget or width > MAX_COLUMNS:
            raise RefusedError(
                f"this Excel workbook has more than {MAX_WORKBOOK_CELLS:,} cells or {MAX_COLUMNS:,} columns; "
                f"{SAVE_AS_CSV}"
            )
        rows.append(cells)
    while rows and not rows[-1]:
        rows.pop()
    return [cells + [""] * (width - len(cells)) if cells else [] for cells in rows], used


def shown(value: object, number_format: str | None) -> str:
    """A cell's value as text that means the same in a CSV."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return number(value, "%" in (number_format or ""))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value).replace("\r\n", "\n").replace("\r", "\n")


@lru_cache(1024)
def sign_of(number_format: str) -> str:
    """The sign or code of the currency that a number format shows, or ""."""
    for match in SHOWN_BESIDE.finditer(number_format.partition(";")[0]):
        sign = next(filter(None, match.groups()), "").strip()
        if sign and (countries.currency(sign) or sign in SHARED_SIGNS):
            return sign
    return ""


def number(value: float, is_percent: bool) -> str:
    """A number without exponent. Three decimals get a zero, so that 1.234 is never a thousand to anybody."""
    exact = Decimal(repr(value))
    if not exact.is_finite():
        return str(value)
    text = format((exact * 100 if is_percent else exact).normalize(), "f")
    if re.fullmatch(r"-?\d+\.\d{3}", text):
        text += "0"
    return f"{text}%" if is_percent else text


def as_csv(rows: Sequence[Sequence[str]]) -> str:
    """Rows as CSV; a blank row is an empty line."""
    out = io.StringIO()
    write = csv.writer(out, lineterminator="\n")
    for cells in rows:
        if cells:
            write.writerow(cells)
        else:
            out.write("\n")
    return out.getvalue()
