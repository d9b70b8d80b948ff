"""Does a list say what it cannot be read from?"""


def test_a_list_from_parquet_needs_parquet(demo_store, run_fit):
    said = run_fit("shortlist", "--market", "DE=60", "--engine", "duckdb", "--store", demo_store, code=1).stderr
    assert said.startswith("Data version 1 has no Parquet (parquet-000001), which --engine reads.")
