"""Name an export that no reader takes: what it is, which one to take instead, and the way to it in the menu.

The list is known_exports.toml; the first entry whose headings (or keys, in JSON) a file has is the one.
"""

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from data.importers.reading import heading_words
from data.importers.reading.header_row import fold_name
from data.importers.reading.tables import ExportContent
from data.importers.report import RefusedError

LIST = Path(__file__).parent / "known_exports.toml"
# Keys of a JSON document that are looked at; the shape of an answer shows at its beginning.
MOST_KEYS = 2_000
# Headings of tables that people keep by hand: what else stands in them makes them no export.
BY_HAND = {
    *("creator_id", "creator", "creators", "creator_name", "influencer", "influencers", "handle", "fee", "username"),
    *(
        "kol",
        "talent",
        "ambassador",
        "influenciador",
        "influenceur",
        "créateur",
        "creador",
        "criador",
        "influencer_name",
    ),
}
NO_DATA = (
    "no data available", "keine daten verfügbar", "no hay datos disponibles", "não há dados disponíveis",
    "aucune donnée disponible", "nessun dato disponibile", "geen gegevens beschikbaar", "brak dostępnych danych",
)  # fmt: skip


@dataclass(frozen=True)
class KnownExport:
    """One entry. columns: a file has all of them; one_of: and one of these; keys: of JSON, all. take: what instead."""

    name: str
    take: str
    columns: frozenset[str]
    one_of: frozenset[str]
    keys: frozenset[str]

    def has_headings(self, names: set[str]) -> bool:
        """Whether a file with these headings is this export."""
        is_table = bool(self.columns or self.one_of)
        return is_table and self.columns <= names and (not self.one_of or bool(self.one_of & names))

    @property
    def refusal(self) -> RefusedError:
        """What is said of such a file."""
        return RefusedError(f"this is {self.name}, with neither an audience by country nor campaigns of a creator that "
                            f"could be read; {self.take}")  # fmt: skip


IN_ANOTHER_LANGUAGE = KnownExport(
    "a report of an ad manager whose columns no reader knows",
    "set the language of the ad manager to English, and export campaigns by day with impressions, clicks and cost",
    frozenset(),
    frozenset(),
    frozenset(),
)


@cache
def known_exports() -> tuple[KnownExport, ...]:
    """The entries of the list, in their order."""
    entries = tomllib.loads(LIST.read_text(encoding="utf-8"))["export"]
    return tuple(
        KnownExport(
            entry["name"],
            entry["take"],
            frozenset(map(fold_name, entry.get("columns", ()))),
            frozenset(map(fold_name, entry.get("one_of", ()))),
            frozenset(entry.get("keys", ())),
        )
        for entry in entries
    )


def named(rows: Iterable[Iterable[str]]) -> RefusedError | None:
    """The refusal of the export that one of the first rows is the header of, or None."""
    for row in rows:
        names = {fold_name(cell) for cell in row} - {""}
        if names & BY_HAND:
            return None
        for entry in known_exports():
            if entry.has_headings(names):
                return entry.refusal
    return None


def in_another_language(names: set[str]) -> RefusedError | None:
    """The refusal of a header that names campaigns and impressions or clicks in a language of the ad managers."""
    meta, google = heading_words.of("meta_ads"), heading_words.of("google_ads")
    brought = {name for lists in (meta, google) for column in ("impressions", "clicks") for name in lists[column]}
    is_one = names & {*meta["campaign"], *google["campaign_id"]} and names & brought and not names & BY_HAND
    return IN_ANOTHER_LANGUAGE.refusal if is_one else None


def named_json(content: object) -> RefusedError | None:
    """The refusal of a JSON answer whose keys are known, or None."""
    keys = set(keys_of(content))
    return next((entry.refusal for entry in known_exports() if entry.keys and entry.keys <= keys), None)


def keys_of(content: object) -> Iterator[str]:
    """The first keys of a document, from the outside in, and what stands under "name" and "kind"."""
    waiting, seen = [content], 0
    while waiting and seen < MOST_KEYS:
        value = waiting.pop(0)
        if isinstance(value, dict):
            for key, inner in value.items():
                seen += 1
                yield key
                if key in ("name", "kind", "object") and isinstance(inner, str):
                    yield inner
                waiting.append(inner)
        elif isinstance(value, list):
            waiting.extend(value[:3])


def refuse_without_data(content: ExportContent) -> None:
    """Raise RefusedError for a report that says in words that it holds no data."""
    if content.is_json or content.scan.size > 10_000:
        return
    lines = [line.strip().strip('"').rstrip(".").casefold() for line in content.head.splitlines() if line.strip()]
    if any(line.rstrip(',;\t" ').rstrip('."') in NO_DATA for line in lines):
        raise RefusedError(
            "no data: the report says that nothing is available for its days and filters; choose other days (or other "
            "campaigns) and export it again"
        )
