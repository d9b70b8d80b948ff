"""Load files, judge every creator and publish one new generation, or preview that and change nothing."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType

import polars as pl

from data import store
from data.importers.load import FileReport, Options, load_files
from fit.ask import Ask
from fit.forecast import market_effects_table, read_stored, standard_outcomes
from fit.load_steps import Progress, Step, unseen
from fit.model import judge_with_forecast
from queries.ask import ask

FileOptions = Mapping[Path, Mapping[str, object]]  # of single paths alone, as data/importers/report.py takes them
NO_FILE_OPTIONS: FileOptions = MappingProxyType({})
READING_SHARE = 0.6  # of the progress bar; judging takes the rest (measured at 100,000 rows)


@dataclass(frozen=True)
class LoadReport:
    """What one load did: the generation that counts now (None: still empty) and a report per file.

    creators_by_change: of a preview, the ids of creators that would be "new", "changed" or "gone". warnings: what a
    person should know although nothing was refused.
    """

    generation: int | None
    files: tuple[FileReport, ...]
    creators_by_change: dict[str, list[str]] | None = None
    warnings: tuple[str, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether every file was imported, was there already, or is none of ours to import."""
        return all(file.status.is_whole for file in self.files)

    def as_json(self) -> dict[str, object]:
        """The document of `load --json`."""
        is_preview = self.creators_by_change is not None
        return {
            "generation": self.generation,
            "files": [file.as_json() for file in self.files],
            "warnings": list(self.warnings),
            **({"preview": True, "creators_by_change": self.creators_by_change} if is_preview else {}),
        }


def _judge(ask: Ask, write: Callable[[str, pl.DataFrame], None]) -> None:
    """Judge every creator of the generation that answers, write the judgement, and what follows from it for money."""
    judgement, basis = judge_with_forecast(
        ask("judge_creators", creators=None),
        ask("judge_campaigns"),
        ask("judge_audience", creators=None),
        ask("judge_audience_sets", creators=None),
        ask("judge_audience_history"),
    )
    for table, frame in (vars(judgement) | vars(basis)).items():
        write(table, frame)
    stored = read_stored(ask)
    write("standard_outcomes", standard_outcomes(stored, ask("rates")))
    write("market_effects", market_effects_table(stored))


def _fill(
    folder: Path,
    paths: Sequence[Path],
    options: Options,
    own: FileOptions,
    *,
    now: datetime,
    is_demo: bool,
    progress: Progress,
) -> LoadReport:
    reports: list[FileReport] = []
    warnings: list[str] = []

    def reading(file: str, part: float) -> None:
        progress(Step.READING, part * READING_SHARE, file)

    with store.next_generation(folder, now=now, is_demo=is_demo) as draft:
        reports = load_files(draft.db, paths, options, today=now.date(), now=now, own=own, progress=reading)
        if not any(report.status.has_rows for report in reports):
            raise store.NothingToPublish
        progress(Step.COMBINING, READING_SHARE, "")
        store.derive(draft.db)
        progress(Step.JUDGING, READING_SHARE + 0.1, "")
        _judge(partial(ask, draft.db), partial(store.append, draft.db))
        progress(Step.PUBLISHING, 0.95, "")
        named = sorted({creator for report in reports for creator in report.creators})
        warnings = store.followers_that_differ(draft, named)
    progress(Step.DONE, 1.0, "")
    return LoadReport(store.counting(folder), tuple(reports), warnings=tuple(warnings))


def load(
    folder: Path,
    paths: Sequence[Path],
    options: Options,
    *,
    now: datetime,
    own: FileOptions = NO_FILE_OPTIONS,
    progress: Progress = unseen,
) -> LoadReport:
    """Bring files in and publish one new generation, or none when nothing could be imported.

    own: what holds for single paths alone. now: dates later than this are quarantined, and it stamps the generation.
    Raises StoreBusy and StoreError.
    """
    return _fill(folder, paths, options, own, now=now, is_demo=False, progress=progress)


def preview(
    folder: Path,
    paths: Sequence[Path],
    options: Options,
    *,
    now: datetime,
    own: FileOptions = NO_FILE_OPTIONS,
    progress: Progress = unseen,
) -> LoadReport:
    """Read files as load() would, say what would change, and publish nothing. Raises StoreBusy and StoreError."""
    reports: list[FileReport] = []
    creators: dict[str, list[str]] = {"new": [], "changed": [], "gone": []}

    def reading(file: str, part: float) -> None:
        progress(Step.READING, part, file)

    with store.next_generation(folder, now=now) as draft:
        reports = load_files(draft.db, paths, options, today=now.date(), now=now, own=own, progress=reading)
        store.derive(draft.db)
        creators = store.changes(draft)
        raise store.NothingToPublish
    return LoadReport(store.counting(folder), tuple(reports), creators)


def build_demo(
    folder: Path, *, now: datetime, count_creators: int = 60, seed: int = 1, progress: Progress = unseen
) -> LoadReport:
    """Fill an empty store (or replace an older demo) with invented creators, marked as such.

    Raises StoreError when the store holds real data, StoreBusy when another load holds it.
    """
    from data.demo.field import write_field

    with TemporaryDirectory(prefix="creator-fit-demo-") as invented:
        progress(Step.INVENTING, 0.0, "")
        write_field(Path(invented), count_creators=count_creators, seed=seed, today=now.date())
        return _fill(folder, [Path(invented)], Options(), NO_FILE_OPTIONS, now=now, is_demo=True, progress=progress)
