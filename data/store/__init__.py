"""The store of facts: generations of one DuckDB file each, opened read-only (open_store), built beside and published
whole (publish), checked (check_store); shared by many servers through an object store (local_copy, object_store). The
tables are schema.sql, the second layer derive.sql.
"""

from data.store.check_store import check
from data.store.from_parquet import fill_from_parquet
from data.store.local_copy import COPY_STATE, LocalCopy, local_copy, share_note, store_folder, troubles
from data.store.object_store import StoreUnreachable
from data.store.open_store import (
    RESTORING,
    SHAPE_VERSION,
    Generation,
    StoreBusy,
    StoreDamaged,
    StoreEarlier,
    StoreEmpty,
    StoreError,
    StoreNewer,
    connect,
    counting,
    current,
    damage,
    generation_file,
    generations,
    open_newest,
    other_shape,
    parquet_folder,
    sample_decisions_file,
)
from data.store.publish import (
    DERIVE,
    SERVE,
    WRITER,
    Draft,
    NothingToPublish,
    StoreOutOfMemory,
    Without,
    append,
    changes,
    correction_that_ends,
    derive,
    followers_that_differ,
    next_generation,
    prices_without_currency,
    remove_parquet,
    serve,
    writer_lock,
)
from data.store.sample_data import SAMPLE_CREATORS, SAMPLE_SEED, note_sample, sample_made
from data.store.saved_accuracy import save_accuracy, saved_accuracy
from data.store.undo import generation_before, undo
from data.store.whole_files import replace_whole, sync
