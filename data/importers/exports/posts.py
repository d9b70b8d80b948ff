"""Read the posts of a creator's own account: content exports of Instagram, Facebook, TikTok and YouTube.

Every post is an organic campaign of its own (campaign_id = the post's id, else its link), with one deliverable, without
a market. Impressions are its views where the platform counts views, as Instagram does since 2025. Texts are not kept.
"""

import re
from collections.abc import Mapping, Sequence, Set
from datetime import UTC, date, datetime
from functools import cache

from data.importers import subtotals
from data.importers.exports.plain_format import check_market, check_numbers
from data.importers.reader_spec import Incoming, Kind, set_repeats_aside
from data.importers.reading import heading_words
from data.importers.reading.header_row import Column
from data.importers.reading.reader import Record
from data.importers.reading.tables import ExportContent, RecordTable, find_header, with_fields
from data.importers.report import RefusedError, listed
from data.importers.values import countries, dates, numbers

PLATFORMS = ("meta", "tiktok", "youtube")
COLUMNS = (
    Column("creator_id", "id", needed=True),
    Column("campaign_id", "id", needed=True, filled=True),
    Column("date", "date", needed=True, filled=True),
    Column("platform", "platform"),
    Column("deliverable", "text"),
    Column("impressions", "count"),
    Column("reach", "count"),
    Column("engagements", "count"),
    Column("clicks", "count"),
)
HEADER = ("campaign_id", "date", "platform", "deliverable", "impressions", "reach", "engagements", "clicks")
ENGAGEMENTS = ("likes", "comments", "shares", "saves")
COUNTED = frozenset(("views", "impressions", "reach", "clicks", *ENGAGEMENTS))
BLANK = ("", "-", "--")
OF_SEVERAL_CREATORS = {
    "creator_id",
    "campaign_id",
    "creator",
    "creator_name",
    "influencer",
    "creator_handle",
    "creator_username",
}
# A post's kind by words of its type, in many languages; any other is a post.
KINDS = {
    "reel": re.compile(r"reel|リール|릴스"),
    "story": re.compile(r"stor(y|ies|ie|ia)|histori|ストーリー|스토리|hikaye|истори"),
    "carousel": re.compile(r"carous|karussell|carrusel|carrossel|carosello|karuzel|album|álbum|カルーセル"),
    "live": re.compile(r"\blive\b|livestream|en direct|en vivo|ao vivo|in diretta"),
    "video": re.compile(r"video|vídeo|vidéo|動画|동영상|видео"),
}
COUNT = re.compile(r"[0-9]{1,15}")
# What a spreadsheet makes of a number of 17 digits: "1.79E+16".
ROUNDED = re.compile(r"\d([.,]\d+)?E\+\d+", re.IGNORECASE)
SHORT = re.compile(r"#shorts?\b")
TIME = re.compile(r"[\sT,]+\d{1,2}[:.]\d\d([:.]\d\d)?(\s?[AaPp]\.?[Mm]\.?)?(\s?(UTC|GMT|Z|[+-]\d\d:?\d\d))?$")
# The numbers of TikTok's videos begin with the second in which they were posted.
TIKTOK_ID = re.compile(r"(?:/(?:video|photo)/|^)(\d{18,20})\b")
BITS_BELOW_SECONDS = 32
LIFETIME = re.compile(r"^[^\d]*$")


@cache
def headings(platform: str) -> Mapping[str, tuple[str, ...]]:
    """Names of the columns of a platform's content export."""
    return heading_words.of(f"{platform} posts")


def platform_of(names: set[str]) -> str | None:
    """The platform whose content export has these headings; none where they say whose a row is."""
    if names & OF_SEVERAL_CREATORS:
        return None
    for platform in PLATFORMS:
        known = headings(platform)
        signs = [set(known[column]) for column in known if column.startswith("sign")]
        if all(names & sign for sign in signs):
            return platform
    return None


def read(content: ExportContent) -> RecordTable | None:
    """The posts of a content export, or None. Raises RefusedError where a post stands on several days."""
    table = find_header(content, lambda names: platform_of(names) is not None)
    platform = platform_of(set(table.names)) if table else None
    if table is None or platform is None:
        return None
    known = {column: names for column, names in headings(platform).items() if not column.startswith("sign")}
    places = {column.removeprefix("own "): place for column, place in table.places(own(known)).items()}
    views = "views" if "views" in places else "impressions"
    rows, totals = split_totals(list(table.below()), places, platform)
    if not rows:
        raise RefusedError("no data: the export names no post; choose other days and export it again")
    if "day" in places and any(not LIFETIME.match(r.fields[places["day"]]) for r in rows if not r.fault):
        raise RefusedError(
            "posts by day: every post has several rows; export the content again with the numbers of its whole "
            "life (Lifetime instead of Daily)"
        )
    rounded = refuse_or_find_rounded(rows, places)
    mark = numbers.thousands_mark(
        record.fields[places[name]] for record in rows if not record.fault for name in known if name in places
        and name in (views, "reach", *ENGAGEMENTS)
    )  # fmt: skip
    records = with_fields(rows, lambda fields: with_our_columns(fields, places, platform, views, mark, rounded))
    at = subtotals.Places(places["campaign_id"], places.get(views), None)
    notes = [note_on_numbers(places, views), *notes_on_whose(rows, places), *subtotals.notes_on_totals(totals)]
    notes += [note_on_rounded(rows, places, rounded)] if rounded else []
    notes += subtotals.notes_on_missed(totals, rows, at, table.header) if totals else []
    return table.read_as(HEADER, records, used(places), notes)


def own(known: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """The wanted columns under keys that are no names of columns: "views" of a file is no column of ours."""
    return {f"own {column}": names for column, names in known.items()}


def used(places: Mapping[str, int]) -> dict[str, int]:
    """The columns that a row is made of."""
    left = {"title", "link", "day", "account"}
    return {column: place for column, place in places.items() if column not in left}


def split_totals(rows: Sequence[Record], places: Mapping[str, int], platform: str) -> tuple[list[Record], list[Record]]:
    """Posts, and rows that YouTube calls Total."""
    name = places["campaign_id"]
    totals = [
        record
        for record in rows
        if platform == "youtube" and not record.fault
        and countries.country(record.fields[name].strip()).code == countries.TOTAL
    ]  # fmt: skip
    return [record for record in rows if record not in totals], totals


def refuse_or_find_rounded(rows: Sequence[Record], places: Mapping[str, int]) -> frozenset[str]:
    """Numbers of posts that a spreadsheet rounded: "1.79E+16", or one that several links have.

    Raises RefusedError where a post with such a number has no link either.
    """
    links: dict[str, set[str]] = {}
    for record in rows:
        if not record.fault:
            link = record.fields[places["link"]].strip() if "link" in places else ""
            links.setdefault(record.fields[places["campaign_id"]].strip(), set()).add(link)
    rounded = {name for name, found in links.items() if ROUNDED.fullmatch(name) or (len(found - {""}) > 1 and name)}
    if lost := sorted(name for name in rounded if "" in links[name]):
        raise RefusedError(
            f"a spreadsheet rounded the numbers of posts ({listed(lost)}), so nobody can tell them apart; load the "
            "file as it was downloaded"
        )
    return frozenset(rounded)


def note_on_rounded(rows: Sequence[Record], places: Mapping[str, int], rounded: frozenset[str]) -> str:
    """Say which posts are called by their link."""
    count = sum(not r.fault and r.fields[places["campaign_id"]].strip() in rounded for r in rows)
    are = "post is" if count == 1 else "posts are"
    return (
        f"{count:,} {are} called by the link, because a spreadsheet rounded the number; if the same posts are loaded "
        "already, load the file as it was downloaded instead"
    )


def notes_on_whose(rows: Sequence[Record], places: Mapping[str, int]) -> list[str]:
    """Say that an export holds the posts of several accounts."""
    cells = [r.fields[places["account"]].strip() for r in rows if not r.fault] if "account" in places else []
    accounts = sorted({cell.casefold() for cell in cells} - {""})
    if len(accounts) < 2:
        return []
    return [
        f"posts of {len(accounts)} accounts ({listed(accounts)}) all count for this creator; if they are different "
        "people, export each account by itself"
    ]


def note_on_numbers(places: Mapping[str, int], views: str) -> str:
    """Say what counts as impressions and as engagements."""
    engagements = [name for name in ENGAGEMENTS if name in places]
    counted = f"engagements are {', '.join(engagements)}" if engagements else "no column of likes or comments"
    either = " (or impressions, in rows without views)" if views == "views" and "impressions" in places else ""
    return f"posts of the creator's own account; impressions are {views}{either}, {counted}"


def with_our_columns(
    fields: Sequence[str], places: Mapping[str, int], platform: str, views: str, mark: str, rounded: Set[str]
) -> list[str]:
    """One post under our names. rounded: numbers that are none any more."""
    cells = {column: fields[place].strip() for column, place in places.items()}
    counts = {name: numbers.without_thousands(cells[name], mark) for name in cells if name in COUNTED}
    if counts.get(views, "") in BLANK and platform == "meta":  # a post from before Instagram counted views
        counts[views] = counts.get("impressions", "")
    written = [counts[name] for name in ENGAGEMENTS if counts.get(name, "") not in BLANK]
    unread = [text for text in written if not COUNT.fullmatch(text)]
    kind = cells.get("kind", "").casefold()
    ours = {
        "campaign_id": cells["link"] if cells["campaign_id"] in rounded else post_id(cells, platform),
        "date": day_of(cells, platform),
        "platform": platform_named(kind, cells) if platform == "meta" else platform,
        "deliverable": deliverable(kind, cells.get("title", ""), platform),
        "impressions": counts.get(views, ""),
        # A part that can't be read is shown as it is, so that the post is set aside.
        "engagements": unread[0] if unread else str(sum(map(int, written))) if written else "",
    }
    return [ours.get(name, counts.get(name, "")) for name in HEADER]


def post_id(cells: Mapping[str, str], platform: str) -> str:
    """The post's number, else its link."""
    found = TIKTOK_ID.search(cells["campaign_id"]) if platform == "tiktok" else None
    return found[1] if found else cells["campaign_id"] or cells.get("link", "")


def day_of(cells: Mapping[str, str], platform: str) -> str:
    """The day of a post; of a TikTok video the one in its number, because its cell names no year."""
    found = TIKTOK_ID.search(cells["campaign_id"]) if platform == "tiktok" else None
    if found:
        return posted_on(int(found[1])).isoformat()
    text = TIME.sub("", cells.get("date", ""))
    day = dates.in_words(text)
    return day.isoformat() if day else text


def posted_on(number: int) -> date:
    """The day in the number of a TikTok video (UTC)."""
    return datetime.fromtimestamp(number >> BITS_BELOW_SECONDS, UTC).date()


def platform_named(kind: str, cells: Mapping[str, str]) -> str:
    """Instagram or Facebook, by the type of the post or its link."""
    link = cells.get("link", "")
    return "instagram" if re.match(r"(ig|instagram)\b", kind) or "instagram." in link else "facebook"


def deliverable(kind: str, title: str, platform: str) -> str:
    """What was posted."""
    if platform == "youtube":
        return "short" if SHORT.search(title.casefold()) or "short" in kind else "video"
    if platform == "tiktok":
        return "video"
    return next((name for name, words in KINDS.items() if words.search(kind)), "post")


def check(incoming: Incoming) -> None:
    """Posts are the creator's own campaigns, each once."""
    check_market(incoming)
    incoming.fill(paid=False, count_deliverables=1)
    check_numbers(incoming)
    set_repeats_aside(incoming, ("creator_id", "campaign_id", "platform"))


KIND = Kind("own_posts", "campaign_rows", COLUMNS, check, read=read)
