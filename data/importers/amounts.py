"""Take the currency away that stands beside amounts ("EUR 960", "$250", "Fee (EUR)") and write it where it is read.

A row has one currency. A sign that several currencies share ("$") is asked about, unless a column of currencies, the
heading or the user says which one is meant.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import duckdb

from data.importers.reading.reader import Record
from data.importers.report import Code, RefusedError
from data.importers.sql import fill, one_row
from data.importers.values import countries, numbers

# What people write for a creator who was given the product and no money.
GIFTED = {
    *("gifted", "gift", "gifting", "barter", "free", "product", "product only", "seeding", "in kind", "contra"),
    *(
        "no fee",
        "geschenkt",
        "gratis",
        "kostenlos",
        "produkt",
        "regalo",
        "canje",
        "permuta",
        "brinde",
        "offert",
        "cadeau",
        "omaggio",
    ),
}
# "incl.", "incl. w/ reel", "inclus", "im Paket enthalten": paid within the fee of another row, which no number says.
INCLUDED = re.compile(
    r"\D{0,12}\b(inc|incl|inkl|inclu\w*|inklusive|inkludiert|inbegriffen|inbegrepen|enthalten|compris\w*|compres\w*|bundled|"
    r"im paket|wliczone|w pakiecie)\b\D{0,60}",
    re.IGNORECASE,
)
# "950,-", "CHF 950.--": no cents.
NO_CENTS = re.compile(r"(?<=\d)([.,])(?:--?|–|—)(?=\D*$)")
# "(netto)", "excl. VAT", "zzgl. MwSt.": whose taxes are in an amount does not change what an amount is.
ON_TAXES = re.compile(
    r"[\s,]*[(\[]?\s*(\b(netto|brutto|net|gross|ht|ttc|hors taxes?)|(\b(excl|incl|exkl|inkl|zzgl|inc|ex|plus|sin|con|"
    r"sem|com|sans|ohne|esclusa|inclusa)\.?|\+)\s*(\d{1,2}\s?%\s*)?(vat|mwst|ust|tax|taxes|iva|tva|btw)\.?|"
    r"\b(vat|mwst|ust|iva|tva|btw)\s*(no|non)?\s*(incl\w*|inkl\w*|excl\w*|exkl\w*|esclus\w*)\.?)\s*[)\]]?\s*$",
    re.IGNORECASE,
)
# "£75 + product": what is paid beside what is given.
BESIDE = re.compile(r"^(.*\d\D{0,4}?)\s*(?:\+|&|and|plus|und|et|y|e)\s*([^\W\d][\w ]*)$", re.IGNORECASE)
# "€1.2k", "1.2k EUR": the letter that stands for thousands or millions, and what stands beside it.
SHORT = re.compile(r"^(\D{0,4}\d[\d.,]*)\s?([kKmM万萬만億亿억]|[Ll]akhs?|[Ll]acs?|[Cc]rores?)(\s?\D{0,4})$")


@dataclass(frozen=True)
class Places:
    """Where the amounts of a table stand, and what says their currency.

    money: places of amounts. cost: the one of them where "gifted" is 0. currency: the place of the currency's code, one
    behind the last cell where the table has none. headings: the code or sign in the heading of an amount. given: the
    code that the user says for all rows that name none.
    """

    money: Sequence[int]
    currency: int
    cost: int | None = None
    headings: Mapping[int, str] | None = None
    given: str | None = None


HAS_SIGNS = "select count(*) > 0 from staged where has_sign({name})"


def has_signs(db: duckdb.DuckDBPyConnection, name: str) -> bool:
    """Whether cells of a staged column of amounts hold more than numbers."""
    return one_row(db.execute(fill(HAS_SIGNS, name=name)))[0]


def bare_amounts(records: Iterable[Record], at: Places) -> tuple[list[Record], list[str]]:
    """The records with bare amounts and the code of their currency; and what is to be said of them.

    A row in two currencies gets a fault. Raises RefusedError where nothing says which currency a shared sign means.
    """
    bare, gifted, included = [], [], []
    shared: dict[str, int] = {}
    for record in records:
        if record.fault:
            bare.append(record)
            continue
        cells = [*record.fields, ""] if at.currency == len(record.fields) else list(record.fields)
        if at.cost is not None and cells[at.cost].strip().casefold() in GIFTED:
            cells[at.cost] = "0"
            gifted.append(record.row)
        elif at.cost is not None and is_included(cells[at.cost]):
            cells[at.cost] = ""
            included.append(record.row)
        codes = []
        for place in at.money:
            cells[place], code, sign = _bare(cells[place], cells[at.currency].strip(), place, at)
            if sign:
                shared.setdefault(sign, record.row)
            if code:
                codes.append(code)
        stated = countries.currency(cells[at.currency].strip()) or ""
        differ = len({*codes, stated} - {""}) > 1
        if codes and not cells[at.currency].strip():
            cells[at.currency] = codes[0]
        bare.append(replace(record, fields=cells, fault="two currencies" if differ else ""))
    if shared:
        sign, row = next(iter(shared.items()))
        raise unclear_sign(sign, f"row {row}")
    said = [said_of_rows(gifted, "gifted, so the cost counts as 0")] if gifted else []
    within = "paid within the fee of another row, so its own cost is not measured"
    return bare, said + ([said_of_rows(included, within)] if included else [])


def bare_where_unsaid(records: Sequence[Record], at: Places) -> list[Record]:
    """The rows of an export, "$20.00" without its sign where the row names no currency, as bare_amounts does it.

    Raises RefusedError where nobody says which currency such a sign means.
    """
    is_open = [not record.fault and not record.fields[at.currency].strip() for record in records]
    bare, _ = bare_amounts([record for record, asks in zip(records, is_open, strict=True) if asks], at)
    answered = iter(bare)
    return [next(answered) if asks else record for record, asks in zip(records, is_open, strict=True)]


def is_included(cell: str) -> bool:
    """Whether a fee is paid within that of another post."""
    return bool(INCLUDED.fullmatch(cell.strip()))


def _bare(cell: str, stated: str, place: int, at: Places) -> tuple[str, str, str]:
    """An amount without its sign, its currency ("" for none), and the sign where nothing says what it means."""
    if not cell.strip():
        return cell, "", ""
    if place == at.cost and (beside := BESIDE.match(cell.strip())) and beside[2].casefold() in GIFTED:
        cell = beside[1].strip()
    cell = NO_CENTS.sub(r"\g<1>00", cell)
    heading = (at.headings or {}).get(place, "")
    known = countries.currency(stated) or countries.currency(heading) or at.given or ""
    amount, code = numbers.without_sign(cell, known)
    if amount == cell and (short := SHORT.match(cell.strip())):
        amount, code = numbers.without_sign(short[1] + short[3], known)
        amount = cell if amount == short[1] + short[3] else amount + short[2]
    if amount != cell:
        return amount, code, ""
    sign = numbers.shared_sign(cell) or (heading if heading in numbers.SHARED_SIGNS else "")
    if sign and known not in numbers.SHARED_SIGNS[sign]:
        return cell, "", sign
    return cell, countries.currency(heading) or "", ""


def unclear_sign(sign: str, where: str) -> RefusedError:
    """The question which currency a sign means. where: the row or column that has it."""
    could_be = sorted(numbers.SHARED_SIGNS[sign])
    return RefusedError(
        f"{where}: the sign {sign} stands for several currencies ({', '.join(could_be)}); say which one is meant "
        "with --currency, for example --currency USD",
        Code.CURRENCY_NEEDED,
        {"sign": sign, "currencies": could_be},
    )


def said_of_rows(rows: Sequence[int], what: str) -> str:
    """What is said of rows whose fee is no number."""
    shown = ", ".join(map(str, rows[:5]))
    more = f" and {len(rows) - 5:,} more" if len(rows) > 5 else ""
    return f"{'row' if len(rows) == 1 else 'rows'} {shown}{more}: {what}"
