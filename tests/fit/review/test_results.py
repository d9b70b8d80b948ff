"""Is what people report read as they mean it, and refused where nobody can know what they mean?"""

import contextlib

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fit.review.results import ActualsError, impossible, odd, of_campaigns, read_actuals

PLAIN = {"impressions": 52_000.0, "engagement_rate": 0.08, "revenue": 1234.5}


@pytest.mark.parametrize(
    "raw",
    [
        b"metric,value\nimpressions,52000\nengagement_rate,0.08\nrevenue,1234.5\n",
        b"\xef\xbb\xbfmetric,value\r\nimpressions,52000\r\nengagement_rate,8 %\r\nrevenue,1234.50",
        b"metric;value\nimpressions;52.000\nengagement_rate;8,0%\nrevenue;1234,5\n",
        b"metric;value\nimpressions;52000\nengagement_rate;0,08\nrevenue;1.234,50\n",
        'metric,value\nviews,"52,000"\nER,8%\nturnover,"1,234.5"\n'.encode("utf-16"),
        b"impressions\t52000\nEngagement rate\t8 %\nattributed revenue\t1234.5\n\n",
        b"who,value,metric\nme,52 000,Impressions\nme,.08,engagement-rate\nme,1'234.5,revenue\n".replace(
            b".08", b"0.08"
        ),
        b"metric,value\nclicks,\nimpressions,5.2e4\nengagement_rate,0.08\nconversions, \nrevenue,1234.5\n",
    ],
)
def test_the_same_table_is_read_however_it_is_written(raw):
    assert read_actuals(raw) == PLAIN


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "metric,value\nconversons,3\n",
            "Row 2: 'conversons' is no metric of the library. The nearest are conversions",
        ),
        ("metric,value\nclicks,-3\n", "Row 2: clicks is '-3'; it must be 0 or more"),
        ("metric,value\nclicks,nan\n", "Row 2: clicks is 'nan', which is no number"),
        ("metric,value\nclicks,many\n", "which is no number"),
        ("metric,value\nclicks,3.5\n", "a whole number is needed"),
        ("metric,value\nclicks,inf\n", "which is no number"),
        ("metric,value\nclicks,1e18\n", "at most 1,000,000,000,000,000 is possible"),
        ("metric,value\nclicks,1,234\n", "Row 2 has more than a metric and a value"),
        ("metric,value\nengagement_rate,8\n", "Write 8 % if that is meant"),
        ("metric,value\nclicks,3\n,4\n", "Row 3 names no metric"),
        ("metric,value\nclicks,3\nlink clicks,4\n", "Row 3: clicks stands there twice ('clicks' before)"),
        ("metric,value\nclicks,3\nclicks,\n", "Row 3: clicks stands there twice"),
        ("metric;value\nrevenue;1.234\n", "thousands or decimals"),
        ("metric,value\n", "hold no row"),
        ("", "hold no row"),
        ("a\x00b,1\n", "no text table"),
        ("metric,value\nemv,3\n", "never computed"),
        ('metric,value\n"' + "x" * 200_000, "Close every quote"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_its_row(text, words):
    with pytest.raises(ActualsError) as refused:
        read_actuals(text.encode())
    assert words in str(refused.value)


def test_a_metric_of_their_own_and_the_cost_are_known():
    read = read_actuals(
        b'metric,value\nkitchens planned,3\nspend,"1,200"\nnew looks,2.5\n', {"kitchens planned", "new looks"}
    )
    assert read == {"kitchens planned": 3.0, "cost": 1200.0, "new looks": 2.5}


def test_clicks_and_purchases_may_come_by_country():
    read = read_actuals(b"metric,value\nclicks,120\nclicks DE,20\nlink clicks in br,100\norders:BR,2\n")
    assert read == {"clicks": 120.0, "clicks:DE": 20.0, "clicks:BR": 100.0, "conversions:BR": 2.0}
    with pytest.raises(ActualsError, match="'clicks QQ' is no metric"):
        read_actuals(b"clicks QQ,3\n")


def test_more_clicks_than_impressions_cannot_be_and_more_purchases_than_clicks_are_kept():
    assert impossible({"impressions": 100.0, "clicks": 100.0, "reach": 90.0}) == []
    (said,) = impossible({"impressions": 100.0, "clicks": 101.0})
    assert said.startswith("101 clicks of 100 impressions cannot be")
    assert odd({"clicks": 3.0, "conversions": 3.0, "revenue": 5.0}) == []
    (kept,) = odd({"clicks": 3.0, "conversions": 4.0})
    assert kept.startswith("4 purchases from 3 clicks: some came another way")
    assert len(odd({"conversions": 0.0, "revenue": 5.0, "impressions": 3.0, "engagements": 4.0})) == 2


def test_loaded_campaigns_add_up_and_what_one_did_not_measure_is_not_measured():
    rows = {
        "impressions": [10_000, 20_000], "reach": [8_000, 15_000], "engagements": [300, 500], "clicks": [100, None],
        "conversions": [None, None], "revenue": [None, None], "cost": [100.0, 200.0], "currency": ["EUR", "EUR"],
    }  # fmt: skip
    types = {"conversions": pl.Int64, "revenue": pl.Float64}
    found, said = of_campaigns(pl.DataFrame(rows, schema_overrides=types))
    assert found == {"impressions": 30_000.0, "reach": 23_000.0, "engagements": 800.0, "cost": 300.0}
    assert said[0] == "Clicks: 1 of 2 campaigns did not measure it, so it counts as not measured."
    assert said[1].startswith("Reach is added up")
    mixed, told = of_campaigns(pl.DataFrame(rows | {"currency": ["EUR", "USD"]}, schema_overrides=types))
    assert "cost" not in mixed
    assert "Cost is in several currencies, so it is not added up." in told


GOOD = b'metric,value\nclicks,1700\nER,8 %\norders DE,5\nrevenue,"1,234.5"\n'


@settings(max_examples=150)
@given(st.data())
def test_a_damaged_table_is_read_or_refused_and_nothing_else(data):
    raw = bytearray(GOOD)
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(raw)))
        raw[at : at + data.draw(st.integers(0, 6))] = data.draw(st.binary(max_size=5))
    with contextlib.suppress(ActualsError):
        assert all(value >= 0 for value in read_actuals(bytes(raw)).values())
