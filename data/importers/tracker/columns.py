"""Say what each column of a sheet means: by its heading, held to its cells; what reads two ways becomes a question.

A wrong guess is worse than a question: a rate is never a share, an average never a result, what was gained never the
followers. Columns that are no result are left out with the reason.
"""

import re
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace

from data.importers.amounts import GIFTED
from data.importers.reading.header_row import PERCENT_WORDS, fold_name
from data.importers.report import ColumnStatus as Status
from data.importers.report import quoted
from data.importers.tracker import accounts, words
from data.importers.values import countries, dates, numbers

EXAMPLES = 3
LONGEST_HEADING = 80
# At least so many of a column's cells have to read as what its heading says.
LEAST_READABLE = 0.5
NUMBER = re.compile(r"[-+]?\D{0,4}\d[\d.,'’\s]*\s?(k|m|b|tsd|mio|mln|mil|mn|mrd)?\.?\D{0,4}", re.IGNORECASE)
WITH_DECIMALS = re.compile(r"\d[.,]\d{1,2}(?!\d)")
PERCENT = re.compile(r"\s*<?\d{1,3}([.,]\d+)?\s*%\s*")
FRACTION = re.compile(r"\s*(0?[.,]\d+|0|1([.,]0+)?)\s*")
# "France 44%, Belgium 21%", "DE (44 %)", "US: 44": a country and its share, one or several in a cell.
MIX = re.compile(r"([^\d%,;|/()\[\]:=\-–]+?)\s*[(\[:=\-–]?\s*(\d{1,3}(?:[.,]\d+)?)\s*(%)?\s*[)\]]?\s*(?:[,;|/+&\n]|$)")
NOT_MEASURED = words.cells("not_measured")
TOTAL_WORDS = words.cells("total")

COUNTS = ("impressions", "reach", "engagements", "likes", "comments", "saves", "shares", "clicks", "conversions")
RESULTS = (*COUNTS, "revenue")
MONEY = ("cost", "asking_price", "revenue")
# What lists of creators have, and lists of customers or staff have not.
OF_CREATORS = (
    "followers",
    "platform",
    "post_link",
    "count_deliverables",
    "impressions",
    "reach",
    "engagements",
    "likes",
)
WHO = ("person", "handle", "creator_name", "link")
# A sheet may have several columns of these: the first is taken, or the one that is filled.
DESCRIBES = ("vertical", "language", "codes", "post_link", "creator_name", "deliverable", "campaign_id", "objective")
LEFT_OUT = "ignore"
# What a column can be said to be (--map 'Sales=revenue'), beside the names of the plain tables.
MEANINGS = (
    *("creator_id", "creator_name", "handle", "link", "post_link", "platform", "vertical", "home_country", "language"),
    *(
        "followers",
        "codes",
        "campaign_id",
        "date",
        "end_date",
        "deliverable",
        "count_deliverables",
        "market",
        "objective",
    ),
    *(*COUNTS, *MONEY, "currency", "audience_country", "audience_share", LEFT_OUT),
)


@dataclass(frozen=True)
class Reading:
    """What one column is taken for.

    meaning: one of MEANINGS, "country_share" (the heading is the country), "audience_mix" (countries and shares in one
    cell) or "". group: which of several pairs of country and share. country: of a country_share. platform: where the
    heading names one. currency: code or sign in the heading, or a sign of its cells that several share. choices: what
    an asked column could be. why: the reason why it is asked or left out. examples: some of its cells.
    """

    heading: str
    place: int
    meaning: str = ""
    status: Status = Status.LEFT_OUT
    group: int = 0
    country: str = ""
    platform: str = ""
    currency: str = ""
    is_percent: bool = False
    choices: tuple[str, ...] = ()
    why: str = ""
    examples: tuple[str, ...] = ()

    @property
    def is_read(self) -> bool:
        """Whether its cells are taken."""
        return self.status is Status.READ

    def as_json(self) -> dict[str, object]:
        """The column in the JSON of a load, and in a question."""
        return {
            "heading": self.heading,
            "status": str(self.status),
            "meaning": self.meaning,
            "choices": list(self.choices),
            "why": self.why,
            "examples": list(self.examples),
            "currency": self.currency,
            "currencies": sorted(numbers.SHARED_SIGNS.get(self.currency, ())),
        }


@dataclass(frozen=True)
class Understanding:
    """What a sheet is taken for: one Reading a column, in order."""

    columns: tuple[Reading, ...]

    def read(self, *meanings: str) -> list[Reading]:
        """The columns that are read as one of these."""
        return [column for column in self.columns if column.is_read and column.meaning in meanings]

    def place(self, meaning: str) -> int | None:
        """Where the one column of a meaning stands."""
        return next((column.place for column in self.read(meaning)), None)

    @property
    def questions(self) -> list[Reading]:
        """The columns that have to be asked about."""
        return [column for column in self.columns if column.status is Status.ASKED]

    @property
    def says_who(self) -> bool:
        """Whether its rows name creators."""
        return bool(self.read("creator_id", "handle", "link", "creator_name"))

    @property
    def has_results(self) -> bool:
        """Whether it says what campaigns brought."""
        return bool(self.read(*RESULTS))

    @property
    def has_audience(self) -> bool:
        """Whether it says where audiences are."""
        return bool(self.read("country_share", "audience_mix", "audience_share"))

    def is_sheet(self, *, of_one: bool = False) -> bool:
        """Whether this is a list of creators, what they did, or where their audience is, rather than another table.

        of_one: the user says whose rows these are; then they need to be posts or campaigns, not days of an account.
        """
        if of_one and not self.says_who:
            return self.has_results and bool(self.read("campaign_id", "post_link"))
        more = {c.meaning for c in self.columns if c.status is not Status.LEFT_OUT}
        more -= {"creator_id", "handle", "link", "creator_name", "home_country"}
        is_called_so = any(words.fields().get(words.fold(column.heading)) == "person" for column in self.columns)
        is_of_creators = is_called_so or bool(self.read("creator_id", "link", *OF_CREATORS)) or self.has_audience
        return self.says_who and bool(more) and is_of_creators


def understand(
    header: Sequence[str], rows: Sequence[Sequence[str]], mapping: Sequence[tuple[str, str]] = ()
) -> Understanding:
    """What the columns of a sheet mean. rows: its cells, as wide as the header. mapping: what the user says of some."""
    rows = [row for row in rows if words.fold(next((cell for cell in row if cell.strip()), "")) not in TOTAL_WORDS]
    cells = [[row[place].strip() for row in rows] for place in range(len(header))]
    filled = [[cell for cell in column if cell.casefold() not in NOT_MEASURED] for column in cells]
    said = {fold_name(heading): fold_name(meaning) for heading, meaning in mapping}
    readings = []
    for place, heading in enumerate(header):
        examples = tuple(quoted(cell) for cell in list(dict.fromkeys(filled[place]))[:EXAMPLES])
        reading = Reading(heading, place, examples=examples)
        readings.append(_by_heading(reading, filled[place], said.get(fold_name(heading)) if heading else None))
    by_user = {place for place, heading in enumerate(header) if heading and fold_name(heading) in said}
    readings = _audience_columns(readings, filled, by_user)
    readings = _people(readings, filled, by_user)
    readings = _sales(readings, filled)
    readings = _one_of_each(readings, cells, by_user)
    readings = _fee(readings, by_user)
    return Understanding(tuple(_with_shared_sign(column, filled[column.place]) for column in readings))


def _with_shared_sign(column: Reading, filled: Sequence[str]) -> Reading:
    """A column of amounts with the sign in its cells that several currencies share."""
    may_be_money = column.meaning in MONEY or "revenue" in column.choices
    if column.currency or not may_be_money:
        return column
    return replace(column, currency=next(filter(None, map(numbers.shared_sign, filled)), ""))


def count_known(names: Sequence[str]) -> int:
    """How many names of a row are headings of a sheet kept by hand: what tells its header from titles and rows."""
    return sum(bool(name) and len(name) <= LONGEST_HEADING and _is_known(heading_of(name), name) for name in names)


def _is_known(heading: "Heading", name: str) -> bool:
    known = words.fields()
    return words.fold(numbers.without_unit(name)[0]) in known or (bool(heading.key) and heading.key in known)


# ------------------------------------------------------------------------------------------------ by heading

FITS: Mapping[str, Callable[[str], bool]] = {
    **dict.fromkeys((*COUNTS, "views", "followers"), lambda cell: bool(NUMBER.fullmatch(cell)) and "%" not in cell),
    **dict.fromkeys(
        ("cost", "asking_price", "revenue"),
        lambda cell: (bool(NUMBER.fullmatch(cell)) and "%" not in cell) or cell.casefold() in GIFTED,
    ),
    "sales": lambda cell: bool(NUMBER.fullmatch(cell)) and "%" not in cell,
    "count_deliverables": lambda cell: bool(re.fullmatch(r"\d{1,4}", cell)),
    "date": lambda cell: _is_date(cell),
    "end_date": lambda cell: _is_date(cell),
    "currency": lambda cell: countries.currency(cell) is not None or cell in numbers.SHARED_SIGNS,
    "home_country": lambda cell: countries.country(cell).code not in (None, countries.TOTAL),
    "market": lambda cell: countries.market(cell) is not None,
    "platform": lambda cell: words.platform(cell) is not None,
    "audience_share": lambda cell: bool(PERCENT.fullmatch(cell) or re.fullmatch(r"\d{1,3}([.,]\d+)?", cell)),
    "link": accounts.is_link,
    "post_link": accounts.is_link,
}


def _is_date(cell: str) -> bool:
    is_short = bool(dates.YEAR_OF_TWO_DIGITS.match(dates.without_time(cell)))
    is_range = dates.period(cell) is not None or month_of(cell) is not None
    return is_short or is_range or any(dates.read(cell, order) for order in (True, False))


def month_of(cell: str) -> str | None:
    """A month as YYYY-MM ("April 2025", "2025-04", "04/2025"), or None."""
    if match := re.fullmatch(r"(\d{4})[-/.](\d{1,2})", cell):
        return f"{match[1]}-{int(match[2]):02}" if 1 <= int(match[2]) <= 12 else None
    if match := re.fullmatch(r"(\d{1,2})[-/.](\d{4})", cell):
        return f"{match[2]}-{int(match[1]):02}" if 1 <= int(match[1]) <= 12 else None
    if match := re.fullmatch(r"([^\W\d_]{3,})\.?[\s\-/,']+(\d{4}|\d{2})", cell):
        month = countries.known()["months"].get(match[1].casefold())
        return f"{match[2] if len(match[2]) == 4 else '20' + match[2]}-{month:02}" if month else None
    return None


@dataclass(frozen=True)
class Heading:
    """A heading taken apart: its words without currency, platform and number."""

    key: str
    currency: str = ""
    platform: str = ""
    number: int = 0
    is_percent: bool = False
    tokens: frozenset[str] = field(default_factory=frozenset)


def heading_of(text: str) -> Heading:
    """Take a heading apart."""
    bare, currency = numbers.without_unit(text)
    is_percent = "%" in text or any(word in text.casefold() for word in PERCENT_WORDS)
    tokens = words.fold(bare).split()
    number, platform, left = 0, "", []
    for token in tokens:
        if (match := words.ORDINAL.match(token)) and not number and int(match[1]) <= 20:
            number = int(match[1])
        elif (
            token in words.platforms()
            and token not in ("x", "blog", "website", "meta", "pin", "snap")
            and len(tokens) > 1
        ):
            platform = words.platforms()[token]
        elif token not in ("#", "%"):
            left.append(token)
    return Heading(" ".join(left), currency, platform, number, is_percent, frozenset(tokens))


def _by_heading(column: Reading, filled: Sequence[str], said: str | None) -> Reading:
    """What a heading means, held to the cells; what the user says of it holds as it is."""
    if not column.heading:
        return replace(column, why="no heading") if filled else column
    heading = heading_of(column.heading)
    column = replace(
        column,
        platform=heading.platform,
        currency=heading.currency,
        group=heading.number,
        is_percent=heading.is_percent,
    )
    if said is not None:
        is_left = said == LEFT_OUT
        return replace(column, meaning="" if is_left else said, status=Status.LEFT_OUT if is_left else Status.READ)
    if not filled:
        return replace(column, why="empty")
    whole = words.fold(numbers.without_unit(column.heading)[0])
    meaning = words.fields().get(whole) or (
        words.fields().get(heading.key) if heading.number or heading.platform else None
    )
    if meaning is None and whole in words.platforms() and whole not in ("blog", "website"):
        meaning, column = "person", replace(column, platform=words.platforms()[whole])
    if meaning is None and (why := _no_result(heading)):
        return replace(column, why=why)
    if meaning is None:
        kept = " ".join(token for token in heading.key.split() if token not in words.neutral())
        meaning = words.fields().get(kept) if kept else None
    if meaning is None:
        return _contained(column, heading, filled)
    return _held_to_cells(column, meaning, filled)


def _no_result(heading: Heading) -> str:
    """Why a column is no result, by a word in its heading; "" where none says so."""
    reasons = words.reasons_left_out()
    for name, reason in reasons.items():
        if name in heading.tokens or (" " in name and name in heading.key):
            return reason
    return ""


def _contained(column: Reading, heading: Heading, filled: Sequence[str]) -> Reading:
    """A heading that holds the words of a field and others: asked about, where its cells could be that."""
    padded = f" {heading.key} "
    held = [name for name in words.fields() if len(name) > 3 and f" {name} " in padded]
    for name in sorted(held, key=len, reverse=True):
        meaning = words.fields()[name]
        if meaning in (*RESULTS, "views", "sales", "followers", "cost") and readable(meaning, filled) >= LEAST_READABLE:
            choice = {"views": "impressions", "sales": "conversions"}.get(meaning, meaning)
            return replace(column, status=Status.ASKED, choices=(choice, LEFT_OUT), why="unsure")
        if meaning in ("date", "handle", "link", "post_link", "platform", "campaign_id", "creator_name"):
            fits = readable(meaning, filled) >= LEAST_READABLE if meaning in FITS else meaning != "handle"
            return replace(column, meaning=meaning, status=Status.READ) if fits else column
    if sum(map(_is_mix, filled)) * 2 >= len(filled):
        return replace(column, meaning="audience_mix", status=Status.READ)
    return replace(column, why="unknown")


def readable(meaning: str, filled: Sequence[str]) -> float:
    """The part of some cells that read as what a column should hold."""
    fits = FITS.get(meaning)
    return sum(map(fits, filled)) / len(filled) if fits and filled else 1.0


def _held_to_cells(column: Reading, meaning: str, filled: Sequence[str]) -> Reading:
    """A column whose heading is known, if its cells can be that."""
    taken = replace(column, meaning="impressions" if meaning == "views" else meaning, status=Status.READ)
    if meaning == "engagements" and _looks_like_a_rate(filled, column.is_percent):
        return replace(column, why="rate")
    if meaning == "person":
        return taken
    if meaning == "creator_id" and words.fold(column.heading) == "id" and _is_row_number(filled):
        return replace(column, why="row number")
    if meaning == "home_country" and column.group:
        return replace(taken, meaning="audience_country")
    if meaning in ("audience_country", "home_country") and sum(map(_is_mix, filled)) * 2 >= len(filled):
        return replace(taken, meaning="audience_mix")
    if meaning == "audience_country":
        return taken
    if readable(meaning, filled) >= LEAST_READABLE and not (
        column.is_percent and meaning in FITS and meaning != "audience_share"
    ):
        return taken
    if meaning in RESULTS or meaning in ("followers", "cost", "date", "views", "sales"):
        if all("%" in cell for cell in filled):
            return replace(column, why="rate")
        return replace(column, status=Status.ASKED, choices=(taken.meaning, LEFT_OUT), why="cells")
    return replace(column, why="cells")


def _looks_like_a_rate(filled: Sequence[str], is_percent: bool) -> bool:
    """Whether "engagement" is a rate here: percent, or numbers with decimals."""
    return is_percent or any("%" in cell for cell in filled) or all(WITH_DECIMALS.search(cell) for cell in filled)


def _is_row_number(filled: Sequence[str]) -> bool:
    """Whether an ID is the number of a row, or not one of each creator."""
    return all(cell.isdigit() for cell in filled) or len(set(filled)) < len(filled)


def _is_mix(cell: str) -> bool:
    return bool(mix_of(cell))


def mix_of(cell: str) -> list[tuple[str, str]]:
    """Countries and shares of a cell that names both ("France 44%, BE 21%"), as written; none where it does not."""
    pairs = [(match[1].strip(), _with_sign(match[2], bool(match[3]))) for match in MIX.finditer(cell)]
    matched = sum(len(match[0]) for match in MIX.finditer(cell))
    codes = [countries.country(name).code for name, _ in pairs]
    are_countries = bool(set(codes) - {countries.UNKNOWN}) and not set(codes) & {None, countries.TOTAL}
    return pairs if are_countries and matched >= len(cell.strip()) - 1 else []


def _with_sign(share: str, has_sign: bool) -> str:
    """A share with its percent sign; without one, 0.44 is a fraction and 44 a percentage."""
    return share if not has_sign and float(share.replace(",", ".")) <= 1 else f"{share}%"


# ------------------------------------------------------------------------------------------- several together


def _audience_columns(readings: list[Reading], filled: Sequence[Sequence[str]], by_user: Set[int]) -> list[Reading]:
    """Countries beside their shares, and columns that are a country each."""
    named = {c.place: c for c in map(_named_as_country, readings) if c and c.place not in by_user}
    shares = {
        place: column
        for place, column in named.items()
        if filled[place] and readable("audience_share", filled[place]) == 1.0
    }
    if len(shares) > 1 or any(column.is_percent for column in shares.values()):
        readings = [shares.get(column.place, column) for column in readings]
    for index, column in enumerate(readings[:-1]):
        beside = readings[index + 1]
        if column.meaning == "home_country" and beside.meaning == "audience_share" and column.is_read:
            readings[index] = replace(column, meaning="audience_country", group=beside.group)
    return _paired(readings)


OF_AN_AUDIENCE = {"%", "audience", "share", "of", "followers", "in", "publikum", "anteil", "audiencia", "part"}
NO_COUNTRIES = {"id", "no", "in", "is"}  # codes of countries that are words of headings


def _named_as_country(column: Reading) -> Reading | None:
    """A column whose heading is a country ("Germany", "DE %", "Audience France")."""
    kept = [word for word in words.fold(column.heading).split() if word not in OF_AN_AUDIENCE]
    code = countries.country(" ".join(kept)).code if kept else None
    is_word = bool(set(kept) & {*NO_COUNTRIES, *words.reasons_left_out()})
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
            changed[country.place] = _left_out(country, "no share")
    for share in free:
        changed[share.place] = _left_out(share, "no country")
    return [changed.get(column.place, column) for column in readings]


def _left_out(column: Reading, why: str) -> Reading:
    return replace(column, meaning="", status=Status.LEFT_OUT, why=why, choices=())


def _people(readings: list[Reading], filled: Sequence[Sequence[str]], by_user: Set[int]) -> list[Reading]:
    """Which of the columns that say who are names, handles, links or platforms: by their cells."""
    result = list(readings)
    for index, column in enumerate(readings):
        if column.place not in by_user and column.is_read and column.meaning in WHO:
            others = [c for c in readings if c is not column and c.is_read]
            result[index] = _person(
                column, filled[column.place], alone=not {c.meaning for c in others} & {"handle", "link"}
            )
    return result


def _person(column: Reading, cells: Sequence[str], *, alone: bool) -> Reading:
    """What a column that says who holds. alone: no other column has handles or links."""
    are_handles = all(map(accounts.is_handle, cells))
    if readable("platform", cells) >= LEAST_READABLE and len(set(cells)) <= max(12, len(cells) // 3):
        return replace(column, meaning="platform")
    if readable("link", cells) >= LEAST_READABLE:
        are_posts = sum(map(accounts.is_post, cells)) * 2 >= len(cells)
        return replace(column, meaning="post_link" if are_posts else "link")
    if column.meaning == "link":
        return replace(column, meaning="handle") if are_handles else _left_out(column, "cells")
    if sum(cell.startswith("@") for cell in cells) * 2 >= len(cells):
        return replace(column, meaning="handle")
    if column.meaning == "person":
        return replace(column, meaning="handle" if are_handles and (alone or column.platform) else "creator_name")
    return column


def _sales(readings: list[Reading], filled: Sequence[Sequence[str]]) -> list[Reading]:
    """Whether "sales" are money or orders: a currency or decimals prove money, a column of either proves the other."""
    result = list(readings)
    for index, column in enumerate(readings):
        if column.meaning != "sales" or not column.is_read:
            continue
        cells = filled[column.place]
        has_revenue = any(c.is_read and c.meaning == "revenue" for c in readings)
        has_orders = any(c.is_read and c.meaning == "conversions" for c in readings)
        is_money = bool(column.currency) or any(numbers.without_sign(c, "")[1] or numbers.shared_sign(c) for c in cells)
        is_money = is_money or any(WITH_DECIMALS.search(cell) and not cell[-1:].isalpha() for cell in cells)
        if is_money or (has_orders and not has_revenue):
            result[index] = replace(column, meaning="revenue")
        elif has_revenue and not has_orders:
            result[index] = replace(column, meaning="conversions")
        else:
            choices = ("conversions", "revenue", LEFT_OUT)
            result[index] = replace(column, meaning="", status=Status.ASKED, choices=choices, why="sales")
    return result


def _one_of_each(readings: list[Reading], cells: Sequence[Sequence[str]], by_user: Set[int]) -> list[Reading]:
    """One column for each meaning: what is the same stays out; what the user says wins; else it is asked."""
    result = list(readings)
    by_meaning: dict[tuple[str, str], list[Reading]] = {}
    for column in readings:
        if column.is_read and column.meaning not in (
            "audience_country",
            "audience_share",
            "country_share",
            "audience_mix",
        ):
            per_platform = column.meaning in ("handle", "link", "followers", "asking_price")
            by_meaning.setdefault((column.meaning, column.platform if per_platform else ""), []).append(column)
    for (meaning, _), same in by_meaning.items():
        said = [column for column in same if column.place in by_user]
        first, *others = (said or same) + [c for c in same if said and c not in said]
        exact = [c for c in same if words.fields().get(words.fold(numbers.without_unit(c.heading)[0])) == meaning]
        if not said and len(exact) == 1:
            first, others = exact[0], [c for c in same if c is not exact[0]]
        for other in others:
            if said or len(exact) == 1 or meaning in DESCRIBES or cells[other.place] == cells[first.place]:
                result[other.place] = replace(other, meaning="", status=Status.LEFT_OUT, why="second")
            else:
                for column in (first, other):
                    result[column.place] = replace(
                        column, meaning="", status=Status.ASKED, choices=(meaning, LEFT_OUT), why="twice"
                    )
    return result


def _fee(readings: list[Reading], by_user: Set[int]) -> list[Reading]:
    """In a list of creators without results, what they cost is their price."""
    if any(column.is_read and column.meaning in RESULTS for column in readings):
        return readings
    has_price = any(column.is_read and column.meaning == "asking_price" for column in readings)
    result = list(readings)
    for index, column in enumerate(readings):
        if column.is_read and column.meaning == "cost" and column.place not in by_user:
            second = replace(column, meaning="", status=Status.LEFT_OUT, why="second")
            result[index] = second if has_price else replace(column, meaning="asking_price")
    return result
