"""One module an export: how it is recognised and what its columns mean."""
