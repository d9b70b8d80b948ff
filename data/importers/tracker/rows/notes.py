"""Tell notes beside a table from creators: "Notes: | all fees are net", "Last updated | 2025-04-30"."""

from collections.abc import Sequence

from data.importers.tracker import accounts, words

MOST_CELLS = 2  # of a note: what it is about, and what it says


def is_note(cells: Sequence[str]) -> bool:
    """Whether the one or two cells of a row are a note: no creator is called "Notes", and no name ends with a colon."""
    filled = [cell.strip() for cell in cells if cell.strip()]
    if len(filled) != MOST_CELLS:
        return False
    label, other = filled
    if words.platform(other) or accounts.is_link(other) or other.startswith("@"):
        return False  # that is what lists say of creators
    return label.endswith((":", "：")) or words.fold(label) in words.folded_cells("note") | words.folded_cells("taken")
