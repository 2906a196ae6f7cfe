// A page with tools, without a server: Python is fetched once, runs in a worker, and draws the
// notebook's widgets where the server's pages would have them. Until then the text can be read,
// and a line says how far it has come.

import { controlled, keep } from "./offline.js";
import { Model, draw } from "./widget.js";

const about = JSON.parse(document.getElementById("python").textContent);
const notebook = () => document.getElementById("notebook");
const models = [];
let drawn = Promise.resolve();

// ---- how far it has come ----

const lines = () => document.querySelectorAll(".site-waiting__text");

function progress(bytes) {
  const done = Math.min(bytes / about.size, 1);
  const text = done < 1 ? about.texts.fetching : about.texts.starting;
  for (const line of lines()) {
    // Said aloud only when it is another: the bar moves, the words stay.
    if (line.textContent !== text) line.textContent = text;
    const bar = line.nextElementSibling?.matches("progress") ? line.nextElementSibling : bare(line);
    if (done < 1) bar.value = done;
    else bar.removeAttribute("value");
  }
}

function bare(line) {
  const bar = document.createElement("progress");
  bar.className = "site-fetching";
  bar.setAttribute("aria-label", about.texts.bar);
  line.after(bar);
  return bar;
}

// ---- Python and its widgets ----

function query() {
  const asked = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries(about.query)) asked.set(name, value);
  asked.set("lang", document.documentElement.lang);
  return asked.toString();
}

function show(python, { number, cell, kind, traits }) {
  const place = document.createElement("div");
  place.className = "pk-output";
  place.dataset.cell = cell;
  models[number] = new Model(traits, (content) => python.postMessage({ type: "message", number, content }));
  // One after another, in the notebook's order.
  drawn = drawn.then(() => draw(new URL(`${about.widgets}${kind}`, import.meta.url).href, models[number], place)).then(() => notebook().append(place));
  drawn.catch(fail);
}

function fail(error) {
  if (error) console.error(error);
  const mark = document.createElement("div");
  mark.dataset.failed = "";
  notebook().append(mark);
}

// A change of language moves the page to another folder; what is named from here must not follow.
function fasten() {
  for (const icon of document.querySelectorAll('link[rel="icon"]')) icon.setAttribute("href", icon.href);
}

async function begin() {
  fasten();
  progress(0);
  await controlled; // so that what is fetched is kept for the next visit
  const unkept = !navigator.serviceWorker?.controller;
  const python = new Worker(new URL("./worker.js", import.meta.url), { type: "module" });
  python.addEventListener("error", fail);
  python.addEventListener("message", ({ data }) => {
    if (data.type === "fetched") progress(data.bytes);
    else if (data.type === "started" && unkept) keep(data.addresses);
    else if (data.type === "widget") show(python, data);
    else if (data.type === "change") models[data.number].change(data.content);
    else if (data.type === "custom") models[data.number].receive(data.content);
    else if (data.type === "failed") drawn.then(() => fail());
  });
  const runtime = new URL(about.runtime, import.meta.url).href;
  python.postMessage({ type: "run", cells: about.cells, query: query(), runtime });
}

begin();
