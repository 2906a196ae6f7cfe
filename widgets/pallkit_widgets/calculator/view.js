// The calculator: the form to the left, the answer or the task to the right, comparison below.

import { tellAddress } from "../shared/address.js";
import { h } from "../shared/dom.js";
import { connect, focusOn } from "../shared/link.js";
import { answerCard } from "./answer.js";
import { compareCard } from "./compare.js";
import { fold } from "./fields.js";
import { calculatorForm } from "./form.js";
import { practiceCard } from "./practice.js";
import { stateOf } from "./state.js";

function render({ model, el }) {
  const state = stateOf(model.get("view"));
  return connect({ model, el, name: "pk-calculator", paint: (view, link) => paint(view, link, state), after });
}

function paint(view, link, state) {
  const { root, announce } = link;
  const form = h("div", { class: "pk-form-place" });
  const answer = h("div", { class: "pk-answer-place" });
  const changed = () => {
    const stale = root.querySelector(".pk-stale");
    if ((view.result || view.practice) && stale) stale.hidden = false;
  };
  // Fields that depend on each other are drawn again; the focus goes where it belongs.
  const repaint = (field) => {
    form.replaceChildren(calculatorForm(parts));
    if (!view.result && !view.practice) drawAnswer();
    root.querySelector(`[data-pk-field="${field}"]`)?.focus();
  };
  const send = (message) => {
    if (message.type !== "answer") state.answer = "";
    state.undo = null;
    link.send(message);
  };
  const parts = { view, state, changed, repaint, send, announce, root };
  const again = () => {
    state.answer = "";
    send({ type: "practice", form: view.form });
  };
  const drawAnswer = () => {
    const task = view.practice || (state.practice && !view.result);
    const card = task ? practiceCard(view, { ...link, send, again }, state) : answerCard(view, link);
    answer.replaceChildren(...[card].filter(Boolean));
  };
  form.append(calculatorForm(parts));
  drawAnswer();
  link.body.replaceChildren(
    ...[
      view.notice && h("div", { class: "ds-alert pk-notice", "data-color": "warning" }, view.notice),
      view.practice ? taskAlone(view, state, form, answer) : h("div", { class: "pk-calculator-columns" }, form, answer),
      view.comparison && compareCard(view, link),
      h("p", { class: "pk-watermark" }, view.labels.watermark),
    ].filter(Boolean),
  );
  root.dataset.pkAsked = view.practice && !view.practice.verdict ? "task" : "";
  queueMicrotask(() => view.q && tellAddress(root, view.q));
}

// A task stands alone; the form behind it is folded away, so that it does not distract.
function taskAlone(view, state, form, answer) {
  const { labels, error } = view;
  const forced = error && error.field !== "answer";
  return h("div", { class: "pk-calculator-columns pk-alone" }, answer, fold({ state, name: "task", summary: labels.change_task, forced }, form));
}

function after(view, { root, announce }) {
  const wrong = view.error && root.querySelector("[aria-invalid]");
  const title = view.comparison ? ".pk-compare-title" : ".pk-answer-title";
  const field = view.practice && !view.practice.verdict && root.querySelector('[data-pk-field="answer"]');
  focusOn(wrong || field || root.querySelector(title));
  announce(view.error?.text ?? spoken(view));
}

function spoken({ result, practice, comparison, labels }) {
  if (comparison) return comparison.summary;
  if (practice?.verdict) return practice.verdict.text;
  if (practice) return practice.asked.join(" ");
  if (!result) return "";
  if (result.refusal) return `${labels.refused}. ${result.refusal.message}`;
  return [result.main.text, result.label].filter(Boolean).join(", ");
}

export default { render };
