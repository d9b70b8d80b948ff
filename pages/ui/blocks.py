"""Which blocks do pages share? Values in, values out; every name goes through the one escape function."""

from collections.abc import Callable, Sequence
from typing import NoReturn

import polars as pl
import streamlit as st

from fit import locale
from fit.charts import Chart
from fit.locale import _
from fit.model import Confidence
from fit.shortlist import Candidate, display_name
from fit.text import explained, literal, plain
from pages.ui import column_labels, provenance, store_access
from pages.ui.brief_sidebar import show_creator
from pages.ui.layout import PageState

READING_WIDTH = 720  # pixels: under 80 characters a line
# The map's geometry lies in static/: without this a chart with a map asks a CDN.
BLANK_WIDTH = 118  # pixels that "not measured" needs; a column is otherwise as wide as its values
CHART_SETTINGS = {"displayModeBar": False, "topojsonURL": "app/static/topojson/", "showSendToCloud": False}
ROLE_BADGES = {
    "conversion": "orange", "awareness": "blue", "balanced": "violet", "pilot": "yellow", "not for this market": "gray",
}  # fmt: skip


def heading(title: str, verdict: str, because: str, term: str | None = None) -> None:
    """The page's one heading, its answer in a sentence, and the reason. term: of fit/text/glossary.py, explained
    there."""
    st.title(title, anchor=False, help=term and explained(term))
    st.header(literal(verdict), anchor=False)
    st.markdown(literal(because), width=READING_WIDTH)


def show(chart: Chart, key: str, *, width: int | str = "stretch") -> None:
    """A chart under its finding, with the same numbers as a table. width: pixels, or as wide as there is room."""
    st.subheader(literal(chart.title), anchor=False)
    st.caption(literal(chart.subtitle))
    draw(chart, key, width=width)
    with st.expander(_("The same numbers as a table"), icon=":material/table:"):
        table(chart.table, plain(chart.title))


def panels(charts: Sequence[Chart], key: str) -> None:
    """Small multiples: each under what it shows, beside each other where there is room."""
    with st.grid(len(charts), min_column_width=260) as grid:
        for at, chart in enumerate(charts):
            with grid.cell():
                st.markdown(f"**{literal(chart.title)}**")
                draw(chart, f"{key}_{at}")


def draw(chart: Chart, key: str, *, width: int | str = "stretch") -> None:
    """The figure alone, in its own template, with its sentence for who does not see it."""
    st.plotly_chart(
        chart.figure, key=key, theme=None, config=CHART_SETTINGS, alt=plain(chart.alt), width=width
    )  # fmt: skip


def table(rows: pl.DataFrame, alt: str, labels: dict[str, str] | None = None) -> None:
    """A table of values; names in it stay text, blanks say that nothing was measured."""
    columns = {
        own: _column(
            own,
            kind,
            (labels or {}).get(own) or column_labels.heading(own),
            BLANK_WIDTH if rows[own].null_count() else None,
        )
        for own, kind in rows.schema.items()
    }
    st.dataframe(rows, hide_index=True, column_config=columns, placeholder=_("not measured"), alt=alt)


def _column(own: str, kind: pl.DataType, label: str, width: int | None) -> object:
    """How values of a column are written: dates without a clock, thousands parted, shares and rates in percent.

    width: pixels, None as wide as the values are.
    """
    column, meaning = st.column_config, explained(own)
    if kind == pl.Date:
        return column.DateColumn(label, width=width, help=meaning, format=locale.date_pattern())
    if isinstance(kind, pl.Datetime):
        return column.DatetimeColumn(label, width=width, help=meaning, format=f"{locale.date_pattern()}, HH:mm")
    if own.endswith(("share", "weight", "rate", "coverage")):
        return column.NumberColumn(label, width=width, help=meaning, format="percent")
    if kind.is_integer():
        return column.NumberColumn(label, width=width, help=meaning, format="localized")
    if kind.is_float():
        return column.NumberColumn(label, width=width, help=meaning, format="localized", step=0.01)
    return column.Column(label, width=width, help=meaning)


def figures(rows: Sequence[tuple[str, str, str]]) -> None:
    """At most four figures in a row: label, value with its unit, and what it is."""
    with st.grid(4, min_column_width=150):
        for label, value, meaning in rows[:4]:
            st.metric(label, value, help=meaning, border=True)


def where_from(rows: Sequence[provenance.Origin]) -> None:
    """Every figure of the page opened to numerator, denominator, n, market, window and source."""
    with st.expander(_("Where these numbers come from"), icon=":material/search:"):
        st.dataframe(
            provenance.table(rows),
            hide_index=True,
            column_config=locale.labels(provenance.COLUMNS),
            alt=_("Origin of every figure"),
        )


def role_badge(candidate: Candidate) -> None:
    """The recommended role as a badge, with how sure it is."""
    sure = "" if candidate.role.confidence == Confidence.NONE else f" ({_(candidate.role.confidence)})"
    st.badge(f"{_(candidate.role.label)}{sure}", color=ROLE_BADGES[candidate.role.label])


def next_step(sentence: str, page: str, label: str) -> None:
    """What to do when a page has too little to show: one sentence, one action."""
    with st.container(border=True):
        st.markdown(sentence, width=READING_WIDTH)
        st.page_link(f"pages/{page}.py", label=label, icon=":material/arrow_forward:")


def bold(text: str) -> str:
    """A text in bold, letter by letter."""
    return f"**{literal(text)}**"


def turn_to(page: str) -> NoReturn:
    """Open another page, with the link as its fields hold it now.

    An empty query is given because without one Streamlit refuses: it may not clear what is bound to fields; and it
    keeps what they hold either way.
    """
    st.switch_page(f"pages/{page}.py", query_params={})


def chosen_creator(state: PageState) -> Candidate:
    """The creator that the link names, else the first ticked, else the first of the shortlist."""
    wanted = [one for one in (state.creator, *state.ticked) if one]
    found = next(filter(None, (store_access.candidate(state.brief, one) for one in wanted)), None)
    if found is None:
        best = store_access.shortlisted(state.brief).candidates
        found = store_access.candidate(state.brief, best[0].creator_id) if best else None
    if found is None:
        st.title(_("No creator yet"), anchor=False)
        sentence = _("No creator matches the brief in the sidebar, so there is nobody to show.")
        next_step(sentence, "shortlist", _("Widen the brief on the shortlist"))
        st.stop()
    return found


def creator_chooser(state: PageState, shown: Candidate) -> None:
    """Choose another creator: the ticked ones, then the first of the shortlist, or any id typed in."""
    some = [
        shown,
        *store_access.candidates(state.brief, state.ticked),
        *store_access.shortlisted(state.brief).candidates,
    ]
    options = {one.creator_id: display_name(one) for one in some}
    if shown.creator_name is None:
        st.caption(_("No profile yet: load a creators.csv that names this id to see name, platform and followers."))
    st.session_state["form_creator"] = shown.creator_id
    st.selectbox(
        _("Creator"),
        list(options),
        format_func=lambda one: options.get(one, one),
        key="form_creator",
        on_change=_choose,
        accept_new_options=True,
        width=360,
        help=_("Ticked creators, then the first of the shortlist. Type an id for any other."),
    )


def _choose() -> None:
    show_creator(st.session_state["form_creator"])


def download(label: str, content: Callable[[], str], file_name: str, key: str) -> None:
    """A CSV file, made when the button is pressed."""
    st.download_button(
        label, content, file_name, "text/csv", key=key, on_click="ignore", icon=":material/download:"
    )  # fmt: skip
