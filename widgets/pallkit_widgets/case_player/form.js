// The form of one decision: what its controls share, and what the learner has begun on.

import { h, more, uid } from "../shared/dom.js";
import { pickLine } from "../shared/picking.js";

/** What has been typed or chosen at this step, kept until the case is begun again. */
export function draftOf(drafts, step) {
  if (!drafts.has(step.id)) drafts.set(step.id, {});
  return drafts.get(step.id);
}

/** A form that sends one decision. `read` gives what was answered, without the step. */
export function decisionForm({ step }, link, read, ...children) {
  return h(
    "form",
    {
      class: "pk-stack",
      novalidate: true,
      onsubmit: (event) => {
        event.preventDefault();
        link.send({ type: "decide", decision: { step: step.id, ...read() } });
      },
    },
    ...children,
  );
}

/** The button that sends the form. */
export function submit(text) {
  return h("p", {}, h("button", { class: "ds-button", type: "submit" }, text));
}

/** A hint to open, where the case has one. */
export function hint({ step, labels, lang }) {
  return step.hint && more(labels.hint, h("p", { class: "pk-prose", lang }, step.hint));
}

/** The line where it says why an answer was refused; its room is always there. */
export function errorLine(view) {
  const id = uid("error");
  const text = view.error && h("span", { class: "ds-validation-message" }, view.error.text);
  return { id, room: h("p", { class: "pk-error-room", id }, text) };
}

/** A group of boxes or buttons under the question of the step. */
export function asking(view, attributes, ...children) {
  const { step, lang } = view;
  return h(
    "fieldset",
    { class: "ds-fieldset pk-options", ...attributes },
    h("legend", { class: "pk-ask", lang }, step.ask || step.title),
    ...children,
  );
}

/** One line to choose or tick, in the case's language. */
export function optionLine(view, line) {
  return pickLine({ ...line, lang: view.lang, invalid: view.error });
}

/** A text field with its error line; `key` is what it is called in the draft. */
export function textField(view, draft, key, { tag = "input", describedBy = [], ...attributes }) {
  const problem = errorLine(view);
  const field = h(tag, {
    class: "ds-input",
    id: uid("field"),
    "aria-describedby": [...describedBy, problem.id].join(" "),
    "aria-invalid": view.error ? "true" : null,
    oninput: () => {
      draft[key] = field.value;
    },
    ...attributes,
  });
  field.value = draft[key] ?? view.typed ?? "";
  return { field, problem };
}
