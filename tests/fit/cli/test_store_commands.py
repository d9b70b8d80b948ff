"""Does a rebuild say what it needs, and does an export leave nothing in its folder that it did not write?"""

from pathlib import Path

import pytest

CREATORS = "creator_id,creator_name,platform,home_country,followers\nada,Ada,instagram,DE,9000\nben,Ben,tiktok,AT,800\n"
AUDIENCE = "creator_id,country,audience_share\nada,DE,0.5\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--to", "x"], "--from and --to belong to --engine"),
        (["--from", "x"], "--from and --to belong to --engine"),
        (["--engine", "local", "--to", "x"], "--engine needs --from PATHS"),
        (["--engine", "local", "--from", "x"], "--engine needs --from PATHS"),
        (["--engine", "local", "--from", "x", "--to", "s3://bucket/store"], "--to takes a folder that all workers see"),
    ],
)
def test_a_rebuild_needs_files_and_a_store_with_an_engine_and_neither_without(tmp_path, run_fit, words, said):
    assert said in run_fit("rebuild", *words, "--store", tmp_path, code=2).stderr


def test_a_rebuild_of_files_that_are_not_there_says_so(tmp_path, run_fit):
    words = ("rebuild", "--engine", "local", "--from", tmp_path / "nothing", "--to", tmp_path / "built")
    assert "There is no file or folder" in run_fit(*words, code=1).stderr
    assert not (tmp_path / "built").exists()


@pytest.fixture
def exported(tmp_path, run_fit):
    """A store of two creators, one of them with an audience, and an export of it with what a system left there."""
    (tmp_path / "creators.csv").write_text(CREATORS)
    (tmp_path / "audience.csv").write_text(AUDIENCE)
    run_fit("load", tmp_path / "creators.csv", tmp_path / "audience.csv", "--store", tmp_path / "store")
    run_fit("export", tmp_path / "out", "--store", tmp_path / "store")
    (tmp_path / "out" / ".DS_Store").touch()
    return tmp_path / "out"


def contents(folder: Path) -> dict[str, str]:
    """Every file of a folder."""
    return {str(path.relative_to(folder)): path.read_text() for path in folder.rglob("*") if path.is_file()}


def test_an_export_into_the_same_folder_can_be_repeated(exported, tmp_path, run_fit):
    before = contents(exported)
    run_fit("export", exported, "--store", tmp_path / "store")
    assert contents(exported) == before


@pytest.mark.thorough
def test_an_export_is_refused_where_what_was_erased_would_stay(exported, tmp_path, run_fit):
    run_fit("erase", "ada", "--yes", "--store", tmp_path / "store")
    before = contents(exported)
    said = run_fit("export", exported, "--store", tmp_path / "store", code=1).stderr
    assert said == (
        f"{exported} holds audience.csv, which this export does not write and which would be loaded with it. Nothing "
        "was written. Choose an empty folder, or remove what is no longer needed.\n"
    )
    assert contents(exported) == before
    (exported / "audience.csv").unlink()
    run_fit("export", exported, "--store", tmp_path / "store")
    assert not any("ada" in text for text in contents(exported).values())


@pytest.mark.parametrize("name", ["mine.csv", "photos/ada.jpg", "drafts/kitchen.toml", "creators.csv.bak"])
def test_files_of_others_are_named_and_left(exported, tmp_path, run_fit, name):
    for other in (name, "z/last.txt"):
        (exported / other).parent.mkdir(exist_ok=True)
        (exported / other).write_text("mine")
    before = contents(exported)
    said = run_fit("export", exported, "--store", tmp_path / "store", code=1).stderr
    assert said.startswith(f"{exported} holds {name} and 1 other file, which this export does not write")
    assert contents(exported) == before
