"""Draw a PDF with Typst, from a template of this folder and data alone.

Every value reaches the template as JSON, never as markup, so a name cannot be run, read a file or break the layout.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:  # most of the product prints nothing
    import typst

FOLDER = Path(__file__).parent
BREAK_HERE = "\u200b"  # invisible: a line may end here


def typeset(template: str, name: str, data: object, made_on: date) -> bytes:
    """Draw one template from data (JSON values) that it reads as sys.inputs.<name>; the same data give the same PDF."""
    import typst

    compiler = typst.Compiler(FOLDER / template, root=FOLDER, font_paths=_fonts(), sys_inputs={name: json.dumps(data)})
    made = datetime.combine(made_on, time(), UTC)
    try:
        # Without an output file it returns the bytes; lists are of formats with a file a page.
        return cast(bytes, compiler.compile(format="pdf", pdf_standards="ua-1", timestamp=made))
    except typst.TypstError as error:
        # PDF/UA-1 refuses letters that no font here has; a tagged page with boxes for them is better than none.
        if "could not be displayed" not in str(error):
            raise
        return cast(bytes, compiler.compile(format="pdf", timestamp=made))


def each_text(value: object, clean: Callable[[str, str], str], key: str = "") -> object:
    """Data with every text in it cleaned, given the text and the key that it stands under."""
    if isinstance(value, dict):
        return {inner_key: each_text(inner, clean, inner_key) for inner_key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [each_text(inner, clean, key) for inner in value]
    return clean(value, key) if isinstance(value, str) else value


def breakable(text: str, long: int, piece: int) -> str:
    """A text whose words of `long` letters or more, wider than a cell of a table, may be broken behind each piece."""
    return re.sub(rf"\S{{{long},}}", lambda word: BREAK_HERE.join(re.findall(f".{{1,{piece}}}", word[0])), text)


@cache
def _fonts() -> typst.Fonts:
    """The fonts of the machine and those in the wheel; looking for them takes a tenth of a second."""
    import typst

    return typst.Fonts()
