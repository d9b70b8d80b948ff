"""Read the brief that the options of a command describe: markets, goal and filters."""

from argparse import Namespace

from data.importers.values.countries import all_codes
from fit.brief import Brief, BriefError, parse_followers, parse_markets
from fit.cli.output import WrongUsage


def markets_of(arguments: Namespace) -> tuple[tuple[str, float], ...]:
    """The markets of --market with their weights. Raises WrongUsage."""
    try:
        return parse_markets(arguments.market, frozenset(all_codes()))
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
