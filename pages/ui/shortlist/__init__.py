"""What the shortlist page is made of: the table, and creators side by side."""
