"""What the shortlist page is made of: how it is shown, the table, whom the reader chose, what surrounds it."""
