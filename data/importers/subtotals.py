"""Find rows of a report that repeat others: totals, subtotals of a breakdown, rows that only name a group.

A total is never known by its words alone: its numbers have to be the sums of the others. Meta's reports have a total
without a name; reports broken down by age or day may have rows that say All; grouped ones name a campaign only once.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from data.importers.reading import heading_words
from data.importers.reading.reader import Record
from data.importers.report import RefusedError, listed, quoted
from data.importers.values import countries

RESULTS_OF = re.compile(
    r"^(results? (from|of)|((overall|filter|account|deleted items) )?total\b.{0,3}|ergebnisse (aus|von)|resultados de|"
    r"résultats (de|pour)|risultati)\D*\d*\D*$"
)
# Words for everything that campaigns are called too.
NAMES_OF_CAMPAIGNS = {"world", "worldwide", "global", "all", "all countries", "overall"}
ALL = frozenset(heading_words.words("all"))
BLANK = ("", "--", "-")
WORDS = re.compile(r"[^\W\d_]+")
# A name longer than this is no word for a total, and would keep its pattern busy.
LONGEST_TOTAL_NAME = 200
# Money is printed with two decimals: a sum of n rows may miss its total by n half cents.
HALF_CENT = 0.0051


@dataclass(frozen=True)
class Places:
    """Where a report keeps what totals are proven with: names, counts (impressions) and costs, or None; width of a row.

    keys: places that tell rows of one campaign apart (day, country, platform). measures: places of numbers that count.
    names: places where "All" may be a name that somebody gave. days: those of keys that say when.
    """

    name: int
    counts: int | None
    costs: int | None
    keys: frozenset[int] = frozenset()
    measures: frozenset[int] = frozenset()
    names: frozenset[int] = frozenset()
    days: frozenset[int] = frozenset()


def whole(text: str) -> int | None:
    """A printed count, whatever separates its thousands; None where it is none."""
    bare = re.sub(r"[.,]00?$", "", text.strip())
    digits = re.sub(r"[\s\u00a0\u202f.,'’]", "", bare)
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 16 else None


def amount(text: str) -> float | None:
    """A printed amount of money, for comparing sums only; None where it can't be told."""
    bare = re.sub(r"[^\d.,]", "", text)
    if not re.search(r"\d", bare):
        return None
    cents = re.search(r"[.,](\d{1,2}|\d{4,})$", bare)
    units = re.sub(r"\D", "", bare[: cents.start()] if cents else bare) or "0"
    return float(f"{units}.{cents[1] if cents else 0}")


@lru_cache(maxsize=100_000)
def is_total_name(name: str) -> bool:
    """A name that total rows have: none, a word for total, "Results from 4 campaigns"."""
    bare = name.strip().casefold()
    is_word = countries.country(bare).code == countries.TOTAL and bare not in NAMES_OF_CAMPAIGNS
    return bare in ("", "--") or is_word or (len(bare) <= LONGEST_TOTAL_NAME and bool(RESULTS_OF.match(bare)))


@lru_cache(maxsize=100_000)
def has_total_word(name: str) -> bool:
    """A name with a word for total in it ("Overall total - 1 campaign"): a campaign, if its numbers prove nothing."""
    words = WORDS.findall(name.casefold()) if len(name) <= LONGEST_TOTAL_NAME else []
    return any(word not in NAMES_OF_CAMPAIGNS and countries.country(word).code == countries.TOTAL for word in words)


@dataclass(frozen=True)
class Sums:
    """What rows add up to: how many they are, their impressions and their cost."""

    rows: int
    counts: int
    costs: float


def sums_of(rows: Iterable[Record], at: Places) -> Sums:
    """The sums of rows; one with a fault, and a cell that can't be read, adds nothing."""
    sound = [record for record in rows if not record.fault]
    return Sums(len(sound), sum(counted(r, at) or 0 for r in sound), sum(paid(r, at) or 0 for r in sound))


def counted(record: Record, at: Places) -> int | None:
    """The impressions of a row, where the report has them."""
    return None if at.counts is None else whole(record.fields[at.counts])


def paid(record: Record, at: Places) -> float | None:
    """The cost of a row, where the report has it."""
    return None if at.costs is None else amount(record.fields[at.costs])


def adds_up(total: Record, others: Sums, at: Places) -> bool:
    """Whether impressions and cost of a row are those sums."""
    agreed = []
    if (counts := counted(total, at)) is not None:
        agreed.append(counts == others.counts)
    if (costs := paid(total, at)) is not None:
        agreed.append(abs(costs - others.costs) <= HALF_CENT * (others.rows + 1) + 1e-6 * costs)
    return others.rows > 0 and bool(agreed) and all(agreed)


def is_proven(totals: Sequence[Record], rows: Iterable[Record], at: Places) -> bool:
    """Whether a total of the report itself is the sum of these rows (its cost may be of more than they show)."""
    sums = sums_of(rows, at)
    counts_alone = replace(at, costs=None)
    sound = [total for total in totals if not total.fault]
    return any(adds_up(total, sums, way) for total in sound for way in (at, counts_alone))


def notes_on_missed(totals: Sequence[Record], rows: Iterable[Record], at: Places, header: Sequence[str]) -> list[str]:
    """Both numbers where no total of the report is the sum of its rows, for the total that comes nearest."""
    rows = list(rows)
    if is_proven(totals, rows, at):
        return []
    sums = sums_of(rows, at)
    stated = [(total.row, number) for total in totals if not total.fault and (number := counted(total, at)) is not None]
    if at.counts is not None and stated:
        row, number = min(stated, key=lambda each: abs(each[1] - sums.counts))
        return [missed(row, header[at.counts], f"{number:,}", f"{sums.counts:,}")]
    money = [(total.row, cost) for total in totals if not total.fault and (cost := paid(total, at)) is not None]
    if at.costs is not None and money:
        row, stated_cost = min(money, key=lambda each: abs(each[1] - sums.costs))
        return [missed(row, header[at.costs], f"{stated_cost:,.2f}", f"{sums.costs:,.2f}")]
    return []


def notes_on_unproven(
    nameless: Sequence[Record], rows: Iterable[Record], at: Places, header: Sequence[str]
) -> list[str]:
    """Both numbers of the nameless rows that split_totals sets aside, where they have any."""
    return notes_on_missed([replace(record, fault="") for record in nameless], rows, at, header) if nameless else []


def note_on_rest(totals: Sequence[Record], rows: Iterable[Record], at: Places, what: str) -> list[str]:
    """Say what a larger total of the report holds beyond its rows, and what may be missing."""
    stated = [(number, total.row) for total in totals if not total.fault and (number := counted(total, at)) is not None]
    added, (largest, row) = sums_of(rows, at).counts, max(stated, default=(0, 0))
    if largest <= added:
        return []
    return [f"the rows hold {added:,} of the {largest:,} impressions of the total in row {row}: {what}"]


def missed(row: int, column: str, stated: str, added: str) -> str:
    """Say that a total and the sum of what was read differ."""
    return (
        f"the report's own total (row {row}) says {stated} for {quoted(column)}, the rows that were read add up to "
        f"{added}: rows may be missing or count twice, export it again to be sure"
    )


def split_totals(rows: Sequence[Record], at: Places) -> tuple[list[Record], list[Record], list[Record]]:
    """Campaign rows, total rows that the other rows prove, and nameless rows that they don't, to be set aside."""
    nameless = [r for r in rows if not r.fault and is_total_name(r.fields[at.name])]
    nameless_rows = {record.row for record in nameless}
    others = [record for record in rows if record.row not in nameless_rows]
    named = [record for record in others if not record.fault and has_total_word(record.fields[at.name])]
    named_rows = {record.row for record in named}
    sums = sums_of((record for record in others if record.row not in named_rows), at)
    named_totals = [
        record for record in named if (counted(record, at) or paid(record, at)) and adds_up(record, sums, at)
    ]
    found = {record.row for record in named_totals}
    others = [record for record in others if record.row not in found]
    sums = sums_of(others, at)
    proven = {record.row for record in nameless if adds_up(record, sums, at)}
    unproven = [replace(record, fault="no total") for record in nameless if record.row not in proven]
    return others, [record for record in rows if record.row in proven | found], unproven


@lru_cache(maxsize=100_000)
def is_open(cell: str) -> bool:
    """Whether a cell of a breakdown stands for all of its parts."""
    bare = cell.strip().casefold()
    return bare in BLANK or bare in ALL or countries.country(bare).code == countries.TOTAL


def named_groups(rows: Sequence[Record], at: Places) -> list[Record]:
    """The rows with their campaign's name where a grouped report says it once, above its rows, as their sum.

    Raises RefusedError where the rows below such a name are not its sum: some are missing, or belong elsewhere.
    """
    named = list(rows)
    for index, head in enumerate(rows):
        all_cells = [] if head.fault or is_total_name(head.fields[at.name]) else list(filter(says_all, head.fields))
        below = list(run_below(rows, index, at)) if all_cells else []
        if not below:
            continue
        apart = {
            tuple(rows[other].fields): rows[other] for other in below
        }  # a line that stands twice is set aside later
        if not adds_up(head, sums_of(apart.values(), at), at):
            raise RefusedError(
                f"row {head.row} says {quoted(all_cells[0])}, but its numbers are not the sums of the rows without a "
                f"name below it ({rows[below[0]].row} to {rows[below[-1]].row}); export the report again, with the "
                "name of the campaign in every row"
            )
        for other in below:
            cells = list(rows[other].fields)
            cells[at.name] = head.fields[at.name]
            named[other] = replace(rows[other], fields=cells)
    return named


def run_below(rows: Sequence[Record], index: int, at: Places) -> Iterator[int]:
    """Indices of the nameless rows right below a row that says All: those that name a part where it says All."""
    head = rows[index]
    all_at = [column for column, cell in enumerate(head.fields) if says_all(cell) and column != at.name]
    for other in range(index + 1, len(rows)):
        row = rows[other]
        if row.fault or row.fields[at.name].strip() not in BLANK or all(is_open(row.fields[c]) for c in all_at):
            return
        yield other


def says_all(cell: str) -> bool:
    """Whether a cell says in words that it stands for all."""
    return is_open(cell) and cell.strip() not in BLANK


def without_subtotals(rows: Sequence[Record], at: Places, header: Sequence[str]) -> tuple[list[Record], list[Record]]:
    """The rows that count, and subtotals of breakdowns, which the rows of their parts prove.

    Raises RefusedError for a row that says All and is not the sum of its parts: something is missing or counts twice.
    """
    sound = [record for record in rows if not record.fault and not is_total_name(record.fields[at.name])]
    breakdowns = frozenset(place for place in range(len(header)) if is_breakdown(sound, place, at))
    subtotals = []
    find_parts = cache(lambda opened: parts_by_key(sound, opened, breakdowns, at))
    for record in sound if breakdowns else ():
        opened = frozenset(place for place in breakdowns if is_open(record.fields[place]))
        in_words = frozenset(place for place in opened if says_all(record.fields[place]))
        ways = [find_parts(way).get(key_of(record, way, breakdowns, at)) for way in {opened, in_words} if way]
        if (counted(record, at) or paid(record, at)) and any(parts and adds_up(record, parts, at) for parts in ways):
            subtotals.append(record)
        elif doubtful := [place for place in sorted(in_words - at.names) if has_parts(record, place, sound, at)]:
            raise RefusedError(
                f"row {record.row} says {quoted(record.fields[doubtful[0]])} for {quoted(header[doubtful[0]])}, but "
                "its numbers are not the sums of the rows of its parts, so something would count twice or is missing; "
                "export the report without totals of breakdowns"
            )
    dropped = {record.row for record in subtotals}
    return [record for record in rows if record.row not in dropped], subtotals


def is_breakdown(rows: Sequence[Record], place: int, at: Places) -> bool:
    """Whether the cells of a column are words of parts in some rows, and stand for all parts in others."""
    if place == at.name or place in at.measures:
        return False
    cells = [record.fields[place] for record in rows]
    closed = [cell for cell in cells if not is_open(cell)]
    in_words = place in at.names or all(whole(cell) is None and not cell.endswith("%") for cell in closed)
    return in_words and 0 < len(closed) < len(cells)


def key_of(record: Record, opened: frozenset[int], breakdowns: frozenset[int], at: Places) -> tuple[str, ...]:
    """What a row with these open breakdowns and the rows of its parts have in common."""
    same = {at.name, *at.keys, *breakdowns} - opened - (at.days if opened & at.days else set())
    return tuple(record.fields[place].strip() for place in sorted(same))


def parts_by_key(
    rows: Sequence[Record], opened: frozenset[int], breakdowns: frozenset[int], at: Places
) -> dict[tuple[str, ...], Sums]:
    """The sums of the rows of parts of these breakdowns, by what they have in common."""
    parts_of: dict[tuple[str, ...], list[Record]] = {}
    for record in rows:
        if not any(is_open(record.fields[place]) for place in opened):
            parts_of.setdefault(key_of(record, opened, breakdowns, at), []).append(record)
    return {key: sums_of(parts, at) for key, parts in parts_of.items()}


def has_parts(record: Record, place: int, rows: Sequence[Record], at: Places) -> bool:
    """Whether other rows of the same campaign name parts in a column."""
    name = record.fields[at.name]
    return any(other.fields[at.name] == name and not is_open(other.fields[place]) for other in rows)


def refuse_levels(rows: Sequence[Record], place: int | None) -> None:
    """Raise RefusedError when rows of campaigns stand beside rows of their own ads."""
    if place is None:
        return
    levels = sorted({r.fields[place].strip() for r in rows if not r.fault} - {""})
    if len(levels) > 1:
        raise RefusedError(
            f"this report holds rows of several levels ({listed(levels)}), so campaigns would count twice; export "
            "it for one level only"
        )


def without_copies(rows: Sequence[Record], counts: int | None) -> list[Record]:
    """The rows; one that repeats another word for word, and counts something, gets the fault "copy"."""
    seen: set[tuple[str, ...]] = set()
    marked = []
    for record in rows:
        cells = tuple(record.fields)
        counted = counts is None or record.fault or whole(record.fields[counts]) not in (None, 0)
        is_copy = counted and not record.fault and cells in seen
        marked.append(replace(record, fault="copy") if is_copy else record)
        seen.add(cells)
    return marked


def notes_on_totals(totals: Sequence[Record], word: str = "total") -> list[str]:
    """What the message says about rows that repeat others."""
    if not totals:
        return []
    rows = ", ".join(str(record.row) for record in totals[:5])
    rows += f" and {len(totals) - 5:,} more" if len(totals) > 5 else ""
    article = "the" if word == "total" else "a"
    return [f"row {rows} {f'is {article} {word}' if len(totals) == 1 else f'are {word}s'}, not counted"]


def places_of(
    found: Mapping[str, int], counts: str, keys: Iterable[str] = (), names: frozenset[int] = frozenset()
) -> Places:
    """Places of a report from our column names to its columns; all its columns that are read count as measures."""
    days = frozenset(found[name] for name in ("day", "date", "end_date") if name in found)
    measured = frozenset(place for name, place in found.items() if name not in (*keys, "campaign_id"))
    places = frozenset(found[name] for name in keys if name in found)
    return Places(
        found["campaign_id"], found.get(counts), found.get("cost"), places | days, measured - days, names, days
    )
