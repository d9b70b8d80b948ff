"""Share the presentation by a link: what the link shows until when, who said what of it, and taking it back."""

from datetime import date, timedelta
from urllib.parse import urlsplit, urlunsplit

import streamlit as st

from fit.access import Action, AddressRefused, read_address
from fit.locale import _
from fit.story import Story
from fit.text import literal, words
from pages.ui import people, store_access
from pages.ui.opened_decisions import DecisionsError, SavedShare
from pages.ui.shared import shares, verdicts
from pages.ui.shared.deck import TOKEN
from pages.ui.view_link import PageState, present_link

USUAL_DAYS = 30
MOST_DAYS = 365
MOST_NAMED = 50  # addresses
LONGEST_TITLE = 180  # characters
# Fields of the link that say what is shown, beside markets and creators.
SHOWN_BY = (
    "goal", "platform", "vertical", "followers", "min_share", "min_share_each", "deliverable", "cost", "target", "show",
)  # fmt: skip
MADE, MESSAGE = "share_made", "share_message"  # keys of the session: number and secret of the last link; what failed


def share_by_link(story: Story, state: PageState) -> None:
    """A form that makes a link, and every link of this person; nothing without sign-in."""
    if not people.allowed(Action.SHARE):
        return
    st.header(_("Share"), anchor=False)
    st.caption(
        _("Colleagues and clients who can sign in here see these slides, read-only, and accept or reject creators.")
    )
    with st.form("share", border=True):
        st.checkbox(
            _("Hide prices"), key="share_hides", value=True,
            help=_("Takes prices, costs of one purchase and totals out of slides and files. Ranks still use them."),
        )  # fmt: skip
        st.checkbox(_("Allow downloads"), key="share_downloads")
        today = date.today()
        st.date_input(
            _("Ends after"), today + timedelta(USUAL_DAYS), min_value=today, max_value=today + timedelta(MOST_DAYS),
            key="share_until",
        )  # fmt: skip
        st.text_input(
            _("For (e-mail addresses, optional)"), key="share_named", placeholder="ana@brand.example",
            help=_("They find it in their list from the start. Anybody who can sign in and has the link can open it."),
        )  # fmt: skip
        st.form_submit_button(_("Make a link"), icon=":material/link:", on_click=_make, args=(story, state))
    if message := st.session_state.pop(MESSAGE, None):
        st.warning(literal(message), icon=":material/info:")
    _new_link()
    for share in shares.made_by_me():
        _one(share)


def _make(story: Story, state: PageState) -> None:
    link = {name: text for name, text in present_link().items() if name in SHOWN_BY}
    link["market"] = "_".join(f"{code}-{weight:g}" for code, weight in state.brief.markets)
    try:
        made, token = shares.make(
            title=story.title[:LONGEST_TITLE], link=link, hides_prices=bool(st.session_state["share_hides"]),
            creators=[creator.candidate.creator_id for creator in story.creators],
            may_download=bool(st.session_state["share_downloads"]), generation=story.generation,
            last_day=st.session_state["share_until"], named=_addresses(st.session_state["share_named"]),
        )  # fmt: skip
        st.session_state[MADE] = made.share_id, token
    except (DecisionsError, AddressRefused) as error:
        st.session_state[MESSAGE] = str(error)


def _addresses(text: str) -> list[str]:
    """The addresses that were typed, separated by commas or blanks. Raises AddressRefused."""
    typed = text.replace(",", " ").replace(";", " ").split()
    if len(typed) > MOST_NAMED:
        raise AddressRefused(_("Name at most {most} addresses.").format(most=MOST_NAMED))
    return [read_address(one) for one in typed]


def _new_link() -> None:
    """The link that was just made: it can be copied here once, for only its hash is kept."""
    if MADE not in st.session_state:
        return
    _number, token = st.session_state[MADE]
    with st.container(border=True, key="share_new"):
        st.markdown(_("**Copy the link now: it is not shown again.**"))
        st.code(_address(token), language=None, wrap_lines=True)
        st.button(_("Done"), key="share_done", on_click=st.session_state.pop, args=(MADE, None))


def _address(token: str) -> str:
    """The address of the shared page on this server."""
    here = urlsplit(st.context.url or "")
    path = here.path.rstrip("/").removesuffix("present").rstrip("/")
    return urlunsplit((here.scheme, here.netloc, f"{path}/shared", f"{TOKEN}={token}", ""))


def _one(share: SavedShare) -> None:
    """One link: its state, what was said of each creator, and a button that takes it back."""
    said = shares.verdicts(share)
    with st.container(border=True, key=f"share_{share.share_id}"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(f"**{literal(share.title)}**")
            st.caption(_state(share))
            st.space("stretch")
            if share.is_open(date.today()):
                st.button(
                    _("Take back"), key=f"share_back_{share.share_id}", icon=":material/link_off:", type="tertiary",
                    on_click=_take_back, args=(share.share_id,),
                )  # fmt: skip
        names = store_access.names_of(share.creators)
        for creator_id in share.creators:
            of_creator = [one for one in said if one.creator_id == creator_id]
            st.markdown(f"{literal(names.get(creator_id, creator_id))}: {verdicts.counts(of_creator)}")
            verdicts.said_of(of_creator)


def _state(share: SavedShare) -> str:
    options = [_("prices hidden")] * share.hides_prices + [_("downloads allowed")] * share.may_download
    if share.is_taken_back:
        state = _("taken back")
    elif not share.is_open(date.today()):
        state = _("ended on {day}").format(day=words.day(share.last_day))
    else:
        state = _("open until {day}").format(day=words.day(share.last_day))
    made = _("made on {day}").format(day=words.day(share.made_at.date()))
    return ", ".join([made, state, *options])


def _take_back(share_id: int) -> None:
    try:
        shares.take_back(share_id)
    except DecisionsError as error:
        st.session_state[MESSAGE] = str(error)
