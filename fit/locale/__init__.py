"""The reader's language, and the signs of numbers and dates that go with it.

Texts are marked with `_` and `phrase`; numbers, dates and money follow the reader's locale. Nothing here knows the
product's own terms.
"""

from fit.locale.formats import (
    ENGLISH,
    _,
    alpha3,
    date_pattern,
    day,
    decimal,
    in_own_signs,
    in_percent,
    labels,
    language,
    money,
    ngettext,
    phrase,
    separators,
    short_decimal,
    speak,
    speaking,
    spoken,
    territories,
    voice,
    without_percent_sign,
)
