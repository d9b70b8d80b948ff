"""Read the audience table of the plain format (audience.csv): one row per creator and country."""

from data.importers import audience_sets
from data.importers.reader_spec import Incoming, Kind
from data.importers.reading.header_row import Column

COLUMNS = (
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
    Column("platform", "text"),
    Column("is_top_n", "flag"),
    Column("count_total", "count"),
    Column("count_newer", "count"),  # measurements that superseded this one: our own export lists the history
)
SOURCE = "own table"


def recognises(names: set[str]) -> bool:
    """Shares by country, whoever's they are."""
    share_names = {"audience_share", *COLUMNS[2].other_names}
    return bool(names & share_names) and not names & {"campaign_id", "impressions"}


def check(incoming: Incoming) -> None:
    """Decide what scale the shares have, and set aside what does not describe one whole audience."""
    if incoming.has("as_of"):
        incoming.set_aside("as_of", "as_of > $latest", "future", "$today::text")
    incoming.fill("source", SOURCE)
    incoming.fill("audience_type", "followers")
    incoming.fill("is_top_n", False)
    audience_sets.decide_scale(incoming)
    audience_sets.set_repeats_aside(incoming)
    audience_sets.check_sums(incoming)


KIND = Kind("plain_audience", "audience", COLUMNS, recognises, check)
