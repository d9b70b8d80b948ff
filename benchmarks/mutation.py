"""Change single operators and numbers of a module and count how many of the changes its tests notice.

    python -m benchmarks.mutation fit/review fit/model/role.py [--sample 60] [--seed 1] [--json FILE]

Each named module (of a folder: every module) is mutated by cosmic-ray in a temporary copy of the project, one change at
a time, and the module's own test file runs against each, with those of FURTHER_TESTS where others test it too. Printed
is how many were killed (a test failed or ran too long), and every survivor with its line before and after. Without
--sample every mutant runs, which takes hours; the same sample and seed choose the same mutants of the same code.
"""

from __future__ import annotations

import argparse
import ast
import json
import os
import random
import shlex
import shutil
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import tomli_w
from cosmic_ray.work_db import use_db
from cosmic_ray.work_item import MutationSpec, TestOutcome, WorkerOutcome, WorkResult

ROOT = Path(__file__).parent.parent
# Replacements that change what is computed; the tool's others (a shift for a sum, "is" for "==") mostly raise an error
# at once or change nothing. A negated condition is its own operator, which stays.
BINARY = (
    "Add_Sub", "Sub_Add", "Mul_Div", "Div_Mul", "FloorDiv_Mul", "Mod_Mul", "Pow_Mul", "BitOr_BitAnd", "BitAnd_BitOr"
)  # fmt: skip
COMPARISON = (
    "Lt_LtE", "LtE_Lt", "Gt_GtE", "GtE_Gt", "Eq_NotEq", "NotEq_Eq", "Is_IsNot", "IsNot_Is", "In_NotIn", "NotIn_In"
)  # fmt: skip
UNARY = ("USub_UAdd", "Delete_Invert")
EXCLUDED = [
    f"core/Replace{kind}Operator_(?!({'|'.join(kept)})$)"
    for kind, kept in (("Binary", BINARY), ("Comparison", COMPARISON), ("Unary", UNARY))
]
# Modules without a test file of their own, or tested by others beside it.
FURTHER_TESTS = {
    "fit/forecast/brief_lines.py": ["tests/fit/forecast/test_summary.py"],
    "fit/forecast/brief_payoffs.py": ["tests/fit/forecast/test_simulate.py", "tests/fit/model/test_payoff.py"],
    "fit/review/adjustment.py": ["tests/fit/review/test_review.py"],
    "fit/review/closing.py": ["tests/fit/cli/test_review_commands.py"],
}


def tests_of(module: str) -> list[str]:
    """Test files of a module: its mirror in tests/, and those of FURTHER_TESTS."""
    path = Path("tests", module)
    own = path.with_name(f"test_{path.name}").as_posix()
    return [own] * (ROOT / own).exists() + FURTHER_TESTS.get(module, [])


def copy_project(folder: Path) -> None:
    """Copy what git knows or would add, so that no mutant ever stands in the working tree."""
    listed = subprocess.check_output(["git", "ls-files", "-coz", "--exclude-standard"], cwd=ROOT, text=True)
    for name in filter(None, listed.split("\0")):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, folder / name)


def changed_lines(diff: str) -> str:
    """The line number and the lines of a diff that differ, without those around them."""
    _title, _old, _new, place, *lines = diff.split("\n")
    before = next(n for n, line in enumerate(lines) if line[:1] in "-+")
    number = int(place.split(",")[0].removeprefix("@@ -")) + before
    return "\n".join([f"  line {number}", *(f"  {line}" for line in lines if line[:1] in ("-", "+"))])


def is_noise(spans: list[tuple[tuple[int, int], tuple[int, int]]], mutation: MutationSpec) -> bool:
    """Whether a mutation lies in an annotation, a name of a type or a class decorator, where it changes no result."""
    return any(start <= tuple(mutation.start_pos) < end for start, end in spans)


def noise(text: str) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Where annotations, names of types (`Line = tuple[int | None]`) and class decorators begin and end."""
    found: list[ast.AST | None] = []
    for node in ast.walk(ast.parse(text)):
        found += [getattr(node, "annotation", None), getattr(node, "returns", None)]
        found += node.decorator_list if isinstance(node, ast.ClassDef) else []
        if isinstance(node, ast.Assign) and node.col_offset == 0 and isinstance(node.value, ast.Subscript):
            found.append(node.value)
    return [((n.lineno, n.col_offset - 1), (n.end_lineno, n.end_col_offset)) for n in found if isinstance(n, ast.expr)]


def run(module: str, folder: Path, sample: int | None, seed: int) -> dict[str, object]:
    """Mutate one module in the copy; how many ran and were killed, and the changes that survived."""
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-n", "0", "-p", "no:cacheprovider", *tests_of(module)]
    began = time.monotonic()
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)
    limits = {"timeout": 10 + 3 * (time.monotonic() - began), "distributor": {"name": "local"}}
    filters = {"operators-filter": {"exclude-operators": EXCLUDED}}
    config = {"module-path": module, "test-command": shlex.join(command), "filters": filters} | limits
    (folder / "mutation.toml").write_text(tomli_w.dumps({"cosmic-ray": config}), encoding="utf-8")
    session = folder / "mutation.sqlite"
    session.unlink(missing_ok=True)
    tool = Path(sys.executable).parent
    subprocess.run([tool / "cosmic-ray", "init", "mutation.toml", session.name], cwd=folder, check=True)
    subprocess.run([tool / "cr-filter-operators", session.name, "mutation.toml"], cwd=folder, check=True)
    spans = noise((folder / module).read_text(encoding="utf-8"))
    with use_db(session) as db:
        items = sorted(
            db.pending_work_items, key=lambda item: (item.mutations[0].operator_name, item.mutations[0].occurrence)
        )
        kept = [item for item in items if not is_noise(spans, item.mutations[0])]
        chosen = random.Random(seed).sample(kept, min(sample or len(kept), len(kept)))
        left_out = {item.job_id for item in items} - {item.job_id for item in chosen}
        db.set_multiple_results(sorted(left_out), WorkResult(worker_outcome=WorkerOutcome.SKIPPED))
    subprocess.run([tool / "cosmic-ray", "exec", "mutation.toml", session.name], cwd=folder, check=True)
    with use_db(session) as db:
        ran = [result for _, result in db.results if result.worker_outcome != WorkerOutcome.SKIPPED]
    survived = [changed_lines(result.diff) for result in ran if result.test_outcome == TestOutcome.SURVIVED]
    return {
        "module": module,
        "mutants": len(kept),
        "run": len(ran),
        "killed": len(ran) - len(survived),
        "survived": survived,
    }


def main() -> None:
    """Run every named module and print what survived."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="+", help="modules or folders, such as fit/review")
    parser.add_argument("--sample", type=int, help="mutants of each module; all without it")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", type=Path, help="file for the numbers and survivors")
    args = parser.parse_args()
    os.environ["POLARS_MAX_THREADS"] = "1"
    paths = [
        p for name in args.paths for p in ([Path(name)] if name.endswith(".py") else sorted(Path(name).glob("*.py")))
    ]
    results = []
    with TemporaryDirectory(prefix="creator-fit-mutation-") as name:
        copy_project(Path(name))
        for path in paths:
            if path.name != "__init__.py" and tests_of(path.as_posix()):
                results.append(run(path.as_posix(), Path(name), args.sample, args.seed))
                print("{module}: {killed} of {run} killed, {mutants} in all".format(**results[-1]), flush=True)
                print(*results[-1]["survived"], sep="\n", flush=True)
    if args.json:
        args.json.write_text(json.dumps(results, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
