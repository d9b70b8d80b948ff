"""Upload files: the form, a preview of what they would change, whose they are, the load; undo the last load."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import streamlit as st
from streamlit.runtime.scriptrunner_utils.exceptions import ScriptControlException

from fit.access import Action
from fit.load_steps import Step
from fit.locale import _
from fit.text import literal, visible_literal, words
from pages.ui import blocks, decisions_access, people, store_access
from pages.ui.decisions_access import Did
from pages.ui.store_access import FileStatus
from pages.ui.view_link import PageState
from pages.ui.your_data import after_load, code_choice, next_step, outcome, sheet_form
from pages.ui.your_data import report as load_report
from pages.ui.your_data.answer_buttons import Answered, pressed
from pages.ui.your_data.report import CREATOR, CREATOR_IS_UNKNOWN, MARKET, ON_THE_SERVER
from pages.ui.your_data.upload_process import Batch, FileOptions, Upload, bring

TYPES = ["csv", "tsv", "txt", "parquet", "zip", "gz", "xlsx", "json", "png", "jpg", "jpeg", "webp"]


class UnclearForm(Exception):
    """A field of the form that cannot be used; the message says what was found and what to write."""


def upload(state: PageState) -> None:
    """Drop files, say whose they are where the files do not, preview what they would change, load."""
    if state.is_demo:
        st.markdown(_("Your first upload replaces the sample data."))
    with st.form("upload", border=True):
        files = st.file_uploader(
            _("Creators, audiences and campaigns: a platform's own export, or your own table as CSV, Excel or Parquet"),
            type=TYPES, accept_multiple_files=True, help=_uploader_help(),
            key=f"files_{st.session_state.get('count_loads', 0)}",  # another after each load, so that it is empty again
        )  # fmt: skip
        creator, market = _fields()
        with st.container(horizontal=True):
            changes_nothing = _("Shows what would change, without changing anything.")
            has_report = _last_batch() is not None  # which has the next step then
            is_preview = st.form_submit_button(
                _("Preview"), type="secondary" if has_report else "primary", icon=":material/preview:",
                help=changes_nothing, key="preview_files",
            )  # fmt: skip
            unseen = _("Loads the files right away.")
            is_load = st.form_submit_button(_("Load files"), icon=":material/upload:", help=unseen)
    if is_load or is_preview:
        try:
            batch = checked(files, creator, market)
        except UnclearForm as error:
            st.warning(literal(error))
            return
        _bring(batch, is_preview=is_preview)


def _uploader_help() -> str:
    several = _("Several files at once, or a zip.")
    photo = _("A photo (PNG, JPEG or WebP) is named by the creator's id or handle: zoe.jpg.")
    return f"{several} {photo} {literal(too_large(st.get_option('server.maxUploadSize')))}"


def too_large(most: int) -> str:
    """What to do with a file that the browser refuses. most: megabytes."""
    sentence = _("Maximum {most} MB per file. Split or zip a larger one, or {way}.")
    return sentence.format(most=most, way=_(ON_THE_SERVER))


def _fields() -> tuple[str, str]:
    left, right = st.columns(2)
    whose = _("Needed for platform exports, which never name their account. Leave empty for files that name creators.")
    creator = left.text_input(_(CREATOR), key="upload_creator", help=whose)
    where = _("Most ad reports do not say where they ran. Without it they count as market not stated.")
    market = right.text_input(_(MARKET), key="upload_market", placeholder=_("DE or DE+AT"), help=where)
    return creator.strip(), market.strip()


def checked(uploads: Sequence[Upload], creator: str, market: str) -> Batch:
    """The form as a batch of files. Raises UnclearForm."""
    if not uploads:
        raise UnclearForm(_("No file yet. Drop one or more files above, then press Preview or Load files."))
    if problem := load_report.market_problem(market):
        raise UnclearForm(problem)
    return Batch(tuple(uploads), creator, market)


def _bring(batch: Batch, *, is_preview: bool) -> None:
    """Load the files, or look at them first, and start the page over with the report.

    A load that began ends, whatever is clicked meanwhile: the click waits for it.
    """
    session = st.session_state.setdefault("brought", {})  # a plain dictionary: writing into it can't be interrupted
    waiting: list[ScriptControlException] = []
    count = words.counted(len(batch.uploads), "file", "files")
    bar = st.progress(0.0, text=_("Reading {files}").format(files=count))

    def progress(step: Step, part: float, file: str) -> None:
        try:
            if not waiting:
                bar.progress(min(1.0, part), text=literal(load_report.shown_name(file) or step.in_words()))
        except ScriptControlException as control:
            waiting.append(control)

    session["batch"] = bring(batch, progress, is_preview=is_preview)
    if waiting:
        raise waiting[0]
    if not is_preview and "failed" not in session["batch"].document:
        st.session_state["count_loads"] = st.session_state.get("count_loads", 0) + 1
    st.rerun()  # the frame above was drawn from the facts before this load


def _last_batch() -> Batch | None:
    """The files of the last upload of this session with their document; None before there was one."""
    return st.session_state.get("brought", {}).get("batch")


def report(state: PageState) -> None:
    """What became, or would become, of each file of the last upload of this session, and what to do next."""
    batch = _last_batch()
    if batch is None:
        return
    after_load.summary(batch)
    if batch.has_news and batch.is_preview:
        if st.button(_("Load these files"), type="primary", icon=":material/upload:"):
            _bring(batch, is_preview=False)
    elif "failed" not in batch.document:
        _lead_on(batch)
    for name_missing in (_name_creators, code_choice.choose_owners, sheet_form.ask):
        if answered := name_missing(batch):
            _bring(answered.batch, is_preview=answered.is_preview)
    after_load.left_out(batch)
    load_report.files(batch, state)


def _lead_on(batch: Batch) -> None:
    """The next step after a load, where something came in or was there before."""
    files = batch.document["files"]
    is_there = batch.has_news or any(file["status"] is FileStatus.ALREADY_IMPORTED for file in files)
    if is_there:
        next_step.after_load(outcome.creators_of(files), is_question_open=has_open_question(batch))


def has_open_question(batch: Batch) -> bool:
    """Whether a refused file only waits for an answer: whose it is, or which column is which."""
    of_codes = code_choice.files_with_codes(batch)
    refused = [file for file in batch.document["files"] if file["status"] is FileStatus.REFUSED]
    return bool(files_without_creator(batch)) or any(sheet_form.is_asked(file) or file in of_codes for file in refused)


def files_without_creator(batch: Batch) -> list[int]:
    """The indices of the files that were refused because they do not say whose they are."""
    files = batch.document.get("files", ())
    refused = [file for file in files if any(part["code"] in CREATOR_IS_UNKNOWN for part in file["message_parts"])]
    indices = {index for file in refused if (index := file["upload"]) is not None}
    return sorted(indices - set(sheet_form.asked_uploads(batch)))


def _name_creators(batch: Batch) -> Answered | None:
    """Ask for the creator of each such file; returns the batch with the answers when a button was pressed."""
    indices = files_without_creator(batch)
    if not indices:
        return None
    with st.container(border=True):
        st.subheader(_("Whose exports are these?"), anchor=False)
        st.markdown(
            _("Choose a creator you have loaded, or type a name: it becomes a new creator."),
            width=blocks.READING_WIDTH,
        )  # fmt: skip
        with st.form("owners", border=False):
            creators = {}
            known = code_choice.known_creators(batch.creator)
            with st.grid(2, min_column_width=260) as grid:
                for index in indices:
                    name = batch.uploads[index].name
                    label = _("Creator of {file}").format(file=visible_literal(name))
                    with grid.cell():
                        creator = st.selectbox(
                            label, list(known), None, format_func=lambda who: known.get(who, who),
                            key=f"owner_{index}_{name}", accept_new_options=True, placeholder=_("Choose or type"),
                        )  # fmt: skip
                    creators[index] = (creator or "").strip()
            answered = pressed(batch, _("Preview with these creators"), "owners", in_form=True)
    if answered and not any(creators.values()):
        st.warning(_("No creator was chosen. Choose at least one, then press one of the buttons."))
        return None
    return replace(answered, batch=with_creators(batch, creators)) if answered else None


def with_creators(batch: Batch, creators: Mapping[int, str]) -> Batch:
    """The batch with a creator for each file that one was written for."""
    options = {index: FileOptions(creator=creator) for index, creator in creators.items() if creator}
    return replace(batch, named=dict(batch.named) | options)


def undo() -> None:
    """The way back, where there is one, and the outcome of the last undo."""
    is_undone, sentence = st.session_state.pop("undone", (False, ""))
    if is_undone:
        st.success(literal(sentence), icon=":material/undo:")
    elif sentence:
        st.error(literal(sentence), title=_("Nothing was undone"), icon=":material/error:")
    before = store_access.generation_before()
    if before is not None and st.button(_("Undo the last load"), icon=":material/undo:", type="tertiary"):
        st.dialog(_("Undo the last load?"))(people.while_allowed(Action.UNDO_LOAD, _confirm))(before)


def _confirm(before: int) -> None:
    if "undone" in st.session_state:
        st.rerun()  # the whole page: everything on it changes
    sentence = _(
        "Everyone who uses this data will see it as it was before the last load (data version {number}). The files of "
        "that load will no longer count; to bring them back, load them again."
    )
    st.markdown(sentence.format(number=before))
    with st.container(horizontal=True):
        st.button(_("Undo the load"), type="primary", icon=":material/undo:", on_click=_undo, key="undo_confirmed")
        if st.button(_("Cancel"), key="undo_dropped"):
            st.rerun()


def _undo() -> None:
    try:
        number = store_access.undo()
    except (store_access.StoreError, people.NotAllowed) as error:
        st.session_state["undone"] = False, str(error)
        return
    decisions_access.note_activity(Did.UNDO_LOAD, [str(number)])
    sentence = _("The last load is undone: your data is as it was before it (data version {number}).")
    sentence = sentence.format(number=number)
    st.session_state["undone"] = True, sentence
    st.session_state.pop("brought", None)
