"""Run one command of the command line: find its function, and turn its errors into sentences and exit codes."""

import sys
from argparse import Namespace
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from fit.cli.output import ExitCode, Refused, WrongUsage, event, say
from fit.cli.parser import parse

if TYPE_CHECKING:
    from data.importers.report import Code

# The module of fit/cli/ that holds each command. It is imported when the command is called: it brings packages that
# the others should not wait for.
COMMANDS = {
    "load": "load_command",
    "templates": "templates_command",
    "shortlist": "shortlist_commands",
    "creator": "shortlist_commands",
    "strengths": "shortlist_commands",
    "roles": "shortlist_commands",
    "forecast": "forecast_commands",
    "payoffs": "forecast_commands",
    "plan": "plan_command",
    "price": "price_command",
    "deck": "deck_command",
    "brief": "agreement_commands",
    "charter": "agreement_commands",
    "sign": "agreement_commands",
    "charters": "agreement_commands",
    "pace": "review_commands",
    "review": "review_commands",
    "track-record": "review_commands",
    "backtest": "backtest_command",
    "metrics": "metrics_command",
    "demo": "store_commands",
    "export": "store_commands",
    "rebuild": "store_commands",
    "undo": "store_commands",
    "check": "store_commands",
    "backup": "keeping_commands",
    "restore": "keeping_commands",
    "erase": "keeping_commands",
    "activity": "keeping_commands",
    "members": "keeping_commands",
}


def main(words: Sequence[str] | None = None) -> int:
    """Run one command; return its exit code (0 done whole, 1 in part or refused, 2 wrong usage, 3 busy)."""
    arguments = parse(words)
    from data import store  # brings DuckDB, which --help does not need
    from data.importers.report import Code
    from queries.ask import TooSlow

    try:
        _finish_restore(store.store_folder(arguments.store))
        module = import_module(f"fit.cli.{COMMANDS[arguments.command]}")
        exit_code: ExitCode = getattr(module, arguments.command.replace("-", "_"))(arguments)
        return exit_code
    except WrongUsage as error:
        if not getattr(arguments, "json_lines", False):
            arguments.parser.error(str(error))  # prints the usage too, and exits with 2
        return _failed(arguments, error, ExitCode.WRONG_USAGE)
    except store.StoreBusy as error:
        return _failed(arguments, error, ExitCode.BUSY, Code.STORE_BUSY)
    except store.StoreOutOfMemory as error:
        return _failed(arguments, error, ExitCode.REFUSED, Code.OUT_OF_MEMORY)
    except (Refused, TooSlow, store.StoreError) as error:
        return _failed(arguments, error, ExitCode.REFUSED)
    except BrokenPipeError:  # the reader of our output, such as `head`, has seen enough
        sys.stderr.close()
        return ExitCode.DONE
    except OSError as error:
        say(f"{error.filename or 'The output'}: {error.strerror}. Choose a place that exists and can be written.")
        return ExitCode.REFUSED


def _finish_restore(folder: Path) -> None:
    """Finish a restore that was cut off after its files had been checked; nothing else may come before."""
    from data import store

    if (folder / store.RESTORING).exists():
        from data.keeping.restore import finish

        finish(folder)


def _failed(arguments: Namespace, error: Exception, exit_code: ExitCode, code: "Code | None" = None) -> ExitCode:
    """Say on stderr, or as an event, why a command failed; return its exit code."""
    if getattr(arguments, "json_lines", False):
        code, values = getattr(error, "code", code), getattr(error, "values", {})
        event("failed", code=code, values=values, message=str(error))
    else:
        say(str(error))
    return exit_code
