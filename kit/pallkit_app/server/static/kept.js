// The page about privacy: what lies in this browser now, and a button that removes it.

import { forgetAll, keys } from "./progress.js";

const list = document.getElementById("kept");

function show() {
  const found = keys();
  for (const line of list.querySelectorAll("[data-kept]")) line.hidden = !found.includes(line.dataset.kept);
  const known = [...list.querySelectorAll("[data-kept]")].map((line) => line.dataset.kept);
  list.querySelector("[data-other]").hidden = found.every((key) => known.includes(key));
  list.querySelector("[data-none]").hidden = found.length > 0;
  list.querySelector("button").hidden = !found.length;
}

list.querySelector("button").addEventListener("click", () => {
  forgetAll();
  show();
  const said = document.getElementById("emptied");
  said.textContent = said.dataset.said;
  said.focus();
  window.dispatchEvent(new StorageEvent("storage", { key: null })); // the colours too
});
list.hidden = false;
show();
