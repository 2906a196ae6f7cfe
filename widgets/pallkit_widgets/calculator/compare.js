// The same doses by every table on one axis: what stands in the drawing stands in words, too.

import { format, h } from "../shared/dom.js";
import { shareButtons } from "./share.js";

/** The card with every table's answer, lowest first, and those that give none. */
export function compareCard({ comparison, labels, q, result }, { announce }) {
  const { ticks, answers, refusals, summary, unit } = comparison;
  const end = ticks.length ? ticks[ticks.length - 1].at : 1;
  return h(
    "section",
    { class: "pk-card pk-compare pk-stack", "aria-label": labels.comparison },
    h("h2", { class: "ds-heading pk-compare-title", "data-size": "xs", tabindex: "-1" }, labels.comparison),
    h("p", { class: "pk-compare-summary" }, summary),
    answers.length > 0 && chart(comparison, end, format(labels.axis, { unit }), labels),
    refusals.length > 0 && refusalList(refusals, labels),
    !result && h("div", { class: "pk-row pk-tools pk-screen-only" }, shareButtons({ q, labels }, announce)),
  );
}

function chart({ ticks, answers, spread }, end, axis, labels) {
  const at = (value) => value / end;
  const scale = h(
    "div",
    { class: "pk-axis", "aria-hidden": "true" },
    ticks.map(({ at: value, text }) => h("span", { class: "pk-tick", "--pk-at": at(value) }, h("span", { class: "pk-tick-text" }, text))),
  );
  return h(
    "div",
    { class: "pk-chart", "--pk-all-low": at(spread?.low ?? 0), "--pk-all-high": at(spread?.high ?? 0) },
    h("p", { class: "pk-soft pk-tiny pk-axis-name" }, axis),
    h("div", { class: "pk-chart-head", "aria-hidden": "true" }, scale),
    h("ol", { class: "pk-plain pk-chart-rows" }, answers.map((one) => chartRow(one, at, labels))),
  );
}

function chartRow(one, at, labels) {
  return h(
    "li",
    { class: `pk-chart-row${one.chosen ? " pk-chosen" : ""}` },
    h("div", { class: "pk-chart-name" }, named(one, labels)),
    h("p", { class: "pk-chart-amount pk-number" }, one.text),
    h(
      "div",
      { class: "pk-chart-line", "aria-hidden": "true", "--pk-low": at(one.low), "--pk-high": at(one.high) },
      h("span", { class: "pk-chart-all" }),
      one.low !== one.high && h("span", { class: "pk-chart-spread" }),
      one.point !== null && h("span", { class: "pk-chart-mark", "--pk-at": at(one.point) }),
    ),
    h(
      "details",
      { class: "pk-more pk-chart-about pk-tiny" },
      h("summary", {}, labels.about_each, h("span", { class: "ds-sr-only" }, `: ${one.title}`)),
      h("p", {}, h("strong", {}, `${labels.purpose}: `), one.purpose),
      h("p", {}, h("strong", {}, `${labels.not_for}: `), one.not_for),
    ),
  );
}

function named({ publisher, title, date, mark, local, chosen, in_force: inForce }, labels) {
  return [
    h("p", { class: "pk-chart-title" }, publisher),
    h("p", { class: "pk-soft pk-tiny" }, `${title}, ${date}`),
    h(
      "p",
      { class: "pk-marks" },
      chosen && h("span", { class: "ds-tag", "data-color": "accent" }, labels.yours),
      mark && h("span", { class: "ds-tag", "data-color": inForce ? (local ? "warning" : "neutral") : "danger" }, mark),
    ),
  ];
}

function refusalList(refusals, labels) {
  return h(
    "section",
    { class: "pk-refusals pk-tight", "aria-label": format(labels.refusals, { count: refusals.length }) },
    h("h3", { class: "ds-heading", "data-size": "2xs" }, format(labels.refusals, { count: refusals.length })),
    h(
      "ul",
      { class: "pk-plain" },
      refusals.map((one) =>
        h(
          "li",
          { class: "pk-refused" },
          h("p", {}, h("strong", {}, one.publisher), " ", one.mark && h("span", { class: "ds-tag", "data-color": one.local ? "warning" : "neutral" }, one.mark)),
          h("p", { class: "pk-small" }, one.reason),
        ),
      ),
    ),
  );
}
