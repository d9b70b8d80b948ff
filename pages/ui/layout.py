"""Draw what surrounds every page: name and menu, the row with title and brief, warnings, and the error box."""

import logging
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.runtime.pages_manager import PagesManager
from streamlit.runtime.scriptrunner_utils.exceptions import ScriptControlException

from fit.access import Person, may_open
from fit.load_steps import Progress, Step
from fit.locale import _, phrase, speak
from fit.text import literal
from pages.ui import decisions_access, people, store_access
from pages.ui.blocks import page_title, title_place
from pages.ui.brief_bar import brief_bar, market_problem
from pages.ui.copy_link import copy_link
from pages.ui.delivery import FIRST
from pages.ui.first_visit import note_page, sample_mark
from pages.ui.presentation_view import is_presenting
from pages.ui.sign_in import sign_in_screen, signed_in_as
from pages.ui.turns import Busy, client, turns_of
from pages.ui.view_link import FAILED, PageState, read_view_link

STATIC = Path(__file__).parents[2] / "static"
ICON = STATIC / "icon.png"
MENU_WIDTH = 208  # pixels: its longest entry fits, and the list keeps all of its columns on a small laptop
WIDEST = 1280  # pixels of content: on a wide screen lines would become too long to follow
LONGEST_WAIT = 30  # seconds without a sign of life from whoever else writes the store
LOOK_EVERY = 0.5  # seconds
ABOUT = phrase("Creator Fit: which creator, for which market, in which role. Runs on this machine, on your own data.")
log = logging.getLogger("creator_fit")


@dataclass(frozen=True)
class Entry:
    """One page of the menu. file: of pages/, its address; uses_brief: whether the brief stands above it."""

    file: str
    title: str
    icon: str
    uses_brief: bool = False


MENU = {
    phrase("Choose"): (
        Entry("shortlist", phrase("Shortlist"), "format_list_numbered", uses_brief=True),
        Entry("compare", phrase("Compare"), "compare_arrows", uses_brief=True),
        Entry("plan", phrase("Plan"), "account_balance_wallet", uses_brief=True),
    ),
    phrase("Creator"): (
        Entry("audience_geography", phrase("Audience"), "public", uses_brief=True),
        Entry("natural_strength", phrase("Strength"), "straighten", uses_brief=True),
        Entry("recommended_role", phrase("Role"), "theater_comedy", uses_brief=True),
    ),
    phrase("Agree"): (
        Entry("brief", phrase("Brief"), "assignment"),
        Entry("goal_conversation", phrase("Goals"), "forum"),
        Entry("goal_alignment", phrase("Alignment"), "join_inner"),
        Entry("partnership_charter", phrase("Charter"), "handshake"),
    ),
    phrase("Learn"): (
        Entry("campaign_review", phrase("Review"), "fact_check"),
        Entry("partnerships", phrase("Partnerships"), "timeline"),
        Entry("forecast_accuracy", phrase("Accuracy"), "target"),
    ),
    phrase("Share"): (
        Entry("present", phrase("Present"), "slideshow", uses_brief=True),
        Entry("shared", phrase("Shared with me"), "inbox"),
    ),
    phrase("Data"): (
        Entry("your_data", phrase("Your data"), "database"),
        Entry("team", phrase("Team"), "group"),
        Entry("activity", phrase("Activity"), "history"),
    ),
}
PRESENT, SHARED = "present", "shared"  # the page that has a clean view, and the one that every role may open


def pages(who: Person | None) -> dict[str, list[st.Page]]:
    """The pages of this server by the section of the menu, those hidden that somebody may not open; FIRST is the
    default and stands at "/". Without sign-in (None) the pages that need it are not there at all.

    Streamlit draws a section as a box between list and items, which readers take for no list (tests/browser/driver.py).
    """
    named = {_(section): [_page(entry, who) for entry in entries if who or may_open(None, entry.file)]
             for section, entries in MENU.items()}  # fmt: skip
    return {section: entries for section, entries in named.items() if entries}


def _page(entry: Entry, who: Person | None) -> st.Page:
    return st.Page(
        f"pages/{entry.file}.py", title=_(entry.title), icon=f":material/{entry.icon}:", default=entry.file == FIRST,
        visibility="visible" if may_open(who, entry.file) else "hidden",
    )  # fmt: skip


def _navigation(who: Person | None) -> tuple[st.Page, Entry, bool]:
    """Name the pages; say which one it is, and whether it is shown without all that surrounds it.

    Our icon comes first: without one the browser asks a font server for the page's own.
    """
    st.set_page_config(page_icon=str(ICON), initial_sidebar_state=MENU_WIDTH)
    page = st.navigation(pages(who), expanded=True)
    entry = next(entry for entries in MENU.values() for entry in entries if entry.file == (page.url_path or FIRST))
    if entry.file == PRESENT and is_presenting():
        return st.navigation(pages(who), position="hidden"), entry, True
    return page, entry, False


def _navigation_without_menu() -> None:
    """Name the pages of before sign-in, so that an address is still there after it, but show no menu."""
    st.set_page_config(page_title="Creator Fit", page_icon=str(ICON), initial_sidebar_state=MENU_WIDTH)
    files = [f"pages/{entry.file}.py" for entries in MENU.values() for entry in entries]
    st.navigation([st.Page(file, default=file == f"pages/{FIRST}.py") for file in files], position="hidden")


def run_app() -> None:
    """Draw what surrounds the page that the address names, and run it."""
    speak(st.context.locale)
    who = _person_or_stop()
    page, entry, is_clean = _navigation(who)
    if entry.file == FIRST and not may_open(who, FIRST):
        st.switch_page(f"pages/{SHARED}.py")
    st.set_page_config(
        page_title=f"{page.title} · Creator Fit",
        page_icon=str(ICON),
        layout="wide",
        initial_sidebar_state="collapsed" if is_clean else MENU_WIDTH,
        menu_items={"About": _(ABOUT)},
    )
    if not is_clean:
        _name()
        if who:
            signed_in_as(who)
            decisions_access.note_sign_in(who.email)
    frame = st.container(width="stretch" if is_clean else WIDEST, gap="xsmall")
    with frame, _errors_in_a_box(), turns_of(client()).one():
        if failed := st.session_state.pop(FAILED, None):
            raise failed
        if not may_open(who, entry.file):
            _not_for_this_role(page.title)
            return
        facts = _facts_or_stop(page.title)
        top, stage, foot = st.container(), st.container(), st.container()
        with foot:
            state = read_view_link(is_demo=facts.is_demo)
        with top:
            if is_clean:
                title_place()
            else:
                _top_row(entry, state)
        with stage:
            if not is_clean:
                note_page(is_first=entry.file == FIRST)
            for warning in facts.warnings:
                st.warning(literal(warning), icon=":material/history:")
            for problem in state.problems if may_open(who, FIRST) else ():  # others have no use for it
                st.warning(problem, icon=":material/link_off:")
            st.session_state["page_state"] = state
            page.run()


def _person_or_stop() -> Person | None:
    """Who is signed in, None where sign-in is not set up; whoever is not known sees the way in and nothing else."""
    try:
        who = people.person()
    except people.NotAllowed as reason:
        _navigation_without_menu()
        sign_in_screen(reason)
        st.stop()
    except decisions_access.DecisionsError as error:
        _navigation_without_menu()
        st.title("Creator Fit", anchor=False)
        st.error(literal(error), title=_("The list of members could not be read"), icon=":material/error:")
        st.stop()
    return who


def _name() -> None:
    """The product's name at the top left, and its mark alone where the menu is closed."""
    shade = "dark" if st.context.theme.type == "dark" else "light"
    st.logo(STATIC / f"logo_{shade}.svg", size="large", icon_image=ICON)


def _not_for_this_role(title: str) -> None:
    """Instead of a page that a role may not open: why, and where to go."""
    st.title(title, anchor=False)
    st.markdown(_("Your role does not open this page. An admin of this server can give you another role."))
    st.page_link(f"pages/{SHARED}.py", label=_("Go to what was shared with you"), icon=":material/inbox:")


def _top_row(entry: Entry, state: PageState) -> None:
    """Title, the brief where the page uses it, the mark of sample data, and the link to copy, in one row."""
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key="top"):
        title_place()
        page_title(_(entry.title))
        if entry.uses_brief:
            brief_bar(state.brief)
        st.space("stretch")
        if state.is_demo:
            sample_mark()
        copy_link()
    if entry.uses_brief and (problem := market_problem(state.brief)):
        st.warning(problem, icon=":material/public:")


def page_state() -> PageState:
    """Return what the page works with; the first call of every page.

    A page runs without app.py where Streamlit finds it as a file of pages/, its older way: under AppTest, and on
    a server that was not started by app.py. Naming the pages and starting over brings the frame back.
    """
    if PagesManager.uses_pages_directory or "page_state" not in st.session_state:
        _navigation_without_menu()
        st.rerun()
    return st.session_state["page_state"]


@contextmanager
def _errors_in_a_box() -> Iterator[None]:
    """Show any failure as a box with an id. The log gets the place in the code, no message: it could hold data."""
    try:
        yield
    except ScriptControlException:
        raise
    except people.NotAllowed as error:
        st.error(literal(error), title=_("Not allowed"), icon=":material/lock:")
    except decisions_access.DecisionsError as error:
        st.error(literal(error), title=_("Partnerships could not be read or saved"), icon=":material/error:")
    except (Busy, store_access.TooSlow) as error:
        st.warning(literal(error), title=_("Busy"), icon=":material/hourglass_top:")
        st.button(_("Try again"), key="try_again", icon=":material/refresh:")
    except BaseException as error:  # a PanicException of Polars is no Exception, and would hang the session
        number = uuid4().hex[:8]
        log.error("error %s: %s\n%s", number, type(error).__name__, "".join(traceback.format_tb(error.__traceback__)))
        sentence = _(
            "The page could not be shown. Your data is unchanged. Reload the page; if it happens again, give "
            "whoever runs this server the number **{number}**, which is in the log."
        )
        st.error(sentence.format(number=number), title=_("This page could not be shown"), icon=":material/error:")


def _facts_or_stop(title: str) -> store_access.Facts:
    try:
        return store_access.facts()
    except store_access.StoreEmpty:
        st.title(title, anchor=False)
        st.markdown(_("No data is loaded yet, so we are creating sample data. It takes a few seconds."))
        _with_progress(store_access.build_demo)
        st.rerun()
    except store_access.StoreEarlier:
        st.title(title, anchor=False)
        st.markdown(_("This is a new version of Creator Fit. Your data is being recalculated; nothing is lost."))
        _with_progress(store_access.rebuild)
        st.rerun()
    except (store_access.StoreDamaged, store_access.StoreNewer) as error:
        st.title(title, anchor=False)
        st.error(literal(error), title=_("The store cannot be read"), icon=":material/error:")
        st.markdown(_("Next: run `python -m fit check` on this machine; it names every damaged file."))
        st.stop()


def _with_progress(build: Callable[[Progress], None]) -> None:
    """Publish a generation with visible progress, or watch that of a visitor who came before."""
    bar = st.progress(0.0, text=_("Starting"))

    def show_progress(step: Step, part: float, file: str) -> None:
        bar.progress(min(1.0, part), text=step.in_words())

    try:
        if store_access.under_way():
            _wait_for_facts(bar)
        else:
            build(show_progress)
    except store_access.StoreBusy:
        _wait_for_facts(bar)
    except store_access.StoreError as error:
        st.error(literal(error), title=_("The data could not be built"), icon=":material/error:")
        st.markdown(_("Next: point `CREATOR_FIT_STORE` at a folder that this server may write to, and start it again."))
        st.stop()


def _wait_for_facts(bar: DeltaGenerator) -> None:
    """Wait until the store can be read. The bar shows what this server builds for somebody else, if it does."""
    progress, waited = store_access.under_way(), 0.0
    if progress is None:
        bar.progress(0.0, text=_("Another program is writing to the data folder; waiting for it to finish"))
    while waited < LONGEST_WAIT:
        if progress is not None:
            step, part = progress
            bar.progress(min(1.0, part), text=step.in_words())
        time.sleep(LOOK_EVERY)
        with suppress(store_access.StoreError):
            store_access.facts()
            return
        before, progress = progress, store_access.under_way()
        if before and not progress:
            return  # whoever built it has stopped: the next run begins anew
        waited = 0.0 if progress != before else waited + LOOK_EVERY
    st.warning(_("It is still running. Reload this page in a minute."), title=_("Busy"))
    st.stop()
