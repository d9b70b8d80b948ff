"""The page of stored data: upload, report, column mapping, sources, undo."""
