"""Translate SQL that is written for DuckDB into that of Spark, with sqlglot: the one place where that is done.

What does not mean the same on Spark is refused with the name of the construct, before anything runs.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from data.engine.session import not_installed

try:
    import sqlglot
    from sqlglot import expressions as exp
except ModuleNotFoundError as error:  # optional, like pyspark
    raise not_installed("sqlglot") from error

# Understood by DuckDB alone, although sqlglot passes it on.
DUCKDB_ALONE = (exp.Pivot, exp.Lambda, exp.Lateral)


class NotPortable(Exception):
    """SQL that Spark does not understand, or not alike; the message names the construct."""


@dataclass(frozen=True)
class Insertion:
    """One `insert into` of a script: the rows of `table`, and by which columns they stand in order."""

    table: str
    sql: str
    order: tuple[str, ...]
    numbered: str | None  # a column that numbers the rows in that order
    first: int  # the first number


@dataclass(frozen=True)
class Rule:
    """A rule of the schema that every row obeys: what it says, and the same in Spark's words."""

    words: str
    sql: str


def spark_sql(text: str, *, ordered: bool = True) -> str:
    """Return one query in Spark's SQL, its $name parameters as :name. ordered: keep the order of the whole answer.

    Raises NotPortable.
    """
    tree = sqlglot.parse_one(text, read="duckdb")
    if not ordered and not tree.args.get("limit"):
        tree.set("order", None)
    return _spark(tree)


def insertions(script: str) -> Iterator[Insertion]:
    """Return the `insert into` statements of a script as queries, in their order.

    A column that numbers all rows (row_number() over all of them) is left out of the query and named instead, for on
    Spark one task would have to see them all. Raises NotPortable.
    """
    for tree in sqlglot.parse(script, read="duckdb"):
        if not isinstance(tree, exp.Insert):
            raise NotPortable(f"{type(tree).__name__}: a script for Spark fills tables and does nothing else")
        query = tree.expression
        query.set("with_", tree.args.get("with_") or query.args.get("with_"))
        column, first, order = None, 0, _names(query.args.get("order"))
        for number in [n for n in query.expressions if (w := n.find(exp.Window)) and not w.args.get("partition_by")]:
            window = number.find(exp.Window)
            column, order, first = number.alias, _names(window.args["order"]), 0 if number.find(exp.Sub) else 1
            number.pop()
        query.set("order", None)
        yield Insertion(tree.this.name, _spark(query), order, column, first)


def columns(schema: str) -> dict[str, dict[str, str]]:
    """Return the type on Spark of every column of every table of a schema: table to column to type."""
    return {
        table.this.this.name: {
            column.name: column.args["kind"].sql(dialect="spark") for column in table.find_all(exp.ColumnDef)
            if column.parent is table.this
        }
        for table in sqlglot.parse(schema, read="duckdb")
        if isinstance(table, exp.Create)
    }  # fmt: skip


def rules(schema: str) -> dict[str, list[Rule]]:
    """Return what the schema asks of every row (not null, check), table to its rules."""
    found: dict[str, list[Rule]] = {}
    for table in sqlglot.parse(schema, read="duckdb"):
        if not isinstance(table, exp.Create):
            continue
        of_table = found.setdefault(table.this.this.name, [])
        for constraint in table.find_all(exp.NotNullColumnConstraint):
            column = constraint.find_ancestor(exp.ColumnDef)
            if column is not None and column.parent is table.this:
                of_table.append(Rule(f"{column.name} is not null", f"`{column.name}` is not null"))
        checks = [*table.find_all(exp.CheckColumnConstraint), *table.find_all(exp.Check)]
        of_table += [Rule(check.this.sql(dialect="duckdb"), _spark(check.this)) for check in checks]
    return found


def _names(order: exp.Expression | None) -> tuple[str, ...]:
    """The columns of an `order by`, as the answer names them."""
    return tuple(one.this.name for one in order.expressions) if order else ()


def _spark(tree: exp.Expr) -> str:
    found = [f"{type(node).__name__}: {node.sql(dialect='duckdb')}" for node in tree.find_all(*DUCKDB_ALONE)]
    found += [
        f"star with replace or exclude: {node.sql(dialect='duckdb')}"
        for node in tree.find_all(exp.Star)
        if node.args.get("replace") or node.args.get("replace_") or node.args.get("except") or node.args.get("except_")
    ]
    if found:
        raise NotPortable(f"Spark does not understand {found[0]}. Write it in plain SQL (docs/spark.md).")
    try:
        return tree.sql(dialect="spark", unsupported_level=sqlglot.ErrorLevel.RAISE, comments=False)
    except sqlglot.errors.UnsupportedError as error:
        raise NotPortable(f"Spark does not understand this: {error}. Write it in plain SQL.") from error
