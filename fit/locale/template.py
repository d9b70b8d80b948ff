"""Which texts are there to translate? `python -m fit.locale.template` writes them down for translators."""

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import write_po

ROOT = Path(__file__).parents[2]
TEMPLATE = Path(__file__).parent / "creator_fit.pot"
FOLDERS = ("pages", "fit")  # what readers of data files say stays English
KEYWORDS = {"_": None, "phrase": None, "ngettext": (1, 2), "counted": (2, 3)}
# The same texts give the same file, whenever it is written.
SINCE = datetime(2026, 1, 1, tzinfo=UTC)


def catalogue() -> Catalog:
    """Every marked text of pages and judgement, with the files that show it."""
    found = Catalog(
        header_comment="# Every text of Creator Fit, for translators: docs/translating.md says how.",
        project="Creator Fit", creation_date=SINCE, revision_date=SINCE, fuzzy=False,
        msgid_bugs_address="none", last_translator="none", language_team="none",
    )  # fmt: skip
    for path in sorted(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py")):
        name = path.relative_to(ROOT).as_posix()
        for _line, said, comments, context in extract_from_file(
            "python", path, keywords=KEYWORDS, comment_tags=("Translators:",), strip_comment_tags=True
        ):
            found.add(said, locations=[(name, None)], auto_comments=comments, context=context)
    return found


def write() -> None:
    """Write the template beside this module."""
    text = BytesIO()
    write_po(text, catalogue(), width=100, sort_output=True, include_lineno=False)
    TEMPLATE.write_bytes(text.getvalue())


if __name__ == "__main__":
    write()
