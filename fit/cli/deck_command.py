"""Write a document about one to twelve creators from the command line: slides, PDF, page, workbook or CSV."""

from argparse import Namespace
from datetime import date
from pathlib import Path

from data.decisions import Did
from data.store import saved_accuracy, store_folder
from fit.backtest import accuracy_line
from fit.brief import BriefError, parse_deliverable
from fit.cli.brief_arguments import brief_of
from fit.cli.output import ExitCode, Refused, WrongUsage, unknown_creator, write_document
from fit.cli.store_access import asking, note_activity, opened, reviews_of_creators
from fit.documents import STORY_ENDINGS, Brand, BrandError, brand_in, read_brand, write_story
from fit.forecast import CURRENCY_LETTERS, MOST_COST, MOST_COUNT, RequestedLine, parse_target
from fit.story import MOST_CREATORS, StoryError, build_story
from fit.text import counted, listing


def deck(arguments: Namespace) -> ExitCode:
    """Write a document about one to twelve creators, for people who decide."""
    brief = brief_of(arguments)
    try:
        creators, ending, line = _creators(arguments), _ending(arguments), _line(arguments)
    except BriefError as error:
        raise WrongUsage(error) from error
    generation = opened(arguments)
    ask, checked = asking(generation), saved_accuracy(store_folder(arguments.store), generation.number)
    names = ask("creator_names").rows()
    for creator_id in creators:
        if creator_id not in {known for known, _ in names}:
            raise unknown_creator(creator_id, names)
    try:
        accuracy = accuracy_line(*checked) if checked else ""
        reviews = reviews_of_creators(arguments)
        story = build_story(ask, brief, creators, line, date.today(), reviews, accuracy)
    except StoryError as error:
        raise Refused(str(error)) from error
    content = write_story(story, ending, _brand(arguments), notes=arguments.notes)
    sections = counted(len(story.sections), "section", "sections")
    message = f"Wrote {counted(len(story.creators), 'creator', 'creators')} in {sections} to {Path(arguments.out)}."
    note_activity(arguments, Did.EXPORT, *creators)
    write_document(arguments.out, content, message)
    if story.is_demo:
        print("Sample data: everything in it is invented.")
    return ExitCode.DONE


def _brand(arguments: Namespace) -> Brand:
    """The brand of --brand, else of the store. Raises Refused with what is wrong with it."""
    try:
        return read_brand(Path(arguments.brand)) if arguments.brand else brand_in(store_folder(arguments.store))
    except BrandError as error:
        raise Refused(str(error)) from error


def _creators(arguments: Namespace) -> tuple[str, ...]:
    """The ids of --creators, each once, in their order. Raises BriefError for none, or more than a story tells of."""
    chosen = tuple(dict.fromkeys(part.strip() for part in ",".join(arguments.creators).split(",") if part.strip()))
    if not 1 <= len(chosen) <= MOST_CREATORS:
        raise BriefError(f"--creators names {len(chosen)} creators; name 1 to {MOST_CREATORS}, for example ID,ID.")
    return chosen


def _ending(arguments: Namespace) -> str:
    """The ending of --out, in small letters. Raises BriefError for one that nobody writes."""
    path = Path(arguments.out)
    if path.suffix.lower() not in STORY_ENDINGS:
        needed = listing(STORY_ENDINGS, "or")
        raise BriefError(f"--out {path.name!r} does not end in {needed}. Choose one of them.")
    return path.suffix.lower()


def _line(arguments: Namespace) -> RequestedLine:
    """The line to forecast of each creator. Raises BriefError for what cannot be meant."""
    text, cost = arguments.deliverable, arguments.cost
    kind, count = parse_deliverable(text) if text else (None, None)
    if count is not None and count > MOST_COUNT:
        raise BriefError(f"--deliverable {text!r} is more than one line holds; write up to {MOST_COUNT}.")
    if cost is not None and not 0 <= cost < MOST_COST:
        raise BriefError(f"The cost {cost} is no amount from 0 to below {MOST_COST:g}.")
    currency = arguments.currency.strip().upper() if arguments.currency else None
    if currency is not None and not (len(currency) == CURRENCY_LETTERS and currency.isascii() and currency.isalpha()):
        raise BriefError(f"Currency {arguments.currency!r} is no code of three letters. Write it like EUR.")
    return RequestedLine(kind, count, cost, currency, tuple(dict(map(parse_target, arguments.target)).items()))
