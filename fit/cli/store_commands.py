"""Fill a store with sample data, export it, go back a generation and check it, from the command line."""

import hashlib
import re
from argparse import Namespace
from collections.abc import Collection
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from data import decisions, store
from fit.ask import Ask
from fit.cli.output import Bar, ExitCode, Refused, WrongUsage, print_json, say, wrote_table
from fit.cli.store_access import asking, deciding, has_decisions, note_activity, opened
from fit.text import words

if TYPE_CHECKING:  # most of these commands need no frames
    import polars as pl

LONGEST_STEM = 240  # bytes of a file name before its ending
LONGEST_FILE_NAME = 60  # letters; file systems count bytes, and a letter may have four
EXPORTS = {
    "creators.csv": "all_profiles",
    "audience.csv": "all_audiences",
    "campaigns.csv": "all_campaign_rows",
    "rates.csv": "all_rates",
    "rejected.csv": "quarantine",
    "sources.csv": "sources",
}


def demo(arguments: Namespace) -> ExitCode:
    """Fill an empty store with invented creators and partnerships, so marked on every page."""
    from fit.refresh import build_demo

    folder, count, bar = store.store_folder(arguments.store), arguments.creators, Bar()
    report = build_demo(folder, now=datetime.now(), count_creators=count, seed=arguments.seed, progress=bar)
    bar.close()
    if arguments.json:
        print_json(report.as_json())
    else:
        print(f"Data version {report.generation} holds {count} invented creators.")
    return ExitCode.DONE if report.is_whole else ExitCode.REFUSED


def rebuild(arguments: Namespace) -> ExitCode:
    """Judge what is loaded again, or the creators of Parquet files on Spark into a store of its own."""
    bar, now = Bar(), datetime.now()
    if arguments.engine is None:
        from fit.refresh import rebuild as judge_again

        if arguments.sources or arguments.to:
            raise WrongUsage("--from and --to belong to --engine; without it, what is loaded is judged again")
        generation = judge_again(store.store_folder(arguments.store), now=now, progress=bar)
    else:
        from fit.rebuild_spark import rebuild_on_spark

        if not arguments.sources or not arguments.to:
            raise WrongUsage("--engine needs --from PATHS (Parquet) and --to DIR, the store that is built")
        if "://" in arguments.to:
            raise WrongUsage("--to takes a folder that all workers see, no address of an object store")
        paths = [Path(path) for path in arguments.sources]
        generation = rebuild_on_spark(Path(arguments.to), paths, arguments.engine, now=now, progress=bar)
    bar.close()
    if arguments.json:
        print_json({"generation": generation})
    else:
        print("Nothing is loaded yet." if generation is None else f"Data version {generation} is live.")
    return ExitCode.DONE


def export(arguments: Namespace) -> ExitCode:
    """Write everything as plain CSV files; loading them again gives the same answers."""
    from fit.documents import csv_text
    from fit.text import counted

    generation, folder = opened(arguments), Path(arguments.folder)
    ask = asking(generation)
    tables, photos = _tables(ask, is_demo=generation.is_demo), _photos(ask)
    agreements, lines = _agreements(arguments, is_demo=generation.is_demo)
    _refuse_others(folder, {*tables, *photos, *agreements, *lines})
    folder.mkdir(parents=True, exist_ok=True)
    for name, frame in tables.items():
        (folder / name).write_text(csv_text(frame), encoding="utf-8")
        wrote_table(frame, folder / name)
    for name, image in photos.items():
        _in_folder(folder / name).write_bytes(image)
    if photos:
        written = counted(len(photos), "photo", "photos")
        print(f"Wrote {written} to {folder / 'photos'}.")
    for name, text in agreements.items():
        _in_folder(folder / name).write_text(text, encoding="utf-8")
    if agreements:
        counts = [sum(name.startswith(kind) for name in agreements) for kind in ("charters", "drafts")]
        decisions_left = (counted(counts[0], "charter", "charters"), counted(counts[1], "draft", "drafts"))
        print(f"Wrote {' and '.join(decisions_left)} to {folder}.")
    for name, frame in lines.items():
        (folder / name).write_text(csv_text(frame), encoding="utf-8")
        wrote_table(frame, folder / name)
    note_activity(arguments, decisions.Did.EXPORT, str(generation.number))
    return ExitCode.DONE


def _tables(ask: Ask, *, is_demo: bool) -> dict[str, "pl.DataFrame"]:
    """The tables of an export by file name; one of no rows could not be loaded again, and is left out."""
    from fit.documents import marked

    found = {}
    for name, question in EXPORTS.items():
        given = {"top": 10**12} if question == "quarantine" else {}
        frame = marked(ask(question, **given), is_demo=is_demo)
        if not frame.is_empty() or name in ("rejected.csv", "sources.csv"):
            found[name] = frame
    return found


def _photos(ask: Ask) -> dict[str, bytes]:
    """Every photo under the name by which a load knows whose it is."""
    from data.importers.photos import as_file_name

    found = {}
    for creator_id, image in ask("photos_of_creators", creators=None).iter_rows():
        name = as_file_name(creator_id)
        found[f"photos/{name if len(name.encode()) <= LONGEST_STEM else _file_name(name)}.jpg"] = image
    return found


def _agreements(arguments: Namespace, *, is_demo: bool) -> tuple[dict[str, str], dict[str, "pl.DataFrame"]]:
    """Drafts and saved charters as TOML by file name, and their deliverables as briefs.csv where there are any."""
    if not has_decisions(arguments):
        return {}, {}
    from fit.agreement import lines_of_agreements
    from fit.cli.agreement_commands import agreement_of_text
    from fit.documents import marked

    charters = deciding(arguments, lambda d: [(c.name, _sample_mark(d, c.name) + c.agreement) for c in d.charters()])
    drafts = deciding(arguments, lambda d: [(p.name, _sample_mark(d, p.name) + p.text) for p in d.drafts("agreement")])
    texts = {
        f"{kind}/{_file_name(name)}.toml": text
        for kind, of_kind in (("charters", charters), ("drafts", drafts))
        for name, text in of_kind
    }
    lines = lines_of_agreements([agreement_of_text(text) for text in {**dict(drafts), **dict(charters)}.values()])
    return texts, {"briefs.csv": marked(lines, is_demo=is_demo)} if lines.height else {}


def _in_folder(path: Path) -> Path:
    path.parent.mkdir(exist_ok=True)
    return path


def _refuse_others(folder: Path, names: Collection[str]) -> None:
    """Raise Refused where a folder holds a file that this export does not write, but for what systems leave behind.

    It would be loaded with the rest: a creator who was erased since, a table that has no rows by now.
    """
    from data.importers.reading.containers import is_litter

    paths = sorted(path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    others = [path.as_posix() for path in paths if path.as_posix() not in names and not any(map(is_litter, path.parts))]
    if others:
        more = words.counted(len(others) - 1, "other file", "other files")
        rest = f" and {more}" if others[1:] else ""
        raise Refused(
            f"{folder} holds {others[0]}{rest}, which this export does not write and which would be loaded with it. "
            "Nothing was written. Choose an empty folder, or remove what is no longer needed."
        )


def _sample_mark(saved: decisions.Decisions, name: str) -> str:
    """A comment at the head of an agreement that came with the sample data; nothing at that of others."""
    return "# Sample data: everything is invented.\n" if saved.is_sample(name) else ""


def _file_name(name: str) -> str:
    """A name that every file system takes; two names that would be one file differ by the start of their hash."""
    plain = re.sub(r"[^\w-]+", "-", name).strip("-")[:LONGEST_FILE_NAME] or "agreement"
    return plain if plain == name else f"{plain}-{hashlib.sha256(name.encode()).hexdigest()[:8]}"


def undo(arguments: Namespace) -> ExitCode:
    """Go back to what was loaded before the last load."""
    number = store.undo(store.store_folder(arguments.store))
    note_activity(arguments, decisions.Did.UNDO_LOAD, str(number))
    if arguments.json:
        print_json({"generation": number})
    else:
        print(f"The last load is undone: the data is as it was before it (data version {number}).")
    return ExitCode.DONE


def check(arguments: Namespace) -> ExitCode:
    """Read the whole store, facts and decisions, and say whether anything is damaged."""
    from data.keeping.erase import problems as problems_of_erasures

    folder = store.store_folder(arguments.store)
    location, problems = _check_decisions(arguments, folder)
    problems += problems_of_erasures(folder)
    sound = [f"The decisions in {location} are sound."] if location else []
    try:
        problems += store.check(folder)
        saved = words.counted(len(store.generations(folder)), "data version", "data versions")
        sound.insert(0, f"{folder} is sound: {saved}, number {store.current(folder)} is in use.")
    except store.StoreEmpty:
        if location is None:
            raise
    if arguments.json:
        print_json({"sound": not problems, "problems": problems})
    elif not problems:
        print("\n".join(sound))
    for problem in problems:
        say(problem)
    return ExitCode.REFUSED if problems else ExitCode.DONE


def _check_decisions(arguments: Namespace, folder: Path) -> tuple[str | None, list[str]]:
    """Where the decisions are stored (None: there are none), and what is wrong with them."""
    if not has_decisions(arguments):
        return None, []
    try:
        with closing(decisions.open_decisions(folder)) as opened_decisions:
            return opened_decisions.place, [f"Decisions: {problem}" for problem in opened_decisions.check()]
    except decisions.DecisionsError as error:
        return str(folder), [str(error)]
