"""Write the templates to fill in from the command line."""

from argparse import Namespace
from pathlib import Path

from data.importers.templates import write
from data.importers.templates.columns import TEMPLATES
from data.importers.values import countries
from fit.cli.output import ExitCode
from fit.text import country


def templates(arguments: Namespace) -> ExitCode:
    """Write every template as CSV and as Excel workbook into a folder."""
    folder, names = Path(arguments.to), {code: country(code) for code in countries.known()["codes"].values()}
    folder.mkdir(parents=True, exist_ok=True)
    for name in TEMPLATES:
        for ending, content in ((".csv", write.as_csv(name)), (".xlsx", write.as_workbook(name, names))):
            file = folder / f"{name}{ending}"
            file.write_bytes(content)
            print(f"Wrote {file}")
    print(write.DELETE_EXAMPLE)
    return ExitCode.DONE
