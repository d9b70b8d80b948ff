"""Write a random sheet as somebody keeps it by hand, beside what it says: headings, number styles, signs mixed."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

HEADINGS = {
    "name": ["Influencer", "Creator", "Creator name", "Nombre", "Nom", "Créateur", "Influenceur", "Criador"],
    "handle": ["Handle", "Username", "@handle", "Nutzername", "Usuario", "Pseudo"],
    "platform": ["Platform", "Plattform", "Plataforma", "Plateforme", "Network", "Channel"],
    "followers": ["Followers", "Abonnenten", "Seguidores", "Abonnés", "Total followers"],
    "campaign": ["Campaign", "Kampagne", "Campaña", "Campagne"],
    "date": ["Date", "Post date", "Datum", "Fecha", "Go-live date"],
    "impressions": ["Impressions", "Views", "Aufrufe", "Impresiones", "Vues", "Visualizações"],
    "clicks": ["Clicks", "Link clicks", "Klicks", "Clics", "Cliques"],
    "conversions": ["Orders", "Code uses", "Bestellungen", "Pedidos", "Commandes"],
    "revenue": ["Revenue", "Umsatz", "Ingresos", "Chiffre d'affaires", "Receita"],
    "cost": ["Fee", "Cost", "Honorar", "Coste", "Coût", "Custo"],
    "extra": ["Notes", "Status", "Engagement rate", "Avg. views", "Contact e-mail"],
}
NUMBER_STYLES = {
    "plain": lambda value, decimals: f"{value:.{decimals}f}",
    "english": lambda value, decimals: f"{value:,.{decimals}f}",
    "german": lambda value, decimals: f"{value:,.{decimals}f}".translate(str.maketrans(",.", ".,")),
    "french": lambda value, decimals: f"{value:,.{decimals}f}".translate(str.maketrans(",.", "\u202f,")),
    "swiss": lambda value, decimals: f"{value:,.{decimals}f}".replace(",", "’"),
}
MONEY_STYLES = ("{}", "€{}", "{} €", "EUR {}", "{}EUR")
DATE_STYLES = ("%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y", "%d %b %Y", "%Y-%m-%d 16:45", "%d/%m/%y")
COUNTS = st.one_of(st.none(), st.integers(0, 3_000_000))


@st.composite
def truths(draw) -> list[dict]:
    """What happened: a row per creator, with numbers that can be true together."""
    names = draw(
        st.lists(
            st.sampled_from(["Mila Marsh", "Otto Oak", "Ada Ash", "Bo Birch", "Ines Ivy"]),
            min_size=1,
            max_size=5,
            unique=True,
        )
    )
    rows = []
    for name in names:
        impressions = draw(st.integers(0, 3_000_000))
        clicks = draw(st.one_of(st.none(), st.integers(0, impressions)))
        rows.append({
            "name": name, "handle": name.replace(" ", ".").casefold(),
            "platform": draw(st.sampled_from(["instagram", "tiktok"])), "followers": draw(st.integers(0, 9_000_000)),
            "campaign": draw(st.sampled_from(["Jam", "Fig spring"])),
            "date": draw(st.dates(date(2023, 1, 1), date(2026, 2, 1))), "impressions": impressions, "clicks": clicks,
            "conversions": draw(st.one_of(st.none(), st.integers(0, min(impressions, 900)))),
            "revenue": draw(st.one_of(st.none(), st.decimals(0, 90_000, places=2))),
            "cost": draw(st.one_of(st.none(), st.decimals(0, 20_000, places=2))),
        })  # fmt: skip
    return rows


@dataclass(frozen=True)
class Hand:
    """How somebody writes: headings, number styles, signs, days and words for nothing."""

    headings: dict[str, str]
    styles: dict[str, str]
    signs: dict[str, str]
    decimals: dict[str, int]
    blank: str
    day: str
    at: str

    def cell(self, row: dict, name: str) -> str:
        """One cell of a row in this hand."""
        value, heading = row.get(name), self.headings[name]
        if name == "extra":
            return "7.5%" if "rate" in heading else "900" if "views" in heading else "x"
        if value is None:
            return self.blank
        if name == "date":
            return value.strftime(self.day)
        if name in self.signs:
            return self.signs[name].format(NUMBER_STYLES[self.styles[name]](value, self.decimals[name]))
        if name in ("followers", "impressions", "clicks", "conversions"):
            return NUMBER_STYLES[self.styles[name]](value, 0)
        return self.at + value if name == "handle" else value.capitalize() if name == "platform" else value


@st.composite
def hands(draw) -> Hand:
    """Somebody's way of writing; number styles may differ between columns."""
    return Hand(
        {name: draw(st.sampled_from(HEADINGS[name])) for name in HEADINGS},
        {name: draw(st.sampled_from(sorted(NUMBER_STYLES))) for name in HEADINGS},
        {name: draw(st.sampled_from(MONEY_STYLES)) for name in ("revenue", "cost")},
        {name: draw(st.sampled_from([0, 2])) for name in ("revenue", "cost")},
        draw(st.sampled_from(["", "-", "n/a", "TBD", "–"])),
        draw(st.sampled_from(DATE_STYLES)),
        draw(st.sampled_from(["", "@"])),
    )


@st.composite
def sheets(draw) -> tuple[list[dict], str]:
    """A truth, and a sheet that says it in somebody's own way: with a title, blank rows and a total, or without."""
    rows, hand, fields = draw(truths()), draw(hands()), draw(st.permutations(list(HEADINGS)))
    for row in rows:
        whole = [name for name in ("revenue", "cost") if row[name] is not None and hand.decimals[name] == 0]
        row |= {name: Decimal(int(row[name])) for name in whole}
    out = io.StringIO()
    write = csv.writer(out, delimiter=draw(st.sampled_from([",", ";", "\t"])))
    title, total = draw(st.booleans()), draw(st.booleans())
    write.writerows([["Campaign tracker 2025"]] * title)
    write.writerow([hand.headings[name] for name in fields])
    for row in rows:
        write.writerow([hand.cell(row, name) for name in fields])
        write.writerows([[]] * draw(st.sampled_from([0, 0, 0, 1])))
    if total and len(rows) > 1:
        measures = ("impressions", "clicks", "conversions", "revenue", "cost")
        sums = {name: sum(row[name] or 0 for row in rows) for name in measures} | {"name": "Total"}
        write.writerow([hand.cell(sums, name) if name in sums else "" for name in fields])
    return rows, out.getvalue()


def came_out(rows: list[dict]) -> Iterator[tuple]:
    """The rows of campaigns that a truth is."""
    for row in rows:
        yield (
            f"{row['platform']}:{row['handle']}", row["campaign"], row["date"].isoformat(), row["impressions"],
            row["clicks"], row["conversions"], row["revenue"], row["cost"],
        )  # fmt: skip
