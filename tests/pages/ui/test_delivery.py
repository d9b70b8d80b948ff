"""Does the server compress its scripts once, and give the empty page our name?"""

import asyncio
import gzip

import pytest

from pages.ui.delivery import Delivery, Message

SCRIPT, PAGE = b"const a = 1;" * 1000, b"<html><head><title>Streamlit</title></head></html>"
KINDS = {"/static/js/a.js": (b"text/javascript; charset=utf-8", SCRIPT), "/plan": (b"text/html", PAGE)}


class Server:
    """Answers like Streamlit: in two pieces, with a mark of the unchanged body; counts what it was asked."""

    def __init__(self, status: int = 200) -> None:
        self.asked: list[Message] = []
        self.status = status

    async def __call__(self, scope, receive, send):
        self.asked.append(scope)
        kind, body = KINDS[scope["path"]]
        headers = [(b"content-type", kind), (b"content-length", b"%d" % len(body)), (b"etag", b"x")]
        await send({"type": "http.response.start", "status": self.status, "headers": headers})
        await send({"type": "http.response.body", "body": body[:9], "more_body": True})
        await send({"type": "http.response.body", "body": body[9:]})


def answer(delivery: Delivery, path: str, **headers: str) -> tuple[dict[bytes, bytes], bytes]:
    """Headers and body of the answer to one request."""
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    asked = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    path, _, question = path.partition("?")
    scope = {"type": "http", "method": "GET", "path": path, "headers": asked, "extensions": {"a": {}}}
    scope["query_string"] = question.encode()
    asyncio.run(delivery(scope, None, send))
    return dict(sent[0]["headers"]), b"".join(message.get("body", b"") for message in sent[1:])


def test_a_script_goes_out_compressed_and_is_compressed_once():
    delivery = Delivery(Server())
    first, again = (answer(delivery, "/static/js/a.js", accept_encoding="gzip, br") for _ in range(2))
    assert first == again
    headers, body = first
    assert (gzip.decompress(body), list(delivery.kept)) == (SCRIPT, ["/static/js/a.js"])
    assert (headers[b"content-encoding"], headers[b"content-length"]) == (b"gzip", str(len(body)).encode())
    assert b"etag" not in headers


@pytest.mark.parametrize(("status", "encoding"), [(200, "br"), (206, "gzip"), (404, "gzip")])
def test_a_script_that_cannot_be_compressed_stays_as_it_is(status, encoding):
    headers, body = answer(Delivery(Server(status)), "/static/js/a.js", accept_encoding=encoding)
    assert (body, headers[b"etag"], b"content-encoding" in headers) == (SCRIPT, b"x", False)


def test_the_empty_page_gets_our_name_and_hides_what_is_not_for_readers():
    server = Server()
    headers, body = answer(Delivery(server), "/plan", accept_encoding="gzip", cookie="a=b")
    assert body.startswith(b"<html><head><title>Creator Fit</title>")
    assert b".st-key-link_fields {display: none" in body
    _wide, _, rest = body.partition(b"@media (min-width: 641px) {")
    assert b'[class*="st-key-later_row_"] label {display: none;}' in rest.partition(b"@media")[0]
    assert headers[b"content-length"] == str(len(body)).encode()
    assert (server.asked[0]["headers"], server.asked[0]["extensions"]) == ([(b"cookie", b"a=b")], {})


@pytest.mark.parametrize(
    ("typed", "leads_to"),
    [("/shortlist?market=DE-60_AT-40&q=a%20b", "./?market=DE-60_AT-40&q=a%20b"), ("/shortlist", "./")],
)
def test_the_first_page_is_also_found_by_its_name(typed, leads_to):
    headers, _body = answer(Delivery(Server()), typed)
    assert headers[b"location"].decode() == leads_to
