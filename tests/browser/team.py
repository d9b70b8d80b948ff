"""Run a server with sign-in and somebody who vouches for people: a provider of OpenID Connect on this machine."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.browser.driver import Visit, free_port, running_server, wait_for

ADMIN, MARKETER, VIEWER = "ada@agency.example", "ben@agency.example", "cleo@brand.example"
STRANGER, UNVERIFIED = "dan@elsewhere.example", "ada-unverified"
# What the provider says of each, by what it calls them. The address of ADA is written as people write theirs.
CLAIMS: dict[str, dict[str, Any]] = {
    ADMIN: {"email": "Ada@Agency.example", "email_verified": True, "name": "Ada Admin"},
    MARKETER: {"email": MARKETER, "email_verified": True, "name": "Ben Marketer"},
    VIEWER: {"email": VIEWER, "name": "Cleo Viewer"},  # not every provider says whether it looked
    STRANGER: {"email": STRANGER, "email_verified": True, "name": "Dan Stranger"},
    UNVERIFIED: {"email": ADMIN, "email_verified": False, "name": "Not Ada"},
    "no-address": {"name": "Nobody"},
    "odd-address": {"email": ["ada@agency.example"], "name": "A list"},
}
SECRET = "as long as it is random, and never in a repository"


@contextmanager
def provider() -> Iterator[str]:
    """Start the provider on a free port; yield its address; stop it."""
    port = free_port()
    people = [f"--user-claims={json.dumps({'sub': sub, **claims})}" for sub, claims in CLAIMS.items()]
    command = [sys.executable, "-m", "oidc_provider_mock", "--port", str(port), *people]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    server = subprocess.Popen(command, env=os.environ | {"PYTHONWARNINGS": "ignore"}, **quiet)
    try:
        wait_for(f"http://127.0.0.1:{port}/.well-known/openid-configuration")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait()


def write_secrets(file: Path, at: str, cookie_secret: str = SECRET, uri: str = "http://127.0.0.1:{port}") -> None:
    """Write the secrets of a server whose people sign in with the provider at this address. uri: of the server."""
    file.write_text(f"""[auth]
redirect_uri = "{uri}/oauth2callback"
cookie_secret = "{cookie_secret}"
client_id = "creator-fit"
client_secret = "told by the provider"
server_metadata_url = "{at}/.well-known/openid-configuration"
""")


@contextmanager
def team_server(store: Path, secrets: Path) -> Iterator[str]:
    """Start the app with sign-in and one admin by its settings; yield its address."""
    settings = {"STREAMLIT_SECRETS_FILES": str(secrets), "CREATOR_FIT_ADMINS": ADMIN, "AUTHLIB_INSECURE_TRANSPORT": "1"}
    with running_server(store, **settings) as address:
        yield address


def sign_in(window: Visit, who: str) -> Visit:
    """Press the button of the sign-in screen, and be somebody at the provider. What its page asks for is not ours."""
    window.page.route(lambda url: "127.0.0.1" not in url, lambda route: route.abort())  # the style of its page
    window.page.get_by_role("button", name="Sign in").click()
    window.page.get_by_role("button", name=who, exact=True).click()
    window.page.wait_for_url(f"{window.address}/**")
    window.settled().forget()
    return window


def sign_out(window: Visit) -> Visit:
    """Press the button below the menu (or of the screen of an unknown person), and sign out of the provider too."""
    window.page.get_by_role("button", name="Sign out").click()
    window.page.get_by_role("button", name="End session").click()
    window.page.wait_for_url(f"{window.address}/**")
    window.settled().forget()
    return window
