"""Measure what many people at once get: so many sessions that look, think and look at another page.

    python -m benchmarks.sessions [--sessions 20] [--think 3] [--seconds 60] [--creators 60] [--floods 0] [--servers 0]

Each session speaks to the server as a browser does (its websocket and its messages) and asks for another page or
another market, waits for the whole page, thinks, and asks again. Printed are the waits, how many ended in the error
box, the bytes of a page, and what each session added to the memory of the servers. --floods: so many further sessions
that never think, all of one address. --servers: so many app servers behind nginx with the shipped configuration, every
other session from an address of its own; 0: one server, no proxy. Nobody draws anything here: what a browser does with
a page is measured by benchmarks/pages.py.
"""

import argparse
import asyncio
import base64
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import quote
from uuid import uuid4

sys.path.insert(0, str(Path(__file__).parent.parent))

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

from data.demo.field import write_field
from data.importers.load import Options
from fit.refresh import load
from tests.browser.driver import running_server
from tests.browser.nginx import NAME, PASSWORD, UNSAFE, behind_nginx

NOW = datetime(2026, 3, 2, 9, 0)
FILES = ("creators.csv", "audience.csv", "campaigns.csv")
PAGES = ("", "plan", "audience_geography", "natural_strength", "recommended_role", "compare", "present")
MARKETS = ("DE", "AT", "FR", "GB", "US", "CH", "NL", "ES", "IT", "PL")
PATIENCE = 60.0  # seconds for one page


@dataclass
class Seen:
    """What all sessions saw: seconds and bytes of each page, and how many pages were an error or busy."""

    seconds: list[float] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    errors: int = 0
    busy: int = 0


async def page(socket: ClientConnection, question: str, page_hash: str, seen: Seen) -> dict[str, str]:
    """Ask for one page and read until it is whole; return the hashes of all pages by their address."""
    message = BackMsg()
    message.rerun_script.query_string = question
    message.rerun_script.page_script_hash = page_hash
    began, size, hashes = time.monotonic(), 0, {}
    await socket.send(message.SerializeToString())
    async with asyncio.timeout(PATIENCE):
        while True:
            raw = await socket.recv()
            size += len(raw)
            answer = ForwardMsg()
            answer.ParseFromString(raw)
            kind = answer.WhichOneof("type")
            if kind == "navigation":
                hashes = {one.url_pathname: one.page_script_hash for one in answer.navigation.app_pages}
            elif kind == "delta" and answer.delta.new_element.WhichOneof("type") == "alert":
                alert = answer.delta.new_element.alert
                seen.errors += alert.format == alert.ERROR
                seen.busy += "Many people are using" in alert.body
            elif kind == "script_finished" and answer.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY:
                break
    seen.seconds.append(time.monotonic() - began)
    seen.sizes.append(size)
    return hashes


def as_browser(address: str, number: int) -> dict[str, Any]:
    """How a session reaches a server: behind the proxy with its password, a browser's cookie and an address of its own.

    number: of the session; 0 for all that flood.
    """
    plain = {"origin": address, "subprotocols": ["streamlit"], "max_size": None}
    if address.startswith("http:"):
        return plain
    word = base64.b64encode(f"{NAME}:{PASSWORD}".encode()).decode()
    headers = {"Authorization": f"Basic {word}", "Cookie": f"creator_fit={uuid4().hex}"}
    return plain | {"additional_headers": headers, "ssl": UNSAFE, "local_addr": (f"127.0.0.{2 + number}", 0)}


async def visitor(address: str, number: int, think: float, until: float, seen: Seen) -> None:
    """One session: the shortlist, then other pages and markets until the time is over."""
    dice = Random(number)
    async with connect(
        address.replace("http", "ws", 1) + "/_stcore/stream", **as_browser(address, number if think else 0)
    ) as socket:
        hashes: dict[str, str] = {}
        await asyncio.sleep(dice.random() * think)
        name = ""
        while time.monotonic() < until:
            markets = "_".join(f"{code}-{dice.randint(1, 9)}" for code in dice.sample(MARKETS, 2))
            creator = f"demo-{dice.randint(1, 40):03d}"
            question = f"market={quote(markets)}&creator={creator}&s={creator.replace('-', '~1')}&budget=5000"
            hashes = await page(socket, question, hashes.get(name, ""), seen) or hashes
            name = dice.choice(PAGES)
            await asyncio.sleep(think * (0.5 + dice.random()))


async def crowd(address: str, sessions: int, think: float, seconds: float, floods: int) -> tuple[Seen, Seen]:
    """All sessions at once; those that think, and those that never do."""
    until, people, flood = time.monotonic() + seconds, Seen(), Seen()
    visits = [visitor(address, number, think, until, people) for number in range(1, sessions + 1)]
    visits += [visitor(address, sessions + number, 0.0, until, flood) for number in range(1, floods + 1)]
    await asyncio.gather(*visits)
    return people, flood


def memory_of_children() -> float:
    """Megabytes that this process's children hold."""
    own, total = str(Path("/proc/self").resolve().name), 0
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            lines = dict(line.split(":", 1) for line in status.read_text().splitlines() if ":" in line)
        except OSError:
            continue
        if lines["PPid"].strip() == own:
            total += int(lines.get("VmRSS", "0 kB").split()[0])
    return total / 1024


@contextmanager
def serving(store: Path, servers: int, folder: Path) -> Iterator[str]:
    """One server, or several behind nginx: the address that sessions go to."""
    with ExitStack() as running:
        addresses = [running.enter_context(running_server(store)) for _ in range(max(1, servers))]
        if not servers:
            yield addresses[0]
            return
        address = running.enter_context(behind_nginx(folder, addresses))
        yield address.replace("localhost", "127.0.0.1")


def told(name: str, seen: Seen) -> None:
    """Print one line of waits."""
    waits = sorted(seen.seconds)
    if not waits:
        return
    middle, late = waits[len(waits) // 2], waits[min(len(waits) - 1, round(0.95 * len(waits)))]
    size = sorted(seen.sizes)[len(seen.sizes) // 2] / 1000
    print(
        f"{name}: {len(waits)} pages, median {middle:.2f} s, p95 {late:.2f} s, slowest {waits[-1]:.2f} s, "
        f"{size:.0f} kB each; errors {seen.errors}, busy {seen.busy}"
    )


def main() -> None:
    """Load a field, start a server, send everybody there."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--sessions", type=int, default=20)
    arguments.add_argument("--think", type=float, default=3.0)
    arguments.add_argument("--seconds", type=float, default=60.0)
    arguments.add_argument("--creators", type=int, default=60)
    arguments.add_argument("--floods", type=int, default=0)
    arguments.add_argument("--servers", type=int, default=0)
    given = arguments.parse_args()
    with TemporaryDirectory() as folder:
        write_field(Path(folder, "field"), count_creators=given.creators, today=NOW.date())
        store = Path(folder, "store")
        load(store, [Path(folder, "field", name) for name in FILES], Options(), now=NOW)
        with serving(store, given.servers, Path(folder)) as address:
            asyncio.run(crowd(address, 4 * max(1, given.servers), 0.5, 8.0, 0))  # what a first visit alone pays for
            before = memory_of_children()
            people, flood = asyncio.run(crowd(address, given.sessions, given.think, given.seconds, given.floods))
            each = (memory_of_children() - before) / (given.sessions + given.floods)
    told("people", people)
    told("flood", flood)
    print(f"memory: {each:.1f} MB more a session")


if __name__ == "__main__":
    main()
