// The answer box: a field, a button, and what is saved.

import { h, uid } from "../shared/dom.js";
import { connect, focusOn } from "../shared/link.js";
import { allAnswers, statusLine } from "./parts.js";

function render({ model, el }) {
  const kept = { typed: null, open: false }; // what is typed but not saved; the list open or not
  return connect({ model, el, name: "pk-answer-box", after, paint: (view, link) => paint(view, link, kept) });
}

function paint(view, link, kept) {
  const { labels } = view;
  if (view.done) kept.typed = null;
  const status = h("div", { class: "pk-status-room" });
  const tell = () => {
    const changed = kept.typed !== null && kept.typed !== view.text && view.answers.length > 0;
    status.replaceChildren(changed ? h("p", { class: "pk-answer-status pk-small" }, labels.changed) : statusLine(view));
  };
  const { field, box, error } = answerField(view, kept, tell);
  const save = (event) => {
    event.preventDefault();
    link.send({ type: "save", text: field.value });
  };
  const button = h("button", { class: "ds-button", type: "submit" }, labels.save);
  const form = { class: "pk-answer-form", "data-kind": view.kind, novalidate: true, onsubmit: save };
  link.body.replaceChildren(
    h(
      "div",
      { class: "pk-card pk-tight" },
      view.note && h("p", { class: "ds-alert", "data-color": "warning" }, view.note),
      h("form", form, box, button),
      error,
      status,
      allAnswers(view, link, kept.open, (open) => { kept.open = open; }),
    ),
    h("p", { class: "pk-watermark pk-print-only" }, labels.watermark),
  );
  tell();
}

function answerField(view, kept, tell) {
  const describes = { unit: uid("unit"), error: uid("error") };
  const error = h(
    "p",
    { class: "pk-error-room", id: describes.error },
    view.error && h("span", { class: "ds-validation-message" }, view.error),
  );
  const field = h(view.kind === "text" ? "textarea" : "input", {
    class: "ds-input",
    id: uid("answer"),
    maxlength: view.most,
    "aria-describedby": view.unit ? `${describes.unit} ${describes.error}` : describes.error,
    "aria-invalid": view.error && "true",
    oninput: () => {
      kept.typed = field.value;
      tell();
    },
    ...(view.kind === "text" ? { rows: "6" } : SHORT),
  });
  field.value = kept.typed ?? view.text;
  const unit = view.unit && h("span", { class: "ds-field-affix", id: describes.unit }, view.unit);
  const box = h(
    "div",
    { class: "ds-field" },
    h("label", { class: "ds-label", for: field.id }, view.label ?? view.labels.label),
    unit ? h("div", { class: "ds-field-affixes" }, field, unit) : field,
  );
  return { field, box, error };
}

function after(view, { root, announce }) {
  if (view.error) focusOn(root.querySelector("[aria-invalid]"));
  else focusOn(root.querySelector(view.done === "withdraw" ? "summary" : ".ds-button"));
  announce(view.error ?? root.querySelector(".pk-answer-status").textContent);
}

const SHORT = { type: "text", size: "14", autocomplete: "off", autocapitalize: "off", spellcheck: "false" };

export default { render };
