"""Guard CSV cells so that no spreadsheet runs them as a formula (CSV injection)."""

import polars as pl

# After blanks and guards: what a spreadsheet takes for the beginning of a formula, full-width forms included.
FORMULA = r"^['\s]*[=+\-@|%\t\r＝＋－＠｜％]"
PLAIN_NUMBER = r"^[+-]?\d+(\.\d+)?$"


def guarded(frame: pl.DataFrame) -> pl.DataFrame:
    """Put `'` before every text that a spreadsheet would run; loading the file again takes the guard off."""
    texts = [name for name, kind in frame.schema.items() if kind == pl.String]
    return frame.with_columns(
        pl.when(pl.col(name).str.contains(FORMULA) & ~pl.col(name).str.contains(PLAIN_NUMBER))
        .then("'" + pl.col(name))
        .otherwise(pl.col(name))
        .alias(name)
        for name in texts
    )


def marked(frame: pl.DataFrame, *, is_demo: bool) -> pl.DataFrame:
    """Add a column `demo` to invented data, so that no file of it can be taken for real."""
    return frame.with_columns(demo=pl.lit(True)) if is_demo else frame


def csv_text(frame: pl.DataFrame) -> str:
    """A frame as CSV (comma, UTF-8, dates ISO 8601, null blank), texts guarded."""
    return guarded(frame).write_csv()
