// A module's page: each tool to its place in the text, and the table of contents with how
// far the reader has come.

const all = (selector) => [...document.querySelectorAll(selector)];

// ---- tools ----

const PATIENCE = 60_000; // ms from the page's end until a tool must have been drawn
const WAITING = "[data-slot]:not([data-state])";

// Voila writes what the cells show at the end of the page, and draws it there when all is
// in. Each is carried to its place as it comes.
function settle() {
  for (const output of all("#notebook > .pk-output")) {
    document.querySelector(`[data-slot="${output.dataset.cell}"]`)?.append(output);
  }
  // Voila runs no cell after one that failed.
  if (document.querySelector("#notebook > [data-failed]")) fail(`${WAITING}:not(:has(.pk-output))`);
  for (const slot of all(WAITING)) {
    const widget = slot.querySelector(".pk-root");
    if (!widget) continue;
    slot.dataset.state = "ready";
    slot.querySelector(".site-slot__waiting").remove();
    speakTo(widget);
  }
}

function fail(selector) {
  for (const slot of all(selector)) slot.dataset.state = "failed";
}

// An English page around a Norwegian module, or a language chosen before the tool came.
function speakTo(widget) {
  const { lang } = document.documentElement;
  if (widget.lang !== lang) widget.dispatchEvent(new CustomEvent("pallkit:language", { detail: lang }));
}

const watch = new MutationObserver((_changes, observer) => {
  settle();
  if (document.readyState === "complete" && !all(WAITING).length) observer.disconnect();
});
watch.observe(document.documentElement, { childList: true, subtree: true });
window.addEventListener("load", () => {
  settle();
  setTimeout(() => fail(WAITING), PATIENCE);
});

// ---- where the reader is ----

const contents = () => document.getElementById("contents");
const links = () => [...contents().querySelectorAll("a")];
const headings = () => links().map((link) => document.querySelector(link.hash));
const wide = window.matchMedia("(min-width: 64rem)");
const read = new Set();
let key = "";
let place = 0;

function follow() {
  const tops = headings().map((heading) => heading.getBoundingClientRect().top);
  place = Math.max(0, tops.findLastIndex((top) => top < window.innerHeight * 0.4));
  // Read is the part one is in, once its end is in sight: not one that was jumped over.
  const end = tops[place + 1] ?? document.querySelector(".site-module").getBoundingClientRect().bottom;
  if (end < window.innerHeight) read.add(place);
  show();
  save();
}

function show() {
  for (const [number, link] of links().entries()) {
    if (number === place) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
    link.nextElementSibling.hidden = !read.has(number);
  }
}

// Nothing is kept unless the reader asks for it, and then in this browser only. Where the
// browser keeps nothing, the box is not shown.
function stored(act) {
  try {
    return act(window.localStorage);
  } catch {
    return undefined;
  }
}

function save() {
  if (!document.getElementById("remember").checked) return;
  stored((box) => box.setItem(key, JSON.stringify({ read: [...read], place })));
}

function recall() {
  const kept = stored((box) => JSON.parse(box.getItem(key)));
  if (!Array.isArray(kept?.read)) return;
  for (const number of kept.read) read.add(number);
  const link = links()[kept.place];
  if (link && kept.place > 0) resume(link);
}

function resume(link) {
  const offer = document.getElementById("resume");
  offer.hash = link.hash;
  offer.querySelector("span").textContent = link.textContent;
  offer.parentElement.hidden = false;
}

function furnish() {
  const box = document.getElementById("remember");
  box.checked = Boolean(stored((kept) => kept.getItem(key)));
  box.closest("p").hidden = stored((kept) => kept.length) === undefined;
  box.addEventListener("change", () => (box.checked ? save() : stored((kept) => kept.removeItem(key))));
  document.getElementById("print").hidden = false;
  document.getElementById("print").addEventListener("click", () => window.print());
  show();
}

function begin() {
  key = `pallkit:module:${document.querySelector("[data-module]").dataset.module}`;
  contents().open = wide.matches;
  wide.addEventListener("change", () => (contents().open = wide.matches));
  recall();
  furnish();
  let asked = 0;
  window.addEventListener("scroll", () => {
    cancelAnimationFrame(asked);
    asked = requestAnimationFrame(follow);
  }, { passive: true });
  document.addEventListener("pallkit:exchanged", furnish);
}

// The page comes in pieces, and its end only when the kernel is ready.
if (document.querySelector("body > footer")) begin();
else {
  const whole = new MutationObserver((_changes, observer) => {
    if (!document.querySelector("body > footer")) return;
    observer.disconnect();
    begin();
  });
  whole.observe(document.documentElement, { childList: true, subtree: true });
}
