"""What the pages about one creator are made of: audience, strength, role, forecast."""
