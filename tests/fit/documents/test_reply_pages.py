"""Are the pages that a creator fills in whole, quiet and safe: everything inside, no request, no text that acts?"""

import json
import re
from html.parser import HTMLParser

import pytest

from fit.agreement.answer_sheet import QUESTIONS, SUCCESS, with_answer
from fit.agreement.creator_context import read_creator_context
from fit.charter.charter import compose
from fit.documents.reply_pages import answer_page, page_to_sign
from tests.agreements import DAY, complete
from tests.fit.documents.saved_charter import SavedText

HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(1)> ![x](http://a.example/x.png)"


@pytest.fixture(scope="session")
def saved(ask_demo):
    given = complete(creator="demo-001", brand_name=HOSTILE)
    charter = compose(given, read_creator_context(ask_demo, given, DAY))
    return SavedText(f"kitchen {HOSTILE}", charter.text, charter.sha256)


class Tags(HTMLParser):
    """Every tag with its attributes, and the text that a reader sees."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict]] = []
        self.seen = ""

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))

    def handle_data(self, data):
        self.seen += data


def read(page: str) -> Tags:
    found = Tags()
    found.feed(page)
    return found


def inside(page: str) -> dict:
    return json.loads(re.search(r'<script type="application/json" id="data">(.*?)</script>', page)[1])


def test_the_page_to_sign_holds_the_whole_charter_and_its_hash(saved):
    page = page_to_sign(saved, "creator")
    found = inside(page)
    assert (found["text"], found["sha256"], found["side"]) == (saved.text, saved.sha256, "creator")
    seen = " ".join(read(page).seen.split())
    for said in ("Who agrees", "“my followers thank me for the tip”", "no scripted captions", HOSTILE, "I have read"):
        assert said in seen, said


def test_the_form_holds_every_question_and_what_was_answered_before():
    agreement = with_answer(complete(), "creator", SUCCESS, f"(calm)\n{HOSTILE}")
    page = answer_page("creator", f"kitchen {HOSTILE}", agreement)
    seen = read(page).seen
    assert [question in seen for question in QUESTIONS] == [True] * 4
    assert f"(calm)\n{HOSTILE}" in seen
    assert "people ask for the drawer" not in page  # the brand's answer


@pytest.mark.parametrize("make", ["sign", "answer"])
def test_a_page_asks_nobody_for_anything_and_runs_its_own_script_alone(saved, make):
    page = page_to_sign(saved, "creator") if make == "sign" else answer_page("creator", HOSTILE)
    tags = read(page).tags
    assert [tag for tag, _ in tags].count("script") == 2
    assert not {"img", "link", "iframe", "object", "a"} & {tag for tag, _ in tags}
    assert [name for _, given in tags for name in given if name in ("src", "href", "action") or name[:2] == "on"] == []
    assert "default-src 'none'" in page
    assert "width=device-width" in page


def test_the_file_that_comes_back_has_a_plain_name(saved):
    assert inside(page_to_sign(saved, "creator"))["file"].startswith("signature-creator-kitchen-script-")
    assert inside(answer_page("creator", "Küche: 東京 / Q1"))["file"] == "answers-creator-küche-東京-q1.txt"
