// Fields with their unit beside them, and what is wrong with them tied to them.

import { h, uid } from "../shared/dom.js";

/** A field for a number or a short text. `part` holds the form, what changed, what is wrong. */
export function field(part, key, { label, unit, hint, optional, name = key, size = "8" }) {
  const notes = { unit: unit && uid("unit"), hint: hint !== undefined && uid("hint") };
  const error = errorAt(part, name);
  const input = h("input", {
    class: "ds-input",
    type: "text",
    id: uid("field"),
    size,
    maxlength: "60",
    inputmode: unit ? "decimal" : null,
    autocomplete: "off",
    autocapitalize: "off",
    spellcheck: "false",
    value: part.form[key],
    "data-pk-field": name,
    "aria-describedby": [notes.unit, notes.hint, error.id].filter(Boolean).join(" "),
    "aria-invalid": error.text && "true",
    oninput: () => {
      part.form[key] = input.value;
      part.changed();
    },
  });
  return h(
    "div",
    { class: "ds-field pk-pump-field" },
    h("label", { class: "ds-label", for: input.id }, label, optional && soft(optional)),
    unit
      ? h("div", { class: "ds-field-affixes" }, input, h("span", { class: "ds-field-affix", id: notes.unit }, unit))
      : input,
    hint !== undefined && h("p", { class: "pk-soft pk-tiny pk-hint", id: notes.hint }, hint),
    error.line,
  );
}

/** A list to choose from; `empty` is what stands there before a choice. */
export function choice(part, key, { label, options, empty, hint, optional, name = key, then }) {
  const note = hint && uid("hint");
  const error = errorAt(part, name);
  const select = h(
    "select",
    {
      class: "ds-input",
      id: uid("choice"),
      "data-pk-field": name,
      "aria-describedby": [note, error.id].filter(Boolean).join(" "),
      "aria-invalid": error.text && "true",
      onchange: () => {
        part.form[key] = select.value;
        part.changed();
        then?.();
      },
    },
    h("option", { value: "" }, empty),
    options.map(({ id, label: text }) => h("option", { value: id, selected: id === part.form[key] }, text)),
  );
  return h(
    "div",
    { class: "ds-field pk-pump-field" },
    h("label", { class: "ds-label", for: select.id }, label, optional && soft(optional)),
    select,
    hint && h("p", { class: "pk-soft pk-tiny", id: note }, hint),
    error.line,
  );
}

/** Fields that belong together, under a line that says to what. */
export function together(title, ...children) {
  return h("fieldset", { class: "pk-together" }, h("legend", { class: "pk-legend" }, title), children);
}

/** What is wrong with the field `name`, and the line that says so. */
export function errorAt({ error }, name) {
  const id = uid("error");
  const text = error?.field === name ? error.text : null;
  const message = text && h("span", { class: "ds-validation-message" }, text);
  return { id, text, line: h("p", { class: "pk-field-error", id }, message) };
}

/** The form around its fields, with its button and what is wrong with the whole of it. */
export function formAround(part, send, ...children) {
  const { labels } = part.view;
  const error = errorAt(part, "form");
  return h(
    "form",
    {
      class: "pk-card pk-pump-form pk-stack",
      novalidate: true,
      onsubmit: (event) => {
        event.preventDefault();
        send();
      },
    },
    children,
    error.line,
    h("p", { class: "pk-go" }, h("button", { class: "ds-button", type: "submit" }, labels.calculate)),
  );
}

function soft(text) {
  return h("span", { class: "pk-optional" }, ` (${text})`);
}
