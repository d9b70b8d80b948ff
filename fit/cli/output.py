"""How does the command line say what it found: sentences, one JSON document or a file?"""

import difflib
import json
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # imported lazily: `--help` should not wait for them
    import polars as pl
DEMO = " (demo: invented data)"
SHOWN_PROBLEMS = 20  # of a file; --json lists them all


class Refused(Exception):
    """A command that cannot be done; the message says what was found, needed and what to do."""


def say(text: str) -> None:
    """Print a sentence for a person, on stderr."""
    print(text, file=sys.stderr)


def print_json(value: dict) -> None:
    """Print one strict JSON document on stdout; the same value gives the same bytes."""
    json.dump(value, sys.stdout, ensure_ascii=False, allow_nan=False, default=_plain)
    print()


def event(name: str, **values: object) -> None:
    """Print one event of `load --json-lines` at once: a JSON object on a line of its own, on stdout."""
    print_json({"event": name} | values)
    sys.stdout.flush()


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place in a JSON document")


def unknown_creator(asked: str, names: Sequence[tuple[str, str | None]]) -> Refused:
    """The refusal of a creator that nobody knows, with the nearest names; names: (creator_id, creator_name) of all."""
    known = {text: creator_id for creator_id, name in names for text in (name, creator_id) if text}
    near = difflib.get_close_matches(asked, known, n=3, cutoff=0.3)
    said = [text if known[text] == text else f"{known[text]} ({text})" for text in near]
    hint = f"Nearest: {', '.join(said)}." if said else "No name comes near."
    return Refused(f"No creator has the id {asked!r}; {len(names):,} are known. {hint}")


def report_in_words(report) -> None:
    """Print what became of every file; report: a LoadReport of fit/refresh.py."""
    for file in report.files:
        print(f"{file.status}: {file.path}: {file.message}")
        for problem in file.problems[:SHOWN_PROBLEMS]:
            print(f"  {problem_in_words(problem)}")
        if len(file.problems) > SHOWN_PROBLEMS:
            print(f"  ... and {len(file.problems) - SHOWN_PROBLEMS:,} more; --json lists them.")
    if report.creators_by_change is not None:
        _changes_in_words(report.creators_by_change)
    print(f"Generation {report.generation} counts." if report.generation else "The store is still empty.")


def problem_in_words(problem) -> str:
    """Say where a problem stands, what was found, why it was set aside, and in a sentence of its own what mends it."""
    place = f"row {problem.row}" if problem.row is not None else "whole file"
    # The value is shown as the report holds it: what could not be printed is already written as an escape.
    found = f'{place}, {problem.column or "all columns"} = "{problem.value}"'
    fix = f"{problem.fix[:1].upper()}{problem.fix[1:]}"
    return " ".join(f"{said.rstrip('.')}." for said in (f"{found}: {problem.reason}", fix) if said)


def matching_in_words(count: int, is_demo: bool) -> str:
    """Say how many creators match a brief, and whether they are invented."""
    from fit.text import counted

    return f"{counted(count, 'creator', 'creators')} {'matches' if count == 1 else 'match'}{DEMO if is_demo else ''}."


def _changes_in_words(creators: dict[str, list[str]]) -> None:
    from fit.text import counted

    for kind, ids in creators.items():
        named = f": {', '.join(ids[:5])}{', ...' if len(ids) > 5 else ''}" if ids else ""
        print(f"{counted(len(ids), 'creator', 'creators')} {kind}{named}")
    print("Nothing was changed: this was a preview.")


def outlook_in_words(outlook) -> None:
    """Print a forecast: one line per metric, one per target; outlook: an Outlook of fit/forecast/summary.py."""
    from fit.text import words

    for metric, known in outlook.metrics.items():
        if known["p50"] is None:
            print(f"{metric.replace('_', ' ')}: cannot be known from what is loaded")
            continue
        low, middle, high = (words.about(known[name]) for name in ("p10", "p50", "p90"))
        none = f"; {known['p_zero']:.0%} of futures bring none" if known["p_zero"] else ""
        print(f"{metric.replace('_', ' ')}: {middle} (8 in 10 futures between {low} and {high}{none})")
    for target in outlook.targets:
        chance = "cannot be known" if target.p_hit is None else words.chance(target.p_hit)
        print(f"chance of {target.metric.replace('_', ' ')} {target.target:,g}: {chance}")
    if outlook.cost_per_expected_sale is not None:
        print(f"cost per expected sale: {outlook.cost_per_expected_sale:,.2f} {outlook.currency or ''}".rstrip())


def metrics_in_words(metrics) -> None:
    """Print the metric library, two lines a metric; metrics: those of fit/metrics."""
    for one in metrics:
        lower = ", lower is better" if one.lower_is_better else ""
        forecast = ", forecast" if one.is_forecast else ""
        control = "nobody's to control" if one.controlled_by == "neither" else f"controlled by {one.controlled_by}"
        print(f"{one.name}: {one.stage}, {one.kind}, {control}, {one.unit}{lower}{forecast}")
        print(f"  {one.definition}{f' ({one.formula})' if one.formula else ''} Measured: {one.measured}")


def write_table(frame: "pl.DataFrame", out: str, *, is_demo: bool) -> None:
    """Write a frame as CSV or Parquet by its ending, invented data marked. Raises Refused for another ending."""
    from fit.documents import guarded, marked

    frame = marked(frame, is_demo=is_demo)

    path = Path(out)
    if path.suffix not in (".csv", ".parquet"):
        raise Refused(f"{path.name} ends in neither .csv nor .parquet. Choose one, for example {path.stem}.csv.")
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".csv":
        guarded(frame).write_csv(path)
    else:
        frame.write_parquet(path)
    wrote_table(frame, path)


def wrote_table(frame: "pl.DataFrame", path: Path) -> None:
    """Print what was written, and where."""
    from fit.text import counted

    print(f"Wrote {counted(frame.height, 'row', 'rows')} to {path}.")


def wrote_story(story, path: Path, content: bytes) -> None:
    """Write a document and print what it tells of; story: a Story of fit/story/story.py."""
    from fit.text import counted

    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    sections = counted(len(story.sections), "section", "sections")
    print(f"Wrote {counted(len(story.told), 'creator', 'creators')} in {sections} to {path}.")
    if story.is_demo:
        print("Demo: everything in it is invented.")
