"""Write the parts that a page and a slide share as HTML: texts letter by letter, what names a gap, tables, colours."""

import html
import re
from collections.abc import Callable, Sequence
from dataclasses import fields
from functools import cache
from pathlib import Path

import polars as pl

from fit.charts import LIGHT, colours
from fit.documents.brand import Brand, Logo
from fit.story import CreatorStory, Section, Story
from fit.text import plain, reads_leftwards

HERE = Path(__file__).parent


class Words:
    """Says a text letter by letter. Names that read from right to left are kept apart: they would turn around what
    stands beside them."""

    def __init__(self, story: Story) -> None:
        names = {escaped(told.name) for told in story.creators}
        turned = sorted((name for name in names if reads_leftwards(name)), key=len, reverse=True)
        self.turned = re.compile("|".join(map(re.escape, turned))) if turned else None

    def __call__(self, text: object) -> str:
        said = escaped(text)
        return self.turned.sub(lambda match: f"<bdi>{match[0]}</bdi>", said) if self.turned else said


def escaped(text: object) -> str:
    """A text on one line as HTML shows it."""
    return html.escape(plain(text))


def marked(section: Section | None, text: str, say: Callable[[object], str]) -> str:
    """A text of a section, in it what names a gap."""
    said = ""
    for part, is_gap in section.in_parts(text) if section else [(text, False)]:
        written = f'<strong class="gap">{say(part)}</strong>' if is_gap else say(part)
        # What is said loses the blanks at its ends.
        before, after = " " * (bool(said) and part[:1].isspace()), " " * part[-1:].isspace()
        said += f"{before}{written}{after}"
    return said.rstrip()


def table_rows(rows: pl.DataFrame, say: Callable[[object], str], section: Section | None = None) -> str:
    """Head and body of a table; each cell carries its heading for screens on which rows are stacked."""
    head = "".join(f'<th scope="col">{say(column)}</th>' for column in rows.columns)
    body = "".join(f"<tr>{_cells(rows.columns, row, say, section)}</tr>" for row in rows.iter_rows())
    return f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody>"


def _cells(head: Sequence[str], row: Sequence[str], say: Callable[[object], str], section: Section | None) -> str:
    first, *rest = (marked(section, str(cell), say) for cell in row)
    cells = "".join(f'<td data-of="{escaped(name)}">{cell}</td>' for name, cell in zip(head[1:], rest, strict=True))
    return f'<th scope="row">{first}</th>{cells}'


@cache
def style(*names: str) -> str:
    """The style files of this folder, one after the other."""
    return "".join((HERE / f"{name}.css").read_text(encoding="utf-8") for name in names)


def palette(brand: Brand, *, dark: bool) -> str:
    """Colours of charts and of the brand as variables of a style; large numbers keep the ink on a dark ground."""
    own = colours(dark)
    said = [f"--{field.name.replace('_', '-')}: {getattr(own, field.name)};" for field in fields(own)]
    accent = own.ink if dark else brand.accent
    return " ".join([*said, f"--main: {brand.main};", f"--accent: {accent};", f"--on-main: {LIGHT.paper};"])


def photo(creator: CreatorStory) -> str:
    """The creator's photo as a picture that carries itself; empty without one."""
    address = photo_address(creator.photo)
    return f'<img class="photo" src="{address}" alt="{escaped(creator.name)}">' if address else ""


def photo_address(image: bytes | None) -> str | None:
    """A photo (JPEG) as the address of a picture that carries itself; None without one."""
    return None if image is None else Logo(image, "image/jpeg").address


def logo(brand: Brand) -> str:
    """The logo as a picture that carries itself; empty without one."""
    if brand.logo is None:
        return ""
    return f'<img class="logo" src="{brand.logo.address}" alt="{escaped(brand.name or "Logo")}">'
