"""Make every picture of README and docs from the demo: .venv/bin/python -m docs.screenshots

Needs what the browser tests need: Debian's chromium and playwright of requirements-dev.txt. The demo's day is fixed, so
its numbers stay the same.
"""

import re
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Locator, Page, sync_playwright

from data.decisions import open_decisions
from fit.refresh import build_demo
from tests.browser.conftest import CHROMIUM, FLAGS, running_server

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
LAPTOP, TALL = {"width": 1440, "height": 900}, {"width": 1240, "height": 2600}
AROUND = 16  # pixels of air around a block
DRAWN = 2500  # milliseconds until charts and tables stand still
BRIEF = "?market=DE-60_AT-40&creator=demo-003"
FIVE = f"{BRIEF}&s=demo~1001-demo~1004-demo~1003-demo~1008-demo~1002"
PAPER = "spring"
Ends = Callable[[Page], tuple[Locator, Locator]]


def main() -> None:
    """Build the demo with one partnership in a folder of its own, and keep a picture of each view and block."""
    with TemporaryDirectory() as folder:
        build_demo(Path(folder), now=datetime(2026, 3, 2, 9, 0))
        _partnership(Path(folder))
        with running_server(Path(folder)) as address, sync_playwright() as player:
            browser = player.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
            window = browser.new_context(viewport=LAPTOP, color_scheme="light", locale="en-GB")
            page = window.new_page()
            for name, link in (
                ("shortlist", f"{BRIEF}&s=demo~1001-demo~1003"),
                ("present", f"present{FIVE}&present=1&slide=4"),
            ):
                _open(page, f"{address}/{link}")
                page.screenshot(path=DOCS / f"{name}.png")
            page.set_viewport_size(TALL)
            for name, (link, ends) in BLOCKS.items():
                _open(page, f"{address}/{link}")
                _keep(page, *ends(page), DOCS / "blocks" / f"{name}.png")
            browser.close()


def _partnership(store: Path) -> None:
    """One partnership with a creator of the sample data, so that pages about partnerships have something to show."""
    agreement = (ROOT / "tests" / "fixtures" / "agreement.toml").read_text(encoding="utf-8")
    text = re.sub('^creator = ".*"$', 'creator = "demo-001"', agreement, flags=re.M)
    decisions = open_decisions(store)
    decisions.save("agreement", PAPER, text, version=0, by=None, now=datetime(2026, 3, 2, 9, 0, tzinfo=UTC))
    decisions.close()
    file = store / "agreement.toml"
    file.write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "fit", "charter", "--file", file, "--out", store / "charter.md"]
    subprocess.run([*command, "--save", PAPER, "--store", store], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


def _open(page: Page, link: str) -> None:
    page.goto(link)
    page.wait_for_selector("h1")
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]')
    page.wait_for_timeout(DRAWN)


def _keep(page: Page, first: Locator, last: Locator, file: Path) -> None:
    """A picture of what stands from the first to the last of two elements."""
    boxes = [locator.bounding_box() for locator in (first, last)]
    left, top = (min(box[side] for box in boxes) - AROUND for side in ("x", "y"))
    right = max(box["x"] + box["width"] for box in boxes) + AROUND
    bottom = max(box["y"] + box["height"] for box in boxes) + AROUND
    file.parent.mkdir(exist_ok=True)
    page.screenshot(path=file, clip={"x": left, "y": top, "width": right - left, "height": bottom - top})
    print(f"Wrote {file.relative_to(ROOT)}")


def _chart(title: str, last: str = "stPopover") -> Ends:
    """A chart from its finding to the table that says the same."""
    return lambda page: (
        page.get_by_role("heading", name=re.compile(title)).first,
        page.get_by_role("heading", name=re.compile(title)).first.locator(
            f'xpath=following::*[@data-testid="{last}"][1]'
        ),
    )


def _of(selector: str, last: str | None = None) -> Ends:
    """From the first element of a selector to the last of it, or of another."""
    return lambda page: (page.locator(selector).first, page.locator(last or selector).last)


def _box_around(inner: Locator) -> Locator:
    """The container of the page that an element stands in."""
    return inner.locator('xpath=ancestor::*[@data-testid="stVerticalBlock"][1]')


# One picture of each block that docs/design.md describes.
BLOCKS: dict[str, tuple[str, Ends]] = {
    "verdict": (
        f"audience_geography{BRIEF}",
        lambda page: (
            page.locator("h1"),
            page.locator("h2").first.locator('xpath=following::*[@data-testid="stMarkdown"][1]'),
        ),
    ),
    "figures": (f"audience_geography{BRIEF}", _of('[data-testid="stMetric"]')),
    "chart": (f"audience_geography{BRIEF}", _chart("has the biggest gap")),
    "intervals": (f"natural_strength{BRIEF}", _chart("^Strongest at")),
    "panels": (f"compare{FIVE}", _chart("^Strongest at")),
    "dots": (f"recommended_role{BRIEF}&target=clicks-300&cost=900-EUR", _chart("^Clicks:")),
    "form": (
        f"recommended_role{BRIEF}&target=clicks-300&cost=900-EUR",
        lambda page: (_box_around(page.get_by_role("button", name="Back to the usual line")),) * 2,
    ),
    "lines": (
        f"brief{BRIEF}&paper={PAPER}",
        lambda page: (
            page.get_by_role("heading", name="What success is measured by"),
            page.get_by_text("Add a line", exact=True).last,
        ),
    ),
    "warning": (f"present{FIVE}-demo~1011&slide=99", _of('[data-testid="stAlert"]')),
    "empty": (
        f"present{BRIEF}",
        lambda page: (page.locator("h1"), _box_around(page.get_by_text("Choose on the shortlist"))),
    ),
    "tracker": (f"partnerships{BRIEF}", _chart("signed by both sides")),
}


if __name__ == "__main__":
    main()
