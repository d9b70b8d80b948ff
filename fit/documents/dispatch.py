"""Write a story in the format that a file's ending asks for."""

from fit.story import Story

STORY_ENDINGS = (".pptx", ".pdf", ".html", ".xlsx", ".csv")


def write_story(story: Story, ending: str) -> bytes:
    """The story as the bytes of a file; ending is one of STORY_ENDINGS. Raises KeyError for another."""
    return {".pptx": _pptx, ".pdf": _pdf, ".html": _html, ".xlsx": _xlsx, ".csv": _csv}[ending](story)


# Each writer is imported when asked for: some bring large packages.
def _pptx(story: Story) -> bytes:
    from fit.documents.deck import story_deck

    return story_deck(story)


def _pdf(story: Story) -> bytes:
    from fit.documents.story_pdf import story_as_pdf

    return story_as_pdf(story)


def _html(story: Story) -> bytes:
    from fit.documents.html import story_html

    return story_html(story).encode()


def _xlsx(story: Story) -> bytes:
    from fit.documents.workbook import story_workbook

    return story_workbook(story)


def _csv(story: Story) -> bytes:
    from fit.documents.workbook import story_csv

    return story_csv(story).encode()
