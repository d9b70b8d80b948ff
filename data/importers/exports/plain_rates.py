"""Read the exchange rates of the plain format (rates.csv): what one unit of a currency is worth in another."""

from data.importers.reader_spec import Incoming, Kind, set_repeats_aside
from data.importers.reading.header_row import Column

COLUMNS = (
    Column("currency", "currency", needed=True, filled=True),
    Column("rate", "rate", needed=True, filled=True),
    Column("base", "currency", needed=True, filled=True),
    Column("as_of", "date"),
)
KEY = ("currency", "base", "as_of")
# What the store keeps of a rate: nine digits before the mark and nine behind it.
SMALLEST, LARGEST = "0.000001", "999999999"


def recognises(names: set[str]) -> bool:
    """A list of rates names a currency, a rate and its base; no other table has all three."""
    return {"currency", "rate", "base"} <= names


def check(incoming: Incoming) -> None:
    """Set aside rates that cannot be meant, and the second one of a currency, base and day."""
    incoming.set_aside("rate", "rate = 0", "rate of zero", "''")
    incoming.set_aside("rate", f"rate > 0 and rate < {SMALLEST} or rate > {LARGEST}", "rate too far", "''")
    incoming.set_aside("base", "base = currency", "base repeats", "currency")
    if incoming.has("as_of"):
        incoming.set_aside("as_of", "as_of > $latest", "future", "$today::text")
    set_repeats_aside(incoming, KEY, "rate twice")


KIND = Kind("plain_rates", "rates", COLUMNS, check, recognises)
