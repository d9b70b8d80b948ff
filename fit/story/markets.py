"""Say of each audience how much of it lives in which market of the brief, and which of them it misses."""

from __future__ import annotations

from collections.abc import Sequence

from fit.brief import Brief
from fit.locale import _, ngettext
from fit.shortlist import Candidate, gap_sentence, geography_verdict, share_words, shares_sentence
from fit.story.story import CreatorStory
from fit.text import words

MOST_COLUMNS = 3  # markets with a column of their own; more stand in one cell


def share_cells(candidate: Candidate, brief: Brief) -> dict[str, str]:
    """The share of each market of the brief by its code, with "(gap)" where the audience misses it."""
    if not candidate.shares:
        return dict.fromkeys(brief.weights, _("not measured"))
    several = len(brief.weights) > 1
    return {
        code: _("{share} (gap)").format(share=share_words(candidate.shares.get(code)))
        if several and code in candidate.gaps
        else share_words(candidate.shares.get(code))
        for code in brief.weights
    }


def shares_cell(candidate: Candidate, brief: Brief) -> str:
    """ "Germany 72 %, France 0.4 % (gap)", the most important market first."""
    if not candidate.shares:
        return _("not measured")
    by_weight = sorted(share_cells(candidate, brief).items(), key=lambda item: -brief.weights[item[0]])
    return ", ".join(f"{words.country(code)} {cell}" for code, cell in by_weight)


def gap_said(candidate: Candidate, brief: Brief) -> str:
    """What the audience misses of several markets, without a stop at the end; else empty."""
    return gap_sentence(candidate.shares, candidate.gaps, brief).removesuffix(".")


def gap_words(gaps: Sequence[str]) -> str:
    """ "Hardly any audience in France": the markets that an audience misses, without their shares."""
    return _("Hardly any audience in {markets}").format(markets=words.listing([words.country(code) for code in gaps]))


def gap_texts(brief: Brief, creators: Sequence[CreatorStory]) -> tuple[str, ...]:
    """Every text that names a gap, in the words of the sections: documents show them in red."""
    found: dict[str, None] = {}
    for creator in creators:
        candidate = creator.candidate
        if len(brief.weights) < 2 or not candidate.gaps:
            continue
        cells = share_cells(candidate, brief)
        found[gap_said(candidate, brief)] = None
        found[gap_words(tuple(candidate.gaps))] = None
        for code in candidate.gaps:
            found |= {f"{words.country(code)} {cells[code]}": None, cells[code]: None}
    return tuple(text for text in found if text)


def where_sentence(creator: CreatorStory, brief: Brief) -> str:
    """Where an audience lives: each market of several by name, and the gap first where there is one."""
    candidate = creator.candidate
    _verdict, because = geography_verdict(candidate, brief)
    if len(brief.weights) < 2 or not candidate.shares:
        return f"{creator.name}: {because}"
    said = gap_said(candidate, brief) or shares_sentence(candidate.shares, brief)
    return f"{creator.name}: {said}. {because}"


def where_point(creator: CreatorStory, brief: Brief) -> str:
    """Where an audience lives in one short sentence; the gap where there is one."""
    candidate = creator.candidate
    if not candidate.shares or candidate.in_market_share is None or candidate.unknown_share is None:
        return _("{name}: where the audience lives is not known.").format(name=creator.name)
    said = gap_said(candidate, brief) or shares_sentence(candidate.shares, brief)
    elsewhere = words.percent(max(0.0, 1 - candidate.in_market_share - candidate.unknown_share))
    sentence = _("{name}: {said}; {elsewhere} elsewhere, {unknown} unknown.")
    return sentence.format(
        name=creator.name, said=said, elsewhere=elsewhere, unknown=words.percent(candidate.unknown_share)
    )


def where_title(brief: Brief, creators: Sequence[CreatorStory]) -> str:
    """Whether audiences live where the brief sells; of several markets, the one that most of them miss."""
    measured = [creator for creator in creators if creator.candidate.shares]
    first = next(iter(measured), creators[0])
    if not measured or first.candidate.in_market_share is None:
        return _("No audience data for {name} yet").format(name=first.name)
    missed = {code: sum(code in creator.candidate.gaps for creator in measured) for code in brief.weights}
    code = max(missed, key=lambda code: (missed[code], brief.weights[code]))
    if len(brief.weights) > 1 and missed[code]:
        where = words.country(code)
        if len(creators) == 1:
            return _("{name} has hardly any audience in {market}").format(name=first.name, market=where)
        sentence = ngettext(
            "{count} of {all} creators has hardly any audience in {market}",
            "{count} of {all} creators have hardly any audience in {market}",
            missed[code],
        )
        return sentence.format(count=missed[code], all=len(creators), market=where)
    where = brief.words if len(brief.weights) == 1 else _("your markets")
    return _("{share} of {name}'s audience lives in {market}").format(
        share=words.percent(first.candidate.in_market_share), name=first.name, market=where
    )
