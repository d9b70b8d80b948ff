"""Decisions beside the demo, and an agreement to open pages with: fixtures of every test in this folder."""

from tests.pages.ui.partnership.partnerships import desk, kept

__all__ = ["desk", "kept"]
