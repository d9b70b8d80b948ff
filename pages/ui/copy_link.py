"""Draw the button that copies the address of the page, which shows the same view again.

A small component of our own, for Streamlit has no button that reaches the clipboard. Its script comes with the page:
nothing is fetched. Where the browser has no clipboard for pages (http on a name other than localhost), the text is
selected and copied the older way. On a narrow screen only the sign is shown.
"""

import streamlit as st

from fit.locale import _

HTML = """
<button type="button">
  <svg viewBox="0 0 24 24" width="18" height="18" aria-hidden="true" fill="none" stroke="currentColor"
       stroke-width="2" stroke-linecap="round" stroke-linejoin="round">
    <path d="M10 14a4.5 4.5 0 0 0 6.4 0l3.2-3.2a4.5 4.5 0 0 0-6.4-6.4L12 5.6"/>
    <path d="M14 10a4.5 4.5 0 0 0-6.4 0l-3.2 3.2a4.5 4.5 0 0 0 6.4 6.4L12 18.4"/>
  </svg>
  <span></span>
</button>
<div role="status"></div>
"""
CSS = """
button {
  display: inline-flex; align-items: center; justify-content: center; gap: 0.5rem; white-space: nowrap;
  min-height: 2.5rem; padding: 0.25rem 0.75rem; cursor: pointer; color: var(--st-text-color);
  font-family: var(--st-font); font-size: 0.875rem; line-height: 1.6;
  background: var(--st-background-color);
  border: 1px solid var(--st-border-color); border-radius: var(--st-button-radius);
}
button:hover {border-color: var(--st-primary-color); color: var(--st-link-color);}
button:focus-visible {outline: 2px solid var(--st-primary-color); outline-offset: 2px;}
[role=status] {position: absolute; clip-path: inset(50%);}
@media (max-width: 40rem) {button:not(.pressed) span {position: absolute; clip-path: inset(50%);}}
"""
SCRIPT = """
const SHOWN_FOR = 2500;  // milliseconds

function copiedTheOlderWay(text) {
  const field = document.createElement('textarea');
  field.value = text;
  field.style.position = 'fixed';
  field.style.opacity = '0';
  document.body.appendChild(field);
  field.select();
  const done = document.execCommand('copy');
  field.remove();
  return done;
}

async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copiedTheOlderWay(text);
  }
}

export default function ({ data, parentElement }) {
  const button = parentElement.querySelector('button');
  const label = button.querySelector('span');
  const status = parentElement.querySelector('[role=status]');  // what a screen reader says aloud
  let timer = 0;
  label.textContent = data.label;
  button.onclick = async () => {
    label.textContent = (await copied(window.location.href)) ? data.done : data.failed;
    status.textContent = label.textContent;
    button.classList.add('pressed');
    button.focus();
    clearTimeout(timer);
    timer = setTimeout(() => {
      label.textContent = data.label;
      status.textContent = '';
      button.classList.remove('pressed');
    }, SHOWN_FOR);
  };
  return () => clearTimeout(timer);
}
"""
_button = st.components.v2.component("copy_link", html=HTML, css=CSS, js=SCRIPT)


def copy_link() -> None:
    """A button that copies the page's address and says so for a moment."""
    texts = {"label": _("Copy link"), "done": _("Copied"), "failed": _("Copy the address bar")}
    _button(key="copy_link", data=texts, width="content", height="content")
