"""What a campaign's review is made of, and the record of past ones."""
