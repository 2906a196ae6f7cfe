// How sure the learner was against how often it was right: a picture, and the same in words.

import { format, h, svg } from "../shared/dom.js";

const SIDE = 220;
const LEFT = 46;
const TOP_EDGE = 28;
const LOWEST = 50;

/** The figure with its table; `block` frames it as the debrief's other parts. */
export function calibration({ summary, groups }, labels, block) {
  return block(
    labels.certainty,
    h("p", {}, summary),
    h(
      "figure",
      { class: "pk-calibration" },
      picture(groups, labels),
      h("figcaption", { class: "pk-soft pk-tiny" }, labels.certainty_help),
    ),
    table(groups, labels),
  );
}

function picture(groups, labels) {
  const x = (sure) => LEFT + ((sure - LOWEST) / (100 - LOWEST)) * SIDE;
  const y = (share) => TOP_EDGE + (1 - share) * SIDE;
  const sides = [50, 60, 70, 80, 90, 100].map((sure) => [
    svg("line", { class: "pk-grid-line", x1: x(sure), y1: y(0), x2: x(sure), y2: y(1) }),
    svg("text", { class: "pk-figure", x: x(sure), y: y(0) + 18 }, String(sure)),
  ]);
  const levels = [0, 0.25, 0.5, 0.75, 1].map((share) => [
    svg("line", { class: "pk-grid-line", x1: x(50), y1: y(share), x2: x(100), y2: y(share) }),
    svg("text", { class: "pk-figure pk-figure-side", x: LEFT - 8, y: y(share) + 4 }, String(share * 100)),
  ]);
  return svg(
    "svg",
    { viewBox: `0 0 ${LEFT + SIDE + 16} ${TOP_EDGE + SIDE + 44}`, role: "img", "aria-label": labels.certainty_picture },
    sides,
    levels,
    svg("line", { class: "pk-ideal", x1: x(50), y1: y(0.5), x2: x(100), y2: y(1) }),
    groups.map(({ sure, count, right }) =>
      svg("circle", {
        class: "pk-course-mark",
        cx: x(Math.max(LOWEST, sure)),
        cy: y(right / count),
        r: 4 + 2 * Math.sqrt(count),
      }),
    ),
    svg("text", { class: "pk-figure", x: x(75), y: y(0) + 38 }, labels.axis_sure),
    svg("text", { class: "pk-figure pk-figure-start", x: 0, y: 14 }, labels.axis_right),
  );
}

function table(groups, labels) {
  const columns = [labels.axis_sure, labels.answers, labels.of_them_right];
  const rows = groups.map(({ sure, count, right }) =>
    h(
      "tr",
      {},
      h("th", { scope: "row" }, format(labels.per_cent, { number: sure })),
      h("td", { class: "pk-number" }, count),
      h("td", { class: "pk-number" }, right),
    ),
  );
  return h(
    "table",
    { class: "pk-grid pk-small" },
    h("caption", { class: "ds-sr-only" }, labels.certainty),
    h("thead", {}, h("tr", {}, columns.map((name) => h("th", { scope: "col" }, name)))),
    h("tbody", {}, rows),
  );
}
