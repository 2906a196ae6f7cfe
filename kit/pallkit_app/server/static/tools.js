// A module's tools. They need a session of their own on the server, so they are asked for when
// the reader comes near the first of them, and each is put where the text has its place. In a
// static copy Python runs in the browser, and is fetched at once.

const PATIENCE = 60_000; // ms from when all has come until a tool must have been drawn
const NEAR = "100%"; // of the window's height, above and below what is seen
const SOON = 1_000; // ms before a reader is told to wait
const AGAIN = 15; // seconds between two tries where the server does not say
const LONGEST = 60; // and at most

const all = (selector) => [...document.querySelectorAll(selector)];
const notebook = () => document.getElementById("notebook");
const OPEN = "[data-slot]:not([data-state=ready])";
const EMPTY = `${OPEN}:not(:has(.pk-output))`;

let asked = false;
let planned = 0; // the next try, where there was no room
let patience = 0;

// ---- each tool to its place ----

const watch = new MutationObserver(settle);

function settle() {
  for (const output of all("#notebook > .pk-output")) {
    document.querySelector(`[data-slot="${output.dataset.cell}"]`)?.append(output);
  }
  // No cell is run after one that failed.
  if (document.querySelector("#notebook > [data-failed]")) mark("failed", EMPTY);
  for (const slot of all(OPEN)) {
    const widget = slot.querySelector(".pk-root");
    if (widget) show(slot, widget);
    else if (slot.querySelector("[data-failed]")) mark("failed", `[data-slot="${slot.dataset.slot}"]`);
  }
  if (!all(OPEN).length) watch.disconnect();
}

function show(slot, widget) {
  slot.dataset.state = "ready";
  slot.querySelector(".site-slot__waiting").remove();
  if (!all("[data-slot][data-state=coming]").length) say("");
  // An English page around a Norwegian module, or a language chosen before the tool came.
  const { lang } = document.documentElement;
  if (widget.lang !== lang) widget.dispatchEvent(new CustomEvent("pallkit:language", { detail: lang }));
}

function mark(state, selector = OPEN) {
  for (const slot of all(selector)) {
    if (slot.dataset.state === state) continue;
    // What had the focus is about to be hidden: the place of the tool has it meanwhile.
    if (slot.querySelector(".site-slot__waiting")?.contains(document.activeElement)) slot.focus({ preventScroll: true });
    slot.dataset.state = state;
    tell(slot, state);
  }
}

// ---- what is said ----

const LINES = { coming: ".site-slot__wait", full: ".site-slot__full p", failed: ".site-slot__failed p" };

// Read aloud once, however many tools there are; and not when all is there in a moment.
function tell(slot, state) {
  const line = slot.querySelector(LINES[state])?.textContent ?? "";
  if (state !== "coming") say(line);
  else setTimeout(() => document.querySelector("[data-slot][data-state=coming]") && say(line), SOON);
}

function say(text) {
  const line = document.getElementById("tools-told");
  if (line.textContent !== text) line.textContent = text;
}

// ---- asking for them ----

// In the language of the page as it is now.
function address() {
  const url = new URL(notebook().dataset.tools, location.href);
  url.searchParams.set("lang", document.documentElement.lang);
  return url;
}

/** Ask for the tools; those that are asked for already are not asked for twice. */
async function ask() {
  if (asked) return;
  asked = true;
  clearTimeout(planned);
  clearTimeout(patience);
  near.disconnect();
  load();
  notebook().replaceChildren(); // what an earlier try left
  mark("coming");
  watch.observe(document.documentElement, { childList: true, subtree: true });
  try {
    const answer = await fetch(address(), { cache: "no-store" });
    if (answer.status === 503 || answer.status === 429) wait(answer);
    else if (!answer.ok) throw new Error(answer.statusText);
    else await take(answer.body);
  } catch (error) {
    console.warn(error);
    mark("failed");
    asked = false;
  }
}

// What draws them was not asked for with the text.
function load() {
  const head = document.getElementById("tools-head");
  document.head.append(head.content);
}

// Each line is an element whole.
async function take(body) {
  const lines = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (let part = await lines.read(); !part.done; part = await lines.read()) {
    const whole = (rest + part.value).split("\n");
    rest = whole.pop();
    for (const line of whole) notebook().append(element(line));
  }
  notebook().append(element(rest));
  patience = setTimeout(() => mark("failed"), PATIENCE);
}

function element(line) {
  const holder = document.createElement("template");
  holder.innerHTML = line;
  return holder.content;
}

function wait(answer) {
  mark("full");
  asked = false;
  const seconds = Number(answer.headers.get("Retry-After")) || AGAIN;
  planned = setTimeout(again, 1000 * Math.min(LONGEST, Math.max(2, seconds)));
}

function again() {
  if (document.hidden) document.addEventListener("visibilitychange", again, { once: true });
  else ask();
}

// A session that has begun and failed is left behind with the page; what was answered is kept.
async function retry() {
  if (!document.getElementById("jupyter-config-data")) {
    asked = false;
    return ask();
  }
  const page = await fetch(location.href, { method: "HEAD", cache: "no-store" }).catch(() => null);
  if (page?.ok) location.reload();
}

// ---- where the reader is ----

// A tool that comes pushes away what stands below it. The browser holds on to what is seen, but
// not always while styles are loaded: the heading a link led to is kept until the reader moves.
let goal = null;
const grown = new ResizeObserver(() => goal?.scrollIntoView());

function hold() {
  // A page that is loaded again, or gone back to, is where it was left.
  if (performance.getEntriesByType("navigation")[0]?.type === "navigate") goal = at(location.hash);
  for (const moved of ["wheel", "touchmove", "pointerdown", "keydown"]) {
    document.addEventListener(moved, () => (goal = null), { capture: true, passive: true });
  }
  document.addEventListener("click", ({ target }) => (goal = at(target.closest("a[href^='#']")?.hash) ?? goal));
  grown.observe(document.querySelector(".site-module"));
}

const at = (hash) => (hash ? document.getElementById(hash.slice(1)) : null);

// ---- when ----

const near = "IntersectionObserver" in window
  ? new IntersectionObserver((seen) => seen.some((each) => each.isIntersecting) && ask(), { rootMargin: `${NEAR} 0px` })
  : { observe: ask, disconnect() {} };

/** Begin to look for a reader who comes near a tool. */
export function attend() {
  hold();
  if (!notebook().dataset.tools) return atOnce();
  document.addEventListener("focusin", ({ target }) => target.closest(".site-slot__open") && ask());
  document.addEventListener("click", ({ target }) => {
    if (target.closest(".site-slot__open")) ask();
    else if (target.closest(".site-slot__again")) retry();
  });
  document.querySelector(".site-module").dataset.attended = "";
  for (const slot of all("[data-slot]")) near.observe(slot);
}

function atOnce() {
  watch.observe(document.documentElement, { childList: true, subtree: true });
  mark("coming");
  settle();
  setTimeout(() => mark("failed"), Number(notebook().dataset.patience) || PATIENCE);
}
