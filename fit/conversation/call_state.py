"""Hold what a partnership's screens share and its agreement does not say: the call's timer, lines that somebody typed
and has not added yet, and fields that two people gave different texts.

It is saved beside the agreement as one JSON text, so that a reload loses nothing and both windows see the same.
"""

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from fit.agreement import MINUTES, Agreement, AgreementError, Clash, read_agreement, write_part

NOBODY = Agreement("nobody", (("DE", 1.0),))  # carries one part of an agreement into text and back


@dataclass(frozen=True)
class Timer:
    """The half hour of the call. started: when it last began to run, None while it stands; spent: seconds before."""

    started: datetime | None = None
    spent: float = 0.0

    def seconds_left(self, now: datetime) -> int:
        """Seconds until the half hour is over; negative when it is."""
        running = (now - self.started).total_seconds() if self.started else 0.0
        return round(60 * MINUTES - self.spent - running)

    def turned(self, now: datetime) -> "Timer":
        """The timer started, or stopped where it runs."""
        if self.started is None:
            return replace(self, started=now)
        return Timer(None, self.spent + (now - self.started).total_seconds())


@dataclass(frozen=True)
class Typed:
    """What was typed in one window and waits to be added. window: which; fields: texts by the key of their field."""

    window: str
    fields: Mapping[str, str]


@dataclass(frozen=True)
class CallState:
    """typed: by a name that each window gives itself."""

    timer: Timer = Timer()
    typed: Mapping[str, Typed] = field(default_factory=dict)
    clashes: tuple[Clash, ...] = ()

    def with_timer(self, timer: Timer) -> "CallState":
        """The state with another time on the clock."""
        return replace(self, timer=timer)

    def with_typed(self, owner: str, window: str, key: str, text: str | None) -> "CallState":
        """The state with one field's text as a window has it now; None or empty: nothing waits there any more."""
        fields = dict(self.typed[owner].fields) if owner in self.typed else {}
        fields.pop(key, None)
        fields |= {key: text} if text else {}
        others = {name: typed for name, typed in self.typed.items() if name != owner}
        return replace(self, typed=others | ({owner: Typed(window, fields)} if fields else {}))

    def with_clashes(self, new: tuple[Clash, ...], instead_of: tuple[Clash, ...] = ()) -> "CallState":
        """The state with these clashes too; none twice."""
        kept = tuple(clash for clash in self.clashes if clash not in (*new, *instead_of))
        return replace(self, clashes=(*kept, *new))

    def without_clash(self, settled: Clash) -> "CallState":
        """The state once a clash is settled."""
        return replace(self, clashes=tuple(clash for clash in self.clashes if clash != settled))


def write_call_state(state: CallState) -> str:
    """As JSON that read_call_state reads back as the same value."""
    timer = state.timer
    content = {
        "timer": {"started": timer.started.isoformat() if timer.started else None, "spent": timer.spent},
        "typed": {name: {"window": one.window, "fields": dict(one.fields)} for name, one in state.typed.items()},
        "clashes": [
            {"part": one.part, "cell": one.cell, "mine": _written(one, one.mine), "theirs": _written(one, one.theirs)}
            for one in state.clashes
        ],
    }
    return json.dumps(content, ensure_ascii=False)


def read_call_state(text: str) -> CallState:
    """Read what write_call_state wrote; a clash of a part that this version does not know is left out."""
    content = json.loads(text)
    started = content["timer"]["started"]
    timer = Timer(datetime.fromisoformat(started) if started else None, content["timer"]["spent"])
    typed = {name: Typed(one["window"], one["fields"]) for name, one in content["typed"].items()}
    clashes = []
    for one in content["clashes"]:
        try:
            mine, theirs = (_read(one["part"], one[whose]) for whose in ("mine", "theirs"))
        except (AgreementError, AttributeError, KeyError):
            continue
        clashes.append(Clash(one["part"], one["cell"], mine, theirs))
    return CallState(timer, typed, tuple(clashes))


def _is_list(part: str) -> bool:
    return part not in ("markets", "present") and isinstance(getattr(NOBODY, part), tuple)


def _written(clash: Clash, value: Any) -> str | None:
    if value is None:
        return None
    part: dict[str, Any] = {clash.part: (value,) if _is_list(clash.part) else value}
    return write_part(replace(NOBODY, **part), clash.part)


def _read(part: str, text: str | None) -> Any:
    if text is None:
        return None
    content = tomllib.loads(text)
    if not content:
        return getattr(NOBODY, part)  # a text that was emptied
    creator = "" if part == "creator" else 'creator = "nobody"\n'
    markets = "" if part == "markets" else "markets = { DE = 1 }\n"
    codes = frozenset({"DE", *content.get("markets", {})})
    value = getattr(read_agreement(creator + markets + text, codes)[0], part)
    return value[0] if _is_list(part) else value
