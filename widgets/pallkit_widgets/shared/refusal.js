// A refusal is an answer: why not, and what to do instead.

import { h } from "./dom.js";

/** What the engine did not work out, and why. */
export function refusalBox({ message, remedy }, labels) {
  return h(
    "div",
    { class: "ds-alert", "data-color": "warning" },
    h("h3", { class: "ds-heading", "data-size": "2xs" }, labels.refused),
    h("p", {}, message),
    h("p", {}, remedy),
  );
}
