"""Turn what somebody changed in a table of counts into rows to read and counts to take back."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from fit.agreement import Agreement
from fit.locale import _
from fit.metrics import METRICS, Unit
from fit.pace.counts import ADDED_UP, Count, PaceError

HEADER = ("metric", "value", "date", "deliverable")
OFFERED = ("impressions", "in_market_impressions", "reach", "engagements", "clicks", "conversions", "revenue")


def countable(agreement: Agreement) -> tuple[str, ...]:
    """The metrics that a table of counts offers: those of the charter that are counted, then the usual ones."""
    agreed = [line.name for line in agreement.metrics if line.name not in METRICS or _is_counted(line.name)]
    return tuple(dict.fromkeys([*agreed, *OFFERED]))


def _is_counted(metric: str) -> bool:
    return METRICS[metric].unit in ADDED_UP and (METRICS[metric].unit is Unit.COUNT or metric == "revenue")


def rows_of_edits(
    shown: Sequence[Count], edits: Mapping[str, Any]
) -> tuple[list[tuple[int, tuple[str, ...]]], list[Count]]:
    """Rows with a header, as read_counts takes them, and the counts that are no longer meant.

    edits: edited_rows (number from 0 to its changed cells), added_rows and deleted_rows, as a table editor gives them;
    cells are metric, value, date (ISO) and deliverable. A row whose value was cleared is taken back. Raises PaceError
    for a new row that lacks its metric or value.
    """
    rows: list[tuple[int, tuple[str, ...]]] = [(0, HEADER)]
    taken_back = [shown[at] for at in edits.get("deleted_rows", ())]
    for at, cells in edits.get("edited_rows", {}).items():
        before = shown[int(at)]
        after = {
            "metric": before.metric, "value": before.value, "date": before.day.isoformat(),
            "deliverable": before.deliverable,
        } | cells  # fmt: skip
        taken_back.append(before)
        if after["value"] is not None:
            rows.append((int(at) + 1, _texts(after)))
    for number, cells in enumerate(edits.get("added_rows", ()), len(shown) + 1):
        filled = {name: cell for name, cell in cells.items() if cell not in (None, "")}
        if not filled.keys() - {"date"}:
            continue
        if missing := [name for name in ("metric", "value") if name not in filled]:
            said = {"metric": _("metric"), "value": _("count")}[missing[0]]
            raise PaceError(_("Row {row} has no {what}. Add it, or delete the row.").format(row=number, what=said))
        rows.append((number, _texts(filled)))
    return rows, taken_back


def _texts(cells: Mapping[str, Any]) -> tuple[str, ...]:
    day = cells.get("date")
    texts = {
        "metric": cells["metric"],
        "value": f"{cells['value']:.15g}",
        "date": day.isoformat() if isinstance(day, date) else str(day or "")[: len("2026-03-01")],
        "deliverable": cells.get("deliverable") or "",
    }
    return tuple(texts[name] for name in HEADER)
