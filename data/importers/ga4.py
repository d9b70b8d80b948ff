"""Where do the visitors of a creator's own site come from? A table by country of Google Analytics 4.

Exports begin with lines of `#`, may hold several tables, and most of them are none for us: they are refused in words.
"""

import re

from data.importers import audience_sets, countries
from data.importers.ad_report import folded
from data.importers.documents import Document, Headed, RecordTable, find_header
from data.importers.headers import Column
from data.importers.kinds import Bringing, Kind, never
from data.importers.reader import Record
from data.importers.report import RefusedError, listed

COUNTRY = folded("Country; Land; País; Pays; Paese; Country ID")
USERS = folded(
    "Active users; Total users; Users; Aktive Nutzer; Nutzer insgesamt; Gesamtzahl der Nutzer; Nutzer; "
    "Usuarios activos; Total de usuarios; Usuarios; Usuários ativos; Total de usuários; Utilizadores ativos; "
    "Utilisateurs actifs; Nombre total d'utilisateurs; Total des utilisateurs; Utenti attivi; Utenti totali"
)
PREAMBLE = re.compile(r"^#.*\n(#.*\n|\s*\n)*#.*\b20\d{6}\b", re.MULTILINE)
LAST_DAY = re.compile(r"^#.*\b(20\d\d)([01]\d)([0-3]\d)\s*,*\s*$", re.MULTILINE)
COLUMNS = (
    Column("creator_id", "id", needed=True),
    Column("country", "country", needed=True, filled=True),
    Column("accounts", "count", needed=True, filled=True),
    Column("as_of", "date"),
)


def read(document: Document) -> RecordTable | None:
    """The users by country of a GA4 export, or None. Raises RefusedError for its other tables."""
    text = document.head.replace("\r\n", "\n").replace("\r", "\n")
    if document.is_json or not PREAMBLE.search(text[:4000]):
        return None
    table = find_header(document, lambda names: bool(names & set(COUNTRY)) and bool(names & set(USERS)))
    places = table.places({"country": COUNTRY, "users": USERS}) if table else {}
    if table is None or places["country"] != 0 or places["users"] != 1:
        raise RefusedError(
            "a Google Analytics export without users by country: it holds neither an audience nor campaigns of a "
            f"creator (columns: {listed(first_header(document))}); export the demographics report by country"
        )
    days = ["-".join(found) for found in LAST_DAY.findall(text[:4000])]
    as_of = max(days) if days else ""
    rows, has_total = rows_of(table, as_of)
    if not rows:
        raise RefusedError("no data: the table by country is empty; choose other days and export it again")
    notes = [document.note, "a total row is not counted" if has_total else ""]
    width = len(table.header)
    return RecordTable(("country", "accounts", "as_of"), rows, width, table.ignored(places), tuple(filter(None, notes)))


def first_header(document: Document) -> list[str]:
    """The names above the first table."""
    found = next((r for r in document.heads[document.delimiters[0]] if not r.fields[0].startswith("#")), None)
    return [name for name in found.fields if name.strip()] if found else []


def rows_of(table: Headed, as_of: str) -> tuple[list[Record], bool]:
    """The rows of the first table: to the next blank line or line of #, without its total."""
    rows, has_total, line = [], False, table.record.line
    for record in table.document.records(table.delimiter):
        if record.line <= line:
            continue
        if not any(cell.strip() for cell in record.fields) or record.fields[0].startswith("#"):
            break
        first = record.fields[0].strip()
        is_total = any(countries.country(cell).code == countries.TOTAL for cell in record.fields if cell.strip())
        if is_total and (not first or countries.country(first).code == countries.TOTAL):
            has_total = True
        elif record.fault or len(record.fields) != len(table.header):
            fault = record.fault or f"{len(record.fields)} fields"
            rows.append(Record(record.row, record.line, record.fields, fault))
        else:
            rows.append(Record(record.row, record.line, [first, record.fields[1], as_of]))
    return rows, has_total


def check(bringing: Bringing) -> None:
    """Users of a country over the users of all, `(not set)` included."""
    if bringing.has("as_of"):
        bringing.set_aside("as_of", "as_of > $latest", "future", "$today::text")
    for name, value in (("source", "GA4"), ("audience_type", "viewers"), ("is_top_n", False)):
        bringing.fill(name, value)
    audience_sets.shares_of_counts(bringing)
    audience_sets.set_repeats_aside(bringing)
    audience_sets.check_sums(bringing)


KIND = Kind("ga4_countries", "audience", COLUMNS, never, check, read=read)
