"""Take the words on taxes away that stand behind amounts ("500 € zzgl. MwSt.", "£500 + VAT", "500 EUR netto")."""

import re
from collections.abc import Sequence
from dataclasses import replace

from data.importers.amounts import ON_TAXES
from data.importers.reading.reader import Record
from data.importers.report import quoted, rows_named
from data.importers.tracker.readings import MONEY, ColumnMeanings

BEGINS_AS_AMOUNT = re.compile(r"\s*\D{0,4}\d")
WITH_TAXES = re.compile(r"brutto|gross|ttc|\b(inc|con|com)\b|\b(incl|inkl)", re.IGNORECASE)
MOST_OF_AN_AMOUNT = 100  # characters, with all words behind it
Taxed = dict[tuple[int, int], str]  # row and place of an amount to the words behind it


def take_away(rows: list[Record]) -> Taxed:
    """Make amounts in the rows bare of words on taxes; where these stood."""
    found: Taxed = {}
    for number, record in enumerate(rows):
        cells = {
            place: match
            for place, cell in enumerate(record.fields)
            if cell and not cell[-1].isdigit() and len(cell) <= MOST_OF_AN_AMOUNT
            if BEGINS_AS_AMOUNT.match(cell) and (match := ON_TAXES.search(cell))
        }
        if cells and not record.fault:
            found |= {(record.row, place): match[0].strip(" ,") for place, match in cells.items()}
            fields = [c[: cells[at].start()] if at in cells else c for at, c in enumerate(record.fields)]
            rows[number] = replace(record, fields=fields)
    return found


def said_of(taxed: Taxed, meanings: ColumnMeanings) -> list[str]:
    """What is said of amounts beside which the rows say whether taxes are in them."""
    places = {column.place for column in meanings.read(*MONEY)}
    of_amounts = {where: words for where, words in taxed.items() if where[1] in places}
    with_taxes = {where: words for where, words in of_amounts.items() if WITH_TAXES.search(words)}
    without = {where: words for where, words in of_amounts.items() if where not in with_taxes}
    said = [
        f"{rows_named(sorted({row for row, _ in group}))}: amounts {kind} ({_examples(list(group.values()))}), "
        "taken as they are written"
        for kind, group in (("without taxes", without), ("with taxes", with_taxes))
        if group
    ]
    return (
        [*said, "write all amounts either with or without taxes, else they can't be compared"]
        if len(said) > 1
        else said
    )


def _examples(words: Sequence[str]) -> str:
    return ", ".join(quoted(word) for word in list(dict.fromkeys(words))[:3])
