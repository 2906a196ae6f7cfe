// The course of each symptom over the case's clock: nine small charts on one scale, so
// that no legend and no colour is needed to tell them apart; and the same as a table.

import { format, h, svg } from "../shared/dom.js";

const WIDTH = 120;
const HEIGHT = 40;
const PAD = 6;

/** A figure of small charts, one a symptom. */
export function courses(chart, labels) {
  const first = chart.times[0].text;
  const last = chart.times.at(-1).text;
  return h(
    "figure",
    { class: "pk-courses" },
    h(
      "ul",
      { class: "pk-plain" },
      chart.series.map((series) => {
        const values = series.points.map(([, value]) => value);
        const words = format(labels.course_of, {
          symptom: series.label,
          start: values[0],
          end: values.at(-1),
        });
        return h(
          "li",
          {},
          h(
            "span",
            { class: "pk-course-name", "aria-hidden": "true" },
            h("span", {}, series.label),
            h("strong", {}, values.at(-1)),
          ),
          h("span", { class: "ds-sr-only" }, words),
          line(series.points),
        );
      }),
    ),
    h("figcaption", { class: "pk-soft pk-tiny" }, format(labels.course_span, { first, last })),
  );
}

/** The same numbers as a table: a row a symptom, a column a time. */
export function courseTable(chart, labels) {
  const times = chart.times.map(({ text }) => h("th", { scope: "col" }, text));
  const rows = chart.series.map(({ label, points }) =>
    h("tr", {}, h("th", { scope: "row" }, label), points.map(([, value]) => h("td", {}, value))),
  );
  return h(
    "div",
    { class: "pk-scroll", tabindex: "0", role: "region", "aria-label": labels.course },
    h(
      "table",
      { class: "pk-grid pk-tiny" },
      h("thead", {}, h("tr", {}, h("th", { scope: "col" }, labels.symptom), times)),
      h("tbody", {}, rows),
    ),
  );
}

function line(points) {
  const start = points[0][0];
  const span = points.at(-1)[0] - start || 1;
  const marks = points.map(([minutes, value]) => [
    PAD + ((minutes - start) / span) * (WIDTH - 2 * PAD),
    HEIGHT - PAD - (value / 10) * (HEIGHT - 2 * PAD),
  ]);
  return svg(
    "svg",
    { class: "pk-course", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, "aria-hidden": "true" },
    svg("polyline", { class: "pk-course-line", points: marks.join(" ") }),
    marks.map(([cx, cy]) => svg("circle", { class: "pk-course-mark", cx, cy, r: "2" })),
  );
}
