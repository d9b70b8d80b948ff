"""Check the results of a campaign that somebody reports: metric names, units, what cannot be true, what is odd.

A small table, metric and value, typed by people; data/importers/table.py reads its cells and numbers. What cannot be
meant is refused with its row, because a review that misread a number would be worse than none. A blank is "not
measured", never zero.
"""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from math import inf

import polars as pl

from fit.locale import _
from fit.metrics import COST, METRICS, Unit, UnknownMetric, metric
from fit.text import words

COST_NAMES = ("cost", "spend", "price paid")
MOST_RESULTS_BYTES = 1_000_000
LONGEST_METRIC_NAME = 300  # of a metric; longer cells are no names
NAMES_OF_METRIC, NAMES_OF_VALUE = ("metric", "name", "kpi"), ("value", "actual", "result")
PARTS_OF_WHOLE = (("clicks", "impressions"), ("in_market_impressions", "impressions"), ("reach", "impressions"))
SUMMED = ("impressions", "reach", "engagements", "clicks", "conversions", "revenue", "cost")  # of campaign reports

_OF_COUNTRY = re.compile(
    r"(?P<metric>(?:link[ _])?clicks|conversions|purchases|orders)(?: in |[ :@]+)(?P<code>[a-z]{2})", re.IGNORECASE
)

# Kind and text of printed numbers to the numbers, None for not measured, or why not and what to do (a sentence's end).
ReadNumbers = Callable[[Sequence[tuple[str, str]]], Sequence[float | str | None]]
# How the numbers of a unit are read; rates and ratios may carry a percent sign.
_KINDS = {Unit.COUNT: "count", Unit.RATE: "share", Unit.AMOUNT: "amount", Unit.RATIO: "number"}


class ActualsError(ValueError):
    """Actuals that cannot be meant; the message says what was found, what is needed and what to do."""


def read_actuals(
    rows: Sequence[tuple[int, Sequence[str]]], read_numbers: ReadNumbers, own: Collection[str] = ()
) -> dict[str, float]:
    """Check a table of metric and value: library name (or one of own, a metric of the two sides' own) to value.

    rows: row number and cells of every row that is not blank, a header too where there is one. Metrics with a blank
    value are left out: not measured. Rates are 0 to 1, "8 %" is .08. Clicks or purchases of one country ("clicks DE",
    "orders:BR") are read as "clicks:DE". Raises ActualsError.
    """
    texts: dict[str, tuple[int, str, str]] = {}
    for number, called, text in _entries(rows):
        name = _name(called, own, number)
        if name in texts:
            before = texts[name][1]
            raise ActualsError(f"Row {number}: {name} stands there twice ({before!r} before). Keep one of the two.")
        texts[name] = number, called, text
    if not texts:
        raise ActualsError("The actuals hold no row. Write a metric and its value in each, for example clicks,412.")
    named = [(name, text, f"Row {number}: {name}") for name, (number, _called, text) in texts.items()]
    read = zip(texts, read_values(named, read_numbers), strict=True)
    return {name: value for name, value in read if value is not None}


def read_value(name: str, text: str, read_numbers: ReadNumbers, *, place: str) -> float | None:
    """Read one value in the unit of its metric; None for not measured. Raises ActualsError."""
    return read_values([(name, text, place)], read_numbers)[0]


def read_values(named: Sequence[tuple[str, str, str]], read_numbers: ReadNumbers) -> list[float | None]:
    """Read values in the units of their metrics; None for not measured. named: metric, text and what a refusal
    calls it.

    Raises ActualsError.
    """
    read = read_numbers([_number_cell(name, text) for name, text, _place in named])
    return [
        None if value is None or not text else _checked(name, text, value, place)
        for (name, text, place), value in zip(named, read, strict=True)
    ]


def count_known(cells: Sequence[str], own: Collection[str] = ()) -> int:
    """How sure a row is the first of a table of results: it names metric and value (3), or a metric (2)."""
    if _header(cells):
        return 3
    return 2 if any(len(cell) <= LONGEST_METRIC_NAME and _is_known(cell, own) for cell in cells) else 0


def _number_cell(name: str, text: str) -> tuple[str, str]:
    unit = _unit(name)
    return _KINDS[unit], text.removesuffix("%").rstrip() if unit in (Unit.RATE, Unit.RATIO) else text


def _checked(name: str, text: str, value: float | str, place: str) -> float:
    if isinstance(value, str):
        raise ActualsError(f"{place} is {text!r}: {value}.")
    unit = _unit(name)
    if unit in (Unit.RATE, Unit.RATIO) and text.endswith("%"):
        if unit is Unit.RATE and value > 100:
            raise ActualsError(f"{place} is {text!r}; a rate is at most 100 %. Correct it, or leave it blank.")
        return value / 100
    if unit is Unit.RATE and value > 1:
        raise ActualsError(
            f"{place} is {text!r}; a rate from 0 to 1 or with % is needed. Write {value:g} % if that is meant."
        )
    return value


def _unit(name: str) -> Unit:
    if name == COST:
        return Unit.AMOUNT
    if ":" in name:  # clicks of one country
        return Unit.COUNT
    return METRICS[name].unit if name in METRICS else Unit.RATIO


def impossible(actuals: Mapping[str, float]) -> list[str]:
    """What cannot be true of one campaign, a sentence each; empty when everything may be."""
    sentences = []
    for less, more in PARTS_OF_WHOLE:
        if less in actuals and more in actuals and actuals[less] > actuals[more]:
            fewer, many = words.count(actuals[less]), words.count(actuals[more])
            sentences.append(
                _(
                    "{fewer} {part} of {many} {whole} cannot be: both must be counted over the same content and "
                    "days. Correct one, or leave it blank."
                ).format(fewer=fewer, part=words.metric(less), many=many, whole=words.metric(more))
            )
    return sentences


def odd(actuals: Mapping[str, float]) -> list[str]:
    """What is unusual but taken as it is, a sentence each."""
    sentences = []
    conversions, clicks = actuals.get("conversions"), actuals.get("clicks")
    if conversions is not None and clicks is not None and conversions > clicks:
        sentences.append(
            _(
                "{conversions} purchases from {clicks} clicks: some came another way, such as by code. They "
                "count, but purchases are judged by impressions instead of clicks."
            ).format(conversions=words.count(conversions), clicks=words.count(clicks))
        )
    if actuals.get("engagements", 0) > actuals.get("impressions", inf):
        sentences.append(
            _("There are more engagements than impressions; check that both are of the same content and days.")
        )
    if actuals.get("revenue") and conversions == 0:
        sentences.append(_("Revenue is reported without a single purchase; check that both are of the same orders."))
    return sentences


def of_campaigns(campaigns: pl.DataFrame) -> tuple[dict[str, float], list[str]]:
    """Actuals of loaded campaigns together, and a warning for each metric that is no plain sum.

    campaigns: rows of queries/campaigns_of_creator.sql. A metric that one of them did not measure is not measured:
    the sum of the others would look like a miss. Amounts in several currencies are left out.
    """
    warnings: list[str] = []
    actuals: dict[str, float] = {}
    with_amounts = campaigns.filter(pl.col("revenue").is_not_null() | pl.col("cost").is_not_null())
    is_one_currency = with_amounts["currency"].n_unique() <= 1
    for name in SUMMED:
        missing = campaigns[name].null_count()
        if name in ("revenue", "cost") and not is_one_currency:
            text = _("{name} is in several currencies, so it is not added up.")
            warnings.append(text.format(name=words.capitalized(words.metric(name))))
        elif not missing and campaigns.height:
            actuals[name] = float(campaigns[name].sum())
        elif missing < campaigns.height:
            of = _("{missing} of {count} campaigns").format(missing=missing, count=campaigns.height)
            text = _("{metric}: {of} did not measure it, so it counts as not measured.")
            warnings.append(text.format(metric=words.capitalized(words.metric(name)), of=of))
    if campaigns.height > 1 and "reach" in actuals:
        warnings.append(_("Reach is added up over campaigns: who saw more than one of them is counted again."))
    return actuals, warnings


def _entries(rows: Sequence[tuple[int, Sequence[str]]]) -> list[tuple[int, str, str]]:
    """Row number, metric and value of every row below the header, or of every row where none is."""
    wide = next((index for index, (_row, cells) in enumerate(rows) if sum(map(bool, cells)) > 1), 0)  # below titles
    header = _header(rows[wide][1]) if rows else None
    places, body = (header, rows[wide + 1 :]) if header else ((0, 1), rows)
    width = 2 if places == (0, 1) else len(rows[wide][1])
    return [(number, *_cells(number, row, places, width)) for number, row in body]


def _header(row: Sequence[str]) -> tuple[int, int] | None:
    """Where metric and value stand, if this row says so."""
    names = [cell.lower() for cell in row]
    metric_column, value_column = (
        next((i for i, name in enumerate(names) if name in known), None) for known in (NAMES_OF_METRIC, NAMES_OF_VALUE)
    )
    return None if metric_column is None or value_column is None else (metric_column, value_column)


def _cells(number: int, row: Sequence[str], places: tuple[int, int], width: int) -> tuple[str, str]:
    called = row[places[0]] if places[0] < len(row) else ""
    if not called:
        raise ActualsError(f"Row {number} names no metric. Name it, or take the row out.")
    if any(row[width:]):
        raise ActualsError(
            f"Row {number} has more than a metric and a value: {row[1:]!r}. Put a number with a comma in quotes."
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


def _is_known(called: str, own: Collection[str]) -> bool:
    try:
        return bool(_name(called, own, 0))
    except ActualsError:
        return False
