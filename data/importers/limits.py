"""Limits of a file that is loaded, each with its reason."""

MEBI = 1024 * 1024

# A 20-million-row audience table is about 600 MB as CSV; three times that is still one evening's export.
MAX_FILE_BYTES = 2048 * MEBI
# An odd file (UTF-16, quoted line breaks, unequal rows) is read in Python from memory: 256 MB stay under 1 GB of it.
MAX_ODD_BYTES = 256 * MEBI
# Exports of platforms and shops hold thousands of rows; 32 MB of them need under 1 GB when read with care.
MAX_DOCUMENT_BYTES = 32 * MEBI
# A sheet is read cell by cell in Python: 3 million cells take about 20 seconds.
MAX_WORKBOOK_CELLS = 3_000_000
MAX_WORKBOOK_BYTES = 128 * MEBI
# Text tables shrink 5 to 20 times when packed; 100 times is a bomb. Small files may expand freely up to the floor.
MAX_EXPANSION_RATIO = 100
EXPANSION_FLOOR_BYTES = 32 * MEBI
# A zip inside a zip is how some portals send exports; a third level is none that we have met.
MAX_PACKING_DEPTH = 2
# Exports of one campaign season hold tens of files; above this somebody packed the wrong folder.
MAX_FILES = 10_000
# Ads exports have up to 300 columns.
MAX_COLUMNS = 2_000
# The largest table that the import is built and measured for, with room.
MAX_ROWS = 50_000_000
# Honest Parquet tables of ours need 0.5 to 3 bytes a row; 10 million rows in 60 kB are a bomb. Small tables are free.
MAX_PARQUET_ROWS_PER_BYTE = 10
FREE_PARQUET_ROWS = 1_000_000
# DuckDB's own limit of one line; a longer record is no table row.
MAX_RECORD_CHARACTERS = 2_000_000
# A table of lines that people ask about or report; 100,000 of them are a day of forecasts.
MAX_TABLE_ROWS = 1_000_000
# Photos out of a phone have 3 to 12 MB and up to 50 million pixels; more would only take time and memory.
MAX_PHOTO_BYTES = 20 * MEBI
MAX_PHOTO_PIXELS = 60_000_000
# What is kept of a photo, in pixels: pages show it at 64, twice as dense on most screens, slides at an inch.
PHOTO_SIDE = 160
# Below it is no face to be seen.
LEAST_PHOTO_SIDE = 32
# What is looked at to find encoding, separator and header.
HEAD_BYTES = 1 * MEBI
# Titles, notes and date lines stand above the header of exports: at most 10 in those we have seen.
MAX_RECORDS_ABOVE_HEADER = 30

# Ids are account names or numbers (30 to 64 characters); beyond 200 it is no id, and no page could show it.
MAX_ID_CHARACTERS = 200
# Names, verticals and handles; beyond this it is a text, not a name.
MAX_TEXT_CHARACTERS = 1_000
# Patterns may take the square of a cell's length. Captions have up to 5,000 characters; no cell that is read has more.
MAX_CELL_CHARACTERS = 5_000
# A report lists the first problems (a page shows 50); the quarantine keeps more, for the download.
MAX_PROBLEMS_REPORTED = 1_000
MAX_PROBLEMS_SAVED = 100_000
# Values are quoted in problems up to here.
MAX_QUOTED_CHARACTERS = 100
# Creators and their coverage are named in a report up to here: a million names would be a file of their own.
MAX_CREATORS_REPORTED = 10_000
# Rows go from the careful reader to the database in batches of this size.
BATCH_ROWS = 50_000
