"""The two buttons below questions about files: look at what the answers would change, or load with them right away."""

from dataclasses import dataclass, replace

import streamlit as st

from fit.locale import _
from pages.ui.your_data.upload_process import Batch, FileOptions


@dataclass(frozen=True)
class Answered:
    """Files with what was answered about them, and whether they are looked at only."""

    batch: Batch
    is_preview: bool

    def about(self, upload: int, options: FileOptions) -> "Answered":
        """With the answers about one more file."""
        return replace(self, batch=replace(self.batch, named={**self.batch.named, upload: options}))


def pressed(
    batch: Batch, preview_label: str, key: str, *, in_form: bool = False, disabled: bool = False
) -> Answered | None:
    """Draw both buttons; give the batch, not answered yet, when one of them was pressed."""
    button = st.form_submit_button if in_form else st.button
    with st.container(horizontal=True):
        looks = button(preview_label, type="primary", icon=":material/preview:", key=f"{key}_go", disabled=disabled)
        loads = button(
            _("Load right away"), icon=":material/upload:", key=f"{key}_load", disabled=disabled,
            help=_("Loads the files without a preview. The last load can be undone."),
        )  # fmt: skip
    return Answered(batch, is_preview=looks) if looks or loads else None
