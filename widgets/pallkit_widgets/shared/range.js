// The spread on a line from 0: where a main figure lies between the lowest and the highest.

import { h } from "./dom.js";

/** The line, 0 to `end`. What is drawn stands in words beside it. `filled`: painted up to the main figure. */
export function rangeLine({ low, point, high }, end, { filled = false } = {}) {
  const at = point !== null && { "--pk-at": point / end };
  return h(
    "div",
    { class: "pk-range-line", "aria-hidden": "true", "--pk-low": low / end, "--pk-high": high / end },
    filled && at && h("span", { class: "pk-range-fill", ...at }),
    h("span", { class: "pk-range-spread" }),
    at && h("span", { class: "pk-range-mark", ...at }),
  );
}
