"""Hold the files of one upload, what a visitor said about them by hand, and what became of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from fit.load_steps import Progress
from pages.ui.store_access import FileStatus
from pages.ui.your_data.upload_process import (
    UNKNOWN_READER,
    FileColumns,
    FileEntry,
    FileOptions,
    LoadDocument,
    OurColumn,
    Upload,
    columns_in_child,
    load_in_child,
)


@dataclass(frozen=True)
class Batch:
    """Files that are looked at together.

    creator, market: what the form says of all of them ("" = nothing). named: per index in `uploads` what is said of
    that file alone. document: of the last load or preview ({} = none yet). listings: the files whose columns can be
    named; columns: of each of our tables, those that they can be.
    """

    uploads: tuple[Upload, ...]
    creator: str = ""
    market: str = ""
    named: Mapping[int, FileOptions] = field(default_factory=dict)
    document: LoadDocument = field(default_factory=LoadDocument)
    listings: tuple[FileColumns, ...] = ()
    columns: Mapping[str, Sequence[OurColumn]] = field(default_factory=dict)

    @property
    def is_preview(self) -> bool:
        """Whether the document says what would become of the files, not what became of them."""
        return bool(self.document.get("preview"))

    @property
    def has_news(self) -> bool:
        """Whether any row was imported, or would be."""
        return any(file["count_rows_imported"] for file in self.document.get("files", ()))


def bring(batch: Batch, progress: Progress, *, is_preview: bool) -> Batch:
    """Load the files of a batch, or look at what they would change; return it with the document.

    After a load only the files that were refused are left in it, to be looked at again.
    """
    of_all = {"--creator": batch.creator, "--market": batch.market}
    options = [*(f"{option}={value}" for option, value in of_all.items() if value), *["--preview"] * is_preview]
    document = load_in_child(batch.uploads, options, progress, batch.named)
    for file in document.get("files", ()):
        file["chosen_creator"] = _options_of(batch, file).get("creator", batch.creator)
    brought = replace(batch, document=document)
    return _with_listings(brought if is_preview else _left_over(brought))


def _options_of(batch: Batch, file: FileEntry) -> FileOptions:
    return FileOptions() if file["upload"] is None else batch.named.get(file["upload"], FileOptions())


def _left_over(batch: Batch) -> Batch:
    """Only the files that a load refused, with the document of all; its indices of files follow."""
    if "failed" in batch.document:
        return batch
    files = batch.document["files"]
    refused = [i for i in range(len(batch.uploads)) if any(_is_refused(file) and file["upload"] == i for file in files)]
    moved = {old: new for new, old in enumerate(refused)}
    for file in files:
        file["upload"] = None if file["upload"] is None else moved.get(file["upload"])
    named = {moved[index]: options for index, options in batch.named.items() if index in moved}
    return replace(batch, uploads=tuple(batch.uploads[index] for index in refused), named=named)


def _is_refused(file: FileEntry) -> bool:
    return file["status"] is FileStatus.REFUSED


def _with_listings(batch: Batch) -> Batch:
    """The batch with the columns of those files that are tables of the user's own."""
    readers = {file["upload"]: file["reader"] for file in batch.document.get("files", ()) if _may_be_named(file)}
    wanted = sorted(index for index in readers if index is not None)
    if not wanted:
        return replace(batch, listings=())
    document = columns_in_child([batch.uploads[index] for index in wanted])
    columns, listings = document.get("columns", {}), []
    for listing in document.get("files", ()):
        listing["upload"] = wanted[listing["upload"]]
        table = readers[listing["upload"]].removeprefix("plain_")
        if listing["is_alone"] and not _is_understood(listing, table, columns):
            listings.append(listing)
    return replace(batch, listings=tuple(listings), columns=columns)


def _may_be_named(file: FileEntry) -> bool:
    is_own_table = file["reader"] == UNKNOWN_READER or file["reader"].startswith("plain_")
    return is_own_table and (file["status"].has_rows or _is_refused(file))


def _is_understood(listing: FileColumns, table: str, columns: Mapping[str, Sequence[OurColumn]]) -> bool:
    """Whether every column of a file has a name of ours and no needed one lacks: then there is nothing to name."""
    exact = listing["own"].get(table)
    if exact is None:
        return False
    needed = {column["name"] for column in columns[table] if column["needed"]}
    return needed <= exact.keys() and len(set(exact.values())) == len(listing["header"])
