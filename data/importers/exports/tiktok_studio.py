"""Read the followers by country of a TikTok account: FollowerTopTerritories of TikTok Studio.

Two columns: a code and a fraction of all followers; `Others` closes to 1 and is the unknown part. The headings are in
the user's language: where they are not known, quoted codes with fractions that close to 1 are the proof.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from data.importers import audience_sets
from data.importers.reader_spec import Incoming, Kind
from data.importers.reading import heading_words
from data.importers.reading.header_row import OF_AN_AUDIENCE, Column
from data.importers.reading.reader import Record, fit_to_header
from data.importers.reading.tables import ExportContent, Headed, RecordTable, find_header, picked
from data.importers.report import RefusedError
from data.importers.sql import one_row
from data.importers.values import countries

SOURCE = "TikTok Studio"
NAMES = heading_words.of("tiktok_studio")
TERRITORIES, DISTRIBUTION, GENDER = (frozenset(NAMES[name]) for name in ("territories", "distribution", "gender"))
# Two letters are a country among countries and a language among languages.
LANGUAGES = re.compile(
    r"lang|sprach|idiom|lingu|l(l)?engua|taal|język|jazyk|jezik|језик|език|\bdil|язык|мов|γλώσσ|γλωσσ|kiel|keel|nyelv|limb|"
    r"kalb|valod|言語|언어|语言|語言|ngôn|bahasa|wika|lugha|språk|sprog|لغ|زبان|שפ|भाषा|ভাষা|மொழி|ภาษา|ენა"
)
COLUMNS = (
    *OF_AN_AUDIENCE,
    Column("audience_share", "share", needed=True, filled=True),
)
CODE = re.compile(r"[A-Z]{2}")
FRACTION = re.compile(r"[01]([.,]\d{1,10})?")
NOT_MEASURED = "undefined"
# Fractions of three digits may miss 1 by their rounding.
CLOSES = (0.995, 1.005)
# Every country has a code: no export is longer.
MOST_ROWS = 300


def read(content: ExportContent) -> RecordTable | None:
    """The rows of FollowerTopTerritories, or None. Raises RefusedError for the table of genders beside it."""
    table = find_header(content, lambda names: bool(names & DISTRIBUTION) and len(names) == 2)
    if table and set(table.names) & GENDER:
        raise RefusedError(
            "followers by gender, no audience by country; load FollowerTopTerritories of the same TikTok export"
        )
    if table and not set(table.names) & TERRITORIES and not proven(table):
        return None
    if table is None:
        table = by_content(content)
    if table is None:
        return None
    country = next((place for place, name in enumerate(table.names) if name in TERRITORIES), 0)
    records = picked(table.below(), (country, 1 - country))
    missing = [r for r in records if not r.fault and r.fields[1].strip().casefold() in ("", NOT_MEASURED)]
    rows = [record for record in records if record not in missing]
    if not rows:
        raise RefusedError("no data: TikTok gave no share of any territory (undefined); export it again later")
    rows = with_others(rows)
    named = ", ".join(str(record.row) for record in missing[:5])
    without = f"without a share (undefined), left unknown: row {named}" if missing else ""
    return RecordTable(("country", "audience_share"), rows, table.header, notes=(content.note, without))


def by_content(content: ExportContent) -> Headed | None:
    """A table of two columns under headings that are not known, when what stands below proves it."""
    if content.is_json or not content.head.lstrip().startswith('"'):
        return None
    table = find_header(content, lambda names: len(names) == 2 and not names & {"country", "audience_share"})
    return table if table and table.record.row == 1 and proven(table) else None


def proven(table: Headed) -> bool:
    """Codes of countries with fractions that close to 1 with the row Others, the last one, whatever it is called."""
    heads = table.content.heads[table.delimiter]
    rows = [fit_to_header(record, len(table.header)) for record in heads if record.line > table.record.line]
    if any(LANGUAGES.search(name) for name in table.names):
        return False
    if not 1 < len(rows) <= MOST_ROWS or any(len(r.fields) != 2 or r.fault for r in rows):
        return False
    cells = [(record.fields[0].strip(), record.fields[1].strip()) for record in rows]
    codes = [bool(CODE.fullmatch(name) and countries.country(name).code) for name, _ in cells]
    if not all(codes[:-1]) or CODE.fullmatch(cells[-1][0]) or not all(FRACTION.fullmatch(share) for _, share in cells):
        return False
    return CLOSES[0] <= sum(float(share.replace(",", ".")) for _, share in cells) <= CLOSES[1]


def with_others(rows: Sequence[Record]) -> list[Record]:
    """The rows; the last one is called Others where it closes a list of codes to 1 under a name that is not known."""
    sound = [record for record in rows if not record.fault]
    named = [record.fields[0].strip() for record in sound]
    codes = [bool(CODE.fullmatch(name)) for name in named]
    if len(sound) < 2 or not all(codes[:-1]) or codes[-1] or countries.country(named[-1]) != countries.Meaning(None):
        return list(rows)
    shares = [record.fields[1].strip().replace(",", ".") for record in sound]
    if not all(map(FRACTION.fullmatch, shares)) or not CLOSES[0] <= sum(map(float, shares)) <= CLOSES[1]:
        return list(rows)
    last = sound[-1]
    return [replace(r, fields=["Others", r.fields[1]]) if r is last else r for r in rows]


def check(incoming: Incoming) -> None:
    """Fractions by proof; the part of Others is unknown, and together all rows are the whole."""
    incoming.fill(source=SOURCE, audience_type="followers", platform="tiktok", is_top_n=True)
    audience_sets.decide_scale(incoming)
    audience_sets.check_sets(incoming)
    others, whole = one_row(
        incoming.db.execute(
            "select count(*) filter (country = 'ZZ'), coalesce(sum(ppm), 0) from typed where not is_bad"
        )
    )
    if others and not CLOSES[0] <= whole / audience_sets.MILLION <= CLOSES[1]:
        incoming.say(f"all rows with Others add up to {whole / 1e4:.1f} %, not to 100 %: is the export complete?")


KIND = Kind("tiktok_territories", "audience", COLUMNS, check, read=read)
