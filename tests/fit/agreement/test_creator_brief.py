"""Does the creator's brief say who asks, for what and for how much, and nothing that disrespects the creator?"""

import io
from dataclasses import replace

import pytest
from pypdf import PdfReader

from fit.agreement.agreement import Adjustment, Deliverable, MetricLine, RedLine, Task
from fit.agreement.brief import deliverable_words, two_sided
from fit.agreement.creator_brief import creator_document
from fit.agreement.creator_context import read_creator_context
from fit.documents.document_pdf import document_as_pdf
from fit.text.markdown import as_markdown
from tests.agreements import DAY, agreement, complete

OF_DEMO = {"creator": "demo-001"}
NUMBERS = "The numbers we would look at together"
BENEFIT = "They know before buying whether it fits."


@pytest.fixture(scope="session")
def ground(ask_demo):
    return read_creator_context(ask_demo, agreement(**OF_DEMO), DAY)


def titles(paper) -> list[str]:
    return [part.title for part in paper.parts]


def part_of(text: str, title: str) -> str:
    return text.split(f"## {title}\n\n")[1].split("\n\n## ")[0].split("\n\n---")[0]


def test_the_creators_brief_opens_with_story_and_reason_and_ends_with_numbers(ground):
    paper = creator_document(two_sided(complete(**OF_DEMO, audience_benefit=BENEFIT), ground))
    assert paper.lead == (
        "What we would like to happen together: people who plan a kitchen see how the drawer system works."
    )
    assert titles(paper) == [
        "Who writes",
        "Why you",
        "What your audience gets",
        "What we ask for",
        "What we commit to",
        "Your red lines, which we respect",
        "If something must change",
        "The numbers we would look at together",
        "Your turn",
    ]


def test_sender_fee_dates_and_red_lines_are_said(ground):
    lines = (RedLine("creator", "no scripts", answer="drafts are fine"), RedLine("brand", "no politics"))
    text = as_markdown(creator_document(two_sided(complete(**OF_DEMO, red_lines=lines), ground)))
    assert part_of(text, "Who writes") == (
        "Sparrow Kitchens would like to work with you. Whom to ask: Lena Voss, lena@\u2060sparrow.example."
    )
    assert part_of(text, "What we ask for") == (
        "- 2 posts on Instagram\n- From 10 January 2026 to 10 February 2026\n- Fee: 360 EUR, all together"
    )
    assert part_of(text, "What we commit to") == "- promotes the post on its own channel (by 15 January 2026)"
    assert part_of(text, "Your red lines, which we respect") == "- no scripts (we agreed: drafts are fine)"
    assert part_of(text, "What matters to us") == "- no politics"
    assert part_of(text, "If something must change") == (
        "You and the account lead talk within 3 days, before anybody decides anything."
    )


def test_what_nobody_wrote_has_no_heading(ground):
    nothing = {
        "partnership_goal": "", "deliverables": (), "start": None, "cost": None, "metrics": (), "red_lines": (),
        "commitments": (), "adjustment": Adjustment(),
    }  # fmt: skip
    unknown = replace(ground, candidate=replace(ground.candidate, in_market_share=None, stages={}))
    paper = creator_document(two_sided(agreement(**OF_DEMO, **nothing), unknown))
    assert (paper.lead, titles(paper)) == ("", ["Your turn"])


def test_what_the_audience_gets_is_never_made_up(ground):
    shared = tuple(replace(line, matters_to=("brand", "creator")) for line in agreement().metrics)
    paper = creator_document(two_sided(agreement(**OF_DEMO, metrics=shared), ground))
    assert "What your audience gets" not in titles(paper)


def test_there_is_no_index_no_version_of_data_and_no_target_that_only_a_forecast_knows(ground):
    text = as_markdown(creator_document(two_sided(complete(**OF_DEMO), ground)))
    for unsaid in (
        "middle of the forecast",
        "data version",
        "100 =",
        "comparable campaigns",
        "Not written down",
        "2 x",
    ):
        assert unsaid not in text, unsaid
    assert "| yours | Thoughtful replies in 48 hours: 15 or more |" in text
    assert "| ours | Purchases: to be agreed with you |" in text


def test_the_numbers_are_those_that_both_signed_once_they_did(ground):
    given = complete(**OF_DEMO)
    lines = [replace(line, target=7.0 if line.name == "conversions" else line.target) for line in given.metrics]
    signed = replace(given, metrics=tuple(lines), currency="EUR")
    before, after = (
        part_of(as_markdown(creator_document(two_sided(given, ground, agreed=agreed))), NUMBERS)
        for agreed in (None, signed)
    )
    assert "Purchases: to be agreed with you" in before
    assert after == before.replace("Purchases: to be agreed with you", "Purchases: 7 or more")


def test_what_platform_and_luck_decide_of_the_creators_numbers_is_said(ground):
    lines = (
        MetricLine("reach", "creator", 70_000.0), MetricLine("clicks", "creator", 9.0), MetricLine("reach", "brand"),
    )  # fmt: skip
    text = as_markdown(creator_document(two_sided(complete(**OF_DEMO, metrics=lines), ground)))
    rows, _, below = part_of(text, NUMBERS).partition("\n\n")
    assert "Reach (people reached by all deliverables together): 70,000 or more" in rows
    assert below == "Reach: not in your hands alone, the platform and luck have a part in it."


def test_numbers_are_few_and_what_matters_to_both_comes_first(ground):
    names = ("reach", "impressions", "clicks", "conversions", "revenue", "engagements")
    lines = tuple(MetricLine(name, "brand", 5.0, matters_to=("brand",)) for name in names)
    lines = (*lines, MetricLine("engagement_rate", "creator", 0.05, matters_to=("brand", "creator")))
    text = as_markdown(creator_document(two_sided(complete(**OF_DEMO, metrics=lines), ground)))
    rows = part_of(text, "The numbers we would look at together").splitlines()[2:]
    assert len(rows) == 5
    assert "Engagement rate: 5\u00a0% or more" in rows[0]


@pytest.mark.parametrize(
    ("item", "said"),
    [
        (Deliverable("post", 5), "5 posts"),
        (Deliverable("story", 3), "3 stories"),
        (Deliverable("live"), "1 live"),
        (Deliverable("House tour", 2), "2 x House tour"),
        (Deliverable("House tour"), "1 House tour"),
    ],
)
def test_pieces_are_counted_as_people_do(item, said):
    assert deliverable_words(item) == said


def test_the_brief_of_a_full_charter_is_one_page(ground):
    tasks = tuple(Task("brand", f"does what it says it does, number {number}", DAY) for number in range(4))
    lines = tuple(RedLine("creator", f"never does what nobody asked for {number}") for number in range(5))
    full = complete(
        **OF_DEMO, story="One messy drawer, sorted for good. " * 6, audience_benefit=BENEFIT, commitments=tasks,
        red_lines=lines,
    )  # fmt: skip
    paper = creator_document(two_sided(full, ground))
    assert len(PdfReader(io.BytesIO(document_as_pdf(paper, DAY))).pages) == 1
