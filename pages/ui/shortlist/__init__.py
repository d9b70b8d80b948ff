"""The shortlist page: the table, and creators side by side."""
