"""Write a template as CSV and as Excel workbook: headings, one example row, lists to choose from, how to fill it in."""

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from openpyxl import Workbook
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from data.importers.templates.columns import CHOICES, COUNTRY, TEMPLATES, TemplateColumn, Value
from data.importers.values import countries

GUIDE = "How to fill this in"
LISTS = "Countries"  # one column, as the guide has: the reader of workbooks takes such sheets for notes
DELETE_EXAMPLE = "Row 2 is an example: delete it before you load the file."
BLANKS = "Leave blank what was not measured: blank is never zero. Columns that you do not need can stay empty."
LAST_ROW = 5000  # lists to choose from reach down to it
NARROWEST, WIDEST = 11, 34  # letters of a column
NEEDED, OPTIONAL = "FFD6E6F2", "FFEFEFEF"  # fills of headings, light enough for black letters
WRITTEN_ON = datetime(2025, 11, 28)  # in the file's properties: the same template is the same file


def as_csv(name: str) -> bytes:
    """A template as CSV: headings and the example row. It has a mark of UTF-8, which Excel needs to read accents."""
    out = io.StringIO()
    write = csv.writer(out, lineterminator="\r\n")
    write.writerow(column.heading for column in TEMPLATES[name])
    write.writerow(_as_text(column.example) for column in TEMPLATES[name])
    return out.getvalue().encode("utf-8-sig")


def _as_text(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date) else str(value)


def as_workbook(name: str, country_names: Mapping[str, str]) -> bytes:
    """A template as XLSX: the table with its example row, how to fill it in, and the countries to choose from.

    country_names: code to name; a name that could be another country too stands as its code.
    """
    chosen = sorted(name if countries.country(name).code == code else code for code, name in country_names.items())
    columns, book = TEMPLATES[name], Workbook()
    table, guide, lists = book.active, book.create_sheet(GUIDE), book.create_sheet(LISTS)
    table.title = name
    _fill_table(table, columns, len(chosen))
    _fill_guide(guide, columns)
    for row, country in enumerate(chosen, 1):
        lists.cell(row, 1, country)
    lists.sheet_state = "hidden"
    book.properties.title, book.properties.creator = f"Template: {name}", "Creator Fit"
    book.properties.created = WRITTEN_ON
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _fill_table(sheet: Worksheet, columns: Sequence[TemplateColumn], count_countries: int) -> None:
    for place, column in enumerate(columns, 1):
        letter = get_column_letter(place)
        head, cell = sheet.cell(1, place, column.heading), sheet.cell(2, place)
        head.font, head.fill = Font(bold=True), PatternFill("solid", fgColor=NEEDED if column.is_needed else OPTIONAL)
        cell.value = _as_text(column.example) if isinstance(column.example, bool) else column.example
        cell.font = Font(italic=True, color="FF767676")
        if form := _number_format(column):
            cell.number_format = sheet.column_dimensions[letter].number_format = form
        wide = max(len(column.heading), len(_as_text(column.example))) + 2
        sheet.column_dimensions[letter].width = min(WIDEST, max(NARROWEST, wide))
        if column.choices:
            choice = _choice(column.choices, count_countries)
            choice.add(f"{letter}2:{letter}{LAST_ROW}")
            sheet.add_data_validation(choice)
    sheet.freeze_panes = "B2"


def _number_format(column: TemplateColumn) -> str:
    if column.is_share:
        return "0.0%"
    return "yyyy-mm-dd" if isinstance(column.example, date) else ""


def _choice(choices: str, count_countries: int) -> DataValidation:
    """A list to choose from. Other values may be typed: a platform may be new, a country may be written as a code."""
    source = f"'{LISTS}'!$A$1:$A${count_countries}" if choices == COUNTRY else f'"{",".join(CHOICES[choices])}"'
    return DataValidation(type="list", formula1=source, allow_blank=True, showErrorMessage=False)


def _fill_guide(sheet: Worksheet, columns: Sequence[TemplateColumn]) -> None:
    """One cell a line: what to do first, then one line a column."""
    for row, line in enumerate((DELETE_EXAMPLE, BLANKS, "", *(column.in_words for column in columns)), 1):
        if line:
            sheet.cell(row, 1, line).font = Font(bold=row == 1)
    sheet.column_dimensions["A"].width = 110
