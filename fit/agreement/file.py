"""Read an agreement from a TOML file and write it to one.

The names are those of fit/agreement/agreement.py. Reading is strict about what is there (a day that is no day, a rating
of 6, a side that nobody knows) and lenient about what is not there yet: a draft may lack anything but creator and
markets.
"""

import difflib
import tomllib
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import MISSING, asdict, fields
from datetime import date, datetime
from functools import partial
from typing import Any, TypeVar

import tomli_w

from fit.agreement.agreement import (
    CHARTER_PARTS,
    KINDS,
    PRESENT,
    RATINGS,
    SIDES,
    STEPS,
    Adjustment,
    Agreement,
    AgreementError,
    Answer,
    Deliverable,
    Insight,
    LeftOut,
    MetricLine,
    Need,
    Note,
    RedLine,
    Task,
    Wording,
)
from fit.agreement.rule import MOST_SHARE, AnyRule, DeliverableRule, Limit, Rule
from fit.brief import GOALS, BriefError, parse_markets
from fit.metrics import METRICS, Unit, UnknownMetric, metric

MOST_FILE_BYTES = 1_000_000  # of an agreement's file; a partnership is a page, not a library
COUNT_QUESTIONS = 4  # of the planning call
MOST_ROWS = 200  # of one list
LONGEST_TEXT = 5_000  # characters of one text
LARGEST_NUMBER = 1e15  # of a target, a cost or a number of days: what counts are limited to everywhere
MOST_DAYS = 3_650
MOST_COUNT = 1_000  # deliverables of one kind

Read = Callable[[object, str], object]
Entry = TypeVar("Entry")
Choice = TypeVar("Choice", bound=str)


def read_agreement(text: str | bytes, known: frozenset[str]) -> tuple[Agreement, list[str]]:
    """Read an agreement, and one warning for each name in the file that nobody understands.

    known: all country codes that exist. Raises AgreementError for a text that is no TOML, for creator or markets that
    are missing, and for a value that cannot be meant.
    """
    content = _parsed(text)
    for needed in ("creator", "markets"):
        if not content.get(needed):
            raise AgreementError(f"The agreement names no {needed}. Add a line such as {EXAMPLES[needed]}.")
    warnings = _unknown_names(content, Agreement, "The agreement")
    markets = _markets(content["markets"], known)
    parts: dict[str, Any] = {name: read(content[name], name) for name, read in READERS.items() if name in content}
    for name, (kind, cells) in LISTS.items():
        rows = _rows(content.get(name, []), name)
        parts[name] = tuple(_row(row, kind, cells, f"{name} {number}", warnings) for number, row in enumerate(rows, 1))
    parts["trade_offs"] = tuple(note.text for note in parts["trade_offs"])
    parts["adjustment"] = _row(_table(content.get("adjustment", {})), Adjustment, ADJUSTMENT, "adjustment", warnings)
    return Agreement(markets=markets, **parts), warnings


def write_agreement(agreement: Agreement) -> str:
    """Write an agreement as TOML that read_agreement reads back as the same value; what was not said is left out."""
    return tomli_w.dumps(_filled(_content(agreement)))


def read_saved_agreement(text: str) -> Agreement:
    """Read an agreement that was saved: its countries were known then. Raises AgreementError."""
    agreement, _unknown = read_agreement(text, frozenset(_parsed(text).get("markets", {})))  # type: ignore[call-overload]
    return agreement


def write_part(agreement: Agreement, name: str) -> str:
    """Write one part of an agreement as its file does; an empty text where nothing was said."""
    return tomli_w.dumps(_filled({name: _content(agreement)[name]}))


def _content(agreement: Agreement) -> dict[str, object]:
    content = asdict(agreement)
    content["markets"] = {code: _short(weight) for code, weight in agreement.markets}
    content["trade_offs"] = [{"text": text} for text in agreement.trade_offs]
    content["red_lines"] = [entry_fields(line) for line in agreement.red_lines]
    content["adjustment"] = entry_fields(agreement.adjustment)
    return content


def entry_fields(entry: RedLine | Adjustment) -> dict[str, object]:
    """A red line or an adjustment protocol as its file writes it: its own fields, then those of its rule."""
    texts = {field.name: getattr(entry, field.name) for field in fields(entry) if field.name != "rule"}
    return texts | (_rule_fields(entry.rule) if entry.rule else {})


def _rule_fields(rule: AnyRule) -> dict[str, object]:
    if isinstance(rule, DeliverableRule):
        return {"deliverable": rule.kind, _LIMIT_KEYS[rule.limit, False]: rule.count}
    is_share = rule.share_of_target is not None
    limit = {_LIMIT_KEYS[rule.limit, is_share]: rule.share_of_target if is_share else rule.value}
    days = {} if rule.after_days is None else {"after_days": rule.after_days}
    return {"metric": rule.metric, **limit, **days}


def _filled(content: Mapping[str, object]) -> dict[str, object]:
    return {name: _plain(part) for name, part in content.items() if part not in (None, "", (), [], {})}


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return _filled(value)
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    return _short(value)


def _short(value: object) -> object:
    """A whole number without its point: 500, not 500.0."""
    return int(value) if isinstance(value, float) and value.is_integer() and abs(value) < LARGEST_NUMBER else value


def _parsed(text: str | bytes) -> dict[str, object]:
    size = len(text)
    if size > MOST_FILE_BYTES:
        raise AgreementError(
            f"The file has {size:,} bytes; an agreement has at most {MOST_FILE_BYTES:,}. Check the file."
        )
    try:
        # A text editor may have put a byte order mark in front, which TOML does not know.
        plain = text.decode("utf-8-sig") if isinstance(text, bytes) else text.removeprefix("\ufeff")
        return tomllib.loads(plain)
    except UnicodeDecodeError as error:
        raise AgreementError(f"The file is not UTF-8 (byte {error.start + 1}). Save it as UTF-8.") from error
    except tomllib.TOMLDecodeError as error:
        raise AgreementError(f"The file is not TOML: {error}. Fix that place; text goes in quotes.") from error
    except RecursionError:
        raise AgreementError("The file is not an agreement: its lists are nested too deeply.") from None


def _unknown_names(content: Mapping[str, object], kind: type, place: str) -> list[str]:
    """A sentence for each name that is not one of the dataclass's, or of the rule that it may carry."""
    names = [field.name for field in fields(kind) if field.name != "rule"]
    names += [name for name in RULE_NAMES.get(kind, ()) if name not in names]
    warnings = []
    for name in content:
        if name not in names:
            near = difflib.get_close_matches(name, names, n=1)
            hint = f" Is {near[0]!r} meant?" if near else ""
            warnings.append(f"{place} has {name!r}, which nobody reads; it is left out.{hint}")
    return warnings


def _markets(value: object, known: frozenset[str]) -> tuple[tuple[str, float], ...]:
    texts = [f"{code}={weight}" for code, weight in value.items()] if isinstance(value, Mapping) else value
    if isinstance(texts, str):
        texts = [texts]
    if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
        raise AgreementError(f"markets is {value!r}. Write it as {EXAMPLES['markets']}.")
    try:
        return parse_markets(texts, known)
    except BriefError as error:
        raise AgreementError(f"markets: {error}") from error


def _rows(value: object, name: str) -> list[Mapping[str, object]]:
    """The tables of one list. A list of plain texts is one of tables with a text."""
    entries = value if isinstance(value, list) else [value]
    rows = [{"text": entry} if isinstance(entry, str) else entry for entry in entries]
    tables = [row for row in rows if isinstance(row, Mapping)]
    if len(tables) < len(rows):
        raise AgreementError(f"{name} is {value!r}. Write each one under a line [[{name}]].")
    if len(rows) > MOST_ROWS:
        raise AgreementError(f"{name} has {len(rows)} entries; at most {MOST_ROWS} are kept. Shorten it.")
    return tables


def _table(value: object) -> Mapping[str, object]:
    if not isinstance(value, Mapping):
        raise AgreementError(f"adjustment is {value!r}. Write it under a line [adjustment].")
    return value


def _row(
    content: Mapping[str, object], kind: type[Entry], cells: Mapping[str, Read], place: str, warnings: list[str]
) -> Entry:
    """One table as a value of its dataclass; names that nobody understands are added to warnings."""
    warnings += _unknown_names(content, kind, place.capitalize().replace("_", " "))
    for field in fields(kind):  # type: ignore[arg-type]  # each kind of LISTS is a dataclass
        if field.name not in content and field.default is MISSING:
            raise AgreementError(f"{place} has no {field.name}. Add it, or take the entry out.")
    entry = {name: read(content[name], f"{place}, {name}") for name, read in cells.items() if name in content}
    if kind in RULE_NAMES:
        entry["rule"] = _rule({name: content[name] for name in RULE_NAMES[kind] if name in content}, place)
    return kind(**entry)


def _rule(content: Mapping[str, object], place: str) -> AnyRule | None:
    """The rule of one table; None where it has none of a rule's names."""
    if not content:
        return None
    limits = [name for name in LIMITS if name in content]
    if "metric" in content and "deliverable" in content:
        raise AgreementError(f"{place} has a metric and a deliverable. A rule is about one of them: take one out.")
    if "metric" not in content and "deliverable" not in content:
        named = next(iter(content))
        raise AgreementError(f'{place} has {named} but no metric. Add one (metric = "clicks"), or take it out.')
    if len(limits) != 1:
        named = " and ".join(limits) or "no limit"
        raise AgreementError(f"{place} has {named}. A rule has exactly one of {', '.join(LIMITS)}.")
    limit, is_share = LIMITS[limits[0]]
    amount, amount_place = content[limits[0]], f"{place}, {limits[0]}"
    if "deliverable" in content:
        if is_share or "after_days" in content:
            name = limits[0] if is_share else "after_days"
            raise AgreementError(f"{place} has {name}, but its rule counts pieces. Take it out; write at_most = 2.")
        kind = _needed_text(content["deliverable"], f"{place}, deliverable")
        return DeliverableRule(kind, limit, _whole(amount, amount_place, most=MOST_COUNT))
    name = _metric_name(content["metric"], f"{place}, metric")
    days = _whole(content["after_days"], f"{place}, after_days", least=1) if "after_days" in content else None
    if is_share:
        return Rule(name, limit, share_of_target=_share(amount, amount_place), after_days=days)
    return Rule(name, limit, value=_metric_value(amount, amount_place, name), after_days=days)


def _metric_name(value: object, place: str) -> str:
    try:
        return metric(_needed_text(value, place)).name
    except UnknownMetric as error:
        raise AgreementError(f"{place}: {error}") from error


def _share(value: object, place: str) -> float:
    share = _number(value, place)
    if not 0 < share <= MOST_SHARE:
        raise AgreementError(f"{place} is {value!r}; above 0 to {MOST_SHARE:g} is needed: 0.5 is half of target.")
    return share


def _metric_value(value: object, place: str, name: str) -> float:
    number = _number(value, place)
    if METRICS[name].unit is Unit.RATE and number > 1:
        raise AgreementError(f"{place} is {value!r}, but {name} is a rate from 0 to 1. Write 0.05 for 5 %.")
    return number


def _text(value: object, place: str) -> str:
    if not isinstance(value, str):
        raise AgreementError(f"{place} is {value!r}; a text in quotes is needed.")
    if len(value) > LONGEST_TEXT:
        raise AgreementError(f"{place} has {len(value):,} characters; at most {LONGEST_TEXT:,} are kept. Shorten it.")
    return "".join(c for c in value if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs")).strip()


def _optional_text(value: object, place: str) -> str | None:
    return _text(value, place) or None


def _platform(value: object, place: str) -> str | None:
    return _text(value, place).lower() or None


def _needed_text(value: object, place: str) -> str:
    if not (text := _text(value, place)):
        raise AgreementError(f"{place} is empty. Fill it in, or take the entry out.")
    return text


def _choice(value: object, place: str, *, among: tuple[Choice, ...]) -> Choice:
    text = _text(value, place).lower()
    if text not in among:
        raise AgreementError(f"{place} is {value!r}; it is one of {', '.join(among)}.")
    return among[among.index(text)]


def _choices(value: object, place: str, *, among: tuple[Choice, ...]) -> tuple[Choice, ...]:
    options = [value] if isinstance(value, str) else value
    if not isinstance(options, list):
        raise AgreementError(f"{place} is {value!r}; a list is needed, for example {list(map(str, among[:2]))}.")
    return tuple(dict.fromkeys(_choice(option, place, among=among) for option in options))


def _number(value: object, place: str, *, least: float = 0.0, most: float = LARGEST_NUMBER) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
        raise AgreementError(f"{place} is {value!r}; a number from {least:g} to {most:g} is needed, without quotes.")
    return float(value)


def _worth(value: object, place: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= LARGEST_NUMBER:
        raise AgreementError(
            f"{place} is {value!r}; an amount above 0 is needed, without quotes: {WORTHS[place]}. "
            "Leave it out if it is not known."
        )
    return float(value)


def _commission(value: object, place: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < 1:
        raise AgreementError(f"{place} is {value!r}; a part above 0 and below 1 is needed. Write 0.1 for 10 %.")
    return float(value)


def _whole(value: object, place: str, *, least: int = 0, most: int = MOST_DAYS) -> int:
    number = _number(value, place, least=least, most=most)
    if not number.is_integer():
        raise AgreementError(f"{place} is {value!r}; a whole number is needed.")
    return int(number)


def _rating(value: object, place: str) -> int:
    return _whole(value, place, least=RATINGS[0], most=RATINGS[-1])


def _call_question(value: object, place: str) -> int:
    return _whole(value, place, least=1, most=COUNT_QUESTIONS)


def _day(value: object, place: str) -> date:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise AgreementError(f"{place} is {value!r}, which is no day. Write it as 2026-01-31.") from None


def _currency(value: object, place: str) -> str:
    code = _text(value, place).upper()
    if not (len(code) == 3 and code.isascii() and code.isalpha()):
        raise AgreementError(f"{place} is {value!r}; a code of three letters is needed, such as EUR.")
    return code


_side = partial(_choice, among=SIDES)
_owner = partial(_choice, among=PRESENT)
READERS: dict[str, Read] = {
    "creator": _needed_text,
    "brand_name": _optional_text,
    "brand_contact": _optional_text,
    "creator_name": _optional_text,
    "brand_goal": _text,
    "partnership_goal": _text,
    "goal": partial(_choice, among=GOALS),
    "story": _optional_text,
    "reason": _optional_text,
    "audience_benefit": _optional_text,
    "platform": _platform,
    "vertical": _optional_text,
    "start": _day,
    "end": _day,
    "cost": _number,
    "currency": _currency,
    "order_margin": _worth,
    "per_thousand": _worth,
    "commission": _commission,
    "attribution_window_days": _whole,
    "despite": _optional_text,
    "present": partial(_choices, among=PRESENT),
}
_TASK: dict[str, Read] = {"owner": _owner, "text": _needed_text, "due": _day}
LISTS: dict[str, tuple[type[Any], dict[str, Read]]] = {
    "deliverables": (Deliverable, {"kind": _needed_text, "count": partial(_whole, least=1, most=MOST_COUNT)}),
    "metrics": (
        MetricLine,
        {
            "name": _needed_text,
            "side": _side,
            "target": _number,
            "kind": partial(_choice, among=KINDS),
            "matters_to": partial(_choices, among=SIDES),
            "definition": _optional_text,
            "brand_words": _optional_text,
            "creator_words": _optional_text,
        },
    ),
    "alignment": (
        Need,
        {"brand_need": _needed_text, "creator_need": _needed_text, "brand_rating": _rating, "creator_rating": _rating},
    ),
    "red_lines": (RedLine, {"side": _side, "text": _needed_text, "answer": _text}),
    "commitments": (Task, _TASK),
    "decisions": (Task, _TASK),
    "answers": (Answer, {"side": _side, "question": _needed_text, "text": _text}),
    "insights": (Insight, {"text": _needed_text, "evidence": _text}),
    "trade_offs": (Note, {"text": _needed_text}),
    "notes": (
        Note,
        {"text": _needed_text, "step": partial(_choice, among=STEPS), "question": _call_question},
    ),
    "left_out": (LeftOut, {"part": partial(_choice, among=CHARTER_PARTS), "reason": _needed_text}),
    "wordings": (Wording, {"side": _side, "said": _needed_text, "means": _needed_text}),
}
ADJUSTMENT: dict[str, Read] = {
    "threshold": _text,
    "contact": _text,
    "within_days": partial(_whole, least=0, most=MOST_DAYS),
}
# How a file names the limit of a rule: its side, and whether it is a share of the target.
LIMITS: dict[str, tuple[Limit, bool]] = {
    "at_least": (Limit.AT_LEAST, False),
    "at_most": (Limit.AT_MOST, False),
    "at_least_of_target": (Limit.AT_LEAST, True),
    "at_most_of_target": (Limit.AT_MOST, True),
}
_LIMIT_KEYS = {side: name for name, side in LIMITS.items()}
RULE_NAMES: dict[type, tuple[str, ...]] = {
    Adjustment: ("metric", *LIMITS, "after_days"),
    RedLine: ("metric", "deliverable", *LIMITS, "after_days"),
}
WORTHS = {
    "order_margin": "what one purchase leaves the brand after costs",
    "per_thousand": "what reaching 1,000 people in the markets is worth to the brand",
}
EXAMPLES = {"creator": 'creator = "c001"', "markets": "markets = { DE = 60, AT = 40 }"}
