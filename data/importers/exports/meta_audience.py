"""Read the followers by country of a Facebook page or Instagram account: `Audience.csv` of Meta Business Suite.

Several titled sections in any order (age, towns, countries), in the user's language. The countries stand either as a
row of names above a row of numbers, or one a line. They are the five to ten largest only, always in percent. The
section is found by what stands in it; its title decides only what the content leaves open.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from data.importers import audience_sets
from data.importers.limits import MEBI
from data.importers.reader_spec import Incoming, Kind
from data.importers.reading.header_row import OF_AN_AUDIENCE, Column
from data.importers.reading.reader import Record, records, tidy_header
from data.importers.reading.tables import ExportContent, RecordTable, Where
from data.importers.report import RefusedError, listed, quoted
from data.importers.values import countries
from data.importers.values.dates import looks_like_date

# Genuine exports have 1 to 4 kB, with daily sections beside the audience some more.
LARGEST_EXPORT = 1 * MEBI  # bytes
SOURCE = "Meta Business Suite"
COLUMNS = (
    *OF_AN_AUDIENCE,
    Column("audience_share", "share", needed=True, filled=True),
    Column("platform", "platform"),
    Column("followers", "count"),
)
COUNTRY_WORDS = re.compile(
    r"countr|länder|laender|pa[ií]ses|països|\bpays\b|\bpaesi\b|landen|kraj|ülke|стран|країн|държав|χώρ|negara|\b(top+)?lande?\b|"
    r"국가|国|國家|\bzem[ěei]|ország|țări|țară|\bmaat\b|quốc gia|ประเทศ|بلدان|الدول|מדינות|देश|земљ|držav|zemlj|bansa|"
    r"\bšal(ys|ių)|valst(is|u)\b|\briigid|کشور|\bnchi\b|ölkə|দেশ|நாடு|ქვეყ"
)
TOWN_WORDS = re.compile(
    r"\bcit(y|ies)\b|\btowns?\b|städte|stadt|städer|\borte\b|\borter\b|ciudad|cidade|ciutat|ville|città|citta|steden|"
    r"miast|şehir|город|міст|град|πόλε|\bkota\b|도시|都市|市区町村|城市|\bměst|\bmest|város|oraș|kaupun|byer\b|"
    r"thành phố|เมือง|المدن|ערים|शहर|\bgrad|bandar|lungsod|"
    r"\bmiesta[is]|pilsēt|\blinna?d|شهر|\bmiji\b|şəhər|শহর|நகர|ქალაქ"
)
FOLLOWER_WORDS = re.compile(
    r"follower|seguidor|abonn|seguac|volger|fans|obserwuj|takipçi|подписчик|последовател|підписник|ακόλουθ|フォロワー|팔로워|"
    r"följare|følger|seuraaj|sleduj|követő|urmăritor|người theo dõi|ผู้ติดตาม|متابع|עוקב|粉丝|粉絲|追蹤者|pengikut|"
    r"sekėj|sekotāj|jälgij|دنبال|wafuasi|izləyici|ফলোয়ার|பின்தொடர்|გამომწერ|फ़ॉलोअर|pratitelj|прати|sledilc|seguidors"
)
# Whom an advertisement could reach is no audience of the creator; who was reached or engaged, or looked on, does not
# follow.
POTENTIAL_WORDS = re.compile(
    r"poten[tzcsț]|possible|estim|stimat|gesch[aä]tzt|szacow|odhadov|becsült|arvioit|anslået|потенц|оценочн|tahmini|"
    r"推定|예상|potansiyel|lehetséges|mahdollis|möjlig|δυνητικ|潜在|潛在|잠재|محتمل|פוטנציאל|tiềm năng"
)
OTHER_PEOPLE_WORDS = re.compile(
    r"\b(reached|engaged|viewers?|visitors?|non.followers?)\b|erreicht|interagier|zuschauer|alcanzad|alcançad|"
    r"espectador|atteint|spectateur|raggiunt|spettator|bereikt|kijkers|dotarci|widz|охвачен|зрител|リーチした|視聴者|도달한|시청자"
)
PLATFORMS = ("instagram", "facebook")
AGES = re.compile(r"^(13|18|25|35|45|55)\s?[-\u2013]\s?\d\d$|^65\s?\+$")
DOUBTFUL = re.compile(r"^[1-9]\d{0,2}[.,]\d{3}$")  # a share has one or two decimals; a thousand looks like this
NUMBER = re.compile(r"^<?\s*%?\s*\d{1,3}([.,]\d+)?\s*%?$")
WHOLE = re.compile(r"^\d{1,3}([.,\u00a0\u202f ]?\d{3})*$")
FUSED_COUNT = re.compile(r"(facebook|instagram)\D*unique_users\D*(\d+)$", re.IGNORECASE)
MOST_OF_A_TITLE = 300  # characters
MOST_OF_A_HEADING = 60  # a note on how numbers are estimated is longer
COLUMN_CODES = re.compile(r"^[A-Z_, ]+$")  # "IG_ACCOUNT,FOLLOW,UNIQUE_USERS" between the title and the number
# A section counts as one of countries when at least this part of its names are: a new name must not hide the others.
MIN_COUNTRIES = 0.5


class Cell(NamedTuple):
    """A cell and where it stands; place: of its column."""

    row: int
    line: int
    place: int
    text: str


@dataclass(frozen=True)
class Block:
    """Names and numbers of one section. pairs: the cell of each name and that of its number."""

    title: str
    pairs: tuple[tuple[Cell, Cell], ...]
    group: str = ""  # a heading over several sections
    is_even: bool = True  # as many numbers as names

    @property
    def part_countries(self) -> float:
        """How many of the names are countries."""
        meant = [countries.country(name.text) for name, _ in self.pairs]
        return sum(bool(m.code and m.code != countries.TOTAL) or bool(m.candidates) for m in meant) / len(meant)

    @property
    def platform(self) -> str:
        """The platform that the title names, or ""."""
        return platform_in(self.title)


def platform_in(title: str) -> str:
    """The platform that a title names last (in re-saved files an empty section's title stands before it), or ""."""
    return max((name for name in PLATFORMS if name in title), key=title.rfind, default="")


def read(content: ExportContent) -> RecordTable | None:
    """The countries of an Audience.csv, or None. Raises RefusedError where the sections can't be read for certain."""
    if content.is_json or content.scan.size > LARGEST_EXPORT or content.head.lstrip().startswith("#"):
        return None  # a preamble of # is Google's
    for delimiter in content.delimiters:
        filled = [r for r in records(content.text, delimiter, content.shown_offset) if _cells(r) and r.row > 0]
        if not filled or any(record.fault for record in filled) or not has_marks(content, filled):
            continue
        of_countries = [block for block in blocks_of(filled) if is_of_countries(block)]
        if not is_export(content, filled, of_countries):
            continue
        chosen = one_for_each(those_titled(of_countries, filled))
        if not chosen:
            raise RefusedError(
                "an export of Meta without a section of countries of followers (titles: "
                f"{', '.join(quoted(t) for t in titles_of(filled)[:6])}); export the audience with its top countries"
            )
        others = [f"{block.group} {block.title}".strip() for block in of_countries if not is_of_followers(block)]
        left_out = f"left out, for they are no followers: {listed(others)}" if others else ""
        untitled = "" if all(block.title for block in chosen) else "no section has a title; the countries are followers"
        return table_of(chosen, followers_of(filled), (content.note, left_out, untitled))
    return None


def _cells(record: Record) -> list[str]:
    return [text for cell in record.fields if (text := tidy_header(cell))]


def has_marks(content: ExportContent, rows: Sequence[Record]) -> bool:
    """Whether anything in a file looks like Meta's: the sep= line, age groups, titles that we know."""
    return bool(content.shown_offset) or has_ages(rows) or is_known(rows)


def has_ages(rows: Sequence[Record]) -> bool:
    """Whether several records begin with an age group."""
    return sum(bool(AGES.match(tidy_header(record.fields[0]))) for record in rows) > 1


def is_known(rows: Sequence[Record]) -> bool:
    """Whether a title speaks of countries or towns."""
    titles = [title.casefold() for title in titles_of(rows)]
    return any(COUNTRY_WORDS.search(title) or TOWN_WORDS.search(title) for title in titles)


def is_export(content: ExportContent, rows: Sequence[Record], chosen: Sequence[Block]) -> bool:
    """Whether this is Meta's: titled sections, and one of its marks."""
    if chosen:
        return all(block.title for block in chosen) or (has_ages(rows) and is_plain_to_see(chosen))
    return bool(titles_of(rows)) and (has_ages(rows) or (bool(content.shown_offset) and is_known(rows)))


def is_plain_to_see(chosen: Sequence[Block]) -> bool:
    """Whether the one section of countries needs no title: every name in it is a country."""
    return len(chosen) == 1 and chosen[0].part_countries == 1 and len(chosen[0].pairs) > 1


def titles_of(rows: Sequence[Record]) -> list[str]:
    """The records of one text only: titles of sections."""
    single = [cells[0] for record in rows if len(cells := _cells(record)) == 1]
    return [text for text in single if not NUMBER.match(text) and not WHOLE.match(text)]


def blocks_of(rows: Sequence[Record]) -> Iterator[Block]:
    """Every pair of rows and every run of lines that could be names with numbers."""
    platform, group, whom, place = "", "", "", 0
    while place < len(rows):
        title = title_at(rows, place)
        platform = platform_in(title) or platform
        if len(title) <= MOST_OF_A_HEADING and POTENTIAL_WORDS.search(title):
            whom = title  # until a title speaks of followers, every section is of them
        elif FOLLOWER_WORDS.search(title):
            group = whom = ""
        group = title if title and title_at(rows, place + 1) else group
        within = group if whom in group else f"{whom} {group}".strip()
        run = place
        while run < len(rows) and is_line(rows[run]):
            run += 1
        if run > place and not (run == place + 1 and is_numbers(rows[place])):
            yield Block(above(rows, place, platform), tuple(_line_pair(r) for r in rows[place:run]), within)
            place = run
        elif place + 1 < len(rows) and is_numbers(rows[place + 1]) and not is_numbers(rows[place]):
            yield replace(across(rows, place, platform), group=within)
            place += 2
        else:
            place += 1


def title_at(rows: Sequence[Record], place: int) -> str:
    """The only text of a record, without case; "" for several cells, a number, or the only name above a number."""
    cells = _cells(rows[place]) if place < len(rows) else []
    if len(cells) != 1 or looks_like_number(cells[0]) or WHOLE.match(cells[0]):
        return ""
    is_count = bool(FOLLOWER_WORDS.search(cells[0].casefold()))  # the number of followers stands below such a title
    is_name = not is_count and place + 1 < len(rows) and is_numbers(rows[place + 1])
    return "" if is_name else cells[0].casefold()


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


def _line_pair(record: Record) -> tuple[Cell, Cell]:
    name, number = [Cell(record.row, record.line, place, c) for place, c in enumerate(record.fields) if tidy_header(c)]
    return name, number


def across(rows: Sequence[Record], place: int, platform: str) -> Block:
    """A row of names above a row of numbers. A title may stand in front of the names, or glued to the first."""
    names, numbers = (
        [Cell(record.row, record.line, at, text) for at, text in enumerate(record.fields) if tidy_header(text)]
        for record in rows[place : place + 2]
    )
    title = above(rows, place, platform)
    if glued := without_title(names[0].text):
        title = f"{title} {names[0].text.removesuffix(glued)}".casefold().strip()
        names = [names[0]._replace(text=glued), *names[1:]]
    elif len(names) == len(numbers) + 1 and is_title(names[0].text):
        title, names = f"{title} {names[0].text}".casefold().strip(), names[1:]
    pairs = tuple(zip(names, numbers, strict=False))
    return Block(title, pairs, is_even=len(names) == len(numbers))


def is_title(text: str) -> bool:
    """Whether a text in front of names is a title: no country, and it speaks of countries."""
    return countries.country(text).code is None and bool(COUNTRY_WORDS.search(text.casefold()))


def without_title(text: str) -> str:
    """The country at the end of a text that begins with a title ("Top countriesBrazil"), or ""."""
    hit = COUNTRY_WORDS.search(text.casefold())
    if not hit or countries.country(text).code or len(text.casefold()) != len(text):
        return ""
    ends = (text[at:].strip(" :") for at in range(hit.end(), len(text)))
    return next((end for end in ends if countries.country(end).code not in (None, countries.UNKNOWN)), "")


def above(rows: Sequence[Record], place: int, platform: str) -> str:
    """The title of what begins at a place: the texts right above it; a platform that an earlier title named."""
    texts: list[str] = []
    for record in reversed(rows[max(0, place - 2) : place]):
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
    if TOWN_WORDS.search(block.title) and not COUNTRY_WORDS.search(block.title):
        return False
    return block.part_countries >= MIN_COUNTRIES


def is_of_followers(block: Block) -> bool:
    """Whether a section speaks of followers, not of people whom an advertisement or a post could reach or did."""
    titles = f"{block.group} {block.title}"
    return not POTENTIAL_WORDS.search(titles) and not OTHER_PEOPLE_WORDS.search(titles)


def those_titled(blocks: Sequence[Block], rows: Sequence[Record]) -> list[Block]:
    """The sections of followers; where any title speaks of countries, only those under such a title."""
    is_titled = any(COUNTRY_WORDS.search(title.casefold()) for title in titles_of(rows))
    blocks = [block for block in blocks if is_of_followers(block)]
    return [block for block in blocks if COUNTRY_WORDS.search(block.title)] if is_titled else blocks


def one_for_each(blocks: Sequence[Block]) -> list[Block]:
    """One section of countries for each platform: the one whose title says so. Raises RefusedError for several."""
    chosen = []
    for platform in dict.fromkeys(block.platform for block in blocks):
        same = [block for block in blocks if block.platform == platform]
        titled = [block for block in same if COUNTRY_WORDS.search(block.title)]
        if len(same) > 1 and len(titled) != 1:
            raise RefusedError(
                f"this export holds {len(same)} sections of countries ({listed([b.title for b in same])}), and "
                "which of them are the followers can't be told; export the audience of one account only"
            )
        chosen += titled if len(same) > 1 else same
    return chosen


def followers_of(rows: Sequence[Record]) -> dict[str, str]:
    """Numbers of followers that a section of their own states, by platform."""
    stated: dict[str, str] = {}
    title = ""
    for record in rows:
        cells = _cells(record)
        if len(cells) == 1 and (fused := FUSED_COUNT.search(cells[0][-MOST_OF_A_TITLE:])):
            stated[fused[1].casefold()] = fused[2]
        elif len(cells) == 1 and WHOLE.match(cells[0]) and FOLLOWER_WORDS.search(title):
            platform = platform_in(title)
            digits = re.sub(r"\D", "", cells[0])
            stated[platform] = digits if stated.get(platform, digits) == digits else ""
            title = ""
        elif len(cells) == 1 and not COLUMN_CODES.match(cells[0]):
            title = cells[0].casefold()
    return stated


def table_of(chosen: Sequence[Block], followers: dict[str, str], notes: Sequence[str]) -> RecordTable:
    """The rows of all country sections, with the places of their cells."""
    rows: list[Record] = []
    where: dict[tuple[int, str], Where] = {}
    for block in chosen:
        if not block.is_even:
            raise RefusedError(
                f"the section {quoted(block.title)} has another number of names than of shares, so they can't be "
                "matched; export the audience again"
            )
        for name, number in block.pairs:
            key = len(rows) + 1
            share = tidy_header(number.text)
            if DOUBTFUL.match(share):
                raise RefusedError(
                    f"the section {quoted(block.title)} has {quoted(share)} where a percentage should stand: a share "
                    "or a thousand? Export the audience again; its shares have one decimal"
                )
            share = f"{share[1:].strip()}%" if share.startswith("%") else number.text  # Turkish writes %21,4
            fields = [name.text, share, block.platform, followers.get(block.platform, "")]
            rows.append(Record(key, number.line, fields))
            for column, cell in (("country", name), ("audience_share", number)):
                shown = f"{column} in column {letters(cell.place)}" if name.row == number.row - 1 else column
                where[key, column] = Where(cell.row, cell.line, shown)
    notes = (*notes, "only the largest countries are listed; the rest is unknown")
    header = ("country", "audience_share", "platform", "followers")
    return RecordTable(header, rows, notes=notes, where=where)


def letters(place: int) -> str:
    """The name that a spreadsheet gives to the column at a place: A, B, ... Z, AA."""
    return (letters(place // 26 - 1) if place >= 26 else "") + chr(65 + place % 26)


def check(incoming: Incoming) -> None:
    """Shares are percentages, signed or not. Raises RefusedError where their sums say otherwise."""
    incoming.fill(source=SOURCE, audience_type="followers", is_top_n=True)
    audience_sets.refuse_dates(incoming)
    audience_sets.refuse_fractions(incoming)
    audience_sets.add_ppm(incoming, "1e4")
    audience_sets.check_sets(incoming)


KIND = Kind("meta_audience", "audience", COLUMNS, check, read=read)
