"""What do vendors and Instagram's own interface say about an audience? JSON of Modash, InsightIQ, HypeAuditor, Graph.

Only lists of countries that stand under the vendor's own key are audience; the country of a profile is where its owner
lives. Followers and likers are two audiences.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from data.importers import audience_sets
from data.importers.reader_spec import Bringing, Kind, never
from data.importers.reading.header_row import Column
from data.importers.reading.reader import Record
from data.importers.reading.tables import Document, RecordTable, Where
from data.importers.report import Code, RefusedError, listed
from data.importers.values import countries

COLUMNS = (
    Column("creator_id", "id", needed=True),
    Column("country", "country", needed=True, filled=True),
    Column("audience_share", "share", filled=True),
    Column("accounts", "count", filled=True),
    Column("source", "text"),
    Column("audience_type", "audience_type"),
    Column("platform", "text"),
    Column("as_of", "date"),
    Column("followers", "count"),
    Column("is_top_n", "flag"),
)
FOLLOWER_KEYS = (
    "followers",
    "follower_count",
    "followers_count",
    "followersCount",
    "followerCount",
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
# Instagram lists the 45 largest countries at most.
GRAPH_MOST = 45
# A demography lists what the vendor shows: HypeAuditor five, others up to all countries.
FEW = 10


@dataclass(frozen=True)
class Listing:
    """One list of countries: whose, of whom, in which unit, and its entries (path, country, value)."""

    source: str
    audience_type: str
    unit: str  # "fraction", "percent" or "accounts"
    entries: tuple[tuple[str, str, str], ...]
    is_top_n: bool
    day: str = ""


def read(document: Document) -> RecordTable | None:
    """The rows of all audiences that a JSON document holds, or None where no shape is known."""
    if not document.is_json:
        return None
    found = list(listings(document.json, "", []))
    if not found:
        return None
    refuse_several(found)
    units = {"accounts" if listing.unit == "accounts" else "share" for listing in found}
    if len(units) > 1:
        raise RefusedError("counts and shares stand in one document; split it and load the parts")
    value_column = "accounts" if units == {"accounts"} else "audience_share"
    rows: list[Record] = []
    where: dict[tuple[int, str], Where] = {}
    for listing in found:
        followers, as_of, platform = facts(document.json, listing)
        for path, country, value in listing.entries:
            key = len(rows) + 1
            where[key, ""] = Where(None, None, path)
            shown = f"{value}%" if listing.unit == "percent" else value
            top = "true" if listing.is_top_n else "false"
            rows.append(
                Record(key, 0, [country, shown, listing.source, listing.audience_type, platform, as_of, followers, top])
            )
    header = ("country", value_column, "source", "audience_type", "platform", "as_of", "followers", "is_top_n")
    units = {listing.unit for listing in found}
    notes = (document.note,) if document.note else ()
    return RecordTable(header, rows, notes=notes, where=where, facts={"units": units})


def refuse_several(found: list[Listing]) -> None:
    """Raise RefusedError when two lists speak of the same audience: then the document holds several accounts."""
    kinds = [(listing.source, listing.audience_type) for listing in found]
    twice = sorted({f"{source}, {kind}" for source, kind in kinds if kinds.count((source, kind)) > 1})
    if twice:
        raise RefusedError(
            f"several audiences of one kind stand in this document ({listed(twice)}): it holds more than one account "
            "or day; save each account's answer in a file of its own and load it with --creator ID",
            Code.SEVERAL_ACCOUNTS,
            {"audiences": twice},
        )
    empty = [listing for listing in found if not listing.entries]
    if len(empty) == len(found):
        raise RefusedError("no data: the list of countries is empty; ask the vendor for the audience again")


def listings(value: object, path: str, above: list[tuple[str, object]]) -> Iterator[Listing]:
    """Every list of countries below a value. above: the keys and values that lead to it."""
    if isinstance(value, dict):
        if graph := of_graph(value, path):
            yield graph
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


def of_vendor(key: str, value: object, path: str, above: list[tuple[str, object]]) -> Listing | None:
    """A vendor's list of countries, known by the keys that lead to it, or None."""
    keys = [name for name, _ in above]
    within = " ".join(keys).casefold()
    kind = "likers" if "liker" in within or "likes" in within else "followers"
    if "commenter" in within or "lookalike" in within:
        return None
    if key == "geoCountries":
        found = entries(value, path, ("weight",))
        return Listing("Modash", kind, "fraction", found, len(found) <= FEW) if found else None
    geography = any("audience_geo" in name for name in keys)
    if geography and (key in ("countries", "data") or key.startswith("audience_geo")):
        found = entries(value, path, PERCENT_KEYS)
        return Listing("HypeAuditor", kind, "percent", found, True) if found else None
    is_answer = key == "countries" and isinstance(value, list)  # codes as keys could be counts as well
    if is_answer and (any(name in INSIGHTIQ_KEYS for name in keys) or beside(above) >= INSIGHTIQ_BESIDE):
        found = entries(value, path, ("value",))
        return Listing("InsightIQ", kind, "percent", found, len(found) <= FEW) if found else None
    return None


def beside(above: list[tuple[str, object]]) -> set[str]:
    """The keys that stand in the same object as the last one; above: the keys that lead there, each with its object."""
    last = above[-1][1]
    return set(last) if isinstance(last, dict) else set()


def entries(value: object, path: str, value_keys: tuple[str, ...]) -> tuple[tuple[str, str, str], ...] | None:
    """Entries of a list of objects, or of one object with codes as keys; None where the value is neither."""
    if isinstance(value, dict):
        plain = value and all(isinstance(v, str) for v in value.values()) and all(len(k) == 2 for k in value)
        return tuple((f"{path}.{k}", k, v) for k, v in value.items()) if plain else None
    if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
        return None
    found = []
    for number, entry in enumerate(value):
        name = named(entry)
        shares = [entry[key] for key in value_keys if key in entry]
        if not shares:
            return None
        share = text_of(shares[0])
        found.append((f"{path}[{number}]", name, share))
    return tuple(found)


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
        newest = max((v for v in value["values"] if isinstance(v, dict)), key=ended, default={})
        value_now = newest.get("value")
        counts = value_now if isinstance(value_now, dict) else {}
        day = DAY.match(str(newest.get("end_time", "")))
        found = tuple((f"{path}.{k}", k, text_of(v)) for k, v in counts.items())
        top = len(found) >= GRAPH_MOST
        return Listing("Instagram Graph", "followers", "accounts", found, top, day[1] if day else "")
    if name != "follower_demographics" or not isinstance(value.get("total_value"), dict):
        return None
    for breakdown in value["total_value"].get("breakdowns") or ():
        if isinstance(breakdown, dict) and breakdown.get("dimension_keys") == ["country"]:
            results = [r for r in breakdown.get("results") or () if isinstance(r, dict)]
            found = tuple(
                (f"{path}.results[{n}]", first(r.get("dimension_values")), text_of(r.get("value")))
                for n, r in enumerate(results)
            )
            return Listing("Instagram Graph", "followers", "accounts", found, len(found) >= GRAPH_MOST)
    return None


def text_of(value: object) -> str:
    """A number or text of a document as it is written, "" for anything else: what can't be read is set aside."""
    return value if isinstance(value, str) else ""


def ended(value: dict) -> str:
    """The end of a period, for finding the newest; times of one interface compare as texts."""
    return text_of(value.get("end_time"))


def first(values: object) -> str:
    """The first text of a list, or ""."""
    return values[0] if isinstance(values, list) and values and isinstance(values[0], str) else ""


def facts(document: object, listing: Listing) -> tuple[str, str, str]:
    """Followers, day and platform that a document states, each "" where it does not or says several."""
    if listing.source == "Instagram Graph":
        return stated(document, FOLLOWER_KEYS), listing.day, "instagram"
    followers = stated(document, FOLLOWER_KEYS)
    day = DAY.match(stated(document, DATE_KEYS))
    named = {text.casefold() for text in texts(document, ("platform", "work_platform", "network", "type", "name"))}
    platforms = named & PLATFORMS
    return followers, day[1] if day else "", platforms.pop() if len(platforms) == 1 else ""


def stated(document: object, keys: tuple[str, ...]) -> str:
    """The one value that a document gives under any of these keys, not inside of lists; "" for none or several."""
    found = set(texts(document, keys))
    return found.pop() if len(found) == 1 else ""


def texts(value: object, keys: tuple[str, ...]) -> Iterator[str]:
    """Values under these keys, lists left out: what stands in them speaks of other accounts."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in keys and isinstance(inner, str):
                yield inner
            else:
                yield from texts(inner, keys)


def check(bringing: Bringing) -> None:
    """Shares in the unit that the vendor's shape has; counts become shares of all that are counted."""
    if bringing.has("as_of"):
        bringing.set_aside("as_of", "as_of > $latest", "future", "$today::text")
    if bringing.has("accounts"):
        audience_sets.shares_of_counts(bringing)
    else:
        audience_sets.refuse_dates(bringing)
        audience_sets.refuse_scale(bringing, bringing.facts["units"] == {"percent"})
        audience_sets.add_ppm(bringing, "1e4" if bringing.facts["units"] == {"percent"} else "1e6")
    audience_sets.set_repeats_aside(bringing)
    audience_sets.check_sums(bringing)


KIND = Kind("vendor_json", "audience", COLUMNS, never, check, read=read)
