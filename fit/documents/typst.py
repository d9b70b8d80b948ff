"""Draw a PDF with Typst, from a template of this folder and data alone.

Every value reaches the template as JSON, never as markup, so a name cannot be run, read a file or break the layout.
"""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:  # most of the product prints nothing
    import typst

FOLDER = Path(__file__).parent


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


@cache
def _fonts() -> typst.Fonts:
    """The fonts of the machine and those in the wheel; looking for them takes a tenth of a second."""
    import typst

    return typst.Fonts()
