// The rows of one table. On a narrow screen each row becomes a block of its own; the roles are
// written out, since a table that is laid out otherwise loses them.

import { h, svg } from "../shared/dom.js";

/** The rows with the columns that this table has something in. */
export function rowTable(set, labels) {
  const columns = columnsOf(set, labels);
  const head = columns.map(({ name, text, colour }) =>
    h("th", { role: "columnheader", scope: "col", class: colour }, text, name === "spread" && scaleWords()),
  );
  return h(
    "div",
    { class: "pk-scroll", role: "region", tabindex: "0", "aria-label": labels.scroll },
    h(
      "table",
      { class: "ds-table pk-rows", role: "table", "aria-label": `${labels.rows}: ${set.title}` },
      h("thead", { role: "rowgroup" }, h("tr", { role: "row" }, head)),
      h("tbody", { role: "rowgroup" }, set.rows.map((row) => tableRow(row, columns))),
    ),
  );
}

function columnsOf({ has }, labels) {
  const all = [
    { name: "number", text: labels.number, show: (row) => row.number, class: "pk-number pk-soft" },
    { name: "drug", text: labels.drug, show: drugName, head: true },
    has.printed && { name: "printed", text: labels.printed, short: labels.pair, show: (row) => row.printed, class: "pk-figure" },
    has.ratio && has.units && { name: "unit", text: labels.unit, show: (row) => row.unit, class: "pk-number" },
    has.spread && { name: "low", text: labels.low, show: (row) => row.low, class: "pk-number" },
    has.ratio && { name: "point", text: labels.point, show: (row) => row.point, class: "pk-number pk-point" },
    has.spread && { name: "high", text: labels.high, show: (row) => row.high, class: "pk-number" },
    has.spread && { name: "spread", text: labels.spread, show: (row) => row.drawn && drawing(row.drawn) },
    has.band && { name: "band", text: labels.band, show: (row) => row.band, class: "pk-number" },
    { name: "direction", text: labels.direction, show: wayOf },
  ];
  return all.filter(Boolean).map((column) => ({ ...column, empty: labels.nothing }));
}

function tableRow(row, columns) {
  return h(
    "tr",
    { role: "row", class: row.locked && "pk-locked" },
    columns.map(({ name, text, short, show, empty, head, class: look }) => {
      const held = show(row);
      const role = head ? { role: "rowheader", scope: "row" } : { role: "cell" };
      return h(
        head ? "th" : "td",
        { ...role, class: `pk-cell-${name}${held ? "" : " pk-nothing"}` },
        !head && h("span", { class: "pk-cell-name", "aria-hidden": "true" }, short ?? text),
        h("span", { class: look ?? "pk-held" }, held || empty),
      );
    }),
  );
}

function drugName({ drug, routes, notes }) {
  return [
    h("span", { class: "pk-drug-name" }, drug),
    " ",
    h("span", { class: "pk-routes" }, routes),
    notes.map((note) => h("span", { class: "pk-note pk-tiny pk-soft" }, note)),
  ];
}

function wayOf({ arrow, direction }) {
  return [h("span", { class: "pk-arrow", "aria-hidden": "true" }, arrow), " ", direction];
}

// Where half, once and twice the row's own figure lie on the drawing (rows.py, _SPAN).
const MARKS = [
  ["½", 0.2222],
  ["1", 0.5],
  ["2", 0.7778],
];
const WIDTH = 150;

function place(part) {
  return 4 + part * (WIDTH - 8);
}

function scaleWords() {
  return svg(
    "svg",
    { class: "pk-drawn", viewBox: `0 0 ${WIDTH} 16`, width: WIDTH, height: "16", "aria-hidden": "true", focusable: "false" },
    MARKS.map(([text, part]) => svg("text", { x: place(part), y: 13, "text-anchor": "middle" }, `× ${text}`)),
  );
}

// The row's own figure in the middle; the numbers stand beside it.
function drawing({ low, high, point }) {
  return svg(
    "svg",
    { class: "pk-drawn", viewBox: `0 0 ${WIDTH} 24`, width: WIDTH, height: "24", "aria-hidden": "true", focusable: "false" },
    MARKS.map(([, part]) => svg("line", { class: "pk-drawn-scale", x1: place(part), x2: place(part), y1: 0, y2: 24 })),
    svg("rect", { class: "pk-drawn-bar", x: place(low), y: 7, width: place(high) - place(low), height: 10, rx: 5 }),
    point !== null && svg("rect", { class: "pk-drawn-mark", x: place(point) - 2, y: 3, width: 4, height: 18, rx: 2 }),
  );
}
