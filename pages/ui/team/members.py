"""List who may use this server in which role, and give or take roles (admins)."""

import streamlit as st

from fit.access import AddressRefused, Role
from fit.locale import _, phrase
from fit.text import literal, words
from pages.ui import blocks, people
from pages.ui.people import DecisionsError, SavedMember

SAID = "team_said"  # key of the session: whether the last change was made, and what became of it
ENTRY, ROLE = "team_entry", "team_role"  # keys of the controls
WHAT_EACH_MAY = (
    phrase("Viewers see what was shared with them, comment on it, and accept or reject creators."),
    phrase("Marketers do all the work: they choose, plan, agree, sign, review, share and export."),
    phrase("Admins may also load data, undo loads and change roles."),
)


def title() -> None:
    """How many are on the list, and what the roles mean."""
    entries = {member.email for member in people.members() if member.role} | people.admins()
    domains = sum(entry.startswith("@") for entry in entries)
    verdict = words.counted(len(entries) - domains, "person is on the list", "people are on the list")
    if domains:
        whole = words.counted(domains, "whole domain", "whole domains")
        verdict = _("{people}, and {domains}").format(people=verdict, domains=whole)
    blocks.heading(_("Team"), verdict, _("Nobody else sees anything of this server. A change counts at once."))
    st.markdown(blocks.points([_(sentence) for sentence in WHAT_EACH_MAY]), width=blocks.READING_WIDTH)


def listed() -> None:
    """Everybody with a role; those who were taken off below."""
    members = people.members()
    always = [(address, Role.ADMIN.in_words(), _("Always"), _("Settings of the server")) for address in _always()]
    rows = [_row(member) for member in members if member.role and member.email not in people.admins()]
    head = (_("E-mail address"), _("Role"), _("Since"), _("Given by"))
    blocks.text_table(head, [*always, *rows], _("People and domains with their roles"))
    if gone := [_row(member) for member in members if not member.role and member.email not in people.admins()]:
        with st.expander(_("Taken off the list"), icon=":material/person_off:"):
            blocks.text_table((*head[:1], *head[2:]), [(row[0], *row[2:]) for row in gone], _("Taken off the list"))


def _always() -> list[str]:
    return sorted(people.admins())


def _row(member: SavedMember) -> tuple[str, str, str, str]:
    role = Role(member.role).in_words() if member.role else ""
    return member.email, role, words.day(member.at.date()), member.noted_by or _("Command line")


def change() -> None:
    """Give somebody a role, or take somebody off; to undo either, do the opposite."""
    st.header(_("Add somebody or change a role"), anchor=False)
    is_made, sentence = st.session_state.pop(SAID, (True, ""))
    if sentence:
        (st.success if is_made else st.error)(literal(sentence))
    with st.form("team", border=True):
        st.text_input(
            _("E-mail address"), key=ENTRY, placeholder=_("name@brand.example, or @brand.example for all there")
        )
        st.radio(_("Role"), list(Role), key=ROLE, format_func=Role.in_words, horizontal=True)
        with st.container(horizontal=True):
            st.form_submit_button(_("Save role"), type="primary", icon=":material/check:", on_click=_save)
            st.form_submit_button(_("Take off the list"), icon=":material/person_off:", on_click=_take_off)


def _save() -> None:
    role = Role(st.session_state[ROLE])
    _note(role, _("{entry} has the role {role} from now on."))


def _take_off() -> None:
    _note(None, _("{entry} is off the list from now on."))


def _note(role: Role | None, done: str) -> None:
    """Change the list and say what became of it (callback)."""
    try:
        saved = people.change_role(st.session_state[ENTRY] or "", role)
    except (AddressRefused, DecisionsError, people.NotAllowed) as error:
        st.session_state[SAID] = False, str(error)
        return
    st.session_state[SAID] = True, done.format(entry=saved.email, role=role.in_words() if role else "")
