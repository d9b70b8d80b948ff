"""Do the answers of vendors give the audience they hold, and nothing that stands beside it?"""

import json

import pytest

from tests.data.importers.load_export import FIXTURES, load, load_text

ANSWERS = FIXTURES / "vendor_json"
HYPE = {"GB": 305000, "IN": 102500}
GRAPH = {"CH": 750000, "LI": 250000}


@pytest.mark.parametrize(
    ("name", "audience", "shares"),
    [
        ("modash.json", (None, "Modash", "followers", True, 51200, None), {"AT": 612500, "DE": 250000, "XK": 85}),
        ("hypeauditor_instagram.json", (None, "HypeAuditor", "followers", True, 3000000, None), HYPE),
        ("hypeauditor_prc.json", (None, "HypeAuditor", "followers", True, None, None), HYPE),
        ("hypeauditor_codes.json", (None, "HypeAuditor", "followers", True, None, None), HYPE),
        ("graph.json", ("instagram", "Instagram Graph", "followers", False, None, None), GRAPH),
        ("graph_older.json", ("instagram", "Instagram Graph", "followers", False, None, "2023-02-02"), GRAPH),
        ("graph_unordered.json", ("instagram", "Instagram Graph", "followers", False, None, "2023-02-02"), GRAPH),
    ],
)
def test_every_shape_gives_its_countries(name, audience, shares):
    found = load(ANSWERS / name)
    assert (found.report.status, found.report.reader) == ("imported", "vendor_json")
    assert found.shares == shares
    assert found.sets == [(*audience, len(shares))]


def test_followers_and_likers_are_two_audiences():
    found = load(ANSWERS / "insightiq.json")
    fact = (True, 8120, "2025-06-02", 2)
    assert found.sets == [("instagram", "InsightIQ", kind, *fact) for kind in ("followers", "likers")]
    assert found.shares == {"FR": 400000, "BE": 125000, "CA": 92500}  # likers are listed after followers
    assert found.report.coverage == {"ada": 0.637}


def changed(name: str, old: str, new: str) -> str:
    text = (ANSWERS / name).read_text(encoding="utf-8")
    assert old in text
    return text.replace(old, new)


def test_an_audience_that_is_answered_alone_is_read_too(tmp_path):
    answer = json.loads((ANSWERS / "insightiq.json").read_text(encoding="utf-8"))
    countries = [{"code": "FR", "value": 40.5}, {"code": "BE", "value": 12.5}]
    alone = {"work_platform": {"name": "Instagram"}, "countries": countries, "gender_age_distribution": []}
    assert "work_platform" in answer
    found = load_text(tmp_path, json.dumps(alone))
    assert (found.shares, found.report.status) == ({"FR": 405000, "BE": 125000}, "imported")


def test_numbers_under_codes_whose_unit_no_vendor_states_are_refused(tmp_path):
    found = load_text(tmp_path, json.dumps({"audience": {"countries": {"DE": 45, "AT": 10}}}))
    assert (found.report.status, found.shares) == ("refused", {})


def test_a_problem_names_its_place_in_the_document(tmp_path):
    found = load_text(tmp_path, changed("modash.json", '"DE"', '"Korea"'))
    assert found.problems == [(None, None, "profile.audience.geoCountries[1]", "Korea")]
    assert found.shares == {"AT": 612500, "XK": 85}


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("modash.json", "0.6125", "61.25", "scale is not certain"),
        ("modash.json", "0.6125", "0.95", "more than 100 %"),
        ("insightiq.json", "}", "", "damaged or cut off"),
        ("graph.json", "750", "-750", "no share of the whole is certain"),
        ("graph.json", "750", "null", "no share of the whole is certain"),
        ("graph.json", "750", "NaN", "holds NaN"),
        ("modash.json", "\n}\n", "\n}\n{}\n", "several JSON documents"),
        ("hypeauditor_prc.json", '"prc": 10.25', '"prc": 10.25, "prc": 11', "twice in one place"),
        ("graph.json", "country", "city", "Instagram's interface that is not by country"),
    ],
)
def test_what_cannot_be_certain_is_refused(tmp_path, name, old, new, said):
    found = load_text(tmp_path, changed(name, old, new))
    assert (found.report.status, found.shares) == ("refused", {})
    assert said in found.report.message


def test_a_code_and_a_name_that_disagree_are_asked():
    found = load(ANSWERS / "modash_contradiction.json")
    assert found.shares == {"AT": 500000}
    assert [(p.value, p.reason) for p in found.report.problems] == [("Germany (CH)", "could be CH or DE")]


def test_two_accounts_in_one_document_are_refused(tmp_path):
    one = json.loads((ANSWERS / "modash.json").read_text(encoding="utf-8"))
    found = load_text(tmp_path, json.dumps([one, one]))
    assert "more than one account" in found.report.message


def graph(name, **counts):
    """One metric of Instagram's interface, by country."""
    results = [{"dimension_values": [code], "value": value} for code, value in counts.items()]
    breakdowns = [{"dimension_keys": ["country"], "results": results}]
    return {"name": name, "period": "lifetime", "total_value": {"breakdowns": breakdowns}}


def test_who_engaged_looked_on(tmp_path):
    document = {"data": [graph("engaged_audience_demographics", FR=700, BE=300)]}
    found = load_text(tmp_path, json.dumps(document))
    assert found.cells == {("viewers", "instagram", "FR", 700000), ("viewers", "instagram", "BE", 300000)}


@pytest.mark.parametrize(("times", "status"), [(("LAST_30_DAYS",) * 2, "imported"), (("LAST_30_DAYS", "X"), "refused")])
def test_one_time_beside_the_country_is_no_part_of_an_audience(tmp_path, times, status):
    metric = graph("engaged_audience_demographics", FR=700, BE=300)
    (breakdown,) = metric["total_value"]["breakdowns"]
    breakdown["dimension_keys"] = ["timeframe", "country"]
    for result, time in zip(breakdown["results"], times, strict=True):
        result["dimension_values"] = [time, *result["dimension_values"]]
    found = load_text(tmp_path, json.dumps({"data": [metric]}))
    assert (found.report.status, found.shares.get("FR")) == (status, 700000 if status == "imported" else None)


def test_percent_signs_of_the_document_are_no_second_ones(tmp_path):
    found = load_text(tmp_path, changed("hypeauditor_prc.json", '"prc": 10.25', '"prc": "<1%"'))
    assert [problem[3] for problem in found.problems] == ["<1%"]


def test_followers_count_where_both_are_there(tmp_path):
    document = {"data": [graph("follower_demographics", FR=8, BE=2), graph("engaged_audience_demographics", MA=9)]}
    found = load_text(tmp_path, json.dumps(document))
    assert found.cells == {("followers", "instagram", "FR", 800000), ("followers", "instagram", "BE", 200000)}


def youtube(*columns, rows):
    """An answer of YouTube's Analytics interface; its first columns are dimensions."""
    headers = [{"name": name, "columnType": "METRIC" if name == "views" else "DIMENSION"} for name in columns]
    return json.dumps({"kind": "youtubeAnalytics#resultTable", "columnHeaders": headers, "rows": rows})


def test_views_by_country_of_youtubes_interface(tmp_path):
    found = load_text(tmp_path, youtube("country", "views", rows=[["FR", 750], ["BE", 250]]))
    assert found.cells == {("viewers", "youtube", "FR", 750000), ("viewers", "youtube", "BE", 250000)}
    by_day = load_text(tmp_path, youtube("day", "country", "views", rows=[["2025-05-01", "FR", 750]]))
    assert "YouTube's Analytics API that is not by country" in by_day.report.message
