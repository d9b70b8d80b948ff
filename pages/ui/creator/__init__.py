"""The pages about one creator: audience, strength, role, forecast."""
