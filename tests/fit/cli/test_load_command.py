"""Does `load` take what is said of single files, and does what `export` writes come back whole?"""

import json
from datetime import datetime

import pytest

from data import store
from tests.fit.cli.commands import AUDIENCE, run

# Every share of every measurement in the order of its history, and whether it counts.
HISTORY = """
    select audience.creator_id, audience.as_of::text, ppm, country, is_current, is_best
    from audience
    join audience_sets as sets
        on sets.creator_id = audience.creator_id and sets.source_id = audience.source_id
        and sets.as_of is not distinct from audience.as_of
    order by audience.creator_id, audience.as_of desc nulls last, sets.source_id desc, ppm, country"""


@pytest.mark.thorough
def test_an_export_keeps_the_history_of_audiences_and_the_dates_of_counts(tmp_path, capsys):
    texts = {
        "creators.csv": "creator_id,creator_name,followers,followers_as_of\nc1,Ada,1500,2026-01-01\n",
        "a1.csv": "creator_id,country,audience_share,followers,as_of\nc1,DE,0.6,900,2025-01-01\n",
        "a2.csv": "creator_id,country,audience_share,followers,as_of\nc1,DE,0.5,1200,2025-02-01\n",
        "b1.csv": "creator_id,country,audience_share\nc1,DE,0.3\n",
        "b2.csv": "creator_id,country,audience_share\nc1,DE,0.2\n",
        "d1.csv": "creator_id,country,audience_share\nc2,DE,0.3\n",
        "d2.csv": "creator_id,country,audience_share\nc2,FR,0.2\n",
        "d3.csv": "creator_id,country,audience_share\nc2,FR,0.1\nc2,IT,0.1\n",
    }
    first, second = tmp_path / "first", tmp_path / "second"
    for name, text in texts.items():
        (tmp_path / name).write_text(text)
        assert run(capsys, "load", str(tmp_path / name), "--store", str(first))[0] == 0
    run(capsys, "export", str(tmp_path / "out"), "--store", str(first))
    code, out, _ = run(capsys, "load", str(tmp_path / "out"), "--store", str(second), "--json")
    assert (code, {file["status"] for file in json.loads(out)["files"]}) == (0, {"imported", "passed over"})
    kept, counts = [], []
    for folder in (first, second):
        with store.open_newest(folder).connection as db:
            kept.append(db.execute(HISTORY).fetchall())
            counts.append(
                db.execute("select creator_id, followers, followers_as_of::text from creators order by 1").fetchall()
            )
    assert kept[0] == kept[1]
    assert [row[:3] for row in kept[0]] == [
        ("c1", "2025-02-01", 500_000), ("c1", "2025-01-01", 600_000), ("c1", None, 200_000), ("c1", None, 300_000),
        ("c2", None, 100_000), ("c2", None, 100_000), ("c2", None, 200_000), ("c2", None, 300_000),
    ]  # fmt: skip
    assert counts[0] == counts[1] == [("c1", 1500, "2026-01-01"), ("c2", None, None)]


@pytest.mark.thorough
def test_what_is_said_of_each_path_makes_one_generation(tmp_path, capsys):
    for name, country in (("a.csv", "DE"), ("b.csv", "FR")):
        (tmp_path / name).write_text(f"Geography,Views\nTotal,100\n{country},60\n")
    each = tmp_path / "each.json"
    paths = [str(tmp_path / name) for name in ("a.csv", "b.csv")]
    each.write_text(json.dumps({paths[1]: {"creator": "bo"}}))
    words = ["load", *paths, "--creator", "ada", "--each", str(each), "--json", "--store", str(tmp_path / "store")]
    code, out, _ = run(capsys, *words)
    document = json.loads(out)
    assert (code, document["generation"]) == (0, 1)
    assert [file["creators"] for file in document["files"]] == [["ada"], ["bo"]]


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("nothing", "is no file of JSON"),
        ("[]", "--each needs one JSON object"),
        ('{"b.csv": {}}', "--each speaks of 'b.csv', which is none of the paths to load"),
        ('{"PATH": {"creator": 3}}', "as texts, map as pairs of texts"),
        ('{"PATH": {"map": [["a"]]}}', "as texts, map as pairs of texts"),
        ('{"PATH": {"map": [["a", "b"]]}}', "--map to b: no such column"),
        ('{"PATH": {"kind": "poem"}}', "--kind poem is no reader"),
    ],
)
def test_what_cannot_be_said_of_one_path_is_exit_2(tmp_path, capsys, said, why):
    file, each = tmp_path / "a.csv", tmp_path / "each.json"
    file.write_text(AUDIENCE)
    each.write_text(said.replace("PATH", str(file)))
    code, out, err = run(capsys, "load", str(file), "--each", str(each), "--store", str(tmp_path / "store"))
    assert (code, out) == (2, "")
    assert why in err


def events(text: str) -> list[dict]:
    """The events that a load printed, one a line."""
    return [json.loads(line) for line in text.splitlines()]


@pytest.mark.thorough
def test_a_load_in_lines_tells_every_step_and_then_what_json_tells(tmp_path, capsys):
    file, folder = tmp_path / "a.csv", str(tmp_path / "store")
    file.write_text(AUDIENCE)
    code, out, err = run(capsys, "load", str(file), "--json-lines", "--store", folder)
    *progress, report = events(out)
    assert (code, err) == (0, "")
    assert [(event.pop("event"), *event.values()) for event in progress] == [
        ("progress", "reading", 0.0, str(file)), ("progress", "combining", 0.6, ""), ("progress", "judging", 0.7, ""),
        ("progress", "publishing", 0.95, ""), ("progress", "done", 1.0, ""),
    ]  # fmt: skip
    words = ["load", str(file), "--preview", "--store"]
    _, ahead, _ = run(capsys, *words, folder, "--json-lines")
    _, document, _ = run(capsys, *words, folder, "--json")
    assert events(ahead)[-1] == {"event": "report"} | json.loads(document)
    _, document, _ = run(capsys, "load", str(file), "--json", "--store", str(tmp_path / "other"))
    assert report == {"event": "report"} | json.loads(document)


@pytest.mark.parametrize(
    ("options", "failed"),
    [
        (
            ("--market", "X-1"),
            {
                "code": "market_unknown",
                "values": {"market": "X-1"},
                "message": "--market X-1 is no country; write a code such as DE, or several as DE+AT",
            },
        ),
        (
            ("--map", "a"),
            {
                "code": None,
                "values": {},
                "message": "--map takes FROM=TO, for example --map 'Total followers=followers'",
            },
        ),
    ],
)
def test_a_load_in_lines_that_cannot_be_meant_fails_in_a_line(tmp_path, capsys, options, failed):
    file = tmp_path / "a.csv"
    file.write_text(AUDIENCE)
    code, out, err = run(capsys, "load", str(file), *options, "--json-lines", "--store", str(tmp_path / "store"))
    assert (code, events(out), err) == (2, [{"event": "failed"} | failed], "")


def test_a_load_in_lines_says_that_the_store_is_busy_or_that_a_file_lacks(tmp_path, capsys):
    file, folder = tmp_path / "a.csv", tmp_path / "store"
    file.write_text(AUDIENCE)
    words = ["load", str(file), "--json-lines", "--store", str(folder)]
    with store.next_generation(folder, now=datetime(2026, 3, 1)):
        code, out, err = run(capsys, *words)
        assert (code, err) == (3, "")
        assert [(event["event"], event["code"], event["values"]) for event in events(out)] == [
            ("failed", "store_busy", {})
        ]
        raise store.NothingToPublish
    file.unlink()
    code, out, _ = run(capsys, *words)
    assert (code, [(event["event"], event["code"]) for event in events(out)]) == (1, [("failed", None)])


def test_a_load_in_lines_says_that_memory_ran_out(tmp_path, capsys, monkeypatch):
    monkeypatch.setitem(store.WRITER, "memory_limit", "1MB")
    file = tmp_path / "a.csv"
    file.write_text(AUDIENCE)
    code, out, err = run(capsys, "load", str(file), "--json-lines", "--store", str(tmp_path / "store"))
    assert (code, err) == (1, "")
    assert events(out)[-1] == {
        "event": "failed",
        "code": "out_of_memory",
        "values": {},
        "message": f"Cannot write to {tmp_path / 'store'} (no memory left). Nothing was changed.",
    }


PRICES = """creator_id,creator_name,platform,vertical,home_country,followers,asking_price,currency
euro,Euro Eider,instagram,home,DE,40000,200,EUR
euro-2,Second Eider,instagram,home,DE,40000,200,EUR
dollar,Dollar Duck,instagram,home,DE,40000,200,USD
"""


def listed(capsys: pytest.CaptureFixture, folder: object) -> dict[str, tuple]:
    """Creator to cost, currency and note on the shortlist."""
    code, out, _ = run(capsys, "shortlist", "--market", "DE", "--json", "--store", str(folder))
    assert code == 0
    return {row["creator_id"]: (row["cost"], row["currency"], row["rate_note"]) for row in json.loads(out)["creators"]}


@pytest.mark.thorough
def test_a_rate_is_kept_by_an_export_and_gives_the_same_answers(tmp_path, capsys):
    (tmp_path / "creators.csv").write_text(PRICES)
    first, second = tmp_path / "first", tmp_path / "second"
    words = ["load", str(tmp_path / "creators.csv"), "--rate", "USD=0.92", "--store", str(first)]
    code, out, err = run(capsys, *words)
    assert (code, err) == (0, "")
    assert "imported: --rate USD=0.92: 1 of 1 rows imported" in out
    cost, currency, note = listed(capsys, first)["dollar"]
    assert (cost, currency) == (pytest.approx(184.0), "EUR")
    assert note.startswith("1 USD = 0.92 EUR on ")
    assert run(capsys, "export", str(tmp_path / "out"), "--store", str(first))[0] == 0
    kept = (tmp_path / "out" / "rates.csv").read_text()
    assert kept == f"currency,rate,base,as_of\nUSD,0.920000000,EUR,{note[-10:]}\n"
    assert run(capsys, "load", str(tmp_path / "out"), "--store", str(second))[0] == 0
    assert listed(capsys, second) == listed(capsys, first)


@pytest.mark.thorough
def test_a_rate_of_three_decimals_is_taken_at_its_word(tmp_path, capsys):
    (tmp_path / "creators.csv").write_text(PRICES)
    words = ["load", str(tmp_path / "creators.csv"), "--rate", "USD=1.065", "--store", str(tmp_path / "store")]
    assert run(capsys, *words)[0] == 0
    assert listed(capsys, tmp_path / "store")["dollar"][0] == pytest.approx(213.0)


@pytest.mark.thorough
def test_without_rates_an_export_writes_none(tmp_path, capsys):
    (tmp_path / "creators.csv").write_text(PRICES)
    run(capsys, "load", str(tmp_path / "creators.csv"), "--store", str(tmp_path / "store"))
    run(capsys, "export", str(tmp_path / "out"), "--store", str(tmp_path / "store"))
    assert not (tmp_path / "out" / "rates.csv").exists()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["QQQ=0.92"], "'QQQ' is no currency; write its ISO 4217 code"),
        (["USD=0"], "a number above 0"),
        (["USD=-1"], "a number above 0"),
        (["USD=0,92"], "a point before its decimals"),
        (["USD"], "a number above 0"),
        (["USD=0.92EUR"], "a number above 0"),
        (["USD=0.92", "usd=0.93"], "gives USD twice"),
        (["EUR=1.09"], "most prices are in EUR"),
    ],
)
def test_a_rate_that_cannot_be_meant_is_wrong_usage(tmp_path, capsys, given, said):
    (tmp_path / "creators.csv").write_text(PRICES)
    rates = [word for rate in given for word in ("--rate", rate)]
    code, out, err = run(capsys, "load", str(tmp_path / "creators.csv"), *rates, "--store", str(tmp_path / "store"))
    assert (code, out, store.current(tmp_path / "store")) == (2, "", None)
    assert said in err


def test_a_load_of_nothing_is_wrong_usage(tmp_path, capsys):
    code, _out, err = run(capsys, "load", "--store", str(tmp_path / "store"))
    assert code == 2
    assert "load needs a file or folder" in err


ORDERS = "Name,Financial Status,Currency,Total,Discount Code,Created at\n"


@pytest.mark.thorough
def test_a_code_once_said_is_remembered_and_exported(tmp_path, run_fit):
    store, first, second = tmp_path / "store", tmp_path / "may.csv", tmp_path / "june.csv"
    first.write_text(f"{ORDERS}#1,paid,EUR,40.00,OTTER10,2025-05-01\n#2,paid,EUR,40.00,FRUIT5,2025-05-01\n")
    second.write_text(f"{ORDERS}#3,paid,EUR,60.00,otter10,2025-06-01\n")
    run_fit("load", first, "--code", "OTTER10=plum-otter", "--store", store)
    again = json.loads(run_fit("load", second, "--json", "--store", store).stdout)
    assert again["files"][0]["creators"] == ["plum-otter"]
    run_fit("load", first, "--store", store)  # other options: its rows are replaced, what was said stays
    run_fit("export", tmp_path / "out", "--store", store)
    exported = (tmp_path / "out" / "creators.csv").read_text()
    assert exported.splitlines()[1].startswith("plum-otter,")
    assert ",OTTER10" in exported.splitlines()[1]
    run_fit("load", tmp_path / "out", "--store", tmp_path / "other")
    fresh = json.loads(run_fit("load", second, "--code", "OTTER10=sage-heron", "--json", "--store", store).stdout)
    assert fresh["files"][0]["creators"] == ["sage-heron"]


def test_code_takes_pairs(tmp_path, run_fit):
    (tmp_path / "orders.csv").write_text(ORDERS)
    done = run_fit("load", tmp_path / "orders.csv", "--code", "OTTER10", "--store", tmp_path / "store", code=2)
    assert "--code takes CODE=CREATOR" in done.stderr
