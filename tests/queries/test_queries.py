"""Does every question have one answer, at the grain it states, in SQL that also runs on Spark?"""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import sqlglot
from sqlglot import expressions as exp

from data.store import Generation
from queries.ask import ask, asker, sql

FOLDER = Path(__file__).parents[2] / "queries"
QUESTIONS = sorted(path.stem for path in FOLDER.glob("*.sql"))

# The columns whose values no two rows of an answer share; () = one row.
GRAIN: dict[str, tuple[str, ...]] = {
    "all_audiences": ("creator_id", "source", "audience_type", "platform", "count_newer", "country"),
    "all_campaign_rows": ("creator_id", "campaign_id", "market", "deliverable", "platform", "paid", "date"),
    "all_profiles": ("creator_id",),
    "all_rates": ("currency", "base", "as_of"),
    "audience_by_country": ("country",),
    "audience_history": ("source", "audience_type", "platform", "as_of", "source_id"),
    "audience_mix": ("home", "country"),
    "audience_of_all_sources": ("source", "audience_type", "platform", "as_of", "country"),
    "audience_of_creators": ("country",),
    "audience_overview": ("creator_id",),
    "audience_sources": ("source", "audience_type", "platform", "as_of"),
    "benchmark_errors": ("stage", "factor", "level"),
    "benchmark_levels": ("stage", "factor", "level"),
    "campaign_ends": ("campaign_key",),
    "campaign_period": (),
    "campaigns_of_creator": ("campaign_key",),
    "campaigns_with_trials": ("campaign_key",),
    "creator": ("creator_id",),
    "creator_names": ("creator_id",),
    "evidence_of_creator": ("stage", "campaign_id", "market", "deliverable"),
    "field_facts": ("name",),
    "find_creators": ("creator_id",),
    "frequencies": ("platform", "deliverable"),
    "funnel_of_creator": (),
    "generation": (),
    "health_counts": (),
    "judge_audience": ("creator_id", "country"),
    "judge_audience_history": ("creator_id", "as_of", "country"),
    "judge_audience_sets": ("creator_id",),
    "judge_campaigns": ("campaign_key",),
    "judge_creators": ("creator_id",),
    "listing_columns": ("creator_key",),
    "listing_indices": ("creator_key",),
    "listing_keys": ("creator_key",),
    "listing_rows": ("creator_key",),
    "market_column": ("creator_key",),
    "market_effects": ("country",),
    "market_prices": ("currency",),
    "measured_levels": ("stage", "creator_id", "campaign_key"),
    "money_of_creator": ("currency",),
    "names_of_creators": ("creator_id",),
    "natural_roles": ("creator_id",),
    "order_values": ("currency",),
    "own_order_values": ("creator_id", "currency"),
    "payoff_parts": ("creator_id",),
    "photos_of_creators": ("creator_id",),
    "platforms": ("platform",),
    "price_rates": ("creator_id",),
    "quarantine": ("file_name", "sheet_row", "column_name", "reason"),
    "quarantine_counts": (),
    "rates": ("currency", "base"),
    "shortlist": ("creator_id",),
    "source_freshness": ("source", "audience_type"),
    "sources": ("source_id",),
    "strengths": ("creator_id", "stage"),
    "superseded_lately": ("creator_id", "source", "audience_type", "platform", "as_of", "source_id"),
    "usual_markets": ("country",),
    "usual_price": (),
    "verticals": ("vertical",),
    "view_rates": ("creator_id",),
}
# A value for every parameter; a test of its own shows what happens with others.
GIVEN = {
    "creator_id": "demo-001", "goal": "conversion", "platforms": "", "verticals": "", "followers_min": None,
    "followers_max": None, "min_share": None, "min_share_each": None, "sort": "per_1000", "descending": True,
    "top": 50, "skip": 0, "since": date(2026, 1, 1), "most_share": 0.33,
    "signature": "", "words": "", "plain": "", "spelled": "", "creators": ["demo-001", "demo-002"], "keys": [0, 1],
    "country": "DE", "targets": [{"country": "DE", "weight": 60.0}, {"country": "AT", "weight": 40.0}],
}  # fmt: skip
# Nothing of the demo is set aside, superseded for this creator or by another file, or named by hand.
MAY_BE_EMPTY = {
    "quarantine", "audience_history", "superseded_lately", "judge_audience_history", "rates",
    "all_rates", "photos_of_creators",
}  # fmt: skip

# What runs on DuckDB and Spark and means the same on both.
SAME_EVERYWHERE = (
    exp.Sum, exp.Count, exp.Min, exp.Max, exp.Avg, exp.Coalesce, exp.Nullif, exp.Ln, exp.Exp, exp.Cast, exp.Case,
    exp.Replace, exp.If, exp.Lower, exp.StrPosition, exp.RowNumber, exp.Abs, exp.Round, exp.And, exp.Or, exp.Concat,
    exp.DPipe, exp.Exists, exp.Sqrt, exp.Greatest, exp.Least, exp.Upper, exp.Length,
    exp.Explode,  # of a list that is handed in
)  # fmt: skip
NOT_EVERYWHERE = (exp.Pivot, exp.Qualify, exp.Lambda, exp.Unnest, exp.Lateral)


def given_for(question: str) -> dict[str, object]:
    """The parameters that a question names, each with its value."""
    return {name: GIVEN[name] for name in set(re.findall(r"\$(\w+)", sql(question)))}


def is_safe_divisor(node: exp.Expression) -> bool:
    """Whether a division by `node` can never meet a zero: nullif, or a literal other than 0."""
    while isinstance(node, exp.Paren | exp.Cast):
        node = node.this
    if isinstance(node, exp.Literal):
        return node.is_number and float(node.this) != 0
    return isinstance(node, exp.Nullif)


def not_portable(text: str) -> list[str]:
    """What in a query DuckDB and Spark would not both understand, or not understand alike."""
    tree = sqlglot.parse_one(text, read="duckdb")
    tree.sql(dialect="spark", unsupported_level=sqlglot.ErrorLevel.RAISE)
    found = [f"function {node.sql()}" for node in tree.find_all(exp.Func) if not isinstance(node, SAME_EVERYWHERE)]
    found += [f"{type(node).__name__}: {node.sql()}" for node in tree.find_all(*NOT_EVERYWHERE)]
    found += [f"division by {n.expression.sql()}" for n in tree.find_all(exp.Div) if not is_safe_divisor(n.expression)]
    found += ["a parameter without a name" for node in tree.find_all(exp.Placeholder) if not node.this]
    for join in tree.find_all(exp.Join):
        on = join.args.get("on")
        found += ["join on a case"] * bool(on and on.find(exp.Case)) + ["join using"] * bool(join.args.get("using"))
    limited = [n for n in tree.find_all(exp.Select) if n.args.get("limit") and not n.args.get("order")]
    return found + ["limit without order by"] * bool(limited)


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_query_is_portable(question: str) -> None:
    assert not_portable(sql(question)) == []


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_demo_answers_at_the_stated_grain(question: str, ask_demo: Callable) -> None:
    answer = ask_demo(question, **given_for(question))
    grain = GRAIN[question]
    assert answer.height > 0 or question in MAY_BE_EMPTY
    if grain:
        assert answer.select(grain).is_duplicated().sum() == 0
    else:
        assert answer.height == 1


@pytest.mark.parametrize("question", QUESTIONS)
def test_two_answers_are_the_same_row_by_row(question: str, open_demo: Generation) -> None:
    one, other = (ask(open_demo.connection, question, **given_for(question)) for _ in range(2))
    assert one.equals(other)


def test_answers_about_the_field_are_kept_and_others_asked_again(open_demo: Generation) -> None:
    asked = asker(open_demo.connection)
    assert asked("field_facts") is asked("field_facts")
    assert asked("creator", creator_id="demo-001") is not asked("creator", creator_id="demo-001")


def test_a_question_that_nobody_wrote_is_said_so(ask_demo: Callable) -> None:
    with pytest.raises(FileNotFoundError):
        ask_demo("what_is_love")


def test_a_value_is_never_read_as_sql(ask_demo: Callable) -> None:
    assert ask_demo("creator", creator_id="' or 1=1 --").height == 0


@pytest.mark.parametrize(
    "text",
    [
        "select log(followers) as a from creators",
        "select list(a order by b) as c from d",
        "select quantile_cont(a, 0.5) as b from c",
        "select regexp_full_match(a, 'b') as c from d",
        "select a from b qualify row_number() over (order by a) = 1",
        "select a / b as c from d",
        "select a / 0 as c from d",
        "select a from b join c on case when b.d then b.e else b.f end = c.e",
        "select a from b join c using (d)",
        "select a from b limit 3",
        "select a from b where c = ?",
    ],
)
def test_the_portability_check_objects_to(text: str) -> None:
    assert len(not_portable(text)) == 1
