"""Ask each side by itself: write an answer sheet, read a filled one, take its answers into the agreement.

The sheet is text that any editor opens: a heading for each question, the answer below it. Reading goes by the number of
the heading, so that a translated or reworded heading still finds its question. Every line below a heading is an answer;
a line of an answer that looks like a heading is written behind a backslash, which reading takes off again.
"""

import re
from dataclasses import dataclass, replace
from datetime import date

from fit.agreement.agreement import SIDES, Agreement, AgreementError, Answer, Party, RedLine, Side, Task
from fit.agreement.day_in_words import day_in_words
from fit.agreement.file import LONGEST_TEXT, MOST_FILE_BYTES
from fit.locale import _, phrase
from fit.text import Document, Part, Text, Tone, words

QUESTIONS = (
    phrase("What does success look like?"),
    phrase("What must happen for you to feel good about this partnership?"),
    phrase("What will you not compromise on?"),
    phrase("What do you commit to?"),
)
SUCCESS, FEELS_GOOD, RED_LINES, COMMITMENTS = QUESTIONS
HINTS = {
    SUCCESS: phrase("In your own words, not in numbers."),
    FEELS_GOOD: phrase("What would have to be true the week after?"),
    RED_LINES: phrase("One per line; each can become a red line in the charter."),
    COMMITMENTS: phrase("One per line; each can become a commitment in the charter."),
}
ROOM = "\n" * 10  # empty lines to write on in print
_HEADING = re.compile(r"^[ \t]{0,3}#{1,6}[ \t]*([0-9]+)[ \t]*[.)]", re.MULTILINE)
_SIDE = re.compile(r"^\s*side\s*[:=]\s*[\"']?(\w+)", re.MULTILINE | re.IGNORECASE)
# What a line of an answer begins with that would be read as something else; such a line is written behind a backslash.
_HINT_LINES = "|".join(re.escape(f"({hint})") for hint in HINTS.values())
MISREAD = rf"(?=\\*(?:[ \t]{{0,3}}#{{1,6}}[ \t]*[0-9]+[ \t]*[.)]|(?:{_HINT_LINES}|_+)[ \t]*$))"
_MISREAD = re.compile(rf"^{MISREAD}", re.MULTILINE)
_MARKED = re.compile(rf"^\\{MISREAD}", re.MULTILINE)
_UNFILLED = re.compile(r"[_\s]*")  # lines to write on


@dataclass(frozen=True)
class Sheet:
    """A filled sheet. side: None where the sheet does not say whose it is; answers: by question, empty left out."""

    side: Side | None
    answers: dict[str, str]


def answer_of(agreement: Agreement, side: Side, question: str) -> str:
    """What a side answered; empty where it has not."""
    return next((answer.text for answer in agreement.answers if (answer.side, answer.question) == (side, question)), "")


def count_answered(agreement: Agreement, side: Side) -> int:
    """How many of the questions a side has answered."""
    return sum(bool(answer_of(agreement, side, question)) for question in QUESTIONS)


def with_answer(agreement: Agreement, side: Side, question: str, text: str) -> Agreement:
    """The agreement with this answer in the place of an earlier one; an empty text takes it away."""
    others = [answer for answer in agreement.answers if (answer.side, answer.question) != (side, question)]
    said = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    new = [Answer(side, question, said)] if said else []
    return replace(agreement, answers=tuple(sorted([*others, *new], key=_order)))


def _order(answer: Answer) -> tuple[int, int]:
    number = QUESTIONS.index(answer.question) if answer.question in QUESTIONS else len(QUESTIONS)
    return SIDES.index(answer.side), number


def single_wishes(text: str) -> list[str]:
    """What an answer names, line by line, bullets taken off."""
    lines = (line.strip().lstrip("-*•").strip() for line in text.splitlines())
    return [line for line in lines if line]


def with_red_lines(agreement: Agreement, side: Side) -> Agreement:
    """The agreement with a red line for each thing that a side will not compromise on; none twice."""
    known = {(line.side, line.text) for line in agreement.red_lines}
    wishes = single_wishes(answer_of(agreement, side, RED_LINES))
    new = tuple(RedLine(side, text) for text in dict.fromkeys(wishes) if (side, text) not in known)
    return replace(agreement, red_lines=(*agreement.red_lines, *new))


def with_commitments(agreement: Agreement, side: Side, on: date | None = None) -> Agreement:
    """The agreement with a commitment for each thing that a side commits to, with its day where the words name one;
    none twice. on: today, for a day without a year where the campaign has no first day."""
    known = {(task.owner, task.text) for task in agreement.commitments}
    wishes = single_wishes(answer_of(agreement, side, COMMITMENTS))
    near = agreement.start or on
    new = tuple(
        Task(Party(side), text, day_in_words(text, near)) for text in dict.fromkeys(wishes) if (side, text) not in known
    )
    return replace(agreement, commitments=(*agreement.commitments, *new))


def sheet_text(side: Side, partnership: str, agreement: Agreement | None = None) -> str:
    """A sheet to fill in, as text; with an agreement the answers that this side has given stand in it."""
    head, headings = sheet_headings(side, partnership)
    given = [answer_of(agreement, side, question) if agreement else "" for question in QUESTIONS]
    answers = [_MISREAD.sub(r"\\", text) for text in given]
    blocks = [head, *(block for pair in zip(headings, answers, strict=True) for block in pair)]
    return "\n\n".join(blocks) + "\n"


def sheet_headings(side: Side, partnership: str) -> tuple[str, tuple[str, ...]]:
    """What stands above the questions of a sheet, and the heading of each question with its hint."""
    title, how = _("Answer sheet"), _("Write below each question. Save, send back.")
    headings = tuple(
        f"## {number}. {_(question)} ({_(HINTS[question])})" for number, question in enumerate(QUESTIONS, 1)
    )
    return "\n\n".join([f"# {title}: {partnership}", f"side: {side}", how]), headings


def read_sheet(content: bytes | str) -> Sheet:
    """Read a filled sheet. Raises AgreementError for a file that is none, or holds no answer."""
    if len(content) > MOST_FILE_BYTES:
        raise AgreementError(f"The file has {len(content):,} bytes; an answer sheet has at most {MOST_FILE_BYTES:,}.")
    try:
        text = content.decode("utf-8-sig") if isinstance(content, bytes) else content
    except UnicodeDecodeError as error:
        raise AgreementError(f"The file is not UTF-8 text (byte {error.start + 1}). Save the sheet as text.") from error
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    starts = _headings(text)
    if not starts:
        raise AgreementError(
            "No question was found. An answer sheet has headings such as '## 1. What does success look like?': "
            "download the sheet, fill it in below the headings, and load it again."
        )
    answers = {}
    for match, after in zip(starts, [*starts[1:], None], strict=True):
        number = int(match[1])
        line_end = text.find("\n", match.end())
        body = text[line_end : after.start() if after else None] if line_end >= 0 else ""
        if given := _given(body, QUESTIONS[number - 1]):
            if len(given) > LONGEST_TEXT:
                raise AgreementError(
                    f"The answer to question {number} has {len(given):,} characters; at most {LONGEST_TEXT:,} are "
                    "kept. Shorten it in the sheet, and load it again."
                )
            answers[QUESTIONS[number - 1]] = given
    if not answers:
        raise AgreementError("The sheet holds no answer yet. Write below each question, save it, and load it again.")
    side = _SIDE.search(text[: starts[0].start()])
    named = side[1].lower() if side else None
    return Sheet(Side(named) if named in SIDES else None, answers)


def _headings(text: str) -> list[re.Match[str]]:
    """The heading of each question; a number that stands twice is a heading once, then a line of an answer."""
    found: dict[int, re.Match[str]] = {}
    for match in _HEADING.finditer(text):
        if 1 <= int(match[1]) <= len(QUESTIONS):
            found.setdefault(int(match[1]), match)
    return list(found.values())


def _given(body: str, question: str) -> str:
    """The answer that stands below a heading; "" where there is the hint alone, or nothing but lines to write on."""
    answer = body.strip()
    first, _end, rest = answer.partition("\n")
    if first.rstrip() in (f"({HINTS[question]})", f"({_(HINTS[question])})"):  # as earlier sheets had it
        answer = rest.strip()
    return "" if _UNFILLED.fullmatch(answer) else _MARKED.sub("", answer)


def sheet_document(side: Side, partnership: str) -> Document:
    """The sheet to print, with room below each question."""
    parts = tuple(
        Part(f"{number}. {_(question)}", (Text(_(HINTS[question]), Tone.QUIET), Text(ROOM)))
        for number, question in enumerate(QUESTIONS, 1)
    )
    lead = _("Please answer by yourself, without seeing the other side's answers. There is no wrong answer.")
    whose = {Side.BRAND: _("For the brand"), Side.CREATOR: _("For the creator")}[side]
    return Document(_("Answer sheet"), partnership, f"{whose}. {lead}", parts, _("Thank you."))


def conversation_verdict(agreement: Agreement, who: str) -> tuple[str, str]:
    """Who has answered, and what comes next. who: the creator, safe to show."""
    counts = {side: count_answered(agreement, side) for side in SIDES}
    of = words.count(len(QUESTIONS))
    verdict = _("The brand has answered {brand} of {of} questions, {who} {creator} of {of}").format(
        brand=words.count(counts[Side.BRAND]), creator=words.count(counts[Side.CREATOR]), of=of, who=who
    )
    if min(counts.values()) < len(QUESTIONS):
        return verdict, _(
            "Ask both sides separately, before either sees the other's answers. They usually overlap more "
            "than anybody expected."
        )
    if agreement.is_co_defined:
        return verdict, _("Brand and creator set the goals together.")
    return verdict, _("Read both answers side by side, then meet for 30 minutes: brand, creator and a neutral party.")
