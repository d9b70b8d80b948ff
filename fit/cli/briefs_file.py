"""Read the lines of a briefs file that a command names."""

from collections.abc import Set
from pathlib import Path

import polars as pl

from data.importers.report import RefusedError
from data.importers.table import read_briefs
from fit.brief import BriefError
from fit.cli.output import Refused, say
from fit.forecast import lines_of_rows


def lines_of_file(name: str, known: Set[str]) -> pl.DataFrame:
    """The lines of a briefs file, of creators that the store knows. Raises Refused."""
    path = Path(name)
    try:
        rows, note = read_briefs(path)
        lines = lines_of_rows(rows, known, path.name)
    except RefusedError as refusal:
        raise Refused(f"{path.name}: {refusal}.") from refusal
    except BriefError as error:
        raise Refused(str(error)) from error
    if note:
        say(f"{path.name}: {note}.")
    return lines
