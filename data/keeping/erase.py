"""Take one creator out of a store: out of the facts, every older data version, decisions and whatever lies beside them.

What is to be erased is written down first (`erasing.json`), so that an erasure which is cut off is finished when it is
called again, and `check` says that it was; the file goes last.
"""

import json
import shutil
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from data.decisions import (
    Actor,
    ErasedDecisions,
    SignedCharters,
    Through,
    copy_file,
    creators_of,
    erase_decisions,
    has_decisions,
    rewrite_file,
    signed_charters,
)
from data.importers.limits import MAX_TEXT_CHARACTERS
from data.keeping.archive import BackupRefused, read_backup, unpack
from data.keeping.creator_texts import CreatorTexts, names_in, readable, texts_of
from data.keeping.erased_creators import note_erased, refuse_damaged_note
from data.keeping.known_backups import known_backups
from data.keeping.records import read_record
from data.store import (
    COPY_STATE,
    RESTORING,
    Draft,
    StoreError,
    Without,
    current,
    generation_file,
    generations,
    open_newest,
    remove_parquet,
    replace_whole,
    sample_decisions_file,
    share_note,
    sync,
    writer_lock,
)

INTENT = "erasing.json"
BLOCK = 2**26  # bytes of a file that are searched at once
LONGEST_LETTER = 12  # bytes of one character as links and JSON write it: %F0%9F%A6%89 and \ud83e\udd89
OVERLAP = MAX_TEXT_CHARACTERS * LONGEST_LETTER + LONGEST_LETTER  # the longest name, and the letter before it
# Publish the data without a creator, judged anew; the hook writes what belongs to the generation. Its number.
Publish = Callable[[Without, Callable[[Draft], None]], int | None]
Name = tuple[str, str | None, str | None]
SOMEBODY = Actor(None, Through.COMMAND_LINE)


class UnknownCreator(StoreError):
    """Nobody of this id is in the facts or decisions; names: (creator_id, creator_name) of everybody."""

    def __init__(self, creator_id: str, names: list[tuple[str, str | None]]) -> None:
        self.names = names
        super().__init__(f"No creator has the id {creator_id!r}.")


@dataclass
class Erased:
    """What an erasure did. still_in: files of the store, and texts that a hash vouches for, which name the creator."""

    generation: int | None = None
    partnerships: int = 0
    reviews: int = 0
    changed: int = 0
    charters: list[dict[str, object]] = field(default_factory=list)
    older_versions: int = 0
    backups_that_hold: list[str] = field(default_factory=list)
    backups_not_read: list[str] = field(default_factory=list)
    still_in: list[str] = field(default_factory=list)

    def add(self, found: ErasedDecisions) -> None:
        """Count what was taken out of one database of decisions."""
        self.partnerships += found.partnerships
        self.reviews += found.reviews
        self.changed += found.changed
        self.charters += found.charters
        self.still_in += found.mentions


def problems(folder: Path) -> list[str]:
    """Say in words whose erasure was cut off, and which records of erasures and backups cannot be read."""
    lines = []
    for refuse in (_refuse_cut_off, refuse_damaged_note, known_backups):
        try:
            refuse(folder)
        except StoreError as error:
            lines.append(str(error))
    return lines


def _refuse_cut_off(folder: Path, but: str | None = None) -> CreatorTexts | None:
    """Whose erasure was cut off, by what they are known. Raises StoreError for another creator than `but`."""
    begun = read_record(
        folder / INTENT, _as_texts, lambda: None, lost="whose erasure was cut off",
        do="move it away and erase that creator again",
    )  # fmt: skip
    if begun and begun.creator_id != but:
        who = begun.creator_id
        raise StoreError(f"The erasure of {who} was cut off. Finish it first: python -m fit erase {who}.")
    return begun


def _as_texts(record: Any) -> CreatorTexts | None:
    return CreatorTexts(str(record["creator_id"]), tuple(record["known_as"]), tuple(record["others"]))


def who_is(folder: Path, creator_id: str) -> CreatorTexts:
    """What a store knows a creator by. Raises UnknownCreator, and StoreError while another erasure is not finished."""
    if begun := _refuse_cut_off(folder, creator_id):
        return begun
    names: list[Name] = [name for _, of_version in readable(folder) for name in of_version]
    known = {name[0] for name in names}
    for url in _decisions(folder):
        known |= creators_of(folder, url)
    if creator_id not in known:
        raise UnknownCreator(creator_id, sorted({(known, name) for known, name, _ in names}, key=str))
    return texts_of(creator_id, names)


def refuse_signed(folder: Path, creator_id: str) -> None:
    """Raise SignedCharters when there are some with this creator."""
    if names := [name for url in _decisions(folder) for name in signed_charters(folder, creator_id, url)]:
        raise SignedCharters(sorted(names))


def _decisions(folder: Path) -> list[str | None]:
    """The databases of a store's decisions: its own (None), and those of sample data that count."""
    number = current(folder)
    sample = None if number is None else sample_decisions_file(folder, number)
    return [None] * has_decisions(folder) + [f"sqlite:///{sample}"] * bool(sample and sample.exists())


def erase(
    folder: Path, creator_id: str, publish: Publish, *, now: datetime, with_charters: bool = False, by: Actor = SOMEBODY
) -> Erased:
    """Take a creator out of everything that the store folder and the decisions hold; the activity log says by whom.

    Raises UnknownCreator, SignedCharters, StoreBusy and StoreError.
    """
    done = Erased()
    with writer_lock(folder):
        refuse_damaged_note(folder)  # before anything goes that could not be noted, or looked for in backups
        known_backups(folder)
        who = who_is(folder, creator_id)
        is_loaded = bool(generations(folder))
        if is_loaded:
            newest = open_newest(folder)  # raises for another shape
            newest.connection.close()
            if newest.warnings:  # older data versions go, so that the newest must be whole
                raise StoreError(f"{newest.warnings[0]} Nothing was erased. Restore a backup or load your files first.")
        if not with_charters:
            refuse_signed(folder, creator_id)
        intent = {"creator_id": creator_id, "known_as": who.known_as, "others": who.others}
        replace_whole(folder / INTENT, json.dumps(intent))
        sync(folder)
        share_note(folder / INTENT, json.dumps(intent))
        if has_decisions(folder):
            done.add(erase_decisions(folder, creator_id, who.blank, with_charters=with_charters, noted=(by, now)))
        if done.charters:  # noted before the sample's, so that a run cut off loses none
            note_erased(folder, creator_id, done.charters, now)
    if is_loaded:

        def sample(draft: Draft) -> None:
            before = sample_decisions_file(folder, draft.before or 0)
            if before.exists():
                found = _sample_without(before, sample_decisions_file(folder, draft.number), who, with_charters)
                done.add(found)
                note_erased(folder, creator_id, found.charters, now)

        done.generation = publish(Without(creator_id, who.mention, who.blank), sample)
    with writer_lock(folder) as copy:
        done.older_versions = _remove_rest(folder, done.generation)
        if copy and done.generation is not None:
            done.older_versions = copy.forget_before(done.generation)
        note_erased(folder, creator_id, [], now)
        _look_into_backups(folder, creator_id, done)
        done.still_in += _files_with(folder, who)
        (folder / INTENT).unlink()
        sync(folder)
        share_note(folder / INTENT, None)
    return done


def _sample_without(before: Path, after: Path, who: CreatorTexts, with_charters: bool) -> ErasedDecisions:
    fresh = after.with_name(f"{after.name}.tmp")
    fresh.unlink(missing_ok=True)
    copy_file(before, fresh)
    found = erase_decisions(
        fresh.parent, who.creator_id, who.blank, with_charters=with_charters, url=f"sqlite:///{fresh}"
    )
    rewrite_file(fresh)
    fresh.replace(after)
    return found


def _remove_rest(folder: Path, number: int | None) -> int:
    """Remove everything that could hold the creator beside what counts; how many older data versions went."""
    count = len([older for older in generations(folder) if older != number])
    own = () if number is None else (
        generation_file(folder, number).name, generation_file(folder, number).with_suffix(".sha256").name,
    )  # fmt: skip
    sample = "" if number is None else sample_decisions_file(folder, number).name
    for path in folder.glob("generation-*"):
        if path.name not in own and not (sample and path.name.startswith(sample)):
            path.unlink()
    for path in [*folder.glob("decisions-step-*"), *folder.glob(f"{INTENT}.*.tmp")]:
        path.unlink()
    remove_parquet(folder)
    for path in [*folder.glob("replaced-*"), folder / RESTORING]:
        shutil.rmtree(path, ignore_errors=True)
    return count


def _look_into_backups(folder: Path, creator_id: str, done: Erased) -> None:
    for known in known_backups(folder):
        try:
            holds = _holds(Path(known.file), creator_id)
        except (BackupRefused, OSError):
            done.backups_not_read.append(known.file)
            continue
        if holds:
            done.backups_that_hold.append(known.file)


def _holds(backup: Path, creator_id: str) -> bool:
    with read_backup(backup) as (manifest, packed), TemporaryDirectory(prefix="creator-fit-look-") as scratch:
        folder = Path(scratch)
        unpack(packed, manifest, folder)
        facts = [known for path in folder.glob("*.duckdb") for known, _, _ in names_in(path)]
        decisions = [creators_of(folder, f"sqlite:///{path}") for path in folder.glob("*.sqlite")]
        return creator_id in set(facts).union(*decisions)


def _files_with(folder: Path, who: CreatorTexts) -> list[str]:
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and path.name not in (INTENT, COPY_STATE))
    return [str(path.relative_to(folder)) for path in paths if names_in_file(path, who)]


def names_in_file(path: Path, who: CreatorTexts) -> bool:
    """Whether a file of any size names the creator; its blocks overlap, so that no name is parted."""
    with path.open("rb") as file:
        rest = b""
        while block := file.read(BLOCK):
            if who.is_in(rest + block):
                return True
            rest = block[-OVERLAP:]
    return False


def as_json(done: Erased) -> dict[str, object]:
    """What an erasure did, as one JSON document."""
    return asdict(done)
