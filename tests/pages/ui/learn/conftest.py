"""Stores of one's own data, built once, that the app can be pointed at."""

import pytest

from tests.pages.ui.learn.stores import write_past


@pytest.fixture(scope="session")
def own_store(tmp_path_factory, run_fit):
    """14 creators with a campaign in each quarter of 2025. Read it only."""
    folder = tmp_path_factory.mktemp("own")
    run_fit("load", write_past(folder / "files"), "--store", folder / "store")
    return folder / "store"


@pytest.fixture
def falling_store(tmp_path, run_fit):
    """30 creators whose numbers fall by 45 % from quarter to quarter, faster than forecasts follow."""
    run_fit("load", write_past(tmp_path / "files", count_creators=30, falling=0.55), "--store", tmp_path / "store")
    return tmp_path / "store"


@pytest.fixture(scope="session")
def thin_store(tmp_path_factory, run_fit):
    """Two creators: too little for a back-test. Read it only."""
    folder = tmp_path_factory.mktemp("thin")
    run_fit("load", write_past(folder / "files", count_creators=2), "--store", folder / "store")
    return folder / "store"
