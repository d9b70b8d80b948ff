"""What do the typed words of a command ask for: which brief, which lines, whom, and which document?"""

from argparse import Namespace
from collections.abc import Set
from pathlib import Path

import polars as pl

from fit.brief import Brief, BriefError, parse_deliverable, parse_followers
from fit.cli.output import Refused
from fit.documents import STORY_ENDINGS
from fit.forecast import CURRENCY_LETTERS, MOST_COST, MOST_COUNT, RequestedLine, asked_line, parse_target
from fit.story import MOST_CREATORS
from fit.text import listing


def typed_brief(typed: Namespace, markets: tuple[tuple[str, float], ...]) -> Brief:
    """The brief of --goal and the filters. Wrong usage, said by the parser, for what cannot be meant."""
    try:
        low, high = parse_followers(typed.followers or "")
        if typed.min_share is not None and not 0 <= typed.min_share <= 1:
            raise BriefError(f"--min-share {typed.min_share} is not from 0 to 1. Write 0.3 for 30 %.")
        return Brief(markets, typed.goal, tuple(typed.platform), tuple(typed.vertical), low, high, typed.min_share)
    except BriefError as error:
        typed.parser.error(str(error))


def typed_one_line(
    typed: Namespace, markets: tuple[tuple[str, float], ...], known: Set[str]
) -> tuple[pl.DataFrame, list[tuple[str, float]]]:
    """The brief line that the options describe, and its targets. Raises Refused for a creator that nobody knows."""
    if typed.creator not in known:
        raise Refused(f"No creator has the id {typed.creator!r}. Check it with the shortlist command.")
    try:
        return asked_line(typed, [code for code, _ in markets]), [parse_target(text) for text in typed.target]
    except BriefError as error:
        typed.parser.error(str(error))


def typed_document(typed: Namespace) -> tuple[tuple[str, ...], str, RequestedLine]:
    """Whom a document tells of, its ending and the line to forecast. Wrong usage for what cannot be meant."""
    try:
        return _creators(typed), _ending(typed), _line(typed)
    except BriefError as error:
        typed.parser.error(str(error))


def _creators(typed: Namespace) -> tuple[str, ...]:
    """The ids of --creators, each once, in their order. Raises BriefError for none, or more than a story tells of."""
    chosen = tuple(dict.fromkeys(part.strip() for part in typed.creators.split(",") if part.strip()))
    if not 1 <= len(chosen) <= MOST_CREATORS:
        raise BriefError(f"--creators names {len(chosen)} creators; name 1 to {MOST_CREATORS}, for example ID,ID.")
    return chosen


def _ending(typed: Namespace) -> str:
    """The ending of --out, in small letters. Raises BriefError for one that nobody writes."""
    ending = Path(typed.out).suffix.lower()
    if ending not in STORY_ENDINGS:
        found, needed = Path(typed.out).name, listing(STORY_ENDINGS, "or")
        raise BriefError(f"--out {found!r} does not end in {needed}. Choose one of them.")
    return ending


def _line(typed: Namespace) -> RequestedLine:
    """The line to forecast of each creator. Raises BriefError for what cannot be meant."""
    kind, count = parse_deliverable(typed.deliverable) if typed.deliverable else (None, None)
    if count is not None and count > MOST_COUNT:
        raise BriefError(f"--deliverable {typed.deliverable!r} is more than one line holds; write up to {MOST_COUNT}.")
    if typed.cost is not None and not 0 <= typed.cost < MOST_COST:
        raise BriefError(f"The cost {typed.cost} is no amount of 0 or more.")
    code = typed.currency.strip().upper() if typed.currency else None
    if code is not None and not (len(code) == CURRENCY_LETTERS and code.isascii() and code.isalpha()):
        raise BriefError(f"Currency {typed.currency!r} is no code of three letters. Write it like EUR.")
    return RequestedLine(kind, count, typed.cost, code, tuple(dict(map(parse_target, typed.target)).items()))
