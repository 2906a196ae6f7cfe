// The form of a pump for one drug: dose, reservoir, button, and what is planned.

import { h, more } from "../shared/dom.js";
import { choice, field, formAround, together } from "./fields.js";

/** The fields of the first tab. */
export function pumpForm(part, send) {
  const { view, form } = part;
  const { labels } = view;
  // Drawn in place: a list that is drawn anew forgets the letters typed to search in it.
  const products = h("div", {});
  const fitProducts = () => {
    const options = view.pump_drugs.find(({ id }) => id === form.drug)?.products ?? [];
    if (!options.some(({ id }) => id === form.product)) form.product = "";
    if (!options.length) return products.replaceChildren();
    const words = { label: labels.product, empty: labels.no_product, hint: labels.product_help, optional: labels.optional };
    return products.replaceChildren(choice(part, "product", { ...words, options }));
  };
  fitProducts();
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
        choice(part, "drug", { label: labels.drug, options: view.pump_drugs, empty: labels.pick, then: fitProducts }),
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
      products,
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
