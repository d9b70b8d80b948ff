"""Does text out of files hide nothing on a page?"""

import polars as pl
import pytest

from fit.text.escape import visible_literal, visible_table, visible_text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("abc\u202egnp.exe", "abc\\u202egnp.exe"),
        ("an\u200ba", "an\\u200ba"),
        ("a\u2066b\u2069", "a\\u2066b\\u2069"),
        ("a\nb", "a\\u000ab"),
        ("a\u200db", "a\\u200db"),
        ("\U0001f469\u200d\U0001f467", "\U0001f469\u200d\U0001f467"),
        ("Ünïcode naïve 日本 52\u00a0%", "Ünïcode naïve 日本 52\u00a0%"),
    ],
)
def test_a_sign_that_shows_nothing_is_written_as_its_code(text, said):
    assert visible_text(text) == said


def test_markdown_gets_codes_and_no_markup():
    assert visible_literal("\u202e**a**") == "\\\\u202e\\*\\*a\\*\\*"


def test_tables_hide_nothing_and_keep_their_numbers():
    rows = pl.DataFrame({"name": ["a\u200b", None], "count": [1, 2]})
    assert visible_table(rows).to_dicts() == [{"name": "a\\u200b", "count": 1}, {"name": None, "count": 2}]
