"""Parse the words after `python -m fit`: every command with its options and its help."""

import argparse
from collections.abc import Callable, Sequence
from typing import TypeAlias

from fit.brief import MOST_LISTED, parse_count
from fit.text import shortened

Parser: TypeAlias = argparse.ArgumentParser
Commands: TypeAlias = "argparse._SubParsersAction[Parser]"
NO_FILTERS = {"platform": (), "vertical": (), "followers": None, "min_share": None, "min_share_each": None}
TABLE = "a file ending in .csv or .parquet"
MOST_SEED = 2**53 - 1  # it is stored among numbers of double precision, which are exact up to here
DOCUMENT = "a file ending in .pdf, .md or .json"
# The kinds of the activity log, those of data.decisions.Did, which are not imported here: help must not wait for them.
DEEDS = (
    "load", "undo load", "correct forecasts", "sign", "export", "share", "end share", "open share", "verdict", "erase",
    "backup", "restore", "change role", "sign in",
)  # fmt: skip


def _command(commands: Commands, name: str, words: str, example: str) -> Parser:
    parser = commands.add_parser(
        name,
        help=words,
        description=words,
        epilog=f"example: python -m fit {example}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    store = "folder of the store (default: $CREATOR_FIT_STORE or data/local)"
    parser.add_argument("--store", metavar="DIR", help=store)
    parser.set_defaults(parser=parser)
    return parser


def _json(parser: argparse._ActionsContainer) -> None:
    parser.add_argument("--json", action="store_true", help="print one JSON document and nothing else")


def _out(parser: Parser, endings: str) -> None:
    parser.add_argument("--out", required=True, help=endings)


def _whole(least: int, most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        number = parse_count(text, most)
        if number is None or number < least:
            raise argparse.ArgumentTypeError(f"{shortened(text)!r} is not a whole number from {least} to {most:,}")
        return number

    return read


def _repeated(parser: Parser, name: str, metavar: str, words: str, *, required: bool = False) -> None:
    """An option that may be given several times; a list, empty where it is not given."""
    parser.add_argument(name, action="append", default=[], required=required, metavar=metavar, help=words)


def _market(parser: Parser, *, required: bool) -> None:
    words = "target country with its weight, for example DE=60; may be given up to 12 times"
    _repeated(parser, "--market", "CODE=WEIGHT", words, required=required)


def _target(parser: Parser) -> None:
    _repeated(parser, "--target", "METRIC=VALUE", "a line to be hit; repeatable")


def _goal(parser: Parser) -> None:
    parser.add_argument("--goal", choices=("awareness", "conversion"), default="conversion")
    parser.set_defaults(**NO_FILTERS)


def _brief(parser: Parser) -> None:
    _market(parser, required=True)
    _goal(parser)
    parser.add_argument(
        "--repeat", type=_whole(0, 100_000), default=0, metavar="N", help="with --json: time N warm repeats"
    )


def _filters(parser: Parser) -> None:
    _repeated(parser, "--platform", "P", "only this platform; repeatable")
    _repeated(parser, "--vertical", "V", "only this vertical; repeatable")
    parser.add_argument("--followers", metavar="MIN:MAX", help="bounds inclusive, either side open: 10000:")
    parser.add_argument("--min-share", type=float, metavar="S", help="minimum share in the markets together, 0 to 1")
    parser.add_argument("--min-share-each", type=float, metavar="S", help="minimum share in every market, 0 to 1")


def _load(commands: Commands) -> None:
    words = "Bring files in: exports or plain CSV and Parquet."
    parser = _command(commands, "load", words, "load exports/ --market DE --json")
    parser.add_argument("paths", nargs="*", metavar="PATH", help="a file, a folder or a zip; the order does not matter")
    parser.add_argument("--creator", metavar="ID", help="whose export it is, where the file does not say")
    parser.add_argument("--market", metavar="M", help="market of campaigns whose report names none, for example DE+AT")
    parser.add_argument("--kind", metavar="KIND", help="force one reader, for example plain_audience")
    _repeated(parser, "--map", "FROM=TO", "name a column; repeatable")
    parser.add_argument("--campaign", metavar="NAME", help="the campaign of all rows that name none")
    parser.add_argument(
        "--date", metavar="DAY", help="the day or period of all rows that name none: 2025-04-01..2025-04-30"
    )
    parser.add_argument(
        "--currency", metavar="CODE", help="the currency of all amounts that name none, for example EUR"
    )
    parser.add_argument("--platform", metavar="NAME", help="the platform of all rows that name none")
    _repeated(parser, "--code", "CODE=CREATOR", "whose discount code it is, for example OTTER10=plum-otter; repeatable")
    words = (
        "what one unit of a currency is worth today in the currency of most prices, for example USD=0.92; repeatable"
    )
    _repeated(parser, "--rate", "CODE=RATE", words)
    words = (
        'what holds for single paths alone, as JSON: {"PATH": {"creator": "ID", "market": "M", "kind": "KIND", '
        '"campaign": "NAME", "date": "DAY", "currency": "CODE", "platform": "NAME", "map": [["FROM", "TO"]], '
        '"code": [["CODE", "ID"]]}}'
    )
    parser.add_argument("--each", metavar="FILE", help=words)
    parser.add_argument("--preview", action="store_true", help="say what would change, and change nothing")
    printed = parser.add_mutually_exclusive_group()
    _json(printed)
    words = "for programs: print one JSON object a line, progress while it runs, and report or failed at the end"
    printed.add_argument("--json-lines", action="store_true", help=words)
    words = "Write templates to fill in: creators, audience, campaigns and one tracker, as CSV and Excel."
    parser = _command(commands, "templates", words, "templates --to templates/")
    parser.add_argument("--to", required=True, metavar="DIR", help="where the files go; made if it is not there")


def _judgement(commands: Commands) -> None:
    words = "Who fits this brief, in what order?"
    parser = _command(commands, "shortlist", words, "shortlist --market DE=60 --market AT=40 --top 10")
    _brief(parser)
    _filters(parser)
    parser.add_argument(
        "--top", type=_whole(1, MOST_LISTED), default=100, metavar="N", help="how many to list (default: 100)"
    )
    parser.add_argument("--by-group", action="store_true", help="book, pilot, other role, pass; in each by the money")
    words = "list from a rebuild's Parquet, part by part: duckdb (here), spark://HOST:7077, sc://HOST:15002 or local"
    parser.add_argument("--engine", metavar="E", help=words)
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--csv", action="store_true", help="print CSV, nested values flattened with _")
    _json(form)
    parser = _command(commands, "creator", "One creator against a brief.", "creator demo-001 --market DE=60 --json")
    parser.add_argument("id", metavar="ID", help="the creator's id")
    _brief(parser)
    _json(parser)
    words = "Every creator's strength at every stage, as CSV or Parquet."
    _out(_command(commands, "strengths", words, "strengths --out strengths.csv"), TABLE)
    words = "Every creator's role, natural or in a market, as CSV or Parquet."
    parser = _command(commands, "roles", words, "roles --market DE=1 --out roles.parquet")
    _out(parser, TABLE)
    _market(parser, required=False)
    parser.set_defaults(goal="conversion", **NO_FILTERS)


def _forecasts(commands: Commands) -> None:
    words = "What may we expect: one brief line, or a file of them."
    example = "forecast --creator demo-001 --market DE --deliverable post=2 --cost 500 --target clicks=300"
    parser = _command(commands, "forecast", words, example)
    parser.add_argument("--briefs", metavar="FILE", help="briefs as CSV, Excel or Parquet; needs --out")
    parser.add_argument("--out", help=f"with --briefs: {TABLE}")
    parser.add_argument("--creator", metavar="ID", help="whose post it would be")
    _market(parser, required=False)
    parser.add_argument("--platform", metavar="P", help="default: the creator's")
    parser.add_argument("--deliverable", metavar="KIND=COUNT", help="for example post=2")
    parser.add_argument("--cost", type=float, metavar="AMOUNT", help="what it would cost, all deliverables together")
    parser.add_argument("--currency", metavar="CODE", help="of the cost (default: the store's most frequent)")
    parser.add_argument("--date", metavar="DAY", help="when, for example 2026-03-01 (default: the coming quarter)")
    _target(parser)
    _json(parser)
    words = "What each brief's money buys against market price, and the role that pays best."
    parser = _command(commands, "payoffs", words, "payoffs --briefs briefs.csv --out payoffs.csv")
    parser.add_argument("--briefs", required=True, metavar="FILE", help="briefs as CSV, Excel or Parquet")
    _out(parser, TABLE)


def _money(commands: Commands) -> None:
    words = "Which creators to book for a budget: the set that brings the most, exactly."
    parser = _command(commands, "plan", words, "plan --market DE=60 --market AT=40 --budget 5000 --creators 2:6")
    parser.add_argument("--budget", type=float, required=True, metavar="AMOUNT", help="never spent beyond, to the cent")
    parser.add_argument("--currency", metavar="CODE", help="of the budget (default: the store's most frequent)")
    _market(parser, required=False)
    _goal(parser)
    _filters(parser)
    words = "in place of --market: one candidate line a row (CSV, Excel, Parquet), with its own cost, kind and market"
    parser.add_argument("--briefs", metavar="FILE", help=words)
    words = "in place of one standard deliverable; given again, the plan chooses one for each creator: post=2"
    _repeated(parser, "--deliverable", "KIND=COUNT", words)
    parser.add_argument("--creators", metavar="MIN:MAX", help="how many creators, either side open: 2:6")
    _repeated(parser, "--must", "ID", "book this creator; repeatable")
    _repeated(parser, "--without", "ID", "do not book this creator; repeatable")
    parser.add_argument(
        "--most-for-one", type=float, metavar="S", help="most of the budget for one creator, above 0 to 1"
    )
    parser.add_argument("--several", action="store_true", help="more than one line of a creator may be booked")
    _repeated(parser, "--at-least", "CODE=N", "expect so much from this market at least; repeatable")
    words = "quarters in which what a test tells is used (default: 4)"
    parser.add_argument("--quarters", type=_whole(1, 400), default=4, metavar="N", help=words)
    _target(parser)
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--out", help=f"every line with its range and the reason, in {TABLE}")
    _json(form)
    words = "What may a creator cost: the fee that breaks even, the safe fee, and a deal of base and commission."
    example = "price --creator demo-001 --market DE=1 --deliverable post=2 --order-margin 20 --commission 0.1"
    parser = _command(commands, "price", words, example)
    parser.add_argument("--creator", required=True, metavar="ID", help="whose price")
    _market(parser, required=True)
    words = "default: conversion, or awareness with --per-thousand"
    parser.add_argument("--goal", choices=("awareness", "conversion"), help=words)
    parser.add_argument("--deliverable", metavar="KIND=COUNT", help="default: one standard deliverable")
    worth = parser.add_mutually_exclusive_group()
    words = "what a purchase is worth to you (default: the revenue of an order)"
    worth.add_argument("--order-margin", type=float, metavar="AMOUNT", help=words)
    words = "what reaching 1,000 people in the market is worth (default: its market price)"
    worth.add_argument("--per-thousand", type=float, metavar="AMOUNT", help=words)
    words = "part of each order's value for the creator, above 0 and below 1: compares a deal with the flat fee"
    parser.add_argument("--commission", type=float, metavar="S", help=words)
    _json(parser)


def _deck(commands: Commands) -> None:
    words = "A document about one to twelve creators: slides, PDF, page, workbook or CSV."
    example = "deck --creators demo-001,demo-008 --market DE=60 --market AT=40 --out shortlist.pptx"
    parser = _command(commands, "deck", words, example)
    words = "one to twelve ids, in the order to be told; repeatable"
    parser.add_argument("--creators", required=True, action="append", metavar="ID,ID", help=words)
    _market(parser, required=True)
    _goal(parser)
    parser.add_argument("--deliverable", metavar="KIND=COUNT", help="for example post=2 (default: each one's usual)")
    parser.add_argument("--cost", type=float, metavar="AMOUNT", help="of each line (default: the asking price)")
    parser.add_argument("--currency", metavar="CODE", help="of the cost (default: each creator's)")
    _target(parser)
    _out(parser, "a file ending in .pptx, .pdf, .html, .xlsx or .csv")
    parser.add_argument("--notes", action="store_true", help="speaker notes in a .pptx, for your own copy")
    parser.add_argument("--brand", metavar="FILE", help="name, logo and colours (default: brand.toml in the store)")


def _agreements(commands: Commands) -> None:
    agreement = "the agreement, as TOML (docs/partnerships.md)"
    words = "The two-sided brief of an agreement file: what both sides promise, and how likely each line is."
    parser = _command(commands, "brief", words, "brief --file agreement.toml --for creator --out brief.pdf")
    parser.add_argument("--file", required=True, metavar="F", help=agreement)
    parser.add_argument("--for", dest="reader", choices=("brand", "creator"), default="brand", help="who will read it")
    _out(parser, DOCUMENT)
    words = "The page that both sides sign, composed from an agreement file."
    example = "charter --file agreement.toml --save kitchen-spring --out charter.pdf"
    parser = _command(commands, "charter", words, example)
    parser.add_argument("--file", required=True, metavar="F", help=agreement)
    _out(parser, DOCUMENT)
    parser.add_argument("--save", metavar="NAME", help="keep it under this name, with its forecast")
    parser.add_argument(
        "--despite", metavar="REASON", help="why you go on under an average overlap of 3.5 (else as the file says)"
    )
    words = "Sign the saved text of a charter for one side."
    parser = _command(commands, "sign", words, 'sign kitchen-spring --side brand --name "Sparrow Kitchens"')
    parser.add_argument("charter", metavar="NAME", help="the name that the charter is saved under")
    parser.add_argument("--side", required=True, choices=("brand", "creator"))
    how = parser.add_mutually_exclusive_group(required=True)
    how.add_argument("--name", help="who signs")
    how.add_argument("--from", dest="returned", metavar="FILE", help="a signature that the page to sign gave back")
    how.add_argument(
        "--page", metavar="OUT.html", help="write the page to sign, to be sent to a side without an account"
    )
    parser.add_argument("--both-sides", metavar="REASON", help="why one person signs for both sides; it is shown")
    parser.add_argument("--hash", metavar="SHA256", help="of the text that was read (or its first letters)")
    _json(parser)
    words = "Every saved charter, with its hash and how far it is signed."
    _json(_command(commands, "charters", words, "charters --json"))


def _reviews(commands: Commands) -> None:
    words = "While the campaign runs: counts so far, what was expected by now, and the chance of each target."
    parser = _command(commands, "pace", words, "pace --charter kitchen-spring --actuals so-far.csv --on 2026-01-20")
    parser.add_argument("--charter", required=True, metavar="NAME", help="a saved charter with its forecast")
    words = "table of totals so far: metric, value and, where wanted, date, deliverable and currency"
    parser.add_argument("--actuals", metavar="FILE", help=f"{words} (default: the counts that are kept)")
    parser.add_argument("--save", action="store_true", help="keep the counts of the file with the charter")
    parser.add_argument("--on", metavar="DAY", help="for example 2026-01-20 (default: the day of the newest count)")
    _json(parser)
    words = "After the campaign: who hit what, was it luck, at which stage, and what next."
    example = "review --charter kitchen-spring --actuals actuals.csv --out review.pdf --close"
    parser = _command(commands, "review", words, example)
    whose = parser.add_mutually_exclusive_group(required=True)
    whose.add_argument("--charter", metavar="NAME", help="a saved charter, with the forecast frozen in it")
    whose.add_argument("--file", metavar="F", help="an agreement; its forecast is drawn now")
    words = "table of metric and value (CSV, Excel, Parquet); a blank value was not measured"
    parser.add_argument("--actuals", required=True, metavar="FILE", help=words)
    _out(parser, DOCUMENT)
    parser.add_argument("--close", action="store_true", help="freeze the review and count it in the track record")
    words = "with --close: the results as a campaign, a file for `load`"
    parser.add_argument("--campaign", metavar="FILE.csv", help=words)
    words = "Did the forecasts of closed reviews hold?"
    _json(_command(commands, "track-record", words, "track-record --json"))
    words = "Would our forecasts have been right? Every past quarter, forecast with what was known before it."
    parser = _command(commands, "backtest", words, "backtest --since 2025-Q1 --json")
    parser.add_argument("--since", metavar="YYYY-Qn", help="first quarter to forecast (default: as early as possible)")
    words = "correct forecasts by what past results earned, as a new data version; undo takes it back"
    parser.add_argument("--apply", action="store_true", help=words)
    _json(parser)
    words = "Every metric that a target, a brief or a charter can name, with what it means to both sides."
    _json(_command(commands, "metrics", words, "metrics --json"))


def _store(commands: Commands) -> None:
    words = "Fill an empty store with sample data, marked so everywhere."
    parser = _command(commands, "demo", words, "demo --creators 60 --seed 1")
    parser.add_argument(
        "--creators", type=_whole(1, 10_000_000), default=60, metavar="N", help="how many (default: 60)"
    )
    parser.add_argument("--seed", type=_whole(0, MOST_SEED), default=1, metavar="S", help="another seed, another field")
    _json(parser)
    words = "Write everything as plain CSV; loading it again gives the same answers."
    parser = _command(commands, "export", words, "export backup/")
    parser.add_argument("folder", metavar="DIR", help="where the files go; made if it is not there")
    words = "Judge what is loaded again, such as after a new version of the product."
    parser = _command(commands, "rebuild", words, "rebuild")
    _json(parser)
    words = "judge Parquet files on Spark instead: spark://HOST:7077, sc://HOST:15002 or local (docs/spark.md)"
    parser.add_argument("--engine", metavar="E", help=words)
    words = "with --engine: Parquet files or folders with creators, audience and campaigns of the plain format"
    parser.add_argument("--from", dest="sources", nargs="+", metavar="PATH", help=words)
    parser.add_argument("--to", metavar="DIR", help="with --engine: the store that is built; all workers see it")
    words = "Go back to what was loaded before the last load."
    _json(_command(commands, "undo", words, "undo"))
    words = "Read all facts and decisions and say whether anything is damaged."
    _json(_command(commands, "check", words, "check"))
    _keeping(commands)


def _keeping(commands: Commands) -> None:
    words = "Write one file with the facts that count and all decisions, while people work."
    parser = _command(commands, "backup", words, "backup /backups/creator-fit.zip --force")
    parser.add_argument("file", nargs="?", metavar="FILE", help="the zip to write, outside the store")
    parser.add_argument("--force", action="store_true", help="replace a file of that name")
    parser.add_argument("--list", action="store_true", help="list the backups that were written, and when")
    _json(parser)
    words = "Put a backup in the place of your data; what it replaces is kept."
    parser = _command(commands, "restore", words, "restore /backups/creator-fit.zip")
    parser.add_argument("file", metavar="FILE", help="a file that backup wrote, or a folder that a restore left")
    _json(parser)
    words = "Take a creator out of facts, older data versions and decisions, for good."
    parser = _command(commands, "erase", words, "erase plum-otter --yes")
    parser.add_argument("creator", metavar="CREATOR", help="the creator's id")
    parser.add_argument(
        "--with-charters", action="store_true", help="signed charters too: number, dates and hash of each stay"
    )
    parser.add_argument("--yes", action="store_true", help="do not ask on a terminal")
    _json(parser)
    words = "Who loaded, signed, exported, shared, erased, backed up or restored what, and when; the newest first."
    parser = _command(commands, "activity", words, "activity --kind erase --json")
    parser.add_argument("--who", metavar="NAME", help="an e-mail address, or a user of this system")
    parser.add_argument("--kind", choices=DEEDS, metavar="KIND", help=f"one of: {', '.join(DEEDS)}")
    parser.add_argument("--top", type=_whole(1, 1_000_000), default=100, metavar="N", help="how many (default: 100)")
    _json(parser)
    words = "List who may use a server with sign-in and in which role, or change it."
    parser = _command(commands, "members", words, "members --add ben@agency.example marketer")
    change = parser.add_mutually_exclusive_group()
    change.add_argument(
        "--add", nargs=2, metavar=("EMAIL", "ROLE"),
        help="give an address the role viewer, marketer or admin; @brand.example stands for all viewers of a domain",
    )  # fmt: skip
    change.add_argument("--remove", metavar="EMAIL", help="take an address off the list")
    _json(parser)


def parse(words: Sequence[str] | None) -> argparse.Namespace:
    """Read a command line; `command` is its name, `parser` prints its usage. Exits with code 2 on wrong usage."""
    parser = argparse.ArgumentParser(prog="python -m fit", description="Creator Fit without a browser.")
    names = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for add_commands in (_load, _judgement, _forecasts, _money, _deck, _agreements, _reviews, _store):
        add_commands(names)
    return parser.parse_args(words)
