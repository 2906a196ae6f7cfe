// The step the case is at: what it says, and the form for the one decision it asks for.

import { h, more, prose, uid } from "../shared/dom.js";
import { sourceList } from "./parts.js";

/** The card of a step. `drafts` keeps what was typed, by step, until the case is restarted. */
export function stepCard(view, link, drafts) {
  const { step } = view;
  const title = uid("step");
  return h(
    "section",
    { class: "pk-card pk-step pk-stack", "aria-labelledby": title },
    h(
      "header",
      {},
      h("p", { class: "pk-overline" }, view.progress.label),
      h("h3", { id: title, class: "ds-heading pk-step-title", tabindex: "-1" }, step.title),
    ),
    prose(step.html, view.lang),
    FORMS[step.kind](view, link, drafts),
    step.sources.length > 0 &&
      more(view.labels.sources, sourceList(step.sources, view.labels)),
  );
}

/** What takes the focus when a decision was refused: the field it was about. */
export function fieldInError(root) {
  return root.querySelector("[aria-invalid]");
}

const FORMS = { info: goOn, gather: goOn, choice: choose, dose: giveDose, reflect: reflect };

function goOn(view, link) {
  return form(link, () => ({ step: view.step.id }), h("p", {}, submit(view.labels.go_on)));
}

function choose(view, link, drafts) {
  const { step, labels, error } = view;
  const group = uid("option");
  const problem = errorLine(view);
  const options = step.options.map(({ id, label }) => {
    const field = uid("option");
    const radio = h("input", {
      class: "ds-input",
      type: "radio",
      id: field,
      name: group,
      value: id,
      checked: drafts.get(step.id) === id,
      "aria-invalid": error ? "true" : null,
      onchange: () => drafts.set(step.id, id),
    });
    return h(
      "div",
      { class: "ds-field pk-option", "data-variant": "outline" },
      radio,
      h("label", { class: "ds-label", for: field, lang: view.lang }, label),
    );
  });
  const fields = h(
    "fieldset",
    { class: "ds-fieldset pk-options", "aria-describedby": problem.id },
    h("legend", { class: "pk-ask", lang: view.lang }, step.ask || step.title),
    ...options,
  );
  const read = () => {
    const option = drafts.get(step.id);
    return option ? { step: step.id, option } : { step: step.id };
  };
  return form(link, read, fields, problem.room, h("p", {}, submit(labels.choose)));
}

function giveDose(view, link, drafts) {
  const { step, labels } = view;
  const unit = uid("unit");
  const input = textField(view, drafts, "input", [unit], {
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
    h("label", { class: "pk-ask", for: input.field.id, lang: view.lang }, step.ask),
    h(
      "div",
      { class: "ds-field-affixes" },
      input.field,
      h("span", { class: "ds-field-affix", id: unit }, step.unit),
    ),
    input.problem.room,
  );
  const hint = step.hint && more(labels.hint, h("p", { class: "pk-prose", lang: view.lang }, step.hint));
  const read = () => ({ step: step.id, dose: input.field.value });
  return form(link, read, fields, h("p", {}, submit(labels.answer)), hint);
}

function reflect(view, link, drafts) {
  const { step, labels } = view;
  const help = uid("help");
  const input = textField(view, drafts, "textarea", [help], { rows: "5", maxlength: "5000" });
  const fields = h(
    "div",
    { class: "ds-field" },
    h("label", { class: "pk-ask", for: input.field.id, lang: view.lang }, step.ask || step.title),
    h("p", { class: "pk-soft pk-small", id: help }, labels.reflect_help),
    input.field,
    input.problem.room,
  );
  const read = () => ({ step: step.id, text: input.field.value });
  return form(link, read, fields, h("p", {}, submit(labels.compare)));
}

function textField(view, drafts, tag, describedBy, attributes) {
  const { step, error } = view;
  const problem = errorLine(view);
  const field = h(tag, {
    class: "ds-input",
    id: uid("field"),
    "aria-describedby": [...describedBy, problem.id].join(" "),
    "aria-invalid": error ? "true" : null,
    oninput: () => drafts.set(step.id, field.value),
    ...attributes,
  });
  field.value = drafts.get(step.id) ?? view.typed ?? "";
  return { field, problem };
}

function errorLine(view) {
  const id = uid("error");
  const text = view.error && h("span", { class: "ds-validation-message" }, view.error.text);
  return { id, room: h("p", { class: "pk-error-room", id }, text) };
}

function form(link, read, ...children) {
  return h(
    "form",
    {
      class: "pk-stack",
      novalidate: true,
      onsubmit: (event) => {
        event.preventDefault();
        link.send({ type: "decide", decision: read() });
      },
    },
    ...children,
  );
}

function submit(text) {
  return h("button", { class: "ds-button", type: "submit" }, text);
}
