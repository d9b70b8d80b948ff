"""The page of a campaign's review, and the record of past ones."""
