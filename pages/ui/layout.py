"""Draw what surrounds every page: the list of pages, the brief in the sidebar, warnings, and the error box."""

import logging
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import uuid4

import streamlit as st
from streamlit.runtime.pages_manager import PagesManager
from streamlit.runtime.scriptrunner_utils.exceptions import ScriptControlException

from fit.load_steps import Progress, Step
from fit.locale import _, phrase, speak
from fit.text import literal
from pages.ui import decisions_access, store_access
from pages.ui.brief_sidebar import PageState, brief_in_sidebar, read_link_fields
from pages.ui.guide import demo_notice
from pages.ui.presentation_view import is_presenting

ICON = Path(__file__).parents[2] / "static" / "icon.png"
WIDEST = 1280  # pixels of content: on a wide screen lines would become too long to follow
PRESENT = phrase("Present")  # the page that has a clean view
LONGEST_WAIT = 30  # seconds for a demo that another visitor has begun to build
ABOUT = phrase("Creator Fit: which creator, for which market, in which role. Runs on this machine, on your own data.")
log = logging.getLogger("creator_fit")


def pages() -> list[st.Page]:
    """Every page; the first is the default and stands at "/". Without sections: those break the list for readers."""
    return [
        st.Page("pages/shortlist.py", title=_("Shortlist"), icon=":material/format_list_numbered:", default=True),
        st.Page("pages/compare.py", title=_("Compare"), icon=":material/compare_arrows:"),
        st.Page("pages/plan.py", title=_("Plan"), icon=":material/account_balance_wallet:"),
        st.Page("pages/audience_geography.py", title=_("Audience geography"), icon=":material/public:"),
        st.Page("pages/natural_strength.py", title=_("Natural strength"), icon=":material/straighten:"),
        st.Page("pages/recommended_role.py", title=_("Recommended role"), icon=":material/theater_comedy:"),
        st.Page("pages/brief.py", title=_("Brief"), icon=":material/assignment:"),
        st.Page("pages/goal_conversation.py", title=_("Goal conversation"), icon=":material/forum:"),
        st.Page("pages/goal_alignment.py", title=_("Goal alignment"), icon=":material/join_inner:"),
        st.Page("pages/partnership_charter.py", title=_("Partnership charter"), icon=":material/handshake:"),
        st.Page("pages/campaign_review.py", title=_("Campaign review"), icon=":material/fact_check:"),
        st.Page("pages/partnerships.py", title=_("Partnerships"), icon=":material/timeline:"),
        st.Page("pages/present.py", title=_(PRESENT), icon=":material/slideshow:"),
        st.Page("pages/your_data.py", title=_("Your data"), icon=":material/database:"),
    ]


def _navigation() -> tuple[st.Page, bool]:
    """Name the pages; say which one it is, and whether it is shown without all that surrounds it.

    Our icon comes first: without one the browser asks a font server for the page's own.
    """
    st.set_page_config(page_icon=str(ICON))
    page = st.navigation(pages(), expanded=True)
    if page.title == _(PRESENT) and is_presenting():
        return st.navigation(pages(), position="hidden"), True
    return page, False


def run_app() -> None:
    """Draw what surrounds the page that the address names, and run it."""
    speak(st.context.locale)
    page, is_clean = _navigation()
    st.set_page_config(
        page_title=f"{page.title} · Creator Fit",
        page_icon=str(ICON),
        layout="wide",
        initial_sidebar_state="collapsed" if is_clean else "auto",
        menu_items={"About": _(ABOUT)},
    )
    with st.container(width="stretch" if is_clean else WIDEST), _errors_in_a_box():
        facts = _facts_or_stop(page.title)
        stage, foot = st.container(), st.container()
        with foot:
            state = (read_link_fields if is_clean else brief_in_sidebar)(is_demo=facts.is_demo)
        with stage:
            if facts.is_demo and not is_clean:
                demo_notice(on_shortlist=page.title == _("Shortlist"), market=st.session_state["market"])
            for warning in facts.warnings:
                st.warning(literal(warning), icon=":material/history:")
            for problem in state.problems:
                st.warning(problem, icon=":material/link_off:")
            st.session_state["page_state"] = state
            page.run()


def page_state() -> PageState:
    """Return what the page works with; the first call of every page.

    A link straight to a page runs that page without app.py on a server that has just started (a folder named pages/
    is Streamlit's older way of finding pages). Naming the pages and starting over brings sidebar and brief back.
    """
    if PagesManager.uses_pages_directory or "page_state" not in st.session_state:
        _navigation()
        st.rerun()
    return st.session_state["page_state"]


@contextmanager
def _errors_in_a_box() -> Iterator[None]:
    """Show any failure as a box with an id. The log gets the place in the code, no message: it could hold data."""
    try:
        yield
    except ScriptControlException:
        raise
    except decisions_access.DecisionsError as error:
        st.error(literal(error), title=_("Papers could not be read or saved"), icon=":material/error:")
    except BaseException as error:  # a PanicException of Polars is no Exception, and would hang the session
        number = uuid4().hex[:8]
        log.error("error %s: %s\n%s", number, type(error).__name__, "".join(traceback.format_tb(error.__traceback__)))
        sentence = _(
            "The page could not be drawn. Nothing you stored was changed. Reload the page; if it happens again, "
            "tell whoever runs this server the number **{number}**: the log has the details."
        )
        st.error(sentence.format(number=number), title=_("Something went wrong"), icon=":material/error:")


def _facts_or_stop(title: str) -> store_access.Facts:
    try:
        return store_access.facts()
    except store_access.StoreEmpty:
        st.title(title, anchor=False)
        st.markdown(
            _("The store is empty, so an invented field is being built to look around in. It takes a few seconds.")
        )
        _with_progress(store_access.build_demo)
        st.rerun()
    except store_access.StoreEarlier:
        st.title(title, anchor=False)
        st.markdown(_("This is a new version of Creator Fit. What you loaded is being judged again; nothing is lost."))
        _with_progress(store_access.rebuild)
        st.rerun()
    except store_access.StoreDamaged as error:
        st.title(title, anchor=False)
        st.error(literal(error), title=_("The store cannot be read"), icon=":material/error:")
        st.markdown(_("Next: run `python -m fit check` on this machine; it names every damaged file."))
        st.stop()


def _with_progress(build: Callable[[Progress], None]) -> None:
    """Publish a generation with visible progress, or wait for another visitor's."""
    bar = st.progress(0.0, text=_("Starting"))

    def show_progress(step: Step, part: float, file: str) -> None:
        bar.progress(min(1.0, part), text=step.in_words())

    try:
        build(show_progress)
    except store_access.StoreBusy:
        bar.progress(0.5, text=_("Somebody else has begun to load; waiting for it to finish"))
        _wait_for_facts()
    except store_access.StoreError as error:
        st.error(literal(error), title=_("The data could not be built"), icon=":material/error:")
        st.markdown(_("Next: point `CREATOR_FIT_STORE` at a folder that this server may write to, and start it again."))
        st.stop()


def _wait_for_facts() -> None:
    for _attempt in range(2 * LONGEST_WAIT):
        time.sleep(0.5)
        with suppress(store_access.StoreError):
            store_access.facts()
            return
    st.warning(_("The other load is still running. Reload this page in a minute."), title=_("Busy"))
    st.stop()
