"""Choose whose discount codes are whose, for files with codes that are nobody's: one choice per code."""

from collections.abc import Mapping, Sequence
from contextlib import suppress

import streamlit as st

from fit.locale import _, short_decimal
from fit.text import visible_literal, visible_text, words
from pages.ui import blocks, store_access
from pages.ui.store_access import Code
from pages.ui.your_data.answer_buttons import Answered, pressed
from pages.ui.your_data.upload_process import Batch, BroughtByCode, FileEntry, FileOptions

NAME_CODES = (Code.CODES_OF_NOBODY, Code.CODES_LEFT_OUT)
MOST_CODES = 24  # of one file that can be chosen here; those with most orders
MOST_CREATORS = 500  # in the list of a choice; any other id can be typed
NOBODY = ""


def choose_owners(batch: Batch) -> Answered | None:
    """The codes of every file; returns the batch with what was said of them when a button was pressed."""
    files = [_one_file(batch, file) for file in files_with_codes(batch)]
    return next((answered for answered in files if answered), None)


def files_with_codes(batch: Batch) -> list[FileEntry]:
    """The files at hand with codes (or partners) that are nobody's."""
    files = batch.document.get("files", ())
    return [file for file in files if file["upload"] is not None and codes_of(file)]


def codes_of(file: FileEntry) -> list[BroughtByCode]:
    """What came with each code that is nobody's, those with most orders first and those that every shop has last."""
    return next((part["values"]["brought"] for part in file["message_parts"] if part["code"] in NAME_CODES), [])


def label_of(code: BroughtByCode) -> str:
    """A code with its orders and revenue."""
    parts = [] if code["orders"] is None else [words.counted(code["orders"], "order", "orders")]
    if code["revenue"] is not None:
        parts.append(f"{short_decimal(code['revenue'])} {code['currency'] or ''}".strip())
    brought = f" ({', '.join(parts)})" if parts else ""
    return f"{visible_text(code['code'])}{brought}"


def with_owners(batch: Batch, upload: int, owners: Mapping[str, str]) -> FileOptions:
    """What is said of a file, with these owners of codes beside what was said before."""
    options = FileOptions(**batch.named.get(upload, FileOptions()))
    pairs = dict(options.get("code", [])) | dict(owners)
    options["code"] = [[code, creator] for code, creator in pairs.items()]
    return options


def _one_file(batch: Batch, file: FileEntry) -> Answered | None:
    codes, upload = codes_of(file), file["upload"]
    assert upload is not None
    name = batch.uploads[upload].name
    with st.container(border=True):
        st.subheader(_("Whose codes are these? {file}").format(file=visible_literal(name)), anchor=False)
        st.markdown(
            _("Orders count for the creator whose code they used. Your choice is remembered; the rest is left out."),
            width=blocks.READING_WIDTH,
        )
        with st.form(f"codes_{upload}_{name}", border=False):
            owners = _choices(batch, codes[:MOST_CODES], f"code_{upload}_{name}")
            answered = pressed(batch, _("Preview with these codes"), f"codes_{upload}_{name}", in_form=True)
        if len(codes) > MOST_CODES:
            rest = words.counted(len(codes) - MOST_CODES, "more code", "more codes")
            st.caption(
                _("{rest} with fewer orders. Put them into the column codes of your creators.").format(rest=rest)
            )
    if answered and not owners:
        st.warning(_("No code was given to a creator. Choose at least one, then press one of the buttons."))
        return None
    return answered.about(upload, with_owners(batch, upload, owners)) if answered else None


def _choices(batch: Batch, codes: Sequence[BroughtByCode], key: str) -> dict[str, str]:
    creators = known_creators(batch.creator)
    names = {NOBODY: _("left out"), **creators}
    owners = {}
    with st.grid(2, min_column_width=260) as grid:
        for code in codes:
            with grid.cell():
                owner = st.selectbox(
                    label_of(code), list(names), 0, format_func=lambda who: names.get(who, who),
                    key=f"{key}_{code['code']}", accept_new_options=True,
                )  # fmt: skip
            owners[code["code"]] = (owner or NOBODY).strip()
    return {code: owner for code, owner in owners.items() if owner}


def known_creators(first: str) -> dict[str, str]:
    """Ids of creators with what a choice shows of them; first: the one that the form names. None of the sample's."""
    found = {first: first} if first else {}
    with suppress(store_access.StoreError):
        if store_access.facts().is_demo:
            return found
        for creator_id, name, _handle in store_access.found_creators("", MOST_CREATORS):
            shown = f"{name} ({creator_id})" if name and name != creator_id else creator_id
            found[creator_id] = visible_text(shown)
    return found
