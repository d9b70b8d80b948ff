"""Say who a creator is: name, handle, platform, followers, and the address of the profile where it is known."""

import re
from collections.abc import Mapping
from typing import Any

from fit.locale import _
from fit.story.story import CreatorStory
from fit.text import plain, words

ADDRESSES = {
    "instagram": "instagram.com/{handle}",
    "tiktok": "tiktok.com/@{handle}",
    "youtube": "youtube.com/@{handle}",
}
HANDLE = re.compile(r"[A-Za-z0-9._-]{1,60}")  # what stands in an address as it is; any other handle is only shown


def _handle(profile: Mapping[str, Any]) -> str:
    """The handle without an @; empty where no profile says one."""
    return plain(profile["handle"] or "").lstrip("@")


def profile_words(creator: CreatorStory) -> str:
    """ "@mara, Instagram": handle and platform, of what is known."""
    handle, platform = _handle(creator.profile), words.platform(plain(creator.candidate.platform or ""))
    return ", ".join(filter(None, (handle and f"@{handle}", platform))) or _("not known")


def followers_words(creator: CreatorStory) -> str:
    """How many follow the creator."""
    followers = creator.candidate.followers
    return _("not known") if followers is None else words.count(followers)


def profile_address(profile: Mapping[str, Any]) -> str:
    """Where a profile is, "instagram.com/mara"; empty where platform or handle are not known or unusual.

    profile: the row of queries/creator.sql.
    """
    handle, platform = _handle(profile), (profile["platform"] or "").lower()
    return ADDRESSES[platform].format(handle=handle) if platform in ADDRESSES and HANDLE.fullmatch(handle) else ""
