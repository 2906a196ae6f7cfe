// The drugs that are given now: one row each, and what a patch or a dose as needed asks for besides.

import { format, h, uid } from "../shared/dom.js";
import { picker, slot, tick, typed } from "./fields.js";
import { emptyRow, losing } from "./state.js";

/** All rows, and the button for one more. `parts` is what every part of the form gets. */
export function drugRows(parts) {
  const { view, state } = parts;
  const full = state.form.rows.length >= view.most_rows;
  return [state.form.rows.map((row, index) => drugRow(row, index, parts)), !full && addButton(parts)];
}

function drugRow(row, index, parts) {
  const { view, state } = parts;
  const { labels } = view;
  const number = index + 1;
  const drug = () => view.drugs.find(({ id }) => id === row.drug);
  const route = () => drug()?.routes.find(({ id }) => id === row.route);
  const amount = slot(() => doseField(row, number, route(), parts));
  const more = slot(() => (route()?.patch ? patchParts : neededParts)(row, number, parts, () => more.redraw()));
  const below = () => {
    amount.redraw();
    more.redraw();
  };
  const way = slot(() => routePicker(row, number, drug(), parts, below));
  const all = () => {
    way.redraw();
    below();
  };
  return h(
    "fieldset",
    { class: "pk-drug-row" },
    h("legend", { class: "ds-sr-only" }, format(labels.row, { number })),
    drugPicker(row, number, parts, all),
    way.box,
    amount.box,
    h("div", { class: "pk-row-more" }, more.box),
    state.form.rows.length > 1 && removeButton(index, parts),
  );
}

function drugPicker(row, number, { view, changed }, redraw) {
  const { labels } = view;
  const kind = (brand) => view.drugs.filter((one) => one.brand === brand);
  return picker({
    label: labels.drug,
    groups: [[labels.generic, kind(false)], [labels.brands, kind(true)]],
    chosen: row.drug,
    empty: labels.pick,
    field: `row-${number}-drug`,
    view,
    onpick: (value) => {
      row.drug = value;
      const routes = view.drugs.find(({ id }) => id === value)?.routes ?? [];
      if (!routes.some(({ id }) => id === row.route)) row.route = routes.length === 1 ? routes[0].id : "";
      changed();
      redraw();
    },
  });
}

function routePicker(row, number, drug, { view, changed }, redraw) {
  return picker({
    label: view.labels.route,
    options: drug?.routes ?? [],
    chosen: row.route,
    empty: view.labels.pick,
    field: `row-${number}-route`,
    view,
    onpick: (value) => {
      row.route = value;
      changed();
      redraw();
    },
  });
}

function doseField(row, number, route, { view, changed }) {
  const help = route && !row.dose.trim() && route.example;
  const below = help && h("p", { class: "pk-soft pk-tiny pk-hint", id: uid("hint") }, help);
  const field = typed({
    label: view.labels.dose,
    value: row.dose,
    unit: route?.patch && route.unit,
    below,
    field: `row-${number}-dose`,
    size: 12,
    view,
    oninput: (text) => {
      row.dose = text;
      changed();
    },
  });
  return [field, below];
}

function neededParts(row, number, { view, changed, root }, redraw) {
  const { labels } = view;
  const needed = row.use === "as_needed";
  const box = tick({
    label: labels.as_needed,
    checked: needed,
    field: `row-${number}-use`,
    onchange: (on) => {
      row.use = on ? "as_needed" : "fixed";
      changed();
      redraw();
      root.querySelector(`[data-pk-field="row-${number}-use"]`).focus();
    },
  });
  if (!needed) return box;
  const given = typed({
    label: labels.given,
    value: row.given,
    unit: labels.given_unit,
    field: `row-${number}-given`,
    size: 3,
    longest: 6,
    decimal: true,
    view,
    oninput: (text) => {
      row.given = text;
      changed();
    },
  });
  return [box, given];
}

function patchParts(row, number, { view, changed }) {
  return typed({
    label: view.labels.change,
    value: row.change,
    unit: view.labels.hours,
    field: `row-${number}-change`,
    size: 3,
    longest: 6,
    decimal: true,
    view,
    oninput: (text) => {
      row.change = text;
      changed();
    },
  });
}

function addButton({ view, state, changed, repaint }) {
  const add = () => {
    state.form.rows.push(emptyRow());
    changed();
    repaint(`row-${state.form.rows.length}-drug`);
  };
  return h("button", { class: "ds-button", type: "button", "data-variant": "secondary", "data-size": "sm", onclick: add }, view.labels.add);
}

function removeButton(index, { view, state, changed, repaint, announce }) {
  const { labels } = view;
  const remove = () => {
    const text = format(labels.removed, { number: index + 1 });
    losing(state, text, () => state.form.rows.splice(index, 1));
    changed();
    repaint("undo");
    announce(text);
  };
  return h(
    "button",
    {
      class: "ds-button pk-remove",
      type: "button",
      "data-variant": "tertiary",
      "aria-label": format(labels.remove_row, { number: index + 1 }),
      onclick: remove,
    },
    labels.remove,
  );
}
