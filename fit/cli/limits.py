"""How much of the machine may one command take? So that a hostile file can neither fill the memory nor run for ever."""

import os
import resource
import signal

from fit.cli.output import Refused

LEAST_MEMORY = 8 * 2**30  # bytes of address space; most of it is only reserved
# Of all cores together. A million creators with 2.5 million campaigns need a few minutes.
MOST_CPU_SECONDS = 3600
GRACE = 30  # seconds to tidy up before the system ends the process


def limit(cpu_seconds: int = MOST_CPU_SECONDS) -> None:
    """Limit memory to four fifths of the machine's (a million creators need about 7 GB) and the time of its cores.

    A command whose time is over is refused; what it began is removed.
    """
    machine = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    _lower(resource.RLIMIT_AS, max(LEAST_MEMORY, machine * 4 // 5), 0)
    signal.signal(signal.SIGXCPU, _too_long)
    _lower(resource.RLIMIT_CPU, cpu_seconds, GRACE)


def _lower(kind: int, wanted: int, grace: int) -> None:
    """Set a limit, never above the one that is there."""
    _, hard = resource.getrlimit(kind)
    most = wanted + grace if hard == resource.RLIM_INFINITY else min(wanted + grace, hard)
    try:
        resource.setrlimit(kind, (min(wanted, most), most))
    except ValueError:  # a page, which started this command, lowered the limit in between
        if resource.getrlimit(kind)[1] == hard:
            raise
        _lower(kind, wanted, grace)


def _too_long(number: int, frame: object) -> None:
    raise Refused("This took longer than an hour of the processor's time and was stopped. Nothing was changed.")
