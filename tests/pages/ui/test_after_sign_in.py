"""Is whoever signs in brought back to their page, and never to somebody else's server?"""

import asyncio

import pytest

from pages.ui.after_sign_in import AfterSignIn, is_local

SHARED = "/shared?t=Zm9v-_%20x"


async def streamlit(scope, receive, send) -> None:
    """What Streamlit answers: a way to the provider, and the way back to the first page."""
    to = b"https://provider.example/authorize" if scope["path"].endswith("/auth/login") else b"/"
    await send({"type": "http.response.start", "status": 302, "headers": [(b"location", to)]})
    await send({"type": "http.response.body", "body": b""})


def answered(path: str, **headers: str) -> list[tuple[str, str]]:
    """The headers of an answer."""
    said = []

    async def send(message) -> None:
        said.extend(message.get("headers", []))

    asked = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    scope = {"type": "http", "method": "GET", "path": path, "headers": [(b"host", b"fit.example"), *asked]}
    asyncio.run(AfterSignIn(streamlit)(scope, None, send))
    return [(name.decode(), value.decode()) for name, value in said]


def test_the_page_that_somebody_came_for_waits_in_a_cookie_and_is_opened_afterwards() -> None:
    left = answered("/auth/login", referer=f"https://fit.example{SHARED}", x_forwarded_proto="https")
    cookie = "creator_fit_came_for=%2Fshared%3Ft%3DZm9v-_%2520x"
    limits = "Max-Age=600; Path=/; HttpOnly; SameSite=Lax; Secure"
    assert left == [("location", "https://provider.example/authorize"), ("set-cookie", f"{cookie}; {limits}")]
    back = answered("/oauth2callback", cookie=f"a=b; {cookie}")
    gone = "creator_fit_came_for=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax"
    assert back == [("location", SHARED), ("set-cookie", gone)]


@pytest.mark.parametrize("referer", ["", "https://other.example/shared", "https://fit.example//other.example", "::"])
def test_where_no_page_of_ours_was_left_nothing_is_noted(referer: str) -> None:
    assert answered("/auth/login", referer=referer) == [("location", "https://provider.example/authorize")]


@pytest.mark.parametrize("noted", ["", "x=y", "creator_fit_came_for=%2F%2Fother.example", "creator_fit_came_for"])
def test_without_a_page_of_ours_the_first_page_opens(noted: str) -> None:
    assert answered("/oauth2callback", cookie=noted)[0] == ("location", "/")


@pytest.mark.parametrize(
    ("address", "is_ours"),
    [
        ("/", True), ("/present?s=a-b&market=DE-60", True), ("", False), ("//other.example", False),
        ("/\\other.example", False), ("https://other.example", False), ("/a\r\nset-cookie: x=y", False),
        ("/ü", False), ("/" + "a" * 2_000, False),
    ],
)  # fmt: skip
def test_only_paths_of_this_server_are_led_to(address: str, is_ours: bool) -> None:
    assert is_local(address) is is_ours


def test_all_else_passes_as_it_is() -> None:
    assert answered("/shortlist", referer=f"https://fit.example{SHARED}") == [("location", "/")]
