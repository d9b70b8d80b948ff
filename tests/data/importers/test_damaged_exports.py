"""Does a changed export ever become a wrong number? Every fixture, saved in other ways, cut, doubled, with stray bytes.

What does not change the meaning gives the same audience and campaigns; what damages the file gives a part of them, and
says so, or nothing. More examples: FUZZ=2000 python -m pytest tests/data/importers/test_damaged_exports.py
"""

import csv
import io
import json
import os
from collections import Counter
from collections.abc import Callable
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.data.importers.load_export import FIXTURES, Loaded, load, load_text

pytestmark = pytest.mark.thorough

ALL = sorted(str(path.relative_to(FIXTURES)) for path in FIXTURES.rglob("*") if path.is_file())
TABLES = [name for name in ALL if name.endswith(".csv")]
ANSWERS = [name for name in ALL if name.endswith(".json")]
# Tables with their header on top, whose columns may stand in any order; others are read by place.
IN_ANY_ORDER = ("affiliate/", "google_ads/", "meta_ads/", "shopify/", "stories/", "youtube_")
# Shares over the sum of all rows, and orders summed by day: a row less changes what the others say.
OF_A_SUM = ("ga4/", "shopify/")
# Headings that nobody knows are read only where every cell is quoted, as TikTok writes them.
QUOTED = ("tiktok_studio/greek", "tiktok_studio/unknown")
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "latin-1")
MARKS = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}
FAST = settings(
    max_examples=int(os.environ.get("FUZZ", "30")),
    derandomize="FUZZ" not in os.environ,
    suppress_health_check=list(HealthCheck),
)


@cache
def text_of(name: str) -> str:
    raw = (FIXTURES / name).read_bytes()
    return raw.decode("utf-16" if raw.startswith(b"\xff\xfe") else "utf-8-sig")


@cache
def truth(name: str) -> Loaded:
    return load(FIXTURES / name)


def loaded(folder, content: bytes) -> Loaded:
    """Load changed content: always a report that accounts for every row."""
    found = load_text(folder, content)
    report = found.report
    assert report.status in ("imported", "partly imported", "refused")
    assert (report.status == "partly imported") <= (report.count_rows_quarantined > 0)
    assert (report.status == "imported") <= (report.count_rows_quarantined == 0)
    assert (report.status == "refused") <= (not found.cells and not found.campaigns)
    assert report.message
    assert all(problem.reason and problem.fix for problem in report.problems)
    json.dumps(report.as_json(), allow_nan=False).encode()
    return found


def gave(found: Loaded) -> Counter:
    """Everything that a load kept."""
    return Counter([*found.cells, *found.campaigns, *found.flags])


def is_part(name: str, found: Loaded, most_changed: int = 0) -> bool:
    """Whether the numbers that were kept stand in the undamaged file too, so many that the damage touched aside.

    A title or a heading that is lost takes its platform or its column along; the message says so.
    """
    whole = truth(name)
    shares = Counter((kind, *share) for kind, _, *share in found.cells)
    shares -= Counter((kind, *share) for kind, _, *share in whole.cells)
    strange = [row for row in found.campaigns if not any(is_less(row, other) for other in whole.campaigns)]
    return name.startswith(OF_A_SUM) or shares.total() + len(strange) <= most_changed


def is_less(row: tuple, other: tuple) -> bool:
    """Whether a campaign row is another one, or the same with values not measured."""
    return all(mine in (None, theirs) for mine, theirs in zip(row, other, strict=True))


def rows_of(text: str) -> tuple[list[list[str]], str]:
    """The cells of a text and its separator, without the line that names it."""
    named = text.startswith("sep=")
    body = text.split("\n", 1)[1] if named else text
    separator = max(",;\t", key=body.split("\n# ")[-1].count)
    return list(csv.reader(io.StringIO(body), delimiter=separator)), separator


def written(rows: list[list[str]], separator: str, quoting: int) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=separator, quoting=quoting, lineterminator="\n").writerows(rows)
    return out.getvalue()


def with_another_separator(name: str, text: str, draw: Callable) -> str:
    quoting = csv.QUOTE_ALL if name.startswith(QUOTED) else draw(st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]))
    rows, _ = rows_of(text)
    quoting = csv.QUOTE_MINIMAL if name.startswith("ga4/") else quoting  # its preamble is no table
    return written(rows, draw(st.sampled_from(",;\t|")), quoting)


def with_columns_reordered(name: str, text: str, draw: Callable) -> str:
    if not name.startswith(IN_ANY_ORDER) or "sep=" in text:
        return text
    rows, separator = rows_of(text)
    width = Counter(len(row) for row in rows if len(row) > 1).most_common(1)[0][0]
    order = draw(st.permutations(range(width)))
    rows = [[row[place] for place in order] if len(row) == width else row for row in rows]
    return written(rows, separator, csv.QUOTE_MINIMAL)


def with_other_line_ends(name: str, text: str, draw: Callable) -> str:
    return text.replace("\n", draw(st.sampled_from(["\r\n", "\r"])))


def with_blank_columns(name: str, text: str, draw: Callable) -> str:
    rows, separator = rows_of(text)
    return written([[*row, "", ""] if row else row for row in rows], separator, csv.QUOTE_MINIMAL)


def with_blank_lines_at_the_end(name: str, text: str, draw: Callable) -> str:
    return text.rstrip("\n") + "\n" * draw(st.integers(0, 4))


SAME = (
    *(with_another_separator, with_columns_reordered, with_other_line_ends, with_blank_columns),
    with_blank_lines_at_the_end,
)


@FAST
@given(st.data())
def test_a_file_saved_in_another_way_means_the_same(tmp_path, data):
    name = data.draw(st.sampled_from(TABLES))
    way = data.draw(st.sampled_from(SAME))
    encoding = data.draw(st.sampled_from(ENCODINGS))
    quoted = name.startswith(QUOTED) and way is not with_another_separator
    text = text_of(name) if quoted else way(name, text_of(name), data.draw)
    try:
        content = MARKS.get(encoding, b"") * data.draw(st.booleans()) + text.encode(encoding)
    except UnicodeEncodeError:
        return  # letters that the encoding does not have
    found = loaded(tmp_path, content)
    if encoding in ("cp1252", "latin-1") and not text.isascii():
        assert is_part(name, found)  # without proof of the code page rows with such letters are set aside
    else:
        assert gave(found) == gave(truth(name)), found.report.message


def doubled_line(name: str, raw: bytes, draw: Callable) -> tuple[bytes, int]:
    lines = raw.split(b"\n")
    at = draw(st.integers(0, len(lines) - 1))
    return b"\n".join([*lines[: at + 1], lines[at], *lines[at + 1 :]]), 0


def lost_line(name: str, raw: bytes, draw: Callable) -> tuple[bytes, int]:
    lines = raw.split(b"\n")
    at = draw(st.integers(0, len(lines) - 1))
    return b"\n".join([*lines[:at], *lines[at + 1 :]]), 1  # a campaign may then stand for its only part


def cut(name: str, raw: bytes, draw: Callable) -> tuple[bytes, int]:
    return raw[: draw(st.integers(1, len(raw)))], 1  # the number at the cut may still be a number


def doubled_column(name: str, raw: bytes, draw: Callable) -> tuple[bytes, int]:
    rows, separator = rows_of(raw.decode())
    at = draw(st.integers(0, max(map(len, rows)) - 1))
    rows = [[*row[: at + 1], *row[at : at + 1], *row[at + 1 :]] for row in rows]
    return written(rows, separator, csv.QUOTE_MINIMAL).encode(), 0


def sprinkled(name: str, raw: bytes, draw: Callable) -> tuple[bytes, int]:
    at, stray = draw(st.integers(0, len(raw))), draw(st.sampled_from([b"\0", b'"', b"\n\n", b"\n", b"\xff", b"\x1b"]))
    return raw[:at] + stray + raw[at:], 2  # a name may stand for two rows


DAMAGE = (doubled_line, lost_line, cut, doubled_column, sprinkled)


@FAST
@given(st.data())
def test_a_damaged_file_gives_a_part_or_nothing(tmp_path, data):
    name = data.draw(st.sampled_from(TABLES))
    raw, most_changed = data.draw(st.sampled_from(DAMAGE))(name, text_of(name).encode(), data.draw)
    found = loaded(tmp_path, raw or b"\n")
    assert is_part(name, found, most_changed), found.report.message


@FAST
@given(st.data())
def test_random_bytes_never_crash_the_load(tmp_path, data):
    raw = bytearray((FIXTURES / data.draw(st.sampled_from(ALL))).read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(raw) - 1))
        raw[at : at + data.draw(st.integers(0, 9))] = data.draw(st.binary(max_size=6))
        raw = raw or bytearray(b"x")
    loaded(tmp_path, bytes(raw))


@FAST
@given(st.data())
def test_a_damaged_answer_never_crashes_the_load(tmp_path, data):
    text = text_of(data.draw(st.sampled_from(ANSWERS)))
    at = data.draw(st.integers(0, len(text) - 2))
    put = data.draw(st.sampled_from(["", "}", "]", '"', "0" * 9, "null", "[", "-", "1e400"]))
    loaded(tmp_path, (text[:at] + put + text[at + data.draw(st.integers(0, 2)) :]).encode())


@pytest.mark.parametrize("name", TABLES)
def test_every_fixture_may_be_packed_in_quotes_and_tabs(tmp_path, name):
    if not name.startswith("ga4/"):
        rows, _ = rows_of(text_of(name))
        assert gave(loaded(tmp_path, written(rows, "\t", csv.QUOTE_ALL).encode("utf-16"))) == gave(truth(name))
