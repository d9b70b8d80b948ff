"""Where do a channel's viewers live? The geography table of YouTube Studio, "Table data.csv" of an export.

Views by country with a row Total: a share is views over that Total, the rest is unknown. The columns beside Views vary
from user to user; names of columns and of the file are in the user's language.
"""

from data.importers.audience_sets import MILLION, PLATFORM_PPM, ROUNDING_PPM, set_repeats_aside
from data.importers.headers import Column
from data.importers.kinds import Bringing, Kind
from data.importers.report import RefusedError

GEOGRAPHY = frozenset(
    {
        "geography",
        "geografie",
        "geographie",
        "geografische_lage",
        "geografía",
        "geografia",
        "géographie",
        "zona_geográfica",
        "zona_geografica",
        "zone_géographique",
        "ubicación_geográfica",
        "localização_geográfica",
        "área_geográfica",
        "locatie",
        "area_geografica",
        "coğrafya",
        "geografi",
        "lokalizacja",
        "地域",
        "география",
        "географія",
        "지역",
        "地理位置",
    }
)
VIEWS = frozenset(
    {
        "views",
        "aufrufe",
        "visualizações",
        "visualizaciones",
        "vistas",
        "vues",
        "visualizzazioni",
        "weergaven",
        "wyświetlenia",
        "görüntüleme",
        "görüntülemeler",
        "просмотры",
        "перегляди",
        "visningar",
        "visninger",
        "視聴回数",
        "조회수",
        "观看次数",
    }
)
DATES = frozenset({"date", "datum", "data", "fecha", "tarih", "дата", "日付", "날짜", "日期"})
COLUMNS = (
    Column("creator_id", "id", needed=True),
    Column("country", "country", needed=True, filled=True, other_names=tuple(sorted(GEOGRAPHY))),
    Column("views", "count", needed=True, filled=True, other_names=tuple(sorted(VIEWS - {"views"}))),
)
SOURCE = "YouTube Studio"
LOAD_TABLE = 'load the table of the same export ("Table data.csv" in English)'


def recognises(names: set[str]) -> bool:
    """Geography and views in the user's language, for one channel."""
    return bool(names & GEOGRAPHY) and bool(names & VIEWS) and "creator_id" not in names


def refuse(names: set[str]) -> str:
    """Why a file of the same export is no audience: rows of single days say the same again, without a total."""
    if names & DATES and names & VIEWS and len(names) <= 3:
        return f"views by day (the chart or the totals of a YouTube export), no audience by country; {LOAD_TABLE}"
    return ""


def check(bringing: Bringing) -> None:
    """Turn views into shares of the Total. Raises RefusedError where no Total says what the whole is."""
    totals = bringing.db.execute(
        "select views, sheet_row from typed where country = 'total' and not is_bad order by sheet_row"
    ).fetchall()
    if len(totals) != 1 or not totals[0][0]:
        found = (
            "no row Total" if not totals else f"{len(totals)} rows Total" if len(totals) > 1 else "a Total of 0 views"
        )
        raise RefusedError(
            f"{found}, so shares of all views can't be computed; export the geography table of one channel again"
        )
    total, _ = totals[0]
    bringing.db.execute("alter table typed add column ppm integer")
    bringing.db.execute(
        "update typed set ppm = cast(least(round_even(views::double / $total * 1e6, 0), 2e9) as integer) "
        "where not is_bad",
        {"total": float(total)},
    )
    bringing.present.add("ppm")
    set_repeats_aside(bringing)
    check_sum(bringing)
    for name, value in (("source", SOURCE), ("audience_type", "viewers"), ("platform", "youtube"), ("is_top_n", False)):
        bringing.fill(name, value)
    bringing.fill("count_total", total)


def check_sum(bringing: Bringing) -> None:
    """Raise RefusedError when the countries have more views than the Total; mention what is above rounding."""
    listed = bringing.db.execute(
        "select coalesce(sum(ppm), 0) from typed where not is_bad and country <> 'total' "
        "and sheet_row not in (select sheet_row from faults)"
    ).fetchone()[0]
    if listed > PLATFORM_PPM:
        raise RefusedError(
            f"the countries add up to {listed / MILLION:.1%} of the row Total, so one of both is wrong; "
            "export the table again"
        )
    if listed > ROUNDING_PPM:
        bringing.say(f"the countries add up to {listed / MILLION:.1%} of the Total; kept as YouTube gives them")


KIND = Kind("youtube_geography", "audience", COLUMNS, recognises, check, refuse)
