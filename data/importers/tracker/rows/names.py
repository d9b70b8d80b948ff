"""Read what a row calls its creator: a name, first and last name, a name and its handle, or several people."""

import re
from collections.abc import Sequence

from data.importers.limits import MAX_ID_CHARACTERS
from data.importers.tracker import words
from data.importers.tracker.accounts import Ids
from data.importers.tracker.readings import ColumnMeanings
from data.importers.values import numbers

# "Anna Huber & Max Mustermann" are two people; "Kara and Nate" may be what one account is called.
BETWEEN_NAMES = re.compile(r"\s*[&+/;\n]\s*|\s+(?:and|und|y|et|e|en|i|x|feat\.?)\s+", re.IGNORECASE)
FULL_NAME = re.compile(r"[^\W\d_][\w.'’\-]*(?: [^\W\d_][\w.'’\-]*)+")
# "Mia Fox (@miafox)", "Mia Fox | @miafox", "@miafox (Mia Fox)", one below the other: a name and its handle.
NAME_AND_HANDLE = re.compile(r"([^@()\[\]|\n]*[^\W\d_][^@()\[\]|\n]*?)\s*[(\[|\n,/–—-]?\s*@([\w.\-]+)\s*[)\]]?")
HANDLE_AND_NAME = re.compile(r"@([\w.\-]+)\s*[(\[|\n,/–—-]\s*([^@()\[\]|\n]*[^\W\d_][^@()\[\]|\n]*?)\s*[)\]]?")


def name_and_handle(cell: str) -> tuple[str, str]:
    """The name and the handle of a cell that holds both for certain; else the cell, on one line, and ""."""
    text = cell.strip()
    if "@" not in text or len(text) > MAX_ID_CHARACTERS:
        return numbers.visible(text), ""
    if both := NAME_AND_HANDLE.fullmatch(text):
        name, handle = both.groups()
    elif both := HANDLE_AND_NAME.fullmatch(text):
        handle, name = both.groups()
    else:
        return numbers.visible(text), ""
    before = words.platform(name.strip(" :-–—"))  # "IG: @anna.b" is no name
    return (numbers.visible(text), "") if before else (name.strip(" :-–—"), handle)


def cell_of(cells: Sequence[str], meanings: ColumnMeanings) -> str:
    """The cell with a creator's name; of two with its first and last name, both."""
    parts = [cells[place] for place in meanings.parts_of_name or ()]
    name = next((cells[column.place] for column in meanings.read("creator_name")), "")
    return " ".join(part for part in parts if part) if parts else name


def alone(cells: Sequence[str], meanings: ColumnMeanings, ids: Ids) -> str:
    """Several names joined in the only cell that says who a row is about, if no creator is called so; else ""."""
    if any(cells[column.place] for column in meanings.read("creator_id", "handle", "link", "post_link")):
        return ""
    name = cell_of(cells, meanings)
    is_several = bool(BETWEEN_NAMES.search(name)) and not name_and_handle(name)[1]
    return name if is_several and not ids.called(name, "") else ""


def are_two_people(name: str) -> bool:
    """Whether several names in one cell are full ones, of one person each."""
    return bool(name) and all(map(FULL_NAME.fullmatch, BETWEEN_NAMES.split(name)))
