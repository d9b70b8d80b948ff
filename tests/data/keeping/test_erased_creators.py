"""Is an erasure remembered without saying of whom?"""

from datetime import datetime
from pathlib import Path

from data.keeping.erased_creators import FILE, erased_before, note_erased


def test_only_a_hash_and_a_day_are_written(tmp_path: Path) -> None:
    assert erased_before(tmp_path, ["zoe-id"]) == []
    for day in (2, 3):
        note_erased(tmp_path, "zoe-id", [], datetime(2026, 3, day))
    note_erased(tmp_path, "ben", [{"sha256": "a"}], datetime(2026, 3, 4))
    note_erased(tmp_path, "ben", [{"sha256": "b"}], datetime(2026, 3, 4))
    text = (tmp_path / FILE).read_text()
    assert ("zoe-id" in text, "ben" in text, '"erased-2"' in text) == (False, False, True)
    assert [said.partition(",")[0] for said in erased_before(tmp_path, ["ada", "ben", "zoe-id"])] == [
        "ben was erased on 2026-03-04", "zoe-id was erased on 2026-03-03",
    ]  # fmt: skip
