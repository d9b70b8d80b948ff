"""The store of facts: generations of one DuckDB file each, opened read-only (open_store), built beside and published
whole (publish), checked (check_store). The tables are schema.sql, the second layer derive.sql.
"""

from data.store.check_store import check
from data.store.open_store import (
    RESTORING,
    SHAPE_VERSION,
    Generation,
    StoreDamaged,
    StoreEarlier,
    StoreEmpty,
    StoreError,
    StoreNewer,
    connect,
    counting,
    current,
    damage,
    digest,
    generation_file,
    generations,
    open_newest,
    other_shape,
    sample_decisions_file,
    store_folder,
)
from data.store.publish import (
    WRITER,
    Draft,
    NothingToPublish,
    StoreBusy,
    StoreOutOfMemory,
    Without,
    append,
    changes,
    derive,
    followers_that_differ,
    next_generation,
    prices_without_currency,
    replace_whole,
    serve,
    sync,
    writer_lock,
)
from data.store.undo import undo
