"""Say what became of a sheet: its rows, what they gave, and what was left out and why."""

from collections.abc import Sequence, Set

from data.importers import write
from data.importers.limits import MAX_COLUMNS, MAX_PROBLEMS_REPORTED
from data.importers.report import Code, ColumnStatus, Message, Problem, listed, quoted, rows_named
from data.importers.tracker.readings import ColumnMeanings
from data.importers.tracker.sheet_parts import Sheet

# What is kept only of rows with results.
OF_A_CAMPAIGN = (
    *("campaign_id", "market", "date", "end_date", "deliverable", "count_deliverables", "objective", "cost"),
)


def message(
    counts: tuple[int, int, int], problems: Sequence[Problem], made: tuple[int, int, int], meanings: ColumnMeanings,
    deciding: Set[int],
) -> list[Message]:  # fmt: skip
    """What became of a sheet: rows, what they gave, the first cell that could not be read, what was left out.

    deciding: places of columns that no meaning is taken from, and that said which rows count.
    """
    count_read, count_good, count_bad = counts
    values = {"imported": count_good, "read": count_read}
    message = [Message(f"{count_good:,} of {count_read:,} rows imported", Code.ROWS_IMPORTED, values)]
    if count_bad:
        message.append(Message(f"{count_bad:,} skipped, first {write.in_words(problems[0])}"))
    names = (("creator", "creators"), ("audience", "audiences"), ("row of campaigns", "rows of campaigns"))
    given = [
        f"{count:,} {singular if count == 1 else plural}"
        for count, (singular, plural) in zip(made, names, strict=True)
        if count
    ]
    values = dict(zip(("creators", "audiences", "campaign_rows"), made, strict=True))
    message.append(Message(f"read as your own spreadsheet: {', '.join(given)}", Code.SHEET_GAVE, values))
    unread = [c for c in meanings.columns if c.status is ColumnStatus.LEFT_OUT and c.place not in deciding]
    left = [column.heading for column in unread if column.heading]
    if left:
        message.append(
            Message(f"columns not used: {listed(left, MAX_COLUMNS)}", Code.COLUMNS_NOT_USED, {"columns": left})
        )
    return message


def of_totals(parts: Sheet) -> list[str]:
    """What is said of total rows: that they are left out, and where one is not the sum of the rows."""
    notes = []
    for total in parts.totals:
        whose = "the rows since the last total" if total.is_of_part else "the rows"
        differ = [f"{d.heading} {d.stated:,.10g}, and {whose} add up to {d.added:,.10g}" for d in total.differ]
        disagree = f", though it says {'; '.join(differ)}: is a row missing?" if differ else ""
        named = f" ({total.name})" if total.name else ""
        notes.append(f"row {total.record.row}{named} is a total and no creator: left out{disagree}")
    return notes


def of_others(parts: Sheet) -> list[str]:
    """What is said of rows that hold one cell, name several platforms or people, or have a fee and no results yet."""
    notes = []
    if parts.planned:
        notes.append(f"a fee without results, so only the creator is taken: {rows_named(parts.planned)}")
    if parts.titles:
        titles = [f"{record.row} ({' '.join(record.fields).strip()})" for record in parts.titles]
        notes.append(f"left out, with one cell: {rows_named(titles)}")
    if parts.notes:
        rows = [f"{r.row} ({quoted(' '.join(c.strip() for c in r.fields if c.strip()))})" for r in parts.notes]
        notes.append(f"left out as notes: {rows_named(rows)}")
    if parts.several_platforms:
        notes.append(f"several platforms, so none is taken: {rows_named(parts.several_platforms)}")
    if parts.joined_names:
        named = rows_named(parts.joined_names)
        notes.append(f"taken as one creator each: {named}; write a row for each person if they are several")
    return notes


def of_prices(meanings: ColumnMeanings, platforms: Set[str]) -> list[Message]:
    """The prices of a platform on which no row has an account. platforms: of the rows."""
    headings = [c.heading for c in meanings.read("asking_price") if c.platform and c.platform not in platforms]
    return [Message(f"not used, because no row has an account on that platform: {listed(headings)}")] * bool(headings)


def of_results_missing(meanings: ColumnMeanings) -> list[Message]:
    """The columns on campaigns that are not used, because no row says what one brought."""
    headings = [column.heading for column in meanings.read(*OF_A_CAMPAIGN) if column.heading]
    words = f"not used, because no row says what a campaign brought: {listed(headings)}"
    return [Message(words, Code.RESULTS_MISSING, {"columns": headings})] if headings else []


def of_names(parts: Sheet) -> list[Message]:
    """How many names joined rows of the sheet with creators of earlier files."""
    count = len(parts.names_matched)
    words = f"{count:,} name{' was' if count == 1 else 's were'} matched to creators that you have"
    return [Message(words, Code.NAMES_MATCHED, {"count": count})] if count else []


def of_odd_mixes(parts: Sheet) -> list[Message]:
    """The cells of countries and shares of which nothing is taken; the rest of their rows is."""
    shown = [f"row {row}, {heading} '{quoted(cell)}'" for row, heading, cell in parts.odd_mixes[:MAX_PROBLEMS_REPORTED]]
    if not shown:
        return []
    more = len(parts.odd_mixes) - len(shown)
    words = f"no audience is taken from {'; '.join(shown)}{f' and {more:,} more cells' if more else ''}"
    why = "not every part is a country and its share (the rest of the row is taken); write for example DE 45%, AT 12%"
    return [Message(f"{words}: {why}")]
