"""Guess what the columns of a table are that nobody has named yet: by their headings, held to their values.

A guess only fills a form in: the user sees it beside the values and decides.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from data.importers.exports import plain_format
from data.importers.reading import heading_words
from data.importers.reading.header_row import Column, fold_name
from data.importers.values import countries, dates

TABLES: Mapping[str, tuple[Column, ...]] = {
    "audience": plain_format.AUDIENCE_COLUMNS,
    "campaigns": plain_format.CAMPAIGN_COLUMNS,
    "creators": plain_format.CREATOR_COLUMNS,
}
# A table is about what only such tables have; what has neither is most likely a list of creators.
MARKS = {"audience": ("country", "audience_share"), "campaigns": ("impressions", "date")}
# How people head these columns in several languages; the likeliest first.
OFTEN_CALLED = heading_words.of("often called")
NUMBER = re.compile(r"[-+]?[€$£]?\s?\d[\d.,'\s\u00a0\u202f]*\s?(%|[€$£]|[A-Z]{3})?")
NUMBERS = ("count", "days", "money", "share")


def _is_date(text: str) -> bool:
    return any(dates.read(text, order) is not None for order in (True, False))


READS = {
    "country": lambda text: countries.country(text) != countries.Meaning(None),  # one that is asked back is one too
    "market": lambda text: countries.market(text) is not None,
    "currency": lambda text: countries.currency(text) is not None,
    "date": _is_date,
    **dict.fromkeys(NUMBERS, lambda text: NUMBER.fullmatch(text.strip()) is not None),
}


def fits(kind: str, values: Sequence[str]) -> bool:
    """Whether at least half of some values can be read as this kind of cell; without values nothing fits."""
    reads = READS.get(kind, bool)
    return bool(values) and 2 * sum(bool(reads(value)) for value in values) >= len(values)


def own(header: Sequence[str], columns: Sequence[Column]) -> dict[str, int]:
    """The columns that a header names as we do, each with its place."""
    folded = [fold_name(name) for name in header]
    found = {}
    for column in columns:
        known = next((name for name in (column.name, *column.other_names) if name in folded), None)
        if known is not None:
            found[column.name] = folded.index(known)
    return found


def guessed(header: Sequence[str], values: Sequence[Sequence[str]], columns: Sequence[Column]) -> dict[str, int]:
    """What the other columns could be: by their whole heading, then by a word of it, a country at last by its values.

    values: some cells of each column. No place is guessed twice; a needed column may take one that is not needed (the
    handle, where no other column could be the creator's id).
    """
    folded = [fold_name(name) for name in header]
    known = own(header, columns)
    needed = {known[column.name] for column in columns if column.needed and column.name in known}
    found: dict[str, int] = {}
    wanted = sorted((c for c in columns if c.name not in known), key=lambda column: not column.needed)
    for candidates in (_by_heading, _by_word):
        for column in wanted:
            taken = {*(needed if column.needed else known.values()), *found.values()}
            free = (place for place in candidates(folded, column.name) if place not in taken)
            place = next((place for place in free if fits(column.kind, values[place])), None)
            if place is not None and column.name not in found:
                found[column.name] = place
    if any(column.name == "country" for column in wanted) and "country" not in found:
        taken = {*known.values(), *found.values()}
        where = [place for place, cells in enumerate(values) if place not in taken and _all_countries(cells)]
        found |= {"country": where[0]} if len(where) == 1 else {}
    if "country" in known | found and any(column.name == "audience_share" for column in wanted):
        taken = {*known.values(), *found.values()}
        where = [place for place, cells in enumerate(values) if place not in taken and _all_percent(cells)]
        found = ({"audience_share": where[0]} if len(where) == 1 else {}) | found
    return found


def _by_heading(folded: Sequence[str], name: str) -> Iterator[int]:
    for called in OFTEN_CALLED.get(name, ()):
        yield from (place for place, heading in enumerate(folded) if heading == called)


def _by_word(folded: Sequence[str], name: str) -> Iterator[int]:
    for called in (name, *OFTEN_CALLED.get(name, ())):
        yield from (place for place, heading in enumerate(folded) if called in heading.split("_"))


def _all_countries(cells: Sequence[str]) -> bool:
    return len(cells) > 1 and all(READS["country"](cell) for cell in cells)


def _all_percent(cells: Sequence[str]) -> bool:
    return bool(cells) and all(cell.endswith("%") and NUMBER.fullmatch(cell.strip()) for cell in cells)


def table_of(header: Sequence[str], values: Sequence[Sequence[str]]) -> str:
    """Which of our tables this most likely is: one whose marks are found, else a list of creators."""
    for table, marks in MARKS.items():
        found = own(header, TABLES[table]) | guessed(header, values, TABLES[table])
        if all(mark in found for mark in marks):
            return table
    return "creators"
