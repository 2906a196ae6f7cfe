// The answer: how much, within which spread, how it was worked out, and what it is not for.

import { h } from "../shared/dom.js";
import { printWidget } from "../shared/print.js";
import { rangeLine } from "../shared/range.js";
import { refusalBox } from "../shared/refusal.js";
import { noteList } from "./notes.js";
import { shareButtons } from "./share.js";
import { stepper } from "./steps.js";

/** The card with the answer, the refusal, or what to do to get one. */
export function answerCard(view, link) {
  const { result, labels, comparison } = view;
  if (!result && comparison) return null;
  return h(
    "section",
    { class: "pk-card pk-answer pk-stack", "aria-label": labels.answer },
    h("h2", { class: "ds-heading pk-answer-title", "data-size": "xs", tabindex: "-1" }, labels.answer),
    staleLine(labels),
    result ? answerParts(view, link) : h("p", { class: "pk-soft" }, labels.empty),
  );
}

/** What to show when the form says something else than the answer does. */
export function staleLine(labels) {
  return h("div", { class: "ds-alert pk-stale", "data-color": "warning", hidden: true }, labels.stale);
}

/** The answer itself, without its card: the same after a task. */
export function answerParts({ result, labels, q }, { announce, root }) {
  return [
    h("ul", { class: "pk-given pk-print-only" }, result.given.map((text) => h("li", {}, text))),
    result.refusal && refusalBox(result.refusal, labels),
    result.main && amounts(result, labels),
    stepper(result.steps, labels, announce),
    strengths(result.strengths, labels),
    rescueDose(result.rescue, labels, announce),
    noteList(result.notes, labels),
    aboutTable(result.ratio_set, labels),
    h(
      "div",
      { class: "pk-row pk-tools pk-screen-only" },
      shareButtons({ q, labels }, announce),
      h("button", { class: "ds-button", type: "button", "data-variant": "tertiary", "data-size": "sm", onclick: () => printWidget(root) }, labels.print),
    ),
  ];
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
    result.warnings.map((text) => h("div", { class: "ds-alert pk-warning", "data-color": "warning" }, text)),
  );
}

// The spread on a line from 0: where the table's figure lies between lowest and highest.
function rangeBar({ low, point, high, shown }, labels) {
  if (low === high) return null;
  const pair = (name, text, where) =>
    h("div", { class: `pk-range-${where}` }, h("dt", {}, name), h("dd", { class: "pk-number" }, text));
  return h(
    "div",
    { class: "pk-range" },
    rangeLine({ low, point, high }, high * 1.15),
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

function strengths(found, labels) {
  if (!found) return null;
  return h(
    "section",
    { class: "pk-strengths pk-tight", "aria-label": labels.strengths },
    h("h3", { class: "ds-heading", "data-size": "2xs" }, labels.strengths),
    found.none && h("p", { class: "pk-soft" }, labels.no_strengths),
    found.lines.map(({ text, source }) => [h("p", {}, text), h("p", { class: "pk-soft pk-tiny" }, source)]),
  );
}

function rescueDose(found, labels, announce) {
  if (!found) return null;
  return h(
    "section",
    { class: "pk-rescue pk-tight", "aria-label": labels.rescue_dose },
    h("h3", { class: "ds-heading", "data-size": "2xs" }, labels.rescue_dose),
    h("p", { class: "pk-soft pk-small" }, found.title),
    found.refusal
      ? [h("p", {}, found.refusal.message), h("p", {}, found.refusal.remedy)]
      : h("p", {}, `${found.name} `, h("strong", { class: "pk-number" }, found.amount)),
    found.steps.length > 0 &&
      h("details", { class: "pk-more" }, h("summary", {}, labels.rescue_steps), stepper(found.steps, labels, announce, null)),
  );
}

// Nobody's signature is a mark of its own; the others stand in its mark.
function tableMarks({ local, in_force: inForce, mark, draft }, labels) {
  const tag = (text, colour) => h("span", { class: "ds-tag pk-mark", "data-color": colour }, text);
  return [(local || !inForce) && mark && tag(mark, inForce ? "warning" : "danger"), draft && tag(labels.draft, "warning")];
}

/** Who made the table, for what, and for what not. */
export function aboutTable(set, labels) {
  const seen = set.local ? labels.seen_local : labels[`seen_${set.seen}`];
  const fact = ([name, text]) => h("div", {}, h("dt", {}, name), h("dd", {}, text));
  return h(
    "section",
    { class: "pk-about-table pk-tight", "aria-label": labels.about_table },
    h("h3", { class: "pk-about-title" }, set.title, tableMarks(set, labels)),
    h("p", { class: "pk-soft pk-small" }, [set.publisher, set.date].filter(Boolean).join(", ")),
    h("dl", { class: "pk-facts pk-small" }, [[labels.purpose, set.purpose], [labels.not_for, set.not_for]].map(fact)),
    h(
      "details",
      { class: "pk-more" },
      h("summary", {}, labels.more_about_table),
      h("dl", { class: "pk-facts pk-small" }, [[labels.seen, seen], [labels.rights, set.rights]].map(fact)),
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
