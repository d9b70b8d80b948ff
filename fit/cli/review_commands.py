"""Follow a running campaign, review it from a file of results, and print the track record, from the command line."""

import json
from argparse import Namespace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

from data import store
from data.decisions import ClosedReview, Did
from data.importers.report import RefusedError
from data.importers.table import read_numbers, read_table
from data.importers.values import dates
from fit.agreement import Agreement, AgreementError, FrozenForecast, frozen_rates
from fit.ask import Ask
from fit.cli.agreement_commands import agreement_of_file, agreement_of_text, document_bytes, ending_of, existing_file
from fit.cli.output import ExitCode, Refused, WrongUsage, print_json, say, write_document
from fit.cli.store_access import asking, charter_name, deciding, has_decisions, note_activity, opened
from fit.metrics import METRICS
from fit.model import RoleLabel
from fit.pace import Count, PaceError, counts_of_charter, pace_of, read_counts, save_counts
from fit.pace import count_known as count_known_columns
from fit.review import (
    MOST_RESULTS_BYTES,
    ActualsError,
    campaign_file,
    compute_track_record,
    count_known,
    freeze_review,
    impossible,
    missing_in_row,
    past_forecasts,
    read_actuals,
    review_as_document,
    review_campaign,
    review_json,
    with_id,
)
from fit.shortlist import shortlist
from fit.text import shortened


def review(arguments: Namespace) -> ExitCode:
    """Review a campaign against its charter, or against an agreement whose forecast is drawn now."""
    ending = ending_of(arguments)
    if arguments.campaign and not arguments.close:
        raise WrongUsage("--campaign writes the results of a closed review; add --close.")
    ask = _asking_or_none(arguments)
    name = charter_name(arguments, arguments.charter) if arguments.charter else None
    agreement, frozen = _of_charter(arguments, name) if name else (agreement_of_file(arguments.file), None)
    was_frozen = frozen is not None
    if frozen is None and ask is not None:
        frozen = frozen_rates(ask, agreement)
    actuals = _actuals(arguments.actuals, agreement)
    judged = review_campaign(
        agreement, frozen, actuals, charter=name, was_frozen=was_frozen, role=_role(ask, agreement)
    )
    if ask is None and not was_frozen:
        say("Nothing is loaded in the store, so nothing could be forecast: the lines are judged, the stages are not.")
    creator_name, content = _creator_name(ask, agreement), review_json(judged)
    if arguments.close:
        now = datetime.now().astimezone()
        closed = deciding(arguments, lambda decisions: freeze_review(decisions, judged, creator_name, now))
        content |= {"closed_at": closed.closed_at.isoformat(), "sha256": closed.sha256}
        print(f"Closed as review {closed.review_id}, SHA-256 {closed.sha256}. Later loads do not change it.")
        if arguments.campaign:
            _write_campaign(arguments, closed)
    written = document_bytes(ending, review_as_document(judged, creator_name), content)
    note_activity(arguments, Did.EXPORT, agreement.creator)
    write_document(arguments.out, written, f"Wrote the review to {Path(arguments.out)}.")
    print(f"{judged.verdict}. {judged.diagnosis.because} {judged.diagnosis.next_step}")
    for warning in judged.warnings:
        print(warning)
    return ExitCode.DONE


def pace(arguments: Namespace) -> ExitCode:
    """Say how a running campaign stands against its charter, from counts of a file or those saved."""
    if arguments.save and not arguments.actuals:
        raise WrongUsage("--save keeps the counts of a file; name it: --actuals FILE.")
    name = charter_name(arguments, arguments.charter)
    agreement, frozen = _of_charter(arguments, name)
    on = _asked_day(arguments.on)
    if frozen is None:
        raise Refused(
            f"The charter {name!r} holds no forecast, because the creator's followers were not known. "
            "Load them, and save the charter again: charter --save."
        )
    counts = _counts_so_far(arguments, name, agreement, on)
    day = on or max(count.day for count in counts)
    if all(count.day > day for count in counts):
        raise Refused(f"Nothing was counted by {day}. Choose a later day, or add counts.")
    try:
        stands = pace_of(agreement, frozen, counts, day)
    except PaceError as error:
        raise Refused(str(error)) from error
    if arguments.json:
        print_json({"charter": name, "demo": frozen.is_demo} | stands.as_json())
    else:
        print(stands.because)
    return ExitCode.DONE


def _counts_so_far(arguments: Namespace, name: str, agreement: Agreement, on: date | None) -> tuple[Count, ...]:
    """The counts of the file of --actuals, kept with the charter where --save asks for it; without a file those that
    were kept before. Raises Refused."""
    if not arguments.actuals:
        saved = deciding(arguments, lambda decisions: counts_of_charter(decisions, name))
        if not saved:
            raise Refused(f"No counts of {name!r} are kept yet. Add them: --actuals FILE --save, or on page Charter.")
        return saved
    path = existing_file(arguments.actuals)
    try:
        table = read_table(path, count_known_columns, most_bytes=MOST_RESULTS_BYTES)
        numbers = partial(read_numbers, currency=agreement.currency or "")
        counts = read_counts(table.every_row, agreement, numbers, dates.read_column, on)
        if not arguments.save:
            return counts
        now = datetime.now(UTC)
        deciding(arguments, lambda decisions: save_counts(decisions, name, counts, now))
    except RefusedError as refusal:
        raise Refused(f"{path.name}: {refusal}.") from refusal
    except PaceError as error:
        raise Refused(f"{path.name}: {error}") from error
    return deciding(arguments, lambda decisions: counts_of_charter(decisions, name))


def _asked_day(text: str | None) -> date | None:
    """The day of --on. Raises WrongUsage."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise WrongUsage(f"--on {shortened(text)!r} is no day. Write it as 2026-03-01.") from None


def _write_campaign(arguments: Namespace, closed: ClosedReview) -> None:
    """Write the results of a closed review as a file to load, and say how. Raises Refused with what is missing."""
    row = json.loads(closed.content).get("campaign")
    if row is None or (missing := missing_in_row(row)):
        raise Refused(" ".join(missing) if row else "An earlier version closed this review; its row is not kept.")
    path = Path(arguments.campaign)
    content = campaign_file(with_id(row, closed.sha256))
    write_document(arguments.campaign, content, f"Wrote the results as a campaign. Load them: load {path}")


def track_record(arguments: Namespace) -> ExitCode:
    """Print how every forecast of a closed review held against the results."""
    closed = deciding(arguments, lambda decisions: decisions.reviews()) if has_decisions(arguments) else []
    record = compute_track_record(past_forecasts(closed))
    count_samples = sum(json.loads(review.content)["demo"] for review in closed)
    if arguments.json:
        print_json(record.as_json() | {"demo": count_samples > 0})
        return ExitCode.DONE
    if count_samples:
        print(f"Sample data: {count_samples} of {len(closed)} closed reviews are of invented creators.")
    print(record.message)
    for share in record.by_stage if record.is_enough else ():
        if share.count:
            print(f"  {share.of}: {share.share:.0%} of {share.count} held")
    return ExitCode.DONE


def _asking_or_none(arguments: Namespace) -> Ask | None:
    """What answers questions of the store; None while nothing is loaded."""
    try:
        return asking(opened(arguments))
    except store.StoreEmpty:
        return None


def _of_charter(arguments: Namespace, name: str) -> tuple[Agreement, FrozenForecast | None]:
    """The agreement of a saved charter, and the forecast frozen in it. Raises Refused for a name that nobody saved."""
    saved, names = None, list[str]()
    if has_decisions(arguments):
        saved = deciding(arguments, lambda decisions: decisions.charter(name))
        names = deciding(arguments, lambda decisions: [charter.name for charter in decisions.charters()])
    if saved is None:
        known = f"Saved are: {', '.join(names)}." if names else "None is saved yet."
        raise Refused(f"There is no charter called {name!r}. {known} Save it first: charter --save.")
    try:
        agreement = agreement_of_text(saved.agreement)
    except AgreementError as error:
        raise Refused(f"The saved agreement of {name!r} cannot be read: {error}") from error
    return agreement, FrozenForecast.from_json(json.loads(saved.forecast)) if saved.forecast else None


def _actuals(name: str, agreement: Agreement) -> dict[str, float]:
    """The results of the file of --actuals, by metric. Raises Refused."""
    path = existing_file(name)
    own = {line.name for line in agreement.metrics if line.name not in METRICS}
    try:
        table = read_table(path, partial(count_known, own=own), most_bytes=MOST_RESULTS_BYTES)
        actuals = read_actuals(table.every_row, partial(read_numbers, currency=agreement.currency or ""), own)
    except RefusedError as refusal:
        raise Refused(f"{path.name}: {refusal}.") from refusal
    except ActualsError as error:
        raise Refused(f"{path.name}: {error}") from error
    if problems := impossible(actuals):
        raise Refused(f"{path.name}: {' '.join(problems)}")
    if table.note:
        say(f"{path.name}: {table.note}.")
    return actuals


def _role(ask: Ask | None, agreement: Agreement) -> RoleLabel | None:
    """The creator's role in the markets of the agreement; None where the store does not know it."""
    found = shortlist(ask, agreement.brief, top=1, creators=[agreement.creator]).candidates if ask else ()
    return found[0].role.label if found else None


def _creator_name(ask: Ask | None, agreement: Agreement) -> str:
    """How the creator is called; the id where no profile says."""
    names = dict(ask("creator_names").rows()) if ask else {}
    return names.get(agreement.creator) or agreement.creator
