"""The demo: an invented field that shows every verdict before any file is loaded, and says that it is invented."""
