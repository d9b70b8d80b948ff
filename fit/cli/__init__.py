"""The command line, `python -m fit`: one file a group of commands.

parser.py holds the words that can be typed, output.py how answers are printed; each command returns its exit code.
"""
