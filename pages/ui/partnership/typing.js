// Tell the server which field is being typed into, and what stands in it after each pause, before it is left: so that
// what others save is not drawn over it, and a reload loses nothing. Fields are known by their key (class st-key-...).
const PAUSE = 600 // milliseconds
const AFTER = 400 // milliseconds: the field's own change goes to the server first, and by itself
const told = new WeakMap()

function keyOf(element) {
  if (!element?.matches?.("textarea, input[type=text]")) return ""
  const box = element.closest('[class*="st-key-"]')
  const name = box && [...box.classList].find((one) => one.startsWith("st-key-"))
  return name ? name.slice("st-key-".length) : ""
}

export default function ({ parentElement, setStateValue }) {
  const known = told.get(parentElement)
  if (known) {
    known.tell = setStateValue
    return
  }
  const state = { tell: setStateValue, field: "", pause: undefined }
  told.set(parentElement, state)
  const say = (field) => {
    if (field !== state.field) {
      state.field = field
      state.tell("field", field)
    }
  }
  const typed = (event) => {
    const key = keyOf(event.target)
    if (!key) return
    say(key)
    clearTimeout(state.pause)
    state.pause = setTimeout(() => state.tell("typed", { key, text: event.target.value }), PAUSE)
  }
  const left = () => {
    clearTimeout(state.pause)
    setTimeout(() => say(keyOf(document.activeElement) === state.field ? state.field : ""), AFTER)
  }
  document.addEventListener("input", typed, true)
  document.addEventListener("focusout", left, true)
  return () => {
    told.delete(parentElement)
    clearTimeout(state.pause)
    document.removeEventListener("input", typed, true)
    document.removeEventListener("focusout", left, true)
  }
}
