"""Which files has this visitor dropped, what was said about them by hand, and what became of them?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from fit.load_steps import Progress
from pages.ui.store_access import FileStatus
from pages.ui.your_data.upload_process import Upload, columns_in_child, load_in_child


@dataclass(frozen=True)
class Batch:
    """Files that are looked at together.

    creator, market: what the form says of all of them ("" = nothing). named: per place in `uploads` what is said of
    that file alone: creator, market, kind, and map as (FROM, TO) pairs. document: of the last load or preview ({} =
    none yet). looks: the files whose columns can be named, as data/importers/column_listing.py describes them; ours:
    the columns that they can be.
    """

    uploads: tuple[Upload, ...]
    creator: str = ""
    market: str = ""
    named: Mapping[int, Mapping[str, object]] = field(default_factory=dict)
    document: Mapping[str, object] = field(default_factory=dict)
    looks: tuple[Mapping[str, object], ...] = ()
    ours: Mapping[str, Sequence[Mapping[str, object]]] = field(default_factory=dict)

    @property
    def is_preview(self) -> bool:
        """Whether the document says what would become of the files, not what became of them."""
        return bool(self.document.get("preview"))

    @property
    def has_news(self) -> bool:
        """Whether any row was imported, or would be."""
        return any(file["count_rows_imported"] for file in self.document.get("files", ()))


def options_of(batch: Batch) -> list[str]:
    """What the form says of all files, as options of the command line."""
    given = {"--creator": batch.creator, "--market": batch.market}
    return [f"{option}={value}" for option, value in given.items() if value]


def bring(batch: Batch, progress: Progress, *, is_preview: bool) -> Batch:
    """Load the files of a batch, or look at what they would change; return it with the document.

    After a load only the files that were refused are left in it, to be looked at again.
    """
    options = [*options_of(batch), *(["--preview"] if is_preview else [])]
    document = load_in_child(batch.uploads, options, progress, batch.named)
    for file in document.get("files", ()):
        file["chosen_creator"] = batch.named.get(file["upload"], {}).get("creator", batch.creator)
    brought = replace(batch, document=document)
    return _with_looks(brought if is_preview else _left_over(brought))


def _left_over(batch: Batch) -> Batch:
    """Only the files that a load refused, with the document of all; its places of files follow."""
    files = batch.document.get("files", ())
    refused = sorted({file["upload"] for file in files if file["status"] is FileStatus.REFUSED})
    if "failed" in batch.document:
        return batch
    moved = {old: new for new, old in enumerate(refused)}
    document = dict(batch.document) | {"files": [file | {"upload": moved.get(file["upload"])} for file in files]}
    named = {moved[place]: names for place, names in batch.named.items() if place in moved}
    return replace(batch, uploads=tuple(batch.uploads[p] for p in refused), named=named, document=document)


def _with_looks(batch: Batch) -> Batch:
    """The batch with the columns of those files that are tables of the user's own."""
    files = batch.document.get("files", ())
    wanted = sorted({file["upload"] for file in files if _may_be_named(file)})
    if not wanted:
        return replace(batch, looks=())
    seen = columns_in_child([batch.uploads[place] for place in wanted])
    looks = [look | {"upload": wanted[look["upload"]]} for look in seen.get("files", ()) if look["is_alone"]]
    readers = {file["upload"]: str(file["reader"]).removeprefix("plain_") for file in files}
    ours = seen.get("columns", {})
    looks = tuple(look for look in looks if not _is_understood(look, readers[look["upload"]], ours))
    return replace(batch, looks=looks, ours=ours)


def _may_be_named(file: Mapping[str, object]) -> bool:
    is_own_table = file["reader"] == "unknown" or str(file["reader"]).startswith("plain_")
    is_open = (file["status"].has_rows or file["status"] is FileStatus.REFUSED) and file["upload"] is not None
    return is_own_table and is_open


def _is_understood(look: Mapping[str, object], table: str, ours: Mapping[str, Sequence[Mapping]]) -> bool:
    """Whether every column of a file has a name of ours and no needed one lacks: then there is nothing to name."""
    own = look["own"].get(table)
    if own is None:
        return False
    needed = {column["name"] for column in ours[table] if column["needed"]}
    return needed <= own.keys() and len(set(own.values())) == len(look["header"])
