// The form of a pump for one drug: dose, reservoir, button, and what is planned.

import { h, more } from "../shared/dom.js";
import { choice, field, formAround, together } from "./fields.js";

/** The fields of the first tab. */
export function pumpForm(part, send) {
  const { view, form, repaint } = part;
  const { labels } = view;
  const drug = view.pump_drugs.find(({ id }) => id === form.drug);
  const pickedDrug = () => {
    const products = view.pump_drugs.find(({ id }) => id === form.drug)?.products ?? [];
    if (!products.some(({ id }) => id === form.product)) form.product = "";
    repaint("drug");
  };
  const rare = more(
    labels.plan,
    h(
      "div",
      { class: "pk-stack" },
      h("div", { class: "pk-pair" }, field(part, "hours", { label: labels.hours, unit: labels.unit_h })),
      h("p", { class: "pk-soft pk-small" }, labels.limits_help),
      h(
        "div",
        { class: "pk-triple" },
        field(part, "lowest", { label: labels.lowest, unit: labels.unit_ml_h, size: "4" }),
        field(part, "highest", { label: labels.highest, unit: labels.unit_ml_h, size: "4" }),
        field(part, "step", { label: labels.step, unit: labels.unit_ml_h, size: "4" }),
      ),
    ),
  );
  if (["hours", "lowest", "highest", "step"].some((key) => form[key] || part.error?.field === key)) rare.open = true;
  return formAround(
    part,
    send,
    together(
      labels.the_dose,
      h(
        "div",
        { class: "pk-pair" },
        choice(part, "drug", { label: labels.drug, options: view.pump_drugs, empty: labels.pick, then: pickedDrug }),
        field(part, "dose", { label: labels.dose, unit: labels.unit_mg_24h }),
      ),
    ),
    together(
      labels.the_reservoir,
      h(
        "div",
        { class: "pk-pair" },
        field(part, "concentration", { label: labels.concentration, unit: labels.unit_mg_ml }),
        field(part, "reservoir", { label: labels.reservoir, unit: labels.unit_ml }),
      ),
      drug?.products.length > 0 &&
        choice(part, "product", {
          label: labels.product,
          options: drug.products,
          empty: labels.no_product,
          hint: labels.product_help,
          optional: labels.optional,
        }),
    ),
    together(
      labels.the_button,
      h("p", { class: "pk-soft pk-small" }, labels.button_help),
      h(
        "div",
        { class: "pk-triple" },
        field(part, "bolus", { label: labels.bolus, unit: labels.unit_mg, size: "4" }),
        field(part, "lockout", { label: labels.lockout, unit: labels.unit_min, size: "4" }),
        field(part, "limit", { label: labels.limit, unit: labels.unit_mg, size: "4" }),
      ),
    ),
    rare,
  );
}
