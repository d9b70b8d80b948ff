"""Forecast one line of a brief or a file of them, and compute payoffs, from the command line."""

from argparse import Namespace
from collections.abc import Sequence

import polars as pl

from fit.brief import BriefError
from fit.cli.brief_arguments import currency_of, lines_of_file, markets_of
from fit.cli.output import ExitCode, WrongUsage, print_json, unknown_creator, write_table
from fit.cli.store_access import asking, opened
from fit.forecast import (
    LineForecast,
    asked_line,
    forecast_line,
    forecasts,
    parse_target,
    payoffs_of_briefs,
    read_stored,
)
from fit.shortlist import forecast_caveat
from fit.text import words


def forecast(arguments: Namespace) -> ExitCode:
    """Forecast one line of a brief, or a file of them."""
    generation = opened(arguments)
    ask = asking(generation)
    names = ask("creator_names")
    if arguments.briefs:
        if not arguments.out:
            raise WrongUsage("--briefs needs --out")
        table = forecasts(lines_of_file(arguments.briefs, set(names["creator_id"])), read_stored(ask))
        write_table(table, arguments.out, is_demo=generation.is_demo, is_json=arguments.json)
        return ExitCode.DONE
    if not arguments.creator or not arguments.market:
        raise WrongUsage("--creator and --market are needed (or --briefs and --out)")
    line, targets = _line(arguments, names.rows())
    outlook = forecast_line(ask, line, targets)
    if arguments.json:
        print_json(outlook.as_json())
    else:
        _print_forecast(outlook)
    return ExitCode.DONE


def payoffs(arguments: Namespace) -> ExitCode:
    """Write what each brief's money buys against market price, as CSV or Parquet."""
    generation = opened(arguments)
    ask = asking(generation)
    lines = lines_of_file(arguments.briefs, set(ask("creator_names")["creator_id"]))
    write_table(payoffs_of_briefs(lines, read_stored(ask)), arguments.out, is_demo=generation.is_demo)
    return ExitCode.DONE


def _line(
    arguments: Namespace, names: Sequence[tuple[str, str | None]]
) -> tuple[pl.DataFrame, list[tuple[str, float]]]:
    """The brief line that the options describe, and its targets. Raises Refused for a creator that nobody knows.

    names: creator_id and creator_name of all.
    """
    markets = [code for code, _ in markets_of(arguments)]
    currency = currency_of(arguments)
    if arguments.creator not in {creator_id for creator_id, _ in names}:
        raise unknown_creator(arguments.creator, names)
    try:
        line = asked_line(arguments, markets).with_columns(currency=pl.lit(currency, pl.String))
        return line, [parse_target(text) for text in arguments.target]
    except BriefError as error:
        raise WrongUsage(error) from error


def _print_forecast(outlook: LineForecast) -> None:
    """Print a forecast: what it rests on where nothing was measured, one line per metric, one per target."""
    if sentence := forecast_caveat(outlook):
        print(sentence)
    for metric, known in outlook.metrics.items():
        if known["p50"] is None:
            print(f"{metric.replace('_', ' ')}: not known from your data")
            continue
        low, middle, high = (words.about(known[name]) for name in ("p10", "p50", "p90"))
        none = f"; {known['p_zero']:.0%} of results bring none" if known["p_zero"] else ""
        print(f"{metric.replace('_', ' ')}: {middle} ({low} to {high} 8 times in 10{none})")
    for target in outlook.targets:
        chance = "not known" if target.p_hit is None else words.chance(target.p_hit)
        print(f"chance of {target.metric.replace('_', ' ')} {target.target:,g}: {chance}")
    if outlook.cost_per_expected_sale is not None:
        print(f"cost per expected sale: {outlook.cost_per_expected_sale:,.2f} {outlook.currency or ''}".rstrip())
