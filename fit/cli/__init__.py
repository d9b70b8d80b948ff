"""The command line, `python -m fit`: one file a group of commands.

parser.py holds the words that can be typed, run.py finds the command, output.py says how answers are printed.
"""

from fit.cli.limits import limit
from fit.cli.parser import parse
from fit.cli.run import COMMANDS, main
