"""List the columns of every template: those of the plain format as its readers declare them, and the tracker's own."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from data.importers.exports.plain_format import AUDIENCE_COLUMNS, CAMPAIGN_COLUMNS, CREATOR_COLUMNS
from data.importers.reading.header_row import Column

Value = str | int | float | bool | date
TEXTS = tomllib.loads((Path(__file__).parent / "columns.toml").read_text(encoding="utf-8"))
PLAIN = {"creators": CREATOR_COLUMNS, "audience": AUDIENCE_COLUMNS, "campaigns": CAMPAIGN_COLUMNS}
NOT_FOR_PEOPLE = {"count_newer"}  # only our own export writes it
COUNTRY = "country"  # choices that are every country
# What can be chosen from a list, by the name of the choices; anything else may be typed.
CHOICES = {
    "platform": ("instagram", "tiktok", "youtube"),
    "deliverable": ("post", "story", "reel", "video"),
    "audience_type": ("viewers", "followers", "likers"),
    "flag": ("true", "false"),
}
CHOICES_OF_KIND = {"country": COUNTRY, "audience_type": "audience_type", "flag": "flag"}


@dataclass(frozen=True)
class TemplateColumn:
    """One column of a template. text: what to write. choices: a key of CHOICES, COUNTRY or "" for none.

    is_share: whether its cells are percentages.
    """

    heading: str
    text: str
    example: Value
    is_needed: bool = False
    choices: str = ""
    is_share: bool = False

    @property
    def in_words(self) -> str:
        """The column in one line: its heading, whether it is needed, and what to write."""
        return f"{self.heading}{' (needed)' if self.is_needed else ''}: {self.text}"


def _plain(table: str, columns: Sequence[Column]) -> tuple[TemplateColumn, ...]:
    return tuple(
        TemplateColumn(
            column.name,
            TEXTS[table][column.name]["text"],
            TEXTS[table][column.name]["example"],
            is_needed=column.needed,
            choices=CHOICES_OF_KIND.get(column.kind, column.name if column.name in CHOICES else ""),
            is_share=column.kind == "share",
        )
        for column in columns
        if column.name not in NOT_FOR_PEOPLE
    )


def _tracker() -> tuple[TemplateColumn, ...]:
    return tuple(
        TemplateColumn(
            heading,
            said["text"],
            said["example"],
            is_needed=said.get("needed", False),
            choices=said.get("choices", ""),
            is_share=said.get("format") == "share",
        )
        for heading, said in TEXTS["tracker"].items()
    )


# Name of the template to its columns, in the order in which they are offered.
TEMPLATES = {"tracker": _tracker()} | {table: _plain(table, columns) for table, columns in PLAIN.items()}
