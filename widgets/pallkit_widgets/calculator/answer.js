// The answer: how much, within which spread, how it was worked out, and what it is not for.

import { h } from "../shared/dom.js";
import { receipt } from "../shared/receipt.js";

/** The card with the answer, the refusal, or what to do to get one. */
export function answerCard({ result, labels }) {
  return h(
    "section",
    { class: "pk-card pk-answer pk-stack", "aria-label": labels.answer },
    h("h2", { class: "ds-heading pk-answer-title", "data-size": "xs", tabindex: "-1" }, labels.answer),
    h("p", { class: "ds-alert pk-stale", "data-color": "warning", hidden: true }, labels.stale),
    !result && h("p", { class: "pk-soft" }, labels.empty),
    result?.refusal && refusal(result.refusal, labels),
    result?.main && amounts(result, labels),
    result?.ratio_set && aboutTable(result.ratio_set, labels),
  );
}

function refusal({ message, remedy }, labels) {
  return h(
    "div",
    { class: "ds-alert", "data-color": "warning" },
    h("h3", { class: "ds-heading", "data-size": "2xs" }, labels.refused),
    h("p", {}, message),
    h("p", {}, remedy),
  );
}

function amounts(result, labels) {
  return h(
    "div",
    { class: "pk-stack pk-amounts" },
    result.label && h("p", {}, h("span", { class: "ds-tag pk-what", "data-color": "warning" }, result.label)),
    h(
      "p",
      { class: "pk-main-amount" },
      h("span", { class: "pk-main-name" }, result.target ? result.main.name : labels.equivalent),
      h("span", { class: "pk-number" }, result.main.amount),
    ),
    rangeBar(result.main, labels),
    result.total && h("p", {}, h("span", { class: "pk-soft" }, `${labels.equivalent}: `), h("strong", {}, result.total.text)),
    result.warnings.map((text) => h("p", { class: "ds-alert pk-warning", "data-color": "warning" }, text)),
    receipt(result.steps, labels),
  );
}

// The spread on a line from 0: where the table's figure lies between lowest and highest.
function rangeBar({ low, point, high, shown }, labels) {
  if (low === high) return null;
  const end = high * 1.15;
  const at = (value) => value / end;
  const pair = (name, text, where) =>
    h("div", { class: `pk-range-${where}` }, h("dt", {}, name), h("dd", { class: "pk-number" }, text));
  return h(
    "div",
    { class: "pk-range" },
    h(
      "div",
      { class: "pk-range-line", "aria-hidden": "true", "--pk-low": at(low), "--pk-high": at(high) },
      h("span", { class: "pk-range-spread" }),
      point !== null && h("span", { class: "pk-range-mark", "--pk-at": at(point) }),
    ),
    h(
      "dl",
      { class: "pk-range-numbers" },
      pair(labels.low, shown.low, "low"),
      point !== null && pair(labels.point, shown.point, "point"),
      pair(labels.high, shown.high, "high"),
    ),
    point === null && h("p", { class: "pk-soft pk-small" }, labels.no_point),
  );
}

function aboutTable(set, labels) {
  const facts = [
    [labels.purpose, set.purpose],
    [labels.not_for, set.not_for],
    [labels.seen, labels[`seen_${set.seen}`]],
    [labels.rights, set.rights],
  ];
  return h(
    "section",
    { class: "pk-about-table pk-tight", "aria-label": labels.about_table },
    h("h3", { class: "pk-about-title" }, set.title),
    h("p", { class: "pk-soft pk-small" }, [set.publisher, set.date].filter(Boolean).join(", ")),
    h(
      "dl",
      { class: "pk-facts pk-small" },
      facts.map(([name, text]) => h("div", {}, h("dt", {}, name), h("dd", {}, text))),
    ),
    set.address?.startsWith("http") &&
      h(
        "p",
        { class: "pk-small" },
        h(
          "a",
          { class: "ds-link", href: set.address, target: "_blank", rel: "noopener noreferrer" },
          labels.to_source,
          h("span", { class: "ds-sr-only" }, ` (${labels.new_window})`),
        ),
      ),
  );
}
