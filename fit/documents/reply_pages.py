"""Write pages that a creator opens without an account, fills in and sends back: the charter to sign, the answer sheet.

One HTML file each, with everything inside: it asks nobody for anything, and a policy in its head forbids every request.
It gives back a few lines of text as a file, which the charter (returned_signature.py) and the answer sheet read.
"""

import html
import json
from collections.abc import Mapping
from pathlib import Path

from fit import locale
from fit.agreement import (
    HINTS,
    LONGEST_TEXT,
    MISREAD,
    QUESTIONS,
    Agreement,
    SavedCharter,
    Side,
    answer_of,
    sheet_headings,
)
from fit.documents.html_parts import escaped, style
from fit.locale import _
from fit.text import Document, Points, Table, Text, Tone, plain, read_markdown

HERE = Path(__file__).parent
POLICY = (
    "default-src 'none'; base-uri 'none'; form-action 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'"
)


def page_to_sign(charter: SavedCharter, side: Side) -> str:
    """The text of a saved charter to read, a field for the name, and what comes back: name, instant and hash."""
    document = read_markdown(charter.text)
    name, shown = _("Your name"), _("The exact text that you sign")
    sure = _("I have read the charter above and agree to it.")
    keep = _("Your name under this charter means exactly this text. If it changes, you are asked again.")
    fields = (
        f'<label for="name">{escaped(name)}</label>'
        '<input id="name" autocomplete="name" maxlength="200" required>'
        f'<label class="tick"><input type="checkbox" id="sure" required> <span>{escaped(sure)}</span></label>'
        f'<p class="quiet">{escaped(keep)}</p>'
    )
    data = {
        "kind": "signature",
        "title": f"# Signature under the charter: {plain(charter.name)}",
        "side": side,
        "sha256": charter.sha256,
        "text": charter.text,
        "file": _file_name("signature", side, charter.name),
        "unnamed": _("Write your name first."),
        "unsure": _("Tick that you have read the charter and agree to it."),
        "changed": _("This file was changed on its way: its text is not the one to sign. Ask for it again."),
    }
    exact = (
        f"<details><summary>{escaped(shown)}</summary>"
        f"<p class='quiet'>Fingerprint of the text: {charter.sha256}</p>"
        f"<pre>{html.escape(charter.text)}</pre></details>"
    )
    return _page(document.title, _document(document) + exact, _("Sign this charter"), fields, _("Sign"), data)


def answer_page(side: Side, partnership: str, agreement: Agreement | None = None) -> str:
    """The four questions for one side with room to answer; what comes back reads like the sheet."""
    lead = _("Please answer by yourself, without seeing the other side's answers. There is no wrong answer.")
    head, headings = sheet_headings(side, plain(partnership))
    fields = "".join(
        f'<label for="answer-{number}">{number}. {escaped(_(question))}</label>'
        f'<p class="quiet" id="hint-{number}">{escaped(_(HINTS[question]))}</p>'
        f'<textarea id="answer-{number}" rows="5" aria-describedby="hint-{number}">\n'
        f"{html.escape(answer_of(agreement, side, question) if agreement else '')}</textarea>"
        for number, question in enumerate(QUESTIONS, 1)
    )
    data = {
        "kind": "answers",
        "head": head,
        "headings": headings,
        "misread": MISREAD,
        "longest": LONGEST_TEXT,
        "file": _file_name("answers", side, partnership),
        "long": _("Answer {number} has {count} characters; at most {most} are kept. Shorten it."),
        "empty": _("Write at least one answer first."),
    }
    title = _("Answer sheet: {partnership}").format(partnership=plain(partnership))
    kind = _("Answer sheet")
    intro = f"<p class='kind'>{escaped(kind)}</p><h1>{escaped(partnership)}</h1><p>{escaped(lead)}</p>"
    return _page(title, intro, _("Four questions"), fields, _("Finish"), data)


def _page(title: str, above: str, heading: str, fields: str, button: str, data: Mapping[str, object]) -> str:
    said = {
        "saved": _("Saved as {file}. Send it back to the person who sent you this page."),
        "copied": _("Copied. Paste it into a message to the person who sent you this page."),
        "uncopied": _("Mark the text above and copy it."),
    }
    inside = json.dumps({**data, **said}, ensure_ascii=False).replace("<", "\\u003c")
    script = (HERE / "reply.js").read_text(encoding="utf-8")
    back, save, copy = _("Send this back"), _("Save the file"), _("Copy the text")
    no_script = _("Open this file in a browser: the preview of some mail programs shows it without its buttons.")
    offline = _("This page works without a network and sends nothing by itself.")
    return (
        f'<!DOCTYPE html>\n<html lang="{locale.language()}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n<meta name="referrer" content="no-referrer">\n'
        f"<title>{escaped(title)}</title>\n<style>\n{style('reply')}</style>\n</head>\n<body>\n<main>\n"
        f"<article>{above}</article>\n"
        f'<form novalidate><h2>{escaped(heading)}</h2>{fields}<button type="submit">{escaped(button)}</button>'
        f'<p id="said" role="status"></p></form>\n'
        f'<section id="result" hidden aria-labelledby="back"><h2 id="back">{escaped(back)}</h2>'
        f'<textarea id="out" rows="8" readonly aria-labelledby="back"></textarea>'
        f'<div class="row"><button type="button" id="save">{escaped(save)}</button>'
        f'<button type="button" id="copy" class="second">{escaped(copy)}</button></div></section>\n'
        f'<p class="quiet">{escaped(offline)}</p>\n<noscript><p>{escaped(no_script)}</p></noscript>\n</main>\n'
        f'<script type="application/json" id="data">{inside}</script>\n<script>\n{script}</script>\n</body>\n</html>\n'
    )


def _file_name(kind: str, side: Side, name: str) -> str:
    letters = "".join(letter if letter.isalnum() else "-" for letter in plain(name).lower())
    return "-".join([kind, side, *filter(None, letters.split("-"))])[:80] + ".txt"


def _document(document: Document) -> str:
    invented = _("Sample data: everything is invented")
    demo = f"<p class='demo'>{escaped(invented)}</p>" if document.is_demo else ""
    parts = "".join(f"<h2>{escaped(part.title)}</h2>{''.join(map(_block, part.blocks))}" for part in document.parts)
    head = f"<p class='kind'>{escaped(document.kind)}</p>{demo}<h1>{escaped(document.title)}</h1>"
    return f"{head}<p>{escaped(document.lead)}</p>{parts}<p class='quiet'>{escaped(document.imprint)}</p>"


def _block(block: object) -> str:
    if isinstance(block, Points):
        return f"<ul>{''.join(f'<li>{escaped(item)}</li>' for item in block.items)}</ul>"
    if isinstance(block, Table):
        head = "".join(f'<th scope="col">{escaped(cell)}</th>' for cell in block.head)
        rows = "".join(
            "<tr>"
            + "".join(
                f'<td data-of="{escaped(name)}">{escaped(cell)}</td>'
                for name, cell in zip(block.head, row, strict=True)
            )
            + "</tr>"
            for row in block.rows
        )
        return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    if isinstance(block, Text):
        kind = " class='warning'" if block.tone is Tone.WARNING else ""
        return "".join(f"<p{kind}>{escaped(line)}</p>" for line in block.text.splitlines())
    return ""
