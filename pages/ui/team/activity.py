"""List who loaded, signed, exported, shared, erased or changed what, the newest first (admins)."""

import polars as pl
import streamlit as st

from fit.locale import _, phrase
from fit.text import plain, words
from pages.ui import blocks, decisions_access, store_access
from pages.ui.decisions_access import Activity, Did

SHOWN = 200  # rows on the page; the file has all
DEEDS = {
    Did.LOAD: phrase("Data loaded"), Did.UNDO_LOAD: phrase("Load undone"), Did.SIGN: phrase("Charter signed"),
    Did.EXPORT: phrase("File taken"), Did.SHARE: phrase("Presentation shared"),
    Did.END_SHARE: phrase("Link taken back"), Did.CORRECT: phrase("Forecasts corrected"),
    Did.OPEN_SHARE: phrase("Presentation opened"), Did.VERDICT: phrase("Verdict given"),
    Did.ERASE: phrase("Creator erased"), Did.BACKUP: phrase("Backup written"), Did.RESTORE: phrase("Backup restored"),
    Did.CHANGE_ROLE: phrase("Role changed"), Did.SIGN_IN: phrase("Signed in"),
}  # fmt: skip
THROUGH = {"page": phrase("Page"), "command line": phrase("Command line")}


def title() -> None:
    """What the page is, and that its rows cannot be changed unnoticed."""
    because = _(
        "Rows are only added, and each vouches for the one before it: the command check says where one was changed "
        "or is missing."
    )
    blocks.heading(_("Activity"), _("Who did what, the newest first"), because)


def listed() -> None:
    """The rows of a person and a kind, and all of them as a file."""
    people = decisions_access.people_in_the_log()
    with st.container(horizontal=True, gap="small"):
        who = st.selectbox(
            _("Who"), people, index=None, key="activity_who", placeholder=_("Everybody"), format_func=plain, width=320
        )
        what = st.selectbox(
            _("What"), list(DEEDS), index=None, key="activity_what", placeholder=_("Everything"), width=280,
            format_func=lambda deed: _(DEEDS[deed]),
        )  # fmt: skip
    found, count = decisions_access.activities(who, what, SHOWN)
    if not found:
        st.markdown(_("Nothing was noted yet."))
        return
    head = (_("When (UTC)"), _("Who"), _("What"), _("On what"), _("Way"))
    blocks.text_table(head, [_row(entry) for entry in found], _("Who did what"))
    if count > len(found):
        sentence = _("The newest {shown} of {count} are shown; the file has all.")
        st.caption(sentence.format(shown=words.count(len(found)), count=words.count(count)))
    read_all = decisions_access.all_activities(who, what)
    blocks.download(_("Activity as CSV"), lambda: _as_csv(read_all()), "activity.csv", "activity_csv")


def _row(entry: Activity) -> tuple[str, str, str, str, str]:
    who = entry.actor.who or _("Nobody signed in")
    return (
        f"{entry.at:%Y-%m-%d %H:%M}",
        who,
        _(DEEDS[entry.what]),
        ", ".join(entry.on_what),
        _(THROUGH[entry.actor.through]),
    )


def _as_csv(found: list[Activity]) -> str:
    rows = [
        {
            "activity_id": entry.activity_id, "at": entry.at.isoformat(timespec="seconds"),
            "who": entry.actor.who or "", "what": entry.what.value, "on_what": ", ".join(entry.on_what),
            "through": entry.actor.through.value,
        }
        for entry in found
    ]  # fmt: skip
    return store_access.guarded_csv(pl.DataFrame(rows))
