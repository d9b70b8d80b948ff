"""Load files into the store: recognise an export, read and check every row, write the good ones, report the rest.

load.py is the entry. exports/ has a reader for each export, reading/ makes tables of bytes, values/ makes values of
cells.
"""
