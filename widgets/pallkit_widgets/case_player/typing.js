// Answers that are typed: a dose, a pump's rate, a few words.

import { h, uid } from "../shared/dom.js";
import { certainty, sureOf } from "./certainty.js";
import { decisionForm, draftOf, hint, submit, textField } from "./form.js";

/** A dose, with the unit that is asked for beside the field. */
export function giveDose(view, link, drafts) {
  return measure(view, link, drafts, "dose");
}

/** What to set a pump to. */
export function setPump(view, link, drafts) {
  return measure(view, link, drafts, "rate");
}

function measure(view, link, drafts, key) {
  const { step, labels, lang } = view;
  const draft = draftOf(drafts, step);
  const unit = uid("unit");
  const input = textField(view, draft, key, {
    describedBy: [unit],
    type: "text",
    size: "14",
    maxlength: "100",
    autocomplete: "off",
    autocapitalize: "off",
    spellcheck: "false",
  });
  const fields = h(
    "div",
    { class: "ds-field" },
    h("label", { class: "pk-ask", for: input.field.id, lang }, step.ask),
    h(
      "div",
      { class: "ds-field-affixes" },
      input.field,
      h("span", { class: "ds-field-affix", id: unit }, step.unit),
    ),
    input.problem.room,
  );
  const read = () => ({ [key]: input.field.value, ...sureOf(draft) });
  return decisionForm(
    view,
    link,
    read,
    fields,
    certainty(view, draft),
    submit(labels.answer),
    hint(view),
  );
}

/** A few words for oneself. */
export function reflect(view, link, drafts) {
  const { step, labels, lang } = view;
  const help = uid("help");
  const input = textField(view, draftOf(drafts, step), "text", {
    tag: "textarea",
    describedBy: [help],
    rows: "5",
    maxlength: "5000",
  });
  const fields = h(
    "div",
    { class: "ds-field" },
    h("label", { class: "pk-ask", for: input.field.id, lang }, step.ask || step.title),
    h("p", { class: "pk-soft pk-small", id: help }, labels.reflect_help),
    input.field,
    input.problem.room,
  );
  const read = () => ({ text: input.field.value });
  return decisionForm(view, link, read, fields, submit(labels.compare));
}
