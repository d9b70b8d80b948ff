"""Does a load that finds the disk full say so, and leave what was loaded as it was?"""

from collections.abc import Callable
from pathlib import Path

import pytest


@pytest.mark.thorough
@pytest.mark.parametrize("most", [200, 600_000])
def test_a_load_on_a_full_disk_changes_nothing(
    own_store: Path, contents: Callable, on_a_full_disk: Callable, tmp_path: Path, most: int
) -> None:
    more = tmp_path / "creators.csv"
    more.write_text("creator_id,creator_name,platform,followers\nzoe,Zoe,tiktok,5000\n")
    before = contents(own_store)
    tried = on_a_full_disk(most, "load", more, "--store", own_store)
    assert (tried.returncode, "disk full or read-only?). Nothing was changed." in tried.stderr) == (1, True)
    assert contents(own_store) == before
