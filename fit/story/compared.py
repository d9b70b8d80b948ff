"""Compare a creator with similar ones in words: "60 % more purchases per click (12 to 130 % more)"."""

from collections.abc import Mapping
from typing import Any

from fit import locale
from fit.brief import Brief, Goal
from fit.locale import _
from fit.model import Confidence, RoleLabel, StageStrength
from fit.story.story import CreatorStory
from fit.text import words

# Which stage says most for a goal, first.
TOLD_FIRST = {
    Goal.CONVERSION.value: ("convert", "click", "engage"),
    Goal.AWARENESS.value: ("engage", "click", "convert"),
}

ABOUT_AS_STRONG = 1.2  # an unproven difference of less than this factor is none that a title names


def compared(strength: StageStrength, stage: str) -> str:
    """ "60 % more clicks than similar creators (12 to 130 % more)"."""
    what, is_counted = words.stage(stage), stage != "engage"
    if strength.index >= words.TIMES_FROM:
        text = _("{times} the {what} of similar creators ({low} to {times_high})")
        low, high = words.ratio(strength.low), words.index_times(strength.high)
        return text.format(times=words.index_times(strength.index), what=what, low=low, times_high=high)
    share, between = words.difference(strength.index, signed=False), words.differences(strength.low, strength.high)
    if round(strength.index) == 100:
        same = _("as much {what} as similar creators ({between})")
        if is_counted:
            same = _("as many {what} as similar creators ({between})")
        return same.format(what=what, between=between)
    if strength.low >= 100:
        low, high = (words.difference(end, signed=False) for end in (strength.low, strength.high))
        between = _("{between} more").format(between=words.between(locale.without_percent_sign(low), high))
    sentence = _("{share} more {what} than similar creators ({between})")
    if strength.index < 100:
        sentence = _("{share} less {what} than similar creators ({between})")
        if is_counted:
            sentence = _("{share} fewer {what} than similar creators ({between})")
    return sentence.format(share=share, what=what, between=between)


def compared_title(strength: StageStrength, stage: str) -> str:
    """ "60 % more clicks than usual", "3 times the usual clicks", "20 % fewer clicks than usual": for a title."""
    what = words.stage(stage)
    if strength.index >= words.TIMES_FROM:
        return _("{times} the usual {what}").format(times=words.index_times(strength.index), what=what)
    sentence = _("{share} more {what} than usual")
    if strength.index < 100:
        sentence = _("{share} less {what} than usual") if stage == "engage" else _("{share} fewer {what} than usual")
    return sentence.format(share=words.difference(strength.index, signed=False), what=what)


def compared_cell(row: Mapping[str, Any]) -> str:
    """ "+60 % (+12 to +130 %), 12 campaigns" for a chart or a table; what is likely where nobody measured it.

    row: index, low, high, measured and count_campaigns, as of StageStrength.
    """
    between, middle = words.differences(row["low"], row["high"]), words.difference(row["index"])
    if not row["measured"]:
        return _("not measured; likely {between}").format(between=between)
    if row["index"] >= words.TIMES_FROM:
        between = words.between(words.ratio(row["low"]), words.ratio(row["high"]))
        middle = words.index_times(row["index"])
    campaigns = words.counted(row["count_campaigns"], "campaign", "campaigns")
    return _("{middle} ({between}), {campaigns}").format(middle=middle, between=between, campaigns=campaigns)


def tick_words(index: float) -> str:
    """What stands at an axis of strengths: "half", "as usual", "2 times"."""
    named = {25.0: _("a quarter"), 50.0: _("half"), 100.0: _("as usual")}
    return named[index] if index in named else words.index_times(index)


def most_telling(stages: Mapping[str, StageStrength], goal: str) -> tuple[str, StageStrength] | None:
    """The measured stage that is surely above similar creators and says most for the goal; None without one."""
    strong = [key for key in TOLD_FIRST[goal] if stages[key].measured and stages[key].low > 100]
    return (strong[0], stages[strong[0]]) if strong else None


def first_measured(stages: Mapping[str, StageStrength], goal: str) -> tuple[str, StageStrength]:
    """The measured stage that says most for the goal, strong or not. Raises StopIteration without one."""
    return next((key, stages[key]) for key in TOLD_FIRST[goal] if stages[key].measured)


def role_said(creator: CreatorStory) -> str:
    """ "conversion, likely": the role and how sure it is."""
    role = creator.candidate.role
    if role.label == RoleLabel.PILOT:
        return _("not proven yet")
    if role.confidence == Confidence.NONE or role.label == RoleLabel.NOT_FOR_THIS_MARKET:
        return _(role.label)
    sure = {Confidence.CLEAR: _("clear"), Confidence.LEANING: _("likely")}[Confidence(role.confidence)]
    return _("{role}, {sure}").format(role=_(role.label), sure=sure)


def strength_point(creator: CreatorStory, brief: Brief) -> str:
    """The role, and the strength that says most for the goal, with its range and campaigns."""
    stages, name, role = creator.candidate.stages, creator.name, role_said(creator)
    if not any(strength.measured for strength in stages.values()):
        return _("{name}: {role}; no campaign yet.").format(name=name, role=role)
    stage, strength = most_telling(stages, brief.goal) or first_measured(stages, brief.goal)
    campaigns = words.counted(strength.count_campaigns, "campaign", "campaigns")
    return _("{name}: {role}; {said}, from {campaigns}.").format(
        name=name, role=role, said=compared(strength, stage), campaigns=campaigns
    )


def strengths_title(name: str, stages: Mapping[str, StageStrength], goal: str) -> str:
    """The strength that says most for the goal; "probably" where its likely range holds the usual as well."""
    if not any(strength.measured for strength in stages.values()):
        return _("No results for {name} yet").format(name=name)
    stage, strength = most_telling(stages, goal) or first_measured(stages, goal)
    is_sure = strength.low > 100 or strength.high < 100
    if not is_sure and 100 / ABOUT_AS_STRONG < strength.index < 100 * ABOUT_AS_STRONG:
        return _("{name} is about as strong as similar creators").format(name=name)
    sentence = _("{name}: {said}") if is_sure else _("{name}: probably {said}")
    return sentence.format(name=name, said=compared_title(strength, stage))
