"""Say which generations need not be kept any longer: by count and by age, both settings of the environment."""

import os
import time
from collections.abc import Collection, Mapping

from data.store.open_store import StoreError

MOST_GENERATIONS = 5  # undo reaches back a handful of loads; more would cost disk for nothing
LEAST_GENERATIONS = 2  # the one that counts, and the one that undo goes back to
KEPT, KEPT_DAYS = "CREATOR_FIT_VERSIONS_KEPT", "CREATOR_FIT_DAYS_KEPT"
MOST_DIGITS = 6  # of a setting


def outlived(published: Mapping[int, float], needed: Collection[int]) -> list[int]:
    """Generations beyond the newest ones, or published too long ago; never those that are needed.

    published: when each was published, in seconds since 1970, by number. needed: the one that counts and the one that
    undo goes back to. Raises StoreError for a setting that is no number.
    """
    present = sorted(published, reverse=True)
    most, days = max(LEAST_GENERATIONS, _setting(KEPT) or MOST_GENERATIONS), _setting(KEPT_DAYS)
    gone = set(present[most:])
    if days is not None:
        oldest = time.time() - days * 24 * 3600
        gone |= {number for number in present if published[number] < oldest}
    return sorted(gone - set(needed))


def _setting(name: str) -> int | None:
    """A whole number of the environment; None where there is none. Raises StoreError for anything else."""
    text = os.environ.get(name, "").strip()
    if not text:
        return None
    if not text.isascii() or not text.isdigit() or not 0 < len(text) <= MOST_DIGITS:
        raise StoreError(f"{name} is {text[:20]!r}; a whole number is needed, such as 5. Change it or leave it out.")
    return int(text)
