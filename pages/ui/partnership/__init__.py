"""What the pages of a partnership are made of: brief, goal conversation, alignment, charter, and their overview."""
