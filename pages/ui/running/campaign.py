"""Show how a running campaign stands against its charter, and take counts so far: typed into a table, or as a file."""

from collections.abc import Sequence
from datetime import date

import polars as pl
import streamlit as st

from fit import charts
from fit.agreement import Agreement, Partnership
from fit.locale import _, date_pattern
from fit.metrics import METRICS
from fit.pace import Count, Running, countable, pace_columns, pace_rows, rows_of_edits
from fit.text import literal, plain, words
from pages.ui import blocks, decisions_access
from pages.ui.partnership import open_draft
from pages.ui.partnership.open_draft import OpenDraft
from pages.ui.partnership.start import open_with_creator
from pages.ui.review import typed_figures
from pages.ui.view_link import PageState

# Keys of the session by name of a partnership: the counts that its table shows, until they are saved; times of saving.
SHOWN, SAVED_TIMES = "counts_shown", "counts_saved_times"
SAVE, UPLOAD = "save_counts", "counts_upload"  # buttons, and places of what is refused


def campaign(draft: OpenDraft, state: PageState) -> None:
    """How the campaign of a signed charter stands today, and its counts; nothing for one that does not run."""
    running = decisions_access.running_campaign(draft.name, open_draft.agreement_if_readable)
    if running is None:
        return
    st.header(_("How it runs"), anchor=False)
    standing(running, state)
    _table_of_counts(running)


def standing(running: Running, state: PageState) -> None:
    """Every target with what came and its chance, whether to talk, and the picture."""
    st.markdown(f"**{literal(running.headline)}**", width=blocks.READING_WIDTH)
    if running.pace.talk:
        st.warning(literal(running.pace.talk_because), icon=":material/forum:")
    else:
        st.caption(literal(running.pace.talk_because))
    blocks.text_table(pace_columns(), pace_rows(running), _("Every target: so far, expected and its chance"))
    st.caption(literal(running.as_of))
    drawn = [charts.pace_path(path, running.agreement.currency, dark=state.dark) for path in running.paths]
    if drawn:
        blocks.panels(drawn, f"pace_{running.name}")
        st.caption(drawn[0].subtitle)


def running_list(partnerships: Sequence[Partnership]) -> None:
    """The running campaigns of these partnerships, the one that needs somebody most first, each with a way to it."""
    names = [partnership.name for partnership in partnerships if partnership.is_under_way]
    found = decisions_access.running_campaigns(names, open_draft.agreement_if_readable)
    if not found:
        return
    st.header(_("Running now"), anchor=False)
    st.caption(_("A talk that is due stands first, then the lowest chance that a target is still met."))
    titles = decisions_access.titles()
    for running in found:
        with st.container(border=True, key=f"running_{running.name}"):
            name, chance, counted, opener = st.columns([4, 5, 3, 2], vertical_alignment="center")
            name.markdown(f"**{literal(plain(titles.get(running.name, running.name)))}**")
            with chance:
                st.markdown(literal(running.weakest_words))
                if running.pace.talk:
                    st.badge(_("Talk now"), icon=":material/forum:", color="orange")
            day = words.day(running.pace.on) if running.counts else _("not counted yet")
            counted.caption(_("Last count: {day}").format(day=day))
            if opener.button(
                _("Open"), key=f"open_running_{running.name}", icon=":material/arrow_forward:", type="tertiary",
                on_click=open_with_creator, args=(running.name,),
            ):  # fmt: skip
                blocks.turn_to("partnership_charter")


def _table_of_counts(running: Running) -> None:
    """The counts so far as a table to edit, and as a file."""
    st.subheader(_("Counts so far"), anchor=False)
    st.caption(_("Write totals up to a day, not that day's part. Every saved count stays in the history."))
    open_draft.show_message(SAVE)
    shown = st.session_state.setdefault(SHOWN, {}).setdefault(running.name, running.counts)
    key = f"counts_{running.name}_{st.session_state.get(SAVED_TIMES, 0)}"
    kinds = [item.kind for item in running.agreement.deliverables]
    column = st.column_config
    st.data_editor(
        _frame(shown), key=key, num_rows="dynamic", placeholder=_("all"), hide_index=True,
        alt=_("Counts so far, to edit"),
        column_config={
            "date": column.DateColumn(
                _("Date"), min_value=running.agreement.start, default=date.today(), format=date_pattern(), required=True
            ),
            "metric": column.SelectboxColumn(
                _("Metric"), options=countable(running.agreement), format_func=_label, required=True
            ),
            "deliverable": column.SelectboxColumn(_("Deliverable (blank: all)"), options=kinds),
            "value": column.NumberColumn(_("Total so far"), format="localized"),
        },
    )  # fmt: skip
    st.button(
        _("Save counts"), key=SAVE, icon=":material/save:", type="primary", on_click=_save,
        args=(running.name, running.agreement, key),
    )  # fmt: skip
    with st.expander(_("Load a table of counts"), icon=":material/upload:"):
        st.caption(_("Columns: metric, value and, where wanted, date, deliverable and currency."))
        upload_key = f"{UPLOAD}_{st.session_state.get(SAVED_TIMES, 0)}"  # a new key after each load empties it
        st.file_uploader(
            _("Table of counts"), type=["csv", "tsv", "txt", "xlsx"], key=upload_key, on_change=_load,
            args=(running.name, running.agreement, upload_key),
        )  # fmt: skip


def _label(metric: object) -> str:
    metric = str(metric)
    return words.capitalized(words.metric(metric) if metric in METRICS else plain(metric))


def _frame(counts: Sequence[Count]) -> pl.DataFrame:
    columns = {
        "date": [count.day for count in counts],
        "metric": [count.metric for count in counts],
        "deliverable": [count.deliverable for count in counts],
        "value": [count.value for count in counts],
    }
    kinds = {"date": pl.Date, "metric": pl.String, "deliverable": pl.String, "value": pl.Float64}
    return pl.DataFrame(columns, schema=kinds)


def _save(name: str, agreement: Agreement, key: str) -> None:
    """Save what was changed in the table; what is refused stays in it, to be corrected (callback)."""
    with open_draft.failures_told(beside=SAVE):
        rows, taken_back = rows_of_edits(st.session_state[SHOWN][name], st.session_state[key])
        counts = typed_figures.counts_of_table(rows, agreement) if len(rows) > 1 else ()
        decisions_access.save_counts(name, counts, taken_back)
        _show_anew(name)


def _load(name: str, agreement: Agreement, key: str) -> None:
    """Add the counts of a file (callback)."""
    file = st.session_state[key]
    if file is None:
        return
    with open_draft.failures_told(beside=SAVE):
        decisions_access.save_counts(name, typed_figures.counts_of_upload(file.getvalue(), agreement))
        _show_anew(name)


def _show_anew(name: str) -> None:
    st.session_state[SHOWN].pop(name, None)
    st.session_state[SAVED_TIMES] = st.session_state.get(SAVED_TIMES, 0) + 1
