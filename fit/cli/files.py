"""Read the tables that a command names beside the store: the lines of --briefs, the results of --actuals."""

from argparse import Namespace
from collections.abc import Set
from functools import partial
from pathlib import Path

import polars as pl

from data.importers.report import RefusedError
from data.importers.table import read_briefs, read_numbers, read_table
from fit.agreement import Agreement
from fit.brief import BriefError
from fit.cli.output import Refused, say
from fit.forecast import lines_of_rows
from fit.metrics import METRICS
from fit.review import MOST_BYTES, ActualsError, count_known, impossible, read_actuals


def lines_of_file(typed: Namespace, known: Set[str]) -> pl.DataFrame:
    """The lines of the file of --briefs, of creators that the store knows. Raises Refused."""
    path = Path(typed.briefs)
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


def actuals_of_file(typed: Namespace, agreement: Agreement) -> dict[str, float]:
    """The results of the file of --actuals, metric to value. Raises Refused."""
    path = Path(typed.actuals)
    if not path.is_file():
        raise Refused(f"There is no file {typed.actuals}. Check the path.")
    own = {line.name for line in agreement.metrics if line.name not in METRICS}
    try:
        table = read_table(path, partial(count_known, own=own), most_bytes=MOST_BYTES)
        found = read_actuals(table.every_row, partial(read_numbers, currency=agreement.currency or ""), own)
    except RefusedError as refusal:
        raise Refused(f"{path.name}: {refusal}.") from refusal
    except ActualsError as error:
        raise Refused(f"{path.name}: {error}") from error
    if contradictions := impossible(found):
        raise Refused(f"{path.name}: {' '.join(contradictions)}")
    if table.note:
        say(f"{path.name}: {table.note}.")
    return found
