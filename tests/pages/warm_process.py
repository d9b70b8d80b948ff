"""Start a command of ours without its imports: a process that has made them forks, and the copy runs the command.

Every such process is as much alone as one that begins anew: its own memory, limits, environment and output.
"""

import json
import os
import runpy
import signal
import socket
import subprocess
import sys
import traceback
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from importlib import import_module
from pathlib import Path
from select import select
from typing import BinaryIO

LONGEST_REQUEST = 2**16  # bytes
# The threads of a process that may be copied: its own, and those with which Polars tidies up, which sleep meanwhile.
ASLEEP = ("python", "jemalloc_bg_thd", "polars-ooc-clea")


@contextmanager
def warm_starts(address: Path, module: str) -> Iterator[type]:
    """Make the imports of a module once; give what stands in for subprocess.Popen while the block runs."""
    command = [sys.executable, "-m", __name__, str(address), module]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as waiting:
        assert waiting.stdout.readline() == b"ready\n"
        yield partial(Process, address)
        waiting.kill()


class Process:
    """One command in a process of its own: so much of subprocess.Popen as the pages use."""

    def __init__(
        self, address: Path, command: Sequence[str], *,
        cwd: Path, env: Mapping[str, str], stdin: int, stdout: BinaryIO, stderr: BinaryIO,
    ) -> None:  # fmt: skip
        assert (command[:2], stdin) == ([sys.executable, "-m"], subprocess.DEVNULL)
        request = json.dumps({"module": command[2], "words": command[3:], "cwd": str(cwd), "env": dict(env)}).encode()
        assert len(request) < LONGEST_REQUEST
        self.returncode: int | None = None
        self._keeper = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)  # keeps its two answers apart
        self._keeper.connect(str(address))
        socket.send_fds(self._keeper, [request], [stdout.fileno(), stderr.fileno()])
        self.pid = int(self._keeper.recv(64))

    def wait(self, timeout: float | None = None) -> int:
        if self.returncode is None:
            self._keeper.settimeout(timeout)
            try:
                self.returncode = int(self._keeper.recv(64))
            except (TimeoutError, BlockingIOError) as error:
                raise subprocess.TimeoutExpired("fit", timeout) from error
            self._keeper.close()
        return self.returncode

    def poll(self) -> int | None:
        try:
            return self.wait(0.0)
        except subprocess.TimeoutExpired:
            return None

    def kill(self) -> None:
        if self.poll() is None:
            with suppress(ProcessLookupError):  # it has ended since
                os.kill(self.pid, signal.SIGKILL)


def _serve(address: str, module: str) -> None:
    """Fork for every request, as long as whoever started this lives."""
    import_module(module)
    threads = [path.read_text() for path in Path("/proc/self/task").glob("*/comm")]
    assert [name for name in threads if not name.startswith(ASLEEP)] == [], "A process that works cannot be copied."
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for keepers
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as requests:
        requests.bind(address)
        requests.listen()
        print("ready", flush=True)
        while sys.stdin not in select([requests, sys.stdin], [], [])[0]:  # whoever started this holds its other end
            asking, _ = requests.accept()
            if os.fork() == 0:
                requests.close()
                _keep(asking)
            asking.close()


def _keep(asking: socket.socket) -> None:
    """Run one request in a copy, and tell who asked its number and how it ended."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    raw, (out, err), _, _ = socket.recv_fds(asking, LONGEST_REQUEST, 2)
    child = os.fork()
    if child == 0:
        asking.close()
        _run(json.loads(raw), out, err)
    asking.sendall(str(child).encode())
    _, status = os.waitpid(child, 0)
    asking.sendall(str(os.waitstatus_to_exitcode(status)).encode())
    os._exit(0)


def _run(request: dict, out: int, err: int) -> None:
    """Become the command."""
    for source, target in ((os.open(os.devnull, os.O_RDONLY), 0), (out, 1), (err, 2)):
        os.dup2(source, target)
    os.chdir(request["cwd"])
    os.environ.clear()
    os.environ.update(request["env"])
    sys.argv = [request["module"], *request["words"]]
    code = 1
    try:
        runpy.run_module(request["module"], run_name="__main__", alter_sys=True)
    except SystemExit as left:
        code = left.code if isinstance(left.code, int) else 0
    except BaseException:
        traceback.print_exc()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    _serve(*sys.argv[1:])
