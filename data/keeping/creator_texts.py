"""Find what a store knows a creator by (id, names, handles), and take that out of texts of others."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import quote

import duckdb

from data.store import connect, damage, generation_file, generations, local_copy

BLANK = "erased"
SHORTEST = 3  # letters; a shorter id, name or handle would be found in any text

LONG = 6  # letters; a shorter one stands in other words and in binary data by chance


@dataclass(frozen=True)
class CreatorTexts:
    """What one creator is known by. others: ids, names and handles of others that hold one of them as a part."""

    creator_id: str
    known_as: tuple[str, ...]
    others: tuple[str, ...] = ()

    @cached_property
    def written(self) -> tuple[str, ...]:
        """Every way in which files and links write them, longest first."""
        ways = {way for text in self.known_as if len(text) >= SHORTEST for way in _ways(text)}
        return tuple(sorted(ways, key=lambda text: (-len(text), text)))

    @cached_property
    def _finds(self) -> re.Pattern[str]:
        spared = sorted({way for text in self.others for way in _ways(text)}, key=len, reverse=True)
        parts = [f"(?P<others>{'|'.join(map(re.escape, spared))})"] * bool(spared)
        ids = _ways(self.creator_id)  # as it is typed: in small letters or not, it may be a word of its own
        parts += [re.escape(way) if way in ids else f"(?i:{re.escape(way)})" for way in self.written]
        return re.compile(rf"(?<![^\W_])(?:{'|'.join(parts) or '(?!)'})(?![^\W_])")

    def blank(self, text: str) -> str:
        """A text without the creator; names of others that hold the creator's are left."""
        spares = bool(self.others)
        return self._finds.sub(lambda found: found.group() if spares and found["others"] else BLANK, text)

    @property
    def mention(self) -> str:
        """A pattern (RE2) that every text with a mention meets, and few others."""
        return "|".join(map(re.escape, self.written)) or "[^\\x00-\\x{10FFFF}]"

    def is_in(self, content: bytes) -> bool:
        """Whether the bytes of a file hold the creator's id, name or handle, a short one as a word of its own."""
        for text in sorted(self.others, key=len, reverse=True):
            content = content.replace(text.encode(), b" ")
        return any(_stands_in(way.encode(), content) for way in self.written)


def _stands_in(way: bytes, content: bytes) -> bool:
    if len(way) >= LONG:  # stores put words side by side without a blank
        return way in content
    return bool(re.search(rb"(?<![0-9A-Za-z])" + re.escape(way) + rb"(?![0-9A-Za-z])", content))


def _ways(text: str) -> set[str]:
    bare = text.removeprefix("@")
    return {bare, quote(bare), json.dumps(bare)[1:-1]}


def names_in(path: Path) -> list[tuple[str, str | None, str | None]]:
    """Id, name and handle of everybody in a generation. Raises duckdb.Error for one that cannot be read."""
    with connect(path) as connection:
        return connection.execute((Path(__file__).parent / "names.sql").read_text(encoding="utf-8")).fetchall()


def readable(folder: Path) -> Iterable[tuple[int, list[tuple[str, str | None, str | None]]]]:
    """Every generation of a folder that can be read, with the names in it; of a local copy also those not here yet."""
    if copy := local_copy(folder):
        copy.bring_all()
    for number in generations(folder):
        path = generation_file(folder, number)
        if not damage(path, whole=False):
            try:
                yield number, names_in(path)
            except duckdb.Error:  # of another shape, or damaged
                continue


def texts_of(creator_id: str, names: Iterable[tuple[str, str | None, str | None]]) -> CreatorTexts:
    """What one creator is known by, of the names of everybody."""
    own: set[str] = {creator_id}
    all_others: set[str] = set()
    for known, name, handle in names:
        (own if known == creator_id else all_others).update(filter(None, (known, name, handle)))
    tidy = {text.removeprefix("@") for text in own}
    searched = {text.lower() for text in tidy if len(text) >= SHORTEST}
    others = {text for text in all_others - own if any(part in text.lower() for part in searched)}
    return CreatorTexts(creator_id, tuple(sorted(tidy)), tuple(sorted(others)))
