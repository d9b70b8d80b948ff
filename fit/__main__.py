"""What can the pages say without a browser? The command line, for cron jobs, notebooks and checks."""

import argparse
import sys
import time
from collections.abc import Sequence
from datetime import date, datetime
from functools import partial
from importlib import import_module
from pathlib import Path

from data import store
from data.decisions import DecisionsError
from data.importers.report import Code
from fit.cli import limits
from fit.cli.opened_store import asking, opened
from fit.cli.output import (
    Refused,
    event,
    matching_in_words,
    metrics_in_words,
    outlook_in_words,
    print_json,
    report_in_words,
    say,
    unknown_creator,
    write_table,
    wrote_story,
)
from fit.cli.parser import parse
from fit.cli.progress import Bar, Lines
from queries.ask import TooSlow

DONE, REFUSED, WRONG_USAGE, BUSY = 0, 1, 2, 3


def load(arguments: argparse.Namespace) -> int:
    """Bring files in: a file, a folder or a zip of exports."""
    from data.importers.load import Options
    from fit.cli.load_arguments import typed_each, typed_mapping
    from fit.refresh import load as bring
    from fit.refresh import preview

    missing = [path for path in arguments.paths if not Path(path).exists()]
    if missing:
        raise Refused(f"There is no file or folder {', '.join(missing)}. Check the path; nothing was loaded.")
    progress = Lines() if arguments.json_lines else Bar()
    folder, paths = store.store_folder(arguments.store), [Path(path) for path in arguments.paths]
    try:
        options = Options(arguments.creator, arguments.market, arguments.kind, typed_mapping(arguments))
        read = preview if arguments.preview else bring
        report = read(folder, paths, options, now=datetime.now(), own=typed_each(arguments), progress=progress)
    except ValueError as error:  # options that cannot be meant
        if arguments.json_lines:
            return _failed(arguments, error, WRONG_USAGE)
        arguments.parser.error(str(error))
    finally:
        progress.close()
    for warning in report.warnings:
        say(warning)
    if arguments.json_lines:
        event("report", **report.as_json())
    elif arguments.json:
        print_json(report.as_json())
    else:
        report_in_words(report)
    return DONE if report.is_whole else REFUSED


def _markets(arguments: argparse.Namespace) -> tuple[tuple[str, float], ...]:
    from data.importers.values.countries import all_codes
    from fit.brief import BriefError, parse_markets

    try:
        return parse_markets(arguments.market, frozenset(all_codes()))
    except BriefError as error:
        arguments.parser.error(str(error))


def _brief(arguments: argparse.Namespace):
    from fit.cli.arguments import typed_brief

    return typed_brief(arguments, _markets(arguments))


def _timings(answer, count: int) -> list[float]:
    """Milliseconds of each warm repeat, question to answer."""
    taken = []
    for _ in range(count):
        began = time.perf_counter()
        answer()
        taken.append(round(1000 * (time.perf_counter() - began), 3))
    return taken


def _head(generation: store.Generation, brief, found) -> dict[str, object]:
    return {
        "generation": generation.number,
        "demo": generation.is_demo,
        "goal": brief.goal,
        "markets": brief.weights,
        "count_matching": found.count_matching,
        "warnings": [*generation.warnings, *found.warnings],
    }


def shortlist(arguments: argparse.Namespace) -> int:
    """Who fits this brief, in what order?"""
    import polars as pl

    from fit.documents import csv_text
    from fit.shortlist import shortlist as judge

    brief = _brief(arguments)
    generation = opened(arguments)
    answer = partial(judge, asking(generation), brief, top=arguments.top)
    found = answer()
    answered = _head(generation, brief, found) | {"creators": [c.as_json() for c in found.candidates]}
    if arguments.repeat:
        answered["timings_ms"] = _timings(answer, arguments.repeat)
    if arguments.json:
        print_json(answered)
        return DONE
    for warning in found.warnings:
        say(warning)
    if arguments.csv:
        print(csv_text(found.as_table().with_columns(demo=pl.lit(generation.is_demo))), end="")
        return DONE
    print(matching_in_words(found.count_matching, generation.is_demo))
    for c in found.candidates:
        print(f"{c.rank:>4}. {c.creator_name or c.creator_id} ({c.creator_id}): {c.role.label}. {c.because}")
    return DONE


def creator(arguments: argparse.Namespace) -> int:
    """One creator against a brief, with audience, campaigns and totals."""
    from fit.cli.totals import totals
    from fit.shortlist import shortlist as judge

    brief = _brief(arguments)
    generation = opened(arguments)
    ask = asking(generation)
    answer = partial(judge, ask, brief, top=1, creator_id=arguments.id)
    found = answer()
    if not found.candidates:
        raise unknown_creator(arguments.id, ask("creator_names").rows())
    (candidate,) = found.candidates
    campaigns = ask("campaigns_of_creator", creator_id=arguments.id)
    entry = candidate.as_json() | {
        "audience": ask("audience_of_all_sources", creator_id=arguments.id).to_dicts(),
        "campaigns": campaigns.drop("campaign_key").to_dicts(),
        "totals": totals(campaigns, ask("money_of_creator", creator_id=arguments.id)),
    }
    answered = _head(generation, brief, found) | {"creators": [entry]}
    if arguments.repeat:
        answered["timings_ms"] = _timings(answer, arguments.repeat)
    if arguments.json:
        print_json(answered)
        return DONE
    print(f"{candidate.creator_name or candidate.creator_id}{' (demo: invented data)' if generation.is_demo else ''}")
    print(f"Rank {candidate.rank} of {found.count_matching} for {brief.words}, goal {brief.goal}. {candidate.because}")
    print(candidate.role.what_would_change)
    return DONE


def strengths(arguments: argparse.Namespace) -> int:
    """Every creator's strength at every stage, as CSV or Parquet."""
    generation = opened(arguments)
    write_table(asking(generation)("strengths", creator_id=None), arguments.out, is_demo=generation.is_demo)
    return DONE


def roles(arguments: argparse.Namespace) -> int:
    """Every creator's role, natural or in a market, as CSV or Parquet."""
    from fit.shortlist import roles_of_all

    brief = _brief(arguments) if arguments.market else None
    generation = opened(arguments)
    write_table(roles_of_all(asking(generation), brief), arguments.out, is_demo=generation.is_demo)
    return DONE


def forecast(arguments: argparse.Namespace) -> int:
    """What may we expect of one brief line, or of a file of them?"""
    from fit.cli.arguments import typed_one_line
    from fit.cli.files import lines_of_file
    from fit.forecast import forecast_line, forecasts, read_stored

    generation = opened(arguments)
    ask = asking(generation)
    known = set(ask("creator_names")["creator_id"])
    if arguments.briefs:
        if not arguments.out:
            arguments.parser.error("--briefs needs --out")
        write_table(
            forecasts(lines_of_file(arguments, known), read_stored(ask)), arguments.out, is_demo=generation.is_demo
        )
        return DONE
    if not arguments.creator or not arguments.market:
        arguments.parser.error("--creator and --market are needed (or --briefs and --out)")
    line, targets = typed_one_line(arguments, _markets(arguments), known)
    found = forecast_line(ask, line, targets)
    if arguments.json:
        print_json(found.as_json())
    else:
        outlook_in_words(found)
    return DONE


def deck(arguments: argparse.Namespace) -> int:
    """A document about one to five creators, for people who decide."""
    from fit.cli.arguments import typed_document
    from fit.documents import write_story
    from fit.story import StoryError, build_story

    brief = _brief(arguments)
    creators, ending, line = typed_document(arguments)
    generation = opened(arguments)
    ask = asking(generation)
    names = ask("creator_names").rows()
    for creator_id in creators:
        if creator_id not in {known for known, _ in names}:
            raise unknown_creator(creator_id, names)
    try:
        story = build_story(ask, brief, creators, line, date.today())
    except StoryError as error:
        raise Refused(str(error)) from error
    wrote_story(story, Path(arguments.out), write_story(story, ending))
    return DONE


def metrics(arguments: argparse.Namespace) -> int:
    """The metric library: what each metric means, and who controls it."""
    from fit.metrics import METRICS

    if arguments.json:
        print_json({"metrics": [vars(one) for one in METRICS.values()]})
    else:
        metrics_in_words(METRICS.values())
    return DONE


def payoffs(arguments: argparse.Namespace) -> int:
    """What each brief's money buys against market price."""
    from fit.cli.files import lines_of_file
    from fit.forecast import payoffs_of_briefs, read_stored

    generation = opened(arguments)
    ask = asking(generation)
    lines = lines_of_file(arguments, set(ask("creator_names")["creator_id"]))
    write_table(payoffs_of_briefs(lines, read_stored(ask)), arguments.out, is_demo=generation.is_demo)
    return DONE


def _later(subject: str, name: str):
    """A command of fit/commands/, imported when it is called: it brings packages that a load should not wait for."""
    return lambda arguments: getattr(import_module(f"fit.cli.{subject}_commands"), name)(arguments)


COMMANDS = {
    "load": load,
    "shortlist": shortlist,
    "creator": creator,
    "strengths": strengths,
    "roles": roles,
    "forecast": forecast,
    "payoffs": payoffs,
    "deck": deck,
    "brief": _later("agreement", "brief"),
    "charter": _later("agreement", "charter"),
    "sign": _later("agreement", "sign"),
    "charters": _later("agreement", "charters"),
    "review": _later("review", "review"),
    "track-record": _later("review", "track_record"),
    "metrics": metrics,
    "demo": _later("store", "demo"),
    "export": _later("store", "export"),
    "undo": _later("store", "undo"),
    "check": _later("store", "check"),
}


def _failed(arguments: argparse.Namespace, error: Exception, exit_code: int, code: Code | None = None) -> int:
    """Say why nothing came of a command, on stderr or as an event; return its exit code."""
    if getattr(arguments, "json_lines", False):
        code, values = getattr(error, "code", code), getattr(error, "values", {})
        event("failed", code=code, values=values, message=str(error))
    else:
        say(str(error))
    return exit_code


def main(words: Sequence[str] | None = None) -> int:
    """Run one command; return its exit code (0 done whole, 1 in part or refused, 2 wrong usage, 3 busy)."""
    arguments = parse(words, COMMANDS)
    try:
        return arguments.run(arguments)
    except store.StoreBusy as busy:
        return _failed(arguments, busy, BUSY, Code.STORE_BUSY)
    except store.StoreOutOfMemory as met:
        return _failed(arguments, met, REFUSED, Code.OUT_OF_MEMORY)
    except (Refused, TooSlow, store.StoreError, DecisionsError) as refused:
        return _failed(arguments, refused, REFUSED)
    except BrokenPipeError:  # the reader of our output, such as `head`, has seen enough
        sys.stderr.close()
        return DONE
    except OSError as error:
        say(f"{error.filename or 'The output'}: {error.strerror}. Choose a place that exists and can be written.")
        return REFUSED


if __name__ == "__main__":
    limits.limit()
    sys.exit(main())
