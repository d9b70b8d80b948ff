"""What does a browser test need? A server on a free port, a browser, and a record of everything that it asked for."""

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.browser.driver import LAPTOP, Visit, running_server

# Debian's browser; the one without a window of its own takes a quarter less of a processor.
BROWSERS = [Path("/usr/bin/chromium-headless-shell"), Path("/usr/bin/chromium")]
CHROMIUM = next((path for path in BROWSERS if path.exists()), BROWSERS[0])
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
# Streamlit's front end looks for its server below the page's own path first; the answer "not there" is by design.
PROBE = re.compile(r"/\w+/_stcore/(health|host-config)$")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark everything in this folder, and skip it with a reason where there is no browser. In CI it then fails.

    A browser on a busy machine may wait in vain: what fails is tried once more and shows as "R".
    """
    missing = _missing()
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.flaky(reruns=1))
            if missing and os.environ.get("CI", "").lower() not in ("1", "true"):
                item.add_marker(pytest.mark.skip(reason=missing))


def _missing() -> str:
    if not CHROMIUM.exists():
        return f"{CHROMIUM} is missing: apt-get install {CHROMIUM.name}"
    try:
        import playwright.sync_api  # noqa: F401
    except ImportError:
        return "playwright is missing: pip install -r requirements-dev.txt"
    return ""


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
