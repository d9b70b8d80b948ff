"""Does a big table that goes straight into the store give the same rows, reports and refusals as the careful way?"""

from datetime import date, datetime

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.importers import fast_path, load
from data.importers.load import Options
from tests.data.importers.load_export import SCHEMA

TODAY = date(2026, 3, 1)
TABLES = ("sources", "quarantine", "audience")
HEADER = "creator_id,country,audience_share,audience_type,source,as_of,followers,platform,is_top_n,count_total"
REST = "viewers,own table,2025-11-18,100,tiktok,true,7"
SOUND = [
    f"{HEADER}\nada,DE,0.5,{REST}\nada,AT,0.25,{REST}\n",
    "creator_id,country,audience_share\nada,DE,0.5\nada,Austria,1e-2\nJürgen,fr,.25\n#1 Ada,FR,1\n",
    "creator_id;country;audience_share;note\nada;DE;0.5;x\nbo;GB;0.000001;y\n",
    'creator_id,country,audience_share,followers,is_top_n\n"a, da",DE,0.5,"1,234,567",no\n "bo" ,US,0,,\n',
    "creator_id,country,audience_share,as_of,audience_type\nada,DE,0.5,2025-01-01,\nada,DE,0.6,2025-02-01,follower\n",
    "creator_id,country,audience_share\r\n'=1+1,DE,0.5\r\n",
]
CELLS = {
    "creator_id": st.sampled_from(["ada", "bo", "Zoë", " ada", "", "#N/A", "a\u200bb", "'=x", "x" * 201]),
    "country": st.sampled_from(
        ["DE", "de", "Germany", "Deutschland", "Georgia", "Texas", "ZZ", "Others", "Total", "Congo", ""]
    ),
    "audience_share": st.sampled_from(
        ["0.1", "0.25", "0", "1", "1.004", ".5", "0,5", "50%", "52", "1e-3", "-0.1", "nan", ""]
    ),
    "audience_type": st.sampled_from(["viewers", "Followers", "likers", "", "fans"]),
    "source": st.sampled_from(["", "own table", "YouTube Studio", "a\u2028b", "#REF!", "é"]),
    "as_of": st.sampled_from(["2025-01-01", "", "01.02.2025", "2027-01-01", "1999-01-01", "2025-02-30", "45000"]),
    "followers": st.sampled_from(["", "100", "1,234", "1,234,567", "12.5", "--", "9" * 16]),
    "platform": st.sampled_from(["", "tiktok", " x "]),
    "is_top_n": st.sampled_from(["", "true", "NO", "maybe"]),
    "count_total": st.sampled_from(["", "7", "1e3"]),
}


def outcome(path, *, least: int, monkeypatch) -> tuple:
    """What a load into an empty layer keeps and says, where tables of so many rows may go straight."""
    monkeypatch.setattr(fast_path, "LEAST_ROWS", least)
    with duckdb.connect(config={"threads": 2}) as db:
        db.execute(SCHEMA)
        (report,) = load.load_files(db, [path], Options(), today=TODAY, now=datetime(2026, 3, 1))
        return report, {table: db.sql(f"from {table} order by all").fetchall() for table in TABLES}


@pytest.mark.thorough
@pytest.mark.parametrize("text", SOUND)
@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_a_sound_table_goes_straight_and_gives_the_same(tmp_path, monkeypatch, text, ending):
    path = tmp_path / f"a.{ending}"
    if ending == "csv":
        path.write_text(text, newline="")
    else:
        (tmp_path / "source.csv").write_text(text, newline="")
        duckdb.sql(f"copy (from read_csv('{tmp_path}/source.csv', all_varchar = true)) to '{path}'")
    went = []
    insert = fast_path.insert
    monkeypatch.setattr(fast_path, "insert", lambda *words: went.append(insert(*words)) or went[-1])
    assert outcome(path, least=1, monkeypatch=monkeypatch) == outcome(path, least=10**9, monkeypatch=monkeypatch)
    assert went == [True]


@pytest.mark.thorough
@settings(max_examples=40, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_any_table_gives_the_same_on_both_ways(tmp_path, monkeypatch, data):
    names = [
        "creator_id",
        "country",
        "audience_share",
        *data.draw(st.lists(st.sampled_from(list(CELLS)[3:]), unique=True)),
    ]
    names = data.draw(st.permutations(names))
    rows = data.draw(st.lists(st.tuples(*(CELLS[name] for name in names)), min_size=1, max_size=6))
    lines = [names, *rows]
    path = tmp_path / "a.csv"
    path.write_text("".join("\t".join(line) + "\n" for line in lines), newline="")
    assert outcome(path, least=1, monkeypatch=monkeypatch) == outcome(path, least=10**9, monkeypatch=monkeypatch)
