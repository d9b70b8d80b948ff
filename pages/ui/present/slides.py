"""Present a story: choose creators and sections, one slide at a time, the clean view, and the presenter's notes."""

from functools import partial

import polars as pl
import streamlit as st

from fit.charts import NAME_LETTERS, projected, story_charts
from fit.locale import _, ngettext
from fit.shortlist import display_name
from fit.story import MOST_CREATORS, SECTIONS, UNCERTAINTY, Picture, PictureKind, Section, SectionKey, Story
from fit.text import literal, words
from pages.ui import blocks, store_access
from pages.ui.creator_search import several_creators
from pages.ui.presentation_view import show_sections, show_slide, switch
from pages.ui.view_link import PageState, tick

OFFERED = 3  # creators that the empty page offers to begin with
# Pixels of a chart on a projected slide of 900.
ROOM = {PictureKind.SPLIT: 430, PictureKind.CHANCES: 250, PictureKind.INTERVALS: 300, PictureKind.DOTS: 430}
FEW, MUCH = 330, 420  # letters of a slide's sentences up to which they are set larger, and beyond which smaller
WIDE_TEXT = 1080  # pixels: at the size of a projected slide again under 80 characters a line
# A cell of a narrow screen keeps words whole; the table then scrolls by itself.
TABLES = """<style>
.st-key-numbers td, .st-key-numbers_alone td {min-width: 5.5rem;}
.st-key-numbers td:last-child, .st-key-numbers_alone td:last-child {min-width: 9rem;}
</style>"""
# Only names that this page gives to its own containers: nothing of Streamlit's inner structure is relied on. Sizes
# follow the window, so that a slide reads from the last row and still fits a phone.
PROJECTED = """<style>
.st-key-projected h1 {font-size: clamp(1.5rem, 2.6vw, 3.2rem) !important; line-height: 1.2 !important;}
.st-key-projected p, .st-key-projected li, .st-key-numbers_alone td, .st-key-numbers_alone th {
  font-size: clamp(1rem, 1.45vw, 1.9rem) !important; line-height: 1.4;}
.st-key-few p, .st-key-few li {font-size: clamp(1.05rem, 1.8vw, 2.4rem) !important; line-height: 1.5;}
.st-key-much p, .st-key-much li, .st-key-numbers p, .st-key-numbers td, .st-key-numbers th {
  font-size: clamp(0.95rem, 1.15vw, 1.5rem) !important;}
.st-key-subtitle p, .st-key-key p {font-size: clamp(0.875rem, 1vw, 1.25rem) !important;}
</style>"""


def chosen_story(state: PageState) -> Story | None:
    """The story of the first ticked creators in the chosen sections; None when nobody known is ticked."""
    known = store_access.candidates(state.brief, state.ticked)
    if not known:
        return None
    if len(known) > MOST_CREATORS and not state.view.is_clean:
        sentence = _("{count} creators are ticked; the first {most_creators} are shown. Untick some for others.")
        st.warning(sentence.format(count=len(known), most_creators=MOST_CREATORS))
    ids = tuple(creator.creator_id for creator in known[:MOST_CREATORS])
    return store_access.story(state.brief, ids, state.line).only(state.view.sections)


def nobody_chosen(state: PageState) -> None:
    """The page without a ticked creator: what it is for, and two ways to begin."""
    because = _("A presentation tells of 1 to {most_creators} creators: who fits the brief, why, and how sure that is.")
    blocks.heading(_("Present"), _("No creator is ticked yet"), because.format(most_creators=MOST_CREATORS))
    first = store_access.shortlisted(state.brief).candidates[:OFFERED]
    with st.container(border=True):
        if first:
            names = literal(words.listing([display_name(creator) for creator in first]))
            st.markdown(_("First of the shortlist: {names}.").format(names=names))
            label = ngettext("Present the first one", "Present the first {count}", len(first)).format(count=len(first))
            ids = tuple(creator.creator_id for creator in first)
            st.button(label, key="take_first", type="primary", on_click=tick, args=(ids,), icon=":material/slideshow:")
        st.page_link("pages/shortlist.py", label=_("Choose on the shortlist"), icon=":material/arrow_forward:")
    if state.view.is_clean:
        _end()


def choices(story: Story, state: PageState) -> None:
    """The page's heading, and what the presentation is made of: creators, sections, the clean view."""
    blocks.heading(
        _("Present"), story.title, _("Choose creators and sections; every change is kept in the link of this page.")
    )
    _creators(story, state)
    st.multiselect(
        _("Sections"), list(SECTIONS), format_func=lambda key: _(SECTIONS[key]), select_all=False,
        help=_("Each is one slide. With none chosen, all are shown."),
        **blocks.bound(
            "form_sections", list(state.view.sections), lambda keys: show_sections(keys, _shown(story, state).key)
        ),
    )  # fmt: skip
    st.button(
        _("Start the presentation"), key="start", type="primary", icon=":material/slideshow:", on_click=switch,
        args=("present", True),
        help=_("The slide alone, in large type. The arrow keys turn the slides; F11 fills the screen."),
    )  # fmt: skip


def _creators(story: Story, state: PageState) -> None:
    chosen = [creator_story.candidate.creator_id for creator_story in story.creators]
    best = [creator.creator_id for creator in store_access.shortlisted(state.brief).candidates]
    several_creators(
        _("Creators"),
        "form_told",
        chosen,
        tick,
        first=best,
        most=MOST_CREATORS,
        meaning=_("In the order of the slides."),
    )


def _shown(story: Story, state: PageState) -> Section:
    return story.sections[state.view.slide - 1]


def slide_below(story: Story, state: PageState) -> None:
    """The slide as a preview on the page, with its controls."""
    section = _shown(story, state)
    st.html(TABLES)
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            _turn(story, state)
            _notes_toggle(state)
        _progress(story, state)
        st.subheader(literal(section.title), anchor=False)
        st.caption(literal(section.subtitle))
        _body(section, state)
        _numbers(section)
        _foot(story, state)
    _notes(section, state)


def slide_alone(story: Story, state: PageState) -> None:
    """The clean view: one slide in type that can be projected, its controls always in one place above it."""
    section = _shown(story, state)
    st.html(PROJECTED + TABLES)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="controls"):
        _turn(story, state)
        if story.is_demo:
            st.badge(_("Sample data"), icon=":material/science:", color="gray")
        st.space("stretch")
        _notes_toggle(state)
        _end()
    _progress(story, state)
    with st.container(key="projected"):
        st.title(literal(section.title), anchor=False)
        with st.container(key="subtitle"):
            st.caption(literal(section.subtitle))
        _body(section, state)
    _numbers(section)
    _foot(story, state)
    _notes(section, state)


def _turn(story: Story, state: PageState) -> None:
    number, last = state.view.slide, len(story.sections)
    turns = (("back", _("Back"), number - 1, "Left"), ("next", _("Next"), number + 1, "Right"))
    for turn, label, to, key in turns:
        is_off = not 1 <= to <= last
        st.button(label, key=f"turn_{turn}", shortcut=key, disabled=is_off, on_click=show_slide, args=(to,))


def _notes_toggle(state: PageState) -> None:
    st.toggle(_("Presenter notes"), **blocks.bound("form_notes", state.view.notes, partial(switch, "notes")))


def _end() -> None:
    icon, args = ":material/close_fullscreen:", ("present", False)
    st.button(_("End"), key="end", icon=icon, on_click=switch, args=args, shortcut="Esc")


def _progress(story: Story, state: PageState) -> None:
    number, last, section = state.view.slide, len(story.sections), _(SECTIONS[_shown(story, state).key])
    text = _("Slide {at} of {last} · {section}").format(at=number, last=last, section=section)
    st.progress(number / last, text=text)


def _body(section: Section, state: PageState) -> None:
    """Chart and sentences beside each other; each alone where the other is missing."""
    table = _table_beside(section)
    if table is not None:
        points, numbers = st.columns([3, 2], gap="large")
        with points:
            _points(section, state)
        with numbers:
            _table(table, section.title, "numbers")
    elif section.picture is None or not section.points or section.picture.is_panels:
        if section.picture:
            _chart(section.picture, state)
        _points(section, state)
    else:
        chart, points = st.columns([3, 2], gap="large")
        with chart:
            _chart(section.picture, state)
        with points:
            _points(section, state)


def _numbers(section: Section) -> None:
    """The table: in the open where it is what the slide shows, folded where a chart and sentences say the same."""
    if section.table is None or _table_beside(section) is not None:
        return
    if section.picture is not None and section.points:
        with blocks.numbers_as_table():
            _table(section.table, section.title, "numbers")
    else:
        _table(section.table, section.title, "numbers" if section.picture else "numbers_alone")


def _table_beside(section: Section) -> pl.DataFrame | None:
    """The table that shares the slide with the sentences: a narrow one, where there is no chart."""
    is_narrow = section.picture is None and section.table is not None and section.table.width <= 2
    return section.table if is_narrow else None


def _points(section: Section, state: PageState) -> None:
    shown = [point for point in section.points if point != _(UNCERTAINTY)]
    letters = sum(map(len, shown))
    if not shown:
        return
    key = "much" if letters > MUCH else "few" if letters <= FEW and section.picture is None else "points"
    with st.container(key=key, width=WIDE_TEXT if state.view.is_clean else blocks.READING_WIDTH):
        st.markdown("\n".join(f"- {_with_gaps(section, text)}" for text in shown))


def _with_gaps(section: Section, text: str) -> str:
    """A point as markdown, what names a gap in red."""
    parts = section.in_parts(text)
    return "".join(f":red[**{literal(part)}**]" if is_gap else literal(part) for part, is_gap in parts)


def _chart(picture: Picture, state: PageState) -> None:
    charts = story_charts(picture, dark=state.dark)
    if state.view.is_clean:
        charts = [projected(picture.kind, chart, ROOM[picture.kind]) for chart in charts]
    if len(charts) > 1:
        blocks.panels(charts, f"slide_{picture.kind}")
        return
    chart = charts[0]
    blocks.draw(chart, f"slide_{picture.kind}")
    if picture.kind in (PictureKind.SPLIT, PictureKind.DOTS):
        with st.container(key="key"):
            st.caption(literal(chart.subtitle))


def _table(table: pl.DataFrame, title: str, key: str) -> None:
    with st.container(key=key):
        blocks.text_table(table.columns, [(_short(name), *cells) for name, *cells in table.iter_rows()], title)


def _short(name: str) -> str:
    """A name that leaves room for its row: the sentences have all of it."""
    return name if len(name) <= NAME_LETTERS else f"{name[: NAME_LETTERS - 1]}…"


def _foot(story: Story, state: PageState) -> None:
    """Where the numbers come from, what a range means where one is first read, and what made this."""
    section = _shown(story, state)
    if state.view.slide == 1 or section.key == SectionKey.FORECAST:
        st.caption(_(UNCERTAINTY))
    st.caption(f"{literal(section.source)} · {literal(story.imprint)}")


def _notes(section: Section, state: PageState) -> None:
    if not state.view.notes:
        return
    with st.container(border=True, key="presenter_notes"):
        st.markdown(_("**Presenter notes**"))
        st.markdown(blocks.points(section.notes), width=blocks.READING_WIDTH)
