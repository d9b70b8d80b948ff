"""Do several app servers behind the shipped proxy work as one: a load, an edit and a server that is killed?"""

import os
import secrets
import signal
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from data import store
from data.decisions import open_decisions
from fit.agreement import write_agreement
from tests.browser.driver import LAPTOP, PATIENCE, Visit, expect, running_process
from tests.browser.nginx import ASKED, NAME, PASSWORD, UNSAFE, behind_nginx
from tests.pages.ui.partnership.partnerships import NOW, WHOLE

CREATORS = "creator_id,platform,country,audience_share\nada,instagram,DE,0.6\nben,tiktok,AT,0.5\n"
KITCHEN, GOAL = "brief?market=DE-60_AT-40&creator=ada&paper=kitchen", "The brand's goal"
LOOK_EVERY = 100  # milliseconds between two looks at what is saved
STARTS = 64  # numbers of chance, of which both servers surely get one


@dataclass
class Office:
    """Two servers on one store and one Postgres, behind one proxy. cookies: one that leads to each server."""

    proxy: str
    servers: list[subprocess.Popen[bytes]]
    cookies: list[str]
    folder: Path
    decisions: str

    def goal(self) -> str:
        """What the newest saved draft says of the brand's goal."""
        with closing(open_decisions(self.folder, self.decisions)) as decisions:
            text = decisions.draft("agreement", "kitchen").text
        return next(line for line in text.splitlines() if line.startswith("brand_goal"))


@pytest.fixture
def office(tmp_path_factory, run_fit, postgres) -> Iterator[Office]:
    """Of each test its own, because one of them kills a server and may be tried once more."""
    folder, url = tmp_path_factory.mktemp("office"), postgres()
    (folder / "first.csv").write_text(CREATORS)
    run_fit("load", folder / "first.csv", "--store", folder / "store")
    with closing(open_decisions(folder / "store", url)) as decisions:
        decisions.save(
            "agreement", "kitchen", write_agreement(replace(WHOLE, creator="ada")), version=0, by=None, now=NOW
        )
        decisions.note_stage("kitchen", "ada", "called", None, NOW)
    with ExitStack() as stack:
        started = [stack.enter_context(running_process(folder / "store", CREATOR_FIT_DECISIONS=url)) for _ in range(2)]
        proxy = stack.enter_context(behind_nginx(folder, [address for address, _ in started]))
        leads_to = where_cookies_lead(proxy, folder / ASKED)
        cookies = [leads_to[address.removeprefix("http://")] for address, _ in started]
        yield Office(proxy, [server for _, server in started], cookies, folder / "store", url)


def where_cookies_lead(proxy: str, asked: Path) -> dict[str, str]:
    """A cookie by the server that it leads to, as the proxy's log says."""
    for cookie in (secrets.token_hex(16) for _ in range(STARTS)):
        request = urllib.request.Request(f"{proxy}/_stcore/health", headers={"Cookie": f"creator_fit={cookie}"})
        urllib.request.urlopen(request, context=UNSAFE).close()
    lines = [line.split() for line in asked.read_text().splitlines() if line.endswith("/_stcore/health")]
    return {server: cookie for server, cookie, *_ in lines if cookie != "-"}


@pytest.fixture
def at(office: Office, chromium) -> Iterator[Callable[[int], Visit]]:
    """Open a window whose browser the proxy leads to one of the servers: at(0), at(1)."""
    windows = []

    def new(server: int) -> Visit:
        window = chromium.new_context(
            viewport=LAPTOP, ignore_https_errors=True, http_credentials={"username": NAME, "password": PASSWORD}
        )
        window.add_cookies([{"name": "creator_fit", "value": office.cookies[server], "url": office.proxy}])
        windows.append(window)
        return Visit(window.new_page(), office.proxy)

    yield new
    for window in windows:
        window.close()


def fill_goal(seen: Visit, office: Office, text: str) -> None:
    """Type into a field and leave it, and wait until that is saved."""
    seen.page.get_by_label(GOAL, exact=True).fill(text)
    seen.page.keyboard.press("Tab")
    until = time.monotonic() + PATIENCE / 1000
    while office.goal() != f'brand_goal = "{text}"' and time.monotonic() < until:
        seen.page.wait_for_timeout(LOOK_EVERY)
    assert office.goal() == f'brand_goal = "{text}"'


def test_a_load_through_one_server_is_seen_by_the_other_within_one_run(office, at, tmp_path):
    file = f"{secrets.token_hex(4)}.csv"  # another one when the test is tried once more
    (tmp_path / file).write_text(CREATORS.replace("0.6", f"0.{secrets.randbelow(10**6):06}"))
    mine, theirs = at(0).open("your_data"), at(1).open("partnerships")
    before = store.current(office.folder)
    mine.page.locator('input[type="file"]').set_input_files(str(tmp_path / file))
    mine.page.get_by_test_id("stFileChip").first.wait_for()
    mine.page.get_by_role("button", name="Load files", exact=True).click()
    expect(mine.page.get_by_text("The audiences of 2 creators are in")).to_be_visible()
    theirs.page.get_by_test_id("stSidebarNav").get_by_role("link", name="Your data").click()
    expect(theirs.page.get_by_text(f"Data version {before + 1}, last updated")).to_be_visible()


def test_one_field_changed_through_two_servers_keeps_both_texts(office, at):
    said, other = secrets.token_hex(4), secrets.token_hex(4)  # others when the test is tried once more
    mine, theirs = at(0).open(KITCHEN), at(1).open(KITCHEN)
    goal = mine.page.get_by_label(GOAL, exact=True)
    goal.fill(said)  # not left yet
    fill_goal(theirs, office, other)
    expect(goal).to_have_value(said)
    goal.press("Tab")
    expect(mine.page.get_by_text("Two people changed this at the same time")).to_be_visible()
    mine.page.get_by_role("button", name="Take this one", exact=True).first.click()
    expect(mine.page.get_by_label(GOAL, exact=True)).to_have_value(said)
    expect(theirs.page.get_by_label(GOAL, exact=True)).to_have_value(said)


def test_a_server_that_is_killed_takes_nothing_with_it_that_was_saved(office, at):
    mine, theirs = at(0).open(KITCHEN), at(1).open(KITCHEN)
    fill_goal(mine, office, "saved before")
    os.killpg(office.servers[0].pid, signal.SIGKILL)
    office.servers[0].wait()
    assert office.goal() == 'brand_goal = "saved before"'
    mine.page.reload()
    expect(mine.settled().page.get_by_label(GOAL, exact=True)).to_have_value("saved before")
    fill_goal(mine, office, "saved after")  # through the other server
    expect(theirs.page.get_by_label(GOAL, exact=True)).to_have_value("saved after")
