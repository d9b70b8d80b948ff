"""Edit tasks with an owner and a day: decisions and commitments."""

from fit.agreement import PRESENT, Party, Task
from fit.locale import _, phrase
from pages.ui.partnership import fields
from pages.ui.partnership.fields import Cell, CellKind
from pages.ui.partnership.open_draft import OpenDraft

OWNERS: dict[str, str] = {
    Party.BRAND: phrase("Brand"), Party.CREATOR: phrase("Creator"), Party.NEUTRAL: phrase("Neutral party"),
}  # fmt: skip


def owner_words(owner: str | None) -> str:
    """A party as a label."""
    return _(OWNERS[owner]) if owner in OWNERS else _("not said")


def task_form(draft: OpenDraft, part: str, label: str, add: str) -> None:
    """Tasks with an owner and a day: decisions or commitments."""
    fields.list_form(
        draft, part, Task,
        [
            Cell("owner", _("Who"), CellKind.CHOICE, PRESENT, owner_words, width=2, is_needed=True),
            Cell("text", label, width=4, is_needed=True),
            Cell("due", _("Until"), CellKind.DAY, width=2),
        ],
        add=add,
    )  # fmt: skip
