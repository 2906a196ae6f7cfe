// The verdict on an answer, and how it went once every task is tried.

import { h, more } from "../shared/dom.js";
import { receipt } from "../shared/receipt.js";

/** Right or not, the likely mistake, which side is the safe one, and the calculation. */
export function resultCard(view) {
  const { result } = view.task;
  const { labels } = view;
  if (!result) return null;
  return h(
    "section",
    { class: "pk-verdict pk-stack", "data-tone": result.tone, "aria-label": result.heading },
    h(
      "h4",
      { class: "ds-heading pk-verdict-title", "data-size": "xs", tabindex: "-1" },
      h("span", { class: "pk-verdict-sign", "aria-hidden": "true" }, result.tone === "good" ? "✓" : "✕"),
      result.heading,
    ),
    h(
      "dl",
      { class: "pk-answers" },
      pair(labels.you_answered, result.given),
      result.right && pair(labels.right_answer, result.right),
    ),
    result.text && h("p", {}, h("strong", {}, result.text)),
    result.side && h("p", {}, result.side),
    result.text && h("p", { class: "pk-soft" }, labels.again),
    receipt(result.steps, labels),
    result.ratio_set && aboutTable(result, labels),
  );
}

/** The whole set: how many were right, and which mistakes were made. */
export function summaryCard(view, link) {
  const { summary, labels } = view;
  if (!summary) return null;
  const back = () => link.send({ type: "go", task: summary.wrong });
  return h(
    "section",
    { class: "pk-summary pk-card pk-tight pk-screen-only", "aria-label": labels.done },
    h("h3", { class: "ds-heading", "data-size": "2xs" }, labels.done),
    h("p", {}, summary.text),
    summary.mistakes.length > 0 && h("h4", { class: "pk-summary-title" }, labels.mistakes),
    summary.mistakes.length > 0 &&
      h(
        "ul",
        { class: "pk-mistakes" },
        summary.mistakes.map(({ label, times }) => h("li", {}, label, times > 1 && ` (${times})`)),
      ),
    summary.wrong !== null &&
      h(
        "p",
        {},
        h(
          "button",
          { class: "ds-button", type: "button", "data-variant": "secondary", onclick: back },
          labels.once_more,
        ),
      ),
  );
}

function aboutTable({ ratio_set: set, warnings }, labels) {
  return more(
    labels.about_table,
    h(
      "div",
      { class: "pk-tight pk-small" },
      h("p", {}, h("strong", {}, set.title), ` ${[set.publisher, set.date].filter(Boolean).join(", ")}`),
      warnings.map((text) => h("p", { class: "pk-soft" }, text)),
      h("dl", { class: "pk-facts" }, pair(labels.purpose, set.purpose), pair(labels.not_for, set.not_for)),
      set.address.startsWith("http") &&
        h(
          "p",
          {},
          h(
            "a",
            { class: "ds-link", href: set.address, target: "_blank", rel: "noopener noreferrer" },
            labels.to_source,
            h("span", { class: "ds-sr-only" }, ` (${labels.new_window})`),
          ),
        ),
    ),
  );
}

function pair(term, text) {
  return h("div", {}, h("dt", {}, term), h("dd", {}, text));
}
