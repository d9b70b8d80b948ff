"""Keep a store from the command line: back it up, bring a backup back, erase a creator."""

from argparse import Namespace
from datetime import datetime
from pathlib import Path

from data import keeping, store
from data.decisions import DecisionsError
from fit.cli.output import ExitCode, Refused, WrongUsage, print_json
from fit.text import counted


def backup(arguments: Namespace) -> ExitCode:
    """Write one file with the facts that count and all decisions, or list the backups that were written."""
    folder = store.store_folder(arguments.store)
    if arguments.list:
        return _list_backups(arguments, folder)
    if arguments.file is None:
        raise WrongUsage("Name the file to write, or ask for --list.")
    try:
        written = keeping.back_up(folder, Path(arguments.file), now=datetime.now(), may_replace=arguments.force)
    except DecisionsError as error:
        raise Refused(f"{error} No backup was written.") from error
    if arguments.json:
        print_json({"file": arguments.file, **_of(written)})
    else:
        print(f"Wrote {_in_words(written)} to {arguments.file}.")
    return ExitCode.DONE


def _of(held: keeping.Manifest) -> dict[str, object]:
    return {
        "written_at": held.written_at, "generation": held.generation, "count_creators": held.count_creators,
        "has_decisions": any(name.endswith(".sqlite") for name in held.files),
    }  # fmt: skip


def _in_words(held: keeping.Manifest) -> str:
    facts = [] if held.generation is None else [
        f"data version {held.generation} with {counted(held.count_creators, 'creator', 'creators')}"
    ]  # fmt: skip
    decisions = ["the decisions"] * any(name.endswith(".sqlite") for name in held.files)
    return " and ".join(facts + decisions)


def _list_backups(arguments: Namespace, folder: Path) -> ExitCode:
    known = keeping.known_backups(folder)
    if arguments.json:
        print_json({"backups": [{**vars(one), "is_there": Path(one.file).exists()} for one in known]})
    else:
        lines = [f"{one.written_at}  {one.file}{'' if Path(one.file).exists() else '  (not found)'}" for one in known]
        print("\n".join(lines) or f"No backup of {folder} was written yet.")
    return ExitCode.DONE


def restore(arguments: Namespace) -> ExitCode:
    """Put a backup in the place of what the store holds, which is kept in a folder of its own."""
    folder = store.store_folder(arguments.store)
    try:
        held, kept = keeping.restore(folder, Path(arguments.file), now=datetime.now())
    except DecisionsError as error:
        raise Refused(str(error)) from error
    if arguments.json:
        print_json({**_of(held), "replaced": None if kept is None else str(kept)})
        return ExitCode.DONE
    print(f"Restored {_in_words(held)} of {held.written_at} into {folder}.")
    if kept:
        print(f"What it replaced is in {kept}. To bring that back: python -m fit restore {kept} --store {folder}")
    return ExitCode.DONE
