"""What did Meta's ads bring? The report of Ads Manager, as CSV or workbook, whatever columns the user chose.

A total row without a name stands first in most reports. Blank is not measured. `Results` are of the kind that each
campaign aims at: only purchases are conversions. Most reports name no market.
"""

import re
from collections.abc import Mapping

from data.importers import ad_report, countries
from data.importers.ad_report import folded
from data.importers.documents import Document, Headed, RecordTable, find_header
from data.importers.kinds import Bringing, Kind, never
from data.importers.reader import Record
from data.importers.report import RefusedError, listed

# Headings in English, German, Spanish, Portuguese, French and Italian; the first that a report has is taken.
CAMPAIGN = folded(
    "Campaign name; Kampagnenname; Name der Kampagne; Nombre de la campaña; Nome da campanha; Nom de la campagne; "
    "Nome della campagna; Nome campagna; Campaigns; Campaign; Kampagnen; Kampagne; Campañas; Campanhas; Campagnes; "
    "Campagne"
)
AD_SET = folded(
    "Ad set name; Ad sets; Ad set; Anzeigengruppenname; Name der Anzeigengruppe; Nombre del conjunto de anuncios; "
    "Nome do conjunto de anúncios; Nom de l'ensemble de publicités; Nom de l’ensemble de publicités; "
    "Nome del gruppo di inserzioni; Nome gruppo inserzioni"
)
AD = folded(
    "Ad name; Ads; Ad; Anzeigenname; Name der Werbeanzeige; Name der Anzeige; Nombre del anuncio; Nome do anúncio; "
    "Nom de la publicité; Nome dell'inserzione; Nome dell’inserzione; Nome inserzione"
)
WANTED: Mapping[str, tuple[str, ...]] = {
    "day": folded("Day; Tag; Día; Dia; Jour; Giorno"),
    "date": folded(
        "Reporting starts; Berichtsbeginn; Berichtsstart; Auswertungsbeginn; Auswertungsstart; Inicio del informe; "
        "Início dos relatórios; Início do relatório; Début des rapports; Début du rapport; Inizio dei report; "
        "Inizio del report; Inizio report"
    ),
    "end_date": folded(
        "Reporting ends; Berichtsende; Auswertungsende; Fin del informe; Término dos relatórios; Fim dos relatórios; "
        "Encerramento dos relatórios; Fin des rapports; Fin du rapport; Fine dei report; Fine del report; Fine report"
    ),
    "market": folded("Country; Land; País; Pays; Paese"),
    "platform": folded("Platform; Publisher platform; Plattform; Plataforma; Plateforme; Piattaforma"),
    "impressions": folded("Impressions; Impressionen; Impresiones; Impressões; Impression; Impressioni"),
    "reach": folded("Reach; Reichweite; Alcance; Couverture; Copertura"),
    "engagements": folded(
        "Post engagements; Post engagement; Beitragsinteraktionen; Interaktionen mit Beiträgen; "
        "Interacciones con la publicación; Interacción con la publicación; Engajamentos com o post; "
        "Envolvimento com a publicação; Interactions avec la publication; Interazioni con il post"
    ),
    "clicks": folded(
        "Link clicks; Link-Klicks; Linkklicks; Clics en el enlace; Cliques no link; Cliques na ligação; "
        "Clics sur un lien; Clics sur le lien; Clic sul link; Clics en enlaces"
    ),
    "outbound_clicks": folded(
        "Outbound clicks; Ausgehende Klicks; Clics salientes; Cliques de saída; Clics sortants; Clic in uscita"
    ),
    "all_clicks": folded("Clicks (all); Klicks (alle); Clics (todos); Cliques (todos); Clics (tous); Clic (tutti)"),
    "conversions": folded(
        "Purchases; Total purchases; Meta purchases; Website purchases; Purchases with shared items; Käufe; "
        "Website-Käufe; Compras; Compras en el sitio web; Compras no site; Achats; Achats sur le site web; Acquisti; "
        "Acquisti sul sito web"
    ),
    "results": folded("Results; Ergebnisse; Resultados; Résultats; Risultati"),
    "result_type": folded(
        "Result type; Result indicator; Ergebnistyp; Ergebnisindikator; Tipo de resultado; Indicador de resultado; "
        "Indicador de resultados; Type de résultat; Indicateur de résultats; Tipo di risultato; "
        "Indicatore dei risultati; Indicatore di risultato"
    ),
    "revenue": folded(
        "Purchases conversion value; Purchase conversion value; Total purchases conversion value; "
        "Website purchases conversion value; Purchases conversion value for shared items only; "
        "Conversion-Wert für Käufe; Kauf-Conversion-Wert; Conversion-Wert von Käufen; "
        "Valor de conversión de compras; Valor de conversión de las compras; Valor de conversão da compra; "
        "Valor de conversão de compras; Valor de conversão das compras; Valeur de conversion des achats; "
        "Valeur de conversion de l’achat; Valore di conversione degli acquisti; Valore di conversione acquisti"
    ),
    "cost": folded(
        "Amount spent; Ausgegebener Betrag; Importe gastado; Cantidad gastada; Valor usado; Valor gasto; "
        "Montante gasto; Quantia gasta; Montant dépensé; Importo speso"
    ),
    "currency": folded("Currency; Währung; Divisa; Moneda; Moeda; Devise; Valuta"),
    "objective": folded("Objective; Ziel; Objetivo; Objectif; Obiettivo"),
    "window": folded(
        "Attribution setting; Attributionseinstellung; Configuración de atribución; Configuração de atribuição; "
        "Paramètre d’attribution; Impostazione di attribuzione"
    ),
}
PURCHASE = re.compile(r"purchase|kauf|käufe|compra|achat|acquist")
CLICK_WINDOW = re.compile(r"(\d{1,3})\D{0,16}?(click|klick|clic|cliqu)")
HEADER = (
    *("campaign_id", "market", "date", "end_date", "platform", "impressions", "reach", "engagements", "clicks"),
    *("conversions", "revenue", "cost", "currency", "objective", "attribution_window_days"),
)
PLATFORM = "meta"


def knows(names: set[str]) -> bool:
    """A report of Ads Manager: its dates of reporting or its cost, beside what ads bring."""
    starts, cost = set(WANTED["date"]), set(WANTED["cost"])
    brought = {name for column in ("impressions", "reach", "results", "clicks") for name in WANTED[column]}
    return bool(names & brought) and (bool(names & starts) or bool(names & cost)) and "creator_id" not in names


def read(document: Document) -> RecordTable | None:
    """The rows of a report of Ads Manager, or None. Raises RefusedError where it names no campaigns or no days."""
    table = find_header(document, knows)
    if table is None:
        return None
    places = table.places({"campaign_id": (*CAMPAIGN, *AD, *AD_SET), **WANTED})
    refuse_gaps(table, places)
    name, counts, costs = places["campaign_id"], places.get("impressions"), places.get("cost")
    rows = list(table.below())
    others, totals, nameless = ad_report.split_totals(rows, name, counts, costs)
    if not others and totals:
        raise RefusedError("no data: only a total row; export the report by campaign")
    sound = ad_report.without_copies(others, counts)
    given = sorted([*sound, *(Record(r.row, r.line, r.fields, "no total") for r in nameless)], key=lambda r: r.row)
    notes = [document.note, *ad_report.said_of_totals(totals), *said(places)]
    found = [taken(record, places, table) for record in given]
    used = {column: place for column, place in places.items() if column not in ("outbound_clicks", "all_clicks")}
    return RecordTable(HEADER, found, len(table.header), table.ignored(used), tuple(filter(None, notes)))


def refuse_gaps(table: Headed, places: Mapping[str, int]) -> None:
    """Raise RefusedError for a report without campaigns, days or anything that is counted."""
    if "campaign_id" not in places:
        raise RefusedError(
            "a report of Meta's Ads Manager that names no campaign, ad set or ad "
            f"(its columns: {listed([name for name in table.header if name])}); export it by campaign, or map a column "
            "with --map FROM=campaign_id"
        )
    if "date" not in places and "day" not in places:
        raise RefusedError(
            "a report of Meta's Ads Manager without dates; add the columns Reporting starts and Reporting ends"
        )


def said(places: Mapping[str, int]) -> list[str]:
    """What is worth knowing about the columns of this report."""
    notes = []
    if "clicks" not in places and "outbound_clicks" in places:
        notes.append("clicks are outbound clicks: the report has no link clicks")
    elif "clicks" not in places and "all_clicks" in places:
        notes.append("clicks are all clicks (likes and profile visits among them): the report has no link clicks")
    if "conversions" not in places:
        notes.append("conversions only where the result of a campaign is a purchase; other results are left out")
    return notes


def taken(record: Record, places: Mapping[str, int], table: Headed) -> Record:
    """One row under our names. A row with a fault stays as it is."""
    if record.fault:
        return record

    def cell(*columns: str) -> str:
        """The cell of the first of these columns that the report has."""
        place = next((places[column] for column in columns if column in places), None)
        return "" if place is None else record.fields[place].strip()

    conversions = cell("conversions")
    if not conversions and PURCHASE.search(cell("result_type").casefold()):
        conversions = cell("results")
    window = CLICK_WINDOW.search(cell("window").casefold())
    market = cell("market")
    is_unknown = countries.country(market).code == countries.UNKNOWN
    fields = {
        "campaign_id": cell("campaign_id"),
        "market": countries.UNKNOWN if market and is_unknown else market,
        "date": cell("day", "date"),
        "end_date": cell("day", "end_date"),
        "clicks": cell("clicks", "outbound_clicks", "all_clicks"),
        "conversions": conversions,
        "currency": table.currency(places.get("cost")) or table.currency(places.get("revenue")) or cell("currency"),
        "attribution_window_days": window[1] if window else "",
    }
    return Record(record.row, record.line, [fields.get(name, cell(name)) for name in HEADER])


def check(bringing: Bringing) -> None:
    """Paid rows, one per campaign and period."""
    ad_report.check(bringing, PLATFORM)


KIND = Kind("meta_ads", "campaign_rows", ad_report.COLUMNS, never, check, read=read)
