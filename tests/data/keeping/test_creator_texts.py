"""Is a creator found in texts as people and programs write it, and are others left alone?"""

import pytest

from data.keeping.creator_texts import texts_of

NAMES = [
    ("anna", "Anna Ö. Field", "@anna.field"),
    ("anna-b", "Anna Bright", None),
    ("joannan", "Jo", "annalong"),
]


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("creator=anna&s=anna_joannan_anna-b", "creator=erased&s=erased_joannan_anna-b"),
        ("Ask ANNA Ö. FIELD, Anna or @Anna.Field.", "Ask erased, Anna or @erased."),
        ('{"name": "Anna \\u00d6. Field"}', '{"name": "erased"}'),
        ("Anna%20%C3%96.%20Field, Anna Bright and annalong", "erased, Anna Bright and annalong"),
        ("annaanna Hanna", "annaanna Hanna"),
        ("", ""),
    ],
)
def test_a_creator_is_taken_out_of_a_text(said: str, left: str) -> None:
    assert texts_of("anna", NAMES).blank(said) == left


def test_bytes_side_by_side_are_found_but_not_in_the_names_of_others() -> None:
    zoe = texts_of("zoe-quill", [("zoe-quill", None, None), ("zoe-quill-2", None, None)])
    assert zoe.is_in(b"adazoe-quillben")
    assert not zoe.is_in(b"adazoe-quill-2ben")
    short = texts_of("zoe", [])
    assert short.is_in(b"a,zoe,b")
    assert not short.is_in(b"azoeb")


def test_what_is_too_short_is_looked_for_nowhere() -> None:
    both = texts_of("c1", [("c1", "Jo", None)])
    assert both.blank("c1 and Jo") == "c1 and Jo"
    assert both.written == ()
