"""Open pages as somebody who is signed in, without a provider: Streamlit's own test frame says who it is."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

from streamlit.testing.v1 import AppTest

from data.decisions import open_decisions
from tests.pages.driver import about_to_open

SECRETS = {"auth": {"client_id": "creator-fit", "cookie_secret": "x" * 32}}
ADMIN, OTHER_ADMIN, MARKETER = "ada@agency.example", "eve@agency.example", "ben@agency.example"
VIEWER, STRANGER = "cleo@brand.example", "dan@elsewhere.example"
SETTING = f"{ADMIN.title()}"  # of CREATOR_FIT_ADMINS, as people write addresses
LISTED = {OTHER_ADMIN: "admin", MARKETER: "marketer", VIEWER: "viewer"}
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def page_for(email: object, page: str = "shortlist", /, **link: str) -> AppTest:
    """A page of a server with sign-in, opened by somebody of this address; by nobody for None."""
    return as_somebody(about_to_open(page, **link), email).run()


def as_somebody(app: AppTest, email: object, **claims: object) -> AppTest:
    """Let somebody of this address, whom the provider knows, run a page; nobody for None."""
    app.secrets = SECRETS
    app.user = {"is_logged_in": False} if email is None else {"is_logged_in": True, "email": email, **claims}
    return app


def note(store: Path, roles: dict[str, str | None]) -> None:
    """Put people on the list of a store, or take them off it."""
    decisions = open_decisions(store)
    for address, role in roles.items():
        decisions.members().note(address, role, by=ADMIN, now=NOW)
    decisions.close()


def store_with_team(demo_store: Path, folder: Path) -> Path:
    """A store of the demo with people on its list."""
    store = shutil.copytree(demo_store, folder)
    note(store, LISTED)
    return store
