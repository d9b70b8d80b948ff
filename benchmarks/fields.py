"""Make a store of any number of creators for benchmarks: a judged field of invented creators, repeated.

The first 10,000 creators are invented, loaded and judged as the sample data are. Further ones are copies under ids of
their own, with followers, prices and outcomes moved by up to 30 %, written into the tables that a list reads.
"""

from datetime import datetime
from pathlib import Path

from data import store
from data.store import serve
from fit.refresh import build_demo

NOW = datetime(2026, 3, 2, 9, 0)
JUDGED = 10_000  # creators that are invented and judged one by one
MOVED = "(0.7 + (hash({seed}) % 1000) / 1000.0 * 0.6)"
# Tables with rows of creators, each with the columns that order it.
OF_CREATORS = {
    "creators": "creator_id",
    "audience_sets": "creator_id, source_id",
    "audience_best": "creator_id, country",
    "campaigns": "creator_id, campaign_key",
    "campaign_rows": "creator_id, campaign_id",
    "natural_roles": "creator_id",
    "payoff_parts": "creator_id",
    "price_rates": "creator_id",
    "standard_outcomes": "creator_id",
    "strengths": "creator_id, stage",
    "view_rates": "creator_id",
}
LEFT_OUT = ("generation", "profiles", "audience", "quarantine", "stage_evidence", "served_creators", "market_shares")


def field(folder: Path, creators: int) -> Path:
    """The store of a field, made when it is not there yet. creators: a multiple of JUDGED where it is more."""
    judged = folder / f"field-{min(creators, JUDGED)}"
    if store.current(judged) is None:
        build_demo(judged, now=NOW, count_creators=min(creators, JUDGED), has_partnerships=False)
    whole = folder / f"field-{creators}"
    if store.current(whole) is None:
        _repeat(store.generation_file(judged, 1), whole, creators // JUDGED)
    return whole


def _repeat(judged: Path, whole: Path, copies: int) -> None:
    with store.next_generation(whole, now=NOW, is_demo=True) as draft:
        db = draft.db
        db.execute("set memory_limit = '6GB'")
        db.execute(f"attach '{judged}' as judged (read_only)")
        tables = db.execute("select table_name from duckdb_tables() where database_name = 'judged'").fetchall()
        for (table,) in tables:
            if table in OF_CREATORS:
                columns = [name for name, *_ in db.execute(f"describe judged.{table}").fetchall()]
                chosen = ", ".join(_copied(table, name) for name in columns)
                source = f"judged.{table}, range({copies}) as copy(n)"
                db.execute(f"insert into {table} select {chosen} from {source} order by {OF_CREATORS[table]}")
            elif table not in LEFT_OUT:
                db.execute(f"insert into {table} select * from judged.{table}")
        db.execute("detach judged")
        serve(db)


def _copied(table: str, column: str) -> str:
    """What a copy has in a column, as SQL."""
    if column == "creator_id":
        return "creator_id || '-' || lpad(cast(n as varchar), 3, '0') as creator_id"
    if column == "campaign_key":
        return f"(row_number() over (order by {table}.creator_id, n, campaign_key))::integer as campaign_key"
    if column == "followers" and table == "creators":
        return f"cast(followers * {MOVED.format(seed='creator_id, n')} as bigint) as followers"
    if column in ("purchases", "reach", "cost", "order_cost") and table == "standard_outcomes":
        seed = "n, creator_id" if "cost" in column else "creator_id, n"
        return f"{column} * {MOVED.format(seed=seed)} as {column}"
    return column
