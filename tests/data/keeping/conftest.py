"""What do tests of keeping need? A small store of facts and decisions, and a way to say all that it answers."""

import os
import resource
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from data.decisions.decisions import open_decisions
from tests.data.decisions.saved_decisions import NOW, fill
from tests.tree import ROOT

TABLES = {
    "creators.csv": "creator_id,creator_name,platform,home_country,followers,handle\n"
    "zoe-id,Zoe Quillfeather,instagram,DE,52000,zoequillhandle\n"
    "ada,Ada Marbleton,instagram,DE,81000,adamarblehandle\n"
    "ben,Ben Thornbury,tiktok,AT,9000,benthornhandle\n",
    "zoe-id-audience.csv": "creator_id,country,audience_share\nzoe-id,DE,0.6\nzoe-id,AT,0.2\nzoe-id,FR,1.7\n",
    "audience.csv": "creator_id,country,audience_share\nada,DE,0.5\nada,AT,0.1\nben,AT,0.7\nZoe Quillfeather,DE,9\n",
    "campaigns.csv": "campaign_id,creator_id,market,date,"
    "impressions,engagements,clicks,conversions,revenue,cost,currency\n"
    "zoe-id-spring,zoe-id,DE,2025-03-01,10000,800,500,50,2500.5,1200.1,EUR\n"
    "like Zoe Quillfeather,ada,DE,2025-05-01,20000,900,600,40,900.25,800.5,EUR\n"
    "k3,ben,AT,2025-04-01,30000,3900,100,2,80,300,EUR\n",
}
QUESTIONS = (
    ("shortlist", "--market", "DE=60", "--market", "AT=40", "--json"),
    ("creator", "ada", "--market", "DE", "--json"),
    ("charters", "--json"),
)


@pytest.fixture(scope="session")
def built_store(tmp_path_factory: pytest.TempPathFactory, run_fit: Callable) -> Path:
    """A store of three creators, loaded twice, with a charter of each of two; for copies."""
    folder = tmp_path_factory.mktemp("kept")
    for name, text in TABLES.items():
        (folder / name).write_text(text)
    run_fit("load", folder / "creators.csv", folder / "zoe-id-audience.csv", "--store", folder / "store", code=1)
    run_fit("load", *(folder / name for name in TABLES), "--store", folder / "store", code=1)
    with closing(open_decisions(folder / "store")) as decisions:
        fill(decisions)
        decisions.save("shortlist", "spring", "market=DE-1&s=zoe-id_ada", version=0, by="Ben", now=NOW)
        decisions.save("agreement", "Zoe Quillfeather: lamps", 'creator = "zoe-id"\n', version=0, by="Ben", now=NOW)
    return folder / "store"


@pytest.fixture
def own_store(built_store: Path, tmp_path: Path) -> Path:
    """A copy of the store to change."""
    return Path(shutil.copytree(built_store, tmp_path / "store"))


@pytest.fixture(scope="session")
def answers(run_fit: Callable) -> Callable[[Path], list[str]]:
    """All that a store answers, to the byte."""
    return lambda folder: [run_fit(*words, "--store", folder).stdout for words in QUESTIONS]


@pytest.fixture(scope="session")
def contents() -> Callable[[Path], dict[str, bytes]]:
    """Every file of a folder that somebody could lose."""
    return lambda folder: {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name not in ("writer.lock", "backups.json")
    }


@pytest.fixture(scope="session")
def on_a_full_disk() -> Callable[..., subprocess.CompletedProcess]:
    """Run a command while no file may grow over so many bytes: writing fails then, as on a full disk."""

    def run(most: int, *words: object) -> subprocess.CompletedProcess:
        def limit() -> None:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

        command = [sys.executable, "-m", "fit", *(str(word) for word in words)]
        env = os.environ | {"PYTHONDONTWRITEBYTECODE": "1"}  # compiled modules would be cut, too, and break later runs
        return subprocess.run(command, cwd=ROOT, env=env, preexec_fn=limit, capture_output=True, text=True, timeout=120)

    return run
