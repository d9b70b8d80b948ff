"""Load files from the command line: options for all files and for single ones, a preview, and the report."""

import json
import re
from argparse import Namespace
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from data import store
from data.decisions import Did
from data.importers.load import Options
from data.importers.report import OptionError, Problem
from data.importers.values import countries
from fit import refresh
from fit.cli.output import Bar, ExitCode, Lines, Refused, WrongUsage, event, print_json, say
from fit.cli.store_access import note_activity
from fit.text import counted

FILE_OPTIONS = (
    "creator",
    "market",
    "kind",
    "campaign",
    "date",
    "currency",
    "platform",
)  # what --each may say of one file, beside its columns
RATE = re.compile(r"\d{1,9}(\.\d{1,9})?")
SMALLEST_RATE, LARGEST_RATE = 1e-6, 1e9 - 1  # as rates.csv takes them
SHOWN_PROBLEMS = 20  # of a file; --json lists them all


def load(arguments: Namespace) -> ExitCode:
    """Load files (exports or plain tables, in folders or a zip too) into a new generation, or preview that."""
    missing = [path for path in arguments.paths if not Path(path).exists()]
    if missing:
        raise Refused(f"There is no file or folder {', '.join(missing)}. Check the path; nothing was loaded.")
    folder, paths = store.store_folder(arguments.store), [Path(path) for path in arguments.paths]
    before = store.current(folder)
    try:
        texts = {name: getattr(arguments, name) for name in ("campaign", "date", "currency", "platform")}
        given = {name: value for name, value in texts.items() if value is not None} | {"code": _codes(arguments)}
        options = Options(arguments.creator, arguments.market, arguments.kind, _mapping(arguments)).but(given)
        rates, own, now = _rates(arguments), _file_options(arguments), datetime.now()
        if not paths and not rates:
            raise ValueError("load needs a file or folder, or --rate USD=0.92")
        if arguments.preview and rates:
            raise ValueError("--preview says what files would change; load --rate without it")
    except ValueError as error:  # options that cannot be meant
        raise WrongUsage(error) from error
    progress = Lines() if arguments.json_lines else Bar()
    try:
        if arguments.preview:
            report = refresh.preview(folder, paths, options, now=now, own=own, progress=progress)
        else:
            report = refresh.load(folder, paths, options, now=now, own=own, rates=rates, progress=progress)
    except OptionError as error:
        raise WrongUsage(error) from error
    finally:
        progress.close()
    if not arguments.preview and report.generation != before:
        note_activity(arguments, Did.LOAD, str(report.generation))
    for warning in report.warnings:
        say(warning)
    if arguments.json_lines:
        event("report", **report.as_json())
    elif arguments.json:
        print_json(report.as_json())
    else:
        _print_report(report)
    return ExitCode.DONE if report.is_whole else ExitCode.REFUSED


def _mapping(arguments: Namespace) -> tuple[tuple[str, str], ...]:
    """The pairs of --map. A heading may hold =, a column of ours never does. Raises ValueError for what is no pair."""
    pairs = [pair.rpartition("=") for pair in arguments.map]
    if not all(source and target for source, _, target in pairs):
        raise ValueError("--map takes FROM=TO, for example --map 'Total followers=followers'")
    return tuple((source, target) for source, _, target in pairs)


def _codes(arguments: Namespace) -> tuple[tuple[str, str], ...]:
    """The pairs of --code: whose code it is. Raises ValueError for what is no pair."""
    pairs = [pair.partition("=") for pair in arguments.code]
    if not all(code.strip() and creator.strip() for code, _, creator in pairs):
        raise ValueError("--code takes CODE=CREATOR, for example --code OTTER10=plum-otter")
    return tuple((code.strip(), creator.strip()) for code, _, creator in pairs)


def _rates(arguments: Namespace) -> dict[str, str]:
    """The pairs of --rate: currency to rate, as typed. Raises ValueError for what is no currency or no rate."""
    rates: dict[str, str] = {}
    for pair in arguments.rate:
        name, _equals, rate = pair.partition("=")
        code = countries.currency(name)
        if code is None:
            raise ValueError(f"--rate {pair}: {name!r} is no currency; write its ISO 4217 code, for example USD=0.92")
        if not RATE.fullmatch(rate) or not SMALLEST_RATE <= float(rate) <= LARGEST_RATE:
            raise ValueError(
                f"--rate {pair}: the rate is what one {code} is worth in the currency of your prices, a number above 0 "
                "with a point before its decimals, for example USD=0.92"
            )
        if code in rates:
            raise ValueError(f"--rate gives {code} twice; give it once")
        rates[code] = rate
    return rates


def _file_options(arguments: Namespace) -> dict[Path, Mapping[str, object]]:
    """What the file of --each says of single paths. Raises ValueError for another file."""
    if arguments.each is None:
        return {}
    try:
        options = json.loads(Path(arguments.each).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ValueError(f"--each {arguments.each} is no file of JSON ({error})") from error
    if not isinstance(options, dict):
        raise ValueError("--each needs one JSON object: what holds, by path")
    for path, of_file in options.items():
        if path not in arguments.paths:
            raise ValueError(f"--each speaks of {path!r}, which is none of the paths to load")
        if not _are_file_options(of_file):
            raise ValueError(
                f"--each of {path!r} takes {', '.join(FILE_OPTIONS)} as texts, map as pairs of texts [FROM, TO] "
                "and code as pairs of texts [CODE, CREATOR]"
            )
    return {Path(path): of_file for path, of_file in options.items()}


def _are_file_options(value: object) -> bool:
    if not isinstance(value, dict) or not value.keys() <= {*FILE_OPTIONS, "map", "code"}:
        return False
    are_lists = all(isinstance(value.get(name, []), list) for name in ("map", "code"))
    are_pairs = are_lists and all(
        isinstance(pair, list) and len(pair) == 2 and all(isinstance(text, str) and text for text in pair)
        for pair in [*value.get("map", []), *value.get("code", [])]
    )
    return are_pairs and all(isinstance(value[name], str) for name in FILE_OPTIONS if name in value)


def _print_report(report: refresh.LoadReport) -> None:
    """Print what became of every file, and what a preview would change."""
    for file in report.files:
        print(f"{file.status}: {file.path}: {file.message}")
        for problem in file.problems[:SHOWN_PROBLEMS]:
            print(f"  {problem_in_words(problem)}")
        if len(file.problems) > SHOWN_PROBLEMS:
            print(f"  ... and {len(file.problems) - SHOWN_PROBLEMS:,} more; --json lists them.")
    if report.creators_by_change is not None:
        for change, ids in report.creators_by_change.items():
            named = f": {', '.join(ids[:5])}{', ...' if len(ids) > 5 else ''}" if ids else ""
            print(f"{counted(len(ids), 'creator', 'creators')} {change}{named}")
        print("Nothing was changed: this was a preview.")
    print(f"Data version {report.generation} is live." if report.generation else "The store is still empty.")


def problem_in_words(problem: Problem) -> str:
    """Say where a problem is, what was found, why the row was skipped, and in a second sentence how to fix it."""
    position = f"row {problem.row}" if problem.row is not None else "whole file"
    who = f" ({problem.creator})" if problem.creator else ""
    # The value is shown as the report holds it: what could not be printed is already written as an escape.
    cell = f'{position}{who}, {problem.column or "all columns"} = "{problem.value}"'
    fix = f"{problem.fix[:1].upper()}{problem.fix[1:]}"
    return " ".join(f"{sentence.rstrip('.')}." for sentence in (f"{cell}: {problem.reason}", fix) if sentence)
