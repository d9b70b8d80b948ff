"""Present a story: one slide at a time, the clean view, the presenter's notes, and below them what is shown."""

from functools import partial

import streamlit as st

from fit.documents import slide_html
from fit.locale import _, ngettext
from fit.shortlist import display_name
from fit.story import MOST_CREATORS, SECTIONS, Section, Story
from fit.text import literal, words
from pages.ui import blocks, store_access
from pages.ui.creator_search import several_creators
from pages.ui.last_review import last_reviews
from pages.ui.learn.past_forecasts import accuracy_line
from pages.ui.presentation_view import show_sections, show_slide, switch
from pages.ui.view_link import PageState, tick

OFFERED = 3  # creators that the empty page offers to begin with
CONTROLS_ABOVE = "9rem"  # what the clean view has above and below its slide
# Only names that this page gives to its own containers: nothing of Streamlit's inner structure is relied on.
PROJECTED = """<style>
.st-key-alone {margin-bottom: -8rem;}
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
    return store_access.story(state.brief, ids, state.line, last_reviews(ids), accuracy_line()).only(
        state.view.sections
    )


def nobody_chosen(state: PageState) -> None:
    """The page without a ticked creator: what it is for, and two ways to begin."""
    because = _("A presentation shows 1 to {most_creators} creators: who fits the brief, why, and how sure we are.")
    blocks.heading(_("Present"), _("No creator is ticked yet"), because.format(most_creators=MOST_CREATORS))
    first = store_access.candidates(state.brief, store_access.first_of_list(state.brief)[:OFFERED])
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
    """What the presentation is made of: creators and sections."""
    with st.container(border=True, key="choices"):
        st.markdown(_("**What is shown**"))
        st.caption(_("Every change is kept in the link of this page."))
        creators, sections = st.columns(2)
        with creators:
            _creators(story, state)
        with sections:
            st.multiselect(
                _("Sections"), list(SECTIONS), format_func=lambda key: _(SECTIONS[key]), select_all=False,
                help=_("Each is one slide. With none chosen, all are shown."),
                **blocks.bound(
                    "form_sections",
                    list(state.view.sections),
                    lambda keys: show_sections(keys, _shown(story, state).key),
                ),
            )  # fmt: skip


def _creators(story: Story, state: PageState) -> None:
    chosen = [creator_story.candidate.creator_id for creator_story in story.creators]
    several_creators(
        _("Creators"),
        "form_told",
        chosen,
        tick,
        first=store_access.first_of_list(state.brief),
        most=MOST_CREATORS,
        meaning=_("Slides show them by what to do: book, test, skip."),
    )


def _shown(story: Story, state: PageState) -> Section:
    return story.sections[state.view.slide - 1]


def slide_on_page(story: Story, state: PageState) -> None:
    """The page's heading, and the slide as a preview with its controls."""
    blocks.page_title(_("Present"))
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        _turn(story, state)
        _progress(story, state)
        st.space("stretch")
        _notes_toggle(state)
        st.button(
            _("Start the presentation"), key="start", type="primary", icon=":material/slideshow:", on_click=switch,
            args=("present", True),
            help=_("Only the slide, as large as the window. The arrow keys turn the slides; F11 fills the screen."),
        )  # fmt: skip
    with st.container(border=True, key="preview"):
        brand, problem = store_access.brand()
        st.html(slide_html(story, state.view.slide, brand, dark=state.dark, level=2))
    if problem:
        st.warning(literal(problem))
    _notes(_shown(story, state), state)


def slide_alone(story: Story, state: PageState) -> None:
    """The clean view: one slide as large as the window, its controls always in one place above it."""
    st.html(PROJECTED)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="controls"):
        _turn(story, state)
        if story.is_demo:
            st.badge(_("Sample data"), icon=":material/science:", color="gray")
        _progress(story, state)
        st.space("stretch")
        _notes_toggle(state)
        _end()
    brand, _problem = store_access.brand()
    height = f"100vh - {CONTROLS_ABOVE}"
    with st.container(key="alone"):
        st.html(slide_html(story, state.view.slide, brand, dark=state.dark, level=1, height=height))
    _notes(_shown(story, state), state)


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
    st.caption(_("Slide {at} of {last} · {section}").format(at=number, last=last, section=section))


def _notes(section: Section, state: PageState) -> None:
    if not state.view.notes:
        return
    with st.container(border=True, key="presenter_notes"):
        st.markdown(_("**Presenter notes**"))
        st.markdown(blocks.points(section.notes), width=blocks.READING_WIDTH)
