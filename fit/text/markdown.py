"""Write a document as Markdown, and read such Markdown back into a document.

Texts of people stand letter by letter: nothing links, loads or draws. What was signed is a Markdown text, so it can be
read back and printed long after the numbers that it was composed from have changed.
"""

import re
from collections.abc import Sequence

from fit.text.document import Document, Intervals, MarkedLine, Part, Points, Signature, Signatures, Table, Text, Tone
from fit.text.escape import WORD_JOINER, plain

# Signs that Markdown acts on wherever they stand, and those that it acts on at the start of a line only.
_ANYWHERE = re.compile(r"([\\`*\[\]<>|~$]|(?<![^\W_])_|_(?![^\W_])|!(?=\[)|&(?=#?\w+;))")
_AT_THE_START = re.compile(r"^([#+=:-]|\d{1,9}(?=[.)](?:\s|$)))")
_ADDRESS = re.compile(r"(://|(?<=www)\.|(?<=\w)@(?=\w))", re.IGNORECASE)


def escaped(text: object) -> str:
    """A text of somebody else on one line, so that every Markdown reader shows it letter by letter.

    An invisible sign splits addresses, for Markdown readers link them even behind a backslash.
    """
    line = _ANYWHERE.sub(r"\\\1", plain(text))
    line = _ADDRESS.sub(lambda match: f"{match[0][0]}{WORD_JOINER}{match[0][1:]}", line)
    return _AT_THE_START.sub(lambda match: f"{match[0]}\\" if match[0].isdigit() else f"\\{match[0]}", line)


DEMO = "**Sample data: everything is invented.**"
DEMOS = (DEMO, "**Demo: everything is invented.**")  # the second as earlier versions marked documents
RULE = "---"


def as_markdown(document: Document) -> str:
    """Write a document as Markdown; the same document gives the same text, which is what both sides sign."""
    demo = [DEMO] * document.is_demo
    head = [f"# {escaped(document.title)}", f"*{escaped(document.kind)}*", *demo, escaped(document.lead)]
    parts = [block for part in document.parts for block in (f"## {escaped(part.title)}", *map(_block, part.blocks))]
    return "\n\n".join(block for block in [*head, *parts, RULE, escaped(document.imprint)] if block) + "\n"


def _block(block: Text | Points | Table | Intervals | MarkedLine | Signatures) -> str:
    if isinstance(block, Intervals | MarkedLine):
        return ""  # the table beside it says the same
    if isinstance(block, Points):
        return "\n".join(f"- {escaped(item)}" for item in block.items)
    if isinstance(block, Table):
        return "\n".join([_row(block.head), _row([RULE] * len(block.head), is_rule=True), *map(_row, block.rows)])
    if isinstance(block, Signatures):
        return "\n".join(f"- {escaped(_signed(place))}" for place in block.places)
    lines = [escaped(line) for line in block.text.splitlines() if line.strip()]
    return "\n".join(f"> {line}" for line in lines) if block.tone is Tone.WARNING else "\n\n".join(lines)


def _signed(place: Signature) -> str:
    parts = [part for part in (place.signer, place.when, place.note) if part]
    return f"{place.side}: {', '.join(parts) or '________________'}"


def _row(cells: Sequence[str], is_rule: bool = False) -> str:
    return f"| {' | '.join(cell if is_rule else escaped(cell) for cell in cells)} |"


def read_markdown(text: str) -> Document:
    """Read back what as_markdown() wrote, signatures aside. Raises ValueError for another Markdown."""
    blocks = text.rstrip("\n").split("\n\n")
    try:
        end = len(blocks) - 1 - blocks[::-1].index(RULE)
        starts = [index for index, block in enumerate(blocks[:end]) if block.startswith("## ")]
        title, kind, *rest = blocks[: starts[0] if starts else end]
    except ValueError:
        raise ValueError("This is no paper of ours: it has no title, kind and imprint.") from None
    lead = [block for block in rest if block not in DEMOS]
    parts = [
        Part(_unescaped(blocks[start][3:]), tuple(_block_of(block) for block in blocks[start + 1 : until]))
        for start, until in zip(starts, [*starts[1:], end], strict=True)
    ]
    imprint = _unescaped(" ".join(blocks[end + 1 :]))
    return Document(
        _unescaped(kind[1:-1]), _unescaped(title.removeprefix("# ")), _unescaped(" ".join(lead)), tuple(parts),
        imprint, any(mark in rest for mark in DEMOS),
    )  # fmt: skip


def _block_of(block: str) -> Text | Points | Table:
    lines = block.split("\n")
    if lines[0].startswith("| "):
        # A bar inside a cell is written behind a backslash, so this sign only ever parts two cells.
        head, _, *rows = [tuple(map(_unescaped, line[2:-2].split(" | "))) for line in lines]
        return Table(head, tuple(rows), wide=_widest(rows))
    if lines[0].startswith("- "):
        return Points(tuple(_unescaped(line[2:]) for line in lines))
    if lines[0].startswith("> "):
        return Text("\n".join(_unescaped(line[2:]) for line in lines), Tone.WARNING)
    return Text(_unescaped(block))


def _widest(rows: list[tuple[str, ...]]) -> int:
    """The column with the longest text."""
    lengths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return lengths.index(max(lengths)) if lengths else 0


def _unescaped(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text.replace(WORD_JOINER, ""))
