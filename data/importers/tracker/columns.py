"""Say what each column of a sheet means; what reads two ways becomes a question: a wrong guess is worse.

headings.py says what one column means by its heading and cells; here columns are held against each other.
"""

import re
from collections.abc import Sequence, Set
from dataclasses import replace

from data.importers import subtotals
from data.importers.reading.header_row import fold_name
from data.importers.report import ColumnStatus as Status
from data.importers.report import quoted
from data.importers.tracker import accounts, audience_columns, totals, words
from data.importers.tracker.audience_columns import NOT_MEASURED, has_sign
from data.importers.tracker.headings import (
    LEAST_READABLE,
    PRICE_OF_A_KIND,
    WITH_DECIMALS,
    by_heading,
    readable,
    without_neutral,
    without_unit,
)
from data.importers.tracker.readings import (
    COUNTS,
    CURRENCIES,
    DESCRIBES,
    LEFT_OUT,
    MONEY,
    RESULTS,
    WHO,
    ColumnMeanings,
    Reading,
    left_out,
)
from data.importers.values import numbers

EXAMPLES = 3


def understand(
    header: Sequence[str], rows: Sequence[Sequence[str]], mapping: Sequence[tuple[str, str]] = ()
) -> ColumnMeanings:
    """What the columns of a sheet mean. rows: its cells, as wide as the header. mapping: what the user says of some."""
    rows = [row for row in rows if not is_total_name(next((cell for cell in row if cell.strip()), ""))]
    cells = [[row[place].strip() for row in rows] for place in range(len(header))]
    filled = [[cell for cell in column if cell.casefold() not in NOT_MEASURED] for column in cells]
    said = {fold_name(heading): fold_name(meaning) for heading, meaning in mapping}
    readings = []
    for place, heading in enumerate(header):
        examples = tuple(quoted(cell) for cell in list(dict.fromkeys(filled[place]))[:EXAMPLES])
        reading = Reading(heading, place, examples=examples)
        readings.append(by_heading(reading, filled[place], said.get(fold_name(heading)) if heading else None))
    by_user = {place for place, heading in enumerate(header) if heading and fold_name(heading) in said}
    readings = audience_columns.of_audiences(readings, filled, by_user)
    readings = audience_columns.that_may_be_others(readings, cells, by_user)
    readings = _people(readings, filled, by_user)
    readings = _sales(readings, filled, cells)
    readings = _prices_of_kinds(readings)
    readings = _budgets(readings, by_user)
    readings = _one_of_each(readings, cells, by_user)
    readings = _averages(readings, by_user)
    readings = _fee(readings, by_user)
    readings = _currencies(readings)
    readings = _dates_turned(readings, filled, by_user)
    readings = _amounts_unknown(readings, filled)
    return ColumnMeanings(tuple(_with_shared_sign(column, filled[column.place]) for column in readings))


def is_total_name(cell: str) -> bool:
    """Whether a cell calls its row a total or an average, or both ("Ø / Summe")."""
    return totals.is_total_name(cell)


def _with_shared_sign(column: Reading, filled: Sequence[str]) -> Reading:
    """A column of amounts, or of one currency, with the sign in its cells that several currencies share."""
    if column.meaning == "currency" or column.meaning in CURRENCIES:
        units = {words.currency(cell) for cell in filled}
        return replace(column, currency=units.pop()) if len(units) == 1 and units <= {*numbers.SHARED_SIGNS} else column
    may_be_money = column.meaning in MONEY or "revenue" in column.choices
    if column.currency or not may_be_money:
        return column
    return replace(column, currency=next(filter(None, map(numbers.shared_sign, filled)), ""))


def _people(readings: list[Reading], filled: Sequence[Sequence[str]], by_user: Set[int]) -> list[Reading]:
    """Which of the columns that say who are names, handles, links or platforms: by their cells."""
    of_who = [column for column in readings if column.is_read and column.meaning in WHO]
    if not any(c.meaning in ("handle", "link") or _are_handles(filled[c.place]) for c in of_who):
        readings = [_handles_by_cells(column, filled[column.place]) for column in readings]
    result = list(readings)
    for index, column in enumerate(readings):
        if column.place not in by_user and column.is_read and column.meaning in WHO:
            others = [c for c in readings if c is not column and c.is_read]
            of_accounts = [
                c for c in others if c.meaning in ("handle", "link") or (c.meaning == "person" and c.platform)
            ]
            result[index] = _person(column, filled[column.place], alone=not of_accounts)
    return result


def _handles_by_cells(column: Reading, cells: Sequence[str]) -> Reading:
    """A column under a heading that says nothing whose cells are handles, most of them with an @."""
    if column.why != "unknown" or not _are_handles(cells) or not all(map(accounts.is_handle, cells)):
        return column
    return replace(column, meaning="handle", status=Status.READ, why="")


def _are_handles(cells: Sequence[str]) -> bool:
    return sum(cell.startswith("@") or bool(accounts.of_handle(cell).platform) for cell in cells) * 2 >= len(cells)


def _person(column: Reading, cells: Sequence[str], *, alone: bool) -> Reading:
    """What a column that says who holds. alone: no other column has handles or links."""
    are_handles = all(map(accounts.is_handle, cells))
    if readable("platform", cells) >= LEAST_READABLE and len(set(cells)) <= max(12, len(cells) // 3):
        return replace(column, meaning="platform")
    if readable("link", cells) >= LEAST_READABLE:
        are_posts = sum(map(accounts.is_post, cells)) * 2 >= len(cells)
        return replace(column, meaning="post_link" if are_posts else "link")
    if column.meaning == "link":
        return replace(column, meaning="handle") if are_handles else left_out(column, "cells")
    if _are_handles(cells):
        return replace(column, meaning="handle")
    if column.meaning == "person" and column.platform and all(map(accounts.is_account, cells)):
        return replace(column, meaning="handle")
    if column.meaning == "person":
        return replace(column, meaning="handle" if are_handles and (alone or column.platform) else "creator_name")
    return column


def _sales(readings: list[Reading], filled: Sequence[Sequence[str]], rows: Sequence[Sequence[str]]) -> list[Reading]:
    """Whether "sales" are money or orders: a currency or decimals prove money, a column of either proves the other."""
    clicks = next((rows[c.place] for c in readings if c.is_read and c.meaning == "clicks"), ())
    money = {
        column.place for column in readings if column.meaning == "sales" and _is_money(column, filled[column.place])
    }
    readings = [replace(column, meaning="revenue") if column.place in money else column for column in readings]
    result = list(readings)
    for index, column in enumerate(readings):
        if column.meaning != "sales" or not column.is_read:
            continue
        has_revenue = any(c.is_read and c.meaning == "revenue" for c in readings)
        has_orders = any(c.is_read and c.meaning == "conversions" for c in readings)
        if has_orders != has_revenue:
            result[index] = replace(column, meaning="revenue" if has_orders else "conversions")
        else:
            choices = ("conversions", "revenue", LEFT_OUT)
            proposed = "conversions" if _are_few(rows[column.place], clicks) else ""
            result[index] = replace(
                column, meaning="", status=Status.ASKED, choices=choices, why="sales", proposed=proposed
            )
    return result


def _is_money(column: Reading, cells: Sequence[str]) -> bool:
    """Whether sales are their value, by a currency or by decimals."""
    has_decimals = any(WITH_DECIMALS.search(cell) and not cell[-1:].isalpha() for cell in cells)
    return column.is_read and (bool(column.currency) or any(map(has_sign, cells)) or has_decimals)


def _are_few(sales: Sequence[str], clicks: Sequence[str]) -> bool:
    """Whether whole numbers are far fewer than the clicks of every row that has both, as orders are."""
    pairs = [
        (subtotals.amount(sold), subtotals.amount(clicked))
        for sold, clicked in zip(sales, clicks, strict=False)
        if sold.casefold() not in NOT_MEASURED and clicked.casefold() not in NOT_MEASURED
    ]
    known = [(sold, clicked) for sold, clicked in pairs if sold is not None and clicked is not None]
    return len(known) >= LEAST_PAIRS and all(sold <= clicked * MOST_ORDERS for sold, clicked in known)


LEAST_PAIRS = 3
MOST_ORDERS = 0.2  # orders a click


def _prices_of_kinds(readings: list[Reading]) -> list[Reading]:
    """What one kind of content costs is the asking price, where no other column says a price; of several none is."""
    prices = [column for column in readings if column.is_read and column.meaning == "asking_price"]
    of_kinds = [column.place for column in prices if column.why == PRICE_OF_A_KIND]
    left = of_kinds if len(prices) > 1 else []
    return [
        left_out(column, PRICE_OF_A_KIND) if column.place in left
        else replace(column, why="") if column.place in of_kinds
        else column
        for column in readings
    ]  # fmt: skip


BUDGETS = {"budget", "budgets", "presupuesto", "orcamento", "budzet"}
SPENT = {"spent", "spend", "used", "paid"}


def _budgets(readings: list[Reading], by_user: Set[int]) -> list[Reading]:
    """A budget is a plan where another column says what was paid."""
    costs = [column for column in readings if column.is_read and column.meaning == "cost"]
    budgets = [column for column in costs if column.place not in by_user and _is_budget(column.heading)]
    if len(budgets) == len(costs):
        return readings
    return [left_out(column, "planned") if column in budgets else column for column in readings]


def _is_budget(heading: str) -> bool:
    folded = set(words.fold(heading).split())
    return not BUDGETS.isdisjoint(folded) and SPENT.isdisjoint(folded)


def _one_of_each(readings: list[Reading], cells: Sequence[Sequence[str]], by_user: Set[int]) -> list[Reading]:
    """One column for each meaning: what is the same stays out; what the user says wins; else it is asked."""
    result = list(readings)
    by_meaning: dict[tuple[str, str], list[Reading]] = {}
    for column in readings:
        if column.is_read and column.meaning not in (
            "audience_country",
            "audience_share",
            "country_share",
            "audience_mix",
        ):
            per_platform = column.meaning in ("handle", "link", "followers", "asking_price")
            by_meaning.setdefault((column.meaning, column.platform if per_platform else ""), []).append(column)
    for (meaning, _), same in by_meaning.items():
        said = [column for column in same if column.place in by_user]
        first, *others = (said or same) + [c for c in same if said and c not in said]
        exact = [c for c in same if words.fields().get(words.fold(without_unit(c.heading)[0])) == meaning]
        if meaning == "impressions" and not exact:  # "Impressions (Actual)" beside "Video views"
            exact = [c for c in same if words.fields().get(without_neutral(c.heading)) == meaning]
        if not said and len(exact) == 1:
            first, others = exact[0], [c for c in same if c is not exact[0]]
        for other in others:
            if meaning == "impressions" and not said and len(exact) == 1 and _completes(other, cells, first.place):
                result[other.place] = replace(other, meaning="views")
            elif said or len(exact) == 1 or meaning in DESCRIBES or cells[other.place] == cells[first.place]:
                result[other.place] = replace(other, meaning="", status=Status.LEFT_OUT, why="second")
            else:
                for column in (first, other):
                    result[column.place] = replace(
                        column, meaning="", status=Status.ASKED, choices=(meaning, LEFT_OUT), why="twice"
                    )
    return result


def _completes(views: Reading, cells: Sequence[Sequence[str]], place: int) -> bool:
    """Whether a column of views has numbers in rows whose impressions are blank."""
    is_views = words.fields().get(words.fold(without_unit(views.heading)[0])) == "views"
    pairs = zip(cells[views.place], cells[place], strict=True)
    return is_views and any(
        meanings.casefold() not in NOT_MEASURED and shown.casefold() in NOT_MEASURED for meanings, shown in pairs
    )


# What only a campaign, a post or a sale can have brought.
OF_CAMPAIGNS = {
    *("campaign_id", "date", "post_link", "market", "deliverable", "count_deliverables", "cost"),
    *("impressions", "reach", "clicks", "conversions", "revenue"),
}


def _averages(readings: list[Reading], by_user: Set[int]) -> list[Reading]:
    """In a list of creators with rates or averages, and no campaigns, engagements are what a post usually gets."""
    is_profile = any(column.why in ("rate", "average") for column in readings)
    if not is_profile or any(column.is_read and column.meaning in OF_CAMPAIGNS for column in readings):
        return readings
    return [
        left_out(column, "average") if column.meaning in COUNTS and column.place not in by_user else column
        for column in readings
    ]


def _fee(readings: list[Reading], by_user: Set[int]) -> list[Reading]:
    """In a list of creators without results, what they cost is their price."""
    if any(column.is_read and column.meaning in RESULTS for column in readings):
        return readings
    has_price = any(column.is_read and column.meaning == "asking_price" for column in readings)
    result = list(readings)
    for index, column in enumerate(readings):
        if column.is_read and column.meaning == "cost" and column.place not in by_user:
            second = replace(column, meaning="", status=Status.LEFT_OUT, why="second")
            result[index] = second if has_price else replace(column, meaning="asking_price")
    return result


LEAST_DAYS = 2  # in ISO, of a column that a spreadsheet may have turned
MONTHS = 12


def _dates_turned(readings: list[Reading], filled: Sequence[Sequence[str]], by_user: Set[int]) -> list[Reading]:
    """Days of which a spreadsheet took those for dates whose day could be a month, and left the others as texts.

    Of 03/04/2025 and 13/04/2025 it makes 4 March and a text, where it expects the month first.
    """
    return [
        replace(column, meaning="", status=Status.ASKED, choices=(column.meaning, LEFT_OUT), why="dates turned")
        if column.is_read and column.meaning in ("date", "end_date") and column.place not in by_user
        and _may_be_turned(filled[column.place])
        else column
        for column in readings
    ]  # fmt: skip


def _may_be_turned(cells: Sequence[str]) -> bool:
    days = [int(match[1]) for cell in cells if (match := ISO_DAY.match(cell))]
    texts = [max(int(match[1]), int(match[2])) for cell in cells if (match := DAY_OR_MONTH.match(cell))]
    are_all = len(days) + len(texts) == len(cells) and len(days) >= LEAST_DAYS and bool(texts)
    return are_all and max(days) <= MONTHS < min(texts)


ISO_DAY = re.compile(r"\d{4}-\d\d-(\d\d)(?!\d)")
DAY_OR_MONTH = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](?:\d{4}|\d{2})(?!\d)")


def _currencies(readings: list[Reading]) -> list[Reading]:
    """Each column that says the currency of one amount with that amount, or as the currency of the only amount."""
    amounts = {column.meaning for column in readings if column.is_read and column.meaning in MONEY}
    result = list(readings)
    for index, column in enumerate(readings):
        amount = CURRENCIES.get(column.meaning)
        if not column.is_read or amount is None or amount in amounts:
            continue
        if amount != "revenue" and (price := amounts - {"revenue"}):
            result[index] = replace(column, meaning=f"{min(price)}_currency")
        elif amounts:
            choices = ("currency", LEFT_OUT)
            result[index] = replace(column, meaning="", status=Status.ASKED, choices=choices, why="whose currency")
    return result


def _amounts_unknown(readings: list[Reading], filled: Sequence[Sequence[str]]) -> list[Reading]:
    """Where no column says what creators cost, amounts under a heading that says nothing are asked about."""
    known = {meaning for c in readings if c.status is not Status.LEFT_OUT for meaning in (c.meaning, *c.choices)}
    if known & {"cost", "asking_price"}:
        return readings
    has_results = any(column.is_read and column.meaning in RESULTS for column in readings)
    prices = ("cost", "asking_price") if has_results else ("asking_price", "cost")
    choices = (*prices, *({"revenue"} - known), LEFT_OUT)
    return [
        replace(column, status=Status.ASKED, choices=choices, why="unsure")
        if column.why == "unknown" and _are_amounts(column, filled[column.place])
        else column
        for column in readings
    ]


def _are_amounts(column: Reading, cells: Sequence[str]) -> bool:
    """Whether most cells are amounts of money, by their signs or the currency in the heading."""
    are_signed = bool(column.currency) or sum(map(has_sign, cells)) * 2 >= len(cells)
    return bool(cells) and are_signed and readable("cost", cells) >= LEAST_READABLE
