"""Do backup, restore and erase say on the command line what they did, and ask before what nothing undoes?"""

import io
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

CREATORS = "creator_id,creator_name,platform,home_country,followers\nada,Ada,instagram,DE,9000\nben,Ben,tiktok,AT,800\n"


class Terminal(io.StringIO):
    """A person who types this."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def small_store(tmp_path: Path, run_fit: Callable) -> Path:
    """A store of two creators."""
    (tmp_path / "creators.csv").write_text(CREATORS)
    run_fit("load", tmp_path / "creators.csv", "--store", tmp_path / "store")
    return tmp_path / "store"


def test_a_backup_goes_out_and_comes_back(small_store: Path, tmp_path: Path, run_fit: Callable) -> None:
    out, other = tmp_path / "a.zip", tmp_path / "other"
    assert run_fit("backup", "--list", "--store", small_store).stdout.endswith("was written yet.\n")
    said = run_fit("backup", out, "--store", small_store)
    assert said.stdout == f"Wrote data version 1 with 2 creators and the decisions to {out}.\n"
    assert run_fit("backup", "--list", "--store", small_store).stdout.endswith(f"  {out}\n")
    (listed,) = json.loads(run_fit("backup", "--list", "--json", "--store", small_store).stdout)["backups"]
    assert (listed["file"], listed["generation"], listed["is_there"]) == (str(out), 1, True)
    assert run_fit("restore", out, "--store", other).stdout.startswith("Restored data version 1 with 2 creators and ")
    said = json.loads(run_fit("restore", out, "--json", "--store", other).stdout)
    assert (said["generation"], said["count_creators"], said["has_decisions"]) == (1, 2, True)
    assert Path(said["replaced"]).is_dir()


def test_a_backup_needs_a_file(small_store: Path, run_fit: Callable) -> None:
    assert "Name the file to write, or ask for --list." in run_fit("backup", "--store", small_store, code=2).stderr


def test_a_backup_that_is_there_is_refused(small_store: Path, tmp_path: Path, run_fit: Callable) -> None:
    (tmp_path / "a.zip").touch()
    assert "--force" in run_fit("backup", tmp_path / "a.zip", "--store", small_store, code=1).stderr
    said = json.loads(run_fit("backup", tmp_path / "a.zip", "--force", "--json", "--store", small_store).stdout)
    assert (said["generation"], said["count_creators"]) == (1, 2)


@pytest.mark.thorough
@pytest.mark.parametrize(("typed", "code", "left"), [("ada\n", 0, ["ben"]), ("Ada\n", 1, ["ada", "ben"])])
def test_a_person_types_the_id_once_more(
    small_store: Path, run_fit: Callable, monkeypatch: pytest.MonkeyPatch, typed: str, code: int, left: list[str]
) -> None:
    monkeypatch.setattr("sys.stdin", Terminal(typed))
    said = run_fit("erase", "ada", "--store", small_store, code=code)
    assert "This takes Ada / ada out of facts and decisions; older data versions go. Nothing undoes it." in said.stderr
    creators = json.loads(run_fit("shortlist", "--market", "DE", "--json", "--store", small_store).stdout)["creators"]
    assert sorted(one["creator_id"] for one in creators) == left


@pytest.mark.thorough
def test_who_says_yes_is_not_asked(small_store: Path, run_fit: Callable, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", Terminal(""))
    said = run_fit("erase", "ada", "--yes", "--store", small_store)
    assert (said.stderr, said.stdout.splitlines()[-2:]) == (
        "",
        ["No backup that this store wrote holds it.", "Copies that were made in other ways are not known here."],
    )


def test_the_list_of_members_is_changed_and_said(run_fit, tmp_path, monkeypatch) -> None:
    store = ("--store", tmp_path / "store")
    assert run_fit("members", *store).stdout == "Nobody is on the list. With sign-in, nobody would get in.\n"
    assert not (tmp_path / "store").exists()
    run_fit("members", "--add", " Ben@Agency.example", "marketer", *store)
    run_fit("members", "--add", "@brand.example", "viewer", *store)
    monkeypatch.setenv("CREATOR_FIT_ADMINS", "Ada@agency.example")
    today = datetime.now(UTC).date()
    assert run_fit("members", *store).stdout.splitlines() == [
        "ada@agency.example  admin, always (CREATOR_FIT_ADMINS)",
        f"@brand.example  viewer since {today}, by command line",
        f"ben@agency.example  marketer since {today}, by command line",
    ]
    said = json.loads(run_fit("members", "--remove", "ben@agency.example", "--json", *store).stdout)["members"]
    assert [(one["email"], one["role"]) for one in said] == [
        ("ada@agency.example", "admin"),
        ("@brand.example", "viewer"),
    ]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("--add", "ben", "viewer"), "'ben' is no e-mail address."),
        (("--add", "ben@agency.example", "owner"), "'owner' is no role. Choose viewer, marketer or admin."),
        (("--add", "@brand.example", "admin"), "A whole domain can only be given the role of viewers."),
        (("--remove", "@"), "is no e-mail address."),
    ],
)
def test_what_is_no_address_or_role_is_wrong_usage(run_fit, tmp_path, change: tuple[str, ...], words: str) -> None:
    assert words in run_fit("members", *change, "--store", tmp_path / "store", code=2).stderr
    assert not (tmp_path / "store").exists()
