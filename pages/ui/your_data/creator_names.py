"""Name creators where files have ids: the name in sentences, name and id in tables."""

from collections.abc import Mapping, Sequence

import polars as pl

from fit.locale import _
from fit.text import visible_text, words
from pages.ui import store_access

FIRST_NAMES = 5  # of creators in a sentence; the rest is a number


def in_sentence(creator_ids: Sequence[str], names: Mapping[str, str]) -> str:
    """The first creators by name, those without one by id, a name once; how many more there are, of all of them."""
    ids = list(dict.fromkeys(creator_ids))
    known = list(dict.fromkeys(names.get(creator_id) or creator_id for creator_id in ids))
    shown, rest = list(map(visible_text, known[:FIRST_NAMES])), len(ids) - FIRST_NAMES
    is_all = len(known) <= FIRST_NAMES
    return words.listing(shown if is_all else [*shown, _("{rest} more").format(rest=words.count(rest))])


def with_id(creator_id: str, names: Mapping[str, str]) -> str:
    """A creator's name with the id behind it; the id alone where there is no name, or where it is the same."""
    name = names.get(creator_id)
    return visible_text(f"{name} ({creator_id})" if name and name != creator_id else creator_id)


def with_ids(first: Sequence[str], count: int) -> str:
    """Creators as a sentence lists them, each name with its id. first: those that are named, of count in all."""
    names, rest = store_access.names_of(first), count - len(first)
    shown = [with_id(creator_id, names) for creator_id in first]
    return words.listing([*shown, _("{rest} more").format(rest=words.count(rest))] if rest > 0 else shown)


def named(rows: pl.DataFrame) -> pl.DataFrame:
    """A table with a column creator_id: the name of each creator behind it, "no profile yet" where there is none."""
    names = store_access.names_of(rows["creator_id"].to_list())
    found = [names.get(creator_id) or _("no profile yet") for creator_id in rows["creator_id"].to_list()]
    column = pl.Series("creator_name", found, dtype=pl.String)
    place = rows.get_column_index("creator_id") + 1
    return rows.clone().insert_column(place, column)
