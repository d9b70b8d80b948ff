"""Write a story in the format that a file's ending asks for."""

from importlib import import_module
from typing import cast

from fit.documents.brand import Brand
from fit.story import Story

# Module and function that write each ending; a module is imported when asked for: some bring large packages.
WRITERS = {
    ".pptx": ("deck", "story_deck"),
    ".pdf": ("story_pdf", "story_as_pdf"),
    ".html": ("html", "story_html"),
    ".xlsx": ("workbook", "story_workbook"),
    ".csv": ("workbook", "story_csv"),
}
STORY_ENDINGS = tuple(WRITERS)
BRANDED = (".pptx", ".pdf", ".html")  # the others are tables
OWN_LOOK = Brand()


def write_story(story: Story, ending: str, brand: Brand = OWN_LOOK, *, notes: bool = False) -> bytes:
    """The story as the bytes of a file; ending is one of STORY_ENDINGS. Raises KeyError for another.

    brand: whose documents they are. notes: slides carry what the presenter says; no other file ever does.
    """
    module, writer = WRITERS[ending]
    write = getattr(import_module(f"fit.documents.{module}"), writer)
    if ending == ".pptx":
        return cast(bytes, write(story, brand, notes=notes))
    written: bytes | str = write(story, brand) if ending in BRANDED else write(story)
    return written.encode() if isinstance(written, str) else written
