"""Check the project's laws: who may import what, how long a page may be, what judgement may not look at.

Each law is a function that returns what breaks it, in words; each is shown here to object to a bad sample.
"""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from tests.tree import OURS, ROOT, files, parsed, product

WRITERS = re.compile(
    r"fit/(refresh|rebuild_spark|__main__|cli/\w+)\.py"
)  # the joiners of fit/: they may know data and queries
# The joiners of pages/:
ACCESS = tuple(
    f"pages/ui/{name}.py"
    for name in (
        "store_access/__init__", "store_access/answers", "store_access/building", "store_access/forecasts",
        "store_access/opened", "decisions_access", "opened_decisions", "review/typed_figures",
    )
)  # fmt: skip
# Folders of fit/, each may import those before it. fit/brief.py (what is looked for) stands between text and model.
FLOORS = (
    "ask", "locale", "metrics", "text", "access", "brief", "model", "forecast", "shortlist", "plan", "agreement",
    "charter", "conversation", "review", "pace", "backtest", "sample", "story", "charts", "documents", "cli",
)  # fmt: skip
ENTERED_BY_INIT = ("fit", "data.store", "data.decisions")  # their folders are entered through __init__ alone
HOMES = {
    "streamlit": re.compile(r"app\.py|pages/.*"),
    "duckdb": re.compile(r"(data|queries)/.*"),
    "sqlalchemy": re.compile(r"data/decisions/.*"),
    "plotly": re.compile(r"fit/charts/.*"),
    "pyspark": re.compile(r"data/engine/.*"),
    "py4j": re.compile(r"data/engine/.*"),
    "sqlglot": re.compile(r"data/engine/transpile\.py"),
}
VAGUE_NAMES = {"utils", "helpers", "core", "manager", "service", "common"}
STATEMENTS = (
    "select .* from", "insert into", "delete from", "update \\w+ set", "(create|drop|alter) (\\w+ ){0,3}(table|view)",
)  # fmt: skip
SQL = re.compile("|".join(rf"\b{s}\b".replace(" ", r"\s+") for s in STATEMENTS), re.DOTALL)
SINKS = {"markdown", "write", "caption", "info", "warning", "error", "success", "header", "subheader", "title", "toast"}
FROM_FILES = re.compile(r"\b(creator_(name|id)|file_name|source|vertical|platform|campaign_id|handle|path|name)\b")
NOT_OVER_MESSAGES = {"files.py"}  # modules of pages/ that match text: it cleans the name of a file to download
CLOCKS = {"today", "now", "utcnow", "time", "time_ns", "monotonic", "perf_counter"}
MODULES_OF_CHANCE = {"time", "random", "os", "secrets", "uuid", "socket"}
SEEDED = {"default_rng", "Generator", "SeedSequence", "PCG64", "Philox"}
LONGEST_FILE = 600  # lines; far below that a file may hold two concepts already, which is for a reader to see
# Tests of several modules at once, beside those of the modules.
CROSS_TESTS = {
    "tests/data/decisions/test_damage.py", "tests/data/decisions/test_safety.py",
    "tests/data/keeping/test_killed_keeping.py", "tests/data/keeping/test_object_store.py",
    "tests/data/keeping/test_full_disk.py",
    "tests/data/store/test_killed_load.py", "tests/data/store/test_earlier_version.py",
    "tests/data/store/test_totals.py", "tests/data/importers/test_damaged_exports.py",
    "tests/data/importers/test_languages.py", "tests/data/importers/test_mapping.py",
    "tests/data/importers/test_plain_format.py", "tests/data/importers/exports/test_sales_reports.py",
    "tests/fit/charts/test_charts.py", "tests/fit/cli/test_commands.py", "tests/fit/documents/test_gaps.py",
    "tests/fit/model/test_calibration.py", "tests/pages/test_every_page.py",
    "tests/pages/ui/partnership/test_partnership_pages.py", "tests/queries/test_queries.py",
    "tests/fit/shortlist/test_reached_there.py", "tests/fit/test_corrections_everywhere.py",
    "tests/fit/text/test_plain_words.py",
}  # fmt: skip
MOST_MODULES = 20  # of one folder; more are no list that one look takes in


def holds_sql(text: str) -> bool:
    """Whether a text reads like SQL: in one case throughout, for "Select a creator from the list" is a sentence."""
    return bool(SQL.search(text) or SQL.search(text.swapcase()))


@cache
def imports(name: str, text: str) -> frozenset[str]:
    """Full names of what a module imports: `from fit import charts` gives fit.charts."""
    found = set()
    for node in ast.walk(parsed(text)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        if isinstance(node, ast.ImportFrom):
            package = list(Path(name).parent.parts)
            package = package[: len(package) - node.level + 1] if node.level else []
            module = ".".join([*package, *filter(None, [node.module])])
            found |= {f"{module}.{alias.name}" for alias in node.names}
    return frozenset(found)


def packages_out_of_place(name: str, text: str) -> list[str]:
    """Law 1: Streamlit, DuckDB, SQLAlchemy, Plotly, Spark and sqlglot are each imported in one place only."""
    heads = {full.split(".")[0] for full in imports(name, text)}
    return [f"{name} imports {head}" for head, home in HOMES.items() if head in heads and not home.fullmatch(name)]


def against_the_flow(name: str, text: str) -> list[str]:
    """Law 2: files, store, queries, judgement, pages: one direction, no way back."""
    top = name.split("/")[0].removesuffix(".py")
    allowed = {
        "data": ("data",),
        "queries": ("queries",),
        "fit": ("fit", "data", "queries") if WRITERS.fullmatch(name) else ("fit",),
        "pages": OURS if name in ACCESS else ("fit", "pages.ui"),
        "app": ("pages.ui",),
    }[top]
    ours = [full for full in imports(name, text) if full.split(".")[0] in OURS]
    is_allowed = {full: any(full == a or full.startswith(f"{a}.") for a in allowed) for full in ours}
    found = [f"{name} imports {full}" for full in ours if not is_allowed[full]]
    if top == "fit" and not WRITERS.fullmatch(name):
        joiners = ("fit.refresh", "fit.rebuild_spark", "fit.__main__", "fit.cli")
        found += [f"{name} imports {full}" for full in ours if full.startswith(joiners)]
    return sorted(found)


def around_the_door(name: str, text: str) -> list[str]:
    """Law 1: a folder of fit/, data/store and data/decisions are entered through what their __init__ exports."""
    here = Path(name).parent.as_posix().replace("/", ".")
    nodes = [node for node in ast.walk(parsed(text)) if isinstance(node, ast.Import)]
    bare = {alias.name for node in nodes for alias in node.names}  # `import fit.model.role` names no symbol
    found = []
    for full in imports(name, text):
        for house in ENTERED_BY_INIT:
            inside = full.removeprefix(f"{house}.").split(".")
            folder = f"{house}.{inside[0]}" if house == "fit" else house
            is_deep = full.startswith(f"{house}.") and (ROOT / folder.replace(".", "/")).is_dir()
            depth = len(full.split(".")) - len(folder.split("."))
            if is_deep and depth > 1 - (full in bare) and here != folder and name != "fit/__main__.py":
                found.append(f"{name} imports {full} past {folder}/__init__.py")
    return sorted(found)


def up_the_stairs(name: str, text: str) -> list[str]:
    """Law 2: a folder of fit/ imports only those before it in FLOORS."""
    top, *rest = Path(name).with_suffix("").parts
    here = rest[0] if top == "fit" else ""
    if here not in FLOORS:
        return []
    above = FLOORS[FLOORS.index(here) + 1 :]
    ours = [full for full in imports(name, text) if full.startswith("fit.")]
    return sorted(f"{name} imports {full}" for full in ours if full.split(".")[1] in above)


def matches_messages(name: str, text: str) -> list[str]:
    """Pages make sentences of codes and values: none matches a message of others by regular expressions."""
    is_page = name.split("/")[0] in ("app.py", "pages") and Path(name).name not in NOT_OVER_MESSAGES
    heads = {full.split(".")[0] for full in imports(name, text)}
    return [f"{name} imports {head}" for head in sorted(heads & {"re", "regex"}) if is_page]


def imports_a_test(name: str, text: str) -> list[str]:
    """Tests can be read apart: what several need stands in a conftest.py or in a module that is not called test_."""
    modules = {part for full in imports(name, text) if full.startswith("tests.") for part in full.split(".")[:-1]}
    return [f"{name} imports from {module}" for module in sorted(modules) if module.startswith("test_")]


def more_than_a_sentence(name: str, text: str, longest: int) -> list[str]:
    """Law 3: a page (or app.py) is short, without def, SQL or arithmetic."""
    found = [f"{name} has {len(text.splitlines())} lines, {longest} are allowed"] * (len(text.splitlines()) > longest)
    sums = (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.FloorDiv, ast.Mod, ast.Pow, ast.MatMult)
    for node in ast.walk(parsed(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda):
            found.append(f"{name}:{node.lineno} defines something")
        if isinstance(node, ast.BinOp | ast.AugAssign) and isinstance(node.op, sums):
            found.append(f"{name}:{node.lineno} calculates")
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and holds_sql(node.value):
            found.append(f"{name}:{node.lineno} holds SQL")
    return found


def unclear_question(name: str, text: str) -> list[str]:
    """Law 4: line 1 is the question, line 2 the grain, values come in as $name only."""
    first, second, *rest = [*text.splitlines(), "", ""]
    found = []
    if not (first.startswith("-- ") and first.endswith("?")):
        found.append(f"{name}: line 1 is no question: {first!r}")
    if not second.startswith("-- One row"):
        found.append(f"{name}: line 2 states no grain: {second!r}")
    code = re.sub(r"'[^']*'|--[^\n]*", "", "\n".join(rest))
    if re.search(r"\?|%s|%\(|[{}]|\$\d|(?<!:):[a-z_]", code):
        found.append(f"{name}: a parameter that is not $name")
    return found


def unsteady(name: str, text: str) -> list[str]:
    """Law 6: judgement knows no clock, no global random state and no environment."""
    found = [f"{name} imports {m}" for m in imports(name, text) if m.split(".")[0] in MODULES_OF_CHANCE]
    for node in ast.walk(parsed(text)):
        if isinstance(node, ast.Attribute) and node.attr in {"environ", "getenv"}:
            found.append(f"{name}:{node.lineno} reads the environment")
        if isinstance(node, ast.Attribute) and ast.unparse(node.value) in {"np.random", "numpy.random"}:
            found += [f"{name}:{node.lineno} uses np.random.{node.attr}"] * (node.attr not in SEEDED)
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func).split(".")
            if called[-1] in CLOCKS and len(called) > 1 and called[-2] in {"date", "datetime", "time", "dt"}:
                found.append(f"{name}:{node.lineno} looks at the clock")
            if called[-1] == "default_rng" and not (node.args or node.keywords):
                found.append(f"{name}:{node.lineno} draws without a seed")
    return found


def vague_name(path: Path) -> list[str]:
    """Law 7: a name says what is inside."""
    words = {part.split(".")[0] for part in path.parts}
    return [f"{path} is called {word}" for word in sorted(words & VAGUE_NAMES)]


def unsafe(name: str, text: str) -> list[str]:
    """Trust: no SQL made of strings, no raw HTML, no cache on disk.

    The readers compose SQL over their own staged columns; `names_unfit_for_sql` holds them to plain names.
    """
    found = []
    for node in ast.walk(parsed(text)):
        is_made = isinstance(node, ast.JoinedStr) and any(isinstance(p, ast.FormattedValue) for p in node.values)
        is_made |= isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Mod)
        is_made |= isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "format"
        if is_made and not name.startswith("data/importers/"):
            words = " ".join(str(c.value) for c in ast.walk(node) if isinstance(c, ast.Constant))
            found += [f"{name}:{node.lineno} makes SQL of strings"] * holds_sql(words)
        if isinstance(node, ast.keyword) and node.arg == "unsafe_allow_html":
            found.append(f"{name}:{node.value.lineno} allows raw HTML")
        if isinstance(node, ast.keyword) and node.arg == "persist":
            found.append(f"{name}:{node.value.lineno} keeps a cache on disk")
    return found


def raw_markdown(name: str, text: str) -> list[str]:
    """Trust: a value that comes out of files reaches markdown through words.literal only."""
    found = []
    for node in ast.walk(parsed(text)):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in SINKS and node.args:
            said = [ast.unparse(value) for value in filled_in(node.args[0]) if not isinstance(value, ast.Constant)]
            raw = [words for words in said if FROM_FILES.search(words) and "literal(" not in words]
            found += [f"{name}:{node.lineno} shows {words} as markdown" for words in raw]
    return found


def filled_in(shown: ast.expr) -> list[ast.expr]:
    """What a text is filled with, in an f-string or by format(); of any other expression all of it."""
    inner = [v.value for v in ast.walk(shown) if isinstance(v, ast.FormattedValue)]
    calls = [c for c in ast.walk(shown) if isinstance(c, ast.Call)]
    inner += [k.value for c in calls if getattr(c.func, "attr", "") == "format" for k in c.keywords]
    is_marked = isinstance(shown, ast.Call) and isinstance(shown.func, ast.Name) and shown.func.id == "_"
    return inner or ([] if is_marked else [shown])


def names_unfit_for_sql(name: str, text: str) -> list[str]:
    """Trust: a column that a reader declares, and so puts into SQL, is a constant and a plain word."""
    found = []
    for node in ast.walk(parsed(text)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Column":
            first = node.args[0] if node.args else None
            is_plain = isinstance(first, ast.Constant) and re.fullmatch(r"[a-z][a-z_]*", str(first.value))
            found += [f"{name}:{node.lineno} declares a column that is no plain word"] * (not is_plain)
    return found


def asked_questions() -> set[str]:
    """Every text constant of the product that could name a question."""
    trees = [parsed(text) for name, text in product() if not name.startswith("data/")]
    constants = [n.value for tree in trees for n in ast.walk(tree) if isinstance(n, ast.Constant)]
    return {value for value in constants if isinstance(value, str)}


def test_each_package_has_one_home() -> None:
    assert [found for module in product() for found in packages_out_of_place(*module)] == []


def test_nothing_flows_back() -> None:
    assert [found for module in product() for found in against_the_flow(*module)] == []


def test_folders_are_entered_through_their_init() -> None:
    assert [found for module in product() for found in around_the_door(*module)] == []


def test_folders_of_fit_build_on_those_before_them() -> None:
    folders = {path.name for path in (ROOT / "fit").iterdir() if path.is_dir() and not path.name.startswith("__")}
    assert folders | {"ask", "brief"} == set(FLOORS)
    assert [found for module in product() for found in up_the_stairs(*module)] == []


def test_no_folder_is_a_heap() -> None:
    counts: dict[str, int] = {}
    for name, _ in product():
        folder = Path(name).parent.as_posix()
        counts[folder] = counts.get(folder, 0) + 1
    assert {folder: count for folder, count in counts.items() if count > MOST_MODULES} == {}


def test_tests_mirror_the_tree() -> None:
    """tests/fit/model/test_role.py tests fit/model/role.py; what tests several modules stands in CROSS_TESTS."""
    tests = [p for p in files(".py") if p.parts[0] == "tests" and p.name.startswith("test_") and p.parts[1] in OURS]
    assert tests
    lost = [
        p.as_posix()
        for p in tests
        if not ROOT.joinpath(*p.parts[1:-1], p.name.removeprefix("test_")).exists() and p.as_posix() not in CROSS_TESTS
    ]
    assert lost == []


def test_no_test_is_a_library() -> None:
    tests = [p for p in files(".py") if p.parts[0] == "tests"]
    assert tests
    texts = [(p.as_posix(), (ROOT / p).read_text(encoding="utf-8")) for p in tests]
    assert [found for test in texts for found in imports_a_test(*test)] == []


def test_pages_take_no_message_apart() -> None:
    assert [found for module in product() for found in matches_messages(*module)] == []


def test_a_page_is_a_sentence() -> None:
    pages = [(name, text, 40) for name, text in product() if re.fullmatch(r"pages/[^/]+\.py", name)]
    frame = [(name, text, 30) for name, text in product() if name == "app.py"]
    assert [found for page in pages + frame for found in more_than_a_sentence(*page)] == []


def test_every_sql_file_states_its_question_and_grain() -> None:
    questions = [p for p in files(".sql") if p.parts[0] == "queries"]
    assert questions
    texts = [(p.as_posix(), (ROOT / p).read_text(encoding="utf-8")) for p in questions]
    assert [found for name, text in texts for found in unclear_question(name, text)] == []


def test_every_question_is_asked_somewhere() -> None:
    questions = {p.stem for p in files(".sql") if p.parts[0] == "queries"}
    assert questions - asked_questions() == set()


def test_judgement_is_deterministic() -> None:
    judgement = [m for m in product() if m[0].startswith("fit/") and not WRITERS.fullmatch(m[0])]
    assert judgement
    assert [found for module in judgement for found in unsteady(*module)] == []


def test_names_say_what_is_inside() -> None:
    assert [found for path in files(".py", ".sql", ".md") for found in vague_name(path)] == []


def test_no_sql_is_made_of_strings_and_nothing_is_rendered_raw() -> None:
    assert [found for module in product() for found in unsafe(*module)] == []


def test_names_are_shown_letter_by_letter() -> None:
    pages = [module for module in product() if module[0].startswith(("pages/", "app.py"))]
    assert [found for page in pages for found in raw_markdown(*page)] == []


def test_readers_put_plain_names_into_sql_only() -> None:
    readers = [(name, text) for name, text in product() if name.startswith("data/importers/")]
    assert sum("Column(" in text for _, text in readers) > 2
    assert [found for reader in readers for found in names_unfit_for_sql(*reader)] == []


def test_no_file_is_endless() -> None:
    written = files(".py", ".sql", ".md")
    lengths = {str(p): len((ROOT / p).read_text(encoding="utf-8").splitlines()) for p in written}
    assert {name: length for name, length in lengths.items() if length > LONGEST_FILE} == {}


def test_the_tree_names_no_place_outside_itself() -> None:
    places = re.compile(r"(?<![\w.-])/" + r"work(?![\w-])|\.\./" + "shared")
    written = files(".py", ".sql", ".md", ".toml", ".txt", "")
    texts = {p: (ROOT / p).read_text(encoding="utf-8", errors="replace") for p in written}
    assert [str(p) for p, text in texts.items() if places.search(text)] == []


BAD = {
    "a chart package in a page": (packages_out_of_place, "pages/a.py", "import plotly.express as px"),
    "Spark in the judgement": (packages_out_of_place, "fit/rebuild_spark.py", "from pyspark.sql import SparkSession"),
    "a second translator of SQL": (packages_out_of_place, "data/engine/tables.py", "import sqlglot"),
    "DuckDB in the judgement": (packages_out_of_place, "fit/a.py", "from duckdb import connect"),
    "Streamlit in a query": (packages_out_of_place, "queries/a.py", "import streamlit as st"),
    "data knows judgement": (against_the_flow, "data/a.py", "from fit.model.role import Role"),
    "queries know the store": (against_the_flow, "queries/a.py", "import data.store"),
    "judgement asks for itself": (against_the_flow, "fit/a.py", "from queries.ask import ask"),
    "judgement knows its writer": (against_the_flow, "fit/a.py", "from fit import refresh"),
    "a page opens the store": (against_the_flow, "pages/a.py", "from data import store"),
    "a page imports a page": (against_the_flow, "pages/a.py", "import pages.shortlist"),
    "a form asks the store": (against_the_flow, "pages/ui/a.py", "from queries import ask"),
    "a way back by a dot": (against_the_flow, "data/importers/a.py", "from ...fit import role"),
    "a test that another test imports": (imports_a_test, "tests/a.py", "from tests.fit.test_brief import BRIEF"),
    "a page that matches text": (matches_messages, "pages/ui/a.py", "import re"),
    "a page that borrows a pattern": (matches_messages, "pages/a.py", "from re import compile"),
    "a page defines": (lambda n, t: more_than_a_sentence(n, t, 40), "pages/a.py", "def f(): pass"),
    "a page calculates": (lambda n, t: more_than_a_sentence(n, t, 40), "pages/a.py", "x = 1 / y"),
    "a page holds SQL": (lambda n, t: more_than_a_sentence(n, t, 40), "pages/a.py", "x = 'select a from b'"),
    "a page is long": (lambda n, t: more_than_a_sentence(n, t, 40), "pages/a.py", "x = y\n" * 41),
    "a folder's module by the window": (around_the_door, "fit/shortlist/a.py", "from fit.model.role import Role"),
    "a folder's module by its full name": (around_the_door, "pages/ui/a.py", "import fit.model.role as role"),
    "a store's module by the window": (around_the_door, "fit/refresh.py", "from data.store.publish import derive"),
    "judgement knows a chart": (up_the_stairs, "fit/model/a.py", "from fit.charts import funnel"),
    "no question": (unclear_question, "queries/a.sql", "-- Creators.\n-- One row per creator.\nselect 1"),
    "no grain": (unclear_question, "queries/a.sql", "-- Who?\nselect 1"),
    "a parameter by place": (unclear_question, "queries/a.sql", "-- Who?\n-- One row.\nselect a from b where c = ?"),
    "a template": (unclear_question, "queries/a.sql", "-- Who?\n-- One row.\nselect {column} from b"),
    "a clock": (unsteady, "fit/a.py", "from datetime import date\nx = date.today()"),
    "a module of chance": (unsteady, "fit/a.py", "import random"),
    "global random state": (unsteady, "fit/a.py", "import numpy as np\nnp.random.seed(1)"),
    "no seed": (unsteady, "fit/a.py", "import numpy as np\nnp.random.default_rng()"),
    "the environment": (unsteady, "fit/a.py", "from os import environ"),
    "SQL by f-string": (unsafe, "data/a.py", "q = f'select a from {table}'"),
    "SQL by plus": (unsafe, "data/a.py", "q = 'DELETE FROM ' + table"),
    "SQL by format": (unsafe, "data/a.py", "q = 'insert into {} values (1)'.format(table)"),
    "a column's name from outside": (names_unfit_for_sql, "data/importers/a.py", "x = Column(header[0], 'text')"),
    "a column's name with a quote": (names_unfit_for_sql, "data/importers/a.py", "x = Column('a; b', 'text')"),
    "raw HTML": (unsafe, "pages/a.py", "st.markdown(x, unsafe_allow_html=True)"),
    "a name as markdown": (raw_markdown, "pages/a.py", "st.markdown(f'**{one.creator_name}**')"),
    "a name filled in": (raw_markdown, "pages/a.py", "st.markdown(_('{name} is in').format(name=one.creator_name))"),
    "a source as markdown": (raw_markdown, "pages/a.py", "st.write(row['source'])"),
    "a cache on disk": (unsafe, "pages/a.py", "@st.cache_data(persist='disk')\ndef f(): pass"),
    "a vague name": (lambda n, _: vague_name(Path(n)), "fit/utils.py", ""),
    "a vague folder": (lambda n, _: vague_name(Path(n)), "fit/common/role.py", ""),
}


@pytest.mark.parametrize("sample", BAD)
def test_the_law_objects_to(sample: str) -> None:
    law, name, text = BAD[sample]
    assert len(law(name, text)) == 1


GOOD = {
    "a folder by its door": (around_the_door, "fit/shortlist/a.py", "from fit.model import Role"),
    "a neighbour in the same folder": (around_the_door, "fit/model/a.py", "from fit.model.role import Role"),
    "a folder below": (up_the_stairs, "fit/charts/a.py", "from fit.model import Role"),
    "a test that drives pages": (imports_a_test, "tests/a.py", "from tests.pages.driver import opened"),
    "a joiner knows all": (
        against_the_flow,
        "pages/ui/store_access/opened.py",
        "import data.store\nimport queries.ask",
    ),
    "the writer knows all": (against_the_flow, "fit/refresh.py", "from data import store\nfrom queries.ask import ask"),
    "a page asks its blocks": (against_the_flow, "pages/a.py", "from fit import charts\nimport pages.ui.layout"),
    "a reader that matches text": (matches_messages, "data/importers/a.py", "import re"),
    "a file's name that is cleaned": (matches_messages, "pages/ui/present/files.py", "import re"),
    "a seeded draw": (unsteady, "fit/a.py", "import numpy as np\ndice = np.random.default_rng(seed)"),
    "a text that names a column": (unsafe, "fit/a.py", "x = f'Select {name} from the list above.'.upper()"),
    "a text about names": (raw_markdown, "pages/a.py", "st.caption(_('Every name of a source counts.'))"),
    "an escaped name filled in": (
        raw_markdown,
        "pages/a.py",
        "st.markdown(_('{name} is in').format(name=words.literal(name(one))))",
    ),
    "an escaped name": (raw_markdown, "pages/a.py", "st.markdown(f'**{words.literal(one.creator_name)}**')"),
    "text in quotes": (unclear_question, "queries/a.sql", "-- Who?\n-- One row.\nselect '{?}', b::int from c"),
}


@pytest.mark.parametrize("sample", GOOD)
def test_the_law_leaves_alone(sample: str) -> None:
    law, name, text = GOOD[sample]
    assert law(name, text) == []
