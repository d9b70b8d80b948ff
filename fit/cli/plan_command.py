"""Plan a budget from the command line: which creators to book, what they bring together, what is left out and why."""

import ctypes
import os
import sys
from argparse import Namespace
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from fit.ask import Ask
from fit.brief import MOST_LISTED, Brief, BriefError, market_code, parse_count, parse_deliverable
from fit.cli.brief_arguments import brief_of, currency_of, lines_of_file
from fit.cli.output import ExitCode, Refused, WrongUsage, print_json, say, unknown_creator, write_table
from fit.cli.store_access import asking, opened
from fit.forecast import LARGEST_TARGET, MOST_COST, MOST_COUNT, parse_target
from fit.plan import (
    Candidates,
    Plan,
    PlanLine,
    PlanRefused,
    PlanRequest,
    candidates_of_brief,
    candidates_of_lines,
    make_plan,
)
from fit.shortlist import Expected, outcome_count, outcome_range, target_words
from fit.text import counted, listing, shortened, words

LISTED = 10  # left-out lines that a person is shown; --out has them all
FILTERS = ("market", "platform", "vertical", "followers", "min_share", "deliverable")  # a briefs file says these itself


def plan(arguments: Namespace) -> ExitCode:
    """Choose what to book for a budget."""
    request, currency = _request(arguments), currency_of(arguments)
    deliverables = [_deliverable(text) for text in arguments.deliverable]
    brief = None if arguments.briefs else _brief_of(arguments)
    generation = opened(arguments)
    ask = asking(generation)
    _check_creators(ask, (*request.must, *request.without))
    try:
        if brief is None:
            lines = lines_of_file(arguments.briefs, set(ask("creator_names")["creator_id"]))
            _check_markets(request, [code for market in lines["market"].unique() for code in market.split("+")])
            candidates = candidates_of_lines(ask, lines, arguments.goal, currency, tuple(request.at_least))
        else:
            candidates = candidates_of_brief(ask, brief, deliverables, currency, tuple(request.at_least))
        with _quiet_solver():
            made = make_plan(candidates, request)
    except PlanRefused as error:
        raise Refused(str(error)) from error
    if arguments.json:
        document = made.as_json()
        warnings = [*generation.warnings, *made.warnings]
        print_json({"generation": generation.number, "demo": generation.is_demo, **document, "warnings": warnings})
        return ExitCode.DONE
    for warning in made.warnings:
        say(warning)
    if arguments.out:
        write_table(made.as_table(), arguments.out, is_demo=generation.is_demo)
        print(made.because)
        return ExitCode.DONE
    _print_plan(made, candidates)
    return ExitCode.DONE


@contextmanager
def _quiet_solver() -> Iterator[None]:
    """Keep what HiGHS prints of itself off standard output: it belongs to the answer alone."""
    flush = ctypes.CDLL(None).fflush
    sys.stdout.flush()
    flush(None)
    kept, nowhere = os.dup(1), os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 1)
        yield
        flush(None)
    finally:
        os.dup2(kept, 1)
        os.close(kept)
        os.close(nowhere)


def _brief_of(arguments: Namespace) -> Brief:
    if not arguments.market:
        raise WrongUsage("--market is needed (or --briefs)")
    return brief_of(arguments)


def _deliverable(text: str) -> tuple[str | None, int]:
    """Read one --deliverable. Raises WrongUsage."""
    try:
        kind, count = parse_deliverable(text)
    except BriefError as error:
        raise WrongUsage(error) from error
    if count > MOST_COUNT:
        raise WrongUsage(f"--deliverable {text!r} is more than one line holds; write up to {MOST_COUNT}.")
    return kind, count


def _request(arguments: Namespace) -> PlanRequest:
    """What the options ask of the plan. Raises WrongUsage for what cannot be meant."""
    budget, part = arguments.budget, arguments.most_for_one
    if not 0 < budget < MOST_COST:
        raise WrongUsage(f"--budget {budget:g} is no amount above 0.")
    if part is not None and not 0 < part <= 1:
        raise WrongUsage(f"--most-for-one {part:g} is not above 0 and up to 1. Write 0.4 for 40 %.")
    if both := sorted(set(arguments.must) & set(arguments.without)):
        raise WrongUsage(f"--must and --without both name {listing(both)}. Choose one.")
    if arguments.briefs and (given := [name for name in FILTERS if getattr(arguments, name)]):
        options = listing([f"--{name.replace('_', '-')}" for name in given])
        raise WrongUsage(f"--briefs goes without {options}: the file says it for each line.")
    fewest, most = _range(arguments.creators)
    try:
        targets = tuple(dict(map(parse_target, arguments.target)).items())
    except BriefError as error:
        raise WrongUsage(error) from error
    request = PlanRequest(
        budget,
        fewest,
        most,
        tuple(dict.fromkeys(arguments.must)),
        tuple(dict.fromkeys(arguments.without)),
        part,
        arguments.several,
        dict(map(_at_least, arguments.at_least)),
        targets,
        arguments.quarters,
    )
    if not arguments.briefs:
        _check_markets(request, [market_code(text.partition("=")[0]) for text in arguments.market])
    return request


def _range(text: str | None) -> tuple[int, int | None]:
    """Read MIN:MAX creators, either side open. Raises WrongUsage."""
    if text is None:
        return 0, None
    low, colon, high = (part.strip() for part in text.partition(":"))
    fewest, most = parse_count(low or "0", MOST_LISTED), parse_count(high, MOST_LISTED)
    if not colon or fewest is None or (high and most is None):
        raise WrongUsage(f"--creators {shortened(text)!r} is not understood. Write MIN:MAX, for example 2:6 or :6.")
    if most is not None and (most < 1 or most < fewest):
        raise WrongUsage(
            f"--creators {text!r} leaves nothing to book. Write the smaller number first, the other above 0."
        )
    return fewest, most


def _at_least(text: str) -> tuple[str, float]:
    """Read CODE=N of --at-least. Raises WrongUsage."""
    code, _, number = text.partition("=")
    try:
        least = float(number)
    except ValueError:
        least = 0.0
    if not 0 < least < LARGEST_TARGET:
        raise WrongUsage(
            f"--at-least {shortened(text)!r} is not understood. Write a market and a number above 0, like DE=5."
        )
    return market_code(code), least


def _check_markets(request: PlanRequest, markets: Sequence[str]) -> None:
    for code in request.at_least:
        if code not in markets:
            raise WrongUsage(f"--at-least names {code}, which is none of the markets: {listing(sorted(set(markets)))}.")


def _check_creators(ask: Ask, creators: Sequence[str]) -> None:
    """Raises Refused for a creator that nobody knows, with the nearest names."""
    names = ask("creator_names").rows() if creators else []
    known = {creator_id for creator_id, _ in names}
    for creator_id in creators:
        if creator_id not in known:
            raise unknown_creator(creator_id, names)


def _print_plan(made: Plan, candidates: Candidates) -> None:
    """What to book, what it brings together, what the limits cost, and what is left out."""
    money = candidates.currency

    def brought(mean: float | None, p10: float | None = None, p90: float | None = None) -> str:
        said = Expected(made.total.metric, mean, p10, p90)
        likely = outcome_range(said)
        return f"{outcome_count(said)} ({likely})" if likely else outcome_count(said)

    people = {one.line.creator_id for one in made.booked}
    print(made.because)
    for one in made.booked:
        cost = words.price(one.line.price, money)
        print(f"  {_words_of(one.line)} for {cost}: {brought(one.line.mean, one.p10, one.p90)}")
    for target in made.targets:
        print(f"Target: {target_words(target, money)}.")
    for limit in made.limits:
        costs = f"costs {brought(limit.costs)}" if limit.costs > 0 else "costs nothing"
        print(f"Limit: {limit.limit} {costs}.")
    if made.next_swap is not None:
        out, joins = (
            listing([_words_of(line) for line in some]) for some in (made.next_swap.out, made.next_swap.joins)
        )
        fewer = words.expected(made.total.metric, -made.next_swap.change)
        print(f"Next best swap: {joins} in place of {out} brings {fewer} fewer.")
    others = [one for one in made.left_out if one.line.creator_id not in people]
    for left_out in others[:LISTED]:
        print(f"Left out: {_words_of(left_out.line)}: {left_out.reason}.")
    if len(others) > LISTED:
        print(f"{len(others) - LISTED:,} more left out; --out FILE lists all.")
    if made.pilots:
        worth = [pilot.creator_id for pilot in made.pilots if pilot.worth_it]
        tested = f"Worth a test: {listing(worth)}." if worth else "None of them is worth a test at this price."
        print(f"Too little evidence for {counted(len(made.pilots), 'creator', 'creators')}. {tested}")


def _words_of(line: PlanLine) -> str:
    """ "Mara (c001), 2 x post"."""
    name = line.name if line.name == line.creator_id else f"{line.name} ({line.creator_id})"
    return f"{name}, {line.count} x {line.deliverable}"
