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
  const { field, box, room } = answerField(view);
  field.value = kept.typed ?? view.text;
  field.addEventListener("input", () => {
    kept.typed = field.value;
    tell(view, kept, room);
  });
  const save = (event) => {
    event.preventDefault();
    link.send({ type: "save", text: field.value });
  };
  const ontoggle = (open) => {
    kept.open = open;
  };
  const button = h("button", { class: "ds-button", type: "submit" }, labels.save);
  const form = { class: "pk-answer-form", "data-kind": view.kind, novalidate: true, onsubmit: save };
  link.body.replaceChildren(
    h(
      "div",
      { class: "pk-card pk-tight" },
      view.note && h("p", { class: "ds-alert", "data-color": "warning" }, view.note),
      h("form", form, box, button),
      room,
      allAnswers(view, link, kept.open, ontoggle),
    ),
    h("p", { class: "pk-watermark pk-print-only" }, labels.watermark),
  );
  tell(view, kept, room);
}

// One line below the field, whose room is always there: the error, or what is saved now.
function tell(view, kept, room) {
  const changed = kept.typed !== null && kept.typed !== view.text && view.answers.length > 0;
  const line = changed && h("p", { class: "pk-answer-status pk-small" }, view.labels.changed);
  const error = view.error && h("p", { class: "ds-validation-message" }, view.error);
  room.replaceChildren(error || line || statusLine(view));
}

function answerField(view) {
  const room = h("div", { class: "pk-status-room", id: uid("status") });
  const unit = view.unit && h("span", { class: "ds-field-affix", id: uid("unit") }, view.unit);
  const field = h(view.kind === "text" ? "textarea" : "input", {
    class: "ds-input",
    id: uid("answer"),
    maxlength: view.most,
    "aria-describedby": unit ? `${unit.id} ${room.id}` : room.id,
    "aria-invalid": view.error && "true",
    ...(view.kind === "text" ? { rows: "6" } : SHORT),
  });
  const box = h(
    "div",
    { class: "ds-field" },
    h("label", { class: "ds-label", for: field.id }, view.label ?? view.labels.label),
    unit ? h("div", { class: "ds-field-affixes" }, field, unit) : field,
  );
  return { field, box, room };
}

function after(view, { root, announce }) {
  if (view.error) focusOn(root.querySelector("[aria-invalid]"));
  else focusOn(root.querySelector(view.done === "withdraw" ? "summary" : ".ds-button"));
  announce(view.error ?? root.querySelector(".pk-answer-status").textContent);
}

const SHORT = {
  type: "text",
  size: "14",
  autocomplete: "off",
  autocapitalize: "off",
  spellcheck: "false",
};

export default { render };
