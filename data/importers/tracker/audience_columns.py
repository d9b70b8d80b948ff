"""Say which columns are countries of an audience and their shares, and which numbers by country may be others."""

from collections.abc import Sequence, Set
from dataclasses import replace

from data.importers import subtotals
from data.importers.report import ColumnStatus as Status
from data.importers.tracker import words
from data.importers.tracker.headings import readable
from data.importers.tracker.readings import COUNTS, LEFT_OUT, MONEY, Reading, left_out
from data.importers.values import countries, numbers

NOT_MEASURED = words.cells("not_measured")


def of_audiences(readings: list[Reading], filled: Sequence[Sequence[str]], by_user: Set[int]) -> list[Reading]:
    """Countries beside their shares, and columns that are a country each."""
    of_countries = [column for column in map(_named_as_country, readings) if column]
    if countries.are_states(map(_bare, readings)):  # "CA %" beside "TX %" is no Canada
        of_countries = [c for c in of_countries if c.place in by_user or _bare(c).upper() not in countries.STATES]
    said = {c.place: c for c in of_countries if c.place in by_user and readings[c.place].meaning == "country_share"}
    readings = [
        said.get(c.place) or (left_out(c, "no country") if c.meaning == "country_share" else c) for c in readings
    ]
    named = {column.place: column for column in of_countries if column.place not in by_user}
    named = {place: c for place, c in named.items() if not _is_of_ours(readings[place], filled[place])}
    read = {place: readable("audience_share", filled[place]) for place in named if filled[place]}
    # Beside a column of shares a cell that is none costs its row, not the country.
    shares = {place: named[place] for place, part in read.items() if part >= LEAST_OF_A_SHARE}
    certain = [column for place, column in shares.items() if read[place] == 1.0 or column.is_percent]
    is_one = len(shares) == 1 and not any(map(_is_spelled_out, shares.values()))
    if certain and (not is_one or any(column.is_percent for column in certain)):
        readings = [shares.get(column.place, column) for column in readings]
    for index, column in enumerate(readings[:-1]):
        beside = readings[index + 1]
        if column.meaning == "home_country" and beside.meaning == "audience_share" and column.is_read:
            readings[index] = replace(column, meaning="audience_country", group=beside.group)
    return _paired(_shares_behind(readings, filled, by_user))


def _is_spelled_out(column: Reading) -> bool:
    """Whether a heading is the name of a country, and no code, which may be a word or another abbreviation."""
    return len(words.fold(column.heading)) > MOST_OF_A_CODE


def that_may_be_others(readings: list[Reading], cells: Sequence[Sequence[str]], by_user: Set[int]) -> list[Reading]:
    """Numbers by country that may be none of shares: counts, marks (1 or 0), or those of a single country.

    A percent sign, or a heading that says audience, tells shares.
    """
    of_countries = [column for column in readings if column.meaning == "country_share" and column.place not in by_user]
    in_cells = [cell for column in of_countries for cell in cells[column.place] if cell.casefold() not in NOT_MEASURED]
    if not in_cells or any(column.is_percent or _says_audience(column) for column in of_countries):
        return readings
    if any("%" in cell for cell in in_cells):
        return readings
    why = "by country" if _may_be_counts(readings, of_countries, in_cells, cells) else ""
    if set(in_cells) <= {"0", "1"}:
        why = "marks by country"
    elif len(of_countries) == 1 and not why and not _are_whole_with_rest(readings, of_countries[0], cells):
        why = "one country"
    if not why:
        return readings
    choices = ("country_share", LEFT_OUT)
    asked = {c.place: replace(c, meaning="", status=Status.ASKED, choices=choices, why=why) for c in of_countries}
    return [asked.get(column.place, column) for column in readings]


def _may_be_counts(
    readings: Sequence[Reading],
    of_countries: Sequence[Reading],
    in_cells: Sequence[str],
    cells: Sequence[Sequence[str]],
) -> bool:
    """Whether whole numbers by country add up to a count of their row, or are parts of its orders."""
    if not all(map(str.isdecimal, in_cells)):
        return False
    sums = [sum(map(amount_of, row)) for row in zip(*(cells[column.place] for column in of_countries), strict=True)]
    counts = [column for column in readings if column.is_read and column.meaning in COUNTS]
    pairs = {c.meaning: _filled_pairs(sums, list(map(amount_of, cells[c.place]))) for c in counts}
    are_equal = any(rows and all(part == whole for part, whole in rows) for rows in pairs.values())
    orders = pairs.get("conversions", [])
    return are_equal or (len(orders) > 1 and all(part <= whole and part < SMALL_PART for part, whole in orders))


def _are_whole_with_rest(readings: Sequence[Reading], country: Reading, cells: Sequence[Sequence[str]]) -> bool:
    """Whether a column for the rest of the world stands beside a country, and both make a whole in every row."""
    rests = [c for c in readings if not c.is_read and countries.country(c.heading).code == countries.UNKNOWN]
    for rest in rests:
        pairs = _filled_pairs(*(list(map(amount_of, cells[place])) for place in (country.place, rest.place)))
        sums = [part + other for part, other in pairs]
        if sums and any(all(abs(s - whole) <= whole * ROUNDING for s in sums) for whole in (1, WHOLE)):
            return True
    return False


SMALL_PART = 50  # percent: three countries or more seldom have so little of each audience


def _says_audience(column: Reading) -> bool:
    return not OF_AN_AUDIENCE.isdisjoint(words.fold(column.heading).split())


def amount_of(cell: str) -> float:
    return subtotals.amount(cell) or 0.0


def _filled_pairs(parts: Sequence[float], wholes: Sequence[float]) -> list[tuple[float, float]]:
    return [(part, whole) for part, whole in zip(parts, wholes, strict=True) if part and whole]


def _shares_behind(readings: list[Reading], filled: Sequence[Sequence[str]], by_user: Set[int]) -> list[Reading]:
    """Columns of percentages with a heading that says nothing ("TC1 %"), one behind each of several countries."""
    of_countries = [c.place for c in readings if c.is_read and c.meaning == "audience_country"]
    behind = [c for c in readings if c.place - 1 in of_countries and c.why == "unknown" and c.place not in by_user]
    are_shares = all(readable("audience_share", filled[c.place]) == 1.0 for c in behind)
    are_percent = all(c.is_percent or all("%" in cell for cell in filled[c.place]) for c in behind)
    if len(behind) < 2 or len(behind) < len(of_countries) or not (are_shares and are_percent):
        return readings
    shares = {c.place: replace(c, meaning="audience_share", status=Status.READ, why="") for c in behind}
    return [shares.get(column.place, column) for column in readings]


def _is_of_ours(column: Reading, cells: Sequence[str]) -> bool:
    """Whether a heading that is a country's code too is read as something else: "CA" is what the French turn over."""
    could_be_shares = all((subtotals.amount(cell) or 0) <= WHOLE for cell in cells) and not column.currency
    return column.is_read and column.meaning in MONEY and not (could_be_shares and not any(map(has_sign, cells)))


WHOLE = 100  # percent
ROUNDING = 0.005  # of the whole, in two shares
MOST_OF_A_CODE = 3  # letters: UK, USA
LEAST_OF_A_SHARE = 0.5  # of the cells below a country's name
OF_AN_AUDIENCE = {
    *("%", "audience", "share", "of", "follower", "followers", "in", "publikum", "anteil", "zielgruppe", "audiencia"),
    *("part", "publico", "pubblico", "doelgroep", "volgers", "seguidores", "abonnes", "viewers", "zuschauer"),
}
NO_COUNTRIES = {"id", "no", "in", "is"}  # codes of countries that are words of headings


def _bare(column: Reading) -> str:
    """A heading without what audiences are called: "Audience France" is "france"."""
    return " ".join(word for word in words.fold(column.heading).split() if word not in OF_AN_AUDIENCE)


def _named_as_country(column: Reading) -> Reading | None:
    """A column whose heading is a country ("Germany", "DE %", "Audience France")."""
    kept = _bare(column)
    code = countries.country(kept).code if kept else None
    is_word = bool({*kept.split()} & {*NO_COUNTRIES, *words.reasons_left_out()})
    if code in (None, countries.TOTAL, countries.UNKNOWN) or is_word:
        return None
    return replace(column, meaning="country_share", country=str(code), status=Status.READ, why="", choices=())


def _paired(readings: list[Reading]) -> list[Reading]:
    """Each country with the share that has its number, or that stands behind it; what has no partner is left out."""
    of_countries = [column for column in readings if column.is_read and column.meaning == "audience_country"]
    free = [column for column in readings if column.is_read and column.meaning == "audience_share"]
    changed: dict[int, Reading] = {}
    for group, country in enumerate(of_countries, 1):
        same_number = [share for share in free if country.group and share.group == country.group]
        behind = [share for share in free if share.place == country.place + 1]
        only = free if len(of_countries) == 1 and len(free) == 1 else []
        if share := next(iter(same_number or behind or only), None):
            free.remove(share)
            changed[country.place] = replace(country, group=group)
            changed[share.place] = replace(share, group=group)
        else:
            changed[country.place] = left_out(country, "no share")
    for share in free:
        changed[share.place] = left_out(share, "no country")
    return [changed.get(column.place, column) for column in readings]


def has_sign(cell: str) -> bool:
    return bool(numbers.without_sign(cell, "")[1] or numbers.shared_sign(cell))
