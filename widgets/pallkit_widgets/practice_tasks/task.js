// One task: what is given, what is asked, and the field or the choices to answer with.

import { format, h, uid } from "../shared/dom.js";

/** The card of the task the learner is at. `drafts` keeps what was typed, by task. */
export function taskCard(view, link, drafts, children) {
  const { task, labels, at, progress } = view;
  const title = uid("task");
  return h(
    "section",
    { class: "pk-card pk-task pk-stack pk-screen-only", "aria-labelledby": title },
    h(
      "header",
      {},
      h("p", { class: "pk-soft pk-small" }, task.kind),
      h(
        "h3",
        { id: title, class: "ds-heading pk-task-title", "data-size": "xs", tabindex: "-1" },
        format(labels.task_of, { number: at + 1, count: progress.length }),
      ),
    ),
    question(task),
    answerForm(view, link, drafts),
    children,
  );
}

/** What is given and asked: on the card, and on the sheet that is printed. */
export function question({ opening, given, asked }) {
  return h(
    "div",
    { class: "pk-question pk-tight" },
    h("p", {}, opening),
    h("ul", { class: "pk-plain pk-given" }, given.map((line) => h("li", {}, line))),
    asked.map((line) => h("p", { class: "pk-asked" }, line)),
  );
}

function answerForm(view, link, drafts) {
  const { task, labels, at } = view;
  const problem = errorLine(view);
  const draft = drafts(view);
  const part = task.choices ? choices(view, draft, problem) : field(view, draft, problem);
  const onsubmit = (event) => {
    event.preventDefault();
    link.send(part.message());
  };
  const turn = () => link.send({ type: "choices", task: at, shown: !task.choices });
  return h(
    "form",
    { class: "pk-task-form", novalidate: true, onsubmit },
    part.fields,
    problem.room,
    h(
      "div",
      { class: "pk-row" },
      h("button", { class: "ds-button", type: "submit" }, labels.check),
      h(
        "button",
        { class: "ds-button pk-turn", type: "button", "data-variant": "tertiary", onclick: turn },
        task.choices ? labels.write : labels.choices,
      ),
    ),
  );
}

function field(view, draft, problem) {
  const { task, labels, at } = view;
  const unit = uid("unit");
  const input = h("input", {
    class: "ds-input",
    id: uid("answer"),
    type: "text",
    size: "12",
    maxlength: "100",
    autocomplete: "off",
    autocapitalize: "off",
    spellcheck: "false",
    "aria-describedby": `${unit} ${problem.id}`,
    "aria-invalid": problem.text && "true",
    oninput: () => {
      draft.typed = input.value;
    },
  });
  input.value = draft.typed ?? task.typed;
  const fields = h(
    "div",
    { class: "ds-field" },
    h("label", { class: "ds-label", for: input.id }, labels.answer),
    h("div", { class: "ds-field-affixes" }, input, h("span", { class: "ds-field-affix", id: unit }, task.unit)),
  );
  return { fields, message: () => ({ type: "check", task: at, text: input.value }) };
}

function choices(view, draft, problem) {
  const { task, labels, at } = view;
  draft.chosen ??= task.chosen;
  const name = uid("choice");
  const options = task.choices.map((text, index) => {
    const radio = h("input", {
      class: "ds-input",
      type: "radio",
      id: uid("choice"),
      name,
      checked: draft.chosen === index,
      "aria-invalid": problem.text && "true",
      onchange: () => {
        draft.chosen = index;
      },
    });
    return h("div", { class: "ds-field" }, radio, h("label", { class: "ds-label pk-number", for: radio.id }, text));
  });
  const fields = h(
    "fieldset",
    { class: "ds-fieldset pk-choices", "aria-describedby": problem.id },
    h("legend", { class: "ds-label" }, labels.pick),
    options,
  );
  return { fields, message: () => ({ type: "choose", task: at, choice: draft.chosen ?? -1 }) };
}

function errorLine({ error }) {
  const id = uid("error");
  const text = error?.field === "answer" && h("span", { class: "ds-validation-message" }, error.text);
  return { id, text, room: h("p", { class: "pk-error-room", id }, text) };
}
