"""Does Spark give the store that one machine gives, whatever happens to a worker, and change nothing when it cannot?"""

import threading
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from data import store
from data.demo.field import write_field
from data.importers.load import Options
from fit.brief import Brief
from fit.refresh import load
from fit.shortlist import shortlist
from queries.ask import asker
from tests.data.engine.cluster import Cluster, cluster, free_port

NOW = datetime(2026, 3, 2, 9, 0)
BRIEF = Brief((("DE", 60.0), ("AT", 40.0)), "conversion")
# What orders each table; the two lists of a campaign's levels may stand in any order.
KEYS = {
    "creators": ["creator_id"], "audience_sets": ["creator_id", "source", "is_best"],
    "audience_best": ["creator_id", "country"], "campaigns": ["campaign_key"],
    "stage_evidence": ["stage", "campaign_key"], "strengths": ["creator_id", "stage"],
    "natural_roles": ["creator_id"], "payoff_parts": ["creator_id"], "view_rates": ["creator_id"],
    "price_rates": ["creator_id"], "standard_outcomes": ["creator_id"], "served_creators": ["creator_key"],
    "market_shares": ["country", "creator_key"], "benchmark_levels": ["stage", "factor", "level"],
    "benchmark_errors": ["stage", "factor", "level"], "field_facts": ["name"], "market_prices": ["currency"],
    "frequencies": ["platform", "deliverable"], "order_values": ["currency"], "audience_mix": ["home", "country"],
    "market_effects": ["country"],
}  # fmt: skip


def write_parquet(folder: Path, count_creators: int) -> Path:
    """A field of invented creators as Parquet of the plain format."""
    write_field(folder, count_creators=count_creators, seed=1, today=NOW.date())
    for path in folder.glob("*.csv"):
        table = pl.read_csv(path, try_parse_dates=True, infer_schema_length=None)
        table.write_parquet(path.with_suffix(".parquet"))
        path.unlink()
    return folder


@pytest.fixture(scope="module")
def field(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_parquet(tmp_path_factory.mktemp("field"), 1_000)


@pytest.fixture(scope="module")
def loaded(field: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same files, loaded and judged on one machine."""
    folder = tmp_path_factory.mktemp("loaded")
    assert load(folder, [field], Options(), now=NOW).is_whole
    return folder


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with cluster(tmp_path_factory.mktemp("cluster")) as started:
        yield started


def tables_of(folder: Path) -> dict[str, pl.DataFrame]:
    opened = store.open_newest(folder)
    found = {}
    for name, keys in KEYS.items():
        table = opened.connection.cursor().table(name).pl().sort(keys)
        found[name] = table.drop("source_id", "campaigns", strict=False)
    opened.connection.close()
    return found


def assert_same(one: Path, other: Path) -> None:
    """The same ids, groups and totals, and every value within 1e-9."""
    expected = tables_of(other)
    for name, table in tables_of(one).items():
        assert_frame_equal(table, expected[name], rel_tol=1e-9, abs_tol=1e-9)
    lists = []
    for folder in (one, other):
        opened = store.open_newest(folder)
        found = shortlist(asker(opened.connection), BRIEF, sort="group")
        lists.append([(c.rank, c.creator_id, c.group, round(c.expected.mean or 0, 9)) for c in found.candidates])
        assert store.check(folder) == []
        opened.connection.close()
    assert lists[0] == lists[1]


@pytest.fixture(scope="module")
def rebuilt(running: Cluster, field: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What two workers built, of whom one was killed while both were judging."""
    from fit.rebuild_spark import BUILDING, rebuild_on_spark

    folder = tmp_path_factory.mktemp("rebuilt")
    writing = folder / BUILDING / "judged-stage_evidence" / "_temporary"
    killed: list[bool] = []

    def kill_while_judging() -> None:
        while not writing.exists():
            time.sleep(0.01)
        running.kill_worker()
        killed.append(writing.exists())

    killer = threading.Thread(target=kill_while_judging, daemon=True)
    killer.start()
    assert rebuild_on_spark(folder, [field], running.address, now=NOW) == 1
    killer.join(timeout=10)
    assert killed == [True]
    return folder


@pytest.mark.spark
def test_a_cluster_builds_the_store_that_one_machine_builds_though_a_worker_dies(rebuilt, loaded):
    assert_same(rebuilt, loaded)
    assert sorted(path.name for path in rebuilt.iterdir()) == [
        "CURRENT", "generation-000001.duckdb", "generation-000001.sha256", "parquet-000001", "writer.lock",
    ]  # fmt: skip


@pytest.mark.spark
@pytest.mark.parametrize("engine", ["duckdb", "cluster"])
def test_a_list_from_the_parquet_is_that_of_the_store(rebuilt, running, run_fit, engine):
    words = ["shortlist", "--market", "DE=60", "--market", "AT=40", "--by-group", "--json", "--store", rebuilt]
    where = running.address if engine == "cluster" else engine
    assert run_fit(*words, "--engine", where).stdout == run_fit(*words).stdout


def untouched(run: Callable, folder: Path) -> None:
    """Do what must fail: the generation that counted goes on counting, and nothing is left beside it."""
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    run()
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


@pytest.fixture
def damaged(field: Path, tmp_path: Path) -> Path:
    """A copy of the field's files, to be spoilt."""
    for path in field.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    return tmp_path


def refused(loaded: Path, field: Path, engine: str) -> str:
    """What a rebuild into the loaded store says when it cannot be done."""
    from fit.rebuild_spark import rebuild_on_spark

    with pytest.raises(store.StoreError) as error:
        rebuild_on_spark(loaded, [field], engine, now=NOW)
    return str(error.value)


def test_a_half_written_partition_leaves_the_store_alone(loaded, damaged):
    cut = damaged / "campaigns.parquet"
    cut.write_bytes(cut.read_bytes()[:-100])

    def run() -> None:
        assert "campaigns.parquet is no whole Parquet file" in refused(loaded, damaged, "local")

    untouched(run, loaded)


def test_a_missing_column_leaves_the_store_alone(loaded, damaged):
    audience = damaged / "audience.parquet"
    pl.read_parquet(audience).drop("audience_share").write_parquet(audience)

    def run() -> None:
        assert "audience.parquet has no column audience_share; creator_id, country" in refused(loaded, damaged, "local")

    untouched(run, loaded)


@pytest.mark.spark
def test_a_master_that_does_not_answer_leaves_the_store_alone(loaded, field):
    def run() -> None:
        said = refused(loaded, field, f"spark://127.0.0.1:{free_port()}")
        assert "Nothing answers at spark://127.0.0.1" in said
        assert said.endswith("Nothing was changed.")

    untouched(run, loaded)


@pytest.mark.spark
def test_rows_that_break_a_rule_leave_the_store_alone(running, loaded, damaged):
    audience = damaged / "audience.parquet"
    pl.read_parquet(audience).with_columns(audience_share=pl.col("audience_share") * 100).write_parquet(audience)

    def run() -> None:
        assert "rows of audience break a rule: ppm BETWEEN 0 AND 1030000" in refused(loaded, damaged, running.address)

    untouched(run, loaded)
