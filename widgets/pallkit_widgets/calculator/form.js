// The form: what is given now, which table, what to change to, and how much to take off.
// `state` is what stands in the fields; it lives here, so that nothing typed is lost.

import { format, h, uid } from "../shared/dom.js";

/** What an untouched form holds. */
export function emptyForm() {
  return { rows: [emptyRow()], set: "", to: "", reduce: { kind: "none", number: "", rule: "" }, copies: false };
}

/** The message that asks for an answer to the form. */
export function asMessage({ rows, set, to, reduce }) {
  const value = reduce.kind === "none" ? "" : reduce[reduce.kind];
  return { type: "calculate", rows, set, to, reduce: { kind: reduce.kind, value } };
}

/** The whole form. `changed()` says that an answer shown is no longer to what stands here. */
export function calculatorForm(view, state, { changed, repaint, send }) {
  const { labels } = view;
  const parts = { view, state, changed, repaint };
  return h(
    "form",
    {
      class: "pk-card pk-calculator-form",
      novalidate: true,
      onsubmit: (event) => {
        event.preventDefault();
        send(asMessage(state));
      },
    },
    h("h2", { class: "ds-heading", "data-size": "xs" }, labels.doses),
    state.rows.map((row, index) => drugRow(row, index, parts)),
    state.rows.length < view.most_rows && addButton(parts),
    errorFor("form", view).line,
    table(parts),
    target(parts),
    state.to && h("div", { class: "pk-part-of-form" }, reduction(parts)),
    h("p", { class: "pk-go" }, h("button", { class: "ds-button", type: "submit" }, labels.calculate)),
  );
}

function emptyRow() {
  return { drug: "", route: "", dose: "" };
}

function drugRow(row, index, { view, state, changed, repaint }) {
  const { labels } = view;
  const number = index + 1;
  const error = errorFor(`row-${number}`, view);
  const drug = view.drugs.find(({ id }) => id === row.drug);
  const route = drug?.routes.find(({ id }) => id === row.route);
  const hint = uid("hint");
  const set = (key) => (value) => {
    row[key] = value;
    changed();
  };
  const pickDrug = (value) => {
    row.drug = value;
    const routes = view.drugs.find(({ id }) => id === value)?.routes ?? [];
    row.route = routes.length === 1 ? routes[0].id : "";
    changed();
    repaint(`row-${number}-drug`);
  };
  const pickRoute = (value) => {
    row.route = value;
    changed();
    repaint(`row-${number}-route`);
  };
  const dose = h("input", {
    class: "ds-input",
    id: uid("dose"),
    type: "text",
    size: "12",
    maxlength: "60",
    autocomplete: "off",
    autocapitalize: "off",
    spellcheck: "false",
    value: row.dose,
    "aria-describedby": `${hint} ${error.id}`,
    "aria-invalid": error.text && "true",
    oninput: () => set("dose")(dose.value),
  });
  return h(
    "fieldset",
    { class: "pk-drug-row" },
    h("legend", { class: "ds-sr-only" }, format(labels.row, { number })),
    picker(labels.drug, view.drugs, row.drug, pickDrug, labels.pick, `row-${number}-drug`),
    picker(labels.route, drug?.routes ?? [], row.route, pickRoute, labels.pick, `row-${number}-route`),
    h("div", { class: "ds-field" }, h("label", { class: "ds-label", for: dose.id }, labels.dose), dose),
    h("p", { class: "pk-soft pk-tiny pk-hint", id: hint }, route?.example ?? ""),
    error.line,
    state.rows.length > 1 && removeButton(index, { view, state, changed, repaint }),
  );
}

function addButton({ view, state, changed, repaint }) {
  const add = () => {
    state.rows.push(emptyRow());
    changed();
    repaint(`row-${state.rows.length}-drug`);
  };
  return h("button", { class: "ds-button", type: "button", "data-variant": "secondary", onclick: add }, view.labels.add);
}

function removeButton(index, { view, state, changed, repaint }) {
  const remove = () => {
    state.rows.splice(index, 1);
    changed();
    repaint(`row-${Math.max(1, index)}-drug`);
  };
  const name = format(view.labels.remove_row, { number: index + 1 });
  return h(
    "button",
    { class: "ds-button pk-remove", type: "button", "data-variant": "tertiary", "aria-label": name, onclick: remove },
    view.labels.remove,
  );
}

function table({ view, state, changed, repaint }) {
  const { labels } = view;
  const listed = view.sets.filter((set) => set.listed || state.copies || set.id === state.set);
  const options = listed.map((set) => ({
    id: set.id,
    label: `${set.publisher}: ${set.title}${set.mark ? ` (${set.mark})` : ""}`,
  }));
  const pick = (value) => {
    state.set = value;
    changed();
  };
  const copies = h("input", {
    class: "ds-input",
    type: "checkbox",
    id: uid("copies"),
    checked: state.copies,
    onchange: () => {
      state.copies = copies.checked;
      repaint("copies");
    },
    "data-pk-field": "copies",
  });
  return h(
    "div",
    { class: "pk-part-of-form" },
    picker(labels.table, options, state.set, pick, labels.pick, "table", view),
    !view.sets.every((set) => set.listed) &&
      h("div", { class: "ds-field pk-check" }, copies, h("label", { class: "ds-label pk-small", for: copies.id }, labels.copies)),
  );
}

function target({ view, state, changed, repaint }) {
  const pick = (value) => {
    state.to = value;
    changed();
    repaint("to");
  };
  return h(
    "div",
    { class: "pk-part-of-form" },
    picker(view.labels.to, view.targets, state.to, pick, view.labels.only_count, "to", view),
  );
}

function reduction({ view, state, changed, repaint }) {
  const { labels } = view;
  const { reduce } = state;
  const group = uid("reduce");
  const error = errorFor("reduction", view);
  const choice = (kind) => {
    const radio = h("input", {
      class: "ds-input",
      type: "radio",
      name: group,
      id: uid("kind"),
      checked: reduce.kind === kind,
      "data-pk-field": `reduce-${kind}`,
      onchange: () => {
        reduce.kind = kind;
        changed();
        repaint(`reduce-${kind}`);
      },
    });
    return h("div", { class: "ds-field" }, radio, h("label", { class: "ds-label", for: radio.id }, labels[`reduce_${kind}`]));
  };
  return h(
    "fieldset",
    { class: "ds-fieldset", "aria-describedby": error.id },
    h("legend", { class: "ds-label" }, labels.reduction),
    h("p", { class: "pk-soft pk-small" }, labels.reduction_help),
    ["none", "number", "rule"].map(choice),
    reduce.kind === "number" && percentage(view, reduce, changed, error),
    reduce.kind === "rule" && picker(labels.rule, view.rules, reduce.rule, (value) => { reduce.rule = value; changed(); }, labels.pick, "rule"),
    error.line,
  );
}

function percentage({ labels }, reduce, changed, error) {
  const sign = uid("sign");
  const field = h("input", {
    class: "ds-input",
    type: "text",
    size: "6",
    maxlength: "10",
    id: uid("percent"),
    inputmode: "decimal",
    autocomplete: "off",
    value: reduce.number,
    "aria-describedby": `${sign} ${error.id}`,
    "aria-invalid": error.text && "true",
    oninput: () => {
      reduce.number = field.value;
      changed();
    },
  });
  return h(
    "div",
    { class: "ds-field" },
    h("label", { class: "ds-label", for: field.id }, labels.percent),
    h("div", { class: "ds-field-affixes" }, field, h("span", { class: "ds-field-affix", id: sign }, "%")),
  );
}

// A list to choose from. With `view` it also shows an error about this very field.
function picker(label, options, chosen, onpick, empty, field, view) {
  const error = view ? errorFor(field, view) : { id: null, line: null };
  const select = h(
    "select",
    {
      class: "ds-input",
      id: uid("pick"),
      "data-pk-field": field,
      "aria-describedby": error.id,
      "aria-invalid": error.text && "true",
      onchange: () => onpick(select.value),
    },
    h("option", { value: "" }, empty),
    options.map(({ id, label: text }) => h("option", { value: id, selected: id === chosen }, text)),
  );
  return h("div", { class: "ds-field" }, h("label", { class: "ds-label", for: select.id }, label), select, error.line);
}

function errorFor(field, view) {
  const id = uid("error");
  const text = view.error?.field === field ? view.error.text : null;
  const message = text && h("span", { class: "ds-validation-message" }, text);
  return { id, text, line: h("p", { class: "pk-field-error", id }, message) };
}
