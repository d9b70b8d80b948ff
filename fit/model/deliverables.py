"""List the kinds of deliverables that each platform has, and what is usual of a kind before any campaign shows it.

Views and clicks are against a post of the same creator. Published figures of kinds are ranges without data (grade C),
so they are wide guesses: a kind rests on them only until the field's own campaigns outweigh them.
"""

from __future__ import annotations

# In the order in which people name them; a kind of the user's own may be written anywhere.
KINDS = {
    "instagram": ("post", "carousel", "reel", "story", "live"),
    "tiktok": ("video", "story", "live"),
    "youtube": ("video", "short", "live", "post"),
    "facebook": ("post", "reel", "story", "video", "live"),
    "twitch": ("live", "video"),
    "linkedin": ("post", "video", "article"),
    "pinterest": ("pin", "video"),
    "x": ("post", "video"),
    "snapchat": ("story", "video"),
}
EVERY_KIND = ("post", "carousel", "reel", "story", "short", "video", "live", "pin", "article", "podcast", "newsletter")

# Impressions of one deliverable against a post: a story is seen by about a third of those who see a post.
VIEWS_TO_POST = {"story": 1 / 3, "live": 0.3, "reel": 1.3}
# Clicks per impression against a post: a story carries the link itself (published bands, docs/method.md).
CLICK_RATE_TO_POST = {"story": (2.8 / 100.8) / (5.7 / 295.7)}


def kinds_of(platform: str | None) -> tuple[str, ...]:
    """The kinds that can be booked on a platform; all of them where the platform is none of those known."""
    return KINDS.get((platform or "").lower(), EVERY_KIND)
