"""Make tables of bytes: archives (containers), encodings, CSV (reader, header_row), Excel (workbook), Parquet.

tables.py holds what a reader of exports looks at (ExportContent) and gives back (RecordTable).
"""
