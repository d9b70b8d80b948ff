"""Hold the forecasts against past campaigns, from the command line."""

import re
from argparse import Namespace
from datetime import date, datetime

from data import store
from data.decisions import Did
from fit.backtest import Accuracy, Finding, TooFewCampaigns, back_test, health_of, read_facts
from fit.cli.output import Bar, ExitCode, Refused, WrongUsage, print_json
from fit.cli.store_access import asking, deciding, has_decisions, note_activity, opened
from fit.load_steps import Step
from fit.review import compute_track_record, past_forecasts
from fit.text import shortened, words

_QUARTER = re.compile(r"([12]\d{3})-?Q([1-4])", re.IGNORECASE)


def backtest(arguments: Namespace) -> ExitCode:
    """Walk forward through past campaigns; a report of how good the forecasts were, with the data's health."""
    since = _quarter(arguments.since)
    if since is not None and arguments.apply:
        raise WrongUsage("--apply needs all quarters; leave --since out")
    generation = opened(arguments)
    ask = asking(generation)
    bar = Bar()
    try:
        accuracy = back_test(read_facts(ask), since, lambda part, quarter: bar(Step.JUDGING, part, quarter))
    except TooFewCampaigns as error:
        raise Refused(str(error)) from error
    finally:
        bar.close()
    folder = store.store_folder(arguments.store)
    if since is None:
        store.save_accuracy(folder, generation.number, *accuracy.counts)
    closed = deciding(arguments, lambda decisions: decisions.reviews()) if has_decisions(arguments) else []
    record = compute_track_record(past_forecasts(closed))
    health = health_of(ask, accuracy, date.today())
    if arguments.json:
        lines = [finding.as_json() for finding in health]
        document = accuracy.as_json() | {"reviews": record.as_json(), "health": lines, "demo": generation.is_demo}
        applied = {"applied": _apply(arguments, generation.number, accuracy)} if arguments.apply else {}
        print_json({"generation": generation.number, **document, **applied, "warnings": list(generation.warnings)})
    else:
        _print(accuracy, health, record.message if record.count_closed else "")
        if arguments.apply:
            number = _apply(arguments, generation.number, accuracy)
            print(f"Data version {number} is live, with these corrections. python -m fit undo takes them back.")
    return ExitCode.DONE


def _apply(arguments: Namespace, generation: int, accuracy: Accuracy) -> int | None:
    """Publish the corrections that are earned; the data version that counts then. Raises Refused without any."""
    from fit.refresh import apply_corrections

    if not accuracy.earned:
        raise Refused("A correction would not help, so there is none to apply. Forecasts stay as they are.")
    bar = Bar()
    try:
        folder = store.store_folder(arguments.store)
        number = apply_corrections(folder, generation, accuracy.earned, now=datetime.now(), progress=bar)
    finally:
        bar.close()
    if number is not None:
        store.save_accuracy(folder, number, *accuracy.counts)
        note_activity(arguments, Did.CORRECT, str(number))
    return number


def _quarter(text: str | None) -> int | None:
    """Read "2025-Q3" as quarter_of() numbers it. Raises WrongUsage."""
    if text is None:
        return None
    found = _QUARTER.fullmatch(text.strip())
    if found is None:
        raise WrongUsage(f"--since {shortened(text)!r} is no quarter. Write it as 2025-Q3.")
    return int(found[1]) * 4 + int(found[2]) - 1


def _print(accuracy: Accuracy, health: tuple[Finding, ...], of_charters: str) -> None:
    """The answer, a line for each metric, the chances of targets, what closed reviews add, and the health card."""
    print(accuracy.because)
    for past in accuracy.metrics:
        low, high = past.held.interval
        score = "" if past.wis_against_raw is None else f"; score against own past rate {past.wis_against_raw:.2f}"
        print(
            f"  {words.metric(past.metric)}: {past.held.share:.0%} of {past.held.count:,} inside the likely range "
            f"({low:.0%} to {high:.0%}){score}"
        )
    for correction in accuracy.recalibrations:
        print(f"  {correction.sentence}")
    print("Chance of a target, and how often it was hit:")
    for decile in accuracy.p_hit_by_decile:
        if decile.stated is not None:
            print(f"  {decile.stated:.0%} said: {decile.happened:.0%} of {decile.count:,}")
    if of_charters:
        print(f"Forecasts frozen in charters: {of_charters}")
    print("Health of the data:")
    for finding in health:
        do = f" {finding.do}" if finding.do else ""
        print(f"  {finding.status.upper()} {finding.check}: {finding.found} (needed: {finding.needed}).{do}")
