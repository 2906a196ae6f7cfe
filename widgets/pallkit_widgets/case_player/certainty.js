// How sure the learner is of an answer: asked where the case wants it, never required.

import { format, h, uid } from "../shared/dom.js";
import { notches } from "../shared/picking.js";

/** The question, or nothing where the step does not ask; it keeps its answer in `draft.sure`. */
export function certainty({ step, labels }, draft) {
  if (!step.certainty) return null;
  const help = uid("help");
  const degrees = notches(step.certainty, {
    chosen: draft.sure,
    words: (degree) => format(labels.per_cent, { number: degree }),
    onchange: (degree) => {
      draft.sure = degree;
    },
  });
  return h(
    "fieldset",
    { class: "pk-certainty", "aria-describedby": help },
    h("legend", { class: "pk-small" }, labels.how_sure),
    degrees,
    h("p", { class: "pk-soft pk-tiny", id: help }, labels.how_sure_help),
  );
}

/** What is sent of it. */
export function sureOf(draft) {
  return draft.sure ? { sure: draft.sure } : {};
}
