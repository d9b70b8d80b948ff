"""Makes the README's screenshot docs/shortlist.png from the demo: .venv/bin/python docs/screenshots.py

Needs what the browser tests need: Debian's chromium and playwright of requirements-dev.txt.
"""

import sys
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from playwright.sync_api import sync_playwright  # noqa: E402

from fit.refresh import build_demo  # noqa: E402
from tests.browser.conftest import CHROMIUM, FLAGS, running_server  # noqa: E402

SIZE = {"width": 1440, "height": 900}
LINK = "?market=DE-60_AT-40&s=demo-001-demo-003"


def main() -> None:
    """Build the demo in a folder of its own, open the shortlist, keep a picture of it."""
    with TemporaryDirectory() as folder:
        build_demo(Path(folder), now=datetime(2026, 3, 2, 9, 0))
        with running_server(Path(folder)) as address, sync_playwright() as player:
            browser = player.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
            page = browser.new_page(viewport=SIZE, color_scheme="light")
            page.goto(f"{address}/{LINK}")
            page.wait_for_selector('[data-testid="stDataFrame"] canvas')
            page.wait_for_timeout(2500)
            page.screenshot(path=str(ROOT / "docs" / "shortlist.png"))
            browser.close()
    print("Wrote docs/shortlist.png")


if __name__ == "__main__":
    main()
