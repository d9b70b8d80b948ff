"""Which translation of a text is safe to show?

Catalogues are read as translators write them (.po), so adding a language needs no build step. A translation whose
{names} are not those of the English text is passed over: filling it in would fail, or lose a number.
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
    """The catalogue of a locale, or else of its language; None where there is none that can be read."""
    names = dict.fromkeys((str(locale), locale.language))
    paths = [folder / name / "LC_MESSAGES" / f"{DOMAIN}.po" for name in names]
    path = next((path for path in paths if path.is_file()), None)
    return None if path is None else _read(path)


@lru_cache(maxsize=32)
def _read(path: Path) -> GNUTranslations | None:
    try:
        with path.open("rb") as file:
            read = read_po(file, locale=path.parts[-3], domain=DOMAIN, abort_invalid=True)
    except (OSError, ValueError, PoFileError) as error:
        log.error("%s cannot be read (%s); texts stay English", path, type(error).__name__)
        return None
    compiled = io.BytesIO()
    write_mo(compiled, _safe(read))
    compiled.seek(0)
    return GNUTranslations(compiled)


def _safe(read: Catalog) -> Catalog:
    """The catalogue without translations that cannot be filled in as the English text is."""
    for message in list(read):
        if message.id and not is_safe(message):
            log.warning("translation of %r has other {names}; the English text is shown", message.id)
            read.delete(message.id, message.context)
    return read


def is_safe(message: Message) -> bool:
    """Whether the {names} of a translation are those of its English text; a plural form may leave some out."""
    wanted = [fields(text) for text in _texts(message.id)]
    found = [fields(text) for text in _texts(message.string) if text]
    if None in found:
        return False
    if len(wanted) == 1:
        return all(names == wanted[0] for names in found)
    return all(names <= set().union(*wanted) for names in found)


def _texts(said: str | list[str] | tuple[str, ...]) -> tuple[str, ...]:
    return (said,) if isinstance(said, str) else tuple(said)


def fields(text: str) -> set[str] | None:
    """The names in braces of a text; None where its braces do not match."""
    try:
        return {name for _, name, _, _ in Formatter().parse(text) if name is not None}
    except ValueError:
        return None
