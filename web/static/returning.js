// Back to the list as it was left: at the same height, on the result that was opened.

import { canonical } from "./instant.js";

const LIST = "songngu.list"; // which entry of the history the document was opened from

const results = () => [...document.querySelectorAll(".hit h2 a")];

function remembered() {
  try {
    return JSON.parse(sessionStorage.getItem(LIST)) ?? {};
  } catch {
    return {}; // a browser that keeps nothing
  }
}

document.addEventListener("click", (event) => {
  const opened = event.target.closest(".hit h2 a");
  if (!opened) return;
  history.replaceState({ opened: opened.getAttribute("href") }, "");
  try {
    const key = window.navigation?.currentEntry.key;
    sessionStorage.setItem(LIST, JSON.stringify({ address: canonical(location.href), key }));
  } catch {
    // then the link above the document loads the list from its top
  }
});

const left = history.state?.opened;
if (left) results().find((link) => link.getAttribute("href") === left)?.focus({ preventScroll: true });

document.querySelector(".back a")?.addEventListener("click", (event) => {
  const { address, key } = remembered();
  if (event.ctrlKey || event.metaKey || event.shiftKey || address !== canonical(event.currentTarget.href)) return;
  const behind = window.navigation?.entries().slice(0, navigation.currentEntry.index) ?? [];
  if (!behind.some((entry) => entry.key === key)) return;
  event.preventDefault();
  navigation.traverseTo(key);
});
