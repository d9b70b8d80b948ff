"""Which generation does a command read, and how does it ask questions?"""

from argparse import Namespace
from collections.abc import Callable
from functools import partial

import polars as pl

from data import store
from fit.cli.output import say
from queries.ask import ask


def opened(typed: Namespace) -> store.Generation:
    """Open the newest generation of the store that the words name; what must be known of it is said on stderr."""
    found = store.open_newest(store.store_folder(typed.store))
    for warning in found.warnings:
        say(warning)
    return found


def asking(of: store.Generation) -> Callable[..., pl.DataFrame]:
    """Return what answers a question of queries/ by name."""
    return partial(ask, of.connection)
