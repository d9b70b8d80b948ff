"""Remember how sample data were made, among the numbers of their field, so that they can be made the same again."""

from pathlib import Path

import duckdb

from data.store.open_store import StoreEmpty, columns_of, open_newest

SAMPLE_CREATORS, SAMPLE_SEED = 60, 1  # without a wish for others


def note_sample(db: duckdb.DuckDBPyConnection, count_creators: int, seed: int) -> None:
    """Write down in a draft of sample data how many creators were invented, and by which seed (below 2**53)."""
    question = "insert into field_facts values ($name, $value, $meaning)"
    for name, value, meaning in (
        ("sample_creators", count_creators, "creators of the sample data"),
        ("sample_seed", seed, "seed of the sample data"),
    ):
        db.execute(question, {"name": name, "value": float(value), "meaning": meaning})


def sample_made(folder: Path) -> tuple[int, int] | None:
    """How many creators the sample data that count were made with, and by which seed; None for other data.

    Where that was not written down, as by earlier versions, it is what they were made with by default.
    """
    try:
        newest = open_newest(folder, may_be_earlier=True)
    except StoreEmpty:
        return None
    with newest.connection as connection:
        if not newest.is_demo:
            return None
        facts: dict[str, float] = {}
        if ("field_facts", "value") in columns_of(connection):
            facts = dict(connection.execute("select name, value from field_facts").fetchall())
        return int(facts.get("sample_creators", SAMPLE_CREATORS)), int(facts.get("sample_seed", SAMPLE_SEED))
