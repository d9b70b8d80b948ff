"""Read the files of the tree, for tests that hold them to a law."""

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent
OURS = ("app", "pages", "data", "queries", "fit")
NO_CODE = {".git", ".venv", "__pycache__", ".pytest_cache", ".ruff_cache", ".hypothesis", "local", "node_modules"}


def files(*endings: str) -> list[Path]:
    """Every file of the tree with one of the endings, relative to the root; no caches, no environment, no store."""
    found = [p.relative_to(ROOT) for p in ROOT.rglob("*") if p.is_file() and p.suffix in endings]
    return sorted(p for p in found if not NO_CODE & set(p.parts))


@cache
def product() -> list[tuple[str, str]]:
    """Name and text of every product module (not tests/, benchmarks/, docs/)."""
    modules = [p for p in files(".py") if p.parts[0].removesuffix(".py") in OURS]
    return [(p.as_posix(), (ROOT / p).read_text(encoding="utf-8")) for p in modules]


@cache
def parsed(text: str) -> ast.Module:
    """The syntax tree of a module, which several laws look through; not to be changed."""
    return ast.parse(text)
