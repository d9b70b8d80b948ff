"""Run the dashboard: settings, list of pages, the brief in the sidebar, and the page that the address names."""

from pages.ui.layout import run_app

run_app()
