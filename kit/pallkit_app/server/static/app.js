// What a page with a kernel says while it waits, when it failed, and when it was left
// too long. The texts stand in the page already, in the reader's language.

const PATIENCE = 60_000; // ms from the page's end until a widget must have been drawn

const notebook = () => document.getElementById("notebook");

function say(id) {
  document.getElementById("waiting").hidden = true;
  const message = document.getElementById(id);
  if (message.hidden) {
    message.hidden = false;
    message.scrollIntoView({ block: "nearest" });
  }
}

function look(observer) {
  if (notebook()?.querySelector("[data-failed]")) {
    observer.disconnect();
    say("trouble-failed");
  } else if (notebook()?.querySelector(".pk-root")) {
    observer.disconnect();
    document.getElementById("waiting").hidden = true;
    document.body.classList.add("site-ready");
    document.addEventListener("visibilitychange", askForKernel);
    window.addEventListener("online", askForKernel);
  } else {
    return false;
  }
  return true;
}

function kernel() {
  const config = document.getElementById("jupyter-config-data");
  return config ? JSON.parse(config.textContent).kernelId : null;
}

async function askForKernel() {
  if (document.hidden || !navigator.onLine) return;
  const answer = await fetch(notebook().dataset.kernels + kernel()).catch(() => null);
  if (answer?.status === 404) say("trouble-lost");
}

const watch = new MutationObserver((_changes, observer) => look(observer));
watch.observe(document.documentElement, { childList: true, subtree: true });
window.addEventListener("load", () => {
  if (!look(watch)) setTimeout(() => look(watch) || say("trouble-failed"), PATIENCE);
});

// Voila stops the kernel on `beforeunload`, which also comes when a mail link is followed
// and the page stays. `pagehide` comes only when the reader really leaves.
window.addEventListener("beforeunload", (event) => event.stopImmediatePropagation());
window.addEventListener("pagehide", () => {
  if (kernel()) navigator.sendBeacon(notebook().dataset.shutdown + kernel());
});
window.addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});

// Another language, in the middle of a case: what stands around the widget is fetched and
// exchanged, and the widget is told. Loading the page anew would lose the decisions.
const FRAME = [
  ".ds-skip-link",
  "body > header",
  ".site-app__head",
  "#trouble-failed",
  "#trouble-lost",
  "body > footer",
];

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[hreflang]");
  const widget = notebook().querySelector(".pk-root");
  if (!link || !widget || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  speak(link.hreflang, link.href, widget).catch(() => location.assign(link.href));
});

async function speak(language, address, widget) {
  const answer = await fetch(`${address}${address.includes("?") ? "&" : "?"}frame=only`);
  if (!answer.ok) throw new Error(answer.statusText);
  const other = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const part of FRAME) document.querySelector(part).replaceWith(other.querySelector(part));
  document.title = other.title;
  document.documentElement.lang = language;
  history.replaceState(null, "", address);
  document.querySelector(`a[hreflang="${language}"]`).focus();
  widget.dispatchEvent(new CustomEvent("pallkit:language", { detail: language }));
}
