"""Does the product work behind the proxy of deploy/nginx.conf, and keep out what the proxy is there to keep out?"""

import urllib.error
import urllib.request
from base64 import b64encode
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.browser.driver import expect
from tests.browser.nginx import NAME, PASSWORD, UNSAFE, behind_nginx

AUTHORIZATION = "Basic " + b64encode(f"{NAME}:{PASSWORD}".encode()).decode()
LINK = "market=DE-60_AT-40&creator=demo-003&s=demo~1001-demo~1003"
FLOOD = 700  # requests at once, more than the burst that a window full of charts may need


@pytest.fixture(scope="module")
def proxy(demo_server: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of nginx with the shipped site in front of the demo."""
    with behind_nginx(tmp_path_factory.mktemp("nginx"), [demo_server]) as address:
        yield address


def asked(address: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body of one request, without following to other addresses."""
    request = urllib.request.Request(address, headers=headers)
    try:
        with urllib.request.build_opener(urllib.request.HTTPSHandler(context=UNSAFE), Stay()).open(request) as answer:
            return answer.status, dict(answer.headers), answer.read()
    except urllib.error.HTTPError as error:
        return error.code, dict(error.headers), error.read()


class Stay(urllib.request.HTTPRedirectHandler):
    """Follow no redirect."""

    def redirect_request(self, *_: object) -> None:
        return None


def test_every_kind_of_page_works_under_the_shipped_headers(proxy, chromium):
    """A script, style, picture, font or connection that the policy forbids would be a complaint in the console."""
    window = chromium.new_context(
        ignore_https_errors=True, http_credentials={"username": NAME, "password": PASSWORD}, accept_downloads=True
    )
    page, complaints = window.new_page(), []
    network, answers = window.new_cdp_session(page), []
    network.send("Network.enable")
    network.on("Network.webSocketHandshakeResponseReceived", lambda said: answers.append(said["response"]["headers"]))
    page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    for path, title in (
        ("", "Shortlist"), ("audience_geography", "Audience"), ("recommended_role", "Role"), ("plan", "Plan"),
        ("present", "Present"), ("your_data", "Your data"), ("forecast_accuracy", "Accuracy"),
    ):  # fmt: skip
        page.goto(f"{proxy}/{path}?{LINK}")
        page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]', timeout=30_000)
        expect(page.locator("h1").first).to_contain_text(title)
        page.wait_for_timeout(500)
    window.close()
    extensions = [{name.lower(): text for name, text in one.items()}["sec-websocket-extensions"] for one in answers]
    assert extensions
    assert [text for text in extensions if "permessage-deflate" not in text] == []  # what pages are told is compressed
    assert [said for said in complaints if "_stcore/" not in said and "Failed to load resource" not in said] == []


def test_nobody_gets_in_without_the_password_and_nothing_is_sent_in_the_clear(proxy):
    assert asked(f"{proxy}/")[0] == 401
    assert asked(f"{proxy}/_stcore/stream")[0] == 401
    assert asked(f"{proxy}/_stcore/health")[0] == 200
    status, headers, body = asked(f"{proxy}/", Authorization=AUTHORIZATION)
    assert (status, b"Creator Fit" in body) == (200, True)
    assert headers["Strict-Transport-Security"] == "max-age=31536000"
    assert headers["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert "unsafe-eval" not in headers["Content-Security-Policy"]
    assert headers["Server"] == "nginx"
    for hidden in ("_stcore/agent/interact", "_stcore/agent/openapi.json", "_stcore/metrics"):
        assert asked(f"{proxy}/{hidden}", Authorization=AUTHORIZATION)[0] == 404


@pytest.mark.parametrize("path", ["auth/login", "auth/logout", "oauth2callback"])
def test_the_addresses_of_a_sign_in_reach_the_app(proxy, path: str):
    """Without sign-in the app leads from each of them to its first page."""
    status, headers, _body = asked(f"{proxy}/{path}", Authorization=AUTHORIZATION)
    assert (status, headers["location"]) == (302, "/")


def test_a_flood_of_one_address_is_turned_away_in_time(proxy):
    def one(_: int) -> int:
        return asked(f"{proxy}/_stcore/host-config", Authorization=AUTHORIZATION)[0]

    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(one, range(FLOOD)))
    assert set(answers) == {200, 429}
    assert answers.count(429) > FLOOD / 4
