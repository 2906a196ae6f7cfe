// What is picked rather than typed: lines to choose or tick, and a row of figures.

import { h, uid } from "./dom.js";

/** One line to choose or tick; the whole box can be clicked. */
export function pickLine({ type, name, value, label, before, checked, invalid, lang, onchange }) {
  const id = uid("option");
  const input = h("input", {
    class: "ds-input",
    type,
    id,
    name,
    value,
    checked,
    "aria-invalid": invalid ? "true" : null,
    onchange,
  });
  return h(
    "div",
    { class: "ds-field pk-option", "data-variant": "outline" },
    input,
    h("label", { class: "ds-label", for: id, lang }, before, label),
  );
}

/** A row of figures to pick one of. `words` gives what stands on one, `name` what it is called. */
export function notches(figures, { chosen, words = String, name = () => null, invalid, onchange }) {
  const group = uid("figure");
  const notch = (figure) =>
    h(
      "label",
      { class: "pk-notch" },
      h("input", {
        type: "radio",
        name: group,
        value: figure,
        checked: String(figure) === chosen,
        "aria-label": name(figure),
        "aria-invalid": invalid ? "true" : null,
        onchange: () => onchange(String(figure)),
      }),
      h("span", {}, words(figure)),
    );
  return h("div", { class: "pk-notches" }, figures.map(notch));
}
