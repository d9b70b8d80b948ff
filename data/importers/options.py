"""Check what the user says about the files: creator, market, reader, columns, codes, and what holds for all rows."""

from collections.abc import Sequence

from data.importers import rules
from data.importers.code_owners import exact
from data.importers.limits import MAX_ID_CHARACTERS
from data.importers.reading import header_row
from data.importers.recognise import KINDS, kinds
from data.importers.report import (
    Code,
    OptionError,
    Options,
    each_quoted,
    listed,
    quoted,
)
from data.importers.tracker import readings
from data.importers.values import countries


def check_options(options: Options) -> None:
    """Raise OptionError, with the way to write it, for a creator, market, kind or column that can't be meant."""
    if options.kind is not None and options.kind not in kinds():
        raise OptionError(f"--kind {quoted(options.kind)} is no reader; choose one of {', '.join(kinds())}")
    if options.market is not None and countries.market_answered(options.market) is None:
        raise OptionError(
            f"--market {quoted(options.market)} is no country; write a code such as DE, or several as DE+AT",
            Code.MARKET_UNKNOWN,
            {"market": quoted(options.market)},
        )
    creator = options.creator
    if creator is not None and (not creator.strip() or len(creator) > MAX_ID_CHARACTERS or not creator.isprintable()):
        raise OptionError(
            f"--creator needs an id of 1 to {MAX_ID_CHARACTERS} visible characters",
            Code.CREATOR_UNUSABLE,
            {"most": MAX_ID_CHARACTERS},
        )
    check_said_of_rows(options)
    check_codes(options.codes)
    known = {name for kind in KINDS for column in kind.columns for name in (column.name, *column.other_names)}
    known |= set(readings.MEANINGS)
    sources = [header_row.fold_name(source) for source, _ in options.mapping]
    twice = sorted({source for source, _ in options.mapping if sources.count(header_row.fold_name(source)) > 1})
    if twice:
        raise OptionError(
            f"--map names {listed(twice)} twice; say once which column it is",
            Code.COLUMN_NAMED_TWICE,
            {"columns": each_quoted(twice)},
        )
    unknown = [target for _, target in options.mapping if header_row.fold_name(target) not in known]
    if unknown:
        raise OptionError(f"--map to {listed(unknown)}: no such column; choose one of {', '.join(sorted(known))}")


def check_said_of_rows(options: Options) -> None:
    """Raise OptionError for a period or currency that can't be meant."""
    try:
        days = options.days
    except ValueError as error:
        raise OptionError(
            f"--date {quoted(str(options.period))} is no day or period ({error}); write 2025-04-01..2025-04-30",
            Code.OPTION_UNUSABLE,
            {"option": "date", "value": quoted(str(options.period))},
        ) from error
    if days and days[0] < rules.EARLIEST_DATE:
        raise OptionError(f"--date begins before {rules.EARLIEST_DATE.isoformat()}; check the year")
    if options.currency is not None and countries.currency(options.currency) != options.currency:
        raise OptionError(
            f"--currency {quoted(options.currency)} is no currency; write its ISO 4217 code, for example EUR",
            Code.OPTION_UNUSABLE,
            {"option": "currency", "value": quoted(options.currency)},
        )


def check_codes(codes: Sequence[tuple[str, str]]) -> None:
    """Raise OptionError for a code without a creator, or with two."""
    owners: dict[str, str] = {}
    for code, creator in codes:
        if not code.strip() or not creator.strip() or len(creator) > MAX_ID_CHARACTERS or not creator.isprintable():
            raise OptionError("--code takes CODE=CREATOR, for example --code OTTER10=plum-otter")
        if owners.setdefault(exact(code), creator.strip()) != creator.strip():
            raise OptionError(f"--code gives {quoted(code)} to two creators; give it to one")
