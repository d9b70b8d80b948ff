"""Guide a newcomer from the sample data to their own: three steps with one action each, which can be dismissed.

What was done is remembered for the session. With own data loaded there is nothing left to guide to.
"""

import streamlit as st

from fit.locale import _
from pages.ui import store_access
from pages.ui.brief_sidebar import set_market

DISMISSED, SHORTLIST_SEEN = "guide_left", "guide_seen"  # keys of the session
DONE = ":material/check_circle:"


def demo_notice(*, on_shortlist: bool, market: str) -> None:
    """Say that the data are invented, and lead to own ones: in three steps, or by a link once they are dismissed.

    on_shortlist: whether this run shows the shortlist. market: the link's markets as text, "" while none is chosen.
    """
    if on_shortlist:
        st.session_state[SHORTLIST_SEEN] = True
    is_dismissed = st.session_state.get(DISMISSED, False)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="demo"):
        st.badge(_("Demo data: everything is invented"), icon=":material/science:", color="red")
        if is_dismissed:
            st.page_link("pages/your_data.py", label=_("Load your own data"), icon=":material/upload:")
        else:
            st.space("stretch")
            st.button(
                _("Leave the guide"), key="leave_guide", icon=":material/close:", type="tertiary",
                on_click=st.session_state.update, args=({DISMISSED: True},),
            )  # fmt: skip
    if not is_dismissed:  # the steps side by side, below each other on a phone; those that are done with a tick
        with st.container(border=True, horizontal=True, vertical_alignment="center", gap="small", key="guide"):
            icon = DONE if SHORTLIST_SEEN in st.session_state else ":material/arrow_forward:"
            st.markdown(_("**Start here**"), width="content")
            st.page_link("pages/shortlist.py", label=_("1 See the demo shortlist"), icon=icon)
            _market(icon=DONE if market.strip() else ":material/public:")
            st.page_link("pages/your_data.py", label=_("3 Load your own files"), icon=":material/upload:")


def _market(icon: str) -> None:
    codes = store_access.country_codes()
    with st.popover(_("2 Set your market"), icon=icon, type="tertiary", key="guide_market"):
        st.selectbox(
            _("Where do you sell?"), list(codes), index=None, format_func=codes.__getitem__, key="guide_country",
            on_change=_set_market, placeholder=_("Choose a country"),
            help=_("More markets and their weights can be set in the brief, beside every page."),
        )  # fmt: skip


def _set_market() -> None:
    if st.session_state["guide_country"]:
        set_market(st.session_state["guide_country"])
