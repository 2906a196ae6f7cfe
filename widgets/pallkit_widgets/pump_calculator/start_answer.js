// From mouth to pump by each table, on one line from 0, so that the difference is seen.

import { format, h } from "../shared/dom.js";
import { rangeLine } from "../shared/range.js";
import { receipt } from "../shared/receipt.js";
import { refusalBox } from "../shared/refusal.js";
import { facts } from "./notes.js";

/** The card beside the third form; `take` puts an answer into the pump's form. */
export function startAnswer(answer, labels, take) {
  return [
    h(
      "ul",
      { class: "pk-plain pk-small" },
      answer.doses.map((dose) => h("li", {}, dose)),
    ),
    answer.differ && h("p", { class: "pk-differ" }, answer.differ),
    answer.rows.map((row) => table(row, answer, labels, take)),
  ];
}

function table(row, answer, labels, take) {
  const { set } = row;
  const about = [set.publisher, set.date, set.mark].filter(Boolean).join(", ");
  return h(
    "section",
    { class: "pk-by-table pk-tight", "aria-label": set.title },
    h("h3", { class: "pk-part-title" }, set.title),
    h("p", { class: "pk-soft pk-tiny" }, about),
    row.refusal ? refusalBox(row.refusal, labels) : amount(row, answer, labels, take),
    h("p", { class: "pk-soft pk-tiny" }, format(labels.not_for, { text: set.not_for })),
  );
}

function amount(row, answer, labels, take) {
  const use = () => take({ drug: answer.drug, dose: row.point });
  return [
    row.label && h("p", {}, h("span", { class: "ds-tag pk-what", "data-color": "warning" }, row.label)),
    h("p", { class: "pk-main-amount pk-number" }, row.day),
    rangeLine(row.spread, answer.highest * 1.05, { filled: true }),
    facts([labels.per_hour, row.hour], row.range && [labels.spread, row.range], row.nurse && [labels.nurse, row.nurse, labels.nurse_help]),
    row.warnings.map((text) => h("p", { class: "pk-note pk-small" }, text)),
    receipt(row.steps, labels),
    row.point &&
      h(
        "button",
        { class: "ds-button pk-screen-only", type: "button", "data-variant": "tertiary", "data-size": "sm", onclick: use },
        labels.take,
        h("span", { class: "ds-sr-only" }, `: ${row.set.title}`),
      ),
  ];
}
