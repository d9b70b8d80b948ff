"""Write the results of a review as a campaign that the store can load: one row of the plain format.

A later shortlist then knows what this campaign brought. The row is frozen with the review, so the same review always
gives the same file, which the store takes in once.
"""

import csv
from collections.abc import Mapping, Sequence
from datetime import date
from io import StringIO
from typing import Any

from fit.agreement import Agreement
from fit.locale import _
from fit.metrics import COST
from fit.review.results import SUMMED

COUNTED = tuple(name for name in SUMMED if name != COST)
AMOUNTS = ("revenue", COST)
COLUMNS = (
    "campaign_id", "creator_id", "market", "date", "end_date", "platform", "vertical", "deliverable",
    "count_deliverables", *COUNTED, "cost", "currency", "objective", "attribution_window_days",
)  # fmt: skip
LONGEST_ID = 12  # digits of the hash that names a campaign without a partnership


def campaign_row(agreement: Agreement, actuals: Mapping[str, float], name: str | None) -> dict[str, Any]:
    """One campaign as a row of the plain format; None for what is not known. name: of the partnership."""
    kinds = agreement.deliverables
    money = {COST: actuals.get(COST, agreement.cost), "revenue": actuals.get("revenue")}
    return {
        "campaign_id": name,
        "creator_id": agreement.creator,
        "market": "+".join(code for code, _weight in agreement.markets),
        "date": agreement.start.isoformat() if agreement.start else None,
        "end_date": agreement.end.isoformat() if agreement.end else None,
        "platform": agreement.platform,
        "vertical": agreement.vertical,
        "deliverable": kinds[0].kind if len(kinds) == 1 else None,
        "count_deliverables": sum(item.count for item in kinds) or None,
        **{metric: actuals.get(metric) for metric in COUNTED},
        **money,
        "currency": agreement.currency if any(value is not None for value in money.values()) else None,
        "objective": agreement.goal,
        "attribution_window_days": agreement.attribution_window_days,
    }


def missing_in_row(row: Mapping[str, Any]) -> list[str]:
    """What the row lacks to be loaded, a sentence each; empty where it can be."""
    sentences = []
    if row["date"] is None:
        sentences.append(_("The first day of the campaign is open. Set it on Brief, then close the review again."))
    if row["impressions"] is None:
        sentences.append(_("Impressions were not measured. Enter them above, then close the review again."))
    if row["currency"] is None and any(row[name] is not None for name in AMOUNTS):
        sentences.append(_("The currency of the amounts is open. Set it on Brief, then close the review again."))
    return sentences


def with_id(row: Mapping[str, Any], sha256: str) -> dict[str, Any]:
    """The row with a name; without a partnership it is that of the review. sha256: of the review's text."""
    return dict(row) | {"campaign_id": row["campaign_id"] or f"review {sha256[:LONGEST_ID]}"}


def campaign_file(named: Mapping[str, Any]) -> bytes:
    """A row of with_id as a file to load."""
    text = StringIO()
    write = csv.writer(text, lineterminator="\n")
    write.writerow(COLUMNS)
    write.writerow([_cell(named[column]) for column in COLUMNS])
    return text.getvalue().encode("utf-8")


def _cell(value: object) -> str:
    if value is None:
        return ""
    return f"{value:.15g}" if isinstance(value, float) else str(value)


def loaded_beside(row: Mapping[str, Any], campaigns: Sequence[Mapping[str, Any]]) -> tuple[bool, list[str]]:
    """Whether the campaign is in the store already, and names of others of the same days and market.

    campaigns: rows of queries/campaigns_of_creator.sql. Loading the results of one of them again would count it twice.
    """
    is_there, others = False, list[str]()
    first, last = (_day(row["date"]), _day(row["end_date"] or row["date"]))
    for campaign in campaigns:
        if campaign["campaign_id"] == row["campaign_id"]:
            is_there = True
        elif (
            first <= campaign["date"] <= last
            and set(campaign["market"].split("+")) & set(row["market"].split("+"))
        ):  # fmt: skip
            others.append(campaign["campaign_id"])
    return is_there, others


def _day(text: str | None) -> date:
    return date.fromisoformat(text) if text else date.max
