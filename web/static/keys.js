// The keyboard: “/” to the field, arrows along the results, n and p along the matches, “?” for the list.

import { close, dismiss, move } from "./completions.js";
import { toMatch } from "./matches.js";

const OFF = "songngu.keys.off"; // letters as shortcuts can be turned off (WCAG 2.1.4)

const field = document.getElementById("q");
const dialog = document.getElementById("keys");
const shortcuts = dialog?.querySelector("input[type=checkbox]");

const hits = () => [...document.querySelectorAll(".hit h2 a")];

function stored() {
  try {
    return localStorage.getItem(OFF) === "1";
  } catch {
    return false; // a browser that keeps nothing
  }
}

function along(step) {
  const all = hits();
  const from = all.indexOf(document.activeElement);
  if (from < 0 && step < 0) return false;
  if (from + step < 0) {
    field.focus();
    return true;
  }
  const next = all[from + step];
  next?.focus();
  next?.closest(".hit").scrollIntoView({ block: "nearest" });
  return Boolean(next);
}

function inField(event) {
  if (event.key === "ArrowDown" && (move(1) || (close(), along(1)))) event.preventDefault();
  else if (event.key === "ArrowUp" && move(-1)) event.preventDefault();
  else if (event.key === "Escape" && dismiss()) event.preventDefault(); // else a search field empties itself
}

function elsewhere(event) {
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    if (event.target.closest(".hit h2") && along(event.key === "ArrowDown" ? 1 : -1)) event.preventDefault();
    return;
  }
  if (stored()) return;
  if (event.key === "/" && field) {
    event.preventDefault();
    field.focus();
    field.select();
  } else if (event.key === "?") dialog?.showModal();
  else if (event.key === "n") toMatch(1);
  else if (event.key === "p") toMatch(-1);
}

addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || dialog?.open) return;
  (event.target === field ? inField : elsewhere)(event);
});

const opener = document.getElementById("keys-open");
if (opener && dialog) {
  addEventListener("shown", () => document.getElementById("keys-open")?.removeAttribute("hidden"));
  opener.hidden = false;
  document.addEventListener("click", (event) => {
    if (event.target.closest("#keys-open")) dialog.showModal();
  });
}
if (shortcuts) {
  shortcuts.checked = !stored();
  shortcuts.addEventListener("change", () => {
    try {
      localStorage.setItem(OFF, shortcuts.checked ? "0" : "1");
    } catch {
      shortcuts.checked = true;
    }
  });
}
