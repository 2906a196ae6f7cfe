// People to ask: what has been said so far as a dialogue, and what may still be asked.

import { format, h, prose, uid } from "../shared/dom.js";
import { asking, decisionForm, draftOf, errorLine, hint, optionLine } from "./form.js";

const ON = "on"; // the option of asking no more

/** The dialogue and the questions left. The newest answer can take the focus. */
export function consult(view, link, drafts) {
  const { step } = view;
  return h(
    "div",
    { class: "pk-stack" },
    step.asked.length > 0 && dialogue(view),
    questions(view, link, draftOf(drafts, step)),
  );
}

function dialogue({ step, feedback, labels, lang }) {
  const newest = feedback?.step === step.id ? step.asked.length - 1 : -1;
  const turns = step.asked.map((asked, place) =>
    h(
      "li",
      { class: "pk-turn", ...(place === newest ? { tabindex: "-1", "data-newest": true } : {}) },
      h(
        "p",
        { class: "pk-said" },
        h("span", { class: "pk-soft pk-tiny" }, format(labels.you_ask, { who: asked.who })),
        h("span", { lang }, asked.label),
      ),
      h(
        "div",
        { class: "pk-said pk-reply" },
        h("span", { class: "pk-who pk-tiny" }, asked.who),
        asked.danger && h("span", { class: "ds-tag", "data-color": "danger" }, labels.tone_danger),
        prose(asked.answer_html, lang),
      ),
    ),
  );
  return h("ol", { class: "pk-plain pk-dialogue", "aria-label": labels.dialogue }, turns);
}

function questions(view, link, draft) {
  const { step, labels } = view;
  const some = step.questions_left > 0 && step.options.length > 0;
  const on = h(
    "button",
    {
      class: "ds-button",
      type: some ? "button" : "submit",
      "data-variant": some ? "secondary" : null,
      onclick: some ? () => link.send({ type: "decide", decision: { step: step.id, option: ON } }) : null,
    },
    labels.go_on,
  );
  if (!some) {
    const done = h("p", { class: "pk-soft" }, labels.no_questions);
    return decisionForm(view, link, () => ({ option: ON }), step.asked.length > 0 && done, h("p", {}, on));
  }
  return askMore(view, link, draft, on);
}

function askMore(view, link, draft, on) {
  const { step, labels } = view;
  const name = uid("question");
  const problem = errorLine(view);
  const left = uid("left");
  draft.option = step.options.some(({ id }) => id === draft.option) ? draft.option : null;
  const options = step.options.map(({ id, label, who }) =>
    optionLine(view, {
      type: "radio",
      name,
      value: id,
      label,
      before: h("span", { class: "pk-who pk-tiny" }, who),
      checked: draft.option === id,
      onchange: () => {
        draft.option = id;
      },
    }),
  );
  const count = step.questions_left === 1 ? labels.one_question : labels.more_questions;
  return decisionForm(
    view,
    link,
    () => (draft.option ? { option: draft.option } : {}),
    asking(
      view,
      { "aria-describedby": `${left} ${problem.id}` },
      h("p", { class: "pk-soft pk-small", id: left }, format(count, { number: step.questions_left })),
      options,
    ),
    problem.room,
    h(
      "div",
      { class: "pk-row" },
      h("button", { class: "ds-button", type: "submit" }, labels.ask),
      on,
    ),
    hint(view),
  );
}
