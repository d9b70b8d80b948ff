"""Open the store that a command names: its newest generation, its questions and its decisions."""

from argparse import Namespace
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from data import store
from fit.ask import Ask
from fit.cli.output import Refused, say
from queries.ask import asker

if TYPE_CHECKING:  # most commands ask the store alone, and should not wait for these
    from data.decisions import Decisions
    from fit.review import LastReview

Answer = TypeVar("Answer")


def opened(arguments: Namespace) -> store.Generation:
    """Open the newest generation of the store; what must be known of it is said on stderr."""
    generation = store.open_newest(store.store_folder(arguments.store))
    for warning in generation.warnings:
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
