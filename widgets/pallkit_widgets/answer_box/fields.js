// What an answer is typed, picked or put in order with. Each field is a box to show, and `read`,
// which gives the answer as it stands in the form that the log keeps.

import { h, uid } from "../shared/dom.js";
import { orderList } from "../shared/ordering.js";
import { notches, pickLine } from "../shared/picking.js";

/** The field of this kind of task, holding `value`; `onchange` hears of every change. */
export function answerField(view, value, { described, announce, onchange }) {
  if (view.kind === "choice") return choiceField(view, value, { described, onchange });
  if (view.kind === "ranking") return rankingField(view, value, { described, announce, onchange });
  return typedField(view, value, { described, onchange });
}

/** How sure one is, where it is asked; `read` gives null until it is answered. */
export function sureField(view, sure, onchange) {
  if (view.surest === null) return { box: null, read: () => null };
  const { labels } = view;
  const help = uid("help");
  let chosen = sure;
  const figures = notches([...Array(view.surest + 1).keys()], {
    chosen: sure === null ? null : String(sure),
    onchange: (figure) => {
      chosen = Number(figure);
      onchange();
    },
  });
  const box = h(
    "fieldset",
    { class: "pk-certainty", "aria-describedby": help },
    h("legend", { class: "pk-small" }, labels.how_sure),
    figures,
    h("p", { class: "pk-soft pk-tiny", id: help }, labels.how_sure_help),
  );
  return { box, read: () => chosen };
}

function typedField(view, value, { described, onchange }) {
  const unit = view.unit && h("span", { class: "ds-field-affix", id: uid("unit") }, view.unit);
  const field = h(view.kind === "text" ? "textarea" : "input", {
    class: "ds-input",
    id: uid("answer"),
    maxlength: view.most,
    "aria-describedby": unit ? `${unit.id} ${described}` : described,
    "aria-invalid": view.error && "true",
    oninput: onchange,
    ...(view.kind === "text" ? { rows: "6" } : SHORT),
  });
  field.value = value;
  const box = h(
    "div",
    { class: "ds-field" },
    h("label", { class: "ds-label", for: field.id }, view.label ?? view.labels.label),
    unit ? h("div", { class: "ds-field-affixes" }, field, unit) : field,
  );
  return { box, read: () => field.value };
}

function choiceField(view, value, { described, onchange }) {
  const name = uid("option");
  const picked = new Set(value.split(", "));
  const lines = view.options.map(({ id, label }) =>
    pickLine({
      type: view.several ? "checkbox" : "radio",
      name: view.several ? null : name,
      value: id,
      label,
      checked: picked.has(id),
      invalid: view.error,
      onchange: ({ target }) => {
        if (!view.several) picked.clear();
        if (target.checked) picked.add(id);
        else picked.delete(id);
        onchange();
      },
    }),
  );
  const chosen = () => view.options.map(({ id }) => id).filter((id) => picked.has(id));
  const box = group(view, described, view.several && view.labels.tick_help, lines);
  return { box, read: () => chosen().join(", ") };
}

function rankingField(view, value, { described, announce, onchange }) {
  const { labels, options } = view;
  const order = value ? value.split(" > ") : options.map(({ id }) => id);
  const list = orderList(options, order, { labels, lang: null, announce, onmove: onchange });
  return { box: group(view, described, labels.order_help, list), read: () => order.join(" > ") };
}

function group(view, described, help, ...children) {
  const id = uid("help");
  return h(
    "fieldset",
    { class: "ds-fieldset pk-options", "aria-describedby": help ? `${id} ${described}` : described },
    h("legend", { class: "ds-label" }, view.label ?? view.labels.label),
    help && h("p", { class: "pk-soft pk-small", id }, help),
    ...children,
  );
}

const SHORT = {
  type: "text",
  size: "14",
  autocomplete: "off",
  autocapitalize: "off",
  spellcheck: "false",
};
