"""Drive the product in a real browser: a server on a free port, and a window that notes everything it asked for."""

import os
import signal
import socket
import ssl
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
LAPTOP, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
# Colours differ by scheme and places by size: two looks show every one of each.
LOOKS = {"light on a laptop": (LAPTOP, "light"), "dark on a phone": (PHONE, "dark")}
AXE_RULES = "{resultTypes: ['violations'], runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']}"
HIGHEST, SETTLES_IN = 6000, 150  # pixels of a window, and milliseconds until a page fills it
PATIENCE = 30_000  # milliseconds that a claim has to come true on a busy machine
SERVER_STARTS_IN = 30  # seconds on a busy machine


def expect(what: object) -> object:
    """Playwright's expect: a claim about a page or an element that may take a moment to come true."""
    from playwright.sync_api import expect as it

    it.set_options(timeout=PATIENCE)
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
        """What axe finds serious or critical by WCAG 2.2 AA, in what we put on the page; not what is gone at once."""
        # Axe sees no colours of what is scrolled out of sight, so the window is as high as the page for a moment.
        size = self.page.viewport_size
        high = self.page.evaluate("document.querySelector('[data-testid=stMain], body').scrollHeight")
        self.page.set_viewport_size(size | {"height": min(HIGHEST, max(size["height"], high))})
        self.page.wait_for_timeout(SETTLES_IN)
        self.page.evaluate(axe())
        found = self._found_by_axe()
        if found:  # a button that is drawn anew has no name for a moment
            self.page.wait_for_timeout(SETTLES_IN)
            again = self._found_by_axe()
            found = [one for one in found if one in again]
        self.page.set_viewport_size(size)
        return found

    def _found_by_axe(self) -> list[str]:
        return [
            f"{rule['id']} ({rule['impact']}): {node['html'][:160]}"
            for rule in self.page.evaluate(f"axe.run(document, {AXE_RULES})")["violations"]
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
    scrolls in a box without a tab stop; browsers give such boxes one themselves. The menu puts a box around each of its
    groups, between list and items: readers hear links under headings, but not how many there are.
    """
    starts = {
        "target-size": "<input ",
        "scrollable-region-focusable": '<div class="st-emotion-cache-',
        "list": '<ul data-testid="stSidebarNavItems"',
        "listitem": '<li class="st-emotion-cache-',
    }
    is_named = rule in starts and element.startswith(starts[rule])
    return is_named and (rule != "target-size" or 'role="combobox"' in element)


@contextmanager
def running_server(store: Path, app: Path = ROOT / "app.py", **settings: str) -> Iterator[str]:
    """Start the app (or another of Streamlit's) as README does, on a free port; yield its address; stop it.

    settings: variables of the environment.
    """
    with running_process(store, app, **settings) as (address, _):
        yield address


@contextmanager
def running_process(
    store: Path | str, app: Path = ROOT / "app.py", **settings: str
) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """The same, with the process, which a test may kill."""
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", app.name, "--server.port", str(port)]
    surroundings = os.environ | {"CREATOR_FIT_STORE": str(store)} | settings
    server = subprocess.Popen(
        command,
        cwd=app.parent,
        env=surroundings,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        wait_for(f"http://127.0.0.1:{port}/_stcore/health")
        yield f"http://127.0.0.1:{port}", server
    finally:
        with suppress(ProcessLookupError):
            os.killpg(server.pid, signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            server.wait(5)
        if server.poll() is None:
            os.killpg(server.pid, signal.SIGKILL)
            server.wait()


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    return free_ports(1)[0]


def free_ports(count: int) -> list[int]:
    """Different ports of this machine that nobody listens on."""
    with ExitStack() as held:
        probes = [held.enter_context(socket.socket()) for _ in range(count)]
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [probe.getsockname()[1] for probe in probes]


def wait_for(address: str, context: ssl.SSLContext | None = None) -> None:
    """Wait until a server answers; context: for an address with TLS."""
    began = time.monotonic()
    while time.monotonic() - began < SERVER_STARTS_IN:
        with suppress(OSError), urllib.request.urlopen(address, timeout=1, context=context) as answer:
            if answer.status == 200:
                return
        time.sleep(0.1)
    raise TimeoutError(f"The server did not answer at {address} within {SERVER_STARTS_IN} s.")
