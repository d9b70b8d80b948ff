"use strict";
// Fill in, give back: reads the fields, writes a few lines of text, saves them as a file. Nothing is sent.
const data = JSON.parse(document.getElementById("data").textContent);
const form = document.querySelector("form"), said = document.getElementById("said");
const result = document.getElementById("result"), out = document.getElementById("out");
const fields = [...form.querySelectorAll("input, textarea")];

function say(text, wrong) {
  said.textContent = text;
  said.className = wrong ? "wrong" : "";
}

function complain(text, field) {
  result.hidden = true;
  say(text, true);
  field.focus();
  return null;
}

async function digest(text) {
  if (!window.crypto || !crypto.subtle) return null;
  const bytes = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function signature() {
  const [name, sure] = fields;
  const signer = name.value.replace(/\s+/g, " ").trim();
  if (!signer) return complain(data.unnamed, name);
  if (!sure.checked) return complain(data.unsure, sure);
  const sha256 = await digest(data.text);
  if (sha256 && sha256 !== data.sha256) return complain(data.changed, name);
  const now = new Date().toISOString();
  return [data.title, "", "side: " + data.side, "name: " + signer, "signed: " + now, "sha256: " + data.sha256, ""].join("\n");
}

function answers() {
  const misread = new RegExp("^" + data.misread, "gm"), given = [];
  for (const [index, field] of fields.entries()) {
    const text = field.value.replace(/\r\n?|[\u2028\u2029]/g, "\n").trim(), count = [...text].length;
    if (count > data.longest) {
      const values = { number: index + 1, count, most: data.longest };
      return complain(data.long.replace(/\{(\w+)\}/g, (_all, key) => values[key]), field);
    }
    given.push(text.replace(misread, "\\"));
  }
  if (!given.some(Boolean)) return complain(data.empty, fields[0]);
  return [data.head, ...data.headings.flatMap((heading, index) => [heading, given[index]])].join("\n\n") + "\n";
}

function save() {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([out.value], { type: "text/plain;charset=utf-8" }));
  link.download = data.file;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  say(data.saved.replace("{file}", data.file), false);
}

async function copy() {
  try {
    await navigator.clipboard.writeText(out.value);
    say(data.copied, false);
  } catch {
    out.select();
    say(data.uncopied, false);
  }
}

// What is typed survives a reload, where the browser allows it.
const key = data.file;
function remember() {
  try { localStorage.setItem(key, JSON.stringify(fields.map((field) => field.type === "checkbox" ? "" : field.value))); } catch { /* not allowed here */ }
}
function recall() {
  try {
    const kept = JSON.parse(localStorage.getItem(key)) || [];
    fields.forEach((field, index) => { if (field.type !== "checkbox" && kept[index]) field.value = kept[index]; });
  } catch { /* not allowed here */ }
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const text = data.kind === "signature" ? await signature() : answers();
  if (text === null) return;
  out.value = text;
  result.hidden = false;
  save();
  result.scrollIntoView({ block: "nearest" });
});
form.addEventListener("input", remember);
document.getElementById("save").addEventListener("click", save);
document.getElementById("copy").addEventListener("click", copy);
recall();
