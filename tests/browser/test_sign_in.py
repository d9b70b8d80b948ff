"""Does signing in by a real provider let in who is on the list, and nobody else, until somebody is taken off?"""

from pathlib import Path

import pytest

from data.decisions import open_decisions
from fit.agreement import Agreement, write_agreement
from tests.browser.driver import PHONE, expect
from tests.browser.team import (
    ADMIN,
    MARKETER,
    STRANGER,
    UNVERIFIED,
    VIEWER,
    provider,
    sign_in,
    sign_out,
    team_server,
    write_secrets,
)
from tests.pages.team import NOW, note, store_with_team

OUT = "Sign in to see the creators of your team."


@pytest.fixture(scope="module")
def vouching():
    with provider() as address:
        yield address


@pytest.fixture
def store(demo_store, tmp_path) -> Path:
    return store_with_team(demo_store, tmp_path / "store")


@pytest.fixture
def secrets(vouching: str, tmp_path: Path) -> Path:
    write_secrets(tmp_path / "secrets.toml", vouching)
    return tmp_path / "secrets.toml"


@pytest.fixture
def server(store: Path, secrets: Path):
    with team_server(store, secrets) as address:
        yield address


def menu(window) -> list[str]:
    """The pages that the menu names."""
    return window.page.locator('[data-testid="stSidebarNavLink"]').all_inner_texts()


def titles(window) -> list[str]:
    return [entry.split("\n")[-1] for entry in menu(window)]


def text(window) -> str:
    """What is read on the page, without the joiners that keep addresses literal."""
    return window.page.locator('[data-testid="stMain"]').inner_text().replace("\u2060", "")


def test_an_admin_gets_in_and_comes_back_to_the_page_asked_for(visit, server) -> None:
    window = visit(server).open("present?market=DE-60&s=demo-001_demo-002")
    assert OUT in text(window)
    assert "demo" not in window.page.content().replace("s=demo-001_demo-002", "")
    assert window.in_order() == []
    assert window.violations() == []
    sign_in(window, ADMIN)
    assert window.page.url == f"{server}/present?market=DE-60&s=demo-001_demo-002"
    assert titles(window)[-3:] == ["Your data", "Team", "Activity"]
    expect(window.page.get_by_text("Ada Admin, Admin")).to_be_visible()
    window.open("team")
    assert "3 people" not in text(window)
    assert window.in_order() == []
    assert window.violations() == []


def test_a_marketer_works_but_loads_nothing_and_changes_no_role(visit, server) -> None:
    window = sign_in(visit(server).open(""), MARKETER)
    assert titles(window)[:3] == ["Shortlist", "Compare", "Plan"]
    assert titles(window)[-2:] == ["Shared with me", "Your data"]
    window.open("your_data")
    assert window.page.get_by_role("tab").all_inner_texts() == ["What is loaded", "How it is judged"]
    assert window.page.locator('[data-testid="stFileUploader"]').count() == 0
    window.open("team")
    assert "Your role does not open this page." in text(window)
    assert ADMIN not in text(window)


def test_a_viewer_sees_what_was_shared_and_no_other_page(visit, server) -> None:
    window = sign_in(visit(server, size=PHONE, scheme="dark").open(""), VIEWER)
    window.page.wait_for_url("**/shared")
    window.settled()
    assert window.page.locator("h1").inner_text() == "Shared with me"
    for page in ("compare?s=demo-001_demo-002", "your_data", "partnerships", "present?s=demo-001", "team"):
        window.open(page)
        assert "Your role does not open this page." in text(window)
        assert "demo" not in text(window)
    assert window.violations() == []
    assert window.in_order() == []


@pytest.mark.parametrize(
    ("who", "reason"),
    [
        (STRANGER, "You are signed in as dan@elsewhere.example, whom this server does not know."),
        (UNVERIFIED, "You are signed in as ada@agency.example, but that address is not verified."),
        ("no-address", "Your sign-in does not say which e-mail address you have."),
        ("odd-address", "Your sign-in does not say which e-mail address you have."),
    ],
)
def test_who_is_not_known_reads_why_and_signs_out(visit, server, who: str, reason: str) -> None:
    window = sign_in(visit(server).open("compare?s=demo-001_demo-002"), who)
    assert reason in text(window)
    assert "demo" not in text(window)
    assert menu(window) == []
    assert window.violations() == []
    assert OUT in text(sign_out(window))


def test_who_is_taken_off_the_list_is_out_while_the_window_is_open(visit, server, store) -> None:
    window = sign_in(visit(server).open("compare?s=demo-001_demo-002"), MARKETER)
    assert window.page.locator("h1").inner_text() == "Compare"
    note(store, {MARKETER: None})
    window.page.get_by_role("link", name="Plan", exact=True).click()
    expect(window.page.get_by_text("whom this server does not know")).to_be_visible()
    assert menu(window) == []


def test_an_open_partnership_closes_by_itself_for_who_is_taken_off(visit, server, store) -> None:
    decisions = open_decisions(store)
    text = write_agreement(Agreement("demo-001", (("DE", 1.0),)))
    decisions.save("agreement", "kitchen", text, version=0, by=MARKETER, now=NOW)
    decisions.close()
    window = sign_in(visit(server).open("goal_alignment?paper=kitchen"), MARKETER)
    assert window.page.locator("h1").inner_text() == "Alignment"
    note(store, {MARKETER: None})
    expect(window.page.get_by_text("whom this server does not know")).to_be_visible()


def test_signing_out_and_another_secret_end_it(visit, store, secrets, vouching) -> None:
    with team_server(store, secrets) as address:
        window = sign_in(visit(address).open(""), MARKETER)
        assert OUT in text(sign_out(window))
        assert OUT in text(window.open("compare"))
        sign_in(window, MARKETER)
        cookies = window.page.context.cookies()
        assert {cookie["httpOnly"] for cookie in cookies if cookie["name"].startswith("_streamlit_user")} == {True}
    write_secrets(secrets, vouching, cookie_secret="another secret, which was made by chance as well")
    with team_server(store, secrets) as address:
        again = visit(address)
        again.page.context.add_cookies([{**cookie, "url": address} for cookie in without_place(cookies)])
        assert OUT in text(again.open(""))


def without_place(cookies: list[dict]) -> list[dict]:
    """Cookies for another address: with name and value alone."""
    return [{"name": cookie["name"], "value": cookie["value"]} for cookie in cookies]
