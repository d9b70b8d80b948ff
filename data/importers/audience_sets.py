"""Check that shares describe whole audiences: scale, repeats and sums of the shares of every creator.

A set is one measurement: one creator, audience type, source, platform and day (and place in the history, where our own
export lists superseded ones). Sums are sums of integers (millionths),
so they are the same on any number of threads.
"""

from typing import NamedTuple

import duckdb

from data.importers.reader_spec import Incoming
from data.importers.report import RefusedError, quoted
from data.importers.sql import fill, one_row
from data.importers.values.dates import looks_like_date

MILLION = 1_000_000
# Shares are printed with one to four decimals: their rounding adds up to at most half a percent.
ROUNDING_PPM = 1_005_000
# Meta's own sums reach 102.1 %: a platform's own export is loaded as it is up to here, with a warning.
PLATFORM_PPM = 1_030_000
# Who exports what they measured themselves; our own export names them, so that it can be loaded again.
PLATFORM_SOURCES = ("YouTube Studio", "Meta Business Suite", "TikTok Studio")
SET_KEY = ("creator_id", "audience_type", "source", "platform", "as_of", "count_newer")
SAY_SCALE = "write shares as fractions (0.52) or with a percent sign (52%)"
# Creators that a message names; the problems name all.
CREATORS_NAMED = 3

SIGNS = """
    select count(*) filter (where ends_with(audience_share, '%')),
        count(*) filter (where not ends_with(audience_share, '%'))
    from staged"""
UNSIGNED = """
    audience_share > 0
    and sheet_row in (select sheet_row from staged where not ends_with(audience_share, '%'))"""
SETS = """
    with sets as (
        select {key}, sum(cast(round_even(audience_share * 1e6, 0) as bigint)) as total, max(audience_share) as largest
        from typed
        where not is_bad and country <> 'total'
        group by {key}
    )"""
# Which sets look like fractions, which like percentages; the largest share and sum; and, where no set is whole, which
# could be a part of an audience in fractions (no source lists under 1 % of one) and which in percentages.
LOOKS = (
    SETS
    + """
    select count(*) filter (total between 995000 and 1005000), count(*) filter (total between 99500000 and 100500000),
        coalesce(max(largest), 0), coalesce(max(total), 0),
        count(*) filter (largest <= 1 and total between 200000 and 1005000),
        count(*) filter (total between 5000000 and 100500000)
    from sets"""
)
SET_ASIDE_BY_SCALE = (
    "insert into faults"
    + SETS
    + """
    select t.sheet_row, t.physical_line, 'audience_share', staged.audience_share, 'scale', $why
    from typed as t
    join sets on {same}
    join staged on staged.sheet_row = t.sheet_row
    where {condition} and not t.is_bad and t.sheet_row not in (select sheet_row from faults)"""
)
ADD_PPM = "alter table typed add column ppm integer"
SET_PPM = "update typed set ppm = cast(round_even(audience_share * {factor}, 0) as integer)"
SET_REPEATS_ASIDE = """
    insert into faults
    select t.sheet_row, t.physical_line, 'country', staged.country,
        case when t.lowest = t.highest then 'repeat' else 'conflict' end,
        'row ' || case when t.sheet_row = t.first_row then t.last_row else t.first_row end
    from (
        select *, min(ppm) over same as lowest, max(ppm) over same as highest, min(sheet_row) over same as first_row,
            max(sheet_row) over same as last_row
        from typed
        where not is_bad and country not in ('ZZ', 'total') and hash({key}) in (
            select hash({key}) from typed where not is_bad and country not in ('ZZ', 'total')
            group by 1 having count(*) > 1)
        window same as (partition by {key})
    ) as t
    join staged on staged.sheet_row = t.sheet_row
    where t.first_row < t.last_row and (t.lowest <> t.highest or t.sheet_row > t.first_row)"""
SUMS = """
    create or replace temp table sums as
    select {key}, sum(ppm) as total, {most} as most
    from typed
    where not is_bad and country <> 'total' and sheet_row not in (select sheet_row from faults)
    group by {key}
    having sum(ppm) > {rounding}"""
SET_ASIDE_BY_SUM = """
    insert into faults
    select t.sheet_row, t.physical_line, 'audience_share', staged.audience_share, 'sum',
        printf('%.1f %%', sums.total / 1e4)
    from typed as t
    join sums on {same}
    join staged on staged.sheet_row = t.sheet_row
    where sums.total > sums.most and not t.is_bad and t.country <> 'total'
        and t.sheet_row not in (select sheet_row from faults)"""

# Which countries are there, as bits: a country that stands twice is one bit and two rows. Codes are two letters.
COUNTRIES = "bit_count(bitstring_agg((ascii(country) - 65) * 26 + ascii(country[2]) - 65, 0, 675))"
# One row per measurement of a file: what it lists. Read from rows that are to be written, or that are.
FILE_SETS = """
    create or replace temp table file_sets as
    select creator_id, audience_type, source, platform, as_of, cast(sum(ppm) as bigint) as listed_ppm,
        count(*) as count_rows {countries}
    from {rows}
    group by creator_id, audience_type, source, platform, as_of"""
ARE_SOUND = """
    select sum(count_rows) = $count_rows and max(listed_ppm) <= $most and bool_and(count_rows = count_countries)
    from file_sets"""


def are_sound(db: duckdb.DuckDBPyConnection, source_id: int, count_rows: int) -> bool:
    """Whether the audiences of a source have so many rows, no country twice, and add up to no more than rounding.

    Leaves the temporary table `file_sets` behind, one row per audience.
    """
    db.execute(
        fill(FILE_SETS, rows=f"audience where source_id = {source_id:d}", countries=f", {COUNTRIES} as count_countries")
    )
    return one_row(db.execute(ARE_SOUND, {"count_rows": count_rows, "most": ROUNDING_PPM}))[0]


def sum_up(db: duckdb.DuckDBPyConnection) -> None:
    """Put the audiences in `ready` into the temporary table `file_sets`, one row per audience."""
    db.execute(fill(FILE_SETS, rows="ready", countries=""))


def key_names(incoming: Incoming) -> list[str]:
    """The columns that tell one measurement from another, as far as the file has them."""
    return [name for name in SET_KEY if incoming.has(name)]


def same_set(incoming: Incoming, other: str) -> str:
    """SQL that is true when a row of `typed` (as t) belongs to the set of another table; null equals null."""
    return " and ".join(f"t.{name} is not distinct from {other}.{name}" for name in key_names(incoming))


class Looks(NamedTuple):
    """What LOOKS counts: sets that add up to 1 or to 100, the largest share and sum (ppm), sets that could be parts."""

    fractions: int
    percentages: int
    largest: float
    total: int
    fraction_parts: int
    percent_parts: int


def looks_of(incoming: Incoming) -> Looks:
    """What the sets of a file look like."""
    return Looks(*one_row(incoming.db.execute(fill(LOOKS, key=", ".join(key_names(incoming))))))


def decide_scale(incoming: Incoming) -> None:
    """Fractions or percentages? Decided by proof for the whole column; `ppm` is added to `typed`.

    Proof: the heading, percent signs, or sums of 100 (or of 1). Raises RefusedError where nothing proves the scale.
    """
    refuse_dates(incoming)
    signed, unsigned = one_row(incoming.db.execute(SIGNS))
    by_heading = "audience_share" in incoming.match.percent
    if signed and unsigned and not by_heading:
        incoming.set_aside("audience_share", UNSIGNED, "unsigned", "''")
    if signed or by_heading:
        looks = looks_of(incoming)
        if not signed and 0 < looks.total <= ROUNDING_PPM:
            most = "1" if looks.fractions else f"{looks.total / MILLION:g}"
            raise RefusedError(f"the heading says percent, but the shares of a creator add up to {most}; {SAY_SCALE}")
        add_ppm(incoming, "1e4")
    else:
        decide_by_sums(incoming)
    totals = incoming.count("country = 'total'")
    if totals:
        incoming.say(f"{totals:,} total row{'s' if totals > 1 else ''} not counted as a country")


def refuse_dates(incoming: Incoming) -> None:
    """Raise RefusedError when a spreadsheet turned shares into dates: others became wrong numbers unseen."""
    values = incoming.db.execute("select cell_value from faults where column_name = 'audience_share'").fetchall()
    damaged = [value for (value,) in values if looks_like_date(value)]
    if damaged:
        raise RefusedError(
            f"audience_share holds dates ({quoted(damaged[0])}): a spreadsheet turned shares into dates, so no share "
            "of this file is certain; format the column as text and export the file again from its source"
        )


def refuse_fractions(incoming: Incoming) -> None:
    """Raise RefusedError when shares that should be percentages, without any sign, add up to 1 or less."""
    signed, unsigned = one_row(incoming.db.execute(SIGNS))
    if unsigned and not signed:
        refuse_scale(incoming, True)


def refuse_scale(incoming: Incoming, is_percent: bool) -> None:
    """Raise RefusedError when the sums contradict the scale that an export always has."""
    looks = looks_of(incoming)
    if is_percent and 0 < looks.total <= ROUNDING_PPM:
        raise RefusedError(
            f"the shares add up to {looks.total / MILLION:g}, too little for the percentages of such an export; "
            "export it again, or load a table with the columns country and audience_share"
        )
    if not is_percent and looks.largest > ROUNDING_PPM / MILLION:
        raise RefusedError(
            f"a share of {looks.largest:g} stands among fractions from 0 to 1, so the scale is not certain; export it "
            "again"
        )


def decide_by_sums(incoming: Incoming) -> None:
    """The scale of a column without any percent sign."""
    fractions, percentages, largest, _, parts, percent_parts = looks_of(incoming)
    if not fractions and not percentages and not percent_parts:
        fractions = parts
    if largest <= ROUNDING_PPM / MILLION:
        add_ppm(incoming, "1e6")
    elif bool(fractions) == bool(percentages):
        raise RefusedError(
            f"audience_share goes up to {largest:g} and the sums of the creators prove neither fractions nor "
            f"percentages; {SAY_SCALE}"
        )
    elif percentages:
        add_ppm(incoming, "1e4")
        why = "the other shares are percentages, these add up to 1 or less"
        set_scale_aside(incoming, "sets.total <= 1005000", why)
        incoming.say("shares read as percentages, because they add up to 100")
    else:
        add_ppm(incoming, "1e6")
        incoming.set_aside("audience_share", "audience_share > 1.005 and not is_bad", "above all", "''")
        set_scale_aside(incoming, "sets.largest > 1.005", "one of its shares is above 1")


def set_scale_aside(incoming: Incoming, condition: str, why: str) -> None:
    """Set whole sets aside, apart from rows that are set aside already for their own reason."""
    key, same = ", ".join(key_names(incoming)), same_set(incoming, "sets")
    incoming.db.execute(fill(SET_ASIDE_BY_SCALE, key=key, same=same, condition=condition), {"why": why})


def shares_of_counts(incoming: Incoming) -> None:
    """Counts of accounts (column accounts) as shares of their sum, half to even. Raises RefusedError without a sum."""
    db = incoming.db
    total, unread = one_row(
        db.execute("select coalesce(sum(accounts), 0)::bigint, count(*) filter (accounts is null) from typed")
    )
    unread += one_row(db.execute("select count(*) from faults where column_name = '(whole row)'"))[0]
    if unread:
        raise RefusedError("a count can't be read, so no share of the whole is certain; export it again")
    if not total:
        raise RefusedError("no data: all counts are 0, so there are no shares; export it again")
    db.execute(ADD_PPM)
    db.execute(
        "update typed set ppm = cast(round_even(accounts::double / $total * 1e6, 0) as integer)",
        {"total": float(total)},
    )
    incoming.present.add("ppm")
    incoming.fill(count_total=total)
    incoming.say(f"shares of the {total:,} accounts that are counted")


def add_ppm(incoming: Incoming, factor: str) -> None:
    """Shares as whole parts per million, half to even."""
    incoming.db.execute(ADD_PPM)
    incoming.db.execute(fill(SET_PPM, factor=factor))
    incoming.present.add("ppm")


def check_sets(incoming: Incoming) -> None:
    """Set aside what stands twice in a set, and then sets that are more than one whole audience."""
    set_repeats_aside(incoming)
    check_sums(incoming)


def set_repeats_aside(incoming: Incoming) -> None:
    """A country that stands twice in one set: a repeat is set aside, of a contradiction every row."""
    incoming.db.execute(fill(SET_REPEATS_ASIDE, key=", ".join([*key_names(incoming), "country"])))


def check_sums(incoming: Incoming) -> None:
    """Set aside audiences whose shares add up to more than the whole; mention what is loaded above rounding."""
    named = ", ".join(f"'{source}'" for source in PLATFORM_SOURCES)
    of_platform = f"case when any_value(source) in ({named}) then {PLATFORM_PPM} else {ROUNDING_PPM} end"
    is_of_platform = incoming.defaults.get("source") in PLATFORM_SOURCES
    most = of_platform if incoming.has("source") else str(PLATFORM_PPM if is_of_platform else ROUNDING_PPM)
    incoming.db.execute(fill(SUMS, key=", ".join(key_names(incoming)), most=most, rounding=ROUNDING_PPM))
    above = incoming.db.execute("select creator_id, total, total > most from sums order by 1, 2").fetchall()
    loaded = [f"{creator} ({total / 1e4:.1f} %)" for creator, total, refused in above if not refused]
    if loaded:
        incoming.say(f"shares above 100 % kept as the platform gives them: {first_named(loaded)}")
    refused = [f"{creator} ({total / 1e4:.1f} %)" for creator, total, refused in above if refused]
    if refused:
        incoming.db.execute(fill(SET_ASIDE_BY_SUM, same=same_set(incoming, "sums")))
        incoming.say(f"the audience of {first_named(refused)} is refused, because its shares add up to more than 100 %")


def first_named(creators: list[str]) -> str:
    """The first creators of a list, in words."""
    more = len(creators) - CREATORS_NAMED
    return ", ".join(quoted(name) for name in creators[:CREATORS_NAMED]) + (f" and {more:,} more" if more > 0 else "")
