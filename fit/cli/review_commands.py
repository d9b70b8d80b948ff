"""How is a campaign reviewed from a file of actuals, and did the forecasts of closed reviews hold?"""

import json
from argparse import Namespace
from collections.abc import Callable
from datetime import datetime

import polars as pl

from data import store
from data.decisions import are_kept
from fit.agreement import Agreement, AgreementError, FrozenForecast, frozen_rates
from fit.cli.agreement_commands import agreement_of_file, as_bytes, deciding, ending_of, put, understood
from fit.cli.files import actuals_of_file
from fit.cli.opened_store import asking, opened
from fit.cli.output import Refused, print_json, say

DONE = 0


def review(typed: Namespace) -> int:
    """Review a campaign against its charter, or against an agreement whose forecast is drawn now."""
    from fit.review import freeze_review, review_as_document, review_json
    from fit.review import review_campaign as judged

    ending = ending_of(typed)
    ask = _asking_or_none(typed)
    agreement, frozen = _of_charter(typed) if typed.charter else (agreement_of_file(typed.file), None)
    was_frozen = frozen is not None
    if frozen is None and ask is not None:
        frozen = frozen_rates(ask, agreement)
    found = judged(agreement, frozen, actuals_of_file(typed, agreement), charter=typed.charter, was_frozen=was_frozen)
    if ask is None and not was_frozen:
        say("Nothing is loaded in the store, so nothing could be forecast: the lines are judged, the stages are not.")
    creator_name, content = _creator_name(ask, agreement), review_json(found)
    if typed.close:
        kept = deciding(
            typed, lambda decisions: freeze_review(decisions, found, creator_name, datetime.now().astimezone())
        )
        content |= {"closed_at": kept.closed_at.isoformat(), "sha256": kept.sha256}
        print(f"Closed as review {kept.review_id}, SHA-256 {kept.sha256}. Later loads do not change it.")
    put(typed.out, as_bytes(ending, review_as_document(found, creator_name), content), "the review")
    print(f"{found.verdict}. {found.diagnosis.because} {found.diagnosis.next_step}")
    for warning in found.warnings:
        print(warning)
    return DONE


def track_record(typed: Namespace) -> int:
    """Every forecast of a closed review against what came."""
    from fit.review import compute_track_record as held
    from fit.review import past_forecasts

    folder = store.store_folder(typed.store)
    closed = deciding(typed, lambda decisions: decisions.reviews()) if are_kept(folder) else []
    found = held(past_forecasts(closed))
    if typed.json:
        print_json(found.as_json())
        return DONE
    print(found.message)
    for share in found.by_stage if found.is_enough else ():
        if share.count:
            print(f"  {share.of}: {share.share:.0%} of {share.count} held")
    return DONE


def _asking_or_none(typed: Namespace) -> Callable[..., pl.DataFrame] | None:
    """What answers questions of the store; None while nothing is loaded."""
    try:
        return asking(opened(typed))
    except store.StoreEmpty:
        return None


def _of_charter(typed: Namespace) -> tuple[Agreement, FrozenForecast | None]:
    """The agreement of a kept charter, and the forecast frozen in it. Raises Refused for a name that nobody kept."""
    found, known = None, []
    if are_kept(store.store_folder(typed.store)):
        found = deciding(typed, lambda decisions: decisions.charter(typed.charter))
        known = deciding(typed, lambda decisions: [each.name for each in decisions.charters()])
    if found is None:
        said = f"Kept are: {', '.join(known)}." if known else "None is kept yet."
        raise Refused(f"There is no charter called {typed.charter!r}. {said} Keep it first: charter --save.")
    try:
        agreement = understood(found.agreement)
    except AgreementError as error:
        raise Refused(f"The kept agreement of {typed.charter!r} cannot be read: {error}") from error
    return agreement, FrozenForecast.from_json(json.loads(found.forecast)) if found.forecast else None


def _creator_name(ask: Callable[..., pl.DataFrame] | None, agreement: Agreement) -> str:
    """How the creator is called; the id where no profile says."""
    known = dict(ask("creator_names").rows()) if ask else {}
    return known.get(agreement.creator) or agreement.creator
