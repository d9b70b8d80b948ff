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
from tests.pages.driver import opened

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


@pytest.mark.thorough
def test_it_is_judged_again_with_all_that_was_loaded(earlier: Path):
    assert rebuild(earlier, now=NOW) == 2
    opened = store.open_newest(earlier)
    assert ask(opened.connection, "audience_by_country", creator_id="ada")["ppm"].to_list() == [600_000, 200_000]
    opened.connection.close()


@pytest.fixture
def with_columns_changed(earlier: Path):
    """Change columns of the newest generation, as another version would have made it."""

    def change(*statements: str) -> Path:
        rebuild(earlier, now=NOW)
        file = store.generation_file(earlier, 2)
        with duckdb.connect(str(file)) as db:
            for statement in statements:
                db.execute(statement)
        file.with_suffix(".sha256").write_text(f"{digest(file)} {file.stat().st_size}\n")
        return earlier

    return change


@pytest.mark.thorough
def test_one_that_lacks_a_column_is_judged_again(with_columns_changed):
    folder = with_columns_changed(
        "alter table creators drop column vertical", "alter table profiles drop column language"
    )
    with pytest.raises(store.StoreEarlier, match="python -m fit rebuild"):
        store.open_newest(folder)
    assert rebuild(folder, now=NOW) == 3
    opened = store.open_newest(folder)
    assert ask(opened.connection, "audience_by_country", creator_id="ada")["ppm"].to_list() == [600_000, 200_000]
    opened.connection.close()


@pytest.mark.thorough
def test_platforms_of_an_earlier_version_are_in_small_letters_from_then_on(with_columns_changed):
    folder = with_columns_changed("update audience set platform = 'YouTube'", "update generation set shape_version = 3")
    assert rebuild(folder, now=NOW) == 3
    opened = store.open_newest(folder)
    assert opened.connection.cursor().sql("select distinct platform from audience").fetchall() == [("youtube",)]
    opened.connection.close()


@pytest.mark.thorough
def test_one_with_columns_that_nobody_knows_is_refused_and_named(with_columns_changed, run_fit):
    folder = with_columns_changed("alter table creators rename column vertical to topic")
    sentence = (
        "Data version 2 was made by another version of Creator Fit: it has creators.topic, which this one does not "
        "know. Use the version that made it, or load your files into an empty folder (--store)."
    )
    for command in (("shortlist", "--market", "DE=1"), ("rebuild",), ("check",)):
        assert sentence in run_fit(*command, "--store", folder, code=1).stderr


@pytest.mark.thorough
def test_one_of_a_later_version_is_refused_though_its_columns_are_known(with_columns_changed, run_fit):
    folder = with_columns_changed("update generation set shape_version = 99")
    sentence = (
        "Data version 2 was made by another version of Creator Fit: its tables are of version 99, and this one knows "
        f"{store.SHAPE_VERSION}. Use the version that made it, or load your files into an empty folder (--store)."
    )
    for command in (("shortlist", "--market", "DE=1"), ("rebuild",), ("check",)):
        assert sentence in run_fit(*command, "--store", folder, code=1).stderr


@pytest.mark.thorough
def test_one_of_an_earlier_version_is_judged_again_though_no_column_is_missing(with_columns_changed):
    folder = with_columns_changed("update generation set shape_version = 1")
    with pytest.raises(store.StoreEarlier, match="python -m fit rebuild"):
        store.open_newest(folder)
    assert rebuild(folder, now=NOW) == 3


@pytest.mark.thorough
def test_pages_say_so_instead_of_failing(with_columns_changed, monkeypatch):
    folder = with_columns_changed("alter table creators rename column vertical to topic")
    monkeypatch.setenv("CREATOR_FIT_STORE", str(folder))
    app = opened("shortlist")
    assert not app.exception
    assert ["creators" in error.value and "does not know" in error.value for error in app.error] == [True]


@pytest.mark.thorough
def test_a_new_file_brings_it_up_to_date_as_well(earlier: Path, tmp_path: Path):
    more = tmp_path / "more.csv"
    more.write_text("creator_id,country,audience_share\nben,DE,0.5\n")
    assert load(earlier, [more], Options(), now=NOW).generation == 2


@pytest.mark.thorough
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


@pytest.mark.thorough
def test_what_is_judged_again_answers_as_after_the_load(tmp_path: Path, run_fit) -> None:
    words = ("shortlist", "--market", "DE", "--csv", "--store", tmp_path / "store")
    creators = tmp_path / "creators.csv"
    creators.write_text("creator_id,creator_name,platform,home_country,followers\nada,Ada,instagram,DE,9000\n")
    run_fit("load", creators, "--store", tmp_path / "store")
    before = run_fit(*words).stdout
    assert "ada" in before
    run_fit("rebuild", "--store", tmp_path / "store")
    assert run_fit(*words).stdout == before
