"""Read the small records that lie beside a store: only one that is not there is empty, and none is taken for empty."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from data.store import StoreError

T = TypeVar("T")


class RecordDamaged(StoreError):
    """A record cannot be read; the message says which, what nobody can tell without it, and what to do."""


def read_record(path: Path, read: Callable[[Any], T], empty: Callable[[], T], *, lost: str, do: str) -> T:
    """What a record says, or an empty one where there is no file. read: from its JSON to what it says.

    lost: what nobody can tell without it. do: what helps where there is no copy of it. Raises RecordDamaged; the file
    is left as it is.
    """
    try:
        return read(json.loads(path.read_text(encoding="ascii")))
    except FileNotFoundError:
        return empty()
    except OSError as error:
        raise RecordDamaged(
            f"{path} cannot be read ({error.strerror}), so nobody can tell {lost}. Let this user read it."
        ) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise RecordDamaged(
            f"{path} is damaged, so nobody can tell {lost}. Put a copy of it back; where there is none, {do}."
        ) from error
