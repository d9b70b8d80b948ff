"""Join rows that give a name alone with the one creator of that name: of the sheet, of the load or of the store.

A name is compared without case and with blanks as one. Where several creators have it, the row is left out with that
reason: nobody knows whose it is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from data.importers.reading.reader import Record
from data.importers.tracker.accounts import Account, Ids, folded
from data.importers.tracker.sheet_parts import FIELDS, NEXT, Audience, Sheet

WHO, NAME, PLATFORM, HANDLE = map(FIELDS.index, ("creator_id", "creator_name", "platform", "handle"))
SEVERAL = "several of this name"  # the fault of a row (faults.toml)

Accounts = Mapping[str, Mapping[str, Account]]  # by folded name and id


def join(sheet: Sheet, ids: Ids) -> None:
    """Give each row with a name alone the creator of that name, and a new account the creator who has its name."""
    named = [record for record in sheet.people if not record.fault and folded(record.fields[NAME])]
    known_now = _known_by_name(_accounts(named), ids)
    moves: dict[tuple[str, int], str] = {}
    for record in named:
        if record.fields[HANDLE] and (known := known_now.get(record.fields[WHO])):
            _give(record, known, moves)
            sheet.names_matched.add(folded(record.fields[NAME]))
    _give_platforms(named, ids, moves)
    accounts = _accounts(named)
    on_platforms = _without_handles(named, accounts)
    could_be: dict[tuple[str, str, str], list[str]] = {}
    for place, record in enumerate(sheet.people):
        if record.fault or record.fields[HANDLE] or not (key := folded(record.fields[NAME])):
            continue
        who = record.fields[WHO], record.fields[PLATFORM], key
        if who not in could_be:
            could_be[who] = _creators_of(*who, accounts, ids) or ([] if who[1] else list(on_platforms.get(key, ())))
        if len(could_be[who]) > 1:
            sheet.names[record.row % NEXT] = record.fields[NAME]
            sheet.people[place] = replace(record, fields=[record.fields[NAME]], fault=SEVERAL)
        elif could_be[who] and could_be[who] != [record.fields[WHO]]:
            creator_id = could_be[who][0]
            _give(record, creator_id, moves)
            account = {**on_platforms.get(key, {}), **accounts.get(key, {})}.get(creator_id, Account())
            record.fields[HANDLE] = account.handle
            record.fields[PLATFORM] = record.fields[PLATFORM] or account.platform
            if ids.is_known(creator_id):
                sheet.names_matched.add(key)
    _move_audiences(sheet, moves)


def _accounts(named: Sequence[Record]) -> Accounts:
    """The accounts that rows of the sheet state."""
    accounts: dict[str, dict[str, Account]] = {}
    for record in named:
        if record.fields[HANDLE]:
            of_name = accounts.setdefault(folded(record.fields[NAME]), {})
            of_name[record.fields[WHO]] = Account(record.fields[PLATFORM], record.fields[HANDLE])
    return accounts


def _give_platforms(named: Sequence[Record], ids: Ids, moves: dict[tuple[str, int], str]) -> None:
    """Give a handle without a platform the one account of the sheet that has this handle."""
    found: dict[str, dict[str, str]] = {}
    for record in named:
        if record.fields[HANDLE] and record.fields[PLATFORM]:
            found.setdefault(folded(record.fields[HANDLE]), {})[record.fields[PLATFORM]] = record.fields[WHO]
    for record in named:
        same = found.get(folded(record.fields[HANDLE]), {})
        is_open = record.fields[HANDLE] and not record.fields[PLATFORM] and not ids.is_known(record.fields[WHO])
        if is_open and len(same) == 1:
            ((platform, creator_id),) = same.items()
            _give(record, creator_id, moves)
            record.fields[PLATFORM] = platform


def _without_handles(named: Sequence[Record], accounts: Accounts) -> Accounts:
    """The creators of names that the sheet gives with a platform and nowhere with a handle."""
    on_platforms: dict[str, dict[str, Account]] = {}
    for record in named:
        key = folded(record.fields[NAME])
        if record.fields[PLATFORM] and key not in accounts:
            on_platforms.setdefault(key, {})[record.fields[WHO]] = Account(record.fields[PLATFORM])
    return on_platforms


def _known_by_name(accounts: Accounts, ids: Ids) -> dict[str, str]:
    """Of accounts that no earlier file gave, the creator whom one gave by the name alone: new id to known one."""
    known_now = {}
    for key, of_name in accounts.items():
        new, account = next(iter(of_name.items()))
        known = ids.called(key, account.platform)
        if len(of_name) == 1 and not ids.is_known(new) and len(known) == 1 and not ids.has_handle(known[0]):
            known_now[new] = known[0]
    return known_now


def _creators_of(who: str, platform: str, key: str, accounts: Accounts, ids: Ids) -> list[str]:
    """The creators that a name without an account can mean: those of the sheet, else those of earlier files."""
    of_sheet = [
        one for one, account in accounts.get(key, {}).items() if not platform or account.platform in ("", platform)
    ]
    if of_sheet:
        return of_sheet
    return [who] if ids.is_known(who) else ids.called(key, platform)


def _give(record: Record, creator_id: str, moves: dict[tuple[str, int], str]) -> None:
    """Write into a row which creator is meant; what it says of an audience is the same creator's."""
    moves[record.fields[WHO], record.row % NEXT] = creator_id
    record.fields[WHO] = creator_id


def _move_audiences(sheet: Sheet, moves: Mapping[tuple[str, int], str]) -> None:
    """Put what rows say of audiences under the creators who are meant."""
    if not moves:
        return
    by_creator: dict[str, list[Audience]] = {}
    for creator_id, said in sheet.audiences.items():
        for one in said:
            for at in one.rows:
                whose = by_creator.setdefault(moves.get((creator_id, at[0]), creator_id), [])
                if whose and whose[-1].pairs == one.pairs:
                    whose[-1].rows.append(at)
                else:
                    whose.append(Audience(one.pairs, [at]))
    sheet.audiences = {who: sorted(said, key=lambda one: one.rows[0]) for who, said in by_creator.items()}
