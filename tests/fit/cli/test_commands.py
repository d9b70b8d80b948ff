"""Does the command line keep its promises: words, columns, exit codes, and nothing but JSON on stdout?"""

import csv
import io
import json
import shutil
from datetime import datetime
from pathlib import Path

import polars as pl
import pytest

from data import store
from data.decisions.decisions import open_decisions
from tests.fit.cli.commands import AUDIENCE, run

BRIEF = ["--market", "DE=60", "--market", "AT=40"]
CREATOR_KEYS = {
    "creator_id", "creator_name", "rank", "p_best", "p_top_3", "p_above_next", "too_close_to_next", "clicks_to_settle",
    "purchases_to_settle",
    "in_market_share", "in_market_share_upper", "unknown_share", "weighted_share", "target_overlap",
    "in_market_reach", "in_market_reach_basis", "stages", "role", "payoff", "payoff_basis", "because",
}  # fmt: skip
STAGE_KEYS = {"index", "low", "high", "p_beats_benchmark", "count_campaigns", "evidence", "measured"}
CAMPAIGNS = (
    "campaign_id,creator_id,market,date,impressions,engagements,clicks,conversions,revenue,cost,currency\n"
    "k1,c1,DE,2025-03-01,10000,800,500,50,2500.50,1200.10,EUR\n"
    "k2,c1,DE,2025-05-01,20000,900,600,,,800.05,EUR\n"
    "k3,c2,BR,2025-04-01,30000,3900,100,2,80,300,USD\n"
)


@pytest.fixture(scope="module")
def built(tmp_path_factory, run_fit) -> Path:
    """A store with two creators' audiences and campaigns, for copies."""
    folder = tmp_path_factory.mktemp("built")
    for name, text in (("audience.csv", AUDIENCE), ("campaigns.csv", CAMPAIGNS)):
        (folder / name).write_text(text)
    done = run_fit("load", folder / "audience.csv", folder / "campaigns.csv", "--store", folder / "store")
    assert done.stderr == ""
    return folder


@pytest.fixture
def own_store(built, tmp_path) -> Path:
    """Folder of a store with two creators' audiences and campaigns, beside the files that it was loaded from."""
    shutil.copytree(built, tmp_path, dirs_exist_ok=True)
    return tmp_path / "store"


def test_shortlist_prints_the_promised_document(demo_store, capsys):
    code, out, err = run(capsys, "shortlist", *BRIEF, "--json", "--store", str(demo_store))
    document = json.loads(out)
    assert (code, err) == (0, "")
    assert document["goal"] == "conversion"
    assert document["markets"] == {"DE": 0.6, "AT": 0.4}
    assert document["demo"] is True
    assert document["count_matching"] == len(document["creators"])
    for creator in document["creators"]:
        assert set(creator) >= CREATOR_KEYS
        assert set(creator["stages"]) == {"engage", "click", "convert"}
        assert all(set(stage) == STAGE_KEYS for stage in creator["stages"].values())
        assert set(creator["role"]) == {"label", "confidence", "p_conversion"}


def test_the_document_is_the_same_to_the_byte_from_run_to_run(demo_store, capsys):
    words = ("shortlist", *BRIEF, "--json", "--store", str(demo_store))
    assert run(capsys, *words) == run(capsys, *words)


@pytest.mark.thorough
def test_repeat_adds_as_many_timings(demo_store, capsys):
    _, out, _ = run(capsys, "shortlist", "--market", "DE", "--json", "--repeat", "3", "--store", str(demo_store))
    assert len(json.loads(out)["timings_ms"]) == 3


def test_csv_flattens_nested_values_and_names_demo_data(demo_store, capsys):
    code, out, _ = run(capsys, "shortlist", *BRIEF, "--csv", "--top", "4", "--store", str(demo_store))
    rows = list(csv.DictReader(io.StringIO(out)))
    assert (code, len(rows)) == (0, 4)
    assert {"engage_index", "role_label", "payoff_awareness", "because"} <= set(rows[0])
    assert {row["demo"] for row in rows} == {"true"}


@pytest.mark.parametrize(
    "words",
    [
        ["shortlist"],
        ["shortlist", "--market", "XX"],
        ["shortlist", "--market", "DE=0"],
        ["shortlist", "--market", "DE", "--goal", "fame"],
        ["shortlist", "--market", "DE", "--followers", "many"],
        ["shortlist", "--market", "DE", "--min-share", "2"],
        ["shortlist", "--market", "DE", "--top", "0"],
        ["shortlist", "--market", "DE", "--json", "--csv"],
        ["strengths"],
        ["load"],
        ["dance"],
        [],
    ],
)
def test_wrong_usage_is_exit_2(demo_store, capsys, words):
    code, out, err = run(capsys, *words, *(["--store", str(demo_store)] if words else []))
    assert (code, out) == (2, "")
    assert "usage:" in err


def test_filters_nobody_meets_give_an_empty_list(demo_store, capsys):
    code, out, _ = run(capsys, "shortlist", "--market", "DE", "--vertical", "knitting", "--json",
                       "--store", str(demo_store))  # fmt: skip
    document = json.loads(out)
    assert (code, document["creators"], document["count_matching"]) == (0, [], 0)
    assert "No creator has the vertical 'knitting'" in document["warnings"][0]


def test_an_empty_store_says_what_to_do(tmp_path, capsys):
    for words in (["shortlist", "--market", "DE"], ["strengths", "--out", str(tmp_path / "s.csv")], ["check"]):
        code, out, err = run(capsys, *words, "--store", str(tmp_path / "empty"))
        assert (code, out) == (1, "")
        assert "Nothing is loaded" in err


def test_creator_shows_audience_campaigns_and_exact_totals(own_store, capsys):
    code, out, _ = run(capsys, "creator", "c1", "--market", "DE=1", "--json", "--store", str(own_store))
    (entry,) = json.loads(out)["creators"]
    assert code == 0
    assert entry["audience"][0] == {
        "country": "DE", "audience_share": 0.6, "audience_type": "followers", "source": "own table", "platform": None,
        "as_of": None, "is_judged": True,
    }  # fmt: skip
    assert [c["campaign_id"] for c in entry["campaigns"]] == ["k2", "k1"]
    assert entry["campaigns"][0]["conversions"] is None
    assert entry["totals"] == {
        "count_campaigns": 2, "impressions": 30000, "engagements": 1700, "clicks": 1100, "conversions": 50,
        "revenue": 2500.5, "cost": 2000.15, "return_on_ad_spend": pytest.approx(2500.5 / 1200.1),
        "money": [{"currency": "EUR", "revenue": 2500.5, "cost": 2000.15,
                   "return_on_ad_spend": pytest.approx(2500.5 / 1200.1)}],
    }  # fmt: skip


def test_an_unknown_creator_gets_the_nearest_names(own_store, capsys):
    code, out, err = run(capsys, "creator", "c11", "--market", "DE", "--json", "--store", str(own_store))
    assert (code, out) == (1, "")
    assert "No creator has the id 'c11'; 2 are known. Nearest: c1" in err


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_strengths_and_roles_have_the_promised_columns(demo_store, tmp_path, capsys, ending):
    read = pl.read_csv if ending == "csv" else pl.read_parquet
    out = tmp_path / f"out.{ending}"
    assert run(capsys, "strengths", "--out", str(out), "--store", str(demo_store))[0] == 0
    assert read(out).columns == [
        "creator_id", "stage", "index", "log_mean", "log_sd", "low", "high", "p_beats_benchmark", "count_campaigns",
        "evidence", "demo",
    ]  # fmt: skip
    for market in ([], BRIEF):
        assert run(capsys, "roles", "--out", str(out), *market, "--store", str(demo_store))[0] == 0
        assert read(out).columns == ["creator_id", "p_conversion", "label", "confidence", "demo"]


def test_an_ending_that_nobody_asked_for_is_refused(demo_store, tmp_path, capsys):
    code, _, err = run(capsys, "strengths", "--out", str(tmp_path / "s.xls"), "--store", str(demo_store))
    assert code == 1
    assert "neither .csv nor .parquet" in err


def test_loading_the_same_file_again_changes_nothing(own_store, capsys):
    file = str(own_store.parent / "audience.csv")
    code, out, _ = run(capsys, "load", file, "--json", "--store", str(own_store))
    document = json.loads(out)
    assert (code, document["generation"]) == (0, 1)
    assert document["files"][0]["status"] == "already imported"


def test_a_refused_file_leaves_the_store_as_it_was(own_store, tmp_path, capsys):
    bad = tmp_path / "bad.csv"
    bad.write_text("name,colour\nada,red\n")
    before = sorted(p.name for p in own_store.iterdir())
    code, out, _ = run(capsys, "load", str(bad), "--json", "--store", str(own_store))
    document = json.loads(out)
    assert (code, document["generation"], document["files"][0]["status"]) == (1, 1, "refused")
    assert sorted(p.name for p in own_store.iterdir()) == before


def test_a_path_that_is_not_there_is_refused(own_store, capsys):
    code, out, err = run(capsys, "load", "/nowhere.csv", "--json", "--store", str(own_store))
    assert (code, out) == (1, "")
    assert "There is no file or folder /nowhere.csv" in err


def test_a_busy_store_is_exit_3(own_store, capsys):
    with store.next_generation(own_store, now=datetime(2026, 1, 1)):
        code, _, err = run(capsys, "load", str(own_store.parent / "audience.csv"), "--market", "DE",
                           "--store", str(own_store))  # fmt: skip
        raise store.NothingToPublish
    assert code == 3
    assert "Another load holds" in err


def test_a_demo_on_real_data_is_refused(own_store, capsys):
    code, _, err = run(capsys, "demo", "--store", str(own_store))
    assert code == 1
    assert "holds real data" in err


@pytest.mark.thorough
def test_the_first_load_replaces_a_demo(demo_store, tmp_path, capsys):
    folder = str(shutil.copytree(demo_store, tmp_path / "store"))
    (tmp_path / "audience.csv").write_text(AUDIENCE)
    assert run(capsys, "load", str(tmp_path / "audience.csv"), "--store", folder)[0] == 0
    document = json.loads(run(capsys, "shortlist", "--market", "DE", "--json", "--store", folder)[1])
    assert document["demo"] is False
    assert {c["creator_id"] for c in document["creators"]} == {"c1", "c2"}


def answers(capsys, folder: Path) -> list:
    short = json.loads(run(capsys, "shortlist", *BRIEF, "--json", "--store", str(folder))[1])
    one = json.loads(run(capsys, "creator", short["creators"][0]["creator_id"], *BRIEF, "--json", "--store",
                         str(folder))[1])  # fmt: skip
    return [short["creators"], one["creators"]]


@pytest.mark.thorough
def test_an_export_loaded_again_gives_the_same_answers(demo_store, tmp_path, capsys):
    assert run(capsys, "export", str(tmp_path / "out"), "--store", str(demo_store))[0] == 0
    names = {p.name for p in (tmp_path / "out").iterdir()}
    assert names == {"creators.csv", "audience.csv", "campaigns.csv", "rejected.csv", "sources.csv"}
    code, _, err = run(capsys, "load", str(tmp_path / "out"), "--store", str(tmp_path / "again"))
    assert (code, err) == (0, "")
    assert answers(capsys, tmp_path / "again") == answers(capsys, demo_store)


def test_check_says_what_is_damaged(own_store, capsys):
    assert run(capsys, "check", "--store", str(own_store))[0] == 0
    path = store.generation_file(own_store, 1)
    path.write_bytes(path.read_bytes()[:-4096])
    code, _, err = run(capsys, "check", "--store", str(own_store))
    assert code == 1
    assert "Data version 1: generation-000001.duckdb has" in err


def test_check_reads_the_decisions_too(own_store, capsys):
    opened = open_decisions(own_store)
    opened.save("agreement", "kitchen", "a" * 9000, version=0, by=None, now=datetime(2026, 3, 2))
    opened.close()
    path = own_store / "decisions.sqlite"
    assert run(capsys, "check", "--store", str(own_store)) == (
        0, f"{own_store} is sound: 1 data version, number 1 is in use.\nThe decisions in {path} are sound.\n", "",
    )  # fmt: skip
    alone = own_store / "alone"
    alone.mkdir()
    path = path.rename(alone / path.name)
    assert run(capsys, "check", "--store", str(alone)) == (0, f"The decisions in {path} are sound.\n", "")
    path.write_bytes(path.read_bytes().replace(b"aaaa", b"aaab", 1))
    code, out, _ = run(capsys, "check", "--json", "--store", str(alone))
    assert (code, json.loads(out)) == (1, {"sound": False, "problems": [
        "Decisions: The row of papers with kind 'agreement', name 'kitchen', version 1 is not what was written.",
    ]})  # fmt: skip
    path.write_bytes(b"")
    code, out, err = run(capsys, "check", "--store", str(alone))
    assert (code, out) == (1, "")
    assert err.startswith(f"{path} is damaged: it is no file of decisions")


def test_a_preview_says_what_would_change_and_changes_nothing(own_store, tmp_path, capsys):
    more = tmp_path / "more.csv"
    more.write_text("creator_id,country,audience_share\nc1,DE,0.5\nc9,FR,1\n")
    before = sorted(p.name for p in own_store.iterdir())
    code, out, _ = run(capsys, "load", str(more), "--preview", "--json", "--store", str(own_store))
    document = json.loads(out)
    assert (code, document["generation"], document["preview"]) == (0, 1, True)
    assert document["files"][0]["count_rows_imported"] == 2
    assert document["creators_by_change"] == {"new": ["c9"], "changed": ["c1"], "gone": []}
    assert sorted(p.name for p in own_store.iterdir()) == before


@pytest.mark.thorough
def test_undo_goes_back_one_load_and_the_next_load_builds_on_that(own_store, tmp_path, capsys):
    more, other = tmp_path / "more.csv", tmp_path / "other.csv"
    more.write_text("creator_id,country,audience_share\nc9,FR,1\n")
    other.write_text("creator_id,country,audience_share\nc10,FR,1\n")

    def ids() -> set[str]:
        document = json.loads(run(capsys, "shortlist", "--market", "DE", "--json", "--store", str(own_store))[1])
        return {creator["creator_id"] for creator in document["creators"]}

    run(capsys, "load", str(more), "--store", str(own_store))
    assert ids() == {"c1", "c2", "c9"}
    assert run(capsys, "undo", "--store", str(own_store))[0] == 0
    assert ids() == {"c1", "c2"}
    run(capsys, "load", str(other), "--store", str(own_store))
    assert ids() == {"c1", "c2", "c10"}
    assert store.current(own_store) == 3


def test_there_is_nothing_to_undo_before_the_first_load(own_store, capsys):
    code, _, err = run(capsys, "undo", "--store", str(own_store))
    assert code == 1
    assert "Data version 1 is the earliest" in err


@pytest.mark.thorough
def test_a_load_after_damage_is_refused_until_the_loss_is_accepted(own_store, tmp_path, capsys):
    more, other = tmp_path / "more.csv", tmp_path / "other.csv"
    more.write_text("creator_id,country,audience_share\nc9,FR,1\n")
    other.write_text("creator_id,country,audience_share\nc10,FR,1\n")
    run(capsys, "load", str(more), "--store", str(own_store))
    path = store.generation_file(own_store, 2)
    path.write_bytes(path.read_bytes()[:1000])
    code, _, err = run(capsys, "load", str(other), "--store", str(own_store))
    assert code == 1
    assert "Data version 2 is damaged" in err
    assert "build on data version 1 and lose everything loaded since" in err
    assert run(capsys, "undo", "--store", str(own_store))[0] == 0
    assert run(capsys, "load", str(other), "--store", str(own_store))[0] == 0


def test_a_lost_pointer_is_mended_by_the_next_load(own_store, capsys):
    (own_store / "CURRENT").unlink()
    code, out, _ = run(capsys, "load", str(own_store.parent / "audience.csv"), "--json", "--store", str(own_store))
    assert (code, json.loads(out)["generation"]) == (0, 1)
    assert store.current(own_store) == 1


@pytest.mark.thorough
def test_lines_without_money_stay_with_their_campaign(tmp_path, capsys):
    (tmp_path / "campaigns.csv").write_text(
        "campaign_id,creator_id,market,date,deliverable,impressions,clicks,cost,currency\n"
        "k5,b2,AT,2025-03-01,post,100,5,10,EUR\nk5,b2,AT,2025-03-02,post,100,5,,\n"
        "k6,b2,AT,2025-03-01,post,100,5,10,EUR\nk6,b2,AT,2025-03-02,post,100,5,10,USD\n"
    )
    folder = str(tmp_path / "store")
    assert run(capsys, "load", str(tmp_path / "campaigns.csv"), "--store", folder)[0] == 0
    (entry,) = json.loads(run(capsys, "creator", "b2", "--market", "AT", "--json", "--store", folder)[1])["creators"]
    found = [(c["campaign_id"], c["impressions"], c["cost"], c["currency"]) for c in entry["campaigns"]]
    assert sorted(found) == [
        ("k5", 200, 10.0, "EUR"), ("k6", 100, 10.0, "EUR"), ("k6", 100, 10.0, "USD"),
    ]  # fmt: skip


@pytest.mark.thorough
def test_a_price_keeps_the_currency_of_its_own_row(tmp_path, capsys):
    head = "creator_id,creator_name,platform,vertical,home_country,followers,asking_price,currency\n"
    (tmp_path / "a.csv").write_text(head + "c1,Ada,tiktok,food,DE,100,180,EUR\n")
    (tmp_path / "b.csv").write_text(head + "c1,Ada,tiktok,food,DE,100,,USD\n")
    for name in ("a.csv", "b.csv"):
        run(capsys, "load", str(tmp_path / name), "--store", str(tmp_path / "store"))
    run(capsys, "export", str(tmp_path / "out"), "--store", str(tmp_path / "store"))
    assert "180.0000,EUR" in (tmp_path / "out" / "creators.csv").read_text()
    assert {p.name for p in (tmp_path / "out").iterdir()} == {"creators.csv", "rejected.csv", "sources.csv"}


def test_a_place_that_cannot_be_written_is_refused_in_words(own_store, tmp_path, capsys):
    (tmp_path / "file").write_text("in the way")
    for words in (["export", str(tmp_path / "file")], ["strengths", "--out", str(tmp_path / "file" / "s.csv")]):
        code, _, err = run(capsys, *words, "--store", str(own_store))
        assert code == 1
        assert "Choose a place that exists and can be written" in err


@pytest.mark.parametrize("name", ["folder.csv", "folder.parquet"])
def test_a_table_that_cannot_be_written_says_which_and_why(demo_store, tmp_path, capsys, name):
    (tmp_path / name).mkdir()
    code, _, err = run(capsys, "strengths", "--out", str(tmp_path / name), "--store", str(demo_store))
    assert (code, err) == (
        1, f"{tmp_path / name}: Is a directory. Choose a place that exists and can be written.\n",
    )  # fmt: skip


@pytest.mark.thorough
def test_followers_that_differ_are_said_with_both_counts(tmp_path, capsys):
    (tmp_path / "creators.csv").write_text(
        "creator_id,creator_name,platform,vertical,home_country,followers\nc1,Ada,tiktok,food,DE,50000\n"
    )
    (tmp_path / "audience.csv").write_text(
        "creator_id,country,audience_share,as_of,followers\nc1,DE,1,2025-06-01,51000\n"
    )
    code, out, err = run(capsys, "load", str(tmp_path / "creators.csv"), str(tmp_path / "audience.csv"), "--json",
                         "--store", str(tmp_path / "store"))  # fmt: skip
    said = "c1: 51,000 followers count, another file says 50,000 (the newest date wins, then the profile)."
    assert (code, err.strip(), json.loads(out)["warnings"]) == (0, said, [said])


@pytest.mark.parametrize("command", ["charters", "track-record", "check"])
def test_an_address_of_decisions_that_cannot_be_read_is_said_once(run_fit, demo_store, monkeypatch, command):
    monkeypatch.setenv("CREATOR_FIT_DECISIONS", "mysql://somewhere/decisions")
    said = run_fit(command, "--store", demo_store, code=1)
    assert said.stderr.startswith("CREATOR_FIT_DECISIONS begins with 'mysql'. An address of Postgres is needed")
    assert len(said.stderr.splitlines()) == 1
