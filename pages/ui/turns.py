"""Let few heavy pieces of work run at once on this server, and say "busy" to whoever would wait too long.

What one visitor asks for then delays another by a few seconds at most, however many windows it opens.
"""

import os
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from threading import Event, Lock, local
from typing import ParamSpec, TypeVar
from weakref import WeakValueDictionary

import streamlit as st

from fit.locale import _

LOOK_EVERY = 0.2  # seconds between two signs of life to somebody who waits
P = ParamSpec("P")
T = TypeVar("T")


class Busy(Exception):
    """Nobody got a turn in time; nothing was changed."""

    def __init__(self) -> None:
        super().__init__(_("Many people are using Creator Fit at this moment. Nothing is lost; try again in a minute."))


class Turns:
    """So many at once, the others in the order in which they came.

    at_once: how many; patience: seconds that others wait before they are told.
    """

    def __init__(self, at_once: int, patience: float) -> None:
        self.at_once, self.patience = at_once, patience
        self._count_free, self._queue, self._changing = at_once, deque[Event](), Lock()
        self._mine = local()

    @contextmanager
    def one(self, waiting: Callable[[], None] = lambda: None) -> Iterator[None]:
        """Wait for a turn and hold it. waiting: called while it waits. Work within work of the same thread needs none.

        Raises Busy when nobody makes room in time.
        """
        if getattr(self._mine, "is_held", False):
            yield
            return
        self._take(waiting)
        self._mine.is_held = True
        try:
            yield
        finally:
            self._mine.is_held = False
            self._hand_on()

    def _take(self, waiting: Callable[[], None]) -> None:
        with self._changing:
            if self._count_free:
                self._count_free -= 1
                return
            turn = Event()
            self._queue.append(turn)
        until = time.monotonic() + self.patience
        try:
            while not turn.wait(min(LOOK_EVERY, self.patience)):
                waiting()
                if time.monotonic() >= until:
                    raise Busy
        except BaseException:
            with self._changing:
                is_waiting = turn in self._queue
                if is_waiting:
                    self._queue.remove(turn)
            if not is_waiting:  # the turn came at the last moment
                self._hand_on()
            raise

    def _hand_on(self) -> None:
        """Give a turn to whoever waits longest."""
        with self._changing:
            if self._queue:
                self._queue.popleft().set()
            else:
                self._count_free += 1


# A processor works on one answer at a time: more at once would only make all of them slow.
ANSWERS = Turns(at_once=max(2, os.cpu_count() or 1), patience=10.0)
UPLOADS = Turns(at_once=2, patience=60.0)  # each child may take gigabytes (upload_process.py)

PAGES_OF_ONE, PATIENCE_OF_ONE = 3, 60.0  # pages drawn at once for one client, and seconds that its others wait
_turns_of_clients: WeakValueDictionary[str, Turns] = WeakValueDictionary()
_looking_up = Lock()


def client() -> str:
    """Whoever this page is drawn for: one network address, as the proxy of docs/running.md states it."""
    return st.context.headers.get("X-Forwarded-For") or str(st.context.ip_address)


def turns_of(client: str) -> Turns:
    """The turns that all windows of one client share."""
    with _looking_up:
        if (turns := _turns_of_clients.get(client)) is None:
            turns = _turns_of_clients[client] = Turns(PAGES_OF_ONE, PATIENCE_OF_ONE)
        return turns


def in_turn(work: Callable[P, T]) -> Callable[P, T]:
    """A function that waits for one of ANSWERS; below a cache, so that what is known already never waits."""

    @wraps(work)
    def when_free(*args: P.args, **kwargs: P.kwargs) -> T:
        with ANSWERS.one():
            return work(*args, **kwargs)

    return when_free
