// How the set stands: a mark for each task, which takes you to it.

import { format, h } from "../shared/dom.js";

/** The line of tasks, drawn; each is a button that says how it stands. */
export function progressLine(view, link) {
  const { progress, labels, at } = view;
  const marks = progress.map(({ state, label }, index) =>
    h(
      "li",
      {},
      h(
        "button",
        {
          class: "pk-mark",
          type: "button",
          "data-state": state,
          "aria-current": index === at && "step",
          "aria-label": label,
          onclick: () => link.send({ type: "go", task: index }),
        },
        h("span", { "aria-hidden": "true" }, SIGNS[state] ?? index + 1),
      ),
    ),
  );
  return h(
    "div",
    { class: "pk-progress pk-screen-only", role: "group", "aria-label": labels.progress },
    h("ol", { class: "pk-plain pk-marks" }, marks),
    h("p", { class: "pk-soft pk-tiny" }, score(view)),
  );
}

function score({ progress, labels }) {
  const tried = progress.filter(({ state }) => state !== "open").length;
  const right = progress.filter(({ state }) => state === "right" || state === "mended").length;
  return format(labels.score, { tried, count: progress.length, right });
}

const SIGNS = { right: "✓", mended: "✓", wrong: "✕" };
