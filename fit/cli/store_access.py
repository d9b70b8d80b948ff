"""Open the store that a command names: its newest generation, its questions, its decisions and the activity log."""

import getpass
import os
from argparse import Namespace
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeVar

from data import store
from fit.ask import Ask
from fit.cli.output import Refused, say
from queries.ask import asker

if TYPE_CHECKING:  # most commands ask the store alone, and should not wait for these
    from data.decisions import Actor, Decisions, Did
    from fit.review import LastReview

Answer = TypeVar("Answer")


def opened(arguments: Namespace) -> store.Generation:
    """Open the newest generation of the store; what must be known of it is said on stderr."""
    folder = store.store_folder(arguments.store)
    generation = store.open_newest(folder)
    for warning in (*generation.warnings, *store.troubles(folder)):
        say(warning)
    return generation


def asking(generation: store.Generation) -> Ask:
    """Return what answers a question of queries/ by name."""
    return asker(generation.connection)


def deciding(arguments: Namespace, work: Callable[["Decisions"], Answer]) -> Answer:
    """Do something with the open decisions of the store, and return its answer. Raises Refused with their own words."""
    from data.decisions import Conflict, DecisionsError, Outdated, open_decisions

    try:
        decisions = open_decisions(store.store_folder(arguments.store))
        try:
            return work(decisions)
        finally:
            decisions.close()
    except (Conflict, Outdated, DecisionsError) as error:
        raise Refused(str(error)) from error


def has_decisions(arguments: Namespace) -> bool:
    """Whether the store has decisions; none are begun by asking. Raises Refused for an address that cannot be read."""
    from data.decisions import DecisionsError
    from data.decisions import has_decisions as are_there

    try:
        return are_there(store.store_folder(arguments.store))
    except DecisionsError as error:
        raise Refused(str(error)) from error


def charter_name(arguments: Namespace, called: str) -> str:
    """The name that a charter is saved under; a partnership that was renamed is known by either name."""
    from data.decisions import titles_of

    titles = deciding(arguments, titles_of) if has_decisions(arguments) else {}
    return next((name for name, title in titles.items() if title == called), called)


def reviews_of_creators(arguments: Namespace) -> dict[str, "LastReview"]:
    """The last closed review of each creator that has one."""
    from fit.review import last_reviews

    if not has_decisions(arguments):
        return {}
    return deciding(arguments, lambda decisions: last_reviews(decisions.reviews()))


def actor() -> "Actor":
    """Who runs this command: the user of the system, or whoever a page runs it for."""
    from data.decisions import ON_BEHALF_OF, Actor, Through

    if ON_BEHALF_OF in os.environ:
        return Actor(os.environ[ON_BEHALF_OF] or None, Through.PAGE)
    try:
        return Actor(getpass.getuser(), Through.COMMAND_LINE)
    except (KeyError, OSError, ImportError):  # a user id without a name, as in containers
        return Actor(None, Through.COMMAND_LINE)


def note_activity(arguments: Namespace, what: "Did", *on_what: str) -> None:
    """Add what was done to the activity log; where that fails, say so on stderr, for it is done."""
    try:
        deciding(arguments, lambda decisions: decisions.activity().note(what, on_what, actor(), datetime.now(UTC)))
    except Refused as error:
        say(f"This is not in the activity log: {error}")
