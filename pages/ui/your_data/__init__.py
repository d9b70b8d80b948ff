"""What the page of stored data is made of: upload, report, column mapping, sources, undo."""
