// The fields of the calculator: each with its label, its unit, and the error about it.
// `field` is its name in errors from Python, and how the focus finds it after a repaint.

import { h, uid } from "../shared/dom.js";

/** The error about a field: its text, and the line that the field is described by. */
export function errorOf(field, view) {
  const id = uid("error");
  const text = view.error?.field === field ? view.error.text : null;
  const message = text && h("span", { class: "ds-validation-message" }, text);
  return { id, text, line: h("p", { class: "pk-field-error", id }, message) };
}

/** A list to choose from. `groups` are lists with a name: [name, options]. */
export function picker({ label, groups, options, chosen, onpick, empty, field, view }) {
  const error = errorOf(field, view);
  const entries = (list) => list.map(({ id, label: text }) => h("option", { value: id, selected: id === chosen }, text));
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
    groups
      ? groups.map(([name, list]) => list.length > 0 && h("optgroup", { label: name }, entries(list)))
      : entries(options),
  );
  return h("div", { class: "ds-field" }, h("label", { class: "ds-label", for: select.id }, label), select, error.line);
}

/**
 * A field for text or a number, with its unit beside it; `below` is a line elsewhere that it is
 * described by. What is typed is never changed.
 */
export function typed({ label, value, oninput, unit, below, field, view, size = 6, longest = 60, decimal = false }) {
  const error = errorOf(field, view);
  const beside = unit && h("span", { class: "ds-field-affix", id: uid("unit") }, unit);
  const input = h("input", {
    class: "ds-input",
    id: uid("field"),
    type: "text",
    size,
    maxlength: longest,
    autocomplete: "off",
    autocapitalize: "off",
    spellcheck: "false",
    inputmode: decimal && "decimal",
    value,
    "data-pk-field": field,
    "aria-describedby": [beside?.id, below?.id, error.id].filter(Boolean).join(" "),
    "aria-invalid": error.text && "true",
    oninput: () => oninput(input.value),
  });
  return h(
    "div",
    { class: "ds-field" },
    h("label", { class: "ds-label", for: input.id }, label),
    beside ? h("div", { class: "ds-field-affixes" }, input, beside) : input,
    error.line,
  );
}

/** A box to tick, or one of several to choose (`group`). */
export function tick({ label, checked, onchange, field, group }) {
  const box = h("input", {
    class: "ds-input",
    type: group ? "radio" : "checkbox",
    name: group,
    id: uid("tick"),
    checked,
    "data-pk-field": field,
    onchange: () => onchange(box.checked),
  });
  return h("div", { class: "ds-field pk-check" }, box, h("label", { class: "ds-label pk-small", for: box.id }, label));
}

/**
 * A part of the form that is folded away until it is wanted; it stays as the reader left it.
 * `told()` is what stands in it, for whoever does not open it.
 */
export function fold({ state, name, summary, told = () => "", forced }, ...children) {
  const line = h("span", { class: "pk-soft pk-fold-told" }, told());
  const toggled = () => {
    state.open[name] = details.open;
    line.textContent = told();
  };
  const details = h(
    "details",
    { class: "pk-fold", open: forced || state.open[name], ontoggle: toggled },
    h("summary", {}, summary, " ", line),
    h("div", { class: "pk-fold-body pk-stack" }, ...children),
  );
  return details;
}

/**
 * A place whose content depends on a field before it, and is drawn anew when that changes. The
 * field itself must stay: a list that is replaced forgets what is being typed to find an option.
 */
export function slot(draw) {
  const box = h("div", { class: "pk-contents" });
  const redraw = () => box.replaceChildren(h("div", { class: "pk-contents" }, draw()));
  redraw();
  return { box, redraw };
}
