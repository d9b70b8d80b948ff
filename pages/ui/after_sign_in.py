"""Bring whoever signs in back to the page that they came for: Streamlit itself would lead everybody to "/".

The page's address waits in a cookie of ten minutes, which no script can read, and leads to this server only.
"""

from collections.abc import Awaitable, Callable, MutableMapping
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import quote, unquote, urlsplit

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Server = Callable[[Message, Receive, Send], Awaitable[None]]

# How the paths end by which Streamlit sends people off and gets them back.
BEGINS, ENDS = "/auth/login", "/oauth2callback"
COOKIE = "creator_fit_came_for"
MINUTES = 10  # that signing in may take
LONGEST = 2_000  # characters of an address; a cookie holds 4,096 bytes


class AfterSignIn:
    """Middleware (ASGI) around the whole server."""

    def __init__(self, app: Server) -> None:
        self.app = app

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Note where somebody comes from who goes to sign in; send them there when they are back."""
        path = scope.get("path", "")
        if scope["type"] != "http" or not path.endswith((BEGINS, ENDS)):
            await self.app(scope, receive, send)
            return
        asked = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        came_for = _page_before(asked) if path.endswith(BEGINS) else _noted(asked.get("cookie", ""))

        async def send_with_page(message: Message) -> None:
            if message["type"] == "http.response.start" and came_for:
                change = _note if path.endswith(BEGINS) else _lead
                message = {**message, "headers": change(list(message["headers"]), came_for, asked)}
            await send(message)

        await self.app(scope, receive, send_with_page)


Headers = list[tuple[bytes, bytes]]


def _note(headers: Headers, came_for: str, asked: dict[str, str]) -> Headers:
    return [*headers, _cookie(quote(came_for, safe=""), MINUTES * 60, asked)]


def _lead(headers: Headers, came_for: str, asked: dict[str, str]) -> Headers:
    """Where Streamlit leads to a path of this server, lead to the page instead; the note has done its work."""
    led = [
        (name, came_for.encode("latin-1") if name.lower() == b"location" and is_local(value.decode()) else value)
        for name, value in headers
    ]
    return [*led, _cookie("", 0, asked)]


def _cookie(value: str, seconds: int, asked: dict[str, str]) -> tuple[bytes, bytes]:
    is_https = asked.get("x-forwarded-proto") == "https"  # said by the proxy of deploy/nginx.conf
    limits = f"Max-Age={seconds}; Path=/; HttpOnly; SameSite=Lax{'; Secure' * is_https}"
    return b"set-cookie", f"{COOKIE}={value}; {limits}".encode("latin-1")


def _page_before(asked: dict[str, str]) -> str:
    """The page whose sign-in button was pressed, as path and query; "" where the browser does not say."""
    page = urlsplit(asked.get("referer", ""))
    found = f"{page.path}?{page.query}" if page.query else page.path
    return found if page.netloc == asked.get("host") and is_local(found) else ""


def _noted(cookies: str) -> str:
    try:
        noted = SimpleCookie(cookies).get(COOKIE)
    except CookieError:
        return ""
    found = unquote(noted.value) if noted else ""
    return found if is_local(found) else ""


def is_local(address: str) -> bool:
    """Whether an address leads to a path of this server, however a browser reads it."""
    begins_here = address.startswith("/") and not address.startswith("//")
    return (
        begins_here and len(address) <= LONGEST and address.isascii() and address.isprintable() and "\\" not in address
    )
