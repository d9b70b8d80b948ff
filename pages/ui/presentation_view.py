"""Read the view of a presentation from the link: sections, slide, notes, and whether all but the slide is hidden."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

import streamlit as st

from fit.locale import _
from fit.story import SECTIONS
from fit.text import words

YES = "1"
MOST_DIGITS = 4  # of a slide's number


@dataclass(frozen=True)
class View:
    """sections: keys in the story's order, never none; slide: from 1; notes: shown; is_clean: the slide alone."""

    sections: tuple[str, ...] = tuple(SECTIONS)
    slide: int = 1
    notes: bool = False
    is_clean: bool = False


def read_view(link: Mapping[str, str]) -> tuple[View, list[str]]:
    """Turn the link's texts into a view; what is not understood gives the usual view and a sentence each."""
    wanted = [part.strip().lower() for part in link["show"].split(",") if part.strip()]
    sections = tuple(key for key in SECTIONS if key in wanted) or tuple(SECTIONS)
    left_out, listed = _("The presentation has no section {one!r}; it is left out. It has {sections}."), list(SECTIONS)
    unknown = [key for key in dict.fromkeys(wanted) if key not in SECTIONS]
    problems = [left_out.format(one=key, sections=words.listing(listed)) for key in unknown]
    text = link["slide"].strip()
    number = int(text) if text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS else 0
    slide = min(len(sections), max(1, number))
    if text and slide != number:
        sentence = _("There is no slide {text!r} of {count}; slide {slide} is shown.")
        problems.append(sentence.format(text=text, count=len(sections), slide=slide))
    return View(sections, slide, link["notes"] == YES, link["present"] == YES), problems


def is_presenting() -> bool:
    """Whether the clean view is asked for: by the field once it stands, by the address on the first run."""
    return st.session_state.get("present", st.query_params.get("present", "")) == YES


def show_sections(keys: Iterable[str], shown: str) -> None:
    """Keep these sections in the link; all of them or none is the usual, empty field (callback).

    shown: the section on screen; it stays there where it stays among them.
    """
    wanted = set(keys) or set(SECTIONS)
    chosen: list[str] = [key for key in SECTIONS if key in wanted]
    st.session_state["show"] = "" if len(chosen) == len(SECTIONS) else ",".join(chosen)
    show_slide(chosen.index(shown) + 1 if shown in chosen else 1)


def show_slide(number: int) -> None:
    """Turn to a slide (callback)."""
    st.session_state["slide"] = "" if number == 1 else str(number)


def switch(part: Literal["notes", "present"], wanted: bool) -> None:
    """Show or hide the presenter's notes, begin or end the clean view (callback)."""
    st.session_state[part] = YES if wanted else ""
