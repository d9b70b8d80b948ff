"""Column names of the platforms in other languages: the lists of headings.json, by reader and our column.

A name is compared without case, brackets, blanks and full-width forms (fold_name); where a report has several of a
list, the first counts, so the best stands first. A name that is missing costs a question, never a wrong number.
"""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from data.importers.reading.header_row import fold_name

HEADINGS_FILE = Path(__file__).parent / "headings.json"


def folded(names: str) -> tuple[str, ...]:
    """Column names as they are compared, from a list written with semicolons."""
    return tuple(dict.fromkeys(fold_name(name) for name in names.split(";") if name.strip()))


@cache
def _lists() -> dict[str, dict[str, str]]:
    return json.loads(HEADINGS_FILE.read_text(encoding="utf-8"))


def words(meaning: str) -> tuple[str, ...]:
    """Words or parts of words with one meaning ("purchase") that stand in cells, without case."""
    return tuple(word.strip().casefold() for word in _lists()["words"][meaning].split(";"))


@cache
def of(reader: str) -> Mapping[str, tuple[str, ...]]:
    """Names of every column of one reader ("meta_ads"), as they are compared."""
    return {column: folded(names) for column, names in _lists()[reader].items()}
