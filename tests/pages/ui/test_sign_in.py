"""Is there one button for each provider that the settings name?"""

import pytest

from pages.ui.sign_in import providers


@pytest.mark.parametrize(
    ("settings", "names"),
    [
        ({}, [""]),
        ({"client_id": "x", "client_kwargs": {"prompt": "login"}}, [""]),
        ({"cookie_secret": "x", "google": {"client_id": "x"}, "okta": {"client_id": "y"}}, ["google", "okta"]),
        ({"client_id": "x", "okta": {"client_id": "y"}}, ["", "okta"]),
    ],
)
def test_there_is_a_button_for_each_provider(settings: dict, names: list[str]) -> None:
    assert providers(settings) == names
