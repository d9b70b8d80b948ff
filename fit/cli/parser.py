"""What can be typed after `python -m fit`?"""

import argparse
from collections.abc import Mapping, Sequence


def _command(commands, name: str, words: str, example: str) -> argparse.ArgumentParser:
    parser = commands.add_parser(
        name,
        help=words,
        description=words,
        epilog=f"example: python -m fit {example}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--store", metavar="DIR", help="folder of the store (default: $CREATOR_FIT_STORE or data/local)"
    )
    parser.set_defaults(parser=parser)
    return parser


def _json(parser: argparse._ActionsContainer) -> None:
    parser.add_argument("--json", action="store_true", help="print one JSON document and nothing else")


def _at_least(least: int):
    def read(text: str) -> int:
        if not text.strip().isdigit() or int(text) < least:
            raise argparse.ArgumentTypeError(f"{text!r} is not a whole number of {least} or more")
        return int(text)

    return read


def _market(parser: argparse.ArgumentParser, *, required: bool) -> None:
    parser.add_argument(
        "--market",
        action="append",
        default=[],
        required=required,
        metavar="CODE=WEIGHT",
        help="target country with its weight, for example DE=60; may be given up to 12 times",
    )


def _brief(parser: argparse.ArgumentParser) -> None:
    _market(parser, required=True)
    parser.add_argument("--goal", choices=("awareness", "conversion"), default="conversion")
    parser.add_argument("--repeat", type=_at_least(0), default=0, metavar="N", help="with --json: time N warm repeats")
    parser.set_defaults(platform=[], vertical=[], followers=None, min_share=None)


def _filters(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--platform", action="append", default=[], metavar="P", help="only this platform; repeatable")
    parser.add_argument("--vertical", action="append", default=[], metavar="V", help="only this vertical; repeatable")
    parser.add_argument("--followers", metavar="MIN:MAX", help="bounds inclusive, either side open: 10000:")
    parser.add_argument("--min-share", type=float, metavar="S", help="least in-market share, 0 to 1")
    parser.add_argument("--top", type=_at_least(1), default=100, metavar="N", help="how many to list (default: 100)")


def _load(commands) -> None:
    parser = _command(
        commands, "load", "Bring files in: exports or plain CSV and Parquet.", "load exports/ --market DE --json"
    )
    parser.add_argument("paths", nargs="+", metavar="PATH", help="a file, a folder or a zip; the order does not matter")
    parser.add_argument("--creator", metavar="ID", help="whose export it is, where the file does not say")
    parser.add_argument("--market", metavar="M", help="market of campaigns whose report names none, for example DE+AT")
    parser.add_argument("--kind", metavar="KIND", help="force one reader, for example plain_audience")
    parser.add_argument("--map", action="append", default=[], metavar="FROM=TO", help="name a column; repeatable")
    parser.add_argument(
        "--each",
        metavar="FILE",
        help='what holds for single paths alone, as JSON: {"PATH": {"creator": "ID", "market": "M", "kind": "KIND", '
        '"map": [["FROM", "TO"]]}}',
    )
    parser.add_argument("--preview", action="store_true", help="say what would change, and change nothing")
    printed = parser.add_mutually_exclusive_group()
    _json(printed)
    printed.add_argument(
        "--json-lines",
        action="store_true",
        help="for programs: print one JSON object a line, progress while it runs, and report or failed at the end",
    )


def _judgement(commands) -> None:
    parser = _command(
        commands, "shortlist", "Who fits this brief, in what order?", "shortlist --market DE=60 --market AT=40 --top 10"
    )
    _brief(parser)
    _filters(parser)
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--csv", action="store_true", help="print CSV, nested values flattened with _")
    _json(form)
    parser = _command(commands, "creator", "One creator against a brief.", "creator demo-001 --market DE=60 --json")
    parser.add_argument("id", metavar="ID", help="the creator's id")
    _brief(parser)
    _json(parser)
    words = "Every creator's strength at every stage, as CSV or Parquet."
    parser = _command(commands, "strengths", words, "strengths --out strengths.csv")
    parser.add_argument("--out", required=True, help="a file ending in .csv or .parquet")
    words = "Every creator's role, natural or in a market, as CSV or Parquet."
    parser = _command(commands, "roles", words, "roles --market DE=1 --out roles.parquet")
    parser.add_argument("--out", required=True, help="a file ending in .csv or .parquet")
    _market(parser, required=False)
    parser.set_defaults(goal="conversion", platform=[], vertical=[], followers=None, min_share=None)


def _forecasts(commands) -> None:
    parser = _command(
        commands,
        "forecast",
        "What may we expect: one brief line, or a file of them.",
        "forecast --creator demo-001 --market DE --deliverable post=2 --cost 500 --target clicks=300",
    )
    parser.add_argument("--briefs", metavar="FILE", help="briefs as CSV, Excel or Parquet; needs --out")
    parser.add_argument("--out", help="with --briefs: a file ending in .csv or .parquet")
    parser.add_argument("--creator", metavar="ID", help="whose post it would be")
    _market(parser, required=False)
    parser.add_argument("--platform", metavar="P", help="default: the creator's")
    parser.add_argument("--deliverable", metavar="KIND=COUNT", help="for example post=2")
    parser.add_argument("--cost", type=float, metavar="AMOUNT", help="what it would cost, all deliverables together")
    parser.add_argument("--currency", metavar="CODE", help="of the cost (default: the store's most frequent)")
    parser.add_argument("--date", metavar="DAY", help="when, for example 2026-03-01 (default: the coming quarter)")
    parser.add_argument(
        "--target", action="append", default=[], metavar="METRIC=VALUE", help="a line to be hit; repeatable"
    )
    _json(parser)
    words = "What each brief's money buys against market price, and the role that pays best."
    parser = _command(commands, "payoffs", words, "payoffs --briefs briefs.csv --out payoffs.csv")
    parser.add_argument("--briefs", required=True, metavar="FILE", help="briefs as CSV, Excel or Parquet")
    parser.add_argument("--out", required=True, help="a file ending in .csv or .parquet")


def _documents(commands) -> None:
    parser = _command(
        commands,
        "deck",
        "A document about one to five creators: slides, PDF, page, workbook or CSV.",
        "deck --creators demo-001,demo-008 --market DE=60 --market AT=40 --out shortlist.pptx",
    )
    parser.add_argument("--creators", required=True, metavar="ID,ID", help="one to five ids, in the order to be told")
    _market(parser, required=True)
    parser.add_argument("--goal", choices=("awareness", "conversion"), default="conversion")
    parser.add_argument("--deliverable", metavar="KIND=COUNT", help="for example post=2 (default: each one's usual)")
    parser.add_argument("--cost", type=float, metavar="AMOUNT", help="of each line (default: the asking price)")
    parser.add_argument("--currency", metavar="CODE", help="of the cost (default: each creator's)")
    parser.add_argument(
        "--target", action="append", default=[], metavar="METRIC=VALUE", help="a line to be hit; repeatable"
    )
    parser.add_argument("--out", required=True, help="a file ending in .pptx, .pdf, .html, .xlsx or .csv")
    parser.set_defaults(platform=[], vertical=[], followers=None, min_share=None)


def _agreements(commands) -> None:
    parser = _command(
        commands,
        "brief",
        "The two-sided brief of an agreement file: what both sides promise, and how likely each line is.",
        "brief --file agreement.toml --for creator --out brief.pdf",
    )
    parser.add_argument("--file", required=True, metavar="F", help="the agreement, as TOML (docs/partnerships.md)")
    parser.add_argument("--for", dest="reader", choices=("brand", "creator"), default="brand", help="who will read it")
    parser.add_argument("--out", required=True, help="a file ending in .pdf, .md or .json")
    parser = _command(
        commands,
        "charter",
        "The page that both sides sign, composed from an agreement file.",
        "charter --file agreement.toml --save kitchen-spring --out charter.pdf",
    )
    parser.add_argument("--file", required=True, metavar="F", help="the agreement, as TOML (docs/partnerships.md)")
    parser.add_argument("--out", required=True, help="a file ending in .pdf, .md or .json")
    parser.add_argument("--save", metavar="NAME", help="keep it under this name, with its forecast")
    parser.add_argument("--despite", metavar="REASON", help="why you go on under an average overlap of 3.5")
    words = "Sign the kept text of a charter for one side."
    parser = _command(commands, "sign", words, 'sign kitchen-spring --side brand --name "Sparrow Kitchens"')
    parser.add_argument("charter", metavar="NAME", help="the name that the charter is kept under")
    parser.add_argument("--side", required=True, choices=("brand", "creator"))
    parser.add_argument("--name", required=True, help="who signs")
    parser.add_argument("--hash", metavar="SHA256", help="of the text that was read (or its first letters)")
    _json(parser)
    words = "Every kept charter, with its hash and how far it is signed."
    _json(_command(commands, "charters", words, "charters --json"))


def _reviews(commands) -> None:
    parser = _command(
        commands,
        "review",
        "After the campaign: who hit what, was it luck, at which stage, and what next.",
        "review --charter kitchen-spring --actuals actuals.csv --out review.pdf --close",
    )
    whose = parser.add_mutually_exclusive_group(required=True)
    whose.add_argument("--charter", metavar="NAME", help="a kept charter, with the forecast frozen in it")
    whose.add_argument("--file", metavar="F", help="an agreement; its forecast is drawn now")
    parser.add_argument(
        "--actuals",
        required=True,
        metavar="FILE",
        help="table of metric and value (CSV, Excel, Parquet); a blank value was not measured",
    )
    parser.add_argument("--out", required=True, help="a file ending in .pdf, .md or .json")
    parser.add_argument("--close", action="store_true", help="freeze the review and count it in the track record")
    words = "Did the forecasts of closed reviews hold?"
    _json(_command(commands, "track-record", words, "track-record --json"))


def _library(commands) -> None:
    words = "Every metric that a target, a brief or a charter can name, with what it means to both sides."
    _json(_command(commands, "metrics", words, "metrics --json"))


def _keeping(commands) -> None:
    words = "Fill an empty store with an invented field, so marked everywhere."
    parser = _command(commands, "demo", words, "demo --creators 60 --seed 1")
    parser.add_argument("--creators", type=_at_least(1), default=60, metavar="N", help="how many (default: 60)")
    parser.add_argument("--seed", type=_at_least(0), default=1, metavar="S", help="another seed, another field")
    _json(parser)
    words = "Write everything as plain CSV; loading it again gives the same answers."
    parser = _command(commands, "export", words, "export backup/")
    parser.add_argument("folder", metavar="DIR", help="where the files go; made if it is not there")
    words = "Go back to what was loaded before the last load."
    _json(_command(commands, "undo", words, "undo"))
    parser = _command(commands, "check", "Read all facts and decisions and say whether anything is damaged.", "check")
    _json(parser)


def parse(words: Sequence[str] | None, commands: Mapping[str, object]) -> argparse.Namespace:
    """Read a command line into a namespace whose `run` is one of commands. Exits with code 2 on wrong usage."""
    parser = argparse.ArgumentParser(prog="python -m fit", description="Creator Fit without a browser.")
    names = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _load(names)
    _judgement(names)
    _forecasts(names)
    _documents(names)
    _agreements(names)
    _reviews(names)
    _library(names)
    _keeping(names)
    arguments = parser.parse_args(words)
    arguments.run = commands[arguments.command]
    return arguments
