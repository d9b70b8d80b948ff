"""Open the generation that counts, and cache what is made of it.

Caches are shared by everybody on this server, so their keys are the generation's identity and explicit values only;
what holds prose also goes by its language.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

import streamlit as st

from data import store
from data.keeping.restore import finish, was_cut_off
from data.store import StoreBusy, StoreError, StoreUnreachable
from fit.agreement import UnknownCreator
from fit.ask import Ask
from fit.locale import _, spoken
from fit.plan import PlanRefused
from fit.story import StoryError
from pages.ui.turns import Busy, in_turn
from queries.ask import TooSlow, asker

MOST_GENERATIONS = 2  # opened at once: the current one, and the one that a running page still reads
NO_LANGUAGE = ""

P = ParamSpec("P")
T = TypeVar("T")


class _Cache(Protocol):
    def clear(self) -> None:
        """Forget everything."""


_caches: list[_Cache] = []  # of what was made of generations


@dataclass(frozen=True)
class Facts:
    """The generation that a page reads. key: the identity of its file, part of every cache key."""

    key: str
    number: int
    is_demo: bool
    warnings: tuple[str, ...]


class _Moved(StoreError):
    """Another generation was published between asking which one counts and opening it."""

    def __init__(self) -> None:
        super().__init__(_("The data is being updated. Reload this page in a moment."))


@st.cache_resource(max_entries=MOST_GENERATIONS, show_spinner=False)
def _opened(folder: str, key: str) -> store.Generation:
    """Open the generation that the key names (or, with warnings, what stands in for it). Raises _Moved, uncached."""
    opened = store.open_newest(Path(folder))
    if _key_of(folder) != key or (not opened.warnings and not key.startswith(f"{opened.number} ")):
        opened.connection.close()
        raise _Moved
    return opened


def _key_of(folder: str) -> str:
    """What identifies the current generation's file: its number, the digest beside it, its size and its last change.

    The last two notice a file that is damaged, or mended, under the running server.
    """
    number = store.current(Path(folder))
    path = store.generation_file(Path(folder), number or 0)
    try:
        digest, status = path.with_suffix(".sha256").read_text(encoding="ascii"), path.stat()
    except (OSError, UnicodeDecodeError):
        return f"{number} "
    return f"{number} {digest} {status.st_size} {status.st_mtime_ns}"


def _key() -> tuple[str, str]:
    folder = store.store_folder()
    if was_cut_off(folder):
        with suppress(StoreBusy, StoreUnreachable):  # it is still under way, or goes on later
            finish(folder)
    return str(folder), _key_of(str(folder))


@st.cache_resource(max_entries=MOST_GENERATIONS, show_spinner=False)
def _ask(folder: str, key: str) -> Ask:
    """What answers the questions of queries/ from this generation."""
    return asker(_opened(folder=folder, key=key).connection)


def per_generation(
    most: int, *, has_prose: bool = False, spinner: bool | str = False
) -> Callable[[Callable[Concatenate[Ask, P], T]], Callable[P, T]]:
    """Turn a function that asks a generation into one that asks the current one, and keeps its answers.

    most: answers that are kept. has_prose: they hold sentences, and are kept by language. spinner: what is said while
    it works. The arguments are the key, so they are hashed by their values.
    """

    def kept(make: Callable[Concatenate[Ask, P], T]) -> Callable[P, T]:
        # Streamlit asks for the signature anew for every argument without a name, several times longer than it hashes.
        def of_generation(*, folder: str, key: str, language: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> T:
            return make(_ask(folder=folder, key=key), *args, **kwargs)

        of_generation.__module__, of_generation.__qualname__ = make.__module__, make.__qualname__  # what caches go by
        cached = st.cache_data(max_entries=most, show_spinner=spinner)(in_turn(of_generation))
        _caches.append(cached)

        @wraps(make)
        def of_current(*args: P.args, **kwargs: P.kwargs) -> T:
            return _of_current(cached, language=spoken() if has_prose else NO_LANGUAGE, args=args, kwargs=kwargs)

        return of_current

    return kept


def _of_current(cached: Callable[..., T], **given: object) -> T:
    """Call a cached function with folder and key of the generation that counts, and with what is given.

    A load in between: ask again. A file that broke while it was read: clear all that was opened and answered, and draw
    the page anew, once; opening then falls back to an earlier generation and says so.
    """
    folder, key = _key()
    try:
        return cached(folder=folder, key=key, **given)
    except _Moved:
        folder, key = _key()
        return cached(folder=folder, key=key, **given)
    except (Busy, PlanRefused, StoreError, StoryError, TooSlow, UnknownCreator):
        raise
    except Exception:
        if st.session_state.get("reopened") == key:
            raise
        st.session_state["reopened"] = key
        _opened.clear()
        _ask.clear()
        for cache in _caches:
            cache.clear()
        st.rerun()
        raise  # a download runs outside of any page, where nothing can be drawn anew


def facts() -> Facts:
    """Open the newest generation. Raises StoreEmpty, StoreEarlier, StoreNewer and StoreDamaged."""
    return _of_current(_facts)


def _facts(folder: str, key: str) -> Facts:
    opened = _opened(folder=folder, key=key)
    warnings = (*opened.warnings, *store.troubles(Path(folder)))
    return Facts(f"{folder} {key}", opened.number, opened.is_demo, warnings)
