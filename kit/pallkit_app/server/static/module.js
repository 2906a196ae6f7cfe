// A module's page: the table of contents, and how far the reader has come. Its tools: tools.js.

import * as progress from "./progress.js";
import { attend } from "./tools.js";

// ---- where the reader is ----

const contents = () => document.getElementById("contents");
const links = () => [...contents().querySelectorAll("a")];
const headings = () => links().map((link) => document.querySelector(link.hash));
const idOf = (link) => link.hash.slice(1);
const wide = window.matchMedia("(min-width: 64rem)");
const read = new Set();
const tasks = {};
let module = {};
let place = "";

function follow() {
  const tops = headings().map((heading) => heading.getBoundingClientRect().top);
  const at = Math.max(0, tops.findLastIndex((top) => top < window.innerHeight * 0.4));
  place = idOf(links()[at]);
  // Read is the part one is in, once its end is in sight: not one that was jumped over.
  const end = tops[at + 1] ?? document.querySelector(".site-module").getBoundingClientRect().bottom;
  if (end < window.innerHeight) read.add(place);
  show();
  save();
}

function show() {
  for (const link of links()) {
    if (idOf(link) === place) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
    link.nextElementSibling.hidden = !read.has(idOf(link));
  }
  const line = document.getElementById("score");
  line.textContent = progress.told(progress.summed(sofar()), line);
}

function sofar() {
  return { version: module.version, read: [...read], parts: links().length, place, tasks };
}

// A set of tasks begins anew with the page: the best that was done counts.
function solved({ target, detail }) {
  const slot = target.closest("[data-slot]")?.dataset.slot;
  if (!slot || !Number.isInteger(detail?.right) || !Number.isInteger(detail.count)) return;
  tasks[slot] = { count: detail.count, right: Math.max(detail.right, tasks[slot]?.right ?? 0) };
  show();
  if (detail.tried) save();
}

function save() {
  if (progress.isAsked()) progress.keep(module.id, sofar());
}

function recall() {
  const kept = progress.of(module.id, module.version);
  if (!kept) return;
  for (const id of kept.read) read.add(id);
  Object.assign(tasks, kept.tasks);
  place = kept.place;
}

function resume() {
  const [first, ...later] = links();
  const link = later.find((each) => idOf(each) === came);
  if (!link || first === link) return;
  const offer = document.getElementById("resume");
  offer.hash = link.hash;
  offer.querySelector("span").textContent = link.textContent;
  offer.parentElement.hidden = false;
}

function furnish() {
  const box = document.getElementById("remember");
  box.checked = progress.isAsked();
  box.closest("p").hidden = !progress.canKeep();
  box.addEventListener("change", () => (box.checked ? progress.keep(module.id, sofar()) : progress.forget()));
  document.getElementById("print").hidden = false;
  document.getElementById("print").addEventListener("click", () => window.print());
  document.getElementById("score").hidden = false;
  resume();
  show();
}

let came = ""; // where the reader was when they came

function begin() {
  const { module: id, version } = document.querySelector("[data-module]").dataset;
  module = { id, version };
  contents().open = wide.matches;
  wide.addEventListener("change", () => (contents().open = wide.matches));
  recall();
  came = place;
  furnish();
  let asked = 0;
  window.addEventListener("scroll", () => {
    cancelAnimationFrame(asked);
    asked = requestAnimationFrame(follow);
  }, { passive: true });
  document.addEventListener("pallkit:exchanged", furnish);
  attend();
}

document.addEventListener("pallkit:tasks", solved);

// The script may be here before the end of the page.
if (document.querySelector("body > footer")) begin();
else {
  const whole = new MutationObserver((_changes, observer) => {
    if (!document.querySelector("body > footer")) return;
    observer.disconnect();
    begin();
  });
  whole.observe(document.documentElement, { childList: true, subtree: true });
}
