"""Colours of charts: one per meaning, everywhere, from the colour-blind safe set of Okabe and Ito.

Meaning never rests on colour alone: every mark has a label, a place or a pattern as well. Dark backgrounds have their
own values, because the set was made for paper.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Colours:
    """Hex values of one appearance (light or dark), one field per meaning."""

    in_market: str
    elsewhere: str
    unknown: str
    awareness: str
    conversion: str
    balanced: str
    pilot: str
    strength: str  # engage, click and convert alike: place and label tell them apart
    strength_bar: str
    target: str
    gap: str  # text about a market that an audience misses
    ink: str
    faint_ink: str
    grid: str
    land: str
    paper: str
    on_in_market: str  # text on these fills
    on_elsewhere: str


LIGHT = Colours(
    in_market="#0072B2",
    elsewhere="#9AA1AB",
    unknown="#C9CED6",
    awareness="#56B4E9",
    conversion="#D55E00",
    balanced="#CC79A7",
    pilot="#F0E442",
    strength="#007A5A",
    strength_bar="#8CCFBB",
    target="#B36B00",
    gap="#B3261E",
    ink="#0E1116",
    faint_ink="#5B636E",
    grid="#E4E8EC",
    land="#E9ECEF",
    paper="#FFFFFF",
    on_in_market="#FFFFFF",
    on_elsewhere="#0E1116",
)
DARK = Colours(
    in_market="#4BA3DC",
    elsewhere="#7B8592",
    unknown="#4A545F",
    awareness="#7CC4EE",
    conversion="#F0813A",
    balanced="#DE9BC0",
    pilot="#F0E442",
    strength="#2FBF93",
    strength_bar="#1F6F58",
    target="#F2B33D",
    gap="#FF9B8F",
    ink="#F1F4F8",
    faint_ink="#A6B0BC",
    grid="#29313A",
    land="#222A33",
    paper="#0F1318",
    on_in_market="#0F1318",
    on_elsewhere="#0F1318",
)


def colours(dark: bool) -> Colours:
    """Return the values of the dark or the light appearance."""
    return DARK if dark else LIGHT
