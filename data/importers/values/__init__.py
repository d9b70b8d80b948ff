"""Cells into values: countries, dates, numbers."""
