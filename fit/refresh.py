"""What changes when files come in? Load them, judge every creator, publish one generation, or leave all as it was."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType

from data import store
from data.importers.load import FileReport, Options, load_files
from fit.load_steps import Progress, Step, unseen
from fit.model import judge_with_forecast
from queries.ask import ask

Own = Mapping[Path, Mapping[str, object]]  # what is said of single paths alone, as data/importers/report.py takes it
NOTHING_OWN: Own = MappingProxyType({})
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
        told = {"generation": self.generation, "files": [file.as_json() for file in self.files]}
        told["warnings"] = list(self.warnings)
        if self.creators_by_change is not None:
            told |= {"preview": True, "creators_by_change": self.creators_by_change}
        return told


def judge(db, progress: Progress = unseen) -> None:
    """Derive creators, audiences and campaigns from the draft's files, judge every creator, and keep the judgement."""
    progress(Step.COMBINING, READING_SHARE, "")
    store.derive(db)
    progress(Step.JUDGING, READING_SHARE + 0.1, "")
    judgement, basis = judge_with_forecast(
        ask(db, "judge_creators", creator_id=None),
        ask(db, "judge_campaigns"),
        ask(db, "judge_audience", creator_id=None),
        ask(db, "judge_audience_sets", creator_id=None),
    )
    for table, frame in (vars(judgement) | vars(basis)).items():
        store.append(db, table, frame)
    progress(Step.PUBLISHING, 0.95, "")


def _fill(
    folder: Path, paths: Sequence[Path], options: Options, own: Own, *, now: datetime, is_demo: bool, progress: Progress
) -> LoadReport:
    reports: list[FileReport] = []
    warnings: list[str] = []

    def reading(file: str, part: float) -> None:
        progress(Step.READING, part * READING_SHARE, file)

    with store.next_generation(folder, now=now, is_demo=is_demo) as draft:
        reports = load_files(draft.db, paths, options, today=now.date(), now=now, own=own, progress=reading)
        if not any(report.status.has_rows for report in reports):
            raise store.NothingToPublish
        judge(draft.db, progress)
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
    own: Own = NOTHING_OWN,
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
    own: Own = NOTHING_OWN,
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
    """Fill an empty store (or replace an older demo) with an invented field, marked as such.

    Raises StoreError when the store holds real data, StoreBusy when another load holds it.
    """
    from data.demo.field import write_field

    with TemporaryDirectory(prefix="creator-fit-demo-") as invented:
        progress(Step.INVENTING, 0.0, "")
        write_field(Path(invented), count_creators=count_creators, seed=seed, today=now.date())
        return _fill(folder, [Path(invented)], Options(), NOTHING_OWN, now=now, is_demo=True, progress=progress)
