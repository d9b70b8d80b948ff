"""How does a store begin, get out again whole, go back, and prove that it is sound?"""

import hashlib
import re
from argparse import Namespace
from contextlib import closing
from datetime import datetime
from pathlib import Path

from data import store
from fit.cli.opened_store import asking, opened
from fit.cli.output import print_json, say, wrote_table
from fit.cli.progress import Bar

DONE, REFUSED = 0, 1
LONGEST_FILE_NAME = 60  # letters; file systems count bytes, and a letter may have four


def demo(typed: Namespace) -> int:
    """Fill an empty store with an invented field, so marked on every page."""
    from fit.refresh import build_demo

    bar = Bar()
    report = build_demo(
        store.store_folder(typed.store),
        now=datetime.now(),
        count_creators=typed.creators,
        seed=typed.seed,
        progress=bar,
    )
    bar.close()
    if typed.json:
        print_json(report.as_json())
    else:
        print(f"Generation {report.generation} holds {typed.creators} invented creators.")
    return DONE if report.is_whole else REFUSED


EXPORTS = {
    "creators.csv": "all_profiles",
    "audience.csv": "all_audiences",
    "campaigns.csv": "all_campaign_rows",
    "rejected.csv": "quarantine",
    "sources.csv": "sources",
}


def export(typed: Namespace) -> int:
    """Write everything as plain CSV files; loading them again gives the same answers."""
    from fit.documents import csv_text, marked

    generation, folder = opened(typed), Path(typed.folder)
    ask = asking(generation)
    folder.mkdir(parents=True, exist_ok=True)
    for name, question in EXPORTS.items():
        given = {"top": 10**12} if question == "quarantine" else {}
        frame = marked(ask(question, **given), is_demo=generation.is_demo)
        if frame.is_empty() and name in ("creators.csv", "audience.csv", "campaigns.csv"):
            continue  # a table of no rows could not be loaded again
        (folder / name).write_text(csv_text(frame), encoding="utf-8")
        wrote_table(frame, folder / name)
    _export_agreements(typed, folder)
    return DONE


def _export_agreements(typed: Namespace, folder: Path) -> None:
    """Write drafts and kept charters as TOML, and their deliverables as briefs.csv, where there are any."""
    from data.decisions import has_decisions

    if not has_decisions(store.store_folder(typed.store)):
        return
    from fit.agreement import lines_of_agreements
    from fit.cli.agreement_commands import deciding, understood
    from fit.documents import csv_text
    from fit.text import counted

    kept = deciding(typed, lambda d: [(each.name, each.agreement) for each in d.charters()])
    drafts = deciding(typed, lambda d: [(each.name, each.text) for each in d.drafts("agreement")])
    for kind, texts in (("charters", kept), ("drafts", drafts)):
        for name, text in texts:
            path = folder / kind / f"{_file_name(name)}.toml"
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
    if kept or drafts:
        said = (counted(len(kept), "charter", "charters"), counted(len(drafts), "draft", "drafts"))
        print(f"Wrote {' and '.join(said)} to {folder}.")
    lines = lines_of_agreements([understood(text) for _, text in {**dict(drafts), **dict(kept)}.items()])
    if lines.height:
        (folder / "briefs.csv").write_text(csv_text(lines), encoding="utf-8")
        wrote_table(lines, folder / "briefs.csv")


def _file_name(name: str) -> str:
    """A name that every file system takes; two names that would be one file differ by the start of their hash."""
    plain = re.sub(r"[^\w-]+", "-", name).strip("-")[:LONGEST_FILE_NAME] or "agreement"
    return plain if plain == name else f"{plain}-{hashlib.sha256(name.encode()).hexdigest()[:8]}"


def undo(typed: Namespace) -> int:
    """Go back to what was loaded before the last load."""
    number = store.undo(store.store_folder(typed.store))
    if typed.json:
        print_json({"generation": number})
    else:
        print(f"Generation {number} counts again. Load your files to go forward.")
    return DONE


def check(typed: Namespace) -> int:
    """Read the whole store, facts and decisions, and say whether anything is damaged."""
    folder = store.store_folder(typed.store)
    place, found = _problems_of_decisions(folder)
    sound = [f"The decisions in {place} are sound."] if place else []
    try:
        found += store.check(folder)
        generations = len(store.generations(folder))
        sound.insert(0, f"{folder} is sound: {generations} generations, {store.current(folder)} counts.")
    except store.StoreEmpty:
        if place is None:
            raise
    if typed.json:
        print_json({"sound": not found, "problems": found})
    elif not found:
        print("\n".join(sound))
    for problem in found:
        say(problem)
    return REFUSED if found else DONE


def _problems_of_decisions(folder: Path) -> tuple[str | None, list[str]]:
    """Where the decisions lie (None: there are none), and what is wrong with them."""
    from data import decisions

    if not decisions.has_decisions(folder):
        return None, []
    try:
        with closing(decisions.open_decisions(folder)) as kept:
            return kept.place, [f"Decisions: {problem}" for problem in kept.check()]
    except decisions.DecisionsError as refused:
        return str(folder), [str(refused)]
