"""Report what became of a loaded file: status, counts, problems and messages; the options it was loaded with."""

import errno
import json
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any

from data.importers.limits import MAX_QUOTED_CHARACTERS


class FileStatus(StrEnum):
    """What became of a file, or would become of it: the `status` that JSON and messages show."""

    IMPORTED = "imported"
    PARTLY_IMPORTED = "partly imported"
    REFUSED = "refused"
    ALREADY_IMPORTED = "already imported"
    PASSED_OVER = "passed over"

    @property
    def has_rows(self) -> bool:
        """Whether rows of the file were imported."""
        return self in (FileStatus.IMPORTED, FileStatus.PARTLY_IMPORTED)

    @property
    def is_whole(self) -> bool:
        """Whether nothing of the file is left to correct."""
        return self not in (FileStatus.PARTLY_IMPORTED, FileStatus.REFUSED)


NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS)  # of writing alone: what is unpacked or put in order
NOT_ALLOWED = (errno.EACCES, errno.EPERM)


def why_not_read(error: OSError) -> str:
    """Why a file was not read and what to do, after what the system said of it or of the scratch folder."""
    why = error.strerror or type(error).__name__
    if error.errno in NO_ROOM:
        place = tempfile.gettempdir()
        return (
            f"no room in {place} to read this file ({why}); make some, or set TMPDIR to another folder, and load again"
        )
    if error.errno in NOT_ALLOWED:
        return f"this file cannot be read ({why}); check its permissions"
    return f"this file cannot be read ({why}); copy it to another place and load it from there"


class ColumnStatus(StrEnum):
    """What becomes of a column of somebody's own spreadsheet: it is read, asked about, or left out."""

    READ = "read"
    ASKED = "asked"
    LEFT_OUT = "left out"


class Code(StrEnum):
    """Which message this is, where a program says it in words of its own; the comment names its values."""

    ROWS_IMPORTED = "rows_imported"  # imported, read
    SAME_FILE_REPLACED = "same_file_replaced"  # count
    ROWS_REPLACED = "rows_replaced"  # count
    ROWS_IN_ANOTHER_FILE = "rows_in_another_file"  # count
    ROWS_SUPERSEDED = "rows_superseded"  # count
    MARKET_NOT_STATED = "market_not_stated"
    MARKET_KEPT = "market_kept"  # count, is_all
    ANSWERS_KEPT = "answers_kept"  # answers
    CREATOR_NEEDED = "creator_needed"
    CREATOR_COLUMN_NEEDED = "creator_column_needed"  # columns
    CODES_OF_NOBODY = "codes_of_nobody"  # word, codes, brought: code, generic, orders, revenue, currency of each
    CODES_LEFT_OUT = "codes_left_out"  # the same
    SEVERAL_ACCOUNTS = "several_accounts"  # audiences
    UNKNOWN_COLUMNS = "unknown_columns"  # columns, needed
    ALMOST_A_TABLE = "almost_a_table"  # table, needed
    COLUMNS_NEEDED = "columns_needed"  # reader, needed, columns
    ONE_COLUMN_NEEDED = "one_column_needed"  # reader, needed, columns
    CAMPAIGN_COLUMN_NEEDED = "campaign_column_needed"  # columns
    COUNTRY_COLUMN_NEEDED = "country_column_needed"  # columns
    VIEWS_COLUMN_NEEDED = "views_column_needed"  # columns
    CREATOR_UNUSABLE = "creator_unusable"  # most
    MARKET_UNKNOWN = "market_unknown"  # market
    COLUMN_NAMED_TWICE = "column_named_twice"  # columns
    CURRENCY_NEEDED = "currency_needed"  # sign, currencies
    PERIOD_NEEDED = "period_needed"
    PLATFORM_NEEDED = "platform_needed"  # rows, platforms
    COLUMNS_UNCLEAR = "columns_unclear"  # columns
    SHEET_GAVE = "sheet_gave"  # creators, audiences, campaign_rows
    COLUMNS_NOT_USED = "columns_not_used"  # columns
    COLUMNS_NOT_HERE = "columns_not_here"  # columns
    RESULTS_MISSING = "results_missing"  # columns
    NAMES_MATCHED = "names_matched"  # count
    PHOTO_IMPORTED = "photo_imported"  # creator
    PHOTO_OF_NOBODY = "photo_of_nobody"  # name
    PHOTO_OF_SEVERAL = "photo_of_several"  # name, creators
    OPTION_UNUSABLE = "option_unusable"  # option, value
    STORE_BUSY = "store_busy"
    OUT_OF_MEMORY = "out_of_memory"


@dataclass(frozen=True)
class Message:
    """A message as the command line says it. code and values: what it says, where others say it in their own words."""

    message: str
    code: Code | None = None
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Options:
    """What the user says about the files: whose they are, their market, their kind, their columns (FROM, TO).

    campaign, period ("2025-04-01..2025-04-30", or one day), currency and platform hold for all rows that name none.
    codes: whose discount codes are whose (CODE, CREATOR).
    """

    creator: str | None = None
    market: str | None = None
    kind: str | None = None
    mapping: tuple[tuple[str, str], ...] = ()
    campaign: str | None = None
    period: str | None = None
    currency: str | None = None
    platform: str | None = None
    codes: tuple[tuple[str, str], ...] = ()

    @property
    def days(self) -> tuple[date, date] | None:
        """First and last day of the period. Raises ValueError where it is no day or period."""
        if self.period is None:
            return None
        first, _, last = self.period.partition("..")
        days = date.fromisoformat(first.strip()), date.fromisoformat((last or first).strip())
        if days[0] > days[1]:
            raise ValueError("it ends before it starts")
        return days

    def but(self, given: Mapping[str, Any]) -> "Options":
        """These options with those of one file alone, out of JSON: by their names, map and code as pairs."""
        changes = {name: value for name, value in given.items() if name not in ("map", "code")}
        if "date" in changes:
            changes["period"] = changes.pop("date")
        if "map" in given:
            changes["mapping"] = tuple((source, target) for source, target in given["map"])
        if "code" in given:  # beside those of all files
            changes["codes"] = (*self.codes, *((code, creator) for code, creator in given["code"]))
        return replace(self, **changes)

    def as_text(self) -> str:
        """The same options are the same text, in whatever order the columns were mapped."""
        given = {"creator": self.creator, "kind": self.kind, "map": sorted(self.mapping), "market": self.market}
        of_rows = {"campaign": self.campaign, "currency": self.currency, "date": self.period, "platform": self.platform}
        given |= {name: value for name, value in of_rows.items() if value is not None}
        if self.codes:  # texts of earlier versions, which knew none, stay as they are
            given["code"] = sorted(self.codes)
        return json.dumps(given, sort_keys=True, ensure_ascii=False)


@dataclass(frozen=True)
class Problem:
    """One cell (or row) that was set aside. row: as a spreadsheet shows it; line: physical line of the file.

    creator: whom the row names, "" where it names nobody.
    """

    row: int | None
    line: int | None
    column: str
    value: str
    reason: str
    fix: str
    creator: str = ""


@dataclass(frozen=True)
class FileReport:
    """What became of one file.

    message_parts: what `message` joins. count_rows_replaced: rows of earlier files whose place this one's take
    (superseded audiences stay in the history). columns: of somebody's own spreadsheet, what each column is taken for.
    """

    path: str
    sha256: str
    reader: str
    status: FileStatus
    count_rows_read: int
    count_rows_imported: int
    count_rows_quarantined: int
    creators: tuple[str, ...]
    coverage: dict[str, float]
    problems: tuple[Problem, ...]
    message_parts: tuple[Message, ...]
    count_rows_replaced: int = 0
    columns: tuple[Mapping[str, object], ...] = ()

    @property
    def message(self) -> str:
        """What became of the file, in one sentence."""
        return joined(self.message_parts)

    def as_json(self) -> dict[str, object]:
        """The entry of `files` in the JSON of `load`."""
        entry = asdict(self)
        del entry["sha256"]
        entry["creators"] = list(self.creators)
        entry["problems"] = list(entry["problems"])
        parts, count = list(entry.pop("message_parts")), entry.pop("count_rows_replaced")
        entry = {name: value for name, value in entry.items() if name != "columns"}
        return (
            entry
            | {"message": self.message, "count_rows_replaced": count, "message_parts": parts}
            | ({"columns": list(self.columns)} if self.columns else {})
        )


class RefusedError(Exception):
    """This file is not imported, and why: one sentence with what was found, what is needed and what to do."""

    def __init__(
        self,
        message: str,
        code: Code | None = None,
        values: Mapping[str, object] | None = None,
        *,
        notes: Sequence[Message] = (),
        problems: tuple[Problem, ...] = (),
        count_rows: int = 0,
        columns: tuple[Mapping[str, object], ...] = (),
    ) -> None:
        super().__init__(message)
        self.message_parts = (Message(message, code, values or {}), *notes)
        self.count_rows = count_rows
        self.problems = problems
        self.columns = columns
        self.reader = ""  # the reader that knew the file, where it refused it before a row was read


class OptionError(ValueError):
    """An option of the user that cannot be meant, and how to write it."""

    def __init__(self, message: str, code: Code | None = None, values: Mapping[str, object] | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.values = values or {}


def joined(parts: Sequence[Message]) -> str:
    """The parts of a message as one sentence."""
    return "; ".join(part.message for part in parts)


def quoted(text: str) -> str:
    """A value as messages show it: on one line, without control characters, cut when long."""
    shown = "".join(
        c if c.isprintable() else f"\\x{ord(c):02x}" if ord(c) < 256 else f"\\u{ord(c):04x}"
        for c in text[: MAX_QUOTED_CHARACTERS + 1]
    )
    return shown if len(text) <= MAX_QUOTED_CHARACTERS else shown[:MAX_QUOTED_CHARACTERS] + "..."


def each_quoted(items: Sequence[str]) -> list[str]:
    """Names out of a file as values of a message: one each, as `quoted` shows it, without blank ones."""
    return [quoted(item) for item in items if item]


def rows_named(rows: Sequence[object], most: int = 5) -> str:
    """Rows as a sentence names them: "row 4", "rows 2, 3", "rows 2, 3, 5, 8, 9 and 7 more"."""
    more = f" and {len(rows) - most:,} more" if len(rows) > most else ""
    return f"row{'s' if len(rows) > 1 else ''} {', '.join(map(str, rows[:most]))}{more}"


def listed(items: list[str] | tuple[str, ...], most: int = 8) -> str:
    """Items as a sentence shows them: the first few, then how many more."""
    shown = ", ".join(quoted(item) for item in items[:most])
    return shown if len(items) <= most else f"{shown} and {len(items) - most} more"
