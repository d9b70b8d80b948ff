"""Match discount codes and partner names of a shop or network with the creators that are known.

A code belongs to a creator whose id or handle it is, numbers at its end aside (ANNA10 is anna's). With --creator all
other codes are that creator's; those of another known creator never are.
"""

import re

import duckdb

from data.importers.reader_spec import Incoming
from data.importers.report import Code, RefusedError, each_quoted, listed
from data.importers.sql import fill

KNOWN = """
    select creator_id, creator_id as name from profiles
    union select creator_id, handle from profiles where handle is not null
    union select creator_id, creator_name from profiles where creator_name is not null
    union select creator_id, creator_id from audience
    union select creator_id, creator_id from campaign_rows"""
CODES = "select distinct {name} from typed where not is_bad and {name} is not null order by 1"
OWNERS = """
    create or replace temp table code_owners as
    select unnest($1::text[]) as code, unnest($2::text[]) as creator_id"""
GIVE = """
    create or replace temp table typed as
    select typed.* exclude (creator_id), code_owners.creator_id
    from typed
    left join code_owners on code_owners.code = typed.{name}
    where typed.is_bad or code_owners.creator_id is not null"""


def bare(text: str) -> str:
    """Letters and digits of a code or handle, without case and without numbers at its end."""
    letters = re.sub(r"[^\w]|_", "", text.casefold())
    return letters.rstrip("0123456789") or letters


def known_owners(db: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """What codes of known creators look like; names that two creators share are nobody's."""
    owners_of: dict[str, set[str]] = {}
    for creator, name in db.execute(KNOWN).fetchall():
        for form in (bare(name), re.sub(r"[^\w]|_", "", name.casefold())):
            owners_of.setdefault(form, set()).add(creator)
    return {form: owners.pop() for form, owners in owners_of.items() if len(owners) == 1 and form}


def give_to_creators(incoming: Incoming, name: str, word: str) -> None:
    """Write into creator_id whose code (or partner) each row has; rows of nobody go, and are said.

    name: the column of `typed` that holds the codes. word: what they are called in messages.
    """
    db, given = incoming.db, incoming.options.creator
    owners = known_owners(db)
    codes = [code for (code,) in db.execute(fill(CODES, name=name)).fetchall()]
    if not incoming.has("creator_id"):
        incoming.add_creator("")
    if not codes:
        return  # no row can be read: their problems are the message
    exact = {code: re.sub(r"[^\w]|_", "", code.casefold()) for code in codes}
    matched = {code: owners.get(exact[code]) or owners.get(bare(code)) for code in codes}
    if given is None:
        chosen = {code: owner for code, owner in matched.items() if owner}
        left = [code for code in codes if code not in chosen]
        if not chosen:
            raise RefusedError(
                f"no {word} of this file ({listed(left)}) is the id or handle of a creator that is known; "
                "add --creator ID, or give the creator this handle",
                Code.CODES_OF_NOBODY,
                {"word": word, "codes": each_quoted(left)},
            )
    else:
        chosen = {code: given.strip() for code in codes if matched[code] in (None, given.strip())}
        left = [code for code in codes if code not in chosen]
        if not chosen:
            raise RefusedError(
                f"every {word} of this file ({listed(left)}) is another creator's; load without --creator",
                Code.CODES_OF_OTHERS,
                {"word": word, "codes": each_quoted(left)},
            )
        incoming.say(f"counted for {given.strip()}: {word} {listed(list(chosen))}")
    if left:
        why = "nobody's" if given is None else "of other creators"
        incoming.say(f"left out as {why}: {word} {listed(left)}")
    db.execute(OWNERS, [list(chosen), list(chosen.values())])
    db.execute(fill(GIVE, name=name))
    db.execute("drop table code_owners")
