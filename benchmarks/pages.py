"""Measure how fast the pages are in a real browser, against a bare Streamlit app with one table.

    python -m benchmarks.pages [--creators 60] [--repeats 7]

Both servers show a window of 1440 x 900 in Debian's chromium: the first page of a fresh server, another page, another
market (for the bare app: another choice in a box that filters its table), and a turned slide. The two take turns, so
that what else the machine does slows both. Times depend on the machine, ratios less so.
"""

import argparse
import re
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).parent.parent))

from data.demo.field import write_field
from data.importers.load import Options
from fit.refresh import load
from tests.browser.conftest import CHROMIUM, FLAGS
from tests.browser.driver import LAPTOP, Visit, running_server

NOW = datetime(2026, 3, 2, 9, 0)
FILES = ("creators.csv", "audience.csv", "campaigns.csv")
TABLE = '[data-testid="stDataFrame"] canvas'
SLIDES = "present?market=DE-60_AT-40&s=demo~1001-demo~1003&target=conversions-10&present=1&slide="
BARE = """import polars as pl
import streamlit as st

def page(name):
    def show():
        st.title(name)
        chosen = st.selectbox("Choice", ["one", "two", "three", "four"])
        st.header(f"Rows of {chosen}")
        st.dataframe(pl.DataFrame({"number": range(50), "choice": [chosen] * 50}))
    return st.Page(show, title=name, url_path=name.lower())

st.navigation([page(name) for name in ("First", "Second", "Third")]).run()
"""


def seconds(act: Callable[[], object]) -> float:
    """How long one thing takes in the browser, from the press to what it shows."""
    began = time.monotonic()
    act()
    return time.monotonic() - began


def first_page(new_window: Callable[[str], Visit], address: str) -> float:
    """A fresh server's first page, from its address to its table."""
    seen = new_window(address)
    return seconds(lambda: (seen.page.goto(address), seen.page.wait_for_selector(TABLE)))


def page_changes(seen: Visit, titles: list[str], repeats: int) -> Iterator[float]:
    """Press one title of the menu after the other; the first round warms up and is not counted."""
    for at in range(len(titles) + repeats):
        title = titles[at % len(titles)]
        link = seen.page.get_by_test_id("stSidebarNav").get_by_text(title, exact=True)

        def change(link: object = link, title: str = title) -> None:
            link.click()
            seen.page.wait_for_function("title => document.querySelector('h1')?.innerText.startsWith(title)", arg=title)
            seen.settled()

        taken = seconds(change)
        if at >= len(titles):
            yield taken


def market_changes(seen: Visit, repeats: int) -> Iterator[float]:
    """Add one market after the other to the brief, until the headline says how many there are."""
    countries = ["Austria", "France", "Poland", "Spain", "Italy", "Sweden", "Norway", "Belgium"]
    for number, country in enumerate(countries[:repeats], start=2):
        if not seen.page.get_by_label("Target markets").last.is_visible():
            seen.page.get_by_test_id("stPopover").get_by_role("button", name=re.compile("^Market")).click()
        box = seen.page.get_by_label("Target markets").last
        box.click()
        box.fill(country)
        option = seen.page.get_by_role("option", name=country, exact=True)
        option.wait_for()
        where = "Germany and Austria" if number == 2 else f"your {number} markets"
        headline = seen.page.locator("h2", has_text=re.compile(f" in {where}"))
        yield seconds(lambda option=option, headline=headline: (option.click(), headline.wait_for()))
        seen.page.keyboard.press("Escape")


def choices(seen: Visit, repeats: int) -> Iterator[float]:
    """The bare app's like of a change of market."""
    for at in range(1, repeats + 1):
        name = ["one", "two", "three", "four"][at % 4]
        seen.page.get_by_label("Choice").click()
        option = seen.page.get_by_role("option", name=name, exact=True)
        option.wait_for()
        headline = seen.page.locator("h2", has_text=f"Rows of {name}")
        yield seconds(lambda option=option, headline=headline: (option.click(), headline.wait_for()))


def slides(seen: Visit, repeats: int) -> Iterator[float]:
    """Turn slides there and back with the keyboard."""
    at = 2
    for _turn in range(repeats):
        key, at = ("ArrowRight", at + 1) if at < 5 else ("ArrowLeft", at - 1)
        seen.settled()
        seen.page.wait_for_timeout(200)
        named = seen.page.get_by_text(re.compile(f"^Slide {at} of "))
        yield seconds(lambda key=key, named=named: (seen.page.keyboard.press(key), named.wait_for()))


@contextmanager
def windows() -> Iterator[Callable[[str], Visit]]:
    """A browser whose windows share nothing."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield lambda address: Visit(browser.new_context(viewport=LAPTOP).new_page(), address)
        browser.close()


def measure(folder: Path, creators: int, repeats: int) -> dict[str, tuple[list[float], list[float]]]:
    """Seconds of the product and of the bare app, by what was done."""
    store, bare = folder / "store", folder / "bare.py"
    write_field(folder / "files", count_creators=creators, today=NOW.date())
    load(store, [folder / "files" / name for name in FILES], Options(), now=NOW)
    bare.write_text(BARE, encoding="utf-8")
    taken: dict[str, tuple[list[float], list[float]]] = {}
    with windows() as new_window:
        for _start in range(3):
            for side, app in enumerate((None, bare)):
                with running_server(store, app) if app else running_server(store) as address:
                    taken.setdefault("first page of a fresh server", ([], []))[side].append(
                        first_page(new_window, address)
                    )
        with running_server(store) as ours, running_server(store, bare) as theirs:
            plain = new_window(theirs).open("")
            bare_changes = list(page_changes(plain, ["Second", "Third", "First"], repeats))
            seen = new_window(ours).open("?market=DE-1&creator=demo-003")
            titles = ["Audience", "Strength", "Role", "Shortlist"]
            taken["another page"] = (list(page_changes(seen, titles, repeats)), bare_changes)
            seen = new_window(ours).open("?market=DE-1")
            taken["another market"] = (list(market_changes(seen, repeats)), list(choices(plain, repeats)))
            seen = new_window(ours).open(f"{SLIDES}2")
            taken["a turned slide"] = (list(slides(seen, repeats)), bare_changes)
    return taken


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--creators", type=int, default=60)
    parser.add_argument("--repeats", type=int, default=7)
    arguments = parser.parse_args()
    with TemporaryDirectory(prefix="creator-fit-pages-") as folder:
        taken = measure(Path(folder), arguments.creators, arguments.repeats)
    print(f"{'median seconds':30} {'product':>8} {'bare app':>9} {'ratio':>6}")
    for what, (ours, bare) in taken.items():
        print(f"{what:30} {median(ours):8.2f} {median(bare):9.2f} {median(ours) / median(bare):6.1f}")


if __name__ == "__main__":
    main()
