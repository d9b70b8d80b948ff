"""Does a control hold what it is told to, also where the browser has not heard of it yet?"""

from time import monotonic

from streamlit.testing.v1 import AppTest

from pages.ui.view_link import ECHOES_FOR, REPLACED


def undoable() -> None:
    """A page with one number that is saved when it is changed, and a button that puts it back to 0."""
    import streamlit as st

    from pages.ui.view_link import show_as, unless_echo

    saved = st.session_state.setdefault("saved", [0])
    take = unless_echo("pieces", lambda: saved.append(st.session_state["pieces"]))
    st.number_input("Pieces", 0, 9, key=show_as("pieces", saved[-1]), on_change=take)
    st.button("Undo", on_click=saved.append, args=(0,))


def test_what_the_browser_sends_before_it_has_heard_of_an_undo_changes_nothing():
    app = AppTest.from_function(undoable).run()
    app.number_input[0].set_value(3).run()
    app.button[0].click().run()
    assert app.session_state["saved"] == [0, 3, 0]
    app.number_input[0].set_value(3).run()
    assert (app.session_state["saved"], app.number_input[0].value) == ([0, 3, 0], 0)
    app.number_input[0].set_value(4).run()
    assert (app.session_state["saved"], app.number_input[0].value) == ([0, 3, 0, 4], 4)


def test_the_same_value_typed_again_later_counts():
    app = AppTest.from_function(undoable).run()
    app.number_input[0].set_value(3).run()
    app.button[0].click().run()
    app.session_state[REPLACED]["pieces"] = (3, monotonic() - ECHOES_FOR - 1)
    app.number_input[0].set_value(3).run()
    assert (app.session_state["saved"], app.number_input[0].value) == ([0, 3, 0, 3], 3)
