"""Match discount codes and partner names of a shop or network with the creators that are known.

A code belongs to the creator that the user says (--code), else whose codes it is among, else whose id, handle or name
it is, numbers at its end aside (ANNA10 is anna's). Codes that every shop has (WELCOME10) are nobody's unless said.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb

from data.importers.reader_spec import Incoming
from data.importers.report import Code, RefusedError, each_quoted, quoted
from data.importers.sql import fill

KNOWN = """
    select creator_id, creator_id as name from profiles
    union select creator_id, handle from profiles where handle is not null
    union select creator_id, creator_name from profiles where creator_name is not null
    union select creator_id, creator_id from audience
    union select creator_id, creator_id from campaign_rows"""
# What was said last about a code counts.
SAID_EARLIER = """
    select code, creator_id from creator_codes
    qualify rank() over (partition by upper(code) order by source_id desc) = 1"""
CODES = """
    select {name}, cast(sum({orders}) as bigint), cast(sum({revenue}) as double), {currency}
    from typed
    where not is_bad and {name} is not null
    group by 1
    order by 1"""
OWNERS = """
    create or replace temp table code_owners as
    select unnest($1::text[]) as raw, unnest($2::text[]) as creator_id, unnest($3::text[]) as code"""
SET_CONTESTED_ASIDE = """
    insert into faults
    select typed.sheet_row, typed.physical_line, '{name}', typed.{name}, 'two creators', contested.detail
    from typed
    join (select unnest($1::text[]) as raw, unnest($2::text[]) as detail) as contested on contested.raw = typed.{name}
    where not typed.is_bad"""
GIVE = """
    create or replace temp table typed as
    select typed.* exclude (creator_id, {name}), code_owners.creator_id,
        coalesce(code_owners.code, typed.{name}) as {name}
    from typed
    left join code_owners on code_owners.raw = typed.{name}
    where typed.is_bad or code_owners.creator_id is not null"""
# Shops write the codes of one order into one cell.
BETWEEN_CODES = re.compile(r"\s*[,;|]\s*")
# Codes that a message names with what they brought.
MOST_NAMED = 8
GENERIC = tomllib.loads((Path(__file__).parent / "generic_codes.toml").read_text(encoding="utf-8"))
GENERIC_WORDS = frozenset(word for words in GENERIC["whole"].values() for word in words)
GENERIC_BEGINNINGS = tuple(GENERIC["beginning"])


@dataclass(frozen=True)
class Brought:
    """What came with one code: orders, and what they paid (None: not measured)."""

    orders: int | None
    revenue: float | None
    currency: str | None

    @property
    def words(self) -> str:
        """As messages say it."""
        parts = [] if self.orders is None else [f"{self.orders:,} order{'' if self.orders == 1 else 's'}"]
        if self.revenue is not None:
            parts.append(f"{self.revenue:,.2f} {self.currency or ''}".strip())
        return ", ".join(parts)


def exact(text: str) -> str:
    """Letters and digits of a code or handle, without case."""
    return re.sub(r"[^\w]|_", "", text.casefold())


def bare(text: str) -> str:
    """Letters and digits of a code or handle, without case and without numbers at its end."""
    letters = exact(text)
    return letters.rstrip("0123456789") or letters


def is_generic(code: str) -> bool:
    """Whether a code is one that shops give to everybody (data/importers/generic_codes.toml)."""
    word = bare(code)
    return word in GENERIC_WORDS or word.startswith(GENERIC_BEGINNINGS)


def codes_in(cell: str) -> list[str]:
    """The codes that stand in one cell."""
    return [code for code in BETWEEN_CODES.split(cell.strip()) if code]


def one_owner(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Forms to creators; forms that two creators share are nobody's."""
    owners_of: dict[str, set[str]] = {}
    for form, creator in pairs:
        owners_of.setdefault(form, set()).add(creator)
    return {form: owners.pop() for form, owners in owners_of.items() if len(owners) == 1 and form}


class Owners:
    """Whose codes are whose: what the user says now, what was said earlier, and the names of known creators."""

    def __init__(self, db: duckdb.DuckDBPyConnection, said: Iterable[tuple[str, str]], creator: str | None) -> None:
        earlier = one_owner((exact(code), owner) for code, owner in db.execute(SAID_EARLIER).fetchall())
        self.said = earlier | {exact(code): owner.strip() for code, owner in said}
        names = db.execute(KNOWN).fetchall() + ([(creator, creator)] if creator else [])
        self.by_name = one_owner((form(name), owner) for owner, name in names for form in (exact, bare))

    def of(self, code: str) -> str | None:
        """The creator whose code it is, or None."""
        if owner := self.said.get(exact(code)):
            return owner
        return None if is_generic(code) else self.by_name.get(exact(code)) or self.by_name.get(bare(code))


@dataclass(frozen=True)
class Shared:
    """How the cells of a file fall to creators: (creator, code) by cell, reasons by contested cell, and the rest."""

    chosen: Mapping[str, tuple[str, str]]
    contested: Mapping[str, str]
    left: tuple[str, ...]


def share(cells: Iterable[str], owners: Owners, given: str | None, *, may_be_several: bool) -> Shared:
    """Give every cell to the one creator of whose codes it holds one. given: the only creator that is meant."""
    chosen, contested, left = {}, {}, []
    for cell in cells:
        codes = codes_in(cell) if may_be_several else [cell]
        found = {code: owner for code in codes if (owner := owners.of(code))}
        creators = sorted(set(found.values()))
        if len(creators) > 1:
            contested[cell] = " and ".join(quoted(creator) for creator in creators)
        elif creators and given in (None, creators[0]):
            chosen[cell] = (creators[0], next(iter(found)))
        else:
            left.append(cell)
    return Shared(chosen, contested, tuple(left))


def give_to_creators(incoming: Incoming, name: str, word: str, orders: str, revenue: str) -> None:
    """Write into creator_id whose code (or partner) each row has; rows of nobody go, and are said.

    name: the column of `typed` that holds the codes. word: what they are called in messages. orders, revenue: SQL of
    what a row brought. Raises RefusedError where no row is anybody's.
    """
    db, given = incoming.db, (incoming.options.creator or "").strip() or None
    currency = "any_value(currency)" if incoming.has("currency") else "null"
    cells = db.execute(fill(CODES, name=name, orders=orders, revenue=revenue, currency=currency)).fetchall()
    if not incoming.has("creator_id"):
        incoming.add_creator("")
    if not cells:
        return  # no row can be read: their problems are the message
    brought = {cell: Brought(*measures) for cell, *measures in cells}
    owners = Owners(db, incoming.options.codes, given)
    shared = share(brought, owners, given, may_be_several=word == "code")
    if shared.contested:
        pairs = [list(shared.contested), list(shared.contested.values())]
        db.execute(fill(SET_CONTESTED_ASIDE, name=name), pairs)
    if not shared.chosen and not shared.contested:
        raise nobodys(word, brought, given)
    if given is not None and shared.chosen:
        codes = [code for _, code in shared.chosen.values()]
        incoming.say(f"counted for {given}: {word} {', '.join(map(quoted, codes[:MOST_NAMED]))}{more(codes)}")
    if shared.left:
        left = {cell: brought[cell] for cell in shared.left}
        why = "nobody's" if given is None else f"not {given}'s"
        how = f"say whose they are with --code {quoted(next(iter(left)))}=CREATOR" if word == "code" else ""
        note = f"left out as {why}: {word} {named(left)}"
        incoming.say(f"{note}; {how}" if how else note, Code.CODES_LEFT_OUT, values_of(word, left))
    rows = [(cell, creator, code) for cell, (creator, code) in shared.chosen.items()]
    db.execute(OWNERS, [list(column) for column in zip(*rows, strict=True)] or [[], [], []])
    db.execute(fill(GIVE, name=name))
    db.execute("drop table code_owners")
    incoming.codes.update({code: creator for _, creator, code in rows if exact(code) in owners.said})


def nobodys(word: str, brought: Mapping[str, Brought], given: str | None) -> RefusedError:
    """The refusal of a file of which no code is anybody's (or none is the given creator's), and how to say whose."""
    whose, first = "a known creator's" if given is None else f"{given}'s", quoted(in_order(brought)[0])
    example = f"--code {first!r}={given or 'CREATOR'}" if " " in first else f"--code {first}={given or 'CREATOR'}"
    return RefusedError(
        f"no {word} of this file is {whose}: {named(brought)}; say whose they are, for example {example}, or add them "
        "to the column codes of your creators",
        Code.CODES_OF_NOBODY,
        values_of(word, brought),
    )


def values_of(word: str, brought: Mapping[str, Brought]) -> dict[str, object]:
    """Codes with what they brought, as values of a message."""
    table = [
        {"code": quoted(cell), "generic": is_generic(cell)}
        | {"orders": brought[cell].orders, "revenue": brought[cell].revenue, "currency": brought[cell].currency}
        for cell in in_order(brought)
    ]
    return {"word": word, "codes": each_quoted(in_order(brought)), "brought": table}


def in_order(brought: Mapping[str, Brought]) -> list[str]:
    """Codes by what they brought, those that every shop has last."""
    return sorted(brought, key=lambda code: (is_generic(code), -(brought[code].orders or 0), code))


def named(brought: Mapping[str, Brought]) -> str:
    """The codes that brought most, each with what it brought, in words."""
    largest = sorted(brought, key=lambda code: (-(brought[code].orders or 0), code))
    parts = [f"{quoted(code)} ({brought[code].words})" if brought[code].words else quoted(code) for code in largest]
    return f"{', '.join(parts[:MOST_NAMED])}{more(parts)}"


def more(items: list[str]) -> str:
    """How many items a message does not name."""
    return f" and {len(items) - MOST_NAMED} more" if len(items) > MOST_NAMED else ""
