"""Turn the deliverables of agreements into lines to forecast, with the columns of a briefs file."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from fit.agreement.agreement import Agreement, Deliverable
from fit.forecast import BRIEF_COLUMNS
from fit.model import kind_named


def lines_of_agreements(agreements: Sequence[Agreement]) -> pl.DataFrame:
    """The deliverables of agreements, a row each with BRIEF_COLUMNS.

    The price of an agreement is for all its deliverables together, so it stands on a line only where there is one.
    """
    rows = [
        _row(agreement, item) | {"cost": agreement.cost if len(agreement.deliverables) == 1 else None}
        for agreement in agreements
        for item in agreement.deliverables
    ]
    return pl.DataFrame(rows, schema=BRIEF_COLUMNS)


def lines_of_kinds(agreement: Agreement, deliverables: Sequence[Deliverable]) -> pl.DataFrame:
    """One row a kind with BRIEF_COLUMNS, or one of no kind without any; the cost belongs to all of them and stays out.

    deliverables: those of the agreement as merged_kinds gives them.
    """
    return pl.DataFrame([_row(agreement, item) for item in deliverables or (None,)], schema=BRIEF_COLUMNS)


def merged_kinds(deliverables: Sequence[Deliverable], known: Sequence[str]) -> tuple[Deliverable, ...]:
    """One entry a kind, in the order given, called as the store calls it: "Stories" is story. known: the store's kinds.

    A kind that the store never saw keeps its name, and so its own forecast.
    """
    counts: dict[str, int] = {}
    for item in deliverables:
        kind = kind_named(item.kind, (*known, *counts))
        counts[kind] = counts.get(kind, 0) + item.count
    return tuple(Deliverable(kind, count) for kind, count in counts.items())


def _row(agreement: Agreement, item: Deliverable | None) -> dict[str, object]:
    return {
        "creator_id": agreement.creator,
        "market": "+".join(code for code, _ in agreement.markets),
        "platform": agreement.platform,
        "vertical": agreement.vertical,
        "date": agreement.start,
        "deliverable": item.kind if item else None,
        "count_deliverables": item.count if item else None,
        "currency": agreement.currency,
    }
