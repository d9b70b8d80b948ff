"""Do review and track-record keep what they promise: the words, the keys, the endings and the refusals?"""

import json
import shutil

import pytest

from data.decisions.decisions import open_decisions
from fit.__main__ import main
from fit.agreement.agreement import Adjustment, Deliverable, MetricLine
from fit.agreement.file import write_agreement
from fit.agreement.rule import Limit, Rule
from tests.agreements import agreement

LINES = (
    MetricLine("reach", "creator", 25_000.0, matters_to=("brand", "creator")),
    MetricLine("engagement_rate", "creator", 0.02),
    MetricLine("conversions", "brand", 40.0, matters_to=("brand",)),
)
HALF = Rule("conversions", Limit.AT_LEAST, share_of_target=0.5)
PLAN = {
    "creator": "demo-001", "metrics": LINES, "deliverables": (Deliverable("Stories", 10), Deliverable("Reels", 2)),
    "markets": (("FR", 1.0),), "cost": 800.0,
    "adjustment": Adjustment("purchases under half of target", "lead", 3, HALF),
}  # fmt: skip
CAME = "metric,value\nreach,110000\nimpressions,140000\nengagements,3400\nclicks,1700\nconversions,2\nrevenue,\n"


@pytest.fixture
def own_store(demo_store, tmp_path):
    """A store of the demo that this test alone writes decisions into."""
    return shutil.copytree(demo_store, tmp_path / "store")


@pytest.fixture
def run(own_store, tmp_path, capsys):
    """Run a command where FILE is the agreement (PLAN with changes) and ACTUALS what came; give code, out and err."""

    def run(*typed, came=CAME, store=own_store, **changed):
        files = {"FILE": tmp_path / "agreement.toml", "ACTUALS": tmp_path / "actuals.csv"}
        files["FILE"].write_text(write_agreement(agreement(**(PLAN | changed))), encoding="utf-8")
        files["ACTUALS"].write_bytes(came if isinstance(came, bytes) else came.encode())
        words = [str(files.get(word, word)) for word in typed]
        try:
            code = main([*words, "--store", str(store)])
        except SystemExit as left:
            code = left.code
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


@pytest.fixture
def reviewed(run, tmp_path):
    """Review FILE into JSON; give code, document and err."""

    def reviewed(*more, **changed):
        out = tmp_path / "review.json"
        code, _said, err = run("review", "--file", "FILE", "--actuals", "ACTUALS", "--out", out, *more, **changed)
        return code, json.loads(out.read_text(encoding="utf-8")) if code == 0 else None, err

    return reviewed


def keep_charter(run, tmp_path, **changed):
    code, _said, err = run("charter", "--file", "FILE", "--save", "spring", "--out", tmp_path / "c.md", **changed)
    assert code == 0, err


@pytest.mark.thorough
@pytest.mark.parametrize(("ending", "begins"), [("pdf", b"%PDF"), ("md", b"# The creator hit"), ("json", b"{")])
def test_each_ending_is_written(run, tmp_path, ending, begins):
    out = tmp_path / "new" / f"review.{ending}"
    code, said, err = run("review", "--file", "FILE", "--actuals", "ACTUALS", "--out", out)
    assert code == 0, err
    assert said.startswith(f"Wrote the review to {out}.\ncreator hit, brand missed. The creator delivered")
    assert out.read_bytes().startswith(begins)


@pytest.mark.thorough
def test_the_document_has_the_promised_keys_and_words(reviewed):
    _code, found, _err = reviewed()
    assert found["verdict"] == "creator hit, brand missed"
    assert {"metric", "side", "target", "actual", "hit"} <= set(found["lines"][0])
    assert [stage["stage"] for stage in found["stages"]] == [
        "impressions", "in_market_impressions", "engagements", "clicks", "conversions", "revenue",
    ]  # fmt: skip
    keys = {"stage", "p10", "p50", "p90", "actual", "chance_by_luck", "judged"}
    assert all(keys <= set(stage) for stage in found["stages"])
    assert found["stages"][5]["judged"] == "not measured"
    assert found["first_departure"] is None
    assert found["cause"] == "audience country"
    assert "0.50\u00a0% of it lives in France" in found["because"]
    assert found["basis"] == "drawn afterwards"
    assert found["demo"] is True


@pytest.mark.thorough
def test_a_charter_is_reviewed_against_the_forecast_that_was_frozen_in_it(run, reviewed, tmp_path, own_store):
    keep_charter(run, tmp_path)
    plain = tmp_path / "loaded"
    plain.mkdir()
    (plain / "creators.csv").write_text(
        "creator_id,creator_name,platform,vertical,home_country,followers\nx,X,tiktok,food,DE,9\n"
    )
    assert main(["load", str(plain), "--store", str(own_store)]) == 0  # the demo and its creator are gone
    out = tmp_path / "r.json"
    code, _said, err = run("review", "--charter", "spring", "--actuals", "ACTUALS", "--out", out)
    assert code == 0, err
    found = json.loads(out.read_text(encoding="utf-8"))
    assert (found["basis"], found["generation"], found["charter"]) == ("frozen", 1, "spring")
    assert found["stages"][0]["judged"] == "within luck"
    assert found["threshold"]["status"] == "crossed"
    code, after, err = reviewed()
    assert (after["basis"], after["stages"][0]["judged"]) == ("benchmarks only", "not measured")


@pytest.mark.thorough
def test_a_closed_review_stays_as_it_was_and_counts_in_the_record(run, tmp_path, own_store):
    keep_charter(run, tmp_path)
    close = ("review", "--charter", "spring", "--actuals", "ACTUALS", "--out", tmp_path / "r.md", "--close")
    _code, first, _err = run(*close)
    _code, again, _err = run(*close)
    assert first == again
    assert first.startswith("Closed as review 1, SHA-256 ")
    decisions = open_decisions(own_store)
    try:
        (kept,) = decisions.reviews()
        stages = [note.stage for note in decisions.stages("spring")]
    finally:
        decisions.close()
    assert (kept.name, kept.creator_id, kept.outcome) == ("spring", "demo-001", "creator hit, brand missed")
    assert kept.next_time.startswith("Not for conversion in France")
    assert kept.text == (tmp_path / "r.md").read_text(encoding="utf-8")
    assert stages == ["charter drafted", "reviewed"]
    _code, out, _err = run("track-record", "--json")
    record = json.loads(out)
    assert (record["count_forecasts"], record["coverage_p10_p90"]) == (1, 1.0)
    assert record["message"] == "Too few yet: 1 of 20 closed forecasts."
    assert len(record["by_decile"]) == 10


def test_an_empty_record_is_an_answer(run):
    code, out, _err = run("track-record")
    assert (code, out) == (0, "No forecast has been compared with its result yet. Close a review after a campaign.\n")


def test_without_facts_the_lines_are_judged_and_the_stages_are_not(reviewed, tmp_path):
    code, found, err = reviewed(store=tmp_path / "nothing")
    assert code == 0
    assert "Nothing is loaded in the store, so nothing could be forecast" in err
    assert found["verdict"] == "creator hit, brand missed"
    assert {stage["judged"] for stage in found["stages"]} == {"not measured"}
    assert (found["basis"], found["first_departure"]) == ("no forecast", None)


def test_a_stranger_is_judged_by_benchmarks_and_it_is_said(reviewed):
    code, found, _err = reviewed(creator="nobody")
    assert (code, found["basis"]) == (0, "benchmarks only")
    assert "does not include this creator" in found["basis_words"]
    judged = {stage["stage"]: stage["judged"] for stage in found["stages"]}
    assert (judged["impressions"], judged["clicks"], judged["revenue"]) == (
        "not measured",
        "within luck",
        "not measured",
    )


@pytest.mark.parametrize(
    ("came", "words"),
    [
        ("metric,value\nconversons,3\n", "actuals.csv: Row 2: 'conversons' is no metric"),
        ("metric,value\nclicks,-3\n", "actuals.csv: Row 2: clicks is '-3': negative; check the source"),
        ("metric,value\nclicks,5\nclicks,6\n", "stands there twice"),
        ("metric,value\nclicks,50\nimpressions,6\n", "50 clicks of 6 impressions cannot be"),
        ("", "actuals.csv: this file is empty (0 bytes)"),
    ],
)
def test_actuals_that_cannot_be_are_refused(reviewed, came, words):
    code, _found, err = reviewed(came=came)
    assert code == 1
    assert words in err


@pytest.mark.thorough
def test_letters_read_with_proof_are_said(reviewed):
    own = MetricLine("Küchen geplant", "brand", 3.0, kind="outcome", definition="plans")
    came = (CAME + "Küchen geplant,4\n").encode("cp1252")
    code, found, err = reviewed(came=came, metrics=(*LINES, own))
    assert (code, found["lines"][3]["actual"]) == (0, 4.0)
    assert "actuals.csv: read as Windows-1252, not UTF-8 (check for example" in err


@pytest.mark.thorough
def test_what_is_not_there_is_refused_with_what_is(run, tmp_path):
    out = ("--actuals", "ACTUALS", "--out", tmp_path / "r.md")
    assert run("review", "--charter", "spring", *out)[2] == (
        "There is no charter called 'spring'. None is saved yet. Save it first: charter --save.\n"
    )
    keep_charter(run, tmp_path)
    assert "Saved are: spring." in run("review", "--charter", "sprung", *out)[2]
    missing = run("review", "--file", "FILE", "--actuals", tmp_path / "none.csv", "--out", tmp_path / "r.md")
    assert (missing[0], "There is no file" in missing[2]) == (1, True)
    assert run("review", "--file", "FILE", "--actuals", "ACTUALS", "--out", tmp_path / "r.docx")[0] == 2
    assert run("review", "--actuals", "ACTUALS", "--out", tmp_path / "r.md")[0] == 2
    assert run("review", "--charter", "a", "--file", "FILE", *out)[0] == 2


@pytest.mark.thorough
def test_names_and_notes_are_shown_letter_by_letter(run, tmp_path):
    own = MetricLine("<b>joy</b> [x](http://a.b)", "brand", 3.0, kind="outcome", definition="smiles")
    came = CAME + '"<b>joy</b> [x](http://a.b)",4\n'
    code, _said, err = run("review", "--file", "FILE", "--actuals", "ACTUALS", "--out", tmp_path / "r.md",
                          metrics=(*LINES, own), came=came)  # fmt: skip
    assert code == 0, err
    text = (tmp_path / "r.md").read_text(encoding="utf-8")
    assert "\\<b\\>joy\\</b\\>" in text
    assert "](http://" not in text


@pytest.mark.thorough
def test_the_results_of_a_closed_review_are_written_as_a_file_to_load(run, tmp_path, own_store):
    run("charter", "--file", "FILE", "--save", "spring", "--out", tmp_path / "c.md")
    file = tmp_path / "results.csv"
    to = ("review", "--charter", "spring", "--actuals", "ACTUALS", "--out", tmp_path / "r.md", "--campaign", file)
    code, _said, err = run(*to)
    assert code == 2
    assert err.endswith("--campaign writes the results of a closed review; add --close.\n")
    code, said, err = run(*to, "--close")
    assert (code, err) == (0, "")
    assert f"Wrote the results as a campaign. Load them: load {file}" in said
    assert file.read_text(encoding="utf-8").splitlines()[1].startswith("spring,")


SO_FAR = "metric,value,date\nimpressions,40000,2026-01-14\nclicks,500,2026-01-14\nconversions,1,2026-01-17\n"
PACE = ("pace", "--charter", "spring", "--actuals", "ACTUALS")


@pytest.mark.thorough
def test_pace_gives_the_promised_document_the_same_to_the_byte(run, tmp_path):
    keep_charter(run, tmp_path)
    code, said, err = run(*PACE, "--json", came=SO_FAR)
    assert (code, err) == (0, "")
    document = json.loads(said)
    assert {"metrics", "talk", "because"} <= set(document)
    promised = {"metric", "target", "so_far", "p_hit_at_signing", "p_hit_now", "p10", "p90"}
    assert all(promised <= set(line) for line in document["metrics"])
    assert document["on"] == "2026-01-17"
    conversions = next(line for line in document["metrics"] if line["metric"] == "conversions")
    assert (conversions["target"], conversions["so_far"]) == (40.0, 1.0)
    assert conversions["p_hit_now"] < conversions["p_hit_at_signing"]
    assert document["talk"] is False  # the rule has no day, so it is checked at the end
    assert run(*PACE, "--json", came=SO_FAR)[1] == said
    assert json.loads(run(*PACE, "--json", "--on", "2026-02-10", came=SO_FAR)[1])["talk"] is True


@pytest.mark.thorough
def test_pace_tells_people_in_sentences(run, tmp_path):
    keep_charter(run, tmp_path)
    code, said, err = run(*PACE, "--on", "2026-01-15", came=SO_FAR)
    assert (code, err) == (0, "")
    assert said.startswith("By 15 January 2026, about ")
    assert "The agreed rule is checked on 10 February 2026." in said


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("came", "reason"),
    [
        ("metric,value,date\nclicks,9,2026-01-14\nclicks,8,2026-01-15\n", "Clicks falls from 9 (row 2) to 8 (row 3)."),
        ("metric,value,date\nclicks,9,2025-12-24\n", "Row 2 is of 2025-12-24; the charter runs"),
        ("metric,value,date,deliverable\nclicks,9,2026-01-14,podcast\n", "'podcast' is no deliverable of the charter"),
        ("metric,value,date,currency\nrevenue,9,2026-01-14,USD\n", "Row 2 is in USD, the charter in EUR."),
    ],
)
def test_pace_refuses_bad_counts_and_changes_nothing(run, tmp_path, own_store, came, reason):
    keep_charter(run, tmp_path)
    before = {path: path.read_bytes() for path in own_store.iterdir() if path.suffix != ".sqlite-shm"}
    code, said, err = run(*PACE, came=came)
    assert (code, said) == (1, "")
    assert err.startswith("actuals.csv: ")
    assert reason in err
    assert {path: path.read_bytes() for path in before} == before


@pytest.mark.thorough
def test_pace_keeps_counts_with_the_charter_and_reads_them_again(run, tmp_path):
    keep_charter(run, tmp_path)
    kept = ("pace", "--charter", "spring")
    code, _said, err = run(*kept)
    assert (code, err) == (
        1, "No counts of 'spring' are kept yet. Add them: --actuals FILE --save, or on page Charter.\n",
    )  # fmt: skip
    assert run(*kept, "--save")[0] == 2
    said = run(*PACE, "--save", "--json", came=SO_FAR)[1]
    assert run(*kept, "--json")[1] == said == run(*PACE, "--json", came=SO_FAR)[1]
    code, _said, err = run(*PACE, "--save", came="metric,value,date\nclicks,499,2026-01-16\n")
    assert code == 1
    assert err.startswith("actuals.csv: Clicks falls from 500 (saved for 14 January 2026) to 499 (row 2).")
    run(*PACE, "--save", came="metric,value,date\nclicks,600,2026-01-18\n")
    document = json.loads(run(*kept, "--json")[1])
    assert document["on"] == "2026-01-18"
    assert {line["metric"]: line["so_far"] for line in document["metrics"]}["conversions"] == 1.0


def test_pace_needs_a_charter_and_a_day(run, tmp_path):
    assert run(*PACE, came=SO_FAR)[0] == 1
    keep_charter(run, tmp_path)
    code, _said, err = run(*PACE, "--on", "soon", came=SO_FAR)
    assert code == 2
    assert "--on 'soon' is no day. Write it as 2026-03-01." in err
