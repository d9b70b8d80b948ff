"""Draw the blocks that pages share: headings, charts, tables, figures, links to the next step, the creator's field.

Values in, values out; every name goes through the one escape function.
"""

from collections.abc import Callable, Iterable, Sequence
from pathlib import PurePath
from typing import Any, Literal, NoReturn, TypeVar

import polars as pl
import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.elements.lib.column_types import ColumnConfig
from streamlit.elements.lib.mutable_expander_container import ExpanderContainer

from fit import locale
from fit.access import Action
from fit.charts import Chart
from fit.locale import _, phrase, speaking, spoken
from fit.model import RoleLabel
from fit.shortlist import GROUP_LABELS, Candidate, Group, display_name, role_words
from fit.text import explained, literal, plain, words
from pages.ui import column_labels, decisions_access, people, provenance, store_access
from pages.ui.creator_search import one_creator
from pages.ui.decisions_access import Did
from pages.ui.view_link import PageState, show_as, show_creator, unless_echo

T = TypeVar("T")
TITLE_PLACE = "title_place"  # key of the session
PHOTO_WIDTH = 64  # pixels
LONGEST_CAPTION = 24  # letters of a name below its photo: up to three lines
READING_WIDTH = 720  # pixels: under 80 characters a line
BLANK_WIDTH = 118  # pixels that "not measured" needs; a column is otherwise as wide as its values
# The map's geometry lies in static/: without this a chart with a map asks a CDN.
CHART_SETTINGS = {"displayModeBar": False, "topojsonURL": "app/static/topojson/", "showSendToCloud": False}
Colour = Literal["red", "orange", "yellow", "blue", "green", "violet", "gray"]  # of a badge
Width = int | Literal["stretch", "content"]  # of a block: pixels, the room there is, or what it needs
OFFICE = "application/vnd.openxmlformats-officedocument."
MEDIA = {  # types of files by their ending
    ".csv": "text/csv", ".html": "text/html", ".md": "text/markdown", ".pdf": "application/pdf",
    ".pptx": f"{OFFICE}presentationml.presentation", ".toml": "application/toml",
    ".xlsx": f"{OFFICE}spreadsheetml.sheet",
}  # fmt: skip
ROLE_BADGES: dict[str, Colour] = {
    RoleLabel.CONVERSION: "orange", RoleLabel.AWARENESS: "blue", RoleLabel.BALANCED: "violet",
    RoleLabel.PILOT: "yellow", RoleLabel.NOT_FOR_THIS_MARKET: "gray",
}  # fmt: skip

GROUP_BADGES: dict[str, Colour] = {
    Group.BOOK: "green", Group.PILOT: "blue", Group.OTHER_ROLE: "orange", Group.PASS: "gray",
}  # fmt: skip


def title_place() -> None:
    """Keep the place where a page's title goes; pages/ui/layout.py says where."""
    st.session_state[TITLE_PLACE] = st.empty()


def page_title(title: str) -> None:
    """The page's one heading of the first level, in the place that is kept for it."""
    st.session_state[TITLE_PLACE].title(title, anchor=False, width="content")


def heading(
    title: str,
    verdict: str,
    because: str,
    term: str | None = None,
    warning: str = "",
    width: Width = READING_WIDTH,
) -> None:
    """The page's title, its answer in a sentence with the help of a term of fit/text/glossary.py, and the reason.

    because: "" where the page gives it a place of its own. warning: what a reader must not miss, in red between answer
    and reason. width: of the reason.
    """
    page_title(title)
    st.header(literal(verdict), anchor=False, help=term and explained(term))
    if warning:
        st.markdown(in_red(warning), width=READING_WIDTH)
    if because:
        st.markdown(literal(because), width=width)


def in_red(text: str) -> str:
    """A text that a reader must not miss as markdown: red, with a sign beside the colour."""
    return f":red[:material/error: **{literal(text)}**]"


def show(chart: Chart, key: str, *, width: Width = "stretch") -> None:
    """A chart under its finding, with the same numbers as a table. width: pixels, or as wide as there is room."""
    st.subheader(literal(chart.title), anchor=False)
    st.caption(literal(chart.subtitle))
    draw(chart, key, width=width)
    with numbers_as_table():
        table(chart.table, plain(chart.title))


def numbers_as_table(label: str = "") -> DeltaGenerator:
    """The closed box with the numbers of a chart."""
    return st.popover(label or _("View as table"), icon=":material/table:", type="tertiary")


def panels(charts: Sequence[Chart], key: str) -> None:
    """Small multiples: each under what it shows, beside each other where there is room."""
    with st.grid(len(charts), min_column_width=260) as grid:
        for index, chart in enumerate(charts):
            with grid.cell():
                st.markdown(f"**{literal(chart.title)}**")
                draw(chart, f"{key}_{index}")


def draw(chart: Chart, key: str, *, width: Width = "stretch") -> None:
    """The figure alone, in its own template, with its sentence for who does not see it."""
    st.plotly_chart(chart.figure, key=key, theme=None, config=CHART_SETTINGS, alt=plain(chart.alt), width=width)


def table(rows: pl.DataFrame, alt: str, labels: dict[str, str] | None = None) -> None:
    """A table of values; names in it stay text, blanks say that nothing was measured."""
    columns = {}
    for name, kind in rows.schema.items():
        label = (labels or {}).get(name) or column_labels.heading(name)
        columns[name] = _column(name, kind, label, BLANK_WIDTH if rows[name].null_count() else None)
    st.dataframe(rows.to_arrow(), hide_index=True, column_config=columns, placeholder=_("not measured"), alt=alt)


def _column(name: str, kind: pl.DataType, label: str, width: int | None) -> ColumnConfig:
    """How values of a column are written: dates without a clock, thousands parted, shares and rates in percent.

    width: pixels, None as wide as the values are.
    """
    column, meaning = st.column_config, explained(name)
    if kind == pl.Date:
        return column.DateColumn(label, width=width, help=meaning, format=locale.date_pattern())
    if isinstance(kind, pl.Datetime):
        return column.DatetimeColumn(label, width=width, help=meaning, format=f"{locale.date_pattern()}, HH:mm")
    if name.endswith(("share", "weight", "rate", "coverage")):
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


def where_from(
    rows: Sequence[provenance.Origin],
    label: str = phrase("Where these numbers come from"),
    alt: str = phrase("Origin of every figure"),
) -> None:
    """Every figure of the page opened to numerator, denominator, n, market, window and source."""
    box = closed_box(_(label), "search", key=f"box_{alt}")
    if box.open:
        columns = locale.labels(provenance.COLUMNS)
        box.dataframe(provenance.table(rows).to_arrow(), hide_index=True, column_config=columns, alt=_(alt))


def closed_box(label: str, icon: str, key: str) -> ExpanderContainer:
    """A box that is closed at first. What is drawn only where it is `.open` costs nothing until somebody opens it."""
    return st.expander(label, icon=f":material/{icon}:", key=key, on_change="rerun")


def role_badge(creator: Candidate) -> None:
    """The recommended role as a badge, with how sure it is and on how many campaigns."""
    st.badge(role_words(creator), color=ROLE_BADGES[creator.role.label])


def group_badge(creator: Candidate) -> None:
    """What to do with a creator as a badge, in the colours of the shortlist."""
    st.badge(_(GROUP_LABELS[creator.group]), color=GROUP_BADGES[creator.group])


def photos(creators: Sequence[Candidate]) -> None:
    """The photos of those who have one, side by side; of several creators each with its name."""
    found = store_access.photos([creator.creator_id for creator in creators])
    shown = [creator for creator in creators if creator.creator_id in found]
    if not shown:
        return
    with st.container(horizontal=True, width="content"):
        for creator in shown:
            name = plain(display_name(creator))
            caption = literal(words.shortened(name, LONGEST_CAPTION)) if len(creators) > 1 else None
            st.image(found[creator.creator_id], caption, width=PHOTO_WIDTH, alt=name)


def next_step(sentence: str, page: str, label: str) -> None:
    """What to do when a page has too little to show: one sentence, one action."""
    with st.container(border=True):
        st.markdown(sentence, width=READING_WIDTH)
        st.page_link(f"pages/{page}.py", label=label, icon=":material/arrow_forward:")


def onward(page: str, label: str) -> None:
    """The link at the end of a page to the one that usually comes next."""
    st.page_link(f"pages/{page}.py", label=label, icon=":material/arrow_forward:")


def bound(key: str, value: object, write: Callable[[Any], object]) -> dict[str, Any]:
    """Key and callback of a control that shows this value; what somebody makes of it is handed on to be written."""
    return {"key": show_as(key, value), "on_change": unless_echo(key, lambda: write(st.session_state[key]))}


def points(texts: Iterable[str]) -> str:
    """Texts as the points of a list, letter by letter."""
    return "\n".join(f"- {literal(text)}" for text in texts)


def turn_to(page: str) -> NoReturn:
    """Open another page, with the link as its fields hold it now.

    Streamlit refuses to leave out the query, for it may not clear what is bound to fields; with an empty one it keeps
    what they hold.
    """
    st.switch_page(f"pages/{page}.py", query_params={})


def chosen_creator(state: PageState) -> Candidate:
    """The creator that the link names, else the first ticked, else the first of the shortlist."""
    wanted = [creator_id for creator_id in (state.creator, *state.ticked) if creator_id]
    creator = next(filter(None, (store_access.candidate(state.brief, creator_id) for creator_id in wanted)), None)
    if creator is None:
        first = store_access.first_of_list(state.brief)
        creator = store_access.candidate(state.brief, first[0]) if first else None
    if creator is None:
        st.header(_("No creator yet"), anchor=False)
        sentence = _("No creator matches the brief, so there is nobody to show.")
        next_step(sentence, "shortlist", _("Change the filters on the shortlist"))
        st.stop()
    return creator


def creator_chooser(state: PageState, shown: Candidate) -> None:
    """Choose another creator for the pages about one, by a part of the name, handle or id."""
    if shown.creator_name is None:
        st.caption(_("No profile yet. Load a creators.csv with this id to see name, platform and followers."))
    first = (*state.ticked, *store_access.first_of_list(state.brief))
    one_creator(_("Creator"), "form_creator", shown.creator_id, show_creator, first)


def download(
    label: str,
    content: str | bytes | Callable[[], str | bytes],
    file_name: str,
    key: str,
    icon: str = "download",
    help: str = "",
) -> None:
    """A file to take along, which a function makes when the button is pressed; nothing for those who may not export.

    The role is read again when the button is pressed, and the activity log says who took it.
    """
    if not people.allowed(Action.EXPORT):
        return
    media, sign, by = MEDIA[PurePath(file_name).suffix], f":material/{icon}:", decisions_access.actor()

    def noted() -> str | bytes:
        written = content() if callable(content) else content
        decisions_access.note_activity(Did.EXPORT, [file_name], by)
        return written

    written = people.if_still_allowed(Action.EXPORT, noted)
    st.download_button(label, written, file_name, media, key=key, on_click="ignore", icon=sign, help=help or None)


def in_language(write: Callable[[], T], language: str | None = None) -> Callable[[], T]:
    """The function, speaking the language of this page, or another.

    A button's function runs outside of the page's run, so the reader's locale has to be handed to it.
    """
    chosen = language or spoken()

    def written() -> T:
        with speaking(chosen):
            return write()

    return written


def text_table(head: Sequence[str], rows: Iterable[Sequence[str]], alt: str) -> None:
    """A table of the page itself, which can be read, printed and heard; each cell letter by letter.

    Columns go by their index, for two heads may be called alike.
    """
    names = [literal(name) or " " * (index + 1) for index, name in enumerate(head)]
    cells = [[literal(cell) for cell in row] for row in rows]
    table = pl.DataFrame(cells, schema=dict.fromkeys(names, pl.String), orient="row")
    st.table(table, border="horizontal", hide_index=True, alt=plain(alt))
