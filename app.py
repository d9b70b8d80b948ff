"""Serve the dashboard: `streamlit run app.py` finds the server that is named here.

Streamlit would list the files of pages/ as a menu until the dashboard has named its pages; it is told not to.
"""

import streamlit as st
from starlette.middleware import Middleware
from streamlit.runtime.pages_manager import PagesManager

from pages.ui.delivery import Delivery

PagesManager.uses_pages_directory = False
app = st.App("dashboard.py", middleware=[Middleware(Delivery)])
