// The answer box: a field, a button, and what is saved.

import { h, prose, uid } from "../shared/dom.js";
import { connect, focusOn } from "../shared/link.js";
import { answerField, sureField } from "./fields.js";
import { allAnswers, statusLine } from "./parts.js";

function render({ model, el }) {
  // What is begun on but not saved; the list open or not.
  const kept = { typed: null, sure: null, open: false };
  return connect({ model, el, name: "pk-answer-box", after, paint: (view, link) => paint(view, link, kept) });
}

function paint(view, link, kept) {
  if (view.done) Object.assign(kept, { typed: null, sure: null });
  const room = h("div", { class: "pk-status-room", id: uid("status") });
  const onchange = () => {
    kept.typed = field.read();
    kept.sure = sure.read();
    tell(view, kept, room);
  };
  const field = answerField(view, kept.typed ?? view.text, {
    described: room.id,
    announce: link.announce,
    onchange,
  });
  const sure = sureField(view, kept.sure ?? view.sure, onchange);
  link.body.replaceChildren(
    h(
      "div",
      { class: "pk-card pk-tight" },
      view.note && h("p", { class: "ds-alert", "data-color": "warning" }, view.note),
      view.question_html && prose(view.question_html, view.ui_lang, { class: "pk-own-task" }),
      answerForm(view, link, field, sure),
      room,
      allAnswers(view, link, kept),
    ),
    h("p", { class: "pk-watermark pk-print-only" }, view.labels.watermark),
  );
  tell(view, kept, room);
}

function answerForm(view, link, field, sure) {
  const onsubmit = (event) => {
    event.preventDefault();
    const text = field.read();
    const degree = sure.read();
    link.send(degree === null ? { type: "save", text } : { type: "save_sure", text, sure: degree });
  };
  const button = h("button", { class: "ds-button", type: "submit" }, view.labels.save);
  const form = { class: "pk-answer-form", "data-kind": view.kind, novalidate: true, onsubmit };
  return h("form", form, field.box, sure.box, button);
}

// One line below the field, whose room is always there: the error, or what is saved now.
function tell(view, kept, room) {
  const other = kept.typed !== null && kept.typed !== view.text;
  const changed = (other || kept.sure !== view.sure) && kept.typed !== null && view.answers.length > 0;
  const line = changed && h("p", { class: "pk-answer-status pk-small" }, view.labels.changed);
  const error = view.error && h("p", { class: "ds-validation-message" }, view.error);
  room.replaceChildren(error || line || statusLine(view));
}

function after(view, { root, announce }) {
  const save = root.querySelector("[type=submit]");
  if (view.error) focusOn(root.querySelector("[aria-invalid]") ?? save);
  else focusOn(view.done === "withdraw" ? root.querySelector("summary") : save);
  announce(view.error ?? root.querySelector(".pk-answer-status").textContent);
}

export default { render };
