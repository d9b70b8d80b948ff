"""Prepare rows of a sheet before they are taken apart: what did not run, older numbers, cells over several rows."""
