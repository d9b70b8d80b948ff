"""Templates to fill in: the three tables of the plain format and one campaign tracker, as CSV and as Excel workbook.

columns.toml says what to write into each column, columns.py joins it with what the readers read, write.py makes files.
"""
