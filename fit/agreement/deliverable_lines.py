"""Turn the deliverables of agreements into lines of a briefs file."""

from collections.abc import Sequence

import polars as pl

from fit.agreement import Agreement
from fit.forecast import BRIEF_COLUMNS


def lines_of_agreements(agreements: Sequence[Agreement]) -> pl.DataFrame:
    """The deliverables of agreements as lines, columns as in COLUMNS.

    The price of an agreement is for all its deliverables together, so it stands on a line only where there is one.
    """
    rows = [
        {
            "creator_id": each.creator,
            "market": "+".join(code for code, _ in each.markets),
            "platform": each.platform,
            "vertical": each.vertical,
            "date": each.start,
            "deliverable": line.kind,
            "count_deliverables": line.count,
            "cost": each.cost if len(each.deliverables) == 1 else None,
            "currency": each.currency,
        }
        for each in agreements
        for line in each.deliverables
    ]
    return pl.DataFrame(rows, schema=BRIEF_COLUMNS)
