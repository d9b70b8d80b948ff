"""What really came of a campaign, as somebody reports it?

A small table, metric and value, typed by people: with a byte order mark, semicolons, a decimal comma or another name of
a metric it still means what it says. What cannot be meant is refused with its row, because a review that misread a
number would be worse than none. A blank is "not measured", never zero.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Mapping, Sequence

import polars as pl

from fit.locale import _, phrase
from fit.metrics import METRICS, UnknownMetric, metric
from fit.text import words

COST = "cost"  # no metric, but what costs per click are computed from
COST_LABEL = phrase("cost")
COST_NAMES = ("cost", "spend", "price paid")
MOST_BYTES = 1_000_000
LARGEST = 1e15  # what counts are limited to everywhere
MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}
NAMES_OF_METRIC, NAMES_OF_VALUE = ("metric", "name", "kpi"), ("value", "actual", "result")
SUMMED = ("impressions", "reach", "engagements", "clicks", "conversions", "revenue", "cost")  # of campaign reports

_PLAIN = re.compile(r"\d+(\.\d+)?(e[+]?\d+)?", re.IGNORECASE)
_OF_COUNTRY = re.compile(
    r"(?P<metric>(?:link[ _])?clicks|conversions|purchases|orders)(?: in |[ :@]+)(?P<code>[a-z]{2})", re.IGNORECASE
)
_THOUSANDS_ONLY = re.compile(r"(?<=\d)[ '](?=\d{3}(?!\d))")  # signs that never part decimals
_GROUPED = re.compile(r"\d{1,3}(,\d{3})+|\d{1,3}(\.\d{3})+")
_BLANKS = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u2019": "'"})


class ActualsError(ValueError):
    """Actuals that cannot be meant; the message says what was found, what is needed and what to do."""


def read_actuals(raw: bytes, own: Collection[str] = ()) -> dict[str, float]:
    """Read a table of metric and value: library name (or one of own, a metric of the two sides' own) to value.

    Metrics with a blank value are left out: not measured. Rates are 0 to 1, "8 %" is .08. Clicks or purchases of one
    country ("clicks DE", "orders:BR") are read as "clicks:DE". Raises ActualsError.
    """
    rows, delimiter = _table(raw)
    found: dict[str, float] = {}
    seen: dict[str, str] = {}
    for number, called, text in rows:
        name = _name(called, own, number)
        if name in seen:
            raise ActualsError(f"Row {number}: {name} stands there twice ({seen[name]!r} before). Keep one of the two.")
        seen[name] = called
        if text:
            found[name] = read_value(name, text, place=f"Row {number}", is_european=delimiter == ";")
    if not rows:
        raise ActualsError("The actuals hold no row. Write a metric and its value in each, for example clicks,412.")
    return found


def read_value(name: str, text: str, *, place: str, is_european: bool = False) -> float:
    """Read one value in the unit of its metric. is_european: a comma is rather a decimal sign. Raises ActualsError."""
    unit = _unit(name)
    value = _number(text, unit, f"{place}: {name}", is_european=is_european)
    if unit == "count" and not value.is_integer():
        raise ActualsError(f"{place}: {name} is {text!r}; a whole number is needed. Mend the value.")
    if unit == "rate" and value > 1 and not text.rstrip().endswith("%"):
        raise ActualsError(
            f"{place}: {name} is {text!r}; a rate from 0 to 1 or with % is needed. Write {value:g} % if that is meant."
        )
    return value


def _unit(name: str) -> str:
    if name == COST:
        return "amount"
    if ":" in name:  # clicks of one country
        return "count"
    return METRICS[name].unit if name in METRICS else "ratio"


def impossible(actuals: Mapping[str, float]) -> list[str]:
    """What cannot be true of one campaign, a sentence each; empty when everything may be."""
    said = []
    for less, more in (("clicks", "impressions"), ("in_market_impressions", "impressions"), ("reach", "impressions")):
        if less in actuals and more in actuals and actuals[less] > actuals[more]:
            fewer, many = words.count(actuals[less]), words.count(actuals[more])
            said.append(
                _(
                    "{fewer} {part} of {many} {whole} cannot be: both must be counted over the same content and "
                    "days. Correct one, or leave it blank."
                ).format(fewer=fewer, part=words.metric(less), many=many, whole=words.metric(more))
            )
    return said


def odd(actuals: Mapping[str, float]) -> list[str]:
    """What is kept although it is unusual, a sentence each."""
    said = []
    conversions, clicks = actuals.get("conversions"), actuals.get("clicks")
    if conversions is not None and clicks is not None and conversions > clicks:
        said.append(
            _(
                "{conversions} purchases from {clicks} clicks: some came another way, by a code or after seeing it. "
                "They are kept, and purchases are judged by impressions instead of clicks."
            ).format(conversions=words.count(conversions), clicks=words.count(clicks))
        )
    if actuals.get("engagements", 0) > actuals.get("impressions", LARGEST):
        said.append(_("There are more engagements than impressions; check that both are of the same content and days."))
    if actuals.get("revenue") and conversions == 0:
        said.append(_("Revenue is reported without a single purchase; check that both are of the same orders."))
    return said


def of_campaigns(campaigns: pl.DataFrame) -> tuple[dict[str, float], list[str]]:
    """Actuals of loaded campaigns together, and what is said about them.

    campaigns: rows of queries/campaigns_of_creator.sql. A metric that one of them did not measure is not measured:
    the sum of the others would look like a miss. Amounts in several currencies are left out.
    """
    said, found = [], {}
    is_one_currency = campaigns.filter(pl.col("revenue").is_not_null() | pl.col("cost").is_not_null())
    is_one_currency = is_one_currency["currency"].n_unique() <= 1
    for name in SUMMED:
        missing = campaigns[name].null_count()
        if name in ("revenue", "cost") and not is_one_currency:
            text = _("{name} is in several currencies, so it is not added up.")
            said.append(text.format(name=words.capitalized(_label(name))))
        elif not missing and campaigns.height:
            found[name] = float(campaigns[name].sum())
        elif missing < campaigns.height:
            of = _("{missing} of {count} campaigns").format(missing=missing, count=campaigns.height)
            said.append(
                _("{metric}: {of} did not measure it, so it counts as not measured.").format(
                    metric=words.capitalized(_label(name)), of=of
                )
            )
    if campaigns.height > 1 and "reach" in found:
        said.append(_("Reach is added up over campaigns: who saw more than one of them is counted again."))
    return found, said


def _label(name: str) -> str:
    return words.metric(name) if name in METRICS else _(COST_LABEL)


def _table(raw: bytes) -> tuple[list[tuple[int, str, str]], str]:
    """Rows as (row number, metric, value), header and blank rows left out, and the delimiter."""
    if len(raw) > MOST_BYTES:
        raise ActualsError(f"The actuals have {len(raw):,} bytes; a table of a few rows is needed. Check the file.")
    text = _decoded(raw)
    delimiter = _delimiter(text)
    try:
        read = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=True))
    except csv.Error as error:
        raise ActualsError(f"The actuals are no table ({error}). Close every quote, or save it as CSV anew.") from error
    rows = [(number, [cell.strip() for cell in row]) for number, row in enumerate(read, 1)]
    rows = [(number, row) for number, row in rows if any(row)]
    places = _header(rows[0][1]) if rows else None
    body = rows[1:] if places else rows
    return [(number, *_cells(number, row, places or (0, 1))) for number, row in body], delimiter


def _decoded(raw: bytes) -> str:
    encoding = next((name for mark, name in MARKS.items() if raw.startswith(mark)), "utf-8")
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError:
        text = raw.decode("cp1252", errors="replace")  # what a spreadsheet in Western Europe writes
    if "\x00" in text or "\ufffd" in text:
        raise ActualsError("The actuals are no text table. Save them as CSV with a row such as clicks,412.")
    return text


def _delimiter(text: str) -> str:
    first = next((line for line in text.splitlines() if line.strip()), "")
    return next((sign for sign in (";", "\t", ",") if sign in first), ",")


def _header(row: Sequence[str]) -> tuple[int, int] | None:
    """Where metric and value stand, if this row says so."""
    names = [cell.lower() for cell in row]
    at = [
        next((i for i, name in enumerate(names) if name in known), None) for known in (NAMES_OF_METRIC, NAMES_OF_VALUE)
    ]
    return (at[0], at[1]) if None not in at else None


def _cells(number: int, row: Sequence[str], places: tuple[int, int]) -> tuple[str, str]:
    called = row[places[0]] if places[0] < len(row) else ""
    if not called:
        raise ActualsError(f"Row {number} names no metric. Name it, or take the row out.")
    if places == (0, 1) and any(row[2:]):
        raise ActualsError(
            f"Row {number} has more than a metric and a value: {row[1:]!r}. A number with a comma stands in quotes."
        )
    return called, row[places[1]] if places[1] < len(row) else ""


def _name(called: str, own: Collection[str], number: int) -> str:
    if called in own:
        return called
    if called.lower() in COST_NAMES:
        return COST
    of_country = _OF_COUNTRY.fullmatch(called)
    if of_country and words.country(of_country["code"].upper()) != of_country["code"].upper():
        return f"{_name(of_country['metric'], own, number)}:{of_country['code'].upper()}"
    try:
        return metric(called).name
    except UnknownMetric as error:
        raise ActualsError(f"Row {number}: {error}") from error


def _number(text: str, unit: str, place: str, *, is_european: bool) -> float:
    """A number of 0 or more, whatever its signs for thousands and decimals."""
    plain = text.translate(_BLANKS).strip()
    is_percent = plain.endswith("%")
    plain = plain.removesuffix("%").strip()
    if plain.startswith(("-", "\u2212")):
        raise ActualsError(f"{place} is {text!r}; it must be 0 or more. Leave it blank if it was not measured.")
    plain = _with_point(plain, unit, place, is_european=is_european)
    if not _PLAIN.fullmatch(plain):
        raise ActualsError(f"{place} is {text!r}, which is no number. Leave it blank if it was not measured.")
    value = float(plain) / (100 if is_percent else 1)
    if value > LARGEST:
        raise ActualsError(f"{place} is {text!r}; at most {LARGEST:,.0f} is possible. Check the number.")
    return value


def _with_point(text: str, unit: str, place: str, *, is_european: bool) -> str:
    """The same number with a point for decimals and nothing for thousands."""
    plain = _THOUSANDS_ONLY.sub("", text)
    if "," in plain and "." in plain:
        decimal = max(",.", key=plain.rfind)
        return plain.replace("." if decimal == "," else ",", "").replace(decimal, ".")
    sign = "," if "," in plain else "."
    is_grouped = bool(_GROUPED.fullmatch(plain))
    is_one_group = is_grouped and plain.count(sign) == 1
    if is_one_group and is_european and unit == "amount":
        raise ActualsError(f"{place} is {text!r}: thousands or decimals? Write it without signs, or with two decimals.")
    if is_grouped and (unit == "count" or not is_one_group or (sign == "," and not is_european)):
        return plain.replace(sign, "")
    return plain.replace(",", ".")
