"""Does SQL that is written for DuckDB mean something on Spark, and is what does not refused by its name?"""

from pathlib import Path

import pytest

from data.engine.transpile import Insertion, NotPortable, columns, insertions, rules, spark_sql

ROOT = Path(__file__).parents[3]
QUESTIONS = sorted(path.stem for path in (ROOT / "queries").glob("*.sql"))
SCRIPTS = ("data/engine/plain.sql", "data/store/derive.sql", "data/store/serve.sql")
SCHEMA = (ROOT / "data/store/schema.sql").read_text(encoding="utf-8")


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_question_is_put_into_words_of_spark(question):
    said = spark_sql((ROOT / "queries" / f"{question}.sql").read_text(encoding="utf-8"))
    assert said.startswith(("SELECT", "WITH"))
    assert "$" not in said


@pytest.mark.parametrize("script", SCRIPTS)
def test_every_script_fills_tables_with_their_columns(script):
    kinds = columns(SCHEMA)
    found = list(insertions((ROOT / script).read_text(encoding="utf-8")))
    assert found
    assert {one.table for one in found} <= set(kinds)


@pytest.mark.parametrize(
    ("text", "construct"),
    [
        ("select * replace (1 as a) from b", "star with replace"),
        ("select * exclude (a) from b", "star with replace or exclude"),
        ("select list_transform(a, x -> x + 1) from b", "Lambda"),
        ("pivot a on b using sum(c)", "Pivot"),
        ("select a from b, lateral (select c from d where d.e = b.e)", "Lateral"),
    ],
)
def test_what_spark_does_not_understand_is_refused_by_its_name(text, construct):
    with pytest.raises(NotPortable, match=construct):
        spark_sql(text)


def test_a_script_of_other_statements_is_refused_by_its_name():
    with pytest.raises(NotPortable, match="Delete"):
        list(insertions("delete from a"))


def test_a_column_that_numbers_all_rows_is_named_with_its_order():
    text = "insert into a select cast(row_number() over (order by b, c nulls last) - 1 as integer) as key, b from d"
    assert list(insertions(text)) == [Insertion("a", "SELECT b FROM d", ("b", "c"), "key", 0)]


def test_the_order_of_an_answer_can_be_let_go():
    assert spark_sql("select a from b order by a", ordered=False) == "SELECT a FROM b"


def test_the_schema_says_types_and_rules():
    text = "create table a (b integer not null check (b > 0), c double[], check (b is null or len(c) > b))"
    assert columns(text) == {"a": {"b": "INT", "c": "ARRAY<DOUBLE>"}}
    assert {rule.words for rule in rules(text)["a"]} == {"b is not null", "b > 0", "b IS NULL OR LENGTH(c) > b"}
