"""Change single operators and numbers of a module and count how many of the changes its tests notice.

    python -m benchmarks.mutation fit/review fit/model/role.py [--sample 60] [--seed 1]

Each named module (of a folder: every module) is mutated by cosmic-ray in a temporary copy of the project, one change at
a time, and the module's own test file runs against each, with those of FURTHER_TESTS where others test it too. Printed
is how many were killed (a test failed or ran too long), and every survivor with its lines before and after. Without
--sample every mutant runs, which takes hours; the same sample and seed choose the same mutants of the same code.
"""

from __future__ import annotations

import argparse
import ast
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
from cosmic_ray.work_item import TestOutcome, WorkerOutcome, WorkItem, WorkResult

ROOT = Path(__file__).parent.parent
# Replacements that change what is computed; the tool's others (a shift for a sum, "is" for "==") mostly raise an error
# at once or change nothing. A negated condition is an operator of its own, which stays.
KEPT = {
    "Binary": "Add_Sub|Sub_Add|Mul_Div|Div_Mul|FloorDiv_Mul|Mod_Mul|Pow_Mul|BitOr_BitAnd|BitAnd_BitOr",
    "Comparison": "Lt_LtE|LtE_Lt|Gt_GtE|GtE_Gt|Eq_NotEq|NotEq_Eq|Is_IsNot|IsNot_Is|In_NotIn|NotIn_In",
    "Unary": "USub_UAdd|Delete_Invert",
}
EXCLUDED = [f"core/Replace{kind}Operator_(?!({kept})$)" for kind, kept in KEPT.items()]
# Modules without a test file of their own, or tested by others beside it.
FURTHER_TESTS = {
    "fit/forecast/benchmark_fits.py": ["tests/fit/forecast/test_inputs.py"],
    "fit/forecast/brief_payoffs.py": ["tests/fit/forecast/test_simulate.py", "tests/fit/model/test_payoff.py"],
    "fit/forecast/stored_basis.py": ["tests/fit/forecast/test_inputs.py"],
    "fit/review/advice.py": ["tests/fit/review/test_diagnosis.py"],
    "fit/review/case.py": ["tests/fit/review/test_diagnosis.py"],
    "fit/review/country_cause.py": ["tests/fit/review/test_diagnosis.py"],
    "fit/review/reasons.py": ["tests/fit/review/test_diagnosis.py"],
}


def tests_of(module: str) -> list[str]:
    """Test files of a module: its mirror in tests/, and those of FURTHER_TESTS."""
    path = Path("tests", module)
    own = path.with_name(f"test_{path.name}").as_posix()
    return [own] * (ROOT / own).exists() + FURTHER_TESTS.get(module, [])


def modules_of(path: Path) -> list[Path]:
    """The module itself, or every module of a folder."""
    return sorted(path.glob("[!_]*.py")) if path.is_dir() else [path]


def copy_project(folder: Path) -> None:
    """Copy what git knows or would add, so that no mutant ever stands in the working tree."""
    listed = subprocess.check_output(["git", "ls-files", "-coz", "--exclude-standard"], cwd=ROOT, text=True)
    for name in filter(None, listed.split("\0")):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, folder / name)


def changes_something(items: list[WorkItem], text: str) -> list[WorkItem]:
    """The mutations outside annotations, types (`Line = tuple[int | None]`) and decorators of classes, in one order."""
    nodes: list[ast.AST | None] = []
    for node in ast.walk(ast.parse(text)):
        nodes += [getattr(node, "annotation", None), getattr(node, "returns", None)]
        nodes += node.decorator_list if isinstance(node, ast.ClassDef) else []
        if isinstance(node, ast.Assign) and node.col_offset == 0 and isinstance(node.value, ast.Subscript):
            nodes.append(node.value)
    # A decorator's "@" stands one column before its node.
    spans = [((n.lineno, n.col_offset - 1), (n.end_lineno, n.end_col_offset)) for n in nodes if isinstance(n, ast.expr)]
    ordered = sorted(items, key=lambda item: (item.mutations[0].operator_name, item.mutations[0].occurrence))
    places = [(item, tuple(item.mutations[0].start_pos)) for item in ordered]
    return [item for item, place in places if not any(start <= place < end for start, end in spans)]


def changed_lines(diff: str) -> str:
    """The line number and the lines of a diff that differ, without those around them."""
    _title, _old, _new, place, *lines = diff.split("\n")
    before = next(number for number, line in enumerate(lines) if line[:1] in ("-", "+"))
    number = int(place.split(",")[0].removeprefix("@@ -")) + before
    return "\n".join([f"  line {number}", *(f"  {line}" for line in lines if line[:1] in ("-", "+"))])


def run(module: str, folder: Path, sample: int | None, seed: int) -> tuple[int, int]:
    """Mutate one module in the copy and print what survived; how many mutants were killed, and how many ran."""
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-n", "0", "-p", "no:cacheprovider", *tests_of(module)]
    began = time.monotonic()
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)
    config = {
        "module-path": module, "test-command": shlex.join(command), "timeout": 10 + 3 * (time.monotonic() - began),
        "distributor": {"name": "local"}, "filters": {"operators-filter": {"exclude-operators": EXCLUDED}},
    }  # fmt: skip
    (folder / "mutation.toml").write_text(tomli_w.dumps({"cosmic-ray": config}), encoding="utf-8")
    session, tool = folder / "mutation.sqlite", Path(sys.executable).parent
    session.unlink(missing_ok=True)
    subprocess.run([tool / "cosmic-ray", "init", "mutation.toml", session.name], cwd=folder, check=True)
    subprocess.run([tool / "cr-filter-operators", session.name, "mutation.toml"], cwd=folder, check=True)
    with use_db(session) as db:
        items = list(db.pending_work_items)
        kept = changes_something(items, (folder / module).read_text(encoding="utf-8"))
        chosen = random.Random(seed).sample(kept, min(sample or len(kept), len(kept)))
        left_out = {item.job_id for item in items} - {item.job_id for item in chosen}
        db.set_multiple_results(sorted(left_out), WorkResult(worker_outcome=WorkerOutcome.SKIPPED))
    subprocess.run([tool / "cosmic-ray", "exec", "mutation.toml", session.name], cwd=folder, check=True)
    with use_db(session) as db:
        ran = [result for _job, result in db.results if result.worker_outcome != WorkerOutcome.SKIPPED]
    survived = [changed_lines(result.diff) for result in ran if result.test_outcome == TestOutcome.SURVIVED]
    print(
        f"{module}: {len(ran) - len(survived)} of {len(ran)} killed, {len(kept)} in all",
        *survived,
        sep="\n",
        flush=True,
    )
    return len(ran) - len(survived), len(ran)


def main() -> None:
    """Run every named module, then print the killed share."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="+", type=Path, help="modules or folders, such as fit/review")
    parser.add_argument("--sample", type=int, help="mutants of each module; all without it")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    os.environ["POLARS_MAX_THREADS"] = "1"
    modules = [module for path in args.paths for module in modules_of(path)]
    if untested := [module.as_posix() for module in modules if not tests_of(module.as_posix())]:
        sys.exit(f"Nothing tests {', '.join(untested)}: write a test file or name one in FURTHER_TESTS.")
    with TemporaryDirectory(prefix="creator-fit-mutation-") as name:
        copy_project(Path(name))
        counts = [run(module.as_posix(), Path(name), args.sample, args.seed) for module in modules]
    killed, ran = (sum(column) for column in zip(*counts, strict=True))
    print(f"{killed} of {ran} killed: {killed / ran:.0%}")


if __name__ == "__main__":
    main()
