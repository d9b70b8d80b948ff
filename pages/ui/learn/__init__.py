"""Show how good past forecasts were, and what the data behind a decision lacks."""
