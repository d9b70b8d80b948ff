"""Are tables found among Parquet files, and is every fault of a file said before anything is computed?"""

from pathlib import Path

import polars as pl
import pytest

from data.engine.plain_files import find_tables, source_rows
from data.engine.session import EngineError

AUDIENCE = pl.DataFrame({"creator_id": ["a"], "country": ["DE"], "audience_share": [0.5]})
CAMPAIGNS = pl.DataFrame({"campaign_id": ["x"], "creator_id": ["a"], "date": ["2026-01-01"], "impressions": [10]})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An audience in two files, and campaigns in one."""
    (tmp_path / "audience").mkdir()
    AUDIENCE.write_parquet(tmp_path / "audience" / "part-0.parquet")
    AUDIENCE.write_parquet(tmp_path / "audience" / "part-1.parquet")
    CAMPAIGNS.write_parquet(tmp_path / "campaigns.parquet")
    return tmp_path


def test_tables_are_known_by_their_columns(folder):
    for paths in ([folder], [folder / "campaigns.parquet", folder / "audience"]):
        found = {table.name: (len(table.files), table.count_rows) for table in find_tables(paths)}
        assert found == {"plain_audience": (2, 2), "plain_campaigns": (1, 1)}


def test_each_table_is_a_source_of_its_own(folder):
    rows = list(source_rows(find_tables([folder])))
    assert [(row["source_id"], row["file_name"], row["count_rows_read"]) for row in rows] == [
        (1, "audience", 2), (2, "campaigns.parquet", 1),
    ]  # fmt: skip
    assert all(len(str(row["sha256"])) == 64 for row in rows)


def test_a_file_that_changes_is_another_source(folder):
    before = find_tables([folder])[1].sha256
    CAMPAIGNS.with_columns(impressions=11).write_parquet(folder / "campaigns.parquet")
    assert find_tables([folder])[1].sha256 != before


def test_a_half_written_partition_is_named(folder):
    cut = folder / "audience" / "part-1.parquet"
    cut.write_bytes(cut.read_bytes()[:-20])
    with pytest.raises(EngineError, match=r"part-1\.parquet is no whole Parquet file .* Write it again"):
        find_tables([folder])


def test_a_missing_column_is_named_with_what_is_needed(folder):
    CAMPAIGNS.drop("creator_id").write_parquet(folder / "campaigns.parquet")
    with pytest.raises(EngineError, match=r"campaigns\.parquet has no column creator_id; campaign_id, .* are needed"):
        find_tables([folder])


def test_files_of_one_table_that_differ_are_named(folder):
    AUDIENCE.with_columns(source=pl.lit("own")).write_parquet(folder / "audience" / "part-1.parquet")
    with pytest.raises(EngineError, match="differ in source"):
        find_tables([folder])


@pytest.mark.parametrize("name", ["nothing", "empty"])
def test_a_path_without_parquet_is_named(tmp_path, name):
    (tmp_path / "empty").mkdir()
    with pytest.raises(EngineError, match=name):
        find_tables([tmp_path / name])


def test_audience_alone_is_too_little(folder):
    with pytest.raises(EngineError, match="needs audience and campaigns; found plain_audience alone"):
        find_tables([folder / "audience"])
