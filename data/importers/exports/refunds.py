"""Subtract refunds: rows with negative amounts that belong to sales of the same order, or of the same partner and day.

Only what is certain is subtracted: a refund that finds no sale, more than was sold, or another currency stays as it is,
and the rules set its row aside.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from data.importers.reading.reader import Record
from data.importers.report import rows_named
from data.importers.values import numbers

NEGATIVE = re.compile(r"^(?:[-\u2212]\s?(.*\d.*)|\((.*\d.*)\)|(\D{1,4})[-\u2212](\d.*))$")
# Two decimals or none, whichever mark stands before them: nothing that could be thousands.
CERTAIN = re.compile(r"\d+(?:([.,])\d{1,2})?")


@dataclass(frozen=True)
class Places:
    """Where sales stand in a row: what tells them apart, what is added up, and what has to be equal (the currency)."""

    key: Sequence[int]
    amounts: Sequence[int]
    same: Sequence[int] = ()


def less_refunds(
    rows: Sequence[Record], at: Places, mark: str = "", *, counts: Callable[[Record], bool] = lambda record: True,
    most_sales: int | None = None,
) -> tuple[list[Record], list[str]]:  # fmt: skip
    """The rows, refunds subtracted from the sale with their key; sales of which nothing is left go. And what to say.

    mark: between thousands. counts: whether a row is a sale at all. most_sales: rows with amounts of one key.
    """
    groups: dict[tuple[str, ...], list[Record]] = {}
    for record in rows:
        if not record.fault and (key := tuple(record.fields[place].strip() for place in at.key)) and all(key):
            groups.setdefault(key, []).append(record)
    changed: dict[int, Record | None] = {}
    subtracted, gone = [], []
    for group in groups.values():
        refunds = [record for record in group if any(is_negative(record.fields[place]) for place in at.amounts)]
        sales = [r for r in group if r not in refunds and any(r.fields[place].strip() for place in at.amounts)]
        is_odd = most_sales is not None and len(sales) > most_sales
        if not refunds or not sales or is_odd or not all(map(counts, sales)):
            continue
        left = _what_is_left(sales, refunds, at, mark)
        if left is None:
            continue
        is_gone = not any(re.search("[1-9]", left.fields[place]) for place in at.amounts)
        subtracted += [record.row for record in refunds]
        gone += [sales[0].row] * is_gone
        changed |= {record.row: None for record in (group if is_gone else [*sales, *refunds])}
        changed |= {} if is_gone else {left.row: left}
    kept = [found for record in rows if (found := changed.get(record.row, record)) is not None]
    return kept, _said(subtracted, gone)


def is_negative(cell: str) -> bool:
    """Whether a cell is an amount below zero: -40.00, -$40.00, (40.00)."""
    return bool(NEGATIVE.match(cell.strip()))


def _said(subtracted: Iterable[int], gone: Iterable[int]) -> list[str]:
    said = {"refunds, subtracted from what was sold": subtracted, "refunded as a whole, so no sale": gone}
    return [f"{rows_named(sorted(rows))}: {what}" for what, rows in said.items() if rows]


def _what_is_left(sales: Sequence[Record], refunds: Sequence[Record], at: Places, mark: str) -> Record | None:
    """The first of some sales with what is left of all of them; None where that is not certain."""
    fields = list(sales[0].fields)
    for place in at.same:
        if len({record.fields[place].strip() for record in (*sales, *refunds)} - {""}) > 1:
            return None
    for place in at.amounts:
        cells = [cell for record in (*sales, *refunds) if (cell := record.fields[place].strip())]
        amounts = [amount for cell in cells if (amount := _amount(cell, mark)) is not None]
        if len(amounts) < len(cells) or sum(amounts) < 0:
            return None
        fields[place] = _printed(sum(amounts, Decimal(0)), cells, mark) if cells else ""
    return replace(sales[0], fields=fields)


def _amount(cell: str, mark: str) -> Decimal | None:
    """A printed amount with its sign; None where it is not certain."""
    negative = NEGATIVE.match(cell)
    found = numbers.AMOUNT.match("".join(filter(None, negative.groups())) if negative else cell)
    number = numbers.without_thousands(found[2].strip(), mark) if found else ""
    if not CERTAIN.fullmatch(number):
        return None
    amount = Decimal(number.replace(",", "."))
    return -amount if negative else amount


def _printed(amount: Decimal, cells: Sequence[str], mark: str) -> str:
    """An amount written like the cells that it is the sum of: their decimal mark, the sign of the first."""
    has_comma = mark != "," and any(re.search(r",\d{1,2}\D*$", cell) for cell in cells)
    text = str(amount).replace(".", ",") if has_comma else str(amount)
    beside = numbers.AMOUNT.match(cells[0])
    return f"{beside[1]}{text}{beside[3]}" if beside else text
