"""Read audiences by country from JSON of Modash, InsightIQ, HypeAuditor and Instagram's Graph interface.

Only lists of countries that stand under the vendor's own key are audience; the country of a profile is where its owner
lives. Followers and likers are two audiences.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from data.importers import audience_sets
from data.importers.reader_spec import Incoming, Kind
from data.importers.reading.header_row import OF_AN_AUDIENCE, Column
from data.importers.reading.reader import Record
from data.importers.reading.tables import ExportContent, RecordTable, Where
from data.importers.report import Code, RefusedError, listed
from data.importers.values import countries

COLUMNS = (
    *OF_AN_AUDIENCE,
    Column("audience_share", "share", filled=True),
    Column("accounts", "count", filled=True),
    Column("source", "text"),
    Column("audience_type", "audience_type"),
    Column("platform", "platform"),
    Column("as_of", "date"),
    Column("followers", "count"),
    Column("is_top_n", "flag"),
)
FOLLOWER_KEYS = (
    *("followers", "follower_count", "followers_count", "followersCount", "followerCount"),
    "subscribers_count",
)
DATE_KEYS = ("report_generated_at", "generated_at", "audience_updated_at", "report_date")
PLATFORMS = {"instagram", "tiktok", "youtube", "facebook", "twitch", "twitter", "x", "snapchat", "pinterest"}
NAME_KEYS = ("code", "country_code", "name", "title", "country", "id")
INSIGHTIQ_KEYS = {"audience", "audience_likers", "audience_followers"}
# What stands beside the countries where InsightIQ answers with an audience alone.
INSIGHTIQ_BESIDE = {"work_platform", "gender_age_distribution"}
PERCENT_KEYS = ("value", "prc", "percent", "percentage")
DAY = re.compile(r"^(\d{4}-\d\d-\d\d)([T ][\d:.]+(Z|[+-]\d\d:?\d\d)?)?$")
GRAPH = "Instagram Graph"
# Who engaged (or was reached) looked on, whether following or not.
OF_GRAPH = {
    "follower_demographics": "followers",
    "engaged_audience_demographics": "viewers",
    "reached_audience_demographics": "viewers",
}
# What splits a country's views into parts in answers of YouTube that do not say what is a dimension.
OTHER_DIMENSIONS = {"day", "month", "video", "ageGroup", "gender", "province", "city", "deviceType", "subscribedStatus"}
# Instagram lists the 45 largest countries at most.
GRAPH_MOST = 45
# A demography lists what the vendor shows: HypeAuditor five, others up to all countries.
FEW = 10


class Unit(StrEnum):
    """In what a list says how many people live in a country."""

    FRACTION = "fraction"
    PERCENT = "percent"
    ACCOUNTS = "accounts"


@dataclass(frozen=True)
class Listing:
    """One list of countries: whose, of whom, in which unit, and its entries (path, country, value)."""

    source: str
    audience_type: str
    unit: Unit
    entries: tuple[tuple[str, str, str], ...]
    is_top_n: bool
    day: str = ""


def read(content: ExportContent) -> RecordTable | None:
    """The rows of all audiences that a JSON document holds, or None where no shape is known."""
    if not content.is_json:
        return None
    lists = without_engaged(list(listings(content.json, "", [])))
    if not lists:
        return None
    refuse_several(lists)
    units = {listing.unit for listing in lists}
    if Unit.ACCOUNTS in units and len(units) > 1:
        raise RefusedError("one document holds counts and shares; split it and load the parts")
    value_column = "accounts" if units == {Unit.ACCOUNTS} else "audience_share"
    rows: list[Record] = []
    where: dict[tuple[int, str], Where] = {}
    for listing in lists:
        followers, as_of, platform = facts(content.json, listing)
        for path, country, value in listing.entries:
            key = len(rows) + 1
            where[key, ""] = Where(None, None, path)
            shown = f"{value}%" if listing.unit == Unit.PERCENT and not value.endswith("%") else value
            top = "true" if listing.is_top_n else "false"
            rows.append(
                Record(key, 0, [country, shown, listing.source, listing.audience_type, platform, as_of, followers, top])
            )
    header = ("country", value_column, "source", "audience_type", "platform", "as_of", "followers", "is_top_n")
    return RecordTable(header, rows, notes=(content.note,), where=where, facts={"units": units})


def without_engaged(lists: list[Listing]) -> list[Listing]:
    """The lists without those of engaged accounts, where the followers of the same account are there too."""
    has_followers = any(listing.source == GRAPH and listing.audience_type == "followers" for listing in lists)
    return [one for one in lists if not (has_followers and one.source == GRAPH and one.audience_type == "viewers")]


def refuse_several(lists: list[Listing]) -> None:
    """Raise RefusedError when two lists speak of the same audience: then the document holds several accounts."""
    kinds = [(listing.source, listing.audience_type) for listing in lists]
    twice = sorted({f"{source}, {kind}" for source, kind in kinds if kinds.count((source, kind)) > 1})
    if twice:
        raise RefusedError(
            f"this document holds several audiences of one kind ({listed(twice)}): it holds more than one account "
            "or day; save each account's answer in a file of its own and load it with --creator ID",
            Code.SEVERAL_ACCOUNTS,
            {"audiences": twice},
        )
    empty = [listing for listing in lists if not listing.entries]
    if len(empty) == len(lists):
        raise RefusedError("no data: the list of countries is empty; ask the vendor for the audience again")


def listings(value: object, path: str, above: list[tuple[str, dict[str, object]]]) -> Iterator[Listing]:
    """Every list of countries below a value. above: the keys and values that lead to it."""
    if isinstance(value, dict):
        if known := of_graph(value, path) or of_youtube(value, path):
            yield known
            return
        for key, inner in value.items():
            here = f"{path}.{key}" if path else key
            listing = of_vendor(key, inner, here, [*above, (key, value)])
            if listing:
                yield listing
            else:
                yield from listings(inner, here, [*above, (key, value)])
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from listings(inner, f"{path}[{number}]", above)


def of_vendor(key: str, value: object, path: str, above: list[tuple[str, dict[str, object]]]) -> Listing | None:
    """A vendor's list of countries, known by the keys that lead to it, or None."""
    keys = [name for name, _ in above]
    within = " ".join(keys).casefold()
    kind = "likers" if "liker" in within or "likes" in within else "followers"
    if "commenter" in within or "lookalike" in within:
        return None
    geography = any("audience_geo" in name for name in keys)
    is_answer = key == "countries" and isinstance(value, list)  # codes as keys could be counts as well
    if key == "geoCountries":
        vendor, unit, rows = "Modash", Unit.FRACTION, entries(value, path, ("weight",))
    elif geography and (key in ("countries", "data") or key.startswith("audience_geo")):
        vendor, unit, rows = "HypeAuditor", Unit.PERCENT, entries(value, path, PERCENT_KEYS)
    elif is_answer and (any(name in INSIGHTIQ_KEYS for name in keys) or above[-1][1].keys() >= INSIGHTIQ_BESIDE):
        vendor, unit, rows = "InsightIQ", Unit.PERCENT, entries(value, path, ("value",))
    else:
        return None
    return Listing(vendor, kind, unit, rows, vendor == "HypeAuditor" or len(rows) <= FEW) if rows else None


def entries(value: object, path: str, value_keys: tuple[str, ...]) -> tuple[tuple[str, str, str], ...] | None:
    """Entries of a list of objects, or of one object with codes as keys; None where the value is neither."""
    if isinstance(value, dict):
        plain = value and all(isinstance(v, str) for v in value.values()) and all(len(k) == 2 for k in value)
        return tuple((f"{path}.{k}", k, v) for k, v in value.items()) if plain else None
    if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
        return None
    rows = []
    for number, entry in enumerate(value):
        shares = [entry[key] for key in value_keys if key in entry]
        if not shares:
            return None
        rows.append((f"{path}[{number}]", named(entry), text_of(shares[0])))
    return tuple(rows)


def named(entry: dict) -> str:
    """The country of an entry: its code, else its name; both where they contradict each other, which is then asked."""
    names = [entry[key] for key in NAME_KEYS if isinstance(entry.get(key), str) and entry[key].strip()]
    meant = [name for name in names if countries.country(name).code]
    others = [name for name in meant if countries.country(name).code != countries.country(meant[0]).code]
    if others:
        return f"{others[0]} ({meant[0]})"
    return names[0] if names else ""


def of_graph(value: dict, path: str) -> Listing | None:
    """Followers by country as Instagram's Graph interface counts them, or None for other metrics and breakdowns."""
    name = value.get("name")
    if name == "audience_country" and isinstance(value.get("values"), list):
        periods = [period for period in value["values"] if isinstance(period, dict)]
        # Times of one interface compare as texts.
        newest = max(periods, key=lambda period: text_of(period.get("end_time")), default={})
        counts = newest.get("value")
        day = DAY.match(str(newest.get("end_time", "")))
        items = counts.items() if isinstance(counts, dict) else ()
        rows = tuple((f"{path}.{k}", k, text_of(v)) for k, v in items)
        top = len(rows) >= GRAPH_MOST
        return Listing(GRAPH, "followers", Unit.ACCOUNTS, rows, top, day[1] if day else "")
    kind = OF_GRAPH.get(name) if isinstance(name, str) else None
    if kind is None or not isinstance(value.get("total_value"), dict):
        return None
    for breakdown in value["total_value"].get("breakdowns") or ():
        keys = breakdown.get("dimension_keys") if isinstance(breakdown, dict) else None
        if keys not in (["country"], ["timeframe", "country"]):
            continue
        results = [r for r in breakdown.get("results") or () if isinstance(r, dict)]
        times = {text_at(r.get("dimension_values"), 0) for r in results} if len(keys) > 1 else set()
        if len(times) > 1:
            continue
        rows = tuple(
            (f"{path}.results[{n}]", text_at(r.get("dimension_values"), len(keys) - 1), text_of(r.get("value")))
            for n, r in enumerate(results)
        )
        return Listing(GRAPH, kind, Unit.ACCOUNTS, rows, len(rows) >= GRAPH_MOST)
    return None


def of_youtube(value: dict, path: str) -> Listing | None:
    """Views by country as YouTube's Analytics interface answers them, or None for other dimensions."""
    headers, answers = value.get("columnHeaders"), value.get("rows")
    if not isinstance(headers, list) or not isinstance(answers, list):
        return None
    columns = [text_of(header.get("name")) for header in headers if isinstance(header, dict)]
    split = [h for h in headers if isinstance(h, dict) and h.get("columnType") == "DIMENSION"]
    if "country" not in columns or "views" not in columns or len(split) > 1 or set(columns) & OTHER_DIMENSIONS:
        return None
    country, views = columns.index("country"), columns.index("views")
    rows = tuple(
        (f"{path}.rows[{n}]".lstrip("."), text_of(row[country]), text_of(row[views]))
        for n, row in enumerate(answers)
        if isinstance(row, list) and len(row) == len(columns)
    )
    if len(rows) < len(answers):
        raise RefusedError("a row of this answer of YouTube has not as many values as there are columns; ask again")
    return Listing("YouTube Analytics", "viewers", Unit.ACCOUNTS, rows, is_top_n=False)


def text_of(value: object) -> str:
    """A number or text of a document as it is written, "" for anything else: what can't be read is set aside."""
    return value if isinstance(value, str) else ""


def text_at(values: object, place: int) -> str:
    """The text at a place of a list, or ""."""
    text = values[place] if isinstance(values, list) and len(values) > place else ""
    return text if isinstance(text, str) else ""


def facts(content: object, listing: Listing) -> tuple[str, str, str]:
    """Followers, day and platform that a document states, each "" where it does not or says several."""
    if listing.source == "YouTube Analytics":
        return "", "", "youtube"
    if listing.source == GRAPH:
        return stated(content, FOLLOWER_KEYS), listing.day, "instagram"
    followers = stated(content, FOLLOWER_KEYS)
    day = DAY.match(stated(content, DATE_KEYS))
    named = {text.casefold() for text in texts(content, ("platform", "work_platform", "network", "type", "name"))}
    platforms = named & PLATFORMS
    return followers, day[1] if day else "", platforms.pop() if len(platforms) == 1 else ""


def stated(content: object, keys: tuple[str, ...]) -> str:
    """The one value that a document gives under any of these keys, not inside of lists; "" for none or several."""
    values = set(texts(content, keys))
    return values.pop() if len(values) == 1 else ""


def texts(value: object, keys: tuple[str, ...]) -> Iterator[str]:
    """Values under these keys, lists left out: what stands in them speaks of other accounts."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in keys and isinstance(inner, str):
                yield inner
            else:
                yield from texts(inner, keys)


def check(incoming: Incoming) -> None:
    """Shares in the unit that the vendor's shape has; counts become shares of all that are counted."""
    incoming.set_aside("as_of", "as_of > $latest", "future", "$today::text")
    if incoming.has("accounts"):
        audience_sets.shares_of_counts(incoming)
    else:
        audience_sets.refuse_dates(incoming)
        is_percent = incoming.facts["units"] == {Unit.PERCENT}
        audience_sets.refuse_scale(incoming, is_percent)
        audience_sets.add_ppm(incoming, "1e4" if is_percent else "1e6")
    audience_sets.check_sets(incoming)


KIND = Kind("vendor_json", "audience", COLUMNS, check, read=read)
