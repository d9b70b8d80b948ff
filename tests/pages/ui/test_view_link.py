"""Does a control hold what it is told to, also where the browser has not heard of it yet?"""

from streamlit.testing.v1 import AppTest

from pages.ui.view_link import FAILED, REPLACED


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


def lines_of_pieces() -> None:
    """A page with a number for each line, and buttons that take out the last line and add another one."""
    import streamlit as st

    from pages.ui.view_link import show_as, unless_echo

    saved = st.session_state.setdefault("saved", [3, 5])
    for index, count in enumerate(saved):
        key = f"pieces_{index}"

        def take(index: int = index, key: str = key) -> None:
            saved[index] = st.session_state[key]

        st.number_input("Pieces", 0, 9, key=show_as(key, count), on_change=unless_echo(key, take))
    st.button("Remove", on_click=lambda: saved.pop())
    st.button("Add", on_click=lambda: saved.append(7))


def test_what_stood_in_a_line_that_is_gone_is_not_written_into_the_one_in_its_place():
    app = AppTest.from_function(lines_of_pieces).run()
    app.button[0].click().run()
    app.button[1].click().run()
    app.number_input[1].set_value(5).run()
    assert (app.session_state["saved"], app.number_input[1].value) == ([3, 7], 7)
    app.number_input[1].set_value(6).run()
    assert (app.session_state["saved"], app.number_input[1].value) == ([3, 6], 6)


def failing() -> None:
    """A page with a control whose change cannot be saved."""
    import streamlit as st

    from pages.ui.view_link import show_as, unless_echo

    def refuse() -> None:
        raise KeyError(st.session_state["pieces"])

    st.number_input("Pieces", 0, 9, key=show_as("pieces", 0), on_change=unless_echo("pieces", refuse))


def test_what_a_callback_raises_waits_for_the_next_run_of_the_whole_page():
    app = AppTest.from_function(failing).run()
    app.number_input[0].set_value(3).run()
    assert (repr(app.session_state[FAILED]), app.exception) == ("KeyError(3)", [])


def test_the_same_value_typed_again_later_counts():
    app = AppTest.from_function(undoable).run()
    app.number_input[0].set_value(3).run()
    app.button[0].click().run()
    app.session_state[REPLACED]["pieces"] = [(3, 0.0)]
    app.number_input[0].set_value(3).run()
    assert (app.session_state["saved"], app.number_input[0].value) == ([0, 3, 0, 3], 3)
