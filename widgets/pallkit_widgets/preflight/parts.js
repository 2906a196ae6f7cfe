// What a check found, part by part.

import { h, uid } from "../shared/dom.js";

/** The overall line, with the deadline below it; it takes the focus to be read from. */
export function verdict({ ready, headline, deadline }) {
  return h(
    "div",
    { class: "ds-alert pk-tight pk-verdict", "data-color": ready ? "success" : "warning", tabindex: "-1" },
    h("p", { class: "pk-verdict-line" }, headline),
    h("p", {}, deadline),
  );
}

/** Every task, with where it stands and what to do. */
export function taskList({ tasks }, labels) {
  return tasks.length > 0 && part(labels.tasks, h("ul", { class: "pk-plain pk-checks" }, tasks.map(taskLine)));
}

/** What was found besides, the graver first. */
export function remarkList({ remarks }, labels) {
  const graver = remarks.toSorted((one, other) => (one.weight === "look") - (other.weight === "look"));
  const lines = graver.map((one) => remarkLine(one, labels));
  return remarks.length > 0 && part(labels.findings, h("ul", { class: "pk-plain pk-checks" }, lines));
}

/** How much is handed in. */
export function fileLines({ files }, labels) {
  return part(labels.files, h("div", { class: "pk-small pk-soft" }, files.map((line) => h("p", {}, line))));
}

function part(title, ...children) {
  const id = uid("part");
  return h("section", { class: "pk-tight", "aria-labelledby": id }, h("h3", { class: "pk-part", id }, title), ...children);
}

function taskLine({ title, standing, word, why }) {
  const colour = standing === "answered" ? "success" : "warning";
  return checkLine(colour, word, h("p", { class: "pk-check-title" }, title), why);
}

function remarkLine({ weight, text, remedy }, labels) {
  const mend = weight === "mend";
  return checkLine(mend ? "warning" : "info", mend ? labels.to_mend : labels.to_look_at, h("p", {}, text), remedy);
}

function checkLine(colour, word, title, why) {
  return h(
    "li",
    { class: "pk-check" },
    h("div", { class: "pk-check-text" }, title, why && h("p", { class: "pk-small pk-soft" }, why)),
    h("span", { class: "ds-tag", "data-color": colour }, word),
  );
}
