"""Does a rebuild say what it needs?"""

import pytest


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
