// Completions below the search field: a combobox with a list (WAI-ARIA Authoring Practices).

import { searchFor } from "./instant.js";

const WAIT = 60; // ms: results come first

const form = document.querySelector("form.search");
const field = document.getElementById("q");
const list = document.getElementById("completions");

let timer = 0;
let running = null;
let typed = ""; // what the visitor typed, while an arrow shows a completion in the field

const options = () => [...list.children];
const current = () => options().findIndex((option) => option.ariaSelected === "true");

export function close() {
  clearTimeout(timer);
  timer = 0;
  running?.abort();
  running = null;
  list.hidden = true;
  list.replaceChildren();
  field.setAttribute("aria-expanded", "false");
  field.removeAttribute("aria-activedescendant");
}

// Also those that are still on their way. False when there is nothing to close.
export function dismiss() {
  const due = !list.hidden || timer || running;
  close();
  return Boolean(due);
}

async function ask() {
  const text = field.value.trim();
  timer = 0;
  running?.abort();
  if (!text) return close();
  const own = (running = new AbortController());
  try {
    const address = `${list.dataset.source}?limit=6&q=${encodeURIComponent(text.slice(0, 200))}`;
    const answer = await fetch(address, { signal: own.signal });
    if (!answer.ok) return close();
    const { completions } = await answer.json();
    if (own !== running) return;
    running = null;
    if (document.activeElement === field) offer(text, completions);
  } catch (error) {
    if (error.name !== "AbortError") close();
  }
}

// 45 2023 is no way to go on from 45/2023.
const plain = (text) => text.toLowerCase().replace(/[^\p{L}\p{M}\p{N}]+/gu, " ").trim();

function offer(text, completions) {
  typed = field.value;
  const phrases = completions.filter((each) => !each.document_id && plain(each.text) !== plain(text));
  if (!phrases.length) return close();
  list.replaceChildren(
    ...phrases.map((each, index) => {
      const option = document.createElement("li");
      option.id = `completion-${index}`;
      option.role = "option";
      option.ariaSelected = "false";
      option.textContent = each.text;
      return option;
    }),
  );
  list.hidden = false;
  field.setAttribute("aria-expanded", "true");
}

// Moves by one; past either end is the field itself, as it was typed. False when there is nowhere to go.
export function move(step) {
  const all = options();
  if (list.hidden || !all.length) return false;
  const from = current();
  const to = from + step;
  if (from >= 0) all[from].ariaSelected = "false";
  if (to < 0 || to >= all.length) {
    field.value = typed;
    field.removeAttribute("aria-activedescendant");
    return from >= 0 && to < 0;
  }
  all[to].ariaSelected = "true";
  field.setAttribute("aria-activedescendant", all[to].id);
  field.value = all[to].textContent;
  return true;
}

if (form && list) {
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", list.id);
  field.setAttribute("aria-expanded", "false");
  field.addEventListener("input", () => {
    typed = field.value;
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });
  field.addEventListener("blur", close);
  form.addEventListener("submit", close);
  addEventListener("popstate", close);
  list.addEventListener("pointerdown", (event) => {
    event.preventDefault(); // the field keeps the focus
    const option = event.target.closest("[role=option]");
    if (!option) return;
    const text = option.textContent;
    close();
    if (document.body.matches(".document, .help, .error")) {
      field.value = text;
      form.requestSubmit();
    } else {
      searchFor(text);
    }
  });
}
