"""What did past campaigns bring? The plain format's campaigns.csv: one row per campaign, or per campaign and day."""

from data.importers.reader_spec import Bringing, Kind, set_repeats_aside
from data.importers.reading.header_row import Column
from data.importers.report import Code
from data.importers.values import countries

COLUMNS = (
    Column("campaign_id", "id", needed=True, filled=True),
    Column("creator_id", "id", needed=True, filled=True),
    Column("market", "market"),
    Column("date", "date", other_names=("start_date",), needed=True, filled=True),
    Column("end_date", "date"),
    Column("platform", "text"),
    Column("vertical", "text"),
    Column("deliverable", "text"),
    Column("count_deliverables", "count", other_names=("n_deliverables",)),
    Column("impressions", "count", needed=True),
    Column("reach", "count"),
    Column("engagements", "count"),
    Column("clicks", "count"),
    Column("conversions", "count"),
    Column("revenue", "money"),
    Column("cost", "money", other_names=("spend",)),
    Column("currency", "currency"),
    Column("objective", "text"),
    Column("attribution_window_days", "days"),
    Column("paid", "flag"),
)
KEY = ("creator_id", "campaign_id", "market", "deliverable", "platform", "date", "paid")
NOT_STATED = "ZZ"


def recognises(names: set[str]) -> bool:
    """A campaign report names campaigns and counts impressions."""
    return "campaign_id" in names or {"impressions", "creator_id"} <= names


def check(bringing: Bringing) -> None:
    """Set aside rows that contradict themselves, lie far ahead or repeat others; say what is odd but possible."""
    check_market(bringing)
    bringing.fill("paid", False)
    check_numbers(bringing)
    set_repeats_aside(bringing, KEY)


def check_numbers(bringing: Bringing) -> None:
    """Set aside rows that contradict themselves or lie in the future; say what is odd but possible."""
    bringing.set_aside("date", "date > $horizon", "future", "$today::text")
    bringing.mention("date > $latest and date <= $horizon", "dated after today, kept: check the year")
    if bringing.has("end_date"):
        bringing.set_aside("end_date", "end_date < date", "end before start", "date::text")
    for name in ("clicks", "conversions", "reach"):
        if bringing.has(name) and bringing.has("impressions"):
            # reach too: everybody reached saw it at least once, so one of both numbers is wrong
            bringing.set_aside(name, f"{name} > impressions", name, "impressions::text")
    if bringing.has("conversions") and bringing.has("clicks"):
        bringing.mention("conversions > clicks", "more conversions than clicks (view-through?), kept")
    if bringing.has("conversions") and not bringing.has("clicks"):
        bringing.say("conversions without a column of clicks, kept")
    if bringing.has("engagements") and bringing.has("impressions"):
        bringing.mention("engagements > impressions", "more engagements than impressions, kept")


def check_market(bringing: Bringing) -> None:
    """The market that the user gives, or ZZ, where the report names none; a blank among named markets is set aside."""
    given = bringing.options.market
    if bringing.has("market") and bringing.count("market is not null") > 0:
        bringing.set_aside("market", "market is null and not is_bad", "market blank", "''")
        return
    bringing.replace("market", NOT_STATED if given is None else countries.market(given))
    if given is None:
        bringing.say("no market is stated (kept as ZZ; load again with --market to say it)", Code.MARKET_NOT_STATED)


KIND = Kind("plain_campaigns", "campaign_rows", COLUMNS, recognises, check)
