"""Read the tables of the plain format: creators.csv, audience.csv and campaigns.csv."""

from data.importers import audience_sets
from data.importers.reader_spec import Incoming, Kind, set_repeats_aside
from data.importers.reading.header_row import Column
from data.importers.report import Code
from data.importers.sql import fill
from data.importers.subtotals import is_total_name
from data.importers.values import countries

CREATOR_COLUMNS = (
    Column("creator_id", "id", needed=True, filled=True),
    Column("creator_name", "text"),
    Column("platform", "platform"),
    Column("vertical", "text"),
    Column("home_country", "country"),
    Column("followers", "count"),
    Column("followers_as_of", "date"),
    Column("handle", "text"),
    Column("language", "text"),
    Column("asking_price", "money"),
    Column("currency", "currency"),
    Column("codes", "text", other_names=("discount_codes", "discount_code")),
)
DESCRIBES = {
    *("creator_name", "platform", "vertical", "home_country", "followers", "handle", "language", "asking_price"),
    *("codes", "discount_codes"),
}
# What other tables have and a list of creators has not.
OTHER_TABLES = {"country", "audience_share", "campaign_id", "impressions", "market", "date", "start_date"}
AUDIENCE_COLUMNS = (
    Column("creator_id", "id", needed=True, filled=True),
    Column("country", "country", needed=True, filled=True),
    Column(
        "audience_share",
        "share",
        needed=True,
        filled=True,
        other_names=("audience_%", "audience_percent", "audience_share_%", "audience_share_percent"),
    ),
    Column("audience_type", "audience_type"),
    Column("source", "text"),
    Column("as_of", "date"),
    Column("followers", "count"),
    Column("platform", "platform"),
    Column("is_top_n", "flag"),
    Column("count_total", "count"),
    Column("count_newer", "count"),  # measurements that superseded this one: our own export lists the history
)
SHARE_NAMES = {"audience_share", *AUDIENCE_COLUMNS[2].other_names}
OWN_TABLE = "own table"  # the source of an audience that names none
CAMPAIGN_COLUMNS = (
    Column("campaign_id", "id", needed=True, filled=True),
    Column("creator_id", "id", needed=True, filled=True),
    Column("market", "market"),
    Column("date", "date", other_names=("start_date",), needed=True, filled=True),
    Column("end_date", "date"),
    Column("platform", "platform"),
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
CAMPAIGN_KEY = ("creator_id", "campaign_id", "market", "deliverable", "platform", "date", "paid")
MEASURES = ("count_deliverables", "impressions", "reach", "engagements", "clicks", "conversions", "revenue", "cost")
NOT_STATED = "ZZ"
ROWS_OF_ONE_DAY = """
    select sheet_row
    from typed
    where not is_bad and sheet_row not in (select sheet_row from faults) and hash({key}) in (
        select hash({key})
        from typed
        where not is_bad and sheet_row not in (select sheet_row from faults)
        group by 1
        having count(*) > 1)"""


def lists_creators(names: set[str]) -> bool:
    """A list of creators has ids and something that describes them, and nothing of other tables."""
    return "creator_id" in names and bool(names & DESCRIBES) and not names & OTHER_TABLES


def check_creators(incoming: Incoming) -> None:
    """Set aside who stands in the list twice; a home country that is no country is set aside by its name."""
    set_totals_aside(incoming)
    set_repeats_aside(incoming, ("creator_id",))
    incoming.set_aside("followers_as_of", "followers_as_of > $latest", "future", "$today::text")
    if incoming.has("home_country"):
        incoming.forget("home_country", "home_country in ('ZZ', 'total')")


def lists_audience(names: set[str]) -> bool:
    """Shares by country, whoever's they are."""
    return bool(names & SHARE_NAMES) and not names & {"campaign_id", "impressions"}


def check_audience(incoming: Incoming) -> None:
    """Decide what scale the shares have, and set aside what does not describe one whole audience."""
    incoming.set_aside("as_of", "as_of > $latest", "future", "$today::text")
    incoming.fill(source=OWN_TABLE, audience_type="followers", is_top_n=False)
    audience_sets.decide_scale(incoming)
    audience_sets.check_sets(incoming)


def reports_campaigns(names: set[str]) -> bool:
    """A campaign report names campaigns and counts impressions."""
    return "campaign_id" in names or {"impressions", "creator_id"} <= names


def check_campaigns(incoming: Incoming) -> None:
    """Set aside rows that contradict themselves, lie far ahead or repeat others; say what is odd but possible."""
    set_totals_aside(incoming)
    check_market(incoming)
    incoming.fill(paid=False)
    check_numbers(incoming)
    set_repeats_aside(incoming, (*CAMPAIGN_KEY, *MEASURES))
    say_what_is_added(incoming)


def set_totals_aside(incoming: Incoming) -> None:
    """Set aside rows that add up the others: where their creator should stand, they say Total."""
    if not incoming.has("creator_id"):
        return
    named = incoming.db.execute("select distinct creator_id from typed where not is_bad and creator_id is not null")
    totals = [name for (name,) in named.fetchall() if is_total_name(name)]
    if totals:
        incoming.db.execute("create or replace temp table total_names as select unnest($1::text[]) as name", [totals])
        incoming.set_aside("creator_id", "creator_id in (select name from total_names)", "a total", "''")
        incoming.db.execute("drop table total_names")


def say_what_is_added(incoming: Incoming) -> None:
    """Say which rows of one campaign and day are counted together: several posts, with numbers of their own."""
    key = ", ".join(name for name in CAMPAIGN_KEY if incoming.has(name))
    rows = fill(ROWS_OF_ONE_DAY, key=key)
    incoming.mention(f"sheet_row in ({rows})", "several rows of one campaign and day, added up")


def check_numbers(incoming: Incoming) -> None:
    """Set aside rows that contradict themselves or lie in the future; say what is odd but possible."""
    incoming.set_aside("date", "date > $horizon", "future", "$today::text")
    incoming.mention("date > $latest and date <= $horizon", "dated after today, kept: check the year")
    incoming.set_aside("end_date", "end_date < date", "end before start", "date::text")
    for name in ("clicks", "conversions", "reach") if incoming.has("impressions") else ():
        # reach too: everybody reached saw it at least once, so one of both numbers is wrong
        late = " and impressions > 0" if name == "conversions" else ""
        incoming.set_aside(name, f"{name} > impressions{late}", name, "impressions::text")
    if incoming.has("conversions") and incoming.has("impressions"):
        incoming.mention("conversions > 0 and impressions = 0", "purchases on a day without impressions, kept")
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
    incoming.replace("market", NOT_STATED if given is None else countries.market_answered(given))
    if given is None:
        incoming.say("no market is stated (kept as ZZ; load again with --market to say it)", Code.MARKET_NOT_STATED)


CREATORS = Kind("plain_creators", "profiles", CREATOR_COLUMNS, check_creators, lists_creators)
AUDIENCE = Kind("plain_audience", "audience", AUDIENCE_COLUMNS, check_audience, lists_audience)
CAMPAIGNS = Kind("plain_campaigns", "campaign_rows", CAMPAIGN_COLUMNS, check_campaigns, reports_campaigns)
