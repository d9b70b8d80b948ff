"""The store of facts: generations of one DuckDB file each, opened read-only (open_store), built beside and published
whole (publish), checked (check_store). The tables are schema.sql, the second layer derive.sql.
"""

from data.store.check_store import check
from data.store.open_store import (
    Generation,
    StoreDamaged,
    StoreEarlier,
    StoreEmpty,
    StoreError,
    StoreNewer,
    counting,
    current,
    damage,
    generation_file,
    generations,
    open_newest,
    sample_decisions_file,
    store_folder,
)
from data.store.publish import (
    WRITER,
    Draft,
    NothingToPublish,
    StoreBusy,
    StoreOutOfMemory,
    append,
    changes,
    derive,
    followers_that_differ,
    next_generation,
    prices_without_currency,
)
from data.store.undo import undo
