// A practice form to fill in: it looks like the form it stands for, and says that it is none.

import { h, uid } from "../shared/dom.js";
import { decisionForm, draftOf, errorLine, hint, submit } from "./form.js";

const LONGEST = "2000"; // characters in one field, so that a whole form fits one message

/** The form. Nothing is checked before it is saved: what is missing is for the feedback. */
export function fillIn(view, link, drafts) {
  const { step, labels, lang } = view;
  const draft = draftOf(drafts, step);
  draft.fields ??= {};
  const problem = errorLine(view);
  const title = uid("form");
  const paper = h(
    "div",
    { class: "pk-paper", role: "group", "aria-labelledby": title, "aria-describedby": problem.id },
    h(
      "header",
      { class: "pk-paper-head" },
      h("h4", { id: title, class: "ds-heading", "data-size": "2xs" }, step.form),
      h("p", { class: "pk-tiny" }, labels.form_help),
    ),
    step.fields.map((field) => FIELDS[field.kind](field, draft.fields, view)),
  );
  const read = () =>
    Object.fromEntries(
      step.fields
        .map(({ id }) => [`field.${id}`, draft.fields[id]])
        .filter(([, value]) => value),
    );
  return decisionForm(
    view,
    link,
    read,
    step.ask && h("p", { class: "pk-ask", lang }, step.ask),
    paper,
    problem.room,
    submit(labels.save_form),
    hint(view),
  );
}

const FIELDS = { text: textLine, choice: choiceLine, tick: tickLine };

function textLine(field, filled, view) {
  return fieldLine(field, view, (attributes) => {
    const input = h("textarea", {
      class: "ds-input",
      rows: "3",
      maxlength: LONGEST,
      oninput: () => {
        filled[field.id] = input.value;
      },
      ...attributes,
    });
    input.value = filled[field.id] ?? "";
    return input;
  });
}

function choiceLine(field, filled, view) {
  return fieldLine(field, view, (attributes) => {
    const select = h(
      "select",
      {
        class: "ds-input",
        onchange: () => {
          filled[field.id] = select.value;
        },
        ...attributes,
      },
      h("option", { value: "" }, view.labels.choose_one),
      field.options.map(({ id, label }) => h("option", { value: id }, label)),
    );
    select.value = filled[field.id] ?? "";
    return select;
  });
}

function tickLine(field, filled, view) {
  const id = uid("field");
  const help = field.help && uid("help");
  const box = h("input", {
    class: "ds-input",
    type: "checkbox",
    id,
    checked: filled[field.id] === "yes",
    "aria-describedby": help || null,
    onchange: () => {
      filled[field.id] = box.checked ? "yes" : "";
    },
  });
  return h(
    "div",
    { class: "ds-field pk-paper-line" },
    box,
    h("label", { class: "ds-label", for: id, lang: view.lang }, field.label, mark(field, view)),
    help && h("p", { class: "pk-soft pk-small", id: help, lang: view.lang }, field.help),
  );
}

function fieldLine(field, view, make) {
  const id = uid("field");
  const help = field.help && uid("help");
  return h(
    "div",
    { class: "ds-field pk-paper-line" },
    h("label", { class: "ds-label", for: id, lang: view.lang }, field.label, mark(field, view)),
    help && h("p", { class: "pk-soft pk-small", id: help, lang: view.lang }, field.help),
    make({ id, "aria-describedby": help || null, "aria-required": field.required ? "true" : null }),
  );
}

function mark({ required }, { labels, ui_lang }) {
  return required && h("span", { class: "pk-required pk-tiny", lang: ui_lang }, ` ${labels.required}`);
}
