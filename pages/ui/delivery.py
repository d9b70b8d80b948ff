"""Change what the server sends: scripts and styles compressed, and a first screen in which nothing jumps.

Streamlit leaves its own scripts uncompressed, for it would compress them anew for every visitor. Their names change
with their content, so here each is compressed once and kept. Its empty first page gets our name and a few rules,
because a rule that comes with the pages would come too late.
"""

import asyncio
import gzip
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from starlette.responses import RedirectResponse

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Server = Callable[[Message, Receive, Send], Awaitable[None]]

PAGE, SCRIPTS = b"text/html", (b"text/javascript", b"application/javascript", b"text/css")
LEVEL = 6
FIRST = "shortlist"  # the page at "/"; Streamlit knows it by no other address, so its name leads there
# The main part stays unseen until the menu stands beside it: until then it would be as wide as the window, and jump.
# Without a menu (the clean view of a presentation) it is seen as soon as it holds a title, or says what went wrong.
# The fields that bind the view to the address are never seen (pages/ui/view_link.py). The head of the shortlist is low,
# so that its first rows are in the first screen, and a phone gets its own table (pages/ui/shortlist/). Tables of texts
# are set closer on a phone, so that all of their columns are in sight; other screens get narrow margins, for the list.
# On a phone the fields of a row stand below each other, so each row shows the labels that elsewhere the first one has.
HEAD = b"""<title>Creator Fit</title>
    <style>
      .stAppViewContainer:not(:has(.stSidebar, h1, .stAlert)) {visibility: hidden;}
      .st-key-link_fields {display: none !important;}
      .stApp .st-key-list_top h1, .stApp .st-key-list_top h2 {padding: 0 0 0.5rem;}
      .stApp .st-key-list_top h2 {font-size: 1.125rem;}
      .stApp .st-key-list_narrow {display: none;}
      @media (min-width: 641px) {
        .stApp .stMainBlockContainer {padding-left: 2rem; padding-right: 2rem;}
        .stApp [class*="st-key-later_row_"] label {display: none;}
      }
      @media (max-width: 640px) {
        .stApp .st-key-list_wide {display: none;}
        .stApp .st-key-list_narrow {display: flex;}
        .stApp .stTable th, .stApp .stTable td {padding: 0.25rem; font-size: 0.75rem;}
      }
    </style>"""
EMPTY_TITLE = b"<title>Streamlit</title>"


class Delivery:
    """Middleware (ASGI) around the whole server."""

    def __init__(self, app: Server) -> None:
        self.app = app
        self.kept: dict[str, bytes] = {}  # compressed scripts by path; three megabytes once all were asked for

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Let Streamlit answer; hold back a page or a script until it is whole, and send it changed."""
        if scope["type"] != "http" or scope["method"] != "GET":
            await self.app(scope, receive, send)
            return
        if scope["path"] == f"/{FIRST}":
            question = scope["query_string"].decode("latin-1")
            await RedirectResponse(f"./?{question}" if question else "./")(scope, receive, send)
            return
        held: list[Message] = []
        change: Change | None = None

        async def send_changed(message: Message) -> None:
            nonlocal change
            if message["type"] == "http.response.start":
                change = self._change_of(scope, message)
            if change is None:
                await send(message)
                return
            held.append(message)
            if message["type"] == "http.response.body" and not message.get("more_body"):
                start, *parts = held
                body, headers = await change(b"".join(part.get("body", b"") for part in parts))
                await send({**start, "headers": _replaced(start["headers"], len(body), headers)})
                await send({"type": "http.response.body", "body": body})

        await self.app(_asking_for_plain_pages(scope), receive, send_changed)

    def _change_of(self, scope: Message, start: Message) -> "Change | None":
        """What becomes of this answer: None for one that stays as it is."""
        asked, answered = dict(scope["headers"]), dict(start["headers"])
        kind = answered.get(b"content-type", b"").split(b";")[0]
        if start["status"] != 200 or b"content-encoding" in answered:
            return None
        if kind == PAGE:
            return _with_head
        if kind in SCRIPTS and b"gzip" in asked.get(b"accept-encoding", b""):
            return lambda body: self._zipped(scope["path"], body)
        return None

    async def _zipped(self, path: str, body: bytes) -> "Changed":
        if path not in self.kept:
            self.kept[path] = await asyncio.to_thread(gzip.compress, body, LEVEL)
        return self.kept[path], ((b"content-encoding", b"gzip"), (b"vary", b"Accept-Encoding"))


Changed = tuple[bytes, tuple[tuple[bytes, bytes], ...]]  # a body, and the headers that come with it
Change = Callable[[bytes], Awaitable[Changed]]


def _asking_for_plain_pages(scope: Message) -> Message:
    """The request as Streamlit gets it: pages come unzipped, and no server sends a file around this middleware."""
    is_file = "." in scope["path"].rsplit("/", 1)[-1]
    headers = [pair for pair in scope["headers"] if is_file or pair[0] != b"accept-encoding"]
    return {**scope, "headers": headers, "extensions": {}}


async def _with_head(body: bytes) -> Changed:
    return body.replace(EMPTY_TITLE, HEAD, 1), ()


def _replaced(
    headers: list[tuple[bytes, bytes]], size: int, added: tuple[tuple[bytes, bytes], ...]
) -> list[tuple[bytes, bytes]]:
    """Headers of a changed body: its own size, and no mark by which the unchanged one would be known again."""
    kept = [(name, value) for name, value in headers if name.lower() not in (b"content-length", b"etag")]
    return [*kept, (b"content-length", str(size).encode()), *added]
