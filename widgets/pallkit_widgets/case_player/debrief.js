// Looking back: what the decisions gave, dangers first, and where the patient ended.

import { format, h, more, prose, sideways, uid } from "../shared/dom.js";
import { answeredPart } from "./answered.js";
import { calibration } from "./calibration.js";
import { changed, courses, courseTable } from "./chart.js";
import { change, sourceList } from "./parts.js";
import { pathTaken } from "./path.js";

/** The whole debrief, below the feedback of the last decision. */
export function debrief(view) {
  const { debrief: done, labels } = view;
  return h(
    "div",
    { class: "pk-debrief" },
    h("h3", { class: "ds-heading pk-debrief-title", "data-size": "md", tabindex: "-1" }, labels.debrief),
    done.dangers.length > 0 && dangers(done.dangers, view),
    h("div", { class: "pk-results" }, h("div", {}, scores(done, labels), course(view)), ending(view)),
    done.certainty && calibration(done.certainty, labels, block),
    forms(view),
    block(labels.path, pathTaken(view)),
    block(labels.sources, sourceList(done.sources, labels)),
  );
}

function block(title, ...children) {
  const id = uid("block");
  return h(
    "section",
    { class: "pk-card pk-block", "aria-labelledby": id },
    h("h4", { id, class: "ds-heading", "data-size": "xs" }, title),
    ...children,
  );
}

function dangers(acts, { labels, lang }) {
  return h(
    "div",
    { class: "ds-alert pk-tight", "data-color": "danger" },
    h("h4", { class: "ds-heading", "data-size": "2xs" }, labels.dangers),
    h("p", { class: "pk-small" }, labels.dangers_help),
    h(
      "ul",
      { lang },
      acts.map(({ title, chosen }) => h("li", {}, chosen ? `${title}${/[.!?:]$/.test(title) ? "" : ":"} ${chosen}` : title)),
    ),
  );
}

// What was written in the forms, as a group would have them on the table.
function forms(view) {
  const filled = view.debrief.path.filter(({ kind }) => kind === "document");
  if (filled.length === 0) return null;
  return block(
    view.labels.forms,
    filled.map((passage) => h("div", { class: "pk-form-filled" }, answeredPart(passage, view))),
  );
}

function scores({ score, score_note }, labels) {
  return block(
    labels.score,
    h("p", { class: "pk-soft pk-small" }, `${score_note} ${labels.score_help}`),
    h(
      "table",
      { class: "pk-scores" },
      h("caption", { class: "ds-sr-only" }, labels.score),
      h("tbody", {}, score.map((axis) => scoreRow(axis, labels))),
    ),
  );
}

function scoreRow({ label, points, max }, labels) {
  const share = max > 0 ? Math.max(0, Math.min(1, points / max)) : 0;
  return h(
    "tr",
    {},
    h("th", { scope: "row" }, label),
    h(
      "td",
      { class: "pk-score-bar", "aria-hidden": "true" },
      h("span", { class: "pk-bar" }, h("span", { "--pk-share": share })),
    ),
    h("td", { class: "pk-number" }, max > 0 ? format(labels.points, { points: minus(points), max }) : minus(points)),
  );
}

function ending(view) {
  const { debrief: done, labels } = view;
  const conscious = view.watched.includes("consciousness") && view.consciousness;
  const signs = view.chart.vitals.map(({ label, texts }) =>
    h(
      "tr",
      {},
      h("th", { scope: "row" }, label),
      h("td", {}, texts[0]),
      h("td", {}, texts.at(-1)),
      h("td", {}),
    ),
  );
  const rows = done.end.esas.map(({ label, start, end }) =>
    h(
      "tr",
      {},
      h("th", { scope: "row" }, label),
      h("td", { class: "pk-number" }, start),
      h("td", { class: "pk-number" }, end),
      h("td", {}, change(end - start, labels)),
    ),
  );
  const columns = [labels.symptom, labels.start, labels.end, labels.change];
  return block(
    labels.ending,
    h("p", { class: "pk-soft pk-small" }, [done.end.clock, done.end.place, conscious].filter(Boolean).join(" · ")),
    sideways(
      labels.ending,
      h(
        "table",
        { class: "pk-grid pk-small" },
        h("caption", { class: "ds-sr-only" }, labels.ending),
        h("thead", {}, h("tr", {}, columns.map((name) => h("th", { scope: "col" }, name)))),
        h("tbody", {}, rows, signs),
      ),
    ),
  );
}

function course({ chart, labels }) {
  const moved = changed(chart);
  if (moved.series.length + moved.vitals.length === 0) return null;
  const table = more(labels.as_table, courseTable(chart, labels));
  return block(labels.course, courses(moved, labels), h("div", { class: "pk-screen-only" }, table));
}

function minus(number) {
  return String(number).replace("-", "−");
}
