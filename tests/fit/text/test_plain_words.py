"""Are all texts of screen, charts, documents and command line free of the words that we decided not to use?

Each pattern was on the screen once and nobody would say it in a meeting; what to write instead is beside it.
"""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
FOLDERS = ("fit", "pages", "data")

NOT_BUT = {
    r"\b(this|the|a|one) paper\b|\bon paper\b|\bpapers\b": "partnership, brief, charter or review",
    r"unit of money (buys|for)|buys? .* times what it buys": "the outcome for the price",
    r"comes first of": "Book X first",
    r"being among the (best|3|three)": "likely to be in the top 3",
    r"too close to call|\bis ahead of\b": "nearly tied with",
    r"[Ss]peaks? (for|against) (it|booking|them)": "reasons to book, reasons not to",
    r"[Ww]hat came\b": "results",
    r"view as a link": "Copy link",
    r"[Nn]arrow the list|[Ll]east in-market": "filters; minimum share in market",
    r"same numbers as a table": "View as table",
    r"worth of evidence": "from 12 campaigns",
    r"[Pp]ilot first": "Test first; a small test",
    r"\bdemo data|invented (demo )?field|the store holds|in your store": "sample data; your data",
    r"set aside|[Qq]uarantined": "skipped",
    r"\b(in|new|earlier|the) generation|Generation": "data version",
    r"[Ll]eave the guide": "Dismiss",
    r"[Nn]obody matches": "No creators match",
    r"\bfutures?\b": "results; 8 times in 10",
    r"[Nn]obody knows|[Cc]annot be known": "unknown; not known yet",
    r"\b(stands?|rests?) (beside|above|below|alone|on|in) ": "is shown with, is based on",
    r"100 = typical|a typical creator would": "similar creators",
    r"rule of practice": "rule of thumb",
}  # fmt: skip


def texts_of(source: str) -> list[str]:
    """The texts of a module that are more than one word, and parts of them; not what explains code to its readers."""
    tree = ast.parse(source)
    explained = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    constants = [node for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in explained]
    return [node.value for node in constants if isinstance(node.value, str) and " " in node.value]


@pytest.fixture(scope="module")
def texts() -> list[str]:
    """Every text of the code, and the lines of README and of the metric library."""
    code = [path for folder in FOLDERS for path in sorted((ROOT / folder).rglob("*.py"))]
    prose = [ROOT / "README.md", ROOT / "fit/metrics/metrics.toml"]
    return [text for path in code for text in texts_of(path.read_text())] + [
        line for path in prose for line in path.read_text().splitlines()
    ]


def test_texts_are_found_where_they_are_and_docstrings_are_not():
    source = '"""About."""\ndef f(x):\n    """Of futures."""\n    return _("one {x} future").format(x=f"a {x} b c")\n'
    assert texts_of(source) == ["one {x} future", "a ", " b c"]


@pytest.mark.parametrize("pattern", NOT_BUT)
def test_words_that_nobody_says_aloud_do_not_come_back(texts, pattern):
    assert [text for text in texts if re.search(pattern, text)] == [], f"Write instead: {NOT_BUT[pattern]}."
