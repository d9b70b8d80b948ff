"""Read the campaign table of the plain format (campaigns.csv): one row per campaign, or per campaign and day."""

from data.importers.reader_spec import Incoming, Kind, set_repeats_aside
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


def check(incoming: Incoming) -> None:
    """Set aside rows that contradict themselves, lie far ahead or repeat others; say what is odd but possible."""
    check_market(incoming)
    incoming.fill("paid", False)
    check_numbers(incoming)
    set_repeats_aside(incoming, KEY)


def check_numbers(incoming: Incoming) -> None:
    """Set aside rows that contradict themselves or lie in the future; say what is odd but possible."""
    incoming.set_aside("date", "date > $horizon", "future", "$today::text")
    incoming.mention("date > $latest and date <= $horizon", "dated after today, kept: check the year")
    if incoming.has("end_date"):
        incoming.set_aside("end_date", "end_date < date", "end before start", "date::text")
    for name in ("clicks", "conversions", "reach"):
        if incoming.has(name) and incoming.has("impressions"):
            # reach too: everybody reached saw it at least once, so one of both numbers is wrong
            incoming.set_aside(name, f"{name} > impressions", name, "impressions::text")
    if incoming.has("conversions") and incoming.has("clicks"):
        incoming.mention("conversions > clicks", "more conversions than clicks (view-through?), kept")
    if incoming.has("conversions") and not incoming.has("clicks"):
        incoming.say("conversions without a column of clicks, kept")
    if incoming.has("engagements") and incoming.has("impressions"):
        incoming.mention("engagements > impressions", "more engagements than impressions, kept")


def check_market(incoming: Incoming) -> None:
    """The market that the user gives, or ZZ, where the report names none; a blank among named markets is set aside."""
    given = incoming.options.market
    if incoming.has("market") and incoming.count("market is not null") > 0:
        incoming.set_aside("market", "market is null and not is_bad", "market blank", "''")
        return
    incoming.replace("market", NOT_STATED if given is None else countries.market(given))
    if given is None:
        incoming.say("no market is stated (kept as ZZ; load again with --market to say it)", Code.MARKET_NOT_STATED)


KIND = Kind("plain_campaigns", "campaign_rows", COLUMNS, recognises, check)
