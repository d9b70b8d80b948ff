"""What does a browser test need? A server on a free port, a browser, and a record of everything that it asked for."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
LAPTOP, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
AXE_RULES = "{resultTypes: ['violations'], runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']}"
HIGHEST, SETTLES_IN = 6000, 150  # pixels of a window, and milliseconds until a page fills it
SERVER_STARTS_IN = 30  # seconds on a busy machine
# Streamlit's front end looks for its server below the page's own path first; the answer "not there" is by design.
PROBE = re.compile(r"/\w+/_stcore/(health|host-config)$")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark everything in this folder, and skip it with a reason where there is no browser. In CI it then fails."""
    missing = _missing()
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if missing and os.environ.get("CI", "").lower() not in ("1", "true"):
                item.add_marker(pytest.mark.skip(reason=missing))


def _missing() -> str:
    if not CHROMIUM.exists():
        return f"{CHROMIUM} is missing: apt-get install chromium"
    try:
        import playwright.sync_api  # noqa: F401
    except ImportError:
        return "playwright is missing: pip install -r requirements-dev.txt"
    return ""


def expect(what: object) -> object:
    """Playwright's expect: a claim about a page or an element that may take a moment to come true."""
    from playwright.sync_api import expect as it

    return it(what)


@dataclass
class Visit:
    """One browser window and what it did: requests to others, and complaints in the console."""

    page: object
    address: str
    foreign: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def open(self, path: str) -> "Visit":
        """Go to a page by its link and wait until it is drawn."""
        self.page.goto(f"{self.address}/{path}")
        return self.settled()

    def settled(self) -> "Visit":
        """Wait until heading and content stand and nothing runs."""
        self.page.wait_for_selector("h1", timeout=30_000)
        self.page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]', timeout=30_000)
        return self

    def forget(self) -> None:
        """Begin a new list of what was asked and said."""
        self.foreign.clear()
        self.complaints.clear()

    def violations(self) -> list[str]:
        """What axe finds serious or critical by WCAG 2.2 AA, in what we put on the page."""
        # Axe sees no colours of what is scrolled out of sight, so the window is as high as the page for a moment.
        size = self.page.viewport_size
        high = self.page.evaluate("document.querySelector('[data-testid=stMain], body').scrollHeight")
        self.page.set_viewport_size(size | {"height": min(HIGHEST, max(size["height"], high))})
        self.page.wait_for_timeout(SETTLES_IN)
        self.page.evaluate(axe())
        found = self.page.evaluate(f"axe.run(document, {AXE_RULES})")["violations"]
        self.page.set_viewport_size(size)
        return [
            f"{rule['id']} ({rule['impact']}): {node['html'][:160]}"
            for rule in found
            for node in rule["nodes"]
            if rule["impact"] in ("serious", "critical") and not _is_of_streamlit(rule["id"], node["html"])
        ]

    def in_order(self) -> list[str]:
        """Everything that a reader would not want to see on this page."""
        wrong = [*self.foreign, *self.complaints]
        wrong += self.page.locator('[data-testid="stException"], [data-testid="stAlertContentError"]').all_inner_texts()
        headings = self.page.locator("h1").count()
        is_wider = (
            "[...document.querySelectorAll('html, [data-testid=stMain]')].some(e => e.scrollWidth > e.clientWidth)"
        )
        wrong += [f"{headings} headings of the first level"] * (headings != 1)
        wrong += ["the page scrolls sideways"] * self.page.evaluate(is_wider)
        return wrong


@cache
def axe() -> str:
    """The rules of axe-core, from the package that carries them: nothing is fetched."""
    import axe_playwright_python

    return (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")


def _is_of_streamlit(rule: str, element: str) -> bool:
    """Whether a widget of Streamlit is at fault, which no page of ours can change.

    The text field within a multiselect is as narrow as its text, though the whole box takes the click. A wide table
    scrolls in a box without a tab stop; browsers give such boxes one themselves.
    """
    return (rule == "target-size" and element.startswith("<input ") and 'role="combobox"' in element) or (
        rule == "scrollable-region-focusable" and element.startswith('<div class="st-emotion-cache-')
    )


@contextmanager
def running_server(store: Path) -> Iterator[str]:
    """Start the app as README does, on a free port; yield its address; stop it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    surroundings = os.environ | {"CREATOR_FIT_STORE": str(store)}
    server = subprocess.Popen(
        command,
        cwd=ROOT,
        env=surroundings,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        _wait_for(f"http://127.0.0.1:{port}/_stcore/health")
        yield f"http://127.0.0.1:{port}"
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            server.wait(5)
        if server.poll() is None:
            os.killpg(server.pid, signal.SIGKILL)
            server.wait()


def _wait_for(address: str) -> None:
    began = time.monotonic()
    while time.monotonic() - began < SERVER_STARTS_IN:
        with suppress(OSError), urllib.request.urlopen(address, timeout=1) as answer:
            if answer.status == 200:
                return
        time.sleep(0.1)
    raise TimeoutError(f"The server did not answer at {address} within {SERVER_STARTS_IN} s.")


@pytest.fixture(scope="session")
def chromium() -> Iterator[object]:
    """Debian's browser."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium) -> Iterator[Callable[..., Visit]]:
    """Open a window of its own: visit(address, size=PHONE, scheme="dark")."""
    windows = []

    def new(address: str, *, size: dict = LAPTOP, scheme: str = "light") -> Visit:
        window = chromium.new_context(viewport=size, color_scheme=scheme, accept_downloads=True)
        windows.append(window)
        page = window.new_page()
        made = Visit(page, address)
        page.on("request", lambda asked: _note_foreign(made, asked.url))
        page.on("console", lambda said: _note_complaint(made, said))
        page.on("pageerror", lambda error: made.complaints.append(str(error)))
        return made

    yield new
    for window in windows:
        window.close()


def _note_foreign(made: Visit, url: str) -> None:
    ours = (made.address, made.address.replace("http", "ws"), "data:", "blob:", "about:")
    if not url.startswith(ours):
        made.foreign.append(f"asked {url}")


def _note_complaint(made: Visit, said: object) -> None:
    is_probe = bool(PROBE.search(said.location.get("url", "")))
    if said.type == "error" and not is_probe:
        made.complaints.append(f"console: {said.text} {said.location.get('url', '')}")


@pytest.fixture(scope="session")
def demo_server(demo_store) -> Iterator[str]:
    """A server that shows the demo; every test shares it."""
    with running_server(demo_store) as address:
        yield address
