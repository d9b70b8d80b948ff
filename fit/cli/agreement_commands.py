"""How are a brief and a charter written, kept and signed from a file?"""

import json
from argparse import Namespace
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from data import store
from data.decisions import Conflict, Decisions, DecisionsError, Outdated, has_decisions, open_decisions
from data.importers.values.countries import all_codes
from fit.agreement import (
    Agreement,
    AgreementError,
    CreatorContext,
    UnknownCreator,
    read_agreement,
    read_creator_context,
    with_canonical_names,
)
from fit.cli.opened_store import asking, opened
from fit.cli.output import Refused, print_json, say, unknown_creator

ENDINGS = (".pdf", ".md", ".json")
DONE = 0


def agreement_of_file(name: str) -> Agreement:
    """Read an agreement file; names that nobody understands are said on stderr. Raises Refused."""
    path = Path(name)
    if not path.is_file():
        raise Refused(f"There is no file {name}. Check the path.")
    try:
        return understood(path.read_bytes())
    except AgreementError as error:
        raise Refused(f"{path.name}: {error}") from error


def understood(text: str | bytes) -> Agreement:
    """Read an agreement with metrics by their library names. Raises AgreementError."""
    agreement, warnings = read_agreement(text, frozenset(all_codes()))
    for warning in warnings:
        say(warning)
    return with_canonical_names(agreement)


def ending_of(typed: Namespace) -> str:
    """The ending of --out in small letters. Wrong usage for one that nobody writes."""
    ending = Path(typed.out).suffix.lower()
    if ending not in ENDINGS:
        typed.parser.error(f"--out {Path(typed.out).name!r} does not end in .pdf, .md or .json. Choose one of them.")
    return ending


def grounds_of(typed: Namespace, agreement: Agreement) -> CreatorContext:
    """What the store says about the creator of an agreement. Raises Refused for one that it does not know."""
    ask = asking(opened(typed))
    try:
        return read_creator_context(ask, agreement, date.today())
    except UnknownCreator:
        raise unknown_creator(agreement.creator, ask("creator_names").rows()) from None


def deciding(typed: Namespace, work: Callable[[Decisions], object]) -> object:
    """Do something with the open decisions of the store. Raises Refused with their own words."""
    try:
        decisions = open_decisions(store.store_folder(typed.store))
        try:
            return work(decisions)
        finally:
            decisions.close()
    except (Conflict, Outdated, DecisionsError) as error:
        raise Refused(str(error)) from error


def put(out: str, content: bytes, what: str) -> None:
    """Write a document and print what was written."""
    path = Path(out)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    print(f"Wrote {what} to {path}.")


def brief(typed: Namespace) -> int:
    """The two-sided brief, as the brand or as the creator reads it."""
    from fit.agreement import brand_document, brief_json, creator_document, date_problems, two_sided

    ending, agreement = ending_of(typed), agreement_of_file(typed.file)
    if said := date_problems(agreement):
        raise Refused(" ".join(said))
    found = two_sided(agreement, grounds_of(typed, agreement))
    for warning in found.warnings:
        say(warning)
    paper = {"brand": brand_document, "creator": creator_document}[typed.reader](found)
    put(typed.out, as_bytes(ending, paper, brief_json(found, typed.reader)), f"the brief for the {typed.reader}")
    return DONE


def charter(typed: Namespace) -> int:
    """The charter of an agreement; --save keeps it with its forecast."""
    from fit.agreement import CharterRefused, charter_json, compose, compose_and_save, refusals, signed_document
    from fit.text import paper_of

    ending, agreement = ending_of(typed), agreement_of_file(typed.file)
    if said := refusals(agreement, typed.despite):
        raise Refused("\n".join(said))
    ground = grounds_of(typed, agreement)
    composed = compose(agreement, ground, typed.despite)
    for warning in _warnings(composed):
        say(warning)
    kept, text = None, composed.text
    if typed.save:
        now = datetime.now().astimezone()
        try:
            kept = deciding(typed, lambda d: compose_and_save(d, typed.save, agreement, ground, typed.despite, now))
        except CharterRefused as error:
            raise Refused(str(error)) from error
        text = kept.text
        print(f"Kept {kept.name}, amendment {kept.amendment}, SHA-256 {kept.sha256}.")
    content = charter_json(composed, typed.save) | ({"text": text, "sha256": kept.sha256} if kept else {})
    written = text.encode() if ending == ".md" else as_bytes(ending, signed_document(text, kept), content)
    put(typed.out, written, f"the charter ({paper_of(text).title})")
    return DONE


def _warnings(composed) -> list[str]:
    found = composed.alignment
    crossed = [f'"{one.clause}" crosses the red line "{one.red_line.text}". {one.reason}' for one in found.crossings]
    by_hand = [f'Check the red line "{one.red_line.text}" by hand. {one.reason}' for one in found.by_hand]
    return [*composed.brief.warnings, *crossed, *by_hand]


def as_bytes(ending: str, paper, content: dict) -> bytes:
    """A paper as PDF or Markdown, or its content as JSON."""
    from fit.documents import document_as_pdf
    from fit.text import as_markdown

    if ending == ".pdf":
        return document_as_pdf(paper, date.today())
    if ending == ".md":
        return as_markdown(paper).encode()
    return (json.dumps(content, ensure_ascii=False, indent=2, default=str, allow_nan=False) + "\n").encode()


def sign(typed: Namespace) -> int:
    """Sign the kept text of a charter for one side."""
    from fit.agreement import CharterRefused, signature_status
    from fit.agreement import sign_charter as put_name

    now = datetime.now().astimezone()
    generation = store.current(store.store_folder(typed.store))

    def work(decisions: Decisions):
        signed = put_name(decisions, typed.charter, typed.side, typed.name, typed.hash, generation, now)
        return signed, signature_status(decisions.charter(typed.charter))

    try:
        signed, now_is = deciding(typed, work)
    except CharterRefused as error:
        raise Refused(str(error)) from error
    if typed.json:
        said = vars(signed) | {"signed_at": signed.signed_at.isoformat(), "status": now_is}
        print_json(said)
    else:
        print(f"{signed.signer} signed {typed.charter} for the {signed.side}: {now_is}. SHA-256 {signed.sha256}.")
    return DONE


def charters(typed: Namespace) -> int:
    """Every kept charter, and how far it is signed."""
    from fit.agreement import list_charters
    from fit.text import counted

    folder = store.store_folder(typed.store)
    found = list_charters(deciding(typed, lambda decisions: decisions.charters())) if has_decisions(folder) else []
    if typed.json:
        print_json({"charters": found})
        return DONE
    print(f"{counted(len(found), 'charter', 'charters')} kept.")
    for each in found:
        print(
            f"{each['name']}: {each['creator_id']}, amendment {each['amendment']}, {each['status']}, {each['sha256']}"
        )
    return DONE


COMMANDS = {"brief": brief, "charter": charter, "sign": sign, "charters": charters}
