"""What did Google's ads bring? The campaign report of Google Ads, as CSV (or UTF-16 with tabs, "for Excel").

A title, a line with the days, the table, totals at the end. Interactions are no clicks: of a video they are views.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date

from data.importers import ad_report, dates
from data.importers.ad_report import folded
from data.importers.documents import Document, Headed, RecordTable, find_header
from data.importers.kinds import Bringing, Kind, never
from data.importers.reader import Record
from data.importers.report import RefusedError

# Headings in English, German, Spanish, Portuguese, French and Italian; the first that a report has is taken.
WANTED: Mapping[str, tuple[str, ...]] = {
    "campaign_id": folded("Campaign; Campaign name; Kampagne; Campaña; Campanha; Campagne; Campagna"),
    "day": folded("Day; Tag; Día; Dia; Jour; Giorno"),
    "impressions": folded("Impr.; Impressions; Impressionen; Impresiones; Impressões; Impressioni"),
    "clicks": folded("Clicks; Klicks; Clics; Cliques; Clic"),
    "conversions": folded("Conversions; Conversiones; Conversões; Conversioni; Conv."),
    "revenue": folded(
        "Conv. value; Conversion value; Conversions value; Conv.-Wert; Conversion-Wert; Valor de conv.; Valor conv.; "
        "Valor da conv.; Valeur de conv.; Valeur conv.; Valore conv.; Valore di conv."
    ),
    "cost": folded("Cost; Kosten; Coste; Costo; Custo; Coût"),
    "currency": folded(
        "Currency code; Währungscode; Código de moneda; Código da moeda; Code de devise; Code devise; Codice valuta; "
        "Currency; Währung"
    ),
    "objective": folded(
        "Campaign type; Kampagnentyp; Tipo de campaña; Tipo de campanha; Type de campagne; Tipo di campagna; "
        "Tipo campagna"
    ),
}
# Beside campaigns and impressions, what no other report has in this form.
MARKS = {
    *folded("Impr.; Campaign status; Kampagnenstatus; Estado de la campaña; Status da campanha; État de la campagne"),
    *folded(
        "Campaign state; Stato campagna; Stato della campagna; Interactions; Interaktionen; Avg. CPC; Cost / conv."
    ),
}
TOTAL = re.compile(r"^(total|totals|gesamt|summe|totale|totaal)\b[^:：]{0,20}[:：]", re.IGNORECASE)
FRACTION = re.compile(r"[.,](?!0+$)\d{1,2}$")
MONTHS = {
    1: "january jan januar jän jänner enero ene janeiro janvier janv gennaio gen",
    2: "february feb februar febrero fevereiro fev février févr febbraio",
    3: "march mar märz mär mrz marzo março mars",
    4: "april apr abril abr avril avr aprile",
    5: "may mai mayo maio maggio mag",
    6: "june jun juni junio junho juin giugno giu",
    7: "july jul juli julio julho juillet juil luglio lug",
    8: "august aug agosto ago août",
    9: "september sep sept septiembre setembro set septembre settembre",
    10: "october oct oktober okt octubre outubro out octobre ottobre ott",
    11: "november nov noviembre novembro novembre",
    12: "december dec dezember dez diciembre dic dezembro décembre déc dicembre",
}
MONTH_OF = {name: month for month, names in MONTHS.items() for name in names.split()}
WORDED_DAY = re.compile(r"[^\W\d_]+|\d+")
EAST_ASIAN_DAY = re.compile(r"^(\d{4})[年년]\s?(\d{1,2})[月월]\s?(\d{1,2})[日일]$")
HEADER = (
    *("campaign_id", "date", "end_date", "impressions", "clicks", "conversions", "revenue", "cost", "currency"),
    "objective",
)
PLATFORM = "google"


def knows(names: set[str]) -> bool:
    """Campaigns and impressions, and a heading that only Google Ads writes."""
    has = {column: bool(names & set(WANTED[column])) for column in ("campaign_id", "impressions")}
    return all(has.values()) and bool(names & MARKS) and not names & {"creator_id", "reporting_starts"}


def read(document: Document) -> RecordTable | None:
    """The campaigns of a report of Google Ads, or None. Raises RefusedError where it names no days."""
    table = find_header(document, knows)
    if table is None:
        return None
    places = table.places(WANTED)
    days = days_of(table)
    if days is None and "day" not in places:
        raise RefusedError(
            "a report of Google Ads without days (a line such as July 8, 2025 - July 31, 2025, or a column Day); "
            "choose a range of days, not all time, and export it again"
        )
    rows, totals = without_totals(list(table.below()), places["campaign_id"])
    if not rows:
        raise RefusedError("no data: the report names no campaign; choose other days and export it again")
    notes = [document.note, *ad_report.said_of_totals(totals), *unlike(rows, totals, places)]
    if "clicks" not in places:
        notes.append("the report has no clicks (interactions are none); they stay not measured")
    is_split = "conversions" in places and any(
        FRACTION.search(r.fields[places["conversions"]].strip()) for r in rows if not r.fault
    )
    if is_split:
        notes.append("conversions are left out: Google splits them between ads, so they are not whole")
        del places["conversions"]
    rows = ad_report.without_copies(rows, places["impressions"])
    found = [taken(record, places, days) for record in rows]
    return RecordTable(HEADER, found, len(table.header), table.ignored(places), tuple(filter(None, notes)))


def days_of(table: Headed) -> tuple[date, date] | None:
    """First and last day of the line above the header, or None."""
    for record in table.above():
        for text in record.fields:
            if found := day_range(text.strip()):
                return found
    return None


def day_range(text: str) -> tuple[date, date] | None:
    """The days of "July 8, 2025 - July 31, 2025" in one of six languages, or of one day; None where it is no range."""
    parts = re.split(r"\s+[-\u2013\u2014~]\s+", text)
    is_day_first = dates.day_first(parts)
    found = [dates.read(part, is_day_first) or day_in_words(part) for part in parts]
    if len(found) > 2 or None in found or found[0] > found[-1]:
        return None
    return found[0], found[-1]


def day_in_words(text: str) -> date | None:
    """The day of "July 8, 2025", "8. Juli 2025" or "8 de julho de 2025"; None for anything else."""
    hit = EAST_ASIAN_DAY.match(text)
    if hit:
        numbers, months = [int(hit[1]), int(hit[3])], [int(hit[2])]
    else:
        words = [word.casefold() for word in WORDED_DAY.findall(text)]
        numbers = [int(word) for word in words if word.isascii() and word.isdigit()]
        months = [MONTH_OF[word] for word in words if word in MONTH_OF]
        others = {word for word in words if not word.isdigit() and word not in MONTH_OF} - {"de", "del", "di", "er"}
        if others:
            return None
    if len(numbers) != 2 or len(months) != 1 or max(numbers) < 2000:
        return None
    try:
        return date(max(numbers), months[0], min(numbers))
    except ValueError:
        return None


def without_totals(rows: Sequence[Record], name: int) -> tuple[list[Record], list[Record]]:
    """Campaign rows and the totals at the end of the report; a nameless row elsewhere gets the fault "no total"."""
    end = len(rows)
    while end and is_total(rows[end - 1], name):
        end -= 1
    found = [
        Record(r.row, r.line, r.fields, "no total") if not r.fault and r.fields[name].strip() in ("", "--") else r
        for r in rows[:end]
    ]
    return found, list(rows[end:])


def is_total(record: Record, name: int) -> bool:
    """A row whose first cell, or whose campaign, says Total: ..."""
    said = [record.fields[at].strip() for at in (0, name) if at < len(record.fields)]
    return any(TOTAL.match(text) for text in said)


def unlike(rows: Sequence[Record], totals: Sequence[Record], places: Mapping[str, int]) -> list[str]:
    """Says so when no total of the report is the sum of its campaigns: rows may be missing."""
    counts, costs = places["impressions"], places.get("cost")
    totals = [total for total in totals if not total.fault]
    if not totals or any(ad_report.adds_up(total, rows, counts, costs) for total in totals):
        return []
    if any(ad_report.adds_up(total, rows, counts, None) for total in totals):
        return []
    return ["the campaigns do not add up to the report's own total: rows may be missing, export it again to be sure"]


def taken(record: Record, places: Mapping[str, int], days: tuple[date, date] | None) -> Record:
    """One row under our names. A row with a fault stays as it is."""
    if record.fault:
        return record
    cells = {column: record.fields[place].strip() for column, place in places.items()}
    first, last = (cells["day"],) * 2 if "day" in cells else (days[0].isoformat(), days[1].isoformat())
    cells |= {"date": first, "end_date": last}
    for column in ("currency", "objective"):
        cells[column] = "" if cells.get(column) == "--" else cells.get(column, "")
    return Record(record.row, record.line, [cells.get(name, "") for name in HEADER])


def check(bringing: Bringing) -> None:
    """Paid rows, one per campaign and period."""
    ad_report.check(bringing, PLATFORM)


KIND = Kind("google_ads", "campaign_rows", ad_report.COLUMNS, never, check, read=read)
