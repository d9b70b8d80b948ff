"""Read a language's translations (.po) and leave out those that are not safe to show.

Catalogues are read as translators write them (.po), so adding a language needs no build step. A translation whose
{names} are not those of the English text is left out: filling it in would fail, or lose a number.
"""

import io
import logging
from functools import lru_cache
from gettext import GNUTranslations
from pathlib import Path
from string import Formatter

from babel import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

DOMAIN = "creator_fit"
log = logging.getLogger("creator_fit")


def translations(folder: Path, locale: Locale) -> GNUTranslations | None:
    """Find the catalogue of a locale, or else of its language; None where there is none that can be read."""
    names = dict.fromkeys((str(locale), locale.language))
    paths = [folder / name / "LC_MESSAGES" / f"{DOMAIN}.po" for name in names]
    path = next((path for path in paths if path.is_file()), None)
    return None if path is None else _read(path)


@lru_cache(maxsize=32)
def _read(path: Path) -> GNUTranslations | None:
    try:
        with path.open("rb") as file:
            catalogue = read_po(file, locale=path.parts[-3], domain=DOMAIN, abort_invalid=True)
    except (OSError, ValueError, PoFileError) as error:
        log.error("%s cannot be read (%s); texts stay English", path, type(error).__name__)
        return None
    compiled = io.BytesIO()
    write_mo(compiled, _safe(catalogue))
    compiled.seek(0)
    return GNUTranslations(compiled)


def _safe(catalogue: Catalog) -> Catalog:
    """The catalogue without translations that cannot be filled in as the English text is."""
    for message in list(catalogue):
        if message.id and not is_safe(message):
            log.warning("translation of %r has other {names}; the English text is shown", message.id)
            catalogue.delete(message.id, message.context)
    return catalogue


def is_safe(message: Message) -> bool:
    """Whether the {names} of a translation are those of its English text; a plural form may leave some out."""
    original = [fields(text) for text in _texts(message.id)]
    translated = [fields(text) for text in _texts(message.string or "") if text]
    if len(original) == 1:
        return all(names is not None and names == original[0] for names in translated)
    allowed = {name for names in original for name in names or ()}
    return all(names is not None and names <= allowed for names in translated)


def _texts(text: str | list[str] | tuple[str, ...]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def fields(text: str) -> set[str] | None:
    """Find the names in braces of a text; None where its braces do not match."""
    try:
        return {name for _, name, _, _ in Formatter().parse(text) if name is not None}
    except ValueError:
        return None
