"""Write briefs and charters of an agreement file, and save, sign and list charters, from the command line."""

import json
from argparse import Namespace
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from data import store
from data.decisions import Decisions, Did, SavedCharter, SignOff, titles_of
from data.importers.values.countries import all_codes
from fit.agreement import (
    Agreement,
    AgreementError,
    CreatorContext,
    Side,
    UnknownCreator,
    brand_document,
    brief_json,
    brief_price,
    creator_document,
    read_agreement,
    read_creator_context,
    two_sided,
    with_canonical_names,
)
from fit.ask import Ask
from fit.charter import (
    Charter,
    CharterRefused,
    charter_json,
    compose,
    compose_and_save,
    date_problems,
    list_charters,
    other_signer,
    read_signature,
    refusals,
    sign_as_returned,
    sign_charter,
    signature_status,
    signed_document,
    signer_words,
)
from fit.cli.output import ExitCode, Refused, WrongUsage, print_json, say, unknown_creator, write_document
from fit.cli.store_access import (
    asking,
    charter_name,
    deciding,
    has_decisions,
    note_activity,
    opened,
    reviews_of_creators,
)
from fit.text import Document, as_markdown, counted, read_markdown

ENDINGS = (".pdf", ".md", ".json")


def brief(arguments: Namespace) -> ExitCode:
    """Write the two-sided brief, as the brand or as the creator reads it."""
    ending, agreement = ending_of(arguments), agreement_of_file(arguments.file)
    if problems := date_problems(agreement):
        raise Refused(" ".join(problems))
    ask = asking(opened(arguments))
    context = _creator_context(ask, agreement)
    is_brand = arguments.reader == Side.BRAND
    price = brief_price(ask, agreement, context.frozen) if is_brand else None
    review = reviews_of_creators(arguments).get(agreement.creator)
    composed = two_sided(agreement, context, price, review.sentence if review else "")
    for warning in composed.warnings:
        say(warning)
    document = (brand_document if arguments.reader == Side.BRAND else creator_document)(composed)
    content = document_bytes(ending, document, brief_json(composed, arguments.reader))
    note_activity(arguments, Did.EXPORT, agreement.creator)
    write_document(arguments.out, content, f"Wrote the brief for the {arguments.reader} to {Path(arguments.out)}.")
    return ExitCode.DONE


def charter(arguments: Namespace) -> ExitCode:
    """Write the charter of an agreement; --save saves it with its forecast."""
    ending, agreement = ending_of(arguments), agreement_of_file(arguments.file)
    despite = agreement.despite if arguments.despite is None else arguments.despite
    if problems := refusals(agreement, despite):
        raise Refused("\n".join(problems))
    context = _creator_context(asking(opened(arguments)), agreement)
    composed = compose(agreement, context, despite)
    for warning in _warnings(composed):
        say(warning)
    saved, text, content = None, composed.text, charter_json(composed, arguments.save)
    if arguments.save:
        name, now = charter_name(arguments, arguments.save), datetime.now().astimezone()
        try:
            saved = deciding(arguments, lambda d: compose_and_save(d, name, agreement, context, despite, now))
        except CharterRefused as error:
            raise Refused(str(error)) from error
        text = saved.text
        content |= {"text": text, "sha256": saved.sha256}
        print(f"Kept {saved.name}, amendment {saved.amendment}, SHA-256 {saved.sha256}.")
    written = text.encode() if ending == ".md" else document_bytes(ending, signed_document(text, saved), content)
    note_activity(arguments, Did.EXPORT, agreement.creator)
    write_document(arguments.out, written, f"Wrote the charter ({read_markdown(text).title}) to {Path(arguments.out)}.")
    return ExitCode.DONE


def sign(arguments: Namespace) -> ExitCode:
    """Sign the saved text of a charter for one side, by name or by a file that came back; or write the page to sign."""
    name = charter_name(arguments, arguments.charter)
    if arguments.page:
        return _page_to_sign(arguments, name)
    now = datetime.now().astimezone()
    generation = store.current(store.store_folder(arguments.store))

    def put_name(decisions: Decisions) -> tuple[SignOff, str]:
        if arguments.returned:
            returned = read_signature(existing_file(arguments.returned).read_bytes())
            returned = replace(returned, signer=_signer(decisions.charter(name), arguments, returned.signer))
            signed = sign_as_returned(decisions, name, arguments.side, returned, now)
        else:
            signer = _signer(decisions.charter(name), arguments, arguments.name)
            signed = sign_charter(decisions, name, arguments.side, signer, arguments.hash, generation, now)
        saved = decisions.charter(name)
        assert saved is not None  # it has just been signed
        return signed, signature_status(saved)

    try:
        signed, status = deciding(arguments, put_name)
    except CharterRefused as error:
        raise Refused(str(error)) from error
    note_activity(arguments, Did.SIGN, name)
    if arguments.json:
        print_json(vars(signed) | {"signed_at": signed.signed_at.isoformat(), "status": status})
    else:
        print(f"{signed.signer} signed {arguments.charter} for the {signed.side}: {status}. SHA-256 {signed.sha256}.")
    return ExitCode.DONE


def _signer(saved: SavedCharter | None, arguments: Namespace, signer: str) -> str:
    """How the signer stands in the charter; one who signed for the other side too is said on stderr."""
    if other_signer(saved, arguments.side, signer):
        return signer
    if arguments.both_sides is None:
        say(f"{signer} signed for the other side too. Say why one person signs for both: --both-sides REASON.")
        return signer
    return signer_words(saved, arguments.side, signer, arguments.both_sides)


def _page_to_sign(arguments: Namespace, name: str) -> ExitCode:
    """Write the page that one side opens, signs and sends back."""
    from fit.documents import page_to_sign

    path = Path(arguments.page)
    if path.suffix.lower() != ".html":
        raise WrongUsage(f"--page {path.name!r} does not end in .html.")
    saved = deciding(arguments, lambda decisions: decisions.charter(name))
    if saved is None:
        raise Refused(f"There is no charter called {name!r}. Save it first: charter --save.")
    content = page_to_sign(saved, Side(arguments.side)).encode()
    note_activity(arguments, Did.EXPORT, name)
    write_document(arguments.page, content, f"Wrote the page to sign {name} for the {arguments.side} to {path}.")
    return ExitCode.DONE


def charters(arguments: Namespace) -> ExitCode:
    """List every saved charter, what its partnership is called today, and how far it is signed."""
    rows, titles = list[dict[str, object]](), dict[str, str]()
    if has_decisions(arguments):
        rows, titles = deciding(arguments, lambda d: (list_charters(d.charters(), d.is_sample), titles_of(d)))
    for row in rows:
        row["title"] = titles.get(str(row["name"]), row["name"])
    if arguments.json:
        print_json({"charters": rows})
        return ExitCode.DONE
    print(f"{counted(len(rows), 'charter', 'charters')} saved.")
    for row in rows:
        marks = [f"saved as {row['name']}"] * (row["title"] != row["name"]) + ["sample data"] * bool(row["demo"])
        name = f"{row['title']} ({', '.join(marks)})" if marks else row["title"]
        print(f"{name}: {row['creator_id']}, amendment {row['amendment']}, {row['status']}, {row['sha256']}")
    return ExitCode.DONE


def ending_of(arguments: Namespace) -> str:
    """The ending of --out in small letters. Raises WrongUsage for one that nobody writes."""
    path = Path(arguments.out)
    if path.suffix.lower() not in ENDINGS:
        raise WrongUsage(f"--out {path.name!r} does not end in .pdf, .md or .json. Choose one of them.")
    return path.suffix.lower()


def existing_file(name: str) -> Path:
    """The path of a file that the command names. Raises Refused where there is none."""
    path = Path(name)
    if not path.is_file():
        raise Refused(f"There is no file {name}. Check the path.")
    return path


def agreement_of_file(name: str) -> Agreement:
    """Read an agreement file; names that nobody understands are said on stderr. Raises Refused."""
    path = existing_file(name)
    try:
        return agreement_of_text(path.read_bytes())
    except AgreementError as error:
        raise Refused(f"{path.name}: {error}") from error


def agreement_of_text(text: str | bytes) -> Agreement:
    """Read an agreement with metrics by their library names. Raises AgreementError."""
    agreement, warnings = read_agreement(text, frozenset(all_codes()))
    for warning in warnings:
        say(warning)
    return with_canonical_names(agreement)


def document_bytes(ending: str, document: Document, content: Mapping[str, object]) -> bytes:
    """A document as PDF or Markdown, or its content as JSON."""
    from fit.documents import document_as_pdf

    if ending == ".pdf":
        return document_as_pdf(document, date.today())
    if ending == ".md":
        return as_markdown(document).encode()
    return (json.dumps(content, ensure_ascii=False, indent=2, default=str, allow_nan=False) + "\n").encode()


def _creator_context(ask: Ask, agreement: Agreement) -> CreatorContext:
    """What the store says about the creator of an agreement. Raises Refused for one that it does not know."""
    try:
        return read_creator_context(ask, agreement, date.today())
    except UnknownCreator:
        raise unknown_creator(agreement.creator, ask("creator_names").rows()) from None


def _warnings(composed: Charter) -> list[str]:
    alignment = composed.alignment
    crossed = [f'"{c.clause}" crosses the red line "{c.red_line.text}". {c.reason}' for c in alignment.crossings]
    by_hand = [f'Check the red line "{c.red_line.text}" by hand. {c.reason}' for c in alignment.by_hand]
    missing = [found.sentence for found in composed.missing if found.part]
    clashes = [clash.sentence for clash in composed.clashes if not clash.answer]
    return [*composed.brief.warnings, *missing, *crossed, *clashes, *by_hand]
