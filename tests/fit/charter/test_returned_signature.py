"""Does a signature that came back stand for the text that was read, and for no other?"""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fit.agreement.creator_context import read_creator_context
from fit.charter.returned_signature import ReturnedSignature, read_signature, sign_as_returned
from fit.charter.signing import CharterRefused, compose_and_save
from fit.text import plain
from tests.agreements import DAY, complete, signature_text

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
LATER, RECEIVED = NOW + timedelta(days=1), NOW + timedelta(days=3)
HASH = "ab" * 32
OF_DEMO = {"creator": "demo-001"}


@pytest.fixture(scope="session")
def ground(ask_demo):
    return read_creator_context(ask_demo, complete(**OF_DEMO), DAY)


@pytest.fixture
def kept(decisions, ground):
    return compose_and_save(decisions, "kitchen", complete(**OF_DEMO), ground, None, NOW)


def came_back(sha256: str, signer: str = "Cara", side: str | None = "creator", at: datetime | None = LATER):
    return read_signature(signature_text(ReturnedSignature(signer, sha256, side, at), "kitchen").encode())


@given(
    st.text(st.characters(codec="utf-8"), min_size=1, max_size=60).filter(lambda text: plain(text)),
    st.sampled_from(("brand", "creator", None)),
    st.none() | st.datetimes(timezones=st.just(UTC)),
)
def test_a_signature_comes_back_from_its_file(signer, side, at):
    signature = ReturnedSignature(plain(signer), HASH, side, at)
    assert read_signature(signature_text(signature, "Küche\n東京").encode()) == signature


def test_a_mail_program_may_have_quoted_it_and_changed_line_ends():
    text = f"\ufeffHello,\r\n> Name: Mara Kessler \r\n> SHA256: {HASH.upper()}\r\n> Signed: yesterday\r\n"
    assert read_signature(text.encode()) == ReturnedSignature("Mara Kessler", HASH, None, None)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xff\xfe", "not UTF-8"),
        (b"name: Mara\n", "does not say which text was signed"),
        (b"name: Mara\nsha256: 123\n", "does not say which text was signed"),
        (f"sha256: {HASH}\nname:  \n".encode(), "the name is missing"),
        (b"x" * 30_000, "a few lines"),
    ],
)
def test_a_file_without_a_signature_is_refused_in_a_sentence(content, said):
    with pytest.raises(CharterRefused, match=said):
        read_signature(content)


def test_the_text_that_counts_is_signed_from_the_instant_in_the_file(decisions, kept):
    signed = sign_as_returned(decisions, "kitchen", "creator", came_back(kept.sha256), RECEIVED)
    assert (signed.signer, signed.side, signed.sha256, signed.signed_at, signed.generation) == (
        "Cara", "creator", kept.sha256, LATER, kept.generation,
    )  # fmt: skip


@pytest.mark.parametrize("at", [None, NOW - timedelta(days=1), RECEIVED + timedelta(hours=1)])
def test_an_instant_that_cannot_be_is_the_one_of_receipt(decisions, kept, at):
    assert (
        sign_as_returned(decisions, "kitchen", "creator", came_back(kept.sha256, at=at), RECEIVED).signed_at == RECEIVED
    )


def test_a_signature_of_another_text_is_refused_in_words(decisions, kept, ground):
    with pytest.raises(CharterRefused, match=r"Cara signed another text \(SHA-256 abababababab\), not this charter"):
        sign_as_returned(decisions, "kitchen", "creator", came_back(HASH), RECEIVED)
    compose_and_save(decisions, "kitchen", complete(**OF_DEMO, cost=400.0), ground, None, LATER)
    said = "Cara signed amendment 0, saved on 2 March 2026; amendment 1 has taken its place. Nothing was signed."
    with pytest.raises(CharterRefused, match=said):
        sign_as_returned(decisions, "kitchen", "creator", came_back(kept.sha256), RECEIVED)
    assert [text.sign_offs for text in decisions.amendments("kitchen")] == [(), ()]


def test_a_signature_of_the_other_side_is_refused(decisions, kept):
    with pytest.raises(CharterRefused, match="signed for the brand, not for the creator"):
        sign_as_returned(decisions, "kitchen", "creator", came_back(kept.sha256, side="brand"), RECEIVED)
    with pytest.raises(CharterRefused, match="no charter called 'pantry'"):
        sign_as_returned(decisions, "pantry", "creator", came_back(kept.sha256), RECEIVED)
