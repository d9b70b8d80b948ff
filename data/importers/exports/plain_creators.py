"""Read the creator table of the plain format (creators.csv): one row per creator."""

from data.importers.reader_spec import Incoming, Kind, set_repeats_aside
from data.importers.reading.header_row import Column

COLUMNS = (
    Column("creator_id", "id", needed=True, filled=True),
    Column("creator_name", "text"),
    Column("platform", "text"),
    Column("vertical", "text"),
    Column("home_country", "country"),
    Column("followers", "count"),
    Column("followers_as_of", "date"),
    Column("handle", "text"),
    Column("language", "text"),
    Column("asking_price", "money"),
    Column("currency", "currency"),
)
DESCRIBES = {"creator_name", "platform", "vertical", "home_country", "followers", "handle", "language", "asking_price"}
# What other tables have and a list of creators has not.
OTHER_TABLES = {"country", "audience_share", "campaign_id", "impressions", "market", "date", "start_date"}


def recognises(names: set[str]) -> bool:
    """A list of creators has ids and something that describes them, and nothing of other tables."""
    return "creator_id" in names and bool(names & DESCRIBES) and not names & OTHER_TABLES


def check(incoming: Incoming) -> None:
    """Set aside who stands in the list twice; a home country that is no country is set aside by its name."""
    set_repeats_aside(incoming, ("creator_id",))
    if incoming.has("followers_as_of"):
        incoming.set_aside("followers_as_of", "followers_as_of > $latest", "future", "$today::text")
    if incoming.has("home_country"):
        incoming.forget("home_country", "home_country in ('ZZ', 'total')")


KIND = Kind("plain_creators", "profiles", COLUMNS, recognises, check)
