"""Creator Fit: the frame. Settings, list of pages, the brief in the sidebar, and the page that the address names."""

from pages.desk.frame import open_desk

open_desk()
