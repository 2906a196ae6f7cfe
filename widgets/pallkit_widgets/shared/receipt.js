// A calculation, opened step by step: the same for a case, its debrief and the calculator.

import { h, more } from "./dom.js";

/** The steps of a calculation; nothing where none was made. A source is named where it changes. */
export function receipt(steps, title) {
  if (!steps?.length) return null;
  const lines = steps.map(({ text, ratio, source }, index) => {
    const by = source === steps[index - 1]?.source ? null : source;
    const from = [ratio, by].filter(Boolean).join(" · ");
    return h("li", {}, text, from && h("p", { class: "pk-soft pk-tiny" }, from));
  });
  return more(title, h("ol", { class: "pk-receipt" }, lines));
}
