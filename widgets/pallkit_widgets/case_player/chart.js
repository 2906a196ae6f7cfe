// The course of each symptom and vital sign over the case's clock: small charts, so that no
// legend and no colour is needed to tell them apart; and the same as a table.

import { format, h, sideways, svg } from "../shared/dom.js";

const WIDTH = 120;
const HEIGHT = 40;
const PAD = 6;

/** Only what has moved: nine level lines say nothing. */
export function changed(chart) {
  const moves = ({ points }) => points.some(([, value]) => value !== points[0][1]);
  return { ...chart, series: chart.series.filter(moves), vitals: chart.vitals.filter(moves) };
}

/** A figure of small charts, one a symptom or vital sign. */
export function courses(chart, labels) {
  const first = chart.times[0].text;
  const last = chart.times.at(-1).text;
  return h(
    "figure",
    { class: "pk-courses" },
    h("ul", { class: "pk-plain" }, plotted(chart).map((series) => small(series, labels))),
    h(
      "figcaption",
      { class: "pk-soft pk-tiny" },
      format(chart.series.length ? labels.course_span : labels.course_times, { first, last }),
    ),
  );
}

/** The same numbers as a table: a row a symptom or vital sign, a column a time. */
export function courseTable(chart, labels) {
  const times = chart.times.map(({ text }) => h("th", { scope: "col" }, text));
  const rows = plotted(chart).map(({ label, texts }) =>
    h("tr", {}, h("th", { scope: "row" }, label), texts.map((text) => h("td", {}, text))),
  );
  return sideways(
    labels.course,
    h(
      "table",
      { class: "pk-grid pk-tiny" },
      h("thead", {}, h("tr", {}, h("th", { scope: "col" }, labels.symptom), times)),
      h("tbody", {}, rows),
    ),
  );
}

// Symptoms on their one scale and vital signs on each its own, told in the same way.
function plotted({ series, vitals }) {
  const symptoms = series.map((one) => {
    const figures = one.points.map(([, value]) => String(value));
    return { ...one, low: 0, high: 10, figures, texts: figures };
  });
  return [...vitals, ...symptoms];
}

function small(series, labels) {
  const { label, texts, figures } = series;
  const words = format(labels.course_of, { symptom: label, start: texts[0], end: texts.at(-1) });
  return h(
    "li",
    {},
    h(
      "span",
      { class: "pk-course-name", "aria-hidden": "true" },
      h("span", {}, label),
      h("strong", { class: "pk-number" }, figures.at(-1)),
    ),
    h("span", { class: "ds-sr-only" }, words),
    curve(series),
  );
}

function curve({ points, low, high }) {
  const start = points[0][0];
  const span = points.at(-1)[0] - start || 1;
  const marks = points.map(([minutes, value]) => [
    PAD + ((minutes - start) / span) * (WIDTH - 2 * PAD),
    HEIGHT - PAD - ((value - low) / (high - low)) * (HEIGHT - 2 * PAD),
  ]);
  return svg(
    "svg",
    { class: "pk-course", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, "aria-hidden": "true" },
    svg("polyline", { class: "pk-course-line", points: marks.join(" ") }),
    marks.map(([cx, cy]) => svg("circle", { class: "pk-course-mark", cx, cy, r: "2" })),
  );
}
