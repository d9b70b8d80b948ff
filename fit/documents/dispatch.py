"""Write a story in the format that a file's ending asks for."""

from importlib import import_module

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


def write_story(story: Story, ending: str) -> bytes:
    """The story as the bytes of a file; ending is one of STORY_ENDINGS. Raises KeyError for another."""
    module, writer = WRITERS[ending]
    written: bytes | str = getattr(import_module(f"fit.documents.{module}"), writer)(story)
    return written.encode() if isinstance(written, str) else written
