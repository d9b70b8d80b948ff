"""Find the encoding of a file and refuse what is no table; never makes another letter of a byte."""

import codecs
import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from data.importers.limits import HEAD_BYTES, MAX_FILE_BYTES, MEBI
from data.importers.report import RefusedError

PIECE = 8 * MEBI
# Bytes of plain text; what is left after deleting them are control characters.
TEXT_BYTES = bytes(b for b in range(256) if b >= 32 and b != 127) + b"\t\r\n"

SAVE_AS_CSV = "open it where it comes from and save or export the table as CSV (UTF-8)"
SIGNATURES = (
    (0, b"SQLite format 3\0", f"this is an SQLite database, not a table; databases are never opened: {SAVE_AS_CSV}"),
    (8, b"DUCK", f"this is a DuckDB database, not a table; databases are never opened: {SAVE_AS_CSV}"),
    (0, b"PK\x03\x04", f"this is an Excel workbook or another Office document (xlsx, ods); {SAVE_AS_CSV}"),
    (0, b"\xd0\xcf\x11\xe0", f"this is an old Excel workbook (xls); {SAVE_AS_CSV}"),
    (0, b"\x89PNG", f"this is an image (PNG), not a table; {SAVE_AS_CSV}"),
    (0, b"\xff\xd8\xff", f"this is an image (JPEG), not a table; {SAVE_AS_CSV}"),
    (0, b"GIF8", f"this is an image (GIF), not a table; {SAVE_AS_CSV}"),
    (0, b"%PDF", f"this is a PDF, not a table; {SAVE_AS_CSV}"),
    (0, b"\x28\xb5\x2f\xfd", "this is packed with zstd; unpack it and load what is inside"),
    (0, b"BZh", "this is packed with bzip2; unpack it and load what is inside"),
    (0, b"7z\xbc\xaf", "this is a 7z archive; unpack it and load what is inside"),
    (0, b"Rar!", "this is a rar archive; unpack it and load what is inside"),
)
WEB_PAGE = re.compile(
    rb"^\s*+(?>(?><!--.*?-->)\s*+)*+<(!doctype\s+html|html|head|body|script)", re.IGNORECASE | re.DOTALL
)
XML = re.compile(rb"^\s*<\?xml")
JSON = re.compile(rb"^\s*(\{\s*(\"|\})|\[\s*(\{|\[|\]|\"|\d))")
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# UTF-16 without a mark shows as a NUL in every second byte; one NUL in a cell does not.
MIN_SHARE_OF_NULS = 0.3
# More control characters than this in a text without UTF-16: it is no text.
MAX_SHARE_OF_CONTROLS = 0.02
# So many stand in a small text too, in a name that was copied from a program; their row is set aside.
MAX_CONTROLS = 16


@dataclass(frozen=True)
class Scan:
    """What one pass over a file's bytes tells: size, SHA-256, line ends, and whether every byte is plain text."""

    size: int
    sha256: str
    head: bytes
    count_lf: int
    count_cr: int
    count_crlf: int
    ends_with_newline: bool
    has_controls: bool

    @property
    def count_lines(self) -> int:
        """Physical lines: every line end counts once, an unfinished last line too."""
        return self.count_lf + self.count_cr - self.count_crlf + (not self.ends_with_newline and self.size > 0)

    @property
    def has_one_line_end(self) -> bool:
        """LF everywhere or CRLF everywhere."""
        return self.count_cr == self.count_crlf and self.count_crlf in (0, self.count_lf)


def scan(path: Path) -> Scan:
    """Read a file once. Raises RefusedError when it is empty or above the limit of size."""
    size = path.stat().st_size
    if size == 0:
        raise RefusedError("this file is empty (0 bytes): no data in it; export it again")
    if size > MAX_FILE_BYTES:
        raise RefusedError(
            f"{size / MEBI:,.0f} MB are over the limit of {MAX_FILE_BYTES / MEBI:,.0f} MB; split the file"
        )
    digest, head, last, controls = hashlib.sha256(), b"", b"", False
    lf = cr = crlf = 0
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            digest.update(piece)
            head = head or piece[:HEAD_BYTES]
            lf += piece.count(b"\n")
            if b"\r" in piece:
                cr += piece.count(b"\r")
                crlf += piece.count(b"\r\n")
            crlf += last == b"\r" and piece[:1] == b"\n"
            controls = controls or bool(piece.translate(None, TEXT_BYTES))
            last = piece[-1:]
    return Scan(size, digest.hexdigest(), head, lf, cr, crlf, last in (b"\n", b"\r"), controls)


def refuse_what_is_no_table(head: bytes) -> None:
    """Raise RefusedError, with the way to go on, for databases, workbooks, images, web pages and other non-tables."""
    for position, signature, why in SIGNATURES:
        if head[position : position + len(signature)] == signature:
            raise RefusedError(why)
    bare = head.removeprefix(codecs.BOM_UTF8)
    if WEB_PAGE.match(bare):
        raise RefusedError(
            "this is a web page (HTML), perhaps a login page, not the table; sign in and export it as CSV"
        )
    if XML.match(bare):
        raise RefusedError(f"this is XML, not a table; {SAVE_AS_CSV}")


def is_json(head: bytes) -> bool:
    """Whether the bytes begin as a JSON document."""
    return bool(JSON.match(head.removeprefix(codecs.BOM_UTF8)))


def encoding_of(head: bytes) -> str:
    """Name of the encoding: by its mark, by the NULs of UTF-16, else utf-8. Raises RefusedError for binary bytes."""
    for mark, name in BYTE_ORDER_MARKS:
        if head.startswith(mark):
            return name
    sample = head[: 64 * 1024]
    pairs = max(1, len(sample) // 2)
    at_even, at_odd = sample[0::2].count(0), sample[1::2].count(0)
    if max(at_even, at_odd) / pairs >= MIN_SHARE_OF_NULS and min(at_even, at_odd) / pairs < MIN_SHARE_OF_NULS / 10:
        return "utf-16-be" if at_even > at_odd else "utf-16-le"
    if len(sample.translate(None, TEXT_BYTES)) > max(MAX_CONTROLS, len(sample) * MAX_SHARE_OF_CONTROLS):
        raise RefusedError(f"this is not text: a binary file whose format is unknown (database, image?); {SAVE_AS_CSV}")
    return "utf-8"


def _letters_of_all_western_pages() -> frozenset[int]:
    """Bytes that are the same letter in Windows-1252, Windows-1250, Windows-1254 and ISO 8859-15."""
    pages = ("cp1252", "cp1250", "cp1254", "iso8859-15")
    same = set()
    for byte in range(0xC0, 0x100):
        letters = {bytes([byte]).decode(page, "replace") for page in pages}
        if len(letters) == 1 and letters.pop().isalpha():
            same.add(byte)
    return frozenset(same)


PROVEN_LETTERS = _letters_of_all_western_pages()
FOREIGN_RUN = re.compile(rb"[\x80-\xff]+")
# What all Windows pages have in one place: dots, quotes, dashes, the blank that does not break; and the signs of euro
# and pound, which other pages have elsewhere, but no letter stands beside an amount, or alone in brackets.
SAME_SIGNS = re.compile(
    rb"[\x85\x91-\x97\xa0]|(?<=\d)[\x80\xa3]|(?<=\d[ \xa0])[\x80\xa3]|[\x80\xa3](?=[ \xa0]?\d)|"
    rb"(?<=[(\[])[\x80\xa3](?=[)\]])"
)


def is_proven_western(data: bytes) -> bool:
    """Whether every non-ASCII byte is a letter that all Western code pages agree on, in a Latin word, or a sure sign.

    The proof is strict on purpose: a Cyrillic or Czech text read as Windows-1252 would turn letters into other letters.
    """
    data = SAME_SIGNS.sub(b" ", data)
    return all(
        len(run[0]) <= 2
        and PROVEN_LETTERS.issuperset(run[0])
        and (data[run.start() - 1 : run.start()].isalpha() or data[run.end() : run.end() + 1].isalpha())
        for run in FOREIGN_RUN.finditer(data)
    )


def decode(data: bytes, encoding: str) -> tuple[str, str]:
    """Text and what has to be said about its encoding ("" when nothing).

    Bytes that are no UTF-8 become lone surrogates: the rows that hold them are set aside later.
    """
    for mark, name in BYTE_ORDER_MARKS:
        if name == encoding:
            data = data.removeprefix(mark)
    if encoding != "utf-8":
        whole = len(data) % (4 if "32" in encoding else 2) == 0
        text = data.decode(encoding, "replace")
        if "\ufffd" in text or not whole:
            return text, f"some characters are damaged {encoding.upper()}"
        return text, ""
    try:
        return data.decode("utf-8"), ""
    except UnicodeDecodeError as error:
        if is_proven_western(data):
            example = data[max(0, error.start - 12) : error.start + 8].decode("cp1252", "replace").split("\n")[-1]
            return data.decode("cp1252"), f"read as Windows-1252, not UTF-8 (check for example {example.strip()!r})"
        return data.decode("utf-8", "surrogateescape"), "not all of it is UTF-8; save the file as UTF-8"
