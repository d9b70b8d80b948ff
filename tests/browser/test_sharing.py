"""Does a hidden price stay on the server, and does a link open to whom it should, and no more once taken back?"""

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.browser import team
from tests.browser.driver import PHONE, Visit, expect
from tests.browser.team import MARKETER, VIEWER, provider, team_server, write_secrets
from tests.pages.team import store_with_team

# The odd price of both creators as pages, files and messages may write it, rounded or not, and twice it. Digits within
# a longer word are no price: messages are full of hashes, which hold any four digits sooner or later.
PRICE = re.compile(rb"(?<![\w.])(7(\W{1,3})?9(19|20)|15(\W{1,3})?8(38|[034]0))(?!\w)")
PRESENT = "present?market=DE-60_AT-40&s=demo~1001-demo~1040&deliverable=post-1&cost=7919-EUR"
NOTHING = "This link shows nothing"


@pytest.fixture(scope="module")
def vouching() -> Iterator[str]:
    with provider() as address:
        yield address


@pytest.fixture
def server(demo_store: Path, vouching: str, tmp_path: Path) -> Iterator[str]:
    write_secrets(tmp_path / "secrets.toml", vouching)
    with team_server(store_with_team(demo_store, tmp_path / "store"), tmp_path / "secrets.toml") as address:
        yield address


def text(window: Visit) -> str:
    return window.page.locator('[data-testid="stMain"]').inner_text().replace("\u2060", "")


def recorded(window: Visit) -> list[bytes]:
    """Every message that the server sends to this window from now on."""
    frames: list[bytes] = []

    def note(frame: object) -> None:
        frames.append(frame if isinstance(frame, bytes) else str(frame).encode())

    window.page.on("websocket", lambda socket: socket.on("framereceived", note))
    return frames


def sign_in(window: Visit, who: str) -> None:
    """Sign in, and forget what the provider's own page asked for."""
    team.sign_in(window, who)
    window.forget()


def press(window: Visit, label: str) -> Visit:
    window.page.get_by_role("button", name=label, exact=True).first.click()
    return window.settled()


def turn(window: Visit) -> Visit:
    """Turn to the next slide; the button is also called by its key."""
    window.page.locator(".st-key-shared_next button").click()
    return window.settled()


def link_made(window: Visit, *, downloads: bool = True) -> str:
    """Make a link on Present, and return its address."""
    window.open(PRESENT)
    if downloads:
        window.page.get_by_text("Allow downloads", exact=True).click()
    press(window, "Make a link")
    code = window.page.locator('[data-testid="stCode"] code')
    expect(code).to_be_visible()
    return code.inner_text().strip()


def test_a_hidden_price_reaches_a_viewer_by_no_slide_message_or_file(visit, server) -> None:
    marketer = visit(server)
    seen_by_marketer = recorded(marketer)
    sign_in(marketer.open("present"), MARKETER)
    address = link_made(marketer)
    assert any(PRICE.search(frame) for frame in seen_by_marketer)  # the price is there to be hidden
    assert marketer.in_order() == []
    viewer = visit(server)
    frames = recorded(viewer)
    path = address.removeprefix(f"{server}/")
    sign_in(viewer.open(path), VIEWER)
    viewer.page.wait_for_url(address)
    viewer.settled()
    expect(viewer.page.get_by_text("Prices are not shown here.")).to_be_visible()
    assert viewer.in_order() == []
    assert viewer.violations() == []
    for _ in range(5):
        turn(viewer)
    expect(viewer.page.get_by_text("Slide 6 of 6")).to_be_visible()
    for label in ("PDF", "HTML", "PowerPoint", "Excel"):
        with viewer.page.expect_download() as waiting:
            viewer.page.get_by_role("button", name=label, exact=True).click()
        content = Path(waiting.value.path()).read_bytes()
        if label == "PDF":
            content = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).encode()
        assert len(content) > 1000
        assert label in ("PowerPoint", "Excel") or not PRICE.search(content)  # those are zips: read in tests/fit/story
    for more in ("cost=5-EUR", "notes=1&present=1", "s=demo~1041&show=forecast"):
        viewer.open(f"{path}&{more}")
    assert len(frames) > 20
    assert [frame[:200] for frame in frames if PRICE.search(frame)] == []


def test_a_verdict_is_seen_on_present_and_a_link_that_is_taken_back_ends_in_an_open_window(visit, server) -> None:
    marketer = visit(server)
    sign_in(marketer.open("present"), MARKETER)
    address = link_made(marketer, downloads=False)
    viewer = visit(server, size=PHONE, scheme="dark")
    sign_in(viewer.open(address.removeprefix(f"{server}/")), VIEWER)
    viewer.page.wait_for_url(address)
    viewer.settled()
    assert viewer.page.get_by_role("button", name="PDF", exact=True).count() == 0
    viewer.page.get_by_text("Reject", exact=True).first.click()
    viewer.page.get_by_role("textbox", name="Reason or comment").first.fill("Too few people in **Austria**")
    press(viewer, "Save")
    expect(viewer.page.get_by_text("0 accepted, 1 rejected")).to_be_visible()
    assert viewer.in_order() == []
    assert viewer.violations() == []
    marketer.open(PRESENT)
    expect(marketer.page.get_by_text("Too few people in **Austria**")).to_be_visible()
    press(marketer, "Take back")
    expect(marketer.page.get_by_text("taken back")).to_be_visible()
    turn(viewer)
    expect(viewer.page.get_by_text(NOTHING)).to_be_visible()
    answer = text(viewer)
    viewer.open(f"shared?share={'x' * 32}")
    assert text(viewer) == answer
    viewer.open("shared")
    expect(viewer.page.get_by_text("Nothing was shared with you yet")).to_be_visible()


def test_a_draft_is_its_owners_until_the_team_is_shown_it(visit, server) -> None:
    owner = visit(server)
    sign_in(owner.open("brief?creator=demo-001&market=DE-100"), MARKETER)
    press(owner, "Start a partnership")
    toggle = owner.page.get_by_text("Only you see this")
    expect(toggle).to_be_visible()
    name = re.search(r"paper=([^&]+)", owner.page.url)[1]
    assert owner.in_order() == []
    admin = visit(server)
    sign_in(admin.open(f"brief?paper={name}"), "ada@agency.example")
    expect(admin.page.get_by_text(f"There is no partnership called {name}")).to_be_visible()
    toggle.click()
    expect(owner.page.get_by_text("The team sees this")).to_be_visible()
    admin.open(f"brief?paper={name}")
    expect(admin.page.get_by_text("Begun by")).to_be_visible()
    admin.open("activity")
    expect(admin.page.get_by_text("Signed in", exact=True).first).to_be_visible()
    assert admin.in_order() == []
    assert admin.violations() == []
