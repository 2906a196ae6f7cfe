// What is left in the reservoir over one, two or three days, and the same as a table.
// Places are in per cent of the width, so that letters keep their size on a narrow page.

import { format, h, more, svg, uid } from "../shared/dom.js";

const PLOT = 190; // px from a full reservoir to an empty one
const HEAD = 22;
const FOOT = 26;

/** The figure for the chosen span; `chosen.span` keeps which one. */
export function timelineFigure(answer, labels, chosen) {
  const figure = h("figure", { class: "pk-timeline" });
  const show = (focused) => {
    const line = answer.timelines.find(({ span_h }) => span_h === chosen.span) ?? answer.timelines.at(-1);
    const spans = spanButtons(answer.timelines, labels, line.span_h, (span) => {
      chosen.span = span;
      show(true);
    });
    figure.replaceChildren(
      h("figcaption", { class: "pk-picture-title" }, labels.timeline),
      spans,
      plot(line, answer, labels),
      legend(line, answer, labels),
      more(labels.as_table, courseNumbers(line, labels)),
    );
    if (focused) spans.querySelector("input:checked").focus();
  };
  show(false);
  return figure;
}

function spanButtons(lines, labels, chosen, pick) {
  const group = uid("span");
  return h(
    "fieldset",
    { class: "pk-spans pk-screen-only" },
    h("legend", { class: "ds-sr-only" }, labels.span),
    lines.map(({ span_h }) => {
      const radio = h("input", {
        type: "radio",
        class: "ds-sr-only",
        name: group,
        id: uid("hours"),
        checked: span_h === chosen,
        onchange: () => pick(span_h),
      });
      return h("span", {}, radio, h("label", { for: radio.id }, format(labels.span_hours, { hours: span_h })));
    }),
  );
}

function plot(line, answer, labels) {
  const at = (hours) => `${(hours / line.span_h) * 100}%`;
  const full = line.basal.moments[0].ml_left;
  const down = (ml) => HEAD + PLOT * (1 - ml / full);
  const every = line.span_h === 24 ? 6 : 12;
  const ticks = Array.from({ length: line.span_h / every + 1 }, (_none, index) => index * every);
  return h(
    "div",
    { class: "pk-plot" },
    h(
      "div",
      { class: "pk-plot-scale pk-tiny", "aria-hidden": "true" },
      h("span", {}, answer.picture.total),
      h("span", {}, "0"),
    ),
    svg(
      "svg",
      { class: "pk-plot-svg", width: "100%", height: HEAD + PLOT + FOOT, role: "img", "aria-label": line.text },
      svg("rect", { class: "pk-plot-ground", x: 0, y: HEAD, width: "100%", height: PLOT }),
      ticks.map((hours) => tick(hours, at, line.span_h, labels)),
      [0.25, 0.5, 0.75].map((part) =>
        svg("line", { class: "pk-plot-grid", x1: 0, x2: "100%", y1: HEAD + PLOT * part, y2: HEAD + PLOT * part }),
      ),
      line.keeps_h !== null && line.keeps_h <= line.span_h && keepsLine(line, at, answer, labels),
      line.pressed && course(line.pressed, "pk-course-pressed", at, down),
      course(line.basal, "pk-course-basal", at, down),
      line.pressed && emptyMark(line.pressed, at),
      emptyMark(line.basal, at),
    ),
  );
}

function tick(hours, at, span, labels) {
  const anchor = hours === 0 ? "start" : hours === span ? "end" : "middle";
  const kind = hours % 24 ? "pk-plot-grid" : "pk-plot-day";
  return svg(
    "g",
    {},
    svg("line", { class: kind, x1: at(hours), x2: at(hours), y1: HEAD, y2: HEAD + PLOT }),
    (span === 24 || hours % 24 === 0) &&
      svg("text", { class: "pk-plot-text", x: at(hours), y: HEAD + PLOT + 18, "text-anchor": anchor }, format(labels.hours_short, { hours })),
  );
}

// What comes after it is empty is nothing to draw.
function course({ moments, empty_h }, kind, at, down) {
  const drawn = moments.filter(({ h: hours }) => empty_h === null || hours <= empty_h);
  return drawn.slice(1).map((to, index) => {
    const from = drawn[index];
    return svg("line", { class: kind, x1: at(from.h), y1: down(from.ml_left), x2: at(to.h), y2: down(to.ml_left) });
  });
}

function emptyMark({ empty_h }, at) {
  return empty_h === null ? null : svg("circle", { class: "pk-empty-mark", cx: at(empty_h), cy: HEAD + PLOT, r: 5 });
}

function keepsLine({ keeps_h, span_h }, at, answer, labels) {
  const late = keeps_h > span_h * 0.5;
  return svg(
    "g",
    {},
    svg("line", { class: "pk-keeps-line", x1: at(keeps_h), x2: at(keeps_h), y1: HEAD - 6, y2: HEAD + PLOT }),
    svg(
      "text",
      { class: "pk-plot-text", x: at(keeps_h), y: HEAD - 9, dx: late ? -4 : 0, "text-anchor": late ? "end" : "start" },
      format(labels.keeps_until, { time: answer.keeps.text }),
    ),
  );
}

function legend(line, answer, labels) {
  const sample = (kind) =>
    svg("svg", { class: "pk-sample", width: 34, height: 12, "aria-hidden": "true" }, svg("line", { class: kind, x1: 1, x2: 33, y1: 6, y2: 6 }));
  const told = (name, { moments, empty }) =>
    empty === null
      ? format(labels.left_after, { name, left: moments.at(-1).left, time: moments.at(-1).at })
      : format(labels.empty_after, { name, time: empty });
  const known = answer.keeps.known;
  return h(
    "ul",
    { class: "pk-plain pk-legend-list pk-small" },
    h("li", {}, sample("pk-course-basal"), h("span", {}, told(labels.without, line.basal))),
    line.pressed && h("li", {}, sample("pk-course-pressed"), h("span", {}, told(labels.with_all, line.pressed))),
    h("li", {}, sample(known ? "pk-keeps-line" : "pk-nothing"), h("span", {}, format(labels.keeps_is, { time: answer.keeps.text }))),
  );
}

function courseNumbers(line, labels) {
  const pressed = new Map(line.pressed?.moments.map((moment) => [moment.h, moment]));
  const days = line.basal.moments.filter(({ h: hours }) => hours % 24 === 0);
  const head = [labels.time, labels.left_without, labels.given_without];
  if (line.pressed) head.push(labels.left_all, labels.given_all);
  const cells = (moment) => {
    const most = pressed.get(moment.h);
    return [moment.left, moment.given, ...(line.pressed ? [most?.left ?? "", most?.given ?? ""] : [])];
  };
  return h(
    "div",
    { class: "pk-scroll", tabindex: "0", role: "region", "aria-label": labels.as_table },
    h(
      "table",
      { class: "pk-grid pk-tiny" },
      h("thead", {}, h("tr", {}, head.map((text) => h("th", { scope: "col" }, text)))),
      h(
        "tbody",
        {},
        days.map((moment) => h("tr", {}, h("th", { scope: "row" }, moment.at), cells(moment).map((text) => h("td", { class: "pk-number" }, text)))),
      ),
    ),
  );
}
