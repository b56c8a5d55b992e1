// Results while typing. The server renders every page; this fetches the same page and shows its <main>.
// Without it, the form works as a form.

const DEBOUNCE = 30; // ms: shorter than the time between two keys, longer than a Telex rewrite

const form = document.querySelector("form.search");
const field = document.getElementById("q");
const said = document.getElementById("said");

let timer = 0;
let running = null; // the AbortController of the only fetch that may still change the page
let typing = false; // whether the newest entry of the history is one that typing made

const resultsPage = () => !document.body.matches(".document, .help, .error");

function addressOf(text) {
  const data = new FormData(form);
  data.set("q", text);
  const parameters = new URLSearchParams(data);
  if (!text) parameters.delete("q");
  const query = parameters.toString();
  return form.getAttribute("action") + (query ? "?" + query : "");
}

async function load(address, { keepField }) {
  running?.abort();
  const own = (running = new AbortController());
  let page;
  try {
    const answer = await fetch(address, { signal: own.signal, headers: { Accept: "text/html" } });
    if (!answer.ok) throw new Error(String(answer.status));
    page = new DOMParser().parseFromString(await answer.text(), "text/html");
  } catch (error) {
    if (error.name !== "AbortError" && !keepField) location.assign(address); // the browser tells it better
    return false;
  }
  if (own !== running) return false; // a newer one has begun: never out of order
  show(page, keepField);
  return true;
}

function show(page, keepField) {
  document.title = page.title;
  document.body.className = page.body.className;
  document.querySelector("main").replaceChildren(...page.querySelector("main").childNodes);
  document.querySelector("footer").replaceChildren(...page.querySelector("footer").childNodes);
  const fresh = page.querySelector("form.search");
  for (const input of form.querySelectorAll("input[type=hidden]")) input.remove();
  form.append(...fresh.querySelectorAll("input[type=hidden]"));
  if (!keepField) field.value = fresh.elements.q.value;
  said.textContent = document.querySelector("main h1").textContent.trim();
  dispatchEvent(new Event("shown"));
}

async function search() {
  clearTimeout(timer);
  const text = field.value.trim();
  const address = addressOf(text);
  if (address === location.pathname + location.search) return;
  if (!(await load(address, { keepField: true }))) return;
  history[typing ? "replaceState" : "pushState"](null, "", address);
  typing = true;
}

export function searchFor(text) {
  field.value = text;
  typing = false;
  return search();
}

if (form && resultsPage()) {
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(search, DEBOUNCE);
  });
  field.addEventListener("blur", () => (typing = false));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    typing = typing && addressOf(field.value.trim()) !== location.pathname + location.search;
    search().then(() => (typing = false));
  });
  addEventListener("popstate", () => {
    clearTimeout(timer);
    typing = false;
    load(location.pathname + location.search, { keepField: false });
  });
}
