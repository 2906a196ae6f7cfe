// What a page with a kernel says while it waits and when it failed; how it changes language;
// and what it keeps in its address. The texts stand in the page already, in the reader's
// language. How a session that ended is taken up again: session.js.

// ms from the page's end until a widget must have been drawn; a page that has to fetch Python
// first says how long that may take.
const PATIENCE = 60_000;

const LONGEST = 800; // characters of a state in the address; the server's limit too

const notebook = () => document.getElementById("notebook");
const widgets = () => document.querySelectorAll(".pk-root");

function say(id) {
  document.getElementById("waiting")?.setAttribute("hidden", "");
  const message = document.getElementById(id);
  if (message?.hidden) {
    message.hidden = false;
    message.scrollIntoView({ block: "nearest" });
  }
}

function look(observer) {
  if (widgets().length) {
    document.getElementById("waiting")?.setAttribute("hidden", "");
    document.body.classList.add("site-ready");
  } else if (document.getElementById("trouble-failed") && notebook()?.querySelector("[data-failed]")) {
    say("trouble-failed");
  } else {
    return false;
  }
  observer.disconnect();
  return true;
}

function kernel() {
  const config = document.getElementById("jupyter-config-data");
  return config ? JSON.parse(config.textContent).kernelId : null;
}

const watch = new MutationObserver((_changes, observer) => look(observer));
watch.observe(document.documentElement, { childList: true, subtree: true });
window.addEventListener("load", () => {
  if (!look(watch)) setTimeout(() => look(watch) || say("trouble-failed"), Number(notebook()?.dataset.patience) || PATIENCE);
});

// `pagehide` comes only when the reader really leaves, and not when a mail link is followed.
window.addEventListener("pagehide", () => {
  if (kernel()) navigator.sendBeacon(notebook().dataset.shutdown + kernel());
});
// A browser may show the page again as it was left, and the kernel is gone. A module's text
// needs none.
window.addEventListener("pageshow", (event) => {
  if (event.persisted && (kernel() || !notebook()?.dataset.tools)) location.reload();
});

// Another language, in the middle of a case: what stands around the widgets is fetched and
// exchanged, and the widgets are told. Loading the page anew would lose what was done. A
// module's text can be exchanged before its widgets are there; a tool's page is loaded anew.
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[hreflang]");
  const ready = widgets().length || document.querySelector("[data-slot]");
  if (!link || !ready || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  speak(link.hreflang, link.href).catch(() => location.assign(link.href));
});

async function speak(language, address) {
  const answer = await fetch(`${address}${address.includes("?") ? "&" : "?"}frame=only`);
  if (!answer.ok) throw new Error(answer.statusText);
  const other = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const part of document.querySelectorAll("[data-exchange]")) exchange(part, other);
  document.title = other.title;
  document.documentElement.lang = language;
  history.replaceState(null, "", address + location.hash);
  document.querySelector(`a[hreflang="${language}"]`).focus();
  for (const widget of widgets()) tell(widget);
  document.dispatchEvent(new Event("pallkit:exchanged"));
}

function exchange(part, other) {
  const fresh = other.querySelector(`[data-exchange="${part.dataset.exchange}"]`);
  const opened = [...part.querySelectorAll("details")].map((details) => details.open);
  for (const [place, details] of fresh.querySelectorAll("details").entries()) details.open = opened[place];
  fresh.hidden = part.hidden;
  part.replaceWith(fresh);
}

function tell(widget) {
  widget.dispatchEvent(new CustomEvent("pallkit:language", { detail: document.documentElement.lang }));
}

// What a tool was set to goes into the page's address, so that a leader can send a prepared
// (invented) patient. On a page with several tools there is no saying which one is meant.
document.addEventListener("pallkit:state", ({ detail }) => {
  if (document.querySelector("[data-slot]") || typeof detail.q !== "string" || detail.q.length > LONGEST) return;
  keepInAddress("q", detail.q);
});

// The level a case is opened at stands there too.
document.addEventListener("pallkit:level", ({ detail }) => {
  if (!document.querySelector("[data-slot]") && /^[A-C]$/.test(detail.level)) keepInAddress("level", detail.level);
});

function keepInAddress(name, value) {
  history.replaceState(null, "", withValue(location.href, name, value));
  for (const link of document.querySelectorAll("a[hreflang], a[data-here]")) {
    link.href = withValue(link.href, name, value);
  }
}

function withValue(address, name, value) {
  const url = new URL(address);
  url.searchParams.delete(name);
  if (value) url.searchParams.set(name, value);
  return url.href;
}
