// From mouth to pump: what is given now, what goes into the pump, and by which tables.

import { h, uid } from "../shared/dom.js";
import { choice, errorAt, field, formAround } from "./fields.js";

/** The fields of the third tab. */
export function startForm(part, send) {
  const { view } = part;
  const { labels } = view;
  return formAround(
    part,
    send,
    regimen(part),
    choice(part, "to", { label: labels.to, options: view.targets, empty: labels.pick }),
    tables(part),
    reduction(part),
  );
}

function regimen(part) {
  const { form, changed, view } = part;
  const { labels } = view;
  const hint = uid("hint");
  const error = errorAt(part, "doses");
  const area = h("textarea", {
    class: "ds-input",
    id: uid("doses"),
    rows: "3",
    maxlength: "500",
    autocapitalize: "off",
    spellcheck: "false",
    "data-pk-field": "doses",
    "aria-describedby": `${hint} ${error.id}`,
    "aria-invalid": error.text && "true",
    oninput: () => {
      form.doses = area.value;
      changed();
    },
  });
  area.value = form.doses;
  return h(
    "div",
    { class: "ds-field" },
    h("label", { class: "ds-label", for: area.id }, labels.doses),
    h("p", { class: "pk-soft pk-tiny", id: hint }, labels.doses_help),
    area,
    error.line,
  );
}

function tables(part) {
  const { form, changed, view } = part;
  const { labels } = view;
  const error = errorAt(part, "sets");
  const box = (set, index) => {
    const check = h("input", {
      class: "ds-input",
      type: "checkbox",
      id: uid("set"),
      checked: form.sets.includes(set.id),
      "data-pk-field": index === 0 ? "sets" : null,
      "aria-describedby": error.id,
      "aria-invalid": error.text && index === 0 && "true",
      onchange: () => {
        form.sets = form.sets.filter((id) => id !== set.id);
        if (check.checked) form.sets.push(set.id);
        changed();
      },
    });
    const name = [set.publisher, set.date].filter(Boolean).join(", ");
    return h(
      "div",
      { class: "ds-field" },
      check,
      h("label", { class: "ds-label", for: check.id }, set.title, h("span", { class: "pk-soft pk-tiny pk-block" }, name, set.mark && ` (${set.mark})`)),
    );
  };
  return h(
    "fieldset",
    { class: "ds-fieldset pk-tables" },
    h("legend", { class: "ds-label" }, labels.tables),
    h("p", { class: "pk-soft pk-small" }, labels.tables_help),
    view.sets.map(box),
    error.line,
  );
}

// A number or a rule's name go into one field of the form: the engine reads both.
function reduction(part) {
  const { view, form, changed, repaint } = part;
  const { labels } = view;
  const named = view.rules.some(({ id }) => id === form.reduce);
  const kind = form.kind ?? (named ? "rule" : form.reduce ? "number" : "none");
  const group = uid("reduce");
  const choose = (one) => {
    const radio = h("input", {
      class: "ds-input",
      type: "radio",
      name: group,
      id: uid("kind"),
      checked: kind === one,
      "data-pk-field": `reduce-${one}`,
      onchange: () => {
        form.kind = one;
        form.reduce = "";
        changed();
        repaint(`reduce-${one}`);
      },
    });
    return h("div", { class: "ds-field" }, radio, h("label", { class: "ds-label", for: radio.id }, labels[`reduce_${one}`]));
  };
  return h(
    "fieldset",
    { class: "ds-fieldset" },
    h("legend", { class: "ds-label" }, labels.reduction),
    h("p", { class: "pk-soft pk-small" }, labels.reduction_help),
    ["none", "number", "rule"].map(choose),
    kind === "number" && field(part, "reduce", { label: labels.percent, unit: labels.unit_percent, size: "4" }),
    kind === "rule" && choice(part, "reduce", { label: labels.rule, options: view.rules, empty: labels.pick }),
    kind === "none" && errorAt(part, "reduce").line,
  );
}
