"""Build the message template for translators (gettext .pot): `python -m fit.text.template FILE`.

With --read FOLDER the same texts are written to be read through: one file an area, each text where the code shows it.
"""

import argparse
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import cast

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import write_po

from fit.metrics import METRICS, TEXTS

ROOT = Path(__file__).parents[2]
FOLDERS = ("pages", "fit")  # what readers of data files say stays English
KEYWORDS = {"_": None, "phrase": None, "ngettext": (1, 2), "counted": (2, 3)}
# The same texts give the same file, whenever it is written.
SINCE = datetime(2026, 1, 1, tzinfo=UTC)


class NoTexts(ValueError):
    """A part of the product in which no text to translate was found."""


def catalogue(root: Path = ROOT) -> Catalog:
    """Every text to translate, of code and of the metric library, with the files that show it.

    root: the tree whose code is read. Raises NoTexts for a folder without any.
    """
    messages = Catalog(
        header_comment="# Every text of Creator Fit, for translators: docs/translating.md says how.",
        project="Creator Fit", creation_date=SINCE, revision_date=SINCE, fuzzy=False,
        msgid_bugs_address="none", last_translator="none", language_team="none",
    )  # fmt: skip
    for folder in FOLDERS:
        if not _add_marked_texts(messages, root, folder):
            raise NoTexts(f"no text to translate was found in {root / folder}")
    for metric in METRICS.values():  # one that is counted has no formula
        for text in filter(None, (getattr(metric, field) for field in TEXTS)):
            messages.add(text, locations=_file("fit/metrics/metrics.toml"))
    return messages


def _add_marked_texts(messages: Catalog, root: Path, folder: str) -> int:
    """Add the texts that the code of a folder marks with KEYWORDS; return how many marks there are."""
    count = 0
    for name, text, comments, context in _marked_texts(root, folder):
        messages.add(text, locations=_file(name), auto_comments=comments, context=context)
        count += 1
    return count


def _marked_texts(root: Path, folder: str) -> Iterator[tuple[str, str | tuple[str, ...], list[str], str | None]]:
    """The file, text (one and many where it counts), comments and context of each mark, as the code has them."""
    for path in sorted((root / folder).rglob("*.py")):
        name = path.relative_to(root).as_posix()
        for _line, text, comments, context in extract_from_file(
            "python", path, keywords=KEYWORDS, comment_tags=("Translators:",), strip_comment_tags=True
        ):
            yield name, text, comments, context


def _file(name: str) -> list[tuple[str, int]]:
    """The location of a text without its line: babel takes None for that, and declares a number."""
    return cast(list[tuple[str, int]], [(name, None)])


def write_template(out: Path, root: Path = ROOT) -> int:
    """Write the template as a file, return how many texts it holds. Raises NoTexts, OSError."""
    messages = catalogue(root)
    text = BytesIO()
    write_po(text, messages, width=100, sort_output=True, include_lineno=False)
    out.write_bytes(text.getvalue())
    return len(messages)


def write_to_read(out: Path, root: Path = ROOT) -> int:
    """Write every text into the folder out: one file an area (pages-ui-shortlist.txt), a heading per file of the code.

    Returns how many texts there are; one that the code shows in two places is written twice. Raises OSError.
    """
    areas: dict[str, dict[str, list[str]]] = {}
    for folder in FOLDERS:
        for name, text, _comments, _context in _marked_texts(root, folder):
            of_file = areas.setdefault("-".join(name.split("/")[:-1]), {}).setdefault(name, [])
            of_file.append(text if isinstance(text, str) else " / ".join(text))
    for area, by_file in areas.items():
        parts = [f"{name}\n\n" + "".join(f"    {text}\n" for text in texts) for name, texts in by_file.items()]
        (out / f"{area}.txt").write_text("\n".join(parts), encoding="utf-8")
    return sum(len(texts) for by_file in areas.values() for texts in by_file.values())


def main(words: Sequence[str] | None = None) -> None:
    """The command of the first line."""
    parser = argparse.ArgumentParser(prog="python -m fit.text.template", description="Build the message template.")
    parser.add_argument("file", type=Path, help="the template to write, such as creator_fit.pot, or the folder to read")
    parser.add_argument("--read", action="store_true", help="write the texts to be read through, one file an area")
    given = parser.parse_args(words)
    try:
        count = write_to_read(given.file) if given.read else write_template(given.file)
        print(f"{count} texts written to {given.file}")
    except (NoTexts, OSError) as error:
        raise SystemExit(f"The template was not written: {error}") from error


if __name__ == "__main__":
    main()
