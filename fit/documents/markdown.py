"""How does a paper look as Markdown? Texts of people stand letter by letter: nothing links, loads or draws."""

from __future__ import annotations

import re

from fit.documents.paper import Paper, Points, Signatures, Table, Text
from fit.words import WORD_JOINER, plain

# Signs that Markdown acts on wherever they stand, and those that it acts on at the start of a line only.
_ANYWHERE = re.compile(r"([\\`*\[\]<>|~$]|(?<![^\W_])_|_(?![^\W_])|!(?=\[)|&(?=#?\w+;))")
_AT_THE_START = re.compile(r"^([#+=:-]|\d{1,9}(?=[.)]))")
_ADDRESS = re.compile(r"(://|(?<=www)\.|(?<=\w)@(?=\w))", re.IGNORECASE)


def escaped(text: object) -> str:
    """A text of somebody else on one line, so that every Markdown reader shows it letter by letter.

    Addresses are parted by an invisible sign: readers link them even behind a backslash.
    """
    line = _ANYWHERE.sub(r"\\\1", plain(text))
    line = _ADDRESS.sub(lambda found: f"{found[0][0]}{WORD_JOINER}{found[0][1:]}", line)
    return _AT_THE_START.sub(lambda found: _kept(found[0]), line)


def _kept(start: str) -> str:
    return f"{start[:-1]}{start[-1]}\\" if start.isdigit() else f"\\{start}"


def markdown(paper: Paper) -> str:
    """Write a paper as Markdown; the same paper gives the same text, which is what both sides sign."""
    demo = ["**Demo: everything is invented.**"] * paper.is_demo
    head = [f"# {escaped(paper.title)}", f"*{escaped(paper.kind)}*", *demo, escaped(paper.lead)]
    parts = [block for part in paper.parts for block in (f"## {escaped(part.title)}", *map(_block, part.blocks))]
    return "\n\n".join(block for block in [*head, *parts, "---", escaped(paper.imprint)] if block) + "\n"


def _block(block: Text | Points | Table | Signatures) -> str:
    if isinstance(block, Points):
        return "\n".join(f"- {escaped(item)}" for item in block.items)
    if isinstance(block, Table):
        return "\n".join([_row(block.head), _row(["---"] * len(block.head), is_rule=True), *map(_row, block.rows)])
    if isinstance(block, Signatures):
        return "\n".join(f"- {escaped(_signed(place))}" for place in block.places)
    lines = [escaped(line) for line in block.text.splitlines() if line.strip()]
    return "\n".join(f"> {line}" for line in lines) if block.tone == "warning" else "\n\n".join(lines)


def _signed(place) -> str:
    said = [part for part in (place.signer, place.when, place.note) if part]
    return f"{place.side}: {', '.join(said) if said else '________________'}"


def _row(cells, is_rule: bool = False) -> str:
    return f"| {' | '.join(cell if is_rule else escaped(cell) for cell in cells)} |"
