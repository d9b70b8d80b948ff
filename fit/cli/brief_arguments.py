"""Read the brief that a command names: markets, goal and filters of its options, or the lines of a briefs file."""

from argparse import Namespace
from collections.abc import Set
from pathlib import Path
from typing import TYPE_CHECKING

from data.importers.values import countries
from fit.brief import Brief, BriefError, parse_followers, parse_markets
from fit.cli.output import Refused, WrongUsage, say

if TYPE_CHECKING:  # only a briefs file needs it, and the shortlist should not wait for it
    import polars as pl


def markets_of(arguments: Namespace) -> tuple[tuple[str, float], ...]:
    """The markets of --market with their weights. Raises WrongUsage."""
    try:
        return parse_markets(arguments.market, frozenset(countries.all_codes()))
    except BriefError as error:
        raise WrongUsage(error) from error


def brief_of(arguments: Namespace) -> Brief:
    """The brief of --market, --goal and the filters. Raises WrongUsage."""
    markets, share = markets_of(arguments), arguments.min_share
    try:
        low, high = parse_followers(arguments.followers or "")
    except BriefError as error:
        raise WrongUsage(error) from error
    if share is not None and not 0 <= share <= 1:
        raise WrongUsage(f"--min-share {share} is not from 0 to 1. Write 0.3 for 30 %.")
    each = arguments.min_share_each
    if each is not None and not 0 <= each <= 1:
        raise WrongUsage(f"--min-share-each {each} is not from 0 to 1. Write 0.05 for 5 %.")
    return Brief(markets, arguments.goal, tuple(arguments.platform), tuple(arguments.vertical), low, high, share, each)


def currency_of(arguments: Namespace) -> str | None:
    """The code of --currency. Raises WrongUsage for one that nobody knows."""
    if arguments.currency is None:
        return None
    code = countries.currency(arguments.currency)
    if code is None:
        raise WrongUsage(f"--currency {arguments.currency!r} is no code of a currency. Write it like EUR.")
    return code


def lines_of_file(name: str, known: Set[str]) -> "pl.DataFrame":
    """The lines of a briefs file, of creators that the store knows. Raises Refused."""
    from data.importers.report import RefusedError
    from data.importers.table import read_briefs
    from fit.forecast import lines_of_rows

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
