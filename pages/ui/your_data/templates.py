"""Offer tables to fill in: a campaign tracker, or creators, audiences and campaigns, as Excel workbooks and as CSV."""

import streamlit as st

from fit.locale import _, phrase
from pages.ui import blocks, store_access

# Name of the template to its label and what one row of it is.
TEMPLATES = {
    "tracker": (phrase("Campaign tracker"), phrase("Everything in one table: one row per post, or per creator")),
    "creators": (phrase("Creators"), phrase("Who they are: one row per creator")),
    "audience": (phrase("Audiences"), phrase("Where they live: one row per creator and country")),
    "campaigns": (phrase("Campaigns"), phrase("How they went: one row per campaign")),
}


def downloads() -> None:
    """Every template as a workbook in one row, the same as CSV behind one more button."""
    with st.container(gap="xsmall", key="templates"):
        st.markdown(_("**No table yet?** Fill in a template. Row 2 of each is an example: delete it before you load."))
        with st.container(horizontal=True, gap="small"):
            for name in TEMPLATES:
                download(name, ".xlsx")
            with st.popover(_("As CSV"), icon=":material/csv:", type="tertiary"):
                for name in TEMPLATES:
                    download(name, ".csv")


def download(name: str, ending: str, label: str = "", key: str = "") -> None:
    """A template to download. label: what its button says, else the template's name."""
    usual, meaning = map(_, TEMPLATES[name])
    content = store_access.template(name, ending)
    key = key or f"template_{name}{ending}"
    blocks.download(label or usual, content, f"{name}{ending}", key, "table_view", meaning)
