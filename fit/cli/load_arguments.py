"""What do the typed words of `load` say of all files together, and what of single ones?"""

import json
from argparse import Namespace
from collections.abc import Mapping
from pathlib import Path

SAID_OF_ONE = ("creator", "market", "kind")


def typed_mapping(typed: Namespace) -> tuple[tuple[str, str], ...]:
    """The pairs of --map. A heading may hold =, a column of ours never does. Raises ValueError for what is no pair."""
    pairs = [pair.rpartition("=") for pair in typed.map]
    if not all(source and target for source, _, target in pairs):
        raise ValueError("--map takes FROM=TO, for example --map 'Total followers=followers'")
    return tuple((source, target) for source, _, target in pairs)


def typed_each(typed: Namespace) -> dict[Path, Mapping[str, object]]:
    """What the file of --each says of single paths. Raises ValueError for another file."""
    if typed.each is None:
        return {}
    try:
        said = json.loads(Path(typed.each).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ValueError(f"--each {typed.each} is no file of JSON ({error})") from error
    if not isinstance(said, dict):
        raise ValueError("--each needs one JSON object: what holds, by path")
    for path, own in said.items():
        if path not in typed.paths:
            raise ValueError(f"--each speaks of {path!r}, which is none of the paths to load")
        if not _is_said(own):
            raise ValueError(
                f"--each of {path!r} takes creator, market and kind as texts and map as pairs of texts [FROM, TO]"
            )
    return {Path(path): own for path, own in said.items()}


def _is_said(own: object) -> bool:
    if not isinstance(own, dict) or not own.keys() <= {*SAID_OF_ONE, "map"}:
        return False
    pairs = own.get("map", [])
    is_map = isinstance(pairs, list) and all(
        isinstance(pair, list) and len(pair) == 2 and all(isinstance(text, str) and text for text in pair)
        for pair in pairs
    )
    return is_map and all(isinstance(own[name], str) for name in SAID_OF_ONE if name in own)
