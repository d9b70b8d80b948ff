"""Does a charter say what both wrote, refuse what may not be signed, and stay what was signed?"""

import hashlib
import io
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from data.decisions.values import DecisionsError, Outdated
from fit.agreement.agreement import Adjustment, LeftOut, MetricLine, RedLine, Task
from fit.agreement.creator_context import UnknownCreator, read_creator_context
from fit.agreement.file import read_saved_agreement
from fit.agreement.rule import DeliverableRule, Limit, Rule
from fit.charter.charter import charter_json, compose, hash_of, refusals
from fit.charter.signing import (
    CharterRefused,
    compose_and_save,
    list_charters,
    sign_charter,
    signature_status,
    signed_by_both,
    signed_document,
    signer_words,
)
from fit.documents.document_pdf import document_as_pdf
from fit.locale.formats import speaking
from fit.text.markdown import as_markdown, read_markdown
from tests.agreements import DAY, agreement, complete, rated

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
OF_DEMO = {"creator": "demo-001"}
LINES = agreement().metrics


@pytest.fixture(scope="session")
def ground(ask_demo):
    return read_creator_context(ask_demo, agreement(**OF_DEMO), DAY)


@pytest.fixture
def kept(decisions, ground):
    return compose_and_save(decisions, "kitchen", agreement(**OF_DEMO), ground, None, NOW)


def test_an_unknown_creator_has_no_grounds(ask_demo):
    with pytest.raises(UnknownCreator):
        read_creator_context(ask_demo, agreement(creator="nobody"), DAY)


def test_a_charter_says_everything_that_both_wrote(ground):
    text = compose(agreement(**OF_DEMO), ground).text
    for said in (
        "# People who plan a kitchen see how the drawer system works",
        "from 10 January 2026 to 10 February 2026",
        "sell drawer systems in Germany and Austria",
        "| thoughtful replies in 48 hours (matters to both) | creator delivers | 15 or more |",
        "- 2 posts · From",
        "| brand | promotes the post on its own channel | 15 January 2026 |",
        "- Creator: no scripted captions",
        "engagements under half of target after 7 days. Then the account lead and the other side talk within 3 days",
        "4 of 5 on average (3.5 is a rule of thumb, not a measurement)",
        "Present when the goals were set: brand, creator and neutral party",
        "Not legal advice",
        "Numbers from data version 1 (sample data)",
    ):
        assert said in text, said


def test_what_the_creator_does_not_control_is_said_below_the_metrics(ground):
    lines = (
        MetricLine("reach", "creator", 70_000.0), MetricLine("order_value", "creator", 9.0),
        MetricLine("in_market_reach", "brand", 5.0),
    )  # fmt: skip
    said = part_of(compose(complete(**OF_DEMO, metrics=lines), ground).text, "What success means to both")
    table, *below = said.split("\n\n")
    assert [row.split(" | ")[0] for row in table.splitlines()[2:]] == [
        "| reach (people reached by all deliverables together)",
        "| average order value",
        "| in-market reach (people reached by all deliverables together)",
    ]
    assert below[:2] == [
        "Reach: outside the creator's control, the platform and luck have a part in it.",
        "Average order value: outside the creator's control, the brand's page and offer decide.",
    ]


def part_of(text: str, title: str) -> str:
    """What stands under a heading of a charter."""
    return text.split(f"## {title}\n\n")[1].split("\n\n## ")[0]


def test_a_charter_names_its_parties_and_quotes_both(ground):
    text = compose(complete(**OF_DEMO, creator_name="Tern Ten"), ground).text
    assert "Sparrow Kitchens and Tern Ten work together for people in Germany and Austria" in text
    assert part_of(text, "Who agrees") == (
        "- Brand: Sparrow Kitchens; whom to ask: Lena Voss, lena@\u2060sparrow.example\n"
        "- Creator: Tern Ten; platform: Instagram"
    )
    assert part_of(text, "What success is, in both sides' words") == (
        "- The brand: “people ask for the drawer”\n- The creator: “my followers thank me for the tip”"
    )
    assert part_of(text, "Deliverables, dates and fee") == (
        "- 2 posts · From 10 January 2026 to 10 February 2026 · For 360 EUR all together · "
        "A sale counts for 30 days after the click"
    )
    assert charter_json(compose(complete(**OF_DEMO), ground))["missing"] == []


def test_what_is_left_out_says_why_and_what_is_missing_says_so(ground):
    nothing = {"red_lines": (), "commitments": (), "cost": None, "adjustment": Adjustment(), "brand_name": None}
    charter = compose(complete(**OF_DEMO, **nothing, left_out=(LeftOut("fee", "a gift."),)), ground)
    assert part_of(charter.text, "Red lines") == "Not written down yet."
    assert part_of(charter.text, "When something must change") == "Not written down yet."
    assert part_of(charter.text, "What the brand and the creator commit to") == (
        "The brand: Not written down yet.\n\nThe creator: Not written down yet."
    )
    assert part_of(charter.text, "Deliverables, dates and fee").split(" · ")[2] == "Fee: Left out: a gift."
    assert part_of(charter.text, "Who agrees").startswith("- Brand: not written down yet; whom to ask: Lena Voss")
    assert len(charter_json(charter)["missing"]) == 5


def test_what_both_agreed_about_a_crossed_red_line_stands_in_the_charter(ground):
    lines = (
        RedLine("creator", "one post at most", DeliverableRule("post", Limit.AT_MOST, 1), "two, one is a repost."),
        RedLine("brand", "no competitors that month"),
        RedLine("creator", "no competitor ban"),
    )
    assert part_of(compose(complete(**OF_DEMO, red_lines=lines), ground).text, "Red lines").split("\n\n")[1:] == [
        '- "2 x post" crosses "one post at most". To be delivered: 2, agreed: at most 1. Both agreed: two, one is a '
        "repost.",
        '> Both name competitors: "no competitors that month" (a red line of the brand) and "no competitor ban" (a red '
        "line of the creator). Do they fit together?",
    ]


def test_an_amendment_shows_what_it_changes_of_what_was_signed(decisions, ground):
    first = compose_and_save(decisions, "kitchen", complete(**OF_DEMO), ground, None, NOW)
    draft = compose_and_save(decisions, "kitchen", complete(**OF_DEMO, cost=380.0), ground, None, NOW)
    assert "What this amendment changes" not in first.text + draft.text  # nobody has signed yet
    sign_charter(decisions, "kitchen", "brand", "Sparrow", None, 1, NOW)
    compose_and_save(decisions, "kitchen", complete(**OF_DEMO, cost=390.0), ground, None, NOW)
    amended = compose_and_save(decisions, "kitchen", complete(**OF_DEMO, cost=400.0), ground, None, NOW)
    assert part_of(amended.text, "What this amendment changes") == (
        "| What | Signed before | From now on |\n| --- | --- | --- |\n| Fee | 380 EUR | 400 EUR |"
    )
    assert as_markdown(read_markdown(amended.text)) == amended.text


TYPED = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1, max_size=60).map(str.strip)


@pytest.mark.thorough
@given(TYPED.filter(bool), TYPED.filter(bool))
@settings(max_examples=60, deadline=None)
def test_a_charter_comes_back_equal_and_its_hash_is_equal_only_when_the_text_is(ground, one, other):
    texts = [
        compose(complete(**OF_DEMO, brand_name=said, red_lines=(RedLine("creator", said, answer=said),)), ground).text
        for said in (one, other)
    ]
    assert [as_markdown(read_markdown(text)) for text in texts] == texts
    assert (hash_of(texts[0]) == hash_of(texts[1])) is (texts[0] == texts[1])


def test_without_rules_red_lines_and_protocol_are_said_as_they_were_written(ground):
    text = compose(agreement(**OF_DEMO), ground).text
    assert part_of(text, "Red lines") == "- Creator: no scripted captions"
    assert part_of(text, "When something must change") == (
        "Threshold: engagements under half of target after 7 days. Then the account lead and the other side talk "
        "within 3 days. A missed number is something to talk about, not a failure."
    )


def test_rules_are_said_in_words_beside_the_text(ground):
    lines = (
        RedLine("creator", "one post at most", DeliverableRule("post", Limit.AT_MOST, 1)),
        RedLine("brand", "no dear clicks", Rule("cost_per_click", Limit.AT_MOST, value=2.5)),
        RedLine("creator", "no scripted captions"),
    )
    rule = Rule("engagements", Limit.AT_LEAST, share_of_target=0.5, after_days=7)
    protocol = Adjustment("engagements under half of target after 7 days", "the account lead", 3, rule)
    charter = compose(agreement(**OF_DEMO, red_lines=lines, adjustment=protocol), ground)
    assert part_of(charter.text, "Red lines") == (
        "- Creator: one post at most (checked: at most 1 x post)\n- Brand: no dear clicks (checked: "
        'cost per click at most 2.5 EUR)\n- Creator: no scripted captions\n\n> "2 x post" crosses "one '
        'post at most". To be delivered: 2, agreed: at most 1.'
    )
    after = "the account lead and the other side talk within 3 days. A missed number is something to talk about, not a "
    assert part_of(charter.text, "When something must change") == (
        "Threshold: engagements under half of target after 7 days. What is checked: engagements at least 50\u00a0% of "
        f"target after 7 days. Where it does not hold, {after}failure."
    )
    alone = compose(agreement(**OF_DEMO, adjustment=replace(protocol, threshold="")), ground)
    assert part_of(alone.text, "When something must change") == (
        "What is checked: engagements at least 50\u00a0% of target after 7 days. Where it does not hold, "
        f"{after}failure."
    )
    document = charter_json(charter)
    assert document["red_line_crossings"] == [
        {
            "red_line": {
                "side": "creator",
                "text": "one post at most",
                "answer": "",
                "deliverable": "post",
                "at_most": 1,
            },
            "clause": "2 x post",
            "reason": "To be delivered: 2, agreed: at most 1.",
        }
    ]
    assert document["red_lines_to_check"] == [{"side": "creator", "text": "no scripted captions", "answer": ""}]
    assert document["agreement"]["adjustment"] == {
        "threshold": "engagements under half of target after 7 days", "contact": "the account lead", "within_days": 3,
        "metric": "engagements", "at_least_of_target": 0.5, "after_days": 7,
    }  # fmt: skip


def test_the_same_content_is_the_same_text_on_any_day(ask_demo, ground):
    later = read_creator_context(ask_demo, agreement(**OF_DEMO), date(2027, 1, 1))
    first, second = (compose(agreement(**OF_DEMO), each) for each in (ground, later))
    assert first.sha256 == second.sha256 == hashlib.sha256(first.text.encode()).hexdigest()


def test_open_targets_are_the_forecasts_middle_with_two_digits(ground):
    lines = {each.line.name: each for each in compose(agreement(**OF_DEMO), ground).brief.promises}
    middle = ground.frozen.summary["conversions"]["p50"]
    assert lines["conversions"].is_filled
    assert lines["conversions"].line.target == pytest.approx(middle, rel=0.05)
    assert float(f"{lines['conversions'].line.target:.2g}") == lines["conversions"].line.target
    assert 0.4 < lines["conversions"].p_hit < 0.65
    assert not lines["thoughtful_replies_48h"].is_filled


MORE = tuple(MetricLine(name, "brand", 1.0) for name in ("reach", "impressions", "clicks"))


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        (
            {"metrics": LINES[:2]},
            "The charter names 2 metrics; it needs 3 to 5 (a rule of thumb). Add what is missing.",
        ),
        (
            {"metrics": LINES + MORE},
            "The charter names 6 metrics; it needs 3 to 5 (a rule of thumb). Keep those that matter.",
        ),
        ({"alignment": ()}, "The alignment matrix is empty."),
        ({"alignment": rated((4, None))}, "The rating of the creator is missing in row 1"),
        ({"alignment": rated((3, 3))}, "The average overlap is 3.00 over 1 pair of needs; at least 3.5 is asked for"),
        ({"metrics": tuple(replace(line, matters_to=()) for line in LINES)}, "No metric matters to both sides"),
        (
            {"metrics": (*LINES[:2], replace(LINES[0], target=1.0))},
            "There are two lines for engagements, so one result could meet the one and miss the other. Keep one.",
        ),
        ({"end": date(2026, 1, 9)}, "The campaign ends on 9 January 2026, before it starts on 10 January 2026."),
    ],
)
def test_what_may_not_be_signed_is_refused_in_a_sentence(decisions, ground, changed, said):
    given = agreement(**OF_DEMO, **changed)
    (sentence,) = refusals(given)
    assert sentence.startswith(said)
    with pytest.raises(CharterRefused, match=sentence[:30]):
        compose_and_save(decisions, "kitchen", given, ground, None, NOW)
    assert decisions.charters() == []


def test_a_reason_excuses_the_average_and_nothing_else(ground):
    low = agreement(**OF_DEMO, alignment=rated((3, 3)))
    assert refusals(low, "we want to learn") == []
    assert "Both go on despite it: we want to learn" in compose(low, ground, "we want to learn").text
    assert len(refusals(replace(low, metrics=LINES[:2]), "we want to learn")) == 1
    assert len(refusals(low, "  ")) == 1


def test_a_kept_charter_holds_its_text_and_its_forecast(kept, ground):
    assert (kept.name, kept.amendment, kept.creator_id, kept.generation) == ("kitchen", 0, "demo-001", 1)
    assert kept.sha256 == hashlib.sha256(kept.text.encode()).hexdigest()
    assert '"summary"' in kept.forecast
    assert signature_status(kept) == "not signed"


def test_keeping_the_same_again_changes_nothing_and_another_text_is_an_amendment(decisions, kept, ground):
    again = compose_and_save(decisions, "kitchen", agreement(**OF_DEMO), ground, None, NOW)
    assert again == kept
    sign_charter(decisions, "kitchen", "brand", "Sparrow Kitchens", None, 1, NOW)
    amended = compose_and_save(decisions, "kitchen", agreement(**OF_DEMO, cost=400.0), ground, None, NOW)
    assert (amended.amendment, signature_status(amended)) == (1, "not signed")
    assert [each.amendment for each in decisions.amendments("kitchen")] == [0, 1]
    assert signature_status(decisions.amendments("kitchen")[0]) == "signed by the brand"


def test_what_both_signed_counts_until_both_sign_the_amendment(decisions, kept, ground):
    def both_signed(*signers):
        for side, signer in signers:
            sign_charter(decisions, "kitchen", side, signer, None, 1, NOW)
        return signed_by_both(decisions.amendments("kitchen"))

    signed = read_saved_agreement(kept.agreement)
    assert (both_signed(), both_signed(("brand", "Sparrow"))) == (None, None)
    assert both_signed(("creator", "Cuckoo")) == signed
    compose_and_save(decisions, "kitchen", agreement(**OF_DEMO, cost=999.0), ground, None, NOW)
    assert both_signed(("brand", "Sparrow")) == signed
    assert both_signed(("creator", "Cuckoo")).cost == 999.0


def test_both_sign_one_text(decisions, kept):
    sign_charter(decisions, "kitchen", "brand", "Sparrow Kitchens", kept.sha256[:8], 1, NOW)
    sign_charter(decisions, "kitchen", "creator", " Cuckoo ", None, 1, NOW)
    signed = decisions.charter("kitchen")
    assert signature_status(signed) == "signed by both"
    assert [(s.side, s.signer, s.sha256) for s in sorted(signed.sign_offs, key=lambda s: s.side)] == [
        ("brand", "Sparrow Kitchens", kept.sha256),
        ("creator", "Cuckoo", kept.sha256),
    ]
    assert [note.stage for note in decisions.stages("kitchen")] == ["charter drafted", "signed"]
    assert [(each["name"], each["status"]) for each in list_charters(decisions.charters())] == [
        ("kitchen", "signed by both")
    ]


@pytest.mark.parametrize("same", ["Sparrow Kitchens", " sparrow  KITCHENS", "Ｓparrow Kitchens"])
def test_one_person_signs_for_both_sides_with_a_reason_alone_and_it_stands_in_the_charter(decisions, kept, same):
    sign_charter(decisions, "kitchen", "brand", "Sparrow Kitchens", None, 1, NOW)
    saved = decisions.charter("kitchen")
    assert signer_words(saved, "creator", "Cuckoo", "") == "Cuckoo"
    with pytest.raises(CharterRefused, match="has signed for the other side already"):
        signer_words(saved, "creator", same, "  ")
    words = signer_words(saved, "creator", same, "she owns the brand")
    assert words == f"{same} (signs for both: she owns the brand)"
    sign_charter(decisions, "kitchen", "creator", words, None, 1, NOW)
    printed = as_markdown(signed_document(saved.text, decisions.charter("kitchen")))
    assert "signs for both: she owns the brand" in printed


def test_a_signature_on_a_text_that_has_changed_is_refused(decisions, kept, ground):
    compose_and_save(decisions, "kitchen", agreement(**OF_DEMO, cost=400.0), ground, None, NOW)
    with pytest.raises(Outdated, match="has changed since it was read"):
        sign_charter(decisions, "kitchen", "brand", "Sparrow Kitchens", kept.sha256, 1, NOW)


def test_what_cannot_be_signed_is_refused(decisions, kept):
    with pytest.raises(CharterRefused, match=r"no charter called 'pantry'\. Saved are: kitchen"):
        sign_charter(decisions, "pantry", "brand", "Sparrow", None, 1, NOW)
    with pytest.raises(CharterRefused, match="signature is empty"):
        sign_charter(decisions, "kitchen", "brand", "  ", None, 1, NOW)
    sign_charter(decisions, "kitchen", "brand", "Sparrow", None, 1, NOW)
    with pytest.raises(DecisionsError, match="signed this text"):
        sign_charter(decisions, "kitchen", "brand", "Sparrow", None, 1, NOW)


def test_the_print_of_a_signed_charter_is_what_was_signed(decisions, kept):
    sign_charter(decisions, "kitchen", "brand", "Sparrow Kitchens", None, 1, NOW)
    signed = decisions.charter("kitchen")
    paper = signed_document(signed.text, signed)
    (page,) = (each.extract_text() for each in PdfReader(io.BytesIO(document_as_pdf(paper, DAY))).pages)
    assert as_markdown(read_markdown(signed.text)) == signed.text
    for said in (
        "Sparrow Kitchens",
        signed.sha256[:12],
        "2026-03-02 09:00 UTC",
        "no scripted captions",
        f"Fingerprint of the text: {signed.sha256[:12]}",
    ):
        assert said in page, said


def test_a_full_charter_is_one_page(ground):
    names = ("reach", "engagement_rate", "thoughtful_replies_48h", "clicks", "revenue")
    full = complete(
        **OF_DEMO,
        metrics=tuple(MetricLine(name, "brand", 1.0, matters_to=("brand", "creator")) for name in names),
        red_lines=tuple(RedLine("creator", f"never says {number} things that are not so") for number in range(6)),
        commitments=tuple(Task("brand", f"promotes post {number} on its own channel", DAY) for number in range(4)),
    )  # fmt: skip
    paper = signed_document(compose(full, ground).text, None)
    assert len(PdfReader(io.BytesIO(document_as_pdf(paper, DAY))).pages) == 1


def test_every_reader_signs_the_same_text(ask_demo, ground):
    with speaking("de-DE"):
        german = compose(agreement(**OF_DEMO), read_creator_context(ask_demo, agreement(**OF_DEMO), DAY))
        assert german.text == compose(agreement(**OF_DEMO), ground).text
    assert german.sha256 == compose(agreement(**OF_DEMO), ground).sha256


@pytest.mark.parametrize(("count", "is_allowed"), [(2, False), (3, True), (5, True), (6, False)])
def test_a_charter_has_three_to_five_metrics(count, is_allowed):
    lines = tuple(MetricLine(f"own_{at}", "brand", 1.0, matters_to=("brand", "creator")) for at in range(count))
    assert (refusals(agreement(metrics=lines)) == []) is is_allowed


@pytest.mark.parametrize(
    ("start", "end", "is_allowed"),
    [
        (date(2026, 1, 10), date(2026, 1, 10), True),  # a campaign of one day
        (date(2026, 1, 10), date(2026, 1, 9), False),
        (date(2026, 1, 10), date(2026, 1, 11), True),
        (date(2026, 1, 10), None, True),
        (None, date(2026, 1, 9), True),
    ],
)
def test_a_campaign_may_end_on_the_day_it_starts_and_not_before(start, end, is_allowed):
    assert (refusals(agreement(start=start, end=end)) == []) is is_allowed


@pytest.mark.parametrize(
    ("pairs", "is_allowed"), [(((4, 3),), True), (((3, 4), (3, 4)), True), (((4, 3), (3, 3)), False)]
)
def test_an_average_of_exactly_three_and_a_half_is_enough(pairs, is_allowed):
    assert (refusals(agreement(alignment=rated(*pairs))) == []) is is_allowed
