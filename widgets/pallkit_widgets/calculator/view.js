// The calculator: the form to the left, the answer to the right.

import { h } from "../shared/dom.js";
import { connect, focusOn } from "../shared/link.js";
import { answerCard } from "./answer.js";
import { calculatorForm, emptyForm } from "./form.js";

function render({ model, el }) {
  const state = emptyForm();
  return connect({ model, el, name: "pk-calculator", paint: (view, link) => paint(view, link, state), after });
}

function paint(view, link, state) {
  const changed = () => {
    const stale = link.root.querySelector(".pk-stale");
    if (view.result && stale) stale.hidden = false;
  };
  // Fields that depend on each other are drawn again; the focus stays where it was.
  const repaint = (field) => {
    const stale = link.root.querySelector(".pk-stale")?.hidden === false;
    paint(view, link, state);
    if (stale) changed();
    link.root.querySelector(`[data-pk-field="${field}"]`)?.focus();
  };
  const send = (message) => link.send(message);
  link.body.replaceChildren(
    h(
      "div",
      { class: "pk-calculator-columns" },
      calculatorForm(view, state, { changed, repaint, send }),
      answerCard(view),
    ),
    h("p", { class: "pk-watermark" }, view.labels.watermark),
  );
}

function after(view, { root, announce }) {
  const wrong = view.error && root.querySelector("[aria-invalid]");
  focusOn(wrong || root.querySelector(".pk-answer-title"));
  announce(view.error?.text ?? spoken(view));
}

function spoken({ result, labels }) {
  if (!result) return "";
  if (result.refusal) return `${labels.refused}. ${result.refusal.message}`;
  return [result.main.text, result.label].filter(Boolean).join(", ");
}

export default { render };
