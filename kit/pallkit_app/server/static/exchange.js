// Parts of a page fetched anew from its own address, so that what is chosen shows at once and
// the server alone knows what follows from it. Without this script the same forms send
// themselves, and the whole page comes.

const PAUSE = 250; // ms without a keystroke before the server is asked

let waiting = 0;
let asked = null;

/** The address a form leads to; empty fields are left out of it. */
export function addressOf(form, more = {}) {
  const address = new URL(form.action);
  for (const [name, value] of Object.entries({ ...Object.fromEntries(new FormData(form)), ...more })) {
    if (value) address.searchParams.set(name, value);
  }
  return address;
}

/** The page at an address, or null where a later question has taken its place. */
export async function fetchPage(address) {
  asked?.abort();
  const mine = (asked = new AbortController());
  try {
    const answer = await fetch(address, { signal: mine.signal });
    if (!answer.ok) throw new Error(answer.statusText);
    return new DOMParser().parseFromString(await answer.text(), "text/html");
  } catch (error) {
    if (mine.signal.aborted) return null;
    throw error;
  }
}

/** Call `act` for every change of a form: at once, but after a pause while one types. */
export function onChange(form, act) {
  const now = () => {
    clearTimeout(waiting);
    act();
  };
  form.addEventListener("input", (event) => {
    clearTimeout(waiting);
    if (event.target.matches("select")) act();
    else waiting = setTimeout(act, PAUSE);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    now();
  });
  form.querySelector("[type=submit]").hidden = true;
}

/** The page's own address, and those of its other languages, from a fetched page. */
export function moveTo(other, address) {
  history.replaceState(null, "", address);
  for (const link of document.querySelectorAll("a[hreflang], a[data-report]")) {
    const kind = link.hreflang ? `a[hreflang="${link.hreflang}"]` : "a[data-report]";
    link.href = other.querySelector(kind).getAttribute("href");
  }
}
