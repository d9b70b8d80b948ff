"""Is an agreement the same after it was a file, and is a file that cannot be meant refused with place and remedy?"""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fit.agreement.agreement import (
    CHARTER_PARTS,
    KINDS,
    PRESENT,
    SIDES,
    STEPS,
    Adjustment,
    Agreement,
    AgreementError,
    Answer,
    Deliverable,
    Insight,
    LeftOut,
    MetricLine,
    Need,
    Note,
    RedLine,
    Task,
)
from fit.agreement.file import read_agreement, write_agreement
from fit.agreement.rule import DeliverableRule, Limit, Rule
from tests.agreements import KNOWN, agreement

LEAST = 'creator = "c001"\nmarkets = { DE = 60, AT = 40 }\n'
LETTERS = st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"))
WORDS = st.text(LETTERS, min_size=1, max_size=40).map(str.strip).filter(bool)
DAYS = st.none() | st.dates(date(2020, 1, 1), date(2030, 1, 1))
NUMBERS = st.none() | st.floats(0, 1e12).map(lambda value: round(value, 2))
RATINGS = st.none() | st.integers(1, 5)
SIDE, OWNER = st.sampled_from(SIDES), st.sampled_from(PRESENT)
METRIC_RULES = st.builds(
    Rule,
    st.sampled_from(("clicks", "revenue", "reach")),
    st.sampled_from(Limit),
    st.floats(0.001, 10).map(lambda share: round(share, 4)),
    st.none(),
    st.none() | st.integers(1, 90),
) | st.builds(
    Rule,
    st.just("engagement_rate"),
    st.sampled_from(Limit),
    value=st.floats(0, 1),
    after_days=st.none() | st.integers(1, 90),
)  # fmt: skip
RULES = st.none() | METRIC_RULES | st.builds(DeliverableRule, WORDS, st.sampled_from(Limit), st.integers(0, 100))


def many(kind: type, *parts: st.SearchStrategy) -> st.SearchStrategy:
    return st.lists(st.builds(kind, *parts), max_size=3).map(tuple)


AGREEMENTS = st.builds(
    Agreement,
    creator=WORDS,
    markets=st.just((("DE", 60.0), ("AT", 12.5))),
    brand_name=st.none() | WORDS,
    brand_contact=st.none() | WORDS,
    creator_name=st.none() | WORDS,
    brand_goal=WORDS,
    goal=st.sampled_from(("conversion", "awareness")),
    story=st.none() | WORDS,
    start=DAYS,
    cost=NUMBERS,
    currency=st.none() | st.just("EUR"),
    attribution_window_days=st.none() | st.integers(0, 90),
    present=st.sets(OWNER).map(sorted).map(tuple),
    deliverables=many(Deliverable, WORDS, st.integers(1, 100)),
    metrics=many(
        MetricLine, WORDS, SIDE, NUMBERS, st.none() | st.sampled_from(KINDS), st.sets(SIDE).map(sorted).map(tuple)
    ),
    alignment=many(Need, WORDS, WORDS, RATINGS, RATINGS),
    red_lines=many(RedLine, SIDE, WORDS, RULES, st.just("") | WORDS),
    commitments=many(Task, OWNER, WORDS, DAYS),
    answers=many(Answer, SIDE, WORDS, WORDS),
    insights=many(Insight, WORDS, WORDS),
    trade_offs=st.lists(WORDS, max_size=3).map(tuple),
    notes=many(Note, WORDS, st.none() | st.sampled_from(STEPS)),
    decisions=many(Task, OWNER, WORDS, DAYS),
    adjustment=st.builds(
        Adjustment, st.just("") | WORDS, WORDS, st.none() | st.integers(0, 90), st.none() | METRIC_RULES
    ),
    left_out=many(LeftOut, st.sampled_from(CHARTER_PARTS), WORDS),
)


@pytest.mark.thorough
@given(AGREEMENTS)
def test_an_agreement_comes_back_from_its_file(written):
    assert read_agreement(write_agreement(written), KNOWN) == (written, [])


def test_a_draft_needs_a_creator_and_markets_only():
    assert read_agreement(LEAST, KNOWN) == (Agreement("c001", (("DE", 60.0), ("AT", 40.0))), [])


def test_an_empty_text_is_one_that_was_not_said():
    assert read_agreement(f'{LEAST}platform = "\\u0000"\nstory = " "\n', KNOWN)[0] == read_agreement(LEAST, KNOWN)[0]


def test_lists_of_plain_texts_are_understood():
    found, _ = read_agreement(f'{LEAST}trade_offs = ["reach matters"]\nnotes = ["moved"]\n', KNOWN)
    assert (found.trade_offs, found.notes) == (("reach matters",), (Note("moved"),))


@pytest.mark.parametrize("before", [b"", b"\xef\xbb\xbf"])
def test_a_text_editors_habits_do_not_matter(before):
    found, _ = read_agreement(before + LEAST.replace("\n", "\r\n").encode(), KNOWN)
    assert found.creator == "c001"


def test_who_was_present_says_whether_it_was_co_defined():
    assert agreement().is_co_defined
    assert not agreement(present=("brand", "neutral party")).is_co_defined


RULED = """
[[red_lines]]
side = "creator"
text = "no stories"
deliverable = "story"
at_most = 0

[[red_lines]]
side = "brand"
text = "the click stays affordable"
metric = "cost_per_click"
at_most = 2.5

[adjustment]
threshold = "clicks under half of target after 7 days"
metric = "clicks"
at_least_of_target = 0.5
after_days = 7
"""


def test_a_rule_stands_beside_the_text_as_fields():
    found, warnings = read_agreement(LEAST + RULED, KNOWN)
    assert warnings == []
    assert found.red_lines == (
        RedLine("creator", "no stories", DeliverableRule("story", Limit.AT_MOST, 0)),
        RedLine("brand", "the click stays affordable", Rule("cost_per_click", Limit.AT_MOST, value=2.5)),
    )
    assert found.adjustment == Adjustment(
        "clicks under half of target after 7 days",
        rule=Rule("clicks", Limit.AT_LEAST, share_of_target=0.5, after_days=7),
    )
    assert write_agreement(found).endswith(RULED.replace("\n[[red_lines]]", "[[red_lines]]", 1))


def test_a_rule_takes_a_metric_by_any_of_its_names():
    found, _ = read_agreement(f'{LEAST}[adjustment]\nmetric = "CPC"\nat_most = 2\n', KNOWN)
    assert found.adjustment == Adjustment(rule=Rule("cost_per_click", Limit.AT_MOST, value=2.0))


LIMITS_NAMED = "A rule has exactly one of at_least, at_most, at_least_of_target, at_most_of_target."
RED = '[[red_lines]]\nside = "brand"\ntext = "x"\n'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            '[adjustment]\nmetric = "clicks"\nat_least = 3\nat_most = 9',
            f"adjustment has at_least and at_most. {LIMITS_NAMED}",
        ),
        (
            '[adjustment]\nmetric = "clicks"\nat_least = 3\nat_least_of_target = 0.5',
            f"adjustment has at_least and at_least_of_target. {LIMITS_NAMED}",
        ),
        (f'{RED}metric = "clicks"', f"red_lines 1 has no limit. {LIMITS_NAMED}"),
        (f'{RED}deliverable = "story"', f"red_lines 1 has no limit. {LIMITS_NAMED}"),
        (
            "[adjustment]\nat_least_of_target = 0.5",
            'adjustment has at_least_of_target but no metric. Add one (metric = "clicks"), or take it out.',
        ),
        (
            "[adjustment]\nafter_days = 7",
            'adjustment has after_days but no metric. Add one (metric = "clicks"), or take it out.',
        ),
        (
            f'{RED}metric = "clicks"\ndeliverable = "story"\nat_most = 0',
            "red_lines 1 has a metric and a deliverable. A rule is about one of them: take one out.",
        ),
        (
            f'{RED}deliverable = "story"\nat_most_of_target = 0.5',
            "red_lines 1 has at_most_of_target, but its rule counts pieces. Take it out; write at_most = 2.",
        ),
        (
            f'{RED}deliverable = "story"\nat_most = 1\nafter_days = 3',
            "red_lines 1 has after_days, but its rule counts pieces. Take it out; write at_most = 2.",
        ),
        (f'{RED}deliverable = "story"\nat_most = 1.5', "red_lines 1, at_most is 1.5; a whole number is needed."),
        (
            '[adjustment]\nmetric = "clickz"\nat_least = 3',
            "adjustment, metric: 'clickz' is no metric of the library. The nearest are clicks, click_rate, "
            "cost_per_click. `python -m fit metrics` lists all 43.",
        ),
        (
            '[adjustment]\nmetric = "clicks"\nat_least_of_target = 50',
            "adjustment, at_least_of_target is 50; above 0 to 10 is needed: 0.5 is half of target.",
        ),
        (
            '[adjustment]\nmetric = "engagement_rate"\nat_least = 5',
            "adjustment, at_least is 5, but engagement_rate is a rate from 0 to 1. Write 0.05 for 5 %.",
        ),
        (
            '[adjustment]\nmetric = "clicks"\nat_least = "many"',
            "adjustment, at_least is 'many'; a number from 0 to 1e+15 is needed, without quotes.",
        ),
        (
            '[adjustment]\nmetric = "clicks"\nat_least = 1\nafter_days = 0',
            "adjustment, after_days is 0; a number from 1 to 3650 is needed, without quotes.",
        ),
    ],
)
def test_a_rule_that_contradicts_itself_is_refused_with_place_and_remedy(text, said):
    with pytest.raises(AgreementError) as refused:
        read_agreement(LEAST + text, KNOWN)
    assert str(refused.value) == said


def test_a_name_that_nobody_reads_is_said_with_the_nearest():
    _, said = read_agreement(
        f'{LEAST}partnership_gaol = "x"\n[[red_lines]]\nside = "brand"\ntext = "y"\nwhy = 1\n', KNOWN
    )
    assert said == [
        "The agreement has 'partnership_gaol', which nobody reads; it is left out. Is 'partnership_goal' meant?",
        "Red lines 1 has 'why', which nobody reads; it is left out.",
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("markets = { DE = 1 }", "The agreement names no creator"),
        ('creator = "c001"', "The agreement names no markets"),
        ("creator = c001", "not TOML"),
        ('creator = "c001"\nmarkets = { XX = 1 }', "markets: 'XX' is no"),
        ('creator = "c001"\nmarkets = { DE = 0 }', "from 0.001 to 999999 is needed"),
        (f"{LEAST}start = 2026-02-30", "not TOML"),
        (f'{LEAST}start = "30.02.2026"', "start is '30.02.2026', which is no day"),
        (f"{LEAST}cost = -1", "cost is -1; a number from 0"),
        (f"{LEAST}cost = nan", "cost is nan"),
        (f"{LEAST}cost = true", "cost is True"),
        (f'{LEAST}currency = "Euro"', "a code of three letters"),
        (f'{LEAST}present = ["mother"]', "it is one of brand, creator, neutral party"),
        (f'{LEAST}[[metrics]]\nname = "clicks"', "metrics 1 has no side"),
        (f'{LEAST}[[metrics]]\nname = "clicks"\nside = "creator"\ntarget = "many"', "metrics 1, target is 'many'"),
        (f'{LEAST}[[alignment]]\nbrand_need = "a"\ncreator_need = "b"\nbrand_rating = 6', "from 1 to 5"),
        (f'{LEAST}[[alignment]]\nbrand_need = "a"\ncreator_need = "b"\nbrand_rating = 3.5', "a whole number is needed"),
        (f'{LEAST}[[deliverables]]\nkind = "post"\ncount = 0', "deliverables 1, count is 0"),
        (f'{LEAST}[[red_lines]]\nside = "brand"\ntext = " "', "red_lines 1, text is empty"),
        (f"{LEAST}adjustment = 3", "adjustment is 3"),
        (f"{LEAST}metrics = 3", "metrics is 3. Write each one under a line [[metrics]]."),
        (LEAST + "x" * 1_000_001, "at most 1,000,000"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_its_place(text, said):
    with pytest.raises(AgreementError) as refused:
        read_agreement(text, KNOWN)
    assert said in str(refused.value)


def test_a_file_in_another_encoding_is_refused():
    with pytest.raises(AgreementError, match="not UTF-8"):
        read_agreement('creator = "caf\xe9"'.encode("latin-1"), KNOWN)
