"""List the kinds of deliverables that each platform has, and what is usual of a kind before any campaign shows it.

Views and clicks are against a post of the same creator. Published figures of kinds are ranges without data (grade C),
so they are wide guesses: a kind rests on them only until the field's own campaigns outweigh them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

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

# Impressions of one deliverable against a post (on YouTube and TikTok: a video), grade C where nothing else is said.
# story: half a post's reach (Socialinsider 2022: 8.4 of 16.9 % to 5.3 of 8.5 % of followers) to a seventh (Rival IQ
#     2021: 5.4 of 20 % to 1.2 of 9 %).
# reel: 1.5 to 3 times a picture's reach (startmotionmedia 2024), 2.25 (CreatorsJet 2025, 10,000 posts).
# carousel: 2.25 / 1.36 = 1.65 (CreatorsJet 2025); the middle towards a post, which may be a carousel itself.
# short: more views than a video (Violot et al., WebSci 2024, 16.8 million videos: grade A); by how much is our guess.
# live: our guess; no figure is published. So are stories outside of Instagram, which go by those there.
VIEWS_TO_POST = {"story": 1 / 3, "carousel": 1.4, "reel": 1.8, "short": 1.5, "live": 0.3}
# Clicks per impression against a post, grade C.
# story: carries the link itself: the bands of docs/method.md, 1 to 5 % against 1 to 3 % of a link in bio; others say
#     more (linkdash: 3 to 6 % against 1 to 2 %).
# short: a link under a short cannot be clicked (YouTube, since 31 August 2023); by how much that costs is our guess.
CLICK_RATE_TO_POST = {"story": (2.8 / 100.8) / (5.7 / 295.7), "short": 0.5}


def kinds_of(platform: str | None) -> tuple[str, ...]:
    """The kinds that can be booked on a platform; all of them where the platform is none of those known."""
    return KINDS.get((platform or "").lower(), EVERY_KIND)


def kind_named(written: str, seen: Collection[str] = ()) -> str:
    """The kind that somebody means, whatever the case and number: "Stories" is story. Own kinds stay as written.

    seen: kinds as campaigns call them; those win over the names above.

    >>> kind_named(" Reels "), kind_named("Unboxing"), kind_named("unboxings", ["Unboxing"])
    ('reel', 'Unboxing', 'Unboxing')
    """
    bare = " ".join(written.split())
    if bare in seen:
        return bare
    by_fold = {_folded(kind): kind for kind in (*EVERY_KIND, *sorted(seen, reverse=True))}
    return by_fold.get(_folded(bare), bare)


def offered_kinds(platform: str | None, seen: Iterable[str]) -> tuple[str, ...]:
    """The kinds to choose from: those of the platform, then those that only campaigns name."""
    names = list(seen)
    return tuple(dict.fromkeys([*(kind_named(kind, names) for kind in kinds_of(platform)), *names]))


def plural_of(kind: str) -> str:
    """Several of a kind in English: "stories"."""
    if kind.endswith("y") and kind[-2:-1] not in "aeiou":
        return f"{kind[:-1]}ies"
    return kind if kind.endswith("s") else f"{kind}s"


def _folded(kind: str) -> str:
    """A kind in small letters and the singular, to compare by."""
    lower = kind.casefold()
    return f"{lower[:-3]}y" if lower.endswith("ies") else lower.removesuffix("s")
