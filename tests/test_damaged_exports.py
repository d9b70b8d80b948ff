"""Does a damaged export ever become a wrong number? Cut, doubled, re-encoded: right, set aside or refused."""

import csv
import io
import json
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from exports import FIXTURES, Loaded, load, load_text
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

AUDIENCES = (
    *("meta_audience/across.csv", "meta_audience/lines.csv", "meta_audience/portuguese.csv"),
    *("meta_audience/two_platforms.csv", "tiktok_studio/FollowerTopTerritories.csv", "tiktok_studio/greek.csv"),
    *("ga4/countries.csv", "youtube_studio/Table data.csv"),
)
CAMPAIGNS = (
    *("meta_ads/by_day.csv", "meta_ads/by_ad.csv", "google_ads/campaigns.csv", "google_ads/german_tabs.csv"),
    *("shopify/orders.csv", "affiliate/impact.csv", "affiliate/awin.csv", "affiliate/cj.csv"),
)
ANSWERS = tuple(f"vendor_json/{path.name}" for path in sorted((FIXTURES / "vendor_json").iterdir()))
# Their shares are views over a total of all rows, so a lost row changes nothing else only where the total stands.
SUMMED = ("ga4/countries.csv", "shopify/orders.csv")
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252")
FAST = settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


@cache
def text_of(name: str) -> str:
    raw = (FIXTURES / name).read_bytes()
    return raw.decode("utf-16" if raw.startswith(b"\xff\xfe") else "utf-8-sig")


@cache
def truth(name: str) -> Loaded:
    return load(FIXTURES / name)


def is_right_or_said(name: str, found: Loaded) -> None:
    """Whatever was kept stands in the undamaged file with the same number; whatever was not is accounted for."""
    report, right = found.report, truth(name)
    assert report.status in ("imported", "partly imported", "refused")
    assert (report.status == "refused") == (not found.shares and not found.campaigns)
    assert (report.count_rows_quarantined > 0) == (report.status == "partly imported") or report.status == "refused"
    assert report.message
    assert all(problem.reason and problem.fix for problem in report.problems)
    assert found.cells <= right.cells
    assert set(found.campaigns) <= set(right.campaigns)
    json.dumps(report.as_json(), allow_nan=False).encode()


def doubled(text: str, draw: Callable) -> str:
    lines = text.splitlines(keepends=True)
    at = draw(st.integers(0, len(lines) - 1))
    return "".join([*lines[: at + 1], lines[at], *lines[at + 1 :]])


def shortened(text: str, draw: Callable) -> str:
    lines = text.splitlines(keepends=True)
    return "".join(lines[: draw(st.integers(0, len(lines)))])


def with_other_line_ends(text: str, draw: Callable) -> str:
    return text.replace("\n", draw(st.sampled_from(["\r\n", "\r", "\n\n"])))


def unchanged(text: str, draw: Callable) -> str:
    return text


@FAST
@given(st.data())
def test_a_damaged_audience_is_never_wrong(tmp_path, data):
    name = data.draw(st.sampled_from(AUDIENCES))
    ways = [doubled, shortened, with_other_line_ends, unchanged] if name not in SUMMED else [unchanged]
    text = data.draw(st.sampled_from(ways))(text_of(name), data.draw)
    encoded = text.encode(data.draw(st.sampled_from(ENCODINGS)), "replace")
    if b"?" in encoded and "?" not in text:
        return  # the encoding lost letters: another file, not a damaged one
    is_right_or_said(name, load_text(tmp_path, encoded))


@FAST
@given(st.data())
def test_a_damaged_report_is_never_wrong(tmp_path, data):
    name = data.draw(st.sampled_from(CAMPAIGNS))
    ways = [doubled, shortened, unchanged] if name not in SUMMED else [unchanged]
    text = data.draw(st.sampled_from(ways))(text_of(name), data.draw)
    is_right_or_said(name, load_text(tmp_path, text.encode(data.draw(st.sampled_from(ENCODINGS[:5])))))


@pytest.mark.parametrize("delimiter", [";", "\t"])
@pytest.mark.parametrize("name", [n for n in (*AUDIENCES, *CAMPAIGNS) if "greek" not in n])
def test_another_delimiter_is_understood(tmp_path, name, delimiter):
    text = text_of(name)
    old = "\t" if "\t" in text else ","
    rows = [row for row in csv.reader(io.StringIO(text), delimiter=old) if not row or not row[0].startswith("sep=")]
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\n").writerows(rows)
    found = load_text(tmp_path, out.getvalue())
    is_right_or_said(name, found)
    assert (found.cells, found.campaigns) == (truth(name).cells, truth(name).campaigns)


@FAST
@given(st.data())
def test_a_damaged_answer_is_never_wrong(tmp_path, data):
    name = data.draw(st.sampled_from(ANSWERS))
    text = text_of(name)
    at = data.draw(st.integers(0, len(text) - 2))
    cut = text[:at] + data.draw(st.sampled_from(["", "}", "]", '"', "0" * 9, "null"])) * data.draw(st.booleans())
    found = load_text(tmp_path, cut if data.draw(st.booleans()) else cut + text[at + 1 :])
    assert found.report.status in ("imported", "partly imported", "refused")
    assert found.report.message


@FAST
@given(st.data())
def test_random_bytes_in_an_export_never_crash_the_load(tmp_path, data):
    name = data.draw(st.sampled_from((*AUDIENCES, *CAMPAIGNS)))
    raw = bytearray(Path(FIXTURES / name).read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(raw) - 1))
        raw[at : at + data.draw(st.integers(0, 9))] = data.draw(st.binary(max_size=6))
        raw = raw or bytearray(b"x")
    found = load_text(tmp_path, bytes(raw))
    assert found.report.status in ("imported", "partly imported", "refused")
    assert (found.report.status == "refused") == (not found.shares and not found.campaigns)
