"""The pages of a partnership: brief, goal conversation, alignment, charter, and where each one stands."""
