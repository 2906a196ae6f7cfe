// Notes and the receipt: the same below every answer.

import { h } from "../shared/dom.js";
import { receipt } from "../shared/receipt.js";

/** What to know about the answer, each with who says it. */
export function noteList(notes, labels) {
  if (!notes.length) return null;
  return h(
    "section",
    { class: "pk-notes", "aria-label": labels.notes },
    h("h3", { class: "pk-part-title" }, labels.notes),
    h(
      "ul",
      { class: "pk-plain pk-tight" },
      notes.map(({ text, source }) => h("li", { class: "pk-note pk-small" }, text, h("cite", { class: "pk-soft pk-tiny" }, source))),
    ),
  );
}

/** Notes and steps together. */
export function below({ notes, steps }, labels) {
  // What stands beside a step here is its formula, not a ratio of two drugs.
  return [noteList(notes, labels), receipt(steps, { ...labels, ratio: "{ratio}" })];
}

/** Pairs of a name and what it is, the number first in weight. */
export function facts(...pairs) {
  return h(
    "dl",
    { class: "pk-pump-facts" },
    pairs.filter(Boolean).map(([name, text, more]) =>
      h("div", {}, h("dt", {}, name), h("dd", { class: "pk-number" }, text), more && h("dd", { class: "pk-soft pk-tiny" }, more)),
    ),
  );
}
