"""How do values become a PDF? Typst draws a template of this folder from data alone.

Every value reaches the template as JSON, never as markup, so a name cannot be run, read a file or break the layout.
"""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent


def typeset(template: str, name: str, data: object, made_on: date) -> bytes:
    """Draw one template from data (JSON values) that it reads as sys.inputs.<name>; the same data give the same PDF."""
    import typst  # here, because most of the product prints nothing

    compiler = typst.Compiler(FOLDER / template, root=FOLDER, font_paths=_fonts(), sys_inputs={name: json.dumps(data)})
    made = datetime.combine(made_on, time(), UTC)
    try:
        return compiler.compile(format="pdf", pdf_standards="ua-1", timestamp=made)
    except typst.TypstError as error:
        # PDF/UA-1 refuses letters that no font here has; a tagged page with boxes for them is better than none.
        if "could not be displayed" not in str(error):
            raise
        return compiler.compile(format="pdf", timestamp=made)


@cache
def _fonts():
    """The fonts of the machine and those in the wheel; looking for them takes a tenth of a second."""
    import typst

    return typst.Fonts()
