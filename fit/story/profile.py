"""Say who a creator is: name, handle, platform, followers, and the address of the profile where it is known."""

import re

from fit.locale import _
from fit.story.story import CreatorStory
from fit.text import plain, words

ADDRESSES = {
    "instagram": "instagram.com/{handle}",
    "tiktok": "tiktok.com/@{handle}",
    "youtube": "youtube.com/@{handle}",
}
HANDLE = re.compile(r"[A-Za-z0-9._-]{1,60}")  # what stands in an address as it is; any other handle is only shown


def handle_of(creator: CreatorStory) -> str:
    """The handle with one @ before it; empty where no profile says one."""
    handle = plain(creator.profile.get("handle") or "").lstrip("@")
    return f"@{handle}" if handle else ""


def profile_words(creator: CreatorStory) -> str:
    """ "@mara, Instagram": handle and platform, of what is known."""
    known = [part for part in (handle_of(creator), words.platform(plain(creator.candidate.platform or ""))) if part]
    return ", ".join(known) or _("not known")


def followers_words(creator: CreatorStory) -> str:
    """How many follow the creator."""
    followers = creator.candidate.followers
    return _("not known") if followers is None else words.count(followers)


def profile_address(creator: CreatorStory) -> str:
    """Where the profile is, "instagram.com/mara"; empty where platform or handle are not known or unusual."""
    handle, platform = handle_of(creator).removeprefix("@"), (creator.candidate.platform or "").lower()
    if platform not in ADDRESSES or not HANDLE.fullmatch(handle):
        return ""
    return ADDRESSES[platform].format(handle=handle)
