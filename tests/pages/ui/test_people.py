"""Is it known at every moment who may do what, and is everybody else refused, on pages and in every change?"""

from pathlib import Path

import pytest
from streamlit import config
from streamlit.testing.v1 import AppTest

from fit.access import Person, Role, may_open
from pages.ui.people import ADMINS
from tests.pages.driver import OF_PEOPLE, PAGES, opened, troubles
from tests.pages.team import (
    ADMIN,
    LISTED,
    MARKETER,
    OTHER_ADMIN,
    STRANGER,
    VIEWER,
    as_somebody,
    note,
    page_for,
    store_with_team,
)

EVERY_PAGE = PAGES | OF_PEOPLE
NOT_FOR_YOU = "Your role does not open this page. An admin of this server can give you another role."
HALF_SET_UP = "Sign-in is not set up completely, so nobody gets in. The log of the server says more."
SIGN_IN = "Sign in to see the creators of your team."


def plain_text(markdown: str) -> str:
    """A text as it is read, without what keeps it literal."""
    return markdown.replace("\\", "").replace("\u2060", "")


def said(app: AppTest) -> str:
    """All sentences of a page, as they are read."""
    return plain_text("\n".join(one.value for one in (*app.title, *app.header, *app.markdown, *app.caption)))


def every_page_of_every_role() -> list:
    """Page and role; what is open to the role is drawn whole, which takes long, and is drawn elsewhere too."""
    pairs = [(page, role) for page in EVERY_PAGE if page != "shortlist" for role in Role]
    is_open = {pair: may_open(Person("", "", pair[1]), pair[0]) for pair in pairs}
    return [pytest.param(*pair, marks=[pytest.mark.thorough] * is_open[pair]) for pair in pairs]


@pytest.mark.parametrize(("page", "role"), every_page_of_every_role())
def test_each_role_opens_its_pages_and_reads_of_the_others_why_not(team_store: Path, page: str, role: Role) -> None:
    email = next(address for address, listed in LISTED.items() if listed == role)
    app = page_for(email, page)
    assert troubles(app) == []
    is_open = may_open(Person(email, "", role), page)
    assert (NOT_FOR_YOU in said(app)) is not is_open
    assert app.title[0].value == EVERY_PAGE[page]
    if not is_open:
        (below_the_menu,) = app.sidebar.caption
        assert said(app).removesuffix(f"\n{plain_text(below_the_menu.value)}") == f"{EVERY_PAGE[page]}\n{NOT_FOR_YOU}"


@pytest.mark.thorough
def test_a_viewer_begins_with_what_was_shared(team_store: Path) -> None:
    assert page_for(VIEWER).title[0].value == "Shared with me"
    assert page_for(MARKETER).title[0].value == "Shortlist"


@pytest.mark.parametrize("page", EVERY_PAGE)
def test_nobody_sees_anything_before_signing_in(team_store: Path, page: str) -> None:
    app = page_for(None, page)
    assert [element.value for element in app.title] == ["Creator Fit"]
    assert [plain_text(element.value) for element in app.markdown] == [SIGN_IN]
    assert [button.label for button in app.button] == ["Sign in"]
    assert len(app.sidebar) == 0


CLAIMS = {
    "a stranger": ({"email": STRANGER}, "You are signed in as dan@elsewhere.example, whom this server does not know."),
    "an address that nobody verified": (
        {"email": ADMIN, "email_verified": False},
        "You are signed in as ada@agency.example, but that address is not verified.",
    ),
    "a claim that is no claim": (
        {"email": ADMIN, "email_verified": "false"},
        "You are signed in as ada@agency.example, but that address is not verified.",
    ),
    "no address": ({"email": ""}, "Your sign-in does not say which e-mail address you have."),
    "a list": ({"email": [ADMIN]}, "Your sign-in does not say which e-mail address you have."),
    "markup": ({"email": "**x**@a.example"}, "whom this server does not know."),
}


@pytest.mark.parametrize("case", CLAIMS)
def test_who_is_not_known_reads_why_and_can_sign_out(team_store: Path, case: str) -> None:
    claims, sentence = CLAIMS[case]
    app = page_for(None, "your_data")
    app = as_somebody(app, **claims).run()
    assert [element.value for element in app.title] == ["Creator Fit"]
    reason, ask = (element.value for element in app.markdown)
    assert plain_text(reason).endswith(sentence)
    assert ask == "Ask whoever invited you, or an admin of this server, to put your address on the list."
    assert [button.label for button in app.button] == ["Sign out"]
    assert len(app.sidebar) == 0


@pytest.mark.parametrize("email", [ADMIN.upper(), f" {OTHER_ADMIN}", "ＢＥＮ@agency.example"])
def test_an_address_is_known_however_it_is_written(team_store: Path, email: str) -> None:
    assert page_for(email).title[0].value == "Shortlist"


def test_who_is_taken_off_is_out_on_the_next_run_and_somebody_of_another_role_sees_its_pages(team_store: Path) -> None:
    app = page_for(MARKETER, "partnerships")
    assert app.title[0].value == "Partnerships"
    note(team_store, {MARKETER: "viewer"})
    assert NOT_FOR_YOU in said(app.run())
    note(team_store, {MARKETER: None})
    assert "whom this server does not know" in said(app.run())
    note(team_store, {"@agency.example": "viewer"})
    assert "whom this server does not know" in said(app.run())
    note(team_store, {MARKETER: "marketer"})
    assert app.run().title[0].value == "Partnerships"


@pytest.mark.thorough
def test_who_is_signed_in_stands_below_the_menu(team_store: Path) -> None:
    app = as_somebody(page_for(MARKETER), MARKETER, name="Ben *B*").run()
    assert [plain_text(caption.value) for caption in app.sidebar.caption] == ["Ben *B*, Marketer"]
    assert [button.label for button in app.sidebar.button] == ["Sign out"]


def test_signing_out_ends_it(team_store: Path) -> None:
    app = page_for(MARKETER)
    app.sidebar.button[0].click().run()
    assert SIGN_IN in said(app)


def test_without_sign_in_all_is_as_it_was(demo_store: Path, in_store) -> None:
    in_store(demo_store)
    app = opened("shortlist")
    assert app.title[0].value == "Shortlist"
    assert len(app.sidebar) == 0


@pytest.mark.parametrize("secrets", [{"other": {"key": "value"}}, {"auth": "a text"}])
def test_a_slip_in_the_settings_opens_the_server_to_nobody(team_store: Path, secrets: dict) -> None:
    app = page_for(None)
    app.secrets = secrets
    assert said(app.run()) == f"Creator Fit\n{HALF_SET_UP}"
    assert not app.button


def test_secrets_that_cannot_be_read_open_the_server_to_nobody(demo_store, in_store, tmp_path) -> None:
    in_store(demo_store)
    (tmp_path / "secrets.toml").write_text("[auth\n")
    before = config.get_option("secrets.files")
    config.set_option("secrets.files", [str(tmp_path / "secrets.toml")])
    try:
        app = opened("shortlist")
    finally:
        config.set_option("secrets.files", before)
    assert said(app) == f"Creator Fit\n{HALF_SET_UP}"


def test_an_admin_that_cannot_be_read_opens_the_server_to_nobody(team_store: Path, monkeypatch) -> None:
    monkeypatch.setenv(ADMINS, "ada")
    assert said(page_for(MARKETER)) == "Creator Fit\nCREATOR_FIT_ADMINS: 'ada' is no e-mail address."


def work() -> None:
    """Try everything that changes or reads what others wrote, and say what was refused."""
    import streamlit as st

    from data.decisions import SavedDraft
    from fit.access import Role
    from fit.agreement import Agreement
    from fit.load_steps import unseen
    from fit.review import review_campaign
    from pages.ui import decisions_access, people, store_access
    from pages.ui.people import NotAllowed, datetime
    from pages.ui.your_data.upload_process import load_in_child

    draft = SavedDraft("agreement", "kitchen", 1, "", None, datetime(2026, 3, 2))
    attempts = {
        "read": decisions_access.saved,
        "save": lambda: decisions_access.save_draft("kitchen", "a", 0),
        "remove": lambda: decisions_access.remove(draft),
        "restore": lambda: decisions_access.restore(draft),
        "rename": lambda: decisions_access.rename("kitchen", "bath"),
        "note": lambda: decisions_access.note_stage("kitchen", "ada", "live"),
        "sign": lambda: decisions_access.sign("kitchen", side="brand", signer="A", sha256="", generation=1),
        "count": lambda: decisions_access.save_counts("kitchen", ()),
        "close": lambda: decisions_access.close_review(review_campaign(Agreement("a", (("DE", 1.0),)), None, {}), "A"),
        "load": lambda: load_in_child((), ["--preview"], unseen),
        "undo": store_access.undo,
        "members": people.members,
        "change": lambda: people.change_role("fay@agency.example", Role.VIEWER),
    }
    for name, attempt in attempts.items():
        try:
            attempt()
        except NotAllowed:
            st.text(name)
        except Exception:
            continue


OF_ADMINS = ["load", "undo", "members", "change"]
EVERYTHING = ["read", "save", "remove", "restore", "rename", "note", "sign", "count", "close", *OF_ADMINS]


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("email", "refused"),
    [
        (ADMIN, []),
        (OTHER_ADMIN, []),
        (MARKETER, OF_ADMINS),
        (VIEWER, EVERYTHING),
        (STRANGER, EVERYTHING),
        (None, EVERYTHING),
    ],
)
def test_whatever_a_page_shows_what_is_not_allowed_is_refused(team_store: Path, email, refused: list[str]) -> None:
    app = as_somebody(AppTest.from_function(work), email).run(timeout=60)
    assert [text.value for text in app.text] == refused


@pytest.mark.thorough
def test_without_sign_in_all_but_roles_is_open(demo_store, tmp_path, in_store) -> None:
    in_store(store_with_team(demo_store, tmp_path / "store"))
    app = AppTest.from_function(work).run(timeout=60)
    assert [text.value for text in app.text] == ["members", "change"]
