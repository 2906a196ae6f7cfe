// Practice tasks: how the set stands, one task, its verdict, and what comes next.

import { format, h } from "../shared/dom.js";
import { connect, focusOn } from "../shared/link.js";
import { progressLine } from "./progress.js";
import { resultCard, summaryCard } from "./result.js";
import { settings } from "./settings.js";
import { question, taskCard } from "./task.js";

function render({ model, el }) {
  const kept = { drafts: new Map(), settings: {} }; // what is typed, so that it outlives a new view
  return connect({ model, el, name: "pk-tasks", after, paint: (view, link) => paint(view, link, kept) });
}

function paint(view, link, kept) {
  const { labels } = view;
  tellScore(view, link.root);
  if (["fetch", "another"].includes(view.done) && !view.error) kept.settings = {};
  link.body.replaceChildren(
    h(
      "header",
      { class: "pk-tasks-head" },
      h("h2", { class: "ds-heading", "data-size": "xs" }, labels.widget),
      h("p", { class: "pk-soft pk-small" }, format(labels.set, view)),
    ),
    progressLine(view, link),
    taskCard(view, link, (shown) => draftOf(shown, kept.drafts), [resultCard(view), next(view, link)]),
    summaryCard(view, link) ?? "",
    settings(view, link, kept.settings),
    sheet(view),
    h("p", { class: "pk-watermark" }, labels.watermark),
  );
}

// The page around the tasks may keep how far the reader has come. The root may not stand in it yet.
function tellScore({ progress }, root) {
  const among = (...states) => progress.filter(({ state }) => states.includes(state)).length;
  const detail = { count: progress.length, tried: progress.length - among("open"), right: among("right", "mended") };
  queueMicrotask(() => root.dispatchEvent(new CustomEvent("pallkit:tasks", { bubbles: true, detail })));
}

function draftOf({ seed, level, at }, drafts) {
  const key = `${level} ${at} ${seed}`;
  if (!drafts.has(key)) drafts.set(key, {});
  return drafts.get(key);
}

// The next task not tried yet, from here on and then from the start.
function next({ labels, task, at, progress }, link) {
  const places = progress.map((_, step) => (at + 1 + step) % progress.length);
  const open = places.find((place) => progress[place].state === "open");
  if (!task.result || open === undefined) return null;
  const go = () => link.send({ type: "go", task: open });
  const variant = task.result.tone === "good" ? "primary" : "secondary";
  return h(
    "p",
    {},
    h("button", { class: "ds-button pk-next", type: "button", "data-variant": variant, onclick: go }, labels.next),
  );
}

// On paper: all the tasks, with a line to write on, and no answers.
function sheet({ sheet: tasks, labels }) {
  return h(
    "ol",
    { class: "pk-print-only pk-sheet" },
    tasks.map((task) =>
      h(
        "li",
        {},
        question(task),
        h("p", { class: "pk-blank" }, `${labels.answer}: `, h("span", {}), ` ${task.unit}`),
      ),
    ),
  );
}

function after(view, { root, announce }) {
  const { result } = view.task;
  if (view.error) {
    focusOn(root.querySelector("[aria-invalid]"));
    announce(view.error.text);
  } else if (view.done === "check" || view.done === "choose") {
    focusOn(root.querySelector(".pk-verdict-title"));
    announce([`${result.heading}.`, result.text, result.side].filter(Boolean).join(" "));
  } else if (view.done === "choices") {
    focusOn(root.querySelector(".pk-task-form input"));
  } else {
    focusOn(root.querySelector(".pk-task-title"));
  }
}

export default { render };
