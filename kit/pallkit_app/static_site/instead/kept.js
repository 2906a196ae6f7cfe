// The page about privacy: what lies in this browser now, and a button that removes it. As on
// the server, and the pages and the program that are kept for when there is no network.

import { forgetAll, keys } from "./progress.js";

const list = document.getElementById("kept");
const { pages } = JSON.parse(document.getElementById("kept-texts").textContent);
const opened = list.querySelector("ul").appendChild(Object.assign(document.createElement("li"), { textContent: pages }));

// Kept in the name of this copy: its service worker's address without the file.
async function kept() {
  const worker = await navigator.serviceWorker?.getRegistration();
  return worker && { worker, name: `pallkit ${worker.scope}` };
}

async function show() {
  const found = keys();
  const copy = await kept();
  opened.hidden = !(copy && (await caches.has(copy.name)));
  for (const line of list.querySelectorAll("[data-kept]")) line.hidden = !found.includes(line.dataset.kept);
  const known = [...list.querySelectorAll("[data-kept]")].map((line) => line.dataset.kept);
  list.querySelector("[data-other]").hidden = found.every((key) => known.includes(key));
  list.querySelector("[data-none]").hidden = found.length > 0 || !opened.hidden;
  list.querySelector("button").hidden = !found.length && opened.hidden;
}

async function remove() {
  forgetAll();
  const copy = await kept();
  if (copy) {
    await copy.worker.unregister();
    await caches.delete(copy.name);
  }
  await show();
  const said = document.getElementById("emptied");
  said.textContent = said.dataset.said;
  said.focus();
  window.dispatchEvent(new StorageEvent("storage", { key: null })); // the colours too
}

list.querySelector("button").addEventListener("click", remove);
list.hidden = false;
show();
// What this very page puts by comes a moment later.
navigator.serviceWorker?.ready.then(show);
