"""How do the tests come by a Postgres of their own? A private cluster in a temporary folder, from Debian's programs."""

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

DEBIAN = Path("/usr/lib/postgresql")
PATIENCE = 60  # seconds for a server to start on a busy machine
# The server lives as long as our end of its standard input: also when the tests are killed, nothing of it stays.
AS_LONG_AS_WE = '"$@" >"$0/log" 2>&1 & read _; kill -QUIT $!; wait; rm -rf "$0"'


def programs() -> Path | None:
    """Folder of the newest installed server's programs; None where there is none."""
    found = sorted(DEBIAN.glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    return found[-1].parent if found else None


def _own_folder() -> tuple[Path, list[str]]:
    """A folder for a cluster, and how to run a program as its owner: Postgres refuses to run as root."""
    folder = Path(tempfile.mkdtemp(prefix="creator-fit-pg-"))  # pytest's own folders let nobody else in
    if os.geteuid() != 0:
        return folder, []
    owner = pwd.getpwnam("postgres")
    os.chown(folder, owner.pw_uid, owner.pw_gid)
    return folder, ["runuser", "-u", "postgres", "--"]


def _run(*command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=PATIENCE, check=False)


@contextmanager
def private_cluster(bin_folder: Path) -> Iterator[str]:
    """Start a cluster that only its own folder's socket reaches; give its URL; stop and delete it afterwards."""
    folder, as_owner = _own_folder()
    words = ("--auth=trust", "--username=fit", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync")
    made = _run(*as_owner, bin_folder / "initdb", "-D", folder / "data", *words, cwd=folder)
    assert made.returncode == 0, made.stdout + made.stderr
    server = [bin_folder / "postgres", "-D", folder / "data", "-k", folder, "-c", "listen_addresses=", "-N", "60"]
    keeper = [*as_owner, "sh", "-c", AS_LONG_AS_WE, folder, *server]
    with subprocess.Popen(keeper, cwd=folder, stdin=subprocess.PIPE) as running:
        until = time.monotonic() + PATIENCE
        while _run(bin_folder / "pg_isready", "-q", "-h", folder, cwd=folder).returncode != 0:
            assert time.monotonic() < until, (folder / "log").read_text()
            time.sleep(0.05)
        try:
            yield f"postgresql://fit@/postgres?host={folder}"
        finally:
            running.communicate(timeout=PATIENCE)  # closes its input
    shutil.rmtree(folder, ignore_errors=True)
