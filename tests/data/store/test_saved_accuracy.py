"""Is what a back-test found said again of the very data that it was found in, and of no others?"""

from data.store import save_accuracy, saved_accuracy


def publish(folder, number, sha256):
    """What publishing leaves beside the data."""
    (folder / f"generation-{number:06d}.sha256").write_text(f"{sha256} 9\n", encoding="ascii")


def test_what_was_kept_is_said_of_its_own_data_version(tmp_path):
    publish(tmp_path, 1, "aa")
    publish(tmp_path, 2, "bb")
    save_accuracy(tmp_path, 2, 41, 52)
    assert [saved_accuracy(tmp_path, number) for number in (1, 2, 3)] == [None, (41, 52), None]


def test_other_data_under_the_same_number_are_not_meant(tmp_path):
    publish(tmp_path, 1, "aa")
    save_accuracy(tmp_path, 1, 41, 52)
    publish(tmp_path, 1, "bb")
    assert saved_accuracy(tmp_path, 1) is None


def test_a_damaged_note_and_a_folder_that_is_not_there_say_nothing(tmp_path):
    publish(tmp_path, 1, "aa")
    (tmp_path / "generation-000001.accuracy").write_text("aa 41", encoding="ascii")
    assert saved_accuracy(tmp_path, 1) is None
    save_accuracy(tmp_path / "nowhere", 1, 41, 52)
    assert saved_accuracy(tmp_path / "nowhere", 1) is None
