"""Load files, judge every creator and publish one new generation, or preview that and change nothing."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from data import store
from data.importers.load import FileReport, Options, load_files
from data.importers.report import OptionError
from data.keeping.erased_creators import erased_before
from fit.forecast import (
    Correction,
    StoredBasis,
    market_effects_table,
    price_currency,
    read_stored,
    rows_of_corrections,
    standard_outcomes,
)
from fit.load_steps import Progress, Step, unseen
from fit.locale import _
from fit.model import UNNAMED, judge_field
from queries.ask import ask

if TYPE_CHECKING:  # only sample data need it, and a load should not wait for it
    from fit.agreement import Agreement

FileOptions = Mapping[Path, Mapping[str, object]]  # of single paths alone, as data/importers/report.py takes them
NO_FILE_OPTIONS: FileOptions = MappingProxyType({})
Rates = Mapping[str, str]  # what one unit of a currency is worth in that of most prices, as typed: {"USD": "0.92"}
NO_RATES: Rates = MappingProxyType({})
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


def _judge(draft: store.Draft, progress: Progress, corrections: Sequence[Correction] = ()) -> StoredBasis:
    """Derive the tables of a draft, judge every creator and write the judgement; what forecasts read of it."""
    progress(Step.COMBINING, READING_SHARE, "")
    store.derive(draft.db)
    progress(Step.JUDGING, READING_SHARE + 0.1, "")
    ask_draft = partial(ask, draft.db)
    judgement, basis = judge_field(
        ask_draft("judge_creators", creators=None),
        ask_draft("judge_campaigns"),
        ask_draft("judge_audience", creators=None),
        ask_draft("judge_audience_sets", creators=None),
        ask_draft("judge_audience_history"),
    )
    store.append(draft.db, "field_facts", rows_of_corrections(corrections))
    for table, frame in (vars(judgement) | vars(basis)).items():
        store.append(draft.db, table, frame)
    return read_stored(ask_draft)


def _write_outcomes(draft: store.Draft, stored: StoredBasis) -> None:
    """Write what standard deliverables bring, and what lists read. stored: the judgement of the draft."""
    store.append(draft.db, "standard_outcomes", standard_outcomes(stored, ask(draft.db, "rates")))
    store.append(draft.db, "market_effects", market_effects_table(stored))
    store.serve(draft.db)


def _load_rates(draft: store.Draft, rates: Rates, base: str | None, now: datetime) -> FileReport:
    """Bring exchange rates in as a table of their own, dated today. base: the currency of most prices.

    Raises OptionError where there is no base, or where it is among the rates.
    """
    if base is None or base == UNNAMED:
        raise OptionError("--rate needs prices that name a currency; load them first, with the column currency")
    if base in rates:
        raise OptionError(f"--rate {base}: most prices are in {base}; give the rates of other currencies in {base}")
    with TemporaryDirectory(prefix="creator-fit-rates-") as folder:
        # Nine decimals: "1.065" alone would leave open what its point means.
        rows = [f"{currency},{Decimal(rate):.9f},{base},{now:%Y-%m-%d}" for currency, rate in sorted(rates.items())]
        table = Path(folder, "rates.csv")
        table.write_text("\n".join(["currency,rate,base,as_of", *rows, ""]), encoding="utf-8")
        (report,) = load_files(draft.db, [table], Options(), today=now.date(), now=now)
    return replace(report, path=" ".join(f"--rate {name}={rates[name]}" for name in sorted(rates)))


def _fill(
    folder: Path,
    paths: Sequence[Path],
    options: Options,
    own: FileOptions,
    *,
    now: datetime,
    is_demo: bool,
    progress: Progress,
    rates: Rates = NO_RATES,
    more: Callable[[store.Draft], None] | None = None,
) -> LoadReport:
    """Load, judge and publish. more: what else belongs to the generation, written before it counts."""
    reports: list[FileReport] = []
    warnings: list[str] = []

    def reading(file: str, part: float) -> None:
        progress(Step.READING, part * READING_SHARE, file)

    with store.next_generation(folder, now=now, is_demo=is_demo) as draft:
        reports = load_files(draft.db, paths, options, today=now.date(), now=now, own=own, progress=reading)
        if not rates and not any(report.status.has_rows for report in reports):
            raise store.NothingToPublish
        stored = _judge(draft, progress)
        if rates:
            reports.append(_load_rates(draft, rates, price_currency(stored), now))
            if not any(report.status.has_rows for report in reports):
                raise store.NothingToPublish
        _write_outcomes(draft, stored)
        if more:
            more(draft)
        progress(Step.PUBLISHING, 0.95, "")
        named = sorted({creator for report in reports for creator in report.creators})
        warnings = store.followers_that_differ(draft, named) + store.prices_without_currency(draft)
        warnings += erased_before(folder, named) + store.correction_that_ends(draft)
    progress(Step.DONE, 1.0, "")
    return LoadReport(store.counting(folder), tuple(reports), warnings=tuple(warnings))


def load(
    folder: Path,
    paths: Sequence[Path],
    options: Options,
    *,
    now: datetime,
    own: FileOptions = NO_FILE_OPTIONS,
    rates: Rates = NO_RATES,
    progress: Progress = unseen,
) -> LoadReport:
    """Bring files in and publish one new generation, or none when nothing could be imported.

    own: what holds for single paths alone. rates: exchange rates as of today. now: dates later than this are
    quarantined, and it stamps the generation. Raises StoreBusy, StoreError and OptionError.
    """
    return _fill(folder, paths, options, own, now=now, is_demo=False, progress=progress, rates=rates)


def rebuild(folder: Path, *, now: datetime, progress: Progress = unseen) -> int | None:
    """Judge what is loaded again, such as after a new version of the product; the generation that counts then.

    Sample data are made anew, as many and by the seed that they had. Raises StoreBusy and StoreError.
    """
    if made := store.sample_made(folder):
        count, seed = made
        return build_demo(folder, now=now, count_creators=count, seed=seed, progress=progress).generation
    with store.next_generation(folder, now=now) as draft:
        if draft.before is None:
            raise store.NothingToPublish
        _judge_again(draft, progress)
    progress(Step.DONE, 1.0, "")
    return store.counting(folder)


def publish_without(
    folder: Path, without: store.Without, more: Callable[[store.Draft], None], *, now: datetime,
    progress: Progress = unseen,
) -> int | None:  # fmt: skip
    """Publish what is loaded without one creator, all others judged anew; the generation that counts then.

    more: what else belongs to the generation. Raises StoreBusy and StoreError.
    """
    with store.next_generation(folder, now=now, without=without) as draft:
        _judge_again(draft, progress)
        more(draft)
    progress(Step.DONE, 1.0, "")
    return store.counting(folder)


def apply_corrections(
    folder: Path, generation: int, corrections: Sequence[Correction], *, now: datetime, progress: Progress = unseen
) -> int | None:
    """Publish what is loaded with corrections of its forecasts, and nothing else changed; the generation that counts.

    generation: that the corrections were earned on. Raises StoreBusy, and StoreError where another one counts by now,
    where it is corrected already, or where it holds sample data.
    """
    with store.next_generation(folder, now=now) as draft:
        if draft.before is None:
            raise store.StoreError(_("Sample data are made anew each time and take no correction."))
        if draft.before != generation:
            text = _(
                "A correction belongs to the data that it was earned on. Other data were loaded since: check again."
            )
            raise store.StoreError(text)
        if store.correction_that_ends(draft):
            raise store.StoreError(_("The forecasts of these data are corrected already. Undo that first."))
        _judge_again(draft, progress, corrections)
    progress(Step.DONE, 1.0, "")
    return store.counting(folder)


def _judge_again(draft: store.Draft, progress: Progress, corrections: Sequence[Correction] = ()) -> None:
    """Judge what a draft carries over, where no file was added."""
    _write_outcomes(draft, _judge(draft, progress, corrections))
    progress(Step.PUBLISHING, 0.95, "")


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
    folder: Path,
    *,
    now: datetime,
    count_creators: int = store.SAMPLE_CREATORS,
    seed: int = store.SAMPLE_SEED,
    has_partnerships: bool = True,
    progress: Progress = unseen,
) -> LoadReport:
    """Fill an empty store (or replace older sample data) with invented creators and partnerships, marked as such.

    Raises StoreError when the store holds real data, StoreBusy when another load holds it.
    """
    from data.demo.field import write_field

    # They are changed on pages and lie in a file, which the servers of an object store could not share.
    has_partnerships = has_partnerships and store.local_copy(folder) is None

    def more(draft: store.Draft) -> None:
        store.note_sample(draft.db, count_creators, seed)
        if has_partnerships:
            _write_partnerships(folder, now, count_creators, seed, progress, draft)

    with TemporaryDirectory(prefix="creator-fit-demo-") as invented:
        progress(Step.INVENTING, 0.0, "")
        write_field(Path(invented), count_creators=count_creators, seed=seed, today=now.date())
        return _fill(
            folder, [Path(invented)], Options(), NO_FILE_OPTIONS, now=now, is_demo=True, progress=progress, more=more
        )


def _write_partnerships(
    folder: Path, now: datetime, count_creators: int, seed: int, progress: Progress, draft: store.Draft
) -> None:
    """Write the sample partnerships that belong to a generation of sample data. Raises StoreError."""
    from data.decisions import DecisionsError, new_sample
    from data.demo.next_campaign import campaign_results, true_world
    from fit.sample import write_partnerships

    world, dice = true_world(count_creators, seed), np.random.default_rng([seed, len("partnerships")])

    def results(agreement: "Agreement") -> dict[str, float]:
        pieces = [(item.kind, item.count) for item in agreement.deliverables]
        return campaign_results(dice, world, agreement.creator, pieces, [code for code, _weight in agreement.markets])

    def told(part: float) -> None:
        progress(Step.AGREEING, READING_SHARE + 0.15 + 0.2 * part, "")

    try:
        with new_sample(store.sample_decisions_file(folder, draft.number)) as decisions:
            write_partnerships(decisions, partial(ask, draft.db), results, now=now, seed=seed, progress=told)
    except DecisionsError as error:
        raise store.StoreError(f"The sample partnerships could not be written. {error}") from error
