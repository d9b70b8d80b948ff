"""Run the dashboard: settings, list of pages, the brief above them, and the page that the address names."""

from pages.ui.layout import run_app

run_app()
