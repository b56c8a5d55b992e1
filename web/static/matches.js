// From one match of a document to the next: the address, the focus and the counter go along.

const said = document.getElementById("said");
const counter = document.getElementById("match-number");
const matches = [...document.querySelectorAll(".text mark[id]")];

const at = () => matches.findIndex((mark) => "#" + mark.id === location.hash);

export function toMatch(step) {
  if (!matches.length) return;
  const from = at();
  const to = from < 0 && step < 0 ? matches.length - 1 : (from + step + matches.length) % matches.length;
  location.replace("#" + matches[to].id); // scrolls, makes it :target, and Back still leads to the results
  matches[to].tabIndex = -1;
  matches[to].focus({ preventScroll: true }); // Tab goes on from here
  said.textContent = `${to + 1} / ${matches.length}`;
}

function tell() {
  if (counter && at() >= 0) counter.textContent = `${at() + 1} / ${matches.length}`;
}

for (const button of document.querySelectorAll("button[data-match]")) {
  button.hidden = matches.length < 2;
  button.addEventListener("click", () => toMatch(Number(button.dataset.match)));
}
addEventListener("hashchange", tell);
tell();
