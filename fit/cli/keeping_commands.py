"""Keep a store from the command line: back it up, bring a backup back, erase a creator, say who may use it."""

import os
import sys
from argparse import Namespace
from datetime import datetime
from functools import partial
from pathlib import Path

from data import store
from data.decisions import Decisions, DecisionsError, Did, SavedMember
from data.keeping import erase as erasing
from data.keeping.archive import Manifest
from data.keeping.backup import NotListed, back_up
from data.keeping.known_backups import known_backups
from data.keeping.restore import restore as bring_back
from fit.access import AddressRefused, Role, read_admins, read_entry
from fit.cli.output import Bar, ExitCode, Refused, WrongUsage, print_json, say, unknown_creator
from fit.cli.store_access import actor, deciding, has_decisions, note_activity
from fit.text import counted


def backup(arguments: Namespace) -> ExitCode:
    """Write one file with the facts that count and all decisions, or list the backups that were written."""
    folder = store.store_folder(arguments.store)
    if arguments.list:
        return _list_backups(arguments, folder)
    if arguments.file is None:
        raise WrongUsage("Name the file to write, or ask for --list.")
    try:
        written = back_up(folder, Path(arguments.file), now=datetime.now(), may_replace=arguments.force)
    except DecisionsError as error:
        raise Refused(f"{error} No backup was written.") from error
    except NotListed:
        note_activity(arguments, Did.BACKUP, Path(arguments.file).name)
        raise
    note_activity(arguments, Did.BACKUP, Path(arguments.file).name)
    if arguments.json:
        print_json({"file": arguments.file, **_of(written)})
    else:
        print(f"Wrote {_in_words(written)} to {arguments.file}.")
    return ExitCode.DONE


def _of(held: Manifest) -> dict[str, object]:
    return {
        "written_at": held.written_at, "generation": held.generation, "count_creators": held.count_creators,
        "has_decisions": any(name.endswith(".sqlite") for name in held.files),
    }  # fmt: skip


def _in_words(held: Manifest) -> str:
    facts = [] if held.generation is None else [
        f"data version {held.generation} with {counted(held.count_creators, 'creator', 'creators')}"
    ]  # fmt: skip
    decisions = ["the decisions"] * any(name.endswith(".sqlite") for name in held.files)
    return " and ".join(facts + decisions)


def _list_backups(arguments: Namespace, folder: Path) -> ExitCode:
    backups = [(written, Path(written.file).exists()) for written in known_backups(folder)]
    if arguments.json:
        print_json({"backups": [{**vars(written), "is_there": is_there} for written, is_there in backups]})
    else:
        lines = [
            f"{written.written_at}  {written.file}{'' if is_there else '  (not found)'}"
            for written, is_there in backups
        ]
        print("\n".join(lines) or f"No backup of {folder} was written yet.")
    return ExitCode.DONE


def restore(arguments: Namespace) -> ExitCode:
    """Put a backup in the place of what the store holds, which is kept in a folder of its own."""
    folder = store.store_folder(arguments.store)
    try:
        held, kept = bring_back(folder, Path(arguments.file), now=datetime.now())
    except DecisionsError as error:
        raise Refused(str(error)) from error
    note_activity(arguments, Did.RESTORE, *([kept.name] if kept else []))
    if arguments.json:
        print_json({**_of(held), "replaced": None if kept is None else str(kept)})
        return ExitCode.DONE
    print(f"Restored {_in_words(held)} of {held.written_at} into {folder}.")
    if kept:
        print(f"What it replaced is in {kept}. To bring that back: python -m fit restore {kept} --store {folder}")
    return ExitCode.DONE


def erase(arguments: Namespace) -> ExitCode:
    """Take a creator out of everything that the store holds, and name the backups that still hold it."""
    from fit.refresh import publish_without

    folder, creator, now, bar = store.store_folder(arguments.store), arguments.creator, datetime.now(), Bar()
    try:
        _confirm(arguments, folder)
        publish = partial(publish_without, folder, now=now, progress=bar)
        done = erasing.erase(folder, creator, publish, now=now, with_charters=arguments.with_charters, by=actor())
    except erasing.UnknownCreator as error:
        raise unknown_creator(creator, error.names) from error
    except DecisionsError as error:
        raise Refused(str(error)) from error
    finally:
        bar.close()
    if arguments.json:
        print_json(erasing.as_json(done))
    else:
        print("\n".join(_said_of(done, creator)))
    for place in done.still_in:
        say(f"{creator} is still named in {place}. Look there by hand.")
    return ExitCode.REFUSED if done.still_in else ExitCode.DONE


def _confirm(arguments: Namespace, folder: Path) -> None:
    """On a terminal ask for the id once more. Raises Refused for another one; what is refused anyway asks nothing."""
    if arguments.yes or not sys.stdin.isatty():
        return
    known = erasing.who_is(folder, arguments.creator).known_as
    if not arguments.with_charters:
        erasing.refuse_signed(folder, arguments.creator)
    say(f"This takes {' / '.join(known)} out of facts and decisions; older data versions go. Nothing undoes it.")
    if input(f"Type {arguments.creator} to erase: ").strip() != arguments.creator:
        raise Refused("That is another id. Nothing was changed.")


def _said_of(done: erasing.Erased, creator: str) -> list[str]:
    went = [
        counted(done.partnerships, "partnership", "partnerships"), counted(done.reviews, "review", "reviews"),
        counted(done.older_versions, "older data version", "older data versions"),
    ]  # fmt: skip
    lines = [f"Erased {creator}: {went[0]}, {went[1]} and {went[2]} went."]
    if done.changed:
        lines.append(counted(done.changed, "saved text", "saved texts") + " of others no longer name it.")
    if done.charters:
        signed = counted(len(done.charters), "signed text", "signed texts")
        lines.append(f"Of {signed} number, dates and hash stay.")
    if done.generation is not None:
        lines.append(f"Data version {done.generation} is live; everybody else was judged anew.")
    lines += [f"This backup still holds it: {file}. Replace it (backup --force) or delete it."
              for file in done.backups_that_hold]  # fmt: skip
    lines += [f"Unknown whether this backup holds it (not found or not readable): {file}."
              for file in done.backups_not_read]  # fmt: skip
    if not done.backups_that_hold and not done.backups_not_read:
        lines.append("No backup that this store wrote holds it.")
    return [*lines, "Copies that were made in other ways are not known here."]


def activity(arguments: Namespace) -> ExitCode:
    """List who did what, the newest first."""
    from data.decisions import Activity

    found: list[Activity] = []
    if has_decisions(arguments):
        wanted = Did(arguments.kind) if arguments.kind else None
        found = deciding(arguments, lambda d: d.activity().newest(who=arguments.who, what=wanted, most=arguments.top))
    rows = [
        {
            "activity_id": entry.activity_id, "at": entry.at.isoformat(timespec="seconds"), "who": entry.actor.who,
            "through": entry.actor.through.value, "what": entry.what.value, "on_what": list(entry.on_what),
        }
        for entry in found
    ]  # fmt: skip
    if arguments.json:
        print_json({"activity": rows})
        return ExitCode.DONE
    for entry in found:
        on_what = f": {', '.join(entry.on_what)}" if entry.on_what else ""
        who = entry.actor.who or "somebody"
        print(f"{entry.at:%Y-%m-%d %H:%M} UTC  {who} ({entry.actor.through}) {entry.what}{on_what}")
    if not found:
        print("Nothing was noted yet.")
    return ExitCode.DONE


def members(arguments: Namespace) -> ExitCode:
    """List who may use a server with sign-in, after a change of the list if one is asked for."""
    try:
        always = sorted(read_admins(os.environ.get("CREATOR_FIT_ADMINS", "")))
        change = _change_of_list(arguments)
    except AddressRefused as error:
        raise WrongUsage(str(error)) from error

    def work(decisions: Decisions) -> list[SavedMember]:
        if change:
            decisions.members().note(*change, by=None, now=datetime.now())
        return decisions.members().newest()

    listed = deciding(arguments, work) if change or has_decisions(arguments) else []
    if change:
        note_activity(arguments, Did.CHANGE_ROLE, change[0])
    listed = [member for member in listed if member.role and member.email not in always]
    if arguments.json:
        of_setting = [{"email": email, "role": Role.ADMIN, "noted_by": None, "since": None} for email in always]
        print_json({"members": of_setting + [
            {"email": member.email, "role": member.role, "noted_by": member.noted_by, "since": member.at}
            for member in listed
        ]})  # fmt: skip
        return ExitCode.DONE
    lines = [f"{email}  admin, always (CREATOR_FIT_ADMINS)" for email in always]
    lines += [
        f"{member.email}  {member.role} since {member.at:%Y-%m-%d}, by {member.noted_by or 'command line'}"
        for member in listed
    ]
    print("\n".join(lines) or "Nobody is on the list. With sign-in, nobody would get in.")
    return ExitCode.DONE


def _change_of_list(arguments: Namespace) -> tuple[str, str | None] | None:
    """Address and role of a change; None where none is asked for. Raises AddressRefused and WrongUsage."""
    if arguments.remove:
        return read_entry(arguments.remove, None), None
    if not arguments.add:
        return None
    email, role = arguments.add
    if role not in tuple(Role):
        raise WrongUsage(f"{role!r} is no role. Choose viewer, marketer or admin.")
    return read_entry(email, Role(role)), role
