// The modules' cards and the way back in, for a reader who has asked to be remembered.

import { everything, forget, isAsked, summed, told } from "./progress.js";

const cards = () => [...document.querySelectorAll("[data-module-card]")];

function show() {
  const kept = everything();
  const begun = cards().filter((card) => mark(card, kept[card.dataset.moduleCard]));
  offer(begun.map((card) => [kept[card.dataset.moduleCard].at, card]).sort(([a], [b]) => b - a)[0]?.[1]);
  document.getElementById("forget").hidden = !isAsked();
}

/** Show on a card how far the reader has come; whether they have begun. */
function mark(card, progress) {
  const line = card.querySelector(".site-progress");
  const begun = progress?.version === card.dataset.version;
  line.hidden = !begun;
  if (!begun) return false;
  const sums = summed(progress);
  const bar = line.querySelector("progress");
  [bar.max, bar.value] = [sums.parts, sums.read];
  line.querySelector("p").textContent = told(sums, line);
  const on = line.querySelector("a");
  on.hash = progress.place;
  on.hidden = sums.read >= sums.parts;
  return true;
}

/** On the start page, the module that was read last. */
function offer(card) {
  const line = document.getElementById("resume");
  if (!line) return;
  const on = card?.querySelector(".site-progress a");
  line.hidden = !on || on.hidden;
  if (line.hidden) return;
  const link = line.querySelector("a");
  const title = card.querySelector(".site-card__title a");
  link.href = on.href;
  link.textContent = title.textContent;
  link.lang = title.lang || document.documentElement.lang;
}

document.querySelector("#forget button").addEventListener("click", () => {
  forget();
  show();
  const said = document.getElementById("forgotten");
  said.textContent = said.dataset.said;
  said.focus();
});
window.addEventListener("pageshow", ({ persisted }) => persisted && show());
show();
