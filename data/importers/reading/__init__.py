"""Bytes into tables: archives, encodings, CSV, Excel, Parquet, header rows."""
