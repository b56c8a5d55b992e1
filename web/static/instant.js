// Results while typing. The server renders every page; this fetches the same page and shows its <main>.
// Without it, the form works as a form.

const DEBOUNCE = 30; // ms: shorter than the time between two keys, longer than a Telex rewrite

const form = document.querySelector("form.search");
const field = document.getElementById("q");
const said = document.getElementById("said");

const PAUSE = 1500; // ms: a search that stood so long was meant, and Back returns to it
const SLOW = 400; // ms without an answer, then what is shown is dimmed: it belongs to an earlier query
const SILENCE = 500; // ms without a key, then a screen reader hears what was found

let timer = 0;
let speaking = 0;
let waiting = 0;
let shownAt = 0;
let running = null; // the AbortController of the only fetch that may still change the page
let typing = false; // whether the newest entry of the history is one that typing made

// A form and a link may say the same in another order.
export function canonical(address) {
  const url = new URL(address, location.href);
  url.searchParams.sort();
  url.hash = "";
  return url.href;
}

const here = () => location.pathname + location.search;
let shown = here();

const resultsPage = () => !document.body.matches(".document, .help, .error");

function addressOf(text) {
  const data = new FormData(form);
  data.set("q", text);
  const parameters = new URLSearchParams(data);
  if (!text) parameters.delete("q");
  const query = parameters.toString();
  return form.getAttribute("action") + (query ? "?" + query : "");
}

// With `insist`, an answer that does not come is asked for by the browser itself, which tells why.
async function load(address, { keepField, insist }) {
  stop();
  const own = (running = new AbortController());
  waiting = setTimeout(() => (document.querySelector("main").ariaBusy = "true"), SLOW);
  let page;
  try {
    const answer = await fetch(address, { signal: own.signal, headers: { Accept: "text/html" } });
    if (!answer.ok) throw new Error(String(answer.status));
    page = new DOMParser().parseFromString(await answer.text(), "text/html");
  } catch (error) {
    if (error.name !== "AbortError" && insist) location.assign(address);
    return false;
  }
  if (own !== running) return false; // a newer one has begun: never out of order
  stop();
  show(page, keepField);
  shown = address;
  return true;
}

function stop() {
  running?.abort();
  running = null;
  clearTimeout(waiting);
  document.querySelector("main").ariaBusy = null;
}

function show(page, keepField) {
  document.title = page.title;
  document.body.className = page.body.className;
  document.querySelector("main").replaceChildren(...page.querySelector("main").childNodes);
  document.querySelector("footer").replaceChildren(...page.querySelector("footer").childNodes);
  document.querySelector("link[rel=alternate]")?.remove(); // the feed of the query before
  document.head.append(...page.querySelectorAll("link[rel=alternate]"));
  const fresh = page.querySelector("form.search");
  for (const input of form.querySelectorAll("input[type=hidden]")) input.remove();
  form.append(...fresh.querySelectorAll("input[type=hidden]"));
  if (!keepField) field.value = fresh.elements.q.value;
  shownAt = performance.now();
  clearTimeout(speaking);
  speaking = setTimeout(say, SILENCE);
  dispatchEvent(new Event("shown"));
}

function say() {
  const parts = document.querySelectorAll("main h1 .found, main .corrected, main .meant li, main .notes li");
  said.textContent = [...parts].map((part) => part.textContent.trim().replace(/\s+/g, " ")).join(". ");
}

async function search({ insist = false } = {}) {
  clearTimeout(timer);
  const text = field.value.trim();
  const address = addressOf(text);
  if (performance.now() - shownAt > PAUSE) typing = false;
  if (canonical(address) === canonical(shown)) return stop(); // what is on its way is wanted no more
  if (!(await load(address, { keepField: true, insist }))) return;
  history[typing ? "replaceState" : "pushState"](null, "", address);
  typing = true;
}

export function searchFor(text) {
  field.value = text;
  typing = false;
  return search({ insist: true });
}

if (form && resultsPage()) {
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => search(), DEBOUNCE);
  });
  field.addEventListener("blur", () => (typing = false));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    typing = typing && addressOf(field.value.trim()) !== here();
    search({ insist: true }).then(() => (typing = false));
  });
  addEventListener("popstate", () => {
    clearTimeout(timer);
    if (here() === shown) return stop(); // only the part behind # is another, or Back and Forward met
    typing = false;
    load(here(), { keepField: false, insist: true });
  });
}
