"""What became of a file that was brought in? The values that every load answers with."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace

from data.importers.limits import MAX_QUOTED_CHARACTERS


@dataclass(frozen=True)
class Options:
    """What the user says about the files: whose they are, their market, their kind, their columns (FROM, TO)."""

    creator: str | None = None
    market: str | None = None
    kind: str | None = None
    mapping: tuple[tuple[str, str], ...] = ()

    def but(self, said: Mapping[str, object]) -> "Options":
        """These options with what is said of one file alone: any of creator, market, kind and map (FROM, TO pairs)."""
        own = {name: value for name, value in said.items() if name != "map"}
        if "map" in said:
            own["mapping"] = tuple((source, target) for source, target in said["map"])
        return replace(self, **own)

    def as_text(self) -> str:
        """The same options are the same text, in whatever order the columns were mapped."""
        given = {"creator": self.creator, "kind": self.kind, "map": sorted(self.mapping), "market": self.market}
        return json.dumps(given, sort_keys=True, ensure_ascii=False)


@dataclass(frozen=True)
class Problem:
    """One cell (or row) that was set aside. row: as a spreadsheet shows it; line: physical line of the file."""

    row: int | None
    line: int | None
    column: str
    value: str
    reason: str
    fix: str


@dataclass(frozen=True)
class FileReport:
    """What became of one file; status is one of: imported, partly imported, refused, already imported, passed over.

    count_rows_replaced: rows of earlier files whose place this one's take (superseded audiences stay in the history).
    """

    path: str
    sha256: str
    reader: str
    status: str
    count_rows_read: int
    count_rows_imported: int
    count_rows_quarantined: int
    creators: tuple[str, ...]
    coverage: dict[str, float]
    problems: tuple[Problem, ...]
    message: str
    count_rows_replaced: int = 0

    def as_json(self) -> dict[str, object]:
        """The entry of `files` in the JSON of `load`."""
        entry = asdict(self)
        del entry["sha256"]
        entry["creators"] = list(self.creators)
        entry["problems"] = [asdict(problem) for problem in self.problems]
        return entry


class RefusedError(Exception):
    """This file is not imported, and why: one sentence with what was found, what is needed and what to do."""

    def __init__(self, message: str, problems: tuple[Problem, ...] = (), count_rows: int = 0) -> None:
        super().__init__(message)
        self.count_rows = count_rows
        self.message = message
        self.problems = problems
        self.reader = ""  # the reader that knew the file, where it refused it before a row was read


def quoted(text: str) -> str:
    """A value as messages show it: on one line, without control characters, cut when long."""
    shown = "".join(
        c if c.isprintable() else f"\\x{ord(c):02x}" if ord(c) < 256 else f"\\u{ord(c):04x}"
        for c in text[: MAX_QUOTED_CHARACTERS + 1]
    )
    return shown if len(text) <= MAX_QUOTED_CHARACTERS else shown[:MAX_QUOTED_CHARACTERS] + "..."


def listed(items: list[str] | tuple[str, ...], most: int = 8) -> str:
    """Items as a sentence shows them: the first few, then how many more."""
    shown = ", ".join(quoted(item) for item in items[:most])
    return shown if len(items) <= most else f"{shown} and {len(items) - most} more"
