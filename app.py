"""Run the dashboard: `streamlit run app.py` finds the server here, and runs this file as script for every visitor.

Streamlit would list the files of pages/ as a menu until the dashboard has named its pages; it is told not to.
"""

import streamlit as st
from starlette.middleware import Middleware
from streamlit.runtime.pages_manager import PagesManager
from streamlit.runtime.scriptrunner import get_script_run_ctx

from pages.ui.after_sign_in import AfterSignIn
from pages.ui.delivery import Delivery

if get_script_run_ctx(suppress_warning=True) is None:  # the server reads this file once, before there is a visitor
    PagesManager.uses_pages_directory = False
    app = st.App("app.py", middleware=[Middleware(Delivery), Middleware(AfterSignIn)])
else:
    from pages.ui.layout import run_app

    run_app()
