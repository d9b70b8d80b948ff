"""Is an address the same however it is written, and is nobody let in by one that only looks like it?"""

import pytest

from fit.access import AddressRefused, Role, domain_of, read_address, read_admins, read_entry, role_of

ADA = "ada@agency.example"


@pytest.mark.parametrize(
    "text", [ADA, "Ada@Agency.Example", "  ada@agency.example\n", "ＡＤＡ@agency.example", "ada＠agency.example"]
)
def test_case_blanks_and_wide_letters_do_not_matter(text: str) -> None:
    assert read_address(text) == ADA


@pytest.mark.parametrize("claim", [None, True, 7, ["ada@agency.example"], {"email": ADA}, "", "  "])
def test_a_claim_that_is_missing_or_no_text_is_refused(claim: object) -> None:
    with pytest.raises(AddressRefused, match=r"^No e-mail address was given\.$"):
        read_address(claim)


@pytest.mark.parametrize(
    "text",
    ["ada", "@agency.example", "ada@", "ada@x@agency.example", "ada @agency.example", "a\u200bda@agency.example",
     "ada@agency.example\x00", "a" * 200 + "@agency.example"],
)  # fmt: skip
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(AddressRefused, match="is no e-mail address"):
        read_address(text)


def test_a_look_alike_is_somebody_else() -> None:
    assert read_address("аda@agency.example") != ADA  # a Cyrillic letter


def test_an_entry_is_an_address_or_a_domain_of_viewers() -> None:
    assert read_entry(" Ada@agency.example", Role.ADMIN) == ADA
    assert read_entry("@Brand.Example ", Role.VIEWER) == "@brand.example"
    assert read_entry("@brand.example", None) == "@brand.example"
    for role in (Role.MARKETER, Role.ADMIN):
        with pytest.raises(AddressRefused, match="only be given the role of viewers"):
            read_entry("@brand.example", role)
    for entry in ("@", "@a@b", "@brand example"):
        with pytest.raises(AddressRefused):
            read_entry(entry, Role.VIEWER)


def test_admins_of_the_setting_are_read_one_by_one() -> None:
    assert read_admins("  Ada@agency.example\tben@agency.example ") == {ADA, "ben@agency.example"}
    assert read_admins("") == frozenset()
    with pytest.raises(AddressRefused, match="'ada' is no e-mail address"):
        read_admins("ada ben@agency.example")


@pytest.mark.parametrize(
    ("noted", "role"),
    [
        ({}, None),
        ({ADA: "marketer"}, Role.MARKETER),
        ({"@agency.example": "viewer"}, Role.VIEWER),
        ({ADA: "admin", "@agency.example": "viewer"}, Role.ADMIN),
        ({ADA: None}, None),
        ({ADA: None, "@agency.example": "viewer"}, None),
        ({"@agency.example": None}, None),
        ({"@example": "viewer"}, None),
        ({"@other.agency.example": "viewer"}, None),
    ],
)
def test_the_address_itself_counts_before_its_domain(noted: dict[str, str | None], role: Role | None) -> None:
    assert role_of(ADA, frozenset(), noted) is role


def test_admins_of_the_setting_stay_admins_whatever_the_list_says() -> None:
    assert role_of(ADA, frozenset({ADA}), {ADA: None}) is Role.ADMIN


def test_the_domain_is_what_follows_the_sign() -> None:
    assert domain_of(ADA) == "@agency.example"
