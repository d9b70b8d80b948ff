"""Tell whose row it is: the account behind a handle or a link, and the id that it has in the store."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

import duckdb

from data.importers.limits import MAX_ID_CHARACTERS
from data.importers.tracker import words

SITES = {
    "instagram.com": "instagram",
    "tiktok.com": "tiktok",
    "youtube.com": "youtube",
    "youtu.be": "youtube",
    "facebook.com": "facebook",
    "fb.com": "facebook",
    "twitch.tv": "twitch",
    "x.com": "x",
    "twitter.com": "x",
    "pinterest.com": "pinterest",
    "linkedin.com": "linkedin",
    "snapchat.com": "snapchat",
    "threads.net": "threads",
    "threads.com": "threads",
}
# First parts of a path that are no account: posts, pages of the platform itself.
NO_ACCOUNTS = {
    "p",
    "reel",
    "reels",
    "tv",
    "stories",
    "watch",
    "shorts",
    "live",
    "explore",
    "video",
    "photo",
    "status",
    "v",
    "t",
    "share",
    "i",
    "groups",
    "events",
    "profile.php",
}
SHORT_LINKS = {"youtu.be", "vm.tiktok.com", "vt.tiktok.com"}  # sites whose links name no account
# First parts behind which the account stands.
BEFORE_ACCOUNT = {"c", "user", "channel", "in", "company", "add"}
POST = re.compile(
    r"/(p|reel|reels|tv|video|photo|status|shorts|watch|live|stories|videos|posts|pin)(/|$|\?)|/watch\?|youtu\.be/"
)
HANDLE = re.compile(r"^@?[\w.\-]{1,100}$")
KNOWN = "select creator_id, platform, handle from profiles union all select creator_id, null, null from audience"
KNOWN += " union all select creator_id, null, null from campaign_rows"
# The name that each creator has now; a handle that stands in for one is none.
NAMED = """
    select creator_id, arg_max(creator_name, source_id) filter (creator_name is distinct from handle)
    from profiles group by creator_id"""


@dataclass(frozen=True)
class Account:
    """An account as a row names it; platform and handle "" where it does not."""

    platform: str = ""
    handle: str = ""


def of_link(cell: str) -> Account:
    """The account that a link leads to, or that posted what it leads to; empty where it does not say."""
    text = cell.strip()
    try:
        parts = urlsplit(text if "://" in text else f"https://{text}")
        host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    except ValueError:
        return Account()
    platform = next((name for site, name in SITES.items() if host == site or host.endswith(f".{site}")), "")
    if not platform or host in SHORT_LINKS:
        return Account(platform)
    path = [unquote(part) for part in parts.path.split("/") if part]
    if len(path) > 1 and path[0].casefold() in BEFORE_ACCOUNT | ({"stories"} if platform == "instagram" else set()):
        path = path[1:]
    if not path or path[0].casefold() in NO_ACCOUNTS or not HANDLE.match(path[0]):
        return Account(platform)
    return Account(platform, path[0].removeprefix("@"))


# "IG: anna.b", "TikTok - @anna.b", "@anna.b (main account)": what stands around a handle.
BEFORE_HANDLE = re.compile(r"^([^\W\d_][^@:]{0,20}?)\s*(?:[:|]\s*@?|[\-–—/]?\s*@)(?=[\w.])")
REMARK = re.compile(r"\s+[(\[][^()\[\]@]*[)\]]$")


def of_handle(cell: str) -> Account:
    """The account of a cell with a handle, without the platform before it and the remark in brackets behind it."""
    text = REMARK.sub("", cell.strip())
    before = BEFORE_HANDLE.match(text)
    platform = words.platform(before[1]) if before else None
    if before and platform:
        text = text[before.end() :]
    remark = REMARK.search(cell.strip())
    platform = platform or (words.platform(remark[0].strip(" ()[]")) if remark else None)
    if not is_handle(text):
        return Account("", cell.strip().removeprefix("@"))
    return Account(platform or "", text.removeprefix("@"))


def is_account(cell: str) -> bool:
    """Whether a cell is a handle, whatever stands around it, or a link to an account."""
    return bool(of_link(cell).handle) if is_link(cell) else is_handle(of_handle(cell).handle)


def is_link(cell: str) -> bool:
    """Whether a cell is a link to something on the web."""
    text = cell.strip()
    return text.startswith(("http://", "https://", "www.")) or bool(of_link(text).platform and "/" in text)


def is_post(cell: str) -> bool:
    """Whether a link leads to a single post."""
    return is_link(cell) and bool(POST.search(cell))


def is_handle(cell: str) -> bool:
    """Whether a cell can be a handle: one word, with an @ or without."""
    return bool(HANDLE.match(cell.strip())) and not cell.strip().isdigit()


def folded(text: str) -> str:
    """A handle or name as it is compared: without @ and case, accents in one form, blanks as one hyphen."""
    flat = unicodedata.normalize("NFC", text.strip().removeprefix("@")).casefold()
    return re.sub(r"\s+", "-", flat)


class Ids:
    """The ids of accounts: of those that the store knows already, else platform and handle ("instagram:anna.b").

    rows: id, platform and handle of the creators that are known; names: what they are called.
    """

    def __init__(
        self, rows: Iterable[tuple[str, str | None, str | None]], names: Iterable[tuple[str, str | None]] = ()
    ) -> None:
        self._platform_of: dict[str, str] = {}
        self._id_of: dict[tuple[str, str], str] = {}
        self._written: dict[str, str] = {}
        self._called: dict[str, list[str]] = {}
        for creator_id, platform, handle in rows:
            name = words.platform(platform or "") or (platform or "")
            self._written.setdefault(folded(creator_id), creator_id)
            self._platform_of[creator_id] = self._platform_of.get(creator_id) or name
            if handle:
                self._id_of.setdefault((name, folded(handle)), creator_id)
        self._with_handle = set(self._id_of.values())
        for creator_id, called in names:
            if called and (key := folded(called)):
                self._called.setdefault(key, []).append(creator_id)

    def is_known(self, creator_id: str) -> bool:
        """Whether an earlier file gave this creator."""
        return creator_id in self._platform_of

    def has_handle(self, creator_id: str) -> bool:
        """Whether an earlier file gave the creator's handle."""
        return creator_id in self._with_handle

    def called(self, name: str, platform: str) -> list[str]:
        """The creators of a name that can be on a platform ("" for any); a creator without a platform can be on any."""
        on_any = ("", platform)
        found = self._called.get(folded(name), [])
        return [one for one in found if not platform or self._platform_of.get(one, "") in on_any]

    def of(self, platform: str, name: str) -> str:
        """The id of an account. name: its handle, or the creator's name where no handle is known."""
        key = folded(name)
        if known := self._id_of.get((platform, key)):
            return known
        if (written := self._written.get(key)) and (not platform or self._platform_of[written] in ("", platform)):
            return written
        return (f"{platform}:{key}" if platform else key)[:MAX_ID_CHARACTERS]


def known_ids(db: duckdb.DuckDBPyConnection) -> Ids:
    """The ids of the creators that earlier files gave."""
    return Ids(db.execute(f"{KNOWN} order by 1").fetchall(), db.execute(f"{NAMED} order by 1").fetchall())
