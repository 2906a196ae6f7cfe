// A calculation, opened step by step: the same for a case, its debrief and the calculator.

import { format, h, more } from "./dom.js";

/** The steps of a calculation; nothing where none was made. A source is named where it changes. */
export function receipt(steps, labels) {
  if (!steps?.length) return null;
  const lines = steps.map(({ text, ratio, source }, index) => {
    const by = source === steps[index - 1]?.source ? null : source;
    const from = [ratio && format(labels.ratio, { ratio }), by].filter(Boolean).join(" · ");
    return h("li", {}, text, from && h("p", { class: "pk-soft pk-tiny" }, from));
  });
  return more(labels.receipt, h("ol", { class: "pk-receipt" }, lines));
}
