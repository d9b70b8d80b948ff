"""Where do the followers of a Facebook page or an Instagram account live? `Audience.csv` of Meta Business Suite.

Several titled sections in any order (age, towns, countries), in the user's language. The countries stand either as a
row of names above a row of numbers, or one a line. They are the five to ten largest only, always in percent. The
section is found by what stands in it; its title decides only what the content leaves open.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from data.importers import audience_sets, countries
from data.importers.dates import looks_like_date
from data.importers.documents import Document, RecordTable, Where
from data.importers.headers import Column
from data.importers.kinds import Bringing, Kind, never
from data.importers.limits import MEBI
from data.importers.reader import Record, records, tidy_header
from data.importers.report import RefusedError, quoted

# Genuine exports have 1 to 4 kB, with daily sections beside the audience some more.
MOST_BYTES = 1 * MEBI
SOURCE = "Meta Business Suite"
COLUMNS = (
    Column("creator_id", "id", needed=True),
    Column("country", "country", needed=True, filled=True),
    Column("audience_share", "share", needed=True, filled=True),
    Column("platform", "text"),
    Column("followers", "count"),
)
COUNTRY_WORDS = re.compile(
    r"countr|länder|laender|pa[ií]ses|\bpays\b|\bpaesi\b|landen|kraj|ülke|стран|країн|държав|χώρ|negara|lande?\b|국가|国"
)
TOWN_WORDS = re.compile(
    r"\bcit(y|ies)\b|\btowns?\b|städte|stadt|\borte\b|ciudad|cidade|ville|città|citta|steden|miast|şehir|город|міст|"
    r"градове|πόλε|\bkota\b|도시|都市"
)
FOLLOWER_WORDS = re.compile(
    r"follower|seguidor|abonn|seguac|volger|fans|obserwuj|takipçi|подписчик|последовател|підписник|ακόλουθ|フォロワー|팔로워"
)
# Whom an advertisement could reach is no audience of the creator.
POTENTIAL_WORDS = re.compile(r"potenti?[ae]l|potenzi|possible|gesch[aä]tzt")
PLATFORMS = ("instagram", "facebook")
AGES = re.compile(r"^(13|18|25|35|45|55)\s?[-\u2013]\s?\d\d$|^65\s?\+$")
NUMBER = re.compile(r"^<?\s*%?\s*\d{1,3}([.,]\d+)?\s*%?$")
WHOLE = re.compile(r"^\d{1,3}([.,\u00a0\u202f ]?\d{3})*$")
FUSED_COUNT = re.compile(r"(facebook|instagram)\D*unique_users\D*(\d+)$", re.IGNORECASE)
COLUMN_CODES = re.compile(r"^[A-Z_, ]+$")  # "IG_ACCOUNT,FOLLOW,UNIQUE_USERS" between the title and the number
# A section counts as one of countries when at least this part of its names are: a new name must not hide the others.
MIN_COUNTRIES = 0.5


@dataclass(frozen=True)
class Block:
    """Names and numbers of one section. cells: (row, line, column place, text) of name and of number."""

    title: str
    pairs: tuple[tuple[tuple, tuple], ...]
    is_even: bool = True  # as many numbers as names

    @property
    def part_countries(self) -> float:
        """How many of the names are countries."""
        meant = [countries.country(name[3]) for name, _ in self.pairs]
        return sum(bool(m.code and m.code != countries.TOTAL) or bool(m.candidates) for m in meant) / len(meant)

    @property
    def platform(self) -> str:
        """The platform that the title names, or ""."""
        return platform_in(self.title)


def platform_in(title: str) -> str:
    """The platform that a title names last (in re-saved files an empty section's title stands before it), or ""."""
    return max((name for name in PLATFORMS if name in title), key=title.rfind, default="")


def read(document: Document) -> RecordTable | None:
    """The countries of an Audience.csv, or None. Raises RefusedError where the sections can't be read for certain."""
    if document.is_json or document.scan.size > MOST_BYTES:
        return None
    for delimiter in document.delimiters:
        found = [r for r in records(document.text, delimiter, document.shown_offset) if _cells(r) and r.row > 0]
        if not found or any(record.fault for record in found):
            continue
        blocks = list(blocks_of(found))
        chosen = [block for block in blocks if is_of_countries(block)]
        if not is_export(document, found, chosen):
            continue
        if not chosen:
            raise RefusedError(
                "an export of Meta without a section of countries (titles: "
                f"{', '.join(quoted(t) for t in titles_of(found)[:6])}); export the audience with its top countries"
            )
        return table_of(chosen, followers_of(found), document.note)
    return None


def _cells(record: Record) -> list[str]:
    return [text for cell in record.fields if (text := tidy_header(cell))]


def is_export(document: Document, found: Sequence[Record], chosen: Sequence[Block]) -> bool:
    """Whether this is Meta's: titled sections, and one of its marks (sep= line, age groups, titles that we know)."""
    titles = [title.casefold() for title in titles_of(found)]
    has_ages = sum(bool(AGES.match(tidy_header(record.fields[0]))) for record in found) > 1
    known = any(COUNTRY_WORDS.search(title) or TOWN_WORDS.search(title) for title in titles)
    if chosen:
        return all(block.title for block in chosen) and (bool(document.shown_offset) or has_ages or known)
    return bool(titles) and (has_ages or (bool(document.shown_offset) and known))


def titles_of(found: Sequence[Record]) -> list[str]:
    """The records of one text only: titles of sections."""
    single = [cells[0] for record in found if len(cells := _cells(record)) == 1]
    return [text for text in single if not NUMBER.match(text) and not WHOLE.match(text)]


def blocks_of(found: Sequence[Record]) -> Iterator[Block]:
    """Every pair of rows and every run of lines that could be names with numbers."""
    platform, place = "", 0
    while place < len(found):
        title = _cells(found[place])[0] if len(_cells(found[place])) == 1 else ""
        platform = platform_in(title.casefold()) or platform
        run = place
        while run < len(found) and is_line(found[run]):
            run += 1
        if run > place and not (run == place + 1 and is_numbers(found[place])):
            yield Block(above(found, place, platform), tuple(_line_pair(record) for record in found[place:run]))
            place = run
        elif place + 1 < len(found) and is_numbers(found[place + 1]) and not is_numbers(found[place]):
            yield across(found, place, platform)
            place += 2
        else:
            place += 1


def is_line(record: Record) -> bool:
    """A name and a number (or what a spreadsheet made of it)."""
    cells = _cells(record)
    return len(cells) == 2 and not looks_like_number(cells[0]) and looks_like_number(cells[1])


def is_numbers(record: Record) -> bool:
    """A row of numbers; a spreadsheet may have spoilt some of them."""
    cells = _cells(record)
    return bool(cells) and all(looks_like_number(cell) for cell in cells) and any(map(NUMBER.match, cells))


def looks_like_number(text: str) -> bool:
    """A percentage, or a date that was one."""
    return bool(NUMBER.match(text)) or looks_like_date(text)


def _line_pair(record: Record) -> tuple[tuple, tuple]:
    name, number = [(record.row, record.line, place, c) for place, c in enumerate(record.fields) if tidy_header(c)]
    return name, number


def across(found: Sequence[Record], place: int, platform: str) -> Block:
    """A row of names above a row of numbers. A title may stand in front of the names, or glued to the first."""
    names = [(found[place].row, found[place].line, at, cell) for at, cell in enumerate(found[place].fields) if cell]
    below = found[place + 1]
    numbers = [(below.row, below.line, at, cell) for at, cell in enumerate(below.fields) if tidy_header(cell)]
    names = [name for name in names if tidy_header(name[3])]
    title = above(found, place, platform)
    if len(names) == len(numbers) + 1 and countries.country(names[0][3]).code is None:
        title, names = f"{title} {names[0][3]}".casefold().strip(), names[1:]
    elif glued := without_title(names[0][3]):
        title = f"{title} {names[0][3].removesuffix(glued)}".casefold().strip()
        names = [(*names[0][:3], glued), *names[1:]]
    pairs = tuple(zip(names, numbers, strict=False))
    return Block(title, pairs, len(names) == len(numbers))


def without_title(text: str) -> str:
    """The country at the end of a text that begins with a title ("Top countriesBrazil"), or ""."""
    hit = COUNTRY_WORDS.search(text.casefold())
    if not hit or countries.country(text).code or len(text.casefold()) != len(text):
        return ""
    ends = (text[at:].strip(" :") for at in range(hit.end(), len(text)))
    return next((end for end in ends if countries.country(end).code not in (None, countries.UNKNOWN)), "")


def above(found: Sequence[Record], place: int, platform: str) -> str:
    """The title of what begins at a place: the texts right above it; a platform that an earlier title named."""
    texts = []
    for record in reversed(found[max(0, place - 2) : place]):
        cells = _cells(record)
        if any(looks_like_number(cell) or AGES.match(cell) or WHOLE.match(cell) for cell in cells):
            break
        texts = [*cells, *texts]
        if len(cells) == 1:
            break
    title = " ".join(texts).casefold()
    return title if not texts or any(name in title for name in PLATFORMS) else f"{title} {platform}".strip()


def is_of_countries(block: Block) -> bool:
    """Whether a section lists countries: by its names, and where towns have names of countries by its title."""
    title = block.title
    if POTENTIAL_WORDS.search(title) or (TOWN_WORDS.search(title) and not COUNTRY_WORDS.search(title)):
        return False
    return block.part_countries >= MIN_COUNTRIES


def followers_of(found: Sequence[Record]) -> dict[str, str]:
    """Numbers of followers that a section of their own states, by platform."""
    stated: dict[str, str] = {}
    title = ""
    for record in found:
        cells = _cells(record)
        if len(cells) == 1 and (fused := FUSED_COUNT.search(cells[0])):
            stated[fused[1].casefold()] = fused[2]
        elif len(cells) == 1 and WHOLE.match(cells[0]) and FOLLOWER_WORDS.search(title):
            platform = platform_in(title)
            digits = re.sub(r"\D", "", cells[0])
            stated[platform] = digits if stated.get(platform, digits) == digits else ""
            title = ""
        elif len(cells) == 1 and not COLUMN_CODES.match(cells[0]):
            title = cells[0].casefold()
    return stated


def table_of(chosen: Sequence[Block], followers: dict[str, str], note: str) -> RecordTable:
    """The rows of all country sections, with the places of their cells."""
    rows, where = [], {}
    for block in chosen:
        if not block.is_even:
            raise RefusedError(
                f"the section {quoted(block.title)} has another number of names than of shares, so they can't be "
                "matched; export the audience again"
            )
        for name, number in block.pairs:
            key = len(rows) + 1
            share = tidy_header(number[3])
            share = f"{share[1:].strip()}%" if share.startswith("%") else number[3]  # Turkish writes %21,4
            fields = [name[3], share, block.platform, followers.get(block.platform, "")]
            rows.append(Record(key, number[1], fields))
            for column, cell in (("country", name), ("audience_share", number)):
                shown = f"{column} in column {letters(cell[2])}" if name[0] == number[0] - 1 else column
                where[key, column] = Where(cell[0], cell[1], shown)
    notes = tuple(filter(None, (note, "only the largest countries are listed; the rest is unknown")))
    header = ("country", "audience_share", "platform", "followers")
    return RecordTable(header, rows, len(header), notes=notes, where=where)


def letters(place: int) -> str:
    """The name that a spreadsheet gives to the column at a place: A, B, ... Z, AA."""
    return (letters(place // 26 - 1) if place >= 26 else "") + chr(65 + place % 26)


def check(bringing: Bringing) -> None:
    """Shares are percentages, signed or not. Raises RefusedError where their sums say otherwise."""
    for name, value in (("source", SOURCE), ("audience_type", "followers"), ("is_top_n", True)):
        bringing.fill(name, value)
    audience_sets.refuse_dates(bringing)
    audience_sets.refuse_fractions(bringing)
    audience_sets.add_ppm(bringing, "1e4")
    audience_sets.set_repeats_aside(bringing)
    audience_sets.check_sums(bringing)


KIND = Kind("meta_audience", "audience", COLUMNS, never, check, read=read)
