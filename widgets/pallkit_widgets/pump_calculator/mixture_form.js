// The form of a mixture: a row for each drug, then what it is filled into and up with.

import { format, h } from "../shared/dom.js";
import { choice, field, formAround, together } from "./fields.js";

const MOST_PARTS = 6;

/** The fields of the second tab. */
export function mixtureForm(part, send) {
  const { view, form } = part;
  const { labels } = view;
  return formAround(
    part,
    send,
    h("p", { class: "pk-legend" }, labels.the_drugs),
    form.parts.map((row, index) => partRow(part, row, index)),
    form.parts.length < MOST_PARTS && addPart(part),
    together(
      labels.the_reservoir,
      h(
        "div",
        { class: "pk-pair" },
        field(part, "reservoir", { label: labels.reservoir, unit: labels.unit_ml }),
        choice(part, "diluent", { label: labels.diluent, options: view.diluents, empty: labels.no_diluent }),
      ),
      h("div", { class: "pk-pair" }, field(part, "hours", { label: labels.runs, unit: labels.unit_h, optional: labels.optional })),
    ),
    together(
      labels.the_button,
      h(
        "div",
        { class: "pk-pair" },
        field(part, "bolus", { label: labels.press, hint: labels.press_help, size: "12" }),
        field(part, "lockout", { label: labels.lockout, unit: labels.unit_min }),
      ),
    ),
  );
}

function partRow(part, row, index) {
  const { view, form, changed, repaint } = part;
  const { labels } = view;
  const number = index + 1;
  const own = { ...part, form: row };
  const strength = field(own, "strength", {
    label: labels.strength,
    unit: labels.unit_mg_ml,
    hint: strengthHint(row, view),
    name: `part-${number}-strength`,
    size: "5",
  });
  const picked = () => {
    strength.querySelector(".pk-hint").textContent = strengthHint(row, view);
  };
  const remove = () => {
    form.parts.splice(index, 1);
    changed();
    repaint(`part-${Math.max(1, index)}-drug`);
  };
  return h(
    "fieldset",
    { class: "pk-part-row" },
    h("legend", { class: "ds-sr-only" }, format(labels.part, { number })),
    choice(own, "drug", {
      label: labels.drug,
      options: view.mixture_drugs,
      empty: labels.pick,
      name: `part-${number}-drug`,
      then: picked,
    }),
    field(own, "amount", { label: labels.amount, unit: labels.unit_mg, name: `part-${number}-amount`, size: "5" }),
    strength,
    form.parts.length > 1 &&
      h(
        "button",
        {
          class: "ds-button pk-remove",
          type: "button",
          "data-variant": "tertiary",
          "aria-label": format(labels.remove_part, { number }),
          onclick: remove,
        },
        labels.remove,
      ),
  );
}

function strengthHint({ drug }, { mixture_drugs, labels }) {
  const known = mixture_drugs.find(({ id }) => id === drug);
  if (!known) return "";
  if (!known.strengths.length) return labels.strength_typed;
  return format(labels.strengths_seen, { strengths: known.strengths.join(" · ") });
}

function addPart({ view, form, changed, repaint }) {
  const add = () => {
    form.parts.push({ drug: "", amount: "", strength: "" });
    changed();
    repaint(`part-${form.parts.length}-drug`);
  };
  return h("button", { class: "ds-button", type: "button", "data-variant": "secondary", onclick: add }, view.labels.add);
}
