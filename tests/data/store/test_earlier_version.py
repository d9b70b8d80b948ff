"""Is a store that an earlier version made refused in words, and brought up to date without loading a file again?"""

from datetime import datetime
from pathlib import Path

import duckdb
import pytest

from data import store
from data.importers.load import Options
from data.store.open_store import digest
from fit.refresh import build_demo, load, rebuild
from queries.ask import ask

NOW = datetime(2026, 3, 2, 9)


@pytest.fixture
def earlier(tmp_path: Path) -> Path:
    """A store as if made before prices and rates were kept."""
    audience = tmp_path / "audience.csv"
    audience.write_text("creator_id,country,audience_share\nada,DE,0.6\nada,AT,0.2\n")
    folder = tmp_path / "store"
    load(folder, [audience], Options(), now=NOW)
    file = store.generation_file(folder, 1)
    with duckdb.connect(str(file)) as db:
        for table in ("standard_outcomes", "rates", "benchmark_errors"):
            db.execute(f"drop table {table}")
    file.with_suffix(".sha256").write_text(f"{digest(file)} {file.stat().st_size}\n")
    return folder


def test_it_is_refused_with_what_to_do(earlier: Path):
    with pytest.raises(store.StoreEarlier, match="python -m fit rebuild"):
        store.open_newest(earlier)


def test_it_is_judged_again_with_all_that_was_loaded(earlier: Path):
    assert rebuild(earlier, now=NOW) == 2
    opened = store.open_newest(earlier)
    assert ask(opened.connection, "audience_by_country", creator_id="ada")["ppm"].to_list() == [600_000, 200_000]
    opened.connection.close()


def test_a_new_file_brings_it_up_to_date_as_well(earlier: Path, tmp_path: Path):
    more = tmp_path / "more.csv"
    more.write_text("creator_id,country,audience_share\nben,DE,0.5\n")
    assert load(earlier, [more], Options(), now=NOW).generation == 2


def test_sample_data_of_an_earlier_version_are_made_anew(tmp_path: Path):
    folder = tmp_path / "store"
    build_demo(folder, now=NOW, count_creators=12, has_partnerships=False)
    file = store.generation_file(folder, 1)
    with duckdb.connect(str(file)) as db:
        db.execute("drop table creator_codes")
    file.with_suffix(".sha256").write_text(f"{digest(file)} {file.stat().st_size}\n")
    assert rebuild(folder, now=NOW) == 2
    opened = store.open_newest(folder)
    assert (opened.number, opened.is_demo, opened.warnings) == (2, True, ())
    opened.connection.close()


def test_an_empty_store_has_nothing_to_judge(tmp_path: Path):
    assert rebuild(tmp_path / "nothing", now=NOW) is None
