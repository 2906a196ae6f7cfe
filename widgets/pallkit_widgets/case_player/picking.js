// Answers that are picked: one option, several ticks, a figure on a scale.

import { format, h, uid } from "../shared/dom.js";
import { notches } from "../shared/picking.js";
import { certainty, sureOf } from "./certainty.js";
import { asking, decisionForm, draftOf, errorLine, hint, optionLine, submit } from "./form.js";

/** One option of several. */
export function choose(view, link, drafts) {
  const { step, labels } = view;
  const draft = draftOf(drafts, step);
  const name = uid("option");
  const problem = errorLine(view);
  const options = step.options.map(({ id, label }) =>
    optionLine(view, {
      type: "radio",
      name,
      value: id,
      label,
      checked: draft.option === id,
      onchange: () => {
        draft.option = id;
      },
    }),
  );
  const read = () => (draft.option ? { option: draft.option, ...sureOf(draft) } : {});
  return decisionForm(
    view,
    link,
    read,
    asking(view, { "aria-describedby": problem.id }, options),
    problem.room,
    certainty(view, draft),
    submit(labels.choose),
  );
}

/** Everything that is right, to tick. */
export function tickSeveral(view, link, drafts) {
  const { step, labels } = view;
  const draft = draftOf(drafts, step);
  draft.picks ??= new Set();
  const problem = errorLine(view);
  const help = uid("help");
  const options = step.options.map(({ id, label }) =>
    optionLine(view, {
      type: "checkbox",
      value: id,
      label,
      checked: draft.picks.has(id),
      onchange: ({ target }) => (target.checked ? draft.picks.add(id) : draft.picks.delete(id)),
    }),
  );
  const read = () => {
    const picks = step.options.map(({ id }) => id).filter((id) => draft.picks.has(id));
    return { picks: picks.join(","), ...sureOf(draft) };
  };
  return decisionForm(
    view,
    link,
    read,
    asking(
      view,
      { "aria-describedby": `${help} ${problem.id}` },
      h("p", { class: "pk-soft pk-small", id: help }, labels.tick_help),
      options,
    ),
    problem.room,
    certainty(view, draft),
    submit(labels.answer),
    hint(view),
  );
}

const TOP = 10;

/** A figure from 0 to 10 on a line whose ends are named. */
export function estimate(view, link, drafts) {
  const { step, labels, lang } = view;
  const { low, high } = step.scale;
  const draft = draftOf(drafts, step);
  const problem = errorLine(view);
  const ends = { 0: low, [TOP]: high };
  const figures = notches([...Array(TOP + 1).keys()], {
    chosen: draft.value,
    name: (figure) => (ends[figure] ? `${figure}: ${ends[figure]}` : null),
    invalid: view.error,
    onchange: (figure) => {
      draft.value = figure;
    },
  });
  const line = h(
    "div",
    { class: "pk-scale" },
    figures,
    h(
      "p",
      { class: "pk-scale-ends pk-small pk-soft", "aria-hidden": "true", lang },
      h("span", {}, format(labels.scale_end, { figure: 0, words: low })),
      h("span", {}, format(labels.scale_end, { figure: TOP, words: high })),
    ),
  );
  const read = () => (draft.value ? { value: draft.value, ...sureOf(draft) } : {});
  return decisionForm(
    view,
    link,
    read,
    asking(view, { "aria-describedby": problem.id }, line),
    problem.room,
    certainty(view, draft),
    submit(labels.answer),
    hint(view),
  );
}
